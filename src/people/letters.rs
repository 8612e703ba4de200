//! The secret addresses that stand in letters: whoever has one may do the one thing that it is for, without signing in.

use super::{Account, People, PeopleError, Secret, book::Book, secret};

impl People {
    /// The token by which the reader of an account's letters ends them. It names nobody, it is the same in every letter,
    /// and it dies with the account.
    ///
    /// # Errors
    /// When there is no key to sign with yet and none can be made.
    pub fn letter_token(&self, account: &Account) -> Result<String, PeopleError> {
        if self.book.read().link_key.is_empty() {
            let key = Secret::token()?;
            self.book.change(|book| {
                book.sign_with(&key);
                Ok(())
            })?;
        }
        Ok(token(&self.book.read(), account))
    }

    /// The account whose letters a token ends. Looking changes nothing.
    #[must_use]
    pub fn account_of_letter(&self, asked: &str) -> Option<Account> {
        let book = self.book.read();
        if book.link_key.is_empty() {
            return None;
        }
        let owns = |account: &&Account| secret::is_same(&token(&book, account), asked);
        book.accounts.iter().find(owns).cloned()
    }
}

/// An account that is made again under an old name is another one.
fn token(book: &Book, account: &Account) -> String {
    let name = format!("afmeld/{}/{}", account.key(), account.made);
    secret::sign(&book.link_key, &name)
}
