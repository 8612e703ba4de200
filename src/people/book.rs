//! What `personer.json` holds: accounts, links and the devices that came by them.

use jiff::{SignedDuration, Timestamp, civil::Date, tz::TimeZone};
use serde::{Deserialize, Serialize};

use super::{Secret, as_text, kept::Keepable};
use crate::{
    model::{RecordId, Role},
    text::fold::match_key,
};

/// How long a device stays a team's after it was let in.
pub const DEVICE_LASTS: SignedDuration = SignedDuration::from_hours(90 * 24);
/// How long a device waits for somebody to let it in.
pub const DEVICE_WAITS: SignedDuration = SignedDuration::from_hours(7 * 24);
/// Devices that may wait at one link.
pub const MOST_WAITING: usize = 30;
/// Wrong tries before a link's PIN is locked.
pub const PIN_TRIES: u32 = 5;
/// How long it is locked.
pub const PIN_LOCKED: SignedDuration = SignedDuration::from_hours(1);

/// Everything that is known of people.
// The three lists must be there: what holds none of them is not a book without accounts but no book at all.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Book {
    /// A former book could not be read, so there may have been accounts.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub begun_anew: bool,
    /// What links and the addresses in letters are signed with; made with the first of them.
    #[serde(default)]
    pub link_key: String,
    pub accounts: Vec<Account>,
    pub links: Vec<Link>,
    pub devices: Vec<Device>,
}

impl Keepable for Book {
    fn after_loss() -> Self {
        Self {
            begun_anew: true,
            ..Self::default()
        }
    }
}

/// A person's or a program's account.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Account {
    /// The name, as it is shown.
    pub name: String,
    /// What they are.
    #[serde(with = "as_text::role")]
    pub role: Role,
    /// The teams they belong to or follow.
    #[serde(with = "as_text::teams", default)]
    pub teams: Vec<RecordId>,
    #[serde(default)]
    pub(super) password: Option<String>,
    /// Where the weekly letter goes.
    #[serde(default)]
    pub mail: Option<String>,
    /// Whether they want the weekly letter.
    #[serde(default)]
    pub digest: bool,
    /// Whether they are kept out.
    #[serde(default)]
    pub disabled: bool,
    /// When it was made.
    #[serde(with = "as_text")]
    pub made: Timestamp,
    /// Sessions of an earlier round have ended.
    #[serde(default)]
    pub(super) round: u32,
    #[serde(default)]
    pub(super) tokens: Vec<Token>,
}

/// A program's way in, as it is kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Token {
    /// What it is revoked by.
    pub id: String,
    pub(super) hash: String,
    /// When it was made.
    #[serde(with = "as_text")]
    pub made: Timestamp,
}

/// An address that lets devices in: a team's, or that of the guests of the følgegruppe.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Link {
    /// What it is revoked by, and the first letters of its address.
    pub id: String,
    /// What whoever comes by it is.
    #[serde(with = "as_text::role")]
    pub role: Role,
    /// The team, for a team's link; none for guests.
    #[serde(with = "as_text::teams", default)]
    pub teams: Vec<RecordId>,
    /// What its devices are called on the page.
    pub name: String,
    /// When it was made.
    #[serde(with = "as_text")]
    pub made: Timestamp,
    /// The last day on which it and its devices are let in.
    #[serde(with = "as_text::maybe", default)]
    pub until: Option<Date>,
    /// How often its address has been changed.
    #[serde(default)]
    pub(super) turn: u32,
    #[serde(default)]
    pub(super) pin: Option<Pin>,
}

/// The PIN of a link, and how it has been tried.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Pin {
    pub hash: String,
    #[serde(default)]
    pub wrong: u32,
    #[serde(with = "as_text::maybe", default)]
    pub locked_until: Option<Timestamp>,
}

/// A phone, a tablet or the computer in the office, that came by a link.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Device {
    /// What it is revoked by.
    pub id: String,
    /// The link it came by.
    pub link: String,
    /// System and browser, as far as it says.
    pub browser: String,
    /// Digits that stand on its screen while it waits, so that the right one is let in.
    pub code: String,
    /// When it asked.
    #[serde(with = "as_text")]
    pub asked: Timestamp,
    /// When it was let in; it waits until then.
    #[serde(with = "as_text::maybe", default)]
    pub let_in: Option<Timestamp>,
}

impl Book {
    /// Takes a key to sign with, where there is none yet.
    pub fn sign_with(&mut self, key: &Secret) {
        if self.link_key.is_empty() {
            key.text().clone_into(&mut self.link_key);
        }
    }

    pub fn account(&self, key: &str) -> Option<&Account> {
        self.accounts.iter().find(|account| account.key() == key)
    }

    pub fn account_mut(&mut self, key: &str) -> Option<&mut Account> {
        self.accounts
            .iter_mut()
            .find(|account| account.key() == key)
    }

    pub fn link(&self, id: &str) -> Option<&Link> {
        self.links.iter().find(|link| link.id == id)
    }

    pub fn link_mut(&mut self, id: &str) -> Option<&mut Link> {
        self.links.iter_mut().find(|link| link.id == id)
    }

    /// A device that may still come in or wait, and its link.
    pub fn device(&self, id: &str, now: Timestamp) -> Option<(&Device, &Link)> {
        let device = self.devices.iter().find(|device| device.id == id)?;
        let link = self.link(&device.link)?;
        (link.is_open(now) && device.is_current(now)).then_some((device, link))
    }

    /// Forgets devices whose time is over.
    pub fn tidy(&mut self, now: Timestamp) {
        self.devices.retain(|device| device.is_current(now));
    }
}

impl Account {
    /// What it is looked up by: two spellings of one name are one account.
    #[must_use]
    pub fn key(&self) -> String {
        match_key(&self.name)
    }

    /// Whether they can sign in by a password.
    #[must_use]
    pub const fn has_password(&self) -> bool {
        self.password.is_some()
    }

    /// The ways in of its programs.
    #[must_use]
    pub fn tokens(&self) -> &[Token] {
        &self.tokens
    }
}

impl Link {
    /// Whether it still lets anybody in.
    #[must_use]
    pub fn is_open(&self, now: Timestamp) -> bool {
        self.until
            .is_none_or(|last| now.to_zoned(TimeZone::system()).date() <= last)
    }

    /// Whether devices can be let in at once by a PIN.
    #[must_use]
    pub const fn has_pin(&self) -> bool {
        self.pin.is_some()
    }

    /// Until when its PIN is locked, if it is.
    #[must_use]
    pub fn pin_locked_until(&self, now: Timestamp) -> Option<Timestamp> {
        self.pin
            .as_ref()
            .and_then(|pin| pin.locked_until)
            .filter(|until| now < *until)
    }
}

impl Device {
    /// Whether it waits to be let in.
    #[must_use]
    pub const fn waits(&self) -> bool {
        self.let_in.is_none()
    }

    /// When its time is over.
    #[must_use]
    pub fn ends(&self) -> Timestamp {
        let (from, lasts) = match self.let_in {
            Some(at) => (at, DEVICE_LASTS),
            None => (self.asked, DEVICE_WAITS),
        };
        from.checked_add(lasts).unwrap_or(Timestamp::MAX)
    }

    fn is_current(&self, now: Timestamp) -> bool {
        now < self.ends()
    }
}
