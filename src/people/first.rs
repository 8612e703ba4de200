//! The first start: nobody has an account yet, and whoever sits at the keyboard may come in once.

use jiff::{SignedDuration, Timestamp};

use super::{Deed, People, PeopleError, Refusal, Secret, is_within, lock, secret, sessions::Whose};

/// How long the first link lives.
pub const FIRST_LASTS: SignedDuration = SignedDuration::from_mins(15);

/// The first link, as it is remembered.
pub(super) struct First {
    hash: String,
    made: Timestamp,
}

impl People {
    /// Makes the first link's token, in place of an earlier one; nothing when there is an account already.
    ///
    /// # Errors
    /// When the system gives no random numbers.
    pub fn make_first(&self, now: Timestamp) -> Result<Option<Secret>, PeopleError> {
        if self.has_accounts() {
            return Ok(None);
        }
        let token = Secret::token()?;
        *lock(&self.first) = Some(First {
            hash: token.hash(),
            made: now,
        });
        Ok(Some(token))
    }

    /// Whether a token is the first link's, unused and not too old.
    #[must_use]
    pub fn first_is_open(&self, now: Timestamp, token: &str) -> bool {
        !self.has_accounts()
            && lock(&self.first)
                .as_ref()
                .is_some_and(|first| first.fits(now, token))
    }

    /// Signs whoever sits at the keyboard in, once.
    ///
    /// # Errors
    /// When the link is used, too old or another, or there is an account by now.
    pub fn use_first(
        &self,
        now: Timestamp,
        token: &str,
        browser: &str,
    ) -> Result<Secret, PeopleError> {
        if self.has_accounts() {
            return Err(Refusal::Link.into());
        }
        // Taken out under one lock, so that of two who come at once only one comes in.
        let used = lock(&self.first).take_if(|first| first.fits(now, token));
        if used.is_none() {
            return Err(Refusal::Link.into());
        }
        let (secret, session) = self.begin_session(now, Whose::Keyboard, 0, browser)?;
        self.note(now, &session.keyboard(), Deed::SignedIn, &session.id);
        Ok(secret)
    }
}

impl First {
    fn fits(&self, now: Timestamp, token: &str) -> bool {
        is_within(now, self.made, FIRST_LASTS) && secret::is_same(&self.hash, &secret::hash(token))
    }
}
