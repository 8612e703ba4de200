//! Accounts: made and changed by an admin or on the command line, and a little by their owner.

use jiff::Timestamp;

use super::{
    Account, Deed, People, PeopleError, Refusal, Secret, Token,
    book::Book,
    password::{self},
    secret,
};
use crate::{
    model::{Actor, RecordId, Role},
    text::fold::match_key,
};

/// Letters of the longest name.
const LONGEST_NAME: usize = 80;

/// What an account is made of.
#[derive(Clone, Debug)]
pub struct NewAccount {
    /// The name, as it is shown and typed.
    pub name: String,
    /// What they are.
    pub role: Role,
    /// The teams they belong to or follow.
    pub teams: Vec<RecordId>,
    /// Where the weekly letter goes.
    pub mail: Option<String>,
    /// What they sign in with; without one they cannot, until they are given one.
    pub password: Option<String>,
}

impl People {
    /// Every account, by name.
    #[must_use]
    pub fn accounts(&self) -> Vec<Account> {
        let mut accounts = self.book.read().accounts.clone();
        accounts.sort_by_key(Account::key);
        accounts
    }

    /// The account of a name.
    #[must_use]
    pub fn account(&self, name: &str) -> Option<Account> {
        self.book.read().account(&match_key(name)).cloned()
    }

    /// Makes an account.
    ///
    /// # Errors
    /// When they may not, the name is no name or taken, or the password is none.
    pub fn add_account(
        &self,
        now: Timestamp,
        by: &Actor,
        new: NewAccount,
    ) -> Result<Account, PeopleError> {
        allow(by)?;
        let name = new.name.split_whitespace().collect::<Vec<_>>().join(" ");
        let key = match_key(&name);
        let letters = key.chars().any(char::is_alphanumeric);
        if !letters || name.chars().count() > LONGEST_NAME {
            return Err(Refusal::Name.into());
        }
        let account = Account {
            name,
            role: new.role,
            teams: new.teams,
            password: new.password.as_deref().map(password::hash).transpose()?,
            mail: mail(new.mail.as_deref())?,
            digest: false,
            disabled: false,
            made: now,
            round: 0,
            tokens: Vec::new(),
        };
        self.book.change(|book| {
            if book.account(&key).is_some() {
                return Err(Refusal::Taken.into());
            }
            book.accounts.push(account.clone());
            Ok(())
        })?;
        self.note(now, by, Deed::MadeAccount, &account.name);
        Ok(account)
    }

    /// Gives an account a new password that is told once, and ends all its sessions.
    ///
    /// # Errors
    /// When they may not, or there is no such account.
    pub fn renew_password(
        &self,
        now: Timestamp,
        by: &Actor,
        name: &str,
    ) -> Result<Secret, PeopleError> {
        let password = Secret::password()?;
        self.set_password(now, by, name, password.text())?;
        Ok(password)
    }

    /// Gives an account a password, and ends all its sessions.
    ///
    /// # Errors
    /// When they may not, there is no such account, or it is no password.
    pub fn set_password(
        &self,
        now: Timestamp,
        by: &Actor,
        name: &str,
        password: &str,
    ) -> Result<(), PeopleError> {
        allow(by)?;
        let hash = password::hash(password)?;
        self.change_account(name, |account| {
            account.password = Some(hash);
            account.round += 1;
        })?;
        self.note(now, by, Deed::ChangedPassword, name);
        Ok(())
    }

    /// Changes one's own password with the old one, ends all sessions and begins a new one.
    ///
    /// # Errors
    /// When the old password is wrong or tried too often, or the new one is no password.
    pub fn change_own_password(
        &self,
        now: Timestamp,
        actor: &Actor,
        old: &str,
        new: &str,
        browser: &str,
    ) -> Result<Secret, PeopleError> {
        let key = own_key(actor)?;
        self.may_try_name(now, "", key)?;
        let account = self.book.read().account(key).cloned();
        let account = account.ok_or(Refusal::NotAllowed)?;
        if !password::fits(old, account.password.as_deref()) {
            return Err(Refusal::SignIn.into());
        }
        let hash = password::hash(new)?;
        let account = self.change_account(key, |account| {
            account.password = Some(hash);
            account.round += 1;
        })?;
        self.note(now, actor, Deed::ChangedPassword, &account.name);
        self.begin_for(now, &account, browser)
    }

    /// Sets one's own mail address and whether the weekly letter comes.
    ///
    /// # Errors
    /// When they have no account, or it is no mail address.
    pub fn set_own_digest(
        &self,
        now: Timestamp,
        actor: &Actor,
        address: Option<&str>,
        digest: bool,
    ) -> Result<(), PeopleError> {
        let address = mail(address)?;
        let account = self.change_account(own_key(actor)?, |account| {
            account.digest = digest && address.is_some();
            account.mail = address;
        })?;
        self.note(now, actor, Deed::ChangedAccount, &account.name);
        Ok(())
    }

    /// Stops an account's weekly letter, for the link at the foot of it.
    ///
    /// # Errors
    /// When there is no such account.
    pub fn stop_digest(&self, now: Timestamp, name: &str) -> Result<(), PeopleError> {
        let account = self.change_account(name, |account| account.digest = false)?;
        self.note(now, &account.actor(), Deed::ChangedAccount, &account.name);
        Ok(())
    }

    /// Changes what an account is, and its teams.
    ///
    /// # Errors
    /// When they may not, or there is no such account.
    pub fn set_role(
        &self,
        now: Timestamp,
        by: &Actor,
        name: &str,
        role: Role,
        teams: Vec<RecordId>,
    ) -> Result<(), PeopleError> {
        allow(by)?;
        self.change_account(name, |account| {
            account.role = role;
            account.teams = teams;
        })?;
        self.note(now, by, Deed::ChangedAccount, name);
        Ok(())
    }

    /// Keeps an account out, or lets it in again; either ends all its sessions.
    ///
    /// # Errors
    /// When they may not, or there is no such account.
    pub fn set_disabled(
        &self,
        now: Timestamp,
        by: &Actor,
        name: &str,
        disabled: bool,
    ) -> Result<(), PeopleError> {
        allow(by)?;
        self.change_account(name, |account| {
            account.disabled = disabled;
            account.round += 1;
        })?;
        self.note(now, by, Deed::ChangedAccount, name);
        Ok(())
    }

    /// Makes a token for a program that works in an account's name.
    ///
    /// # Errors
    /// When they may not, or there is no such account.
    pub fn add_token(&self, now: Timestamp, by: &Actor, name: &str) -> Result<Secret, PeopleError> {
        allow(by)?;
        let secret = Secret::token()?;
        let token = Token {
            id: secret::id()?,
            hash: secret.hash(),
            made: now,
        };
        self.change_account(name, |account| account.tokens.push(token))?;
        self.note(now, by, Deed::MadeToken, name);
        Ok(secret)
    }

    /// Revokes a program's token by its id.
    ///
    /// # Errors
    /// When they may not, or there is no such token.
    pub fn revoke_token(&self, now: Timestamp, by: &Actor, id: &str) -> Result<(), PeopleError> {
        allow(by)?;
        self.book.change(|book| {
            let mut tokens = book.accounts.iter_mut().map(|account| &mut account.tokens);
            let tokens = tokens
                .find(|tokens| tokens.iter().any(|token| token.id == id))
                .ok_or(Refusal::Unknown)?;
            tokens.retain(|token| token.id != id);
            Ok(())
        })?;
        self.note(now, by, Deed::RevokedToken, id);
        Ok(())
    }

    pub(super) fn change_account(
        &self,
        name: &str,
        change: impl FnOnce(&mut Account),
    ) -> Result<Account, PeopleError> {
        let key = match_key(name);
        self.book.change(|book: &mut Book| {
            let account = book.account_mut(&key).ok_or(Refusal::Unknown)?;
            change(account);
            Ok(account.clone())
        })
    }
}

fn allow(by: &Actor) -> Result<(), Refusal> {
    if by.may_manage_accounts() {
        Ok(())
    } else {
        Err(Refusal::NotAllowed)
    }
}

/// The key of somebody's own account.
fn own_key(actor: &Actor) -> Result<&str, Refusal> {
    actor.account_key().ok_or(Refusal::NotAllowed)
}

/// A mail address, as far as a program can tell; nothing stays nothing.
fn mail(address: Option<&str>) -> Result<Option<String>, Refusal> {
    let Some(address) = address.map(str::trim).filter(|text| !text.is_empty()) else {
        return Ok(None);
    };
    let (name, host) = address.split_once('@').ok_or(Refusal::Mail)?;
    let is_word = |text: &str| {
        !text.is_empty()
            && !text
                .contains(|c: char| c.is_whitespace() || c.is_control() || "<>,;:\"@".contains(c))
    };
    if is_word(name) && is_word(host) && host.contains('.') && address.len() <= 200 {
        Ok(Some(address.to_owned()))
    } else {
        Err(Refusal::Mail)
    }
}
