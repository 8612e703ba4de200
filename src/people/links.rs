//! Team links: an address (on paper, as a QR code) that lets a device ask to be the team's. A coach lets it in, or the
//! link's PIN does. Guests of the følgegruppe come in the same way.

use jiff::{Timestamp, civil::Date};

use super::{
    Deed, Device, Link, MOST_WAITING, PIN_LOCKED, PIN_TRIES, People, PeopleError, Refusal, Secret,
    book::{Book, Pin},
    password, secret,
    sessions::Whose,
};
use crate::model::{Actor, RecordId, Role};

/// Letters of a link's id, at the beginning of its token.
const ID: usize = 8;
/// Digits of a PIN.
const PIN: usize = 6;
/// Digits by which a waiting device is told from others.
const CODE: usize = 4;

/// What a link is made of.
#[derive(Clone, Debug)]
pub struct NewLink {
    /// The team; without one it is for guests of the følgegruppe.
    pub team: Option<RecordId>,
    /// What its devices are called on the page: the team's name.
    pub name: String,
    /// The last day on which it works.
    pub until: Option<Date>,
}

/// A device that has come by a link.
#[derive(Debug)]
pub struct Joined {
    /// The token of its session.
    pub session: Secret,
    /// The device, which waits unless a PIN let it in.
    pub device: Device,
}

impl People {
    /// The links that somebody looks after.
    #[must_use]
    pub fn links(&self, now: Timestamp, by: &Actor) -> Vec<Link> {
        let book = self.book.read();
        let own = book.links.iter().filter(|link| link.is_open(now));
        own.filter(|link| by.may_manage_link(link.team()))
            .cloned()
            .collect()
    }

    /// The devices of the links that somebody looks after, those that wait first.
    #[must_use]
    pub fn devices(&self, now: Timestamp, by: &Actor) -> Vec<(Device, Link)> {
        let book = self.book.read();
        let known = book
            .devices
            .iter()
            .filter_map(|device| book.device(&device.id, now));
        let mut devices: Vec<(Device, Link)> = known
            .filter(|(_, link)| by.may_manage_link(link.team()))
            .map(|(device, link)| (device.clone(), link.clone()))
            .collect();
        devices.sort_by_key(|(device, _)| (!device.waits(), device.asked));
        devices
    }

    /// When the time of a device is over that is in.
    #[must_use]
    pub fn device_ends(&self, now: Timestamp, id: &str) -> Option<Timestamp> {
        let book = self.book.read();
        book.device(id, now).map(|(device, _)| device.ends())
    }

    /// Makes a link.
    ///
    /// # Errors
    /// When they may not make one for that team.
    pub fn add_link(&self, now: Timestamp, by: &Actor, new: NewLink) -> Result<Link, PeopleError> {
        allow(by, new.team.as_ref())?;
        let link = Link {
            id: secret::id()?,
            role: if new.team.is_some() {
                Role::Team
            } else {
                Role::Committee
            },
            teams: new.team.into_iter().collect(),
            name: new.name,
            made: now,
            until: new.until,
            turn: 0,
            pin: None,
        };
        let key = Secret::token()?;
        self.book.change(|book| {
            book.sign_with(&key);
            book.links.push(link.clone());
            Ok(())
        })?;
        self.note(now, by, Deed::MadeLink, &link.subject());
        Ok(link)
    }

    /// The token at the end of a link's address. Whoever may see a link may see it, as often as they like.
    #[must_use]
    pub fn link_token(&self, link: &Link) -> String {
        token(&self.book.read(), link)
    }

    /// The link of a token, while it works. Looking at it changes nothing.
    #[must_use]
    pub fn link_of(&self, now: Timestamp, token: &str) -> Option<Link> {
        let book = self.book.read();
        open_link(&book, now, token).cloned()
    }

    /// Makes a device of a link; it waits, or is let in at once by the right PIN.
    ///
    /// # Errors
    /// When the link does not work, the PIN is wrong or locked, or too many wait.
    pub fn join(
        &self,
        now: Timestamp,
        token: &str,
        pin: Option<&str>,
        browser: &str,
    ) -> Result<Joined, PeopleError> {
        let device = Device {
            id: secret::id()?,
            link: String::new(),
            browser: browser.to_owned(),
            code: secret::digits(CODE)?,
            asked: now,
            let_in: None,
        };
        let visitor = Actor::visitor();
        // A wrong PIN is counted, so the refusal is a result that is written down.
        let (link, device) = self.book.change(|book| {
            book.tidy(now);
            let link = open_link(book, now, token).ok_or(Refusal::Link)?.clone();
            let mut device = Device {
                link: link.id.clone(),
                ..device
            };
            if let Some(pin) = pin {
                let kept = book.link_mut(&link.id).and_then(|link| link.pin.as_mut());
                if let Err(refusal) = kept
                    .ok_or(Refusal::PinWrong)
                    .and_then(|kept| kept.tried(now, pin))
                {
                    return Ok((link, Err(refusal)));
                }
                device.let_in = Some(now);
            } else if book.waiting(&link.id) >= MOST_WAITING {
                return Err(Refusal::TooManyWaiting.into());
            }
            book.devices.push(device.clone());
            Ok((link, Ok(device)))
        })?;
        let device = device.inspect_err(|_| {
            self.note(now, &visitor, Deed::RefusedPin, &link.subject());
        })?;
        let whose = Whose::Device(device.id.clone());
        let (session, _) = self.begin_session(now, whose, 0, browser)?;
        let deed = if device.waits() {
            Deed::AskedIn
        } else {
            Deed::SignedIn
        };
        self.note(now, &device.actor(&link), deed, &link.subject());
        Ok(Joined { session, device })
    }

    /// Lets a waiting device in, for 90 days.
    ///
    /// # Errors
    /// When they may not, or it does not wait any more.
    pub fn let_in(&self, now: Timestamp, by: &Actor, id: &str) -> Result<(), PeopleError> {
        self.change_device(now, by, id, Deed::LetIn, |book, id| {
            let device = book.devices.iter_mut().find(|device| device.id == id);
            if let Some(device) = device.filter(|device| device.waits()) {
                device.let_in = Some(now);
            }
        })
    }

    /// Turns a waiting device away, or signs one out that was let in.
    ///
    /// # Errors
    /// When they may not, or there is no such device.
    pub fn turn_away(&self, now: Timestamp, by: &Actor, id: &str) -> Result<(), PeopleError> {
        self.change_device(now, by, id, Deed::TurnedAway, |book, id| {
            book.devices.retain(|device| device.id != id);
        })
    }

    /// Gives a link a new address; the devices that are in stay in.
    ///
    /// # Errors
    /// When they may not, or there is no such link.
    pub fn renew_link(&self, now: Timestamp, by: &Actor, id: &str) -> Result<(), PeopleError> {
        self.change_link(now, by, id, Deed::ChangedLink, |book, id| {
            if let Some(link) = book.link_mut(id) {
                link.turn += 1;
            }
        })
    }

    /// Sets a link's PIN of six digits, or takes it away.
    ///
    /// # Errors
    /// When they may not, there is no such link, or it is no PIN.
    pub fn set_pin(
        &self,
        now: Timestamp,
        by: &Actor,
        id: &str,
        pin: Option<&str>,
    ) -> Result<(), PeopleError> {
        let digits = |pin: &&str| pin.len() == PIN && pin.bytes().all(|b| b.is_ascii_digit());
        let pin = match pin {
            Some(pin) => {
                let digits = Some(pin).filter(digits).ok_or(Refusal::PinForm)?;
                Some(Pin {
                    hash: password::hash_any(digits)?,
                    wrong: 0,
                    locked_until: None,
                })
            }
            None => None,
        };
        self.change_link(now, by, id, Deed::ChangedLink, |book, id| {
            if let Some(link) = book.link_mut(id) {
                link.pin = pin;
            }
        })
    }

    /// Revokes a link; its devices are signed out at once.
    ///
    /// # Errors
    /// When they may not, or there is no such link.
    pub fn revoke_link(&self, now: Timestamp, by: &Actor, id: &str) -> Result<(), PeopleError> {
        self.change_link(now, by, id, Deed::RevokedLink, |book, id| {
            book.links.retain(|link| link.id != id);
            book.devices.retain(|device| device.link != id);
        })
    }

    fn change_link(
        &self,
        now: Timestamp,
        by: &Actor,
        id: &str,
        deed: Deed,
        change: impl FnOnce(&mut Book, &str),
    ) -> Result<(), PeopleError> {
        let subject = self.book.change(|book| {
            let link = book.link(id).ok_or(Refusal::Unknown)?;
            allow(by, link.team())?;
            let subject = link.subject();
            change(book, id);
            Ok(subject)
        })?;
        self.note(now, by, deed, &subject);
        Ok(())
    }

    fn change_device(
        &self,
        now: Timestamp,
        by: &Actor,
        id: &str,
        deed: Deed,
        change: impl FnOnce(&mut Book, &str),
    ) -> Result<(), PeopleError> {
        self.book.change(|book| {
            let (_, link) = book.device(id, now).ok_or(Refusal::Unknown)?;
            allow(by, link.team())?;
            change(book, id);
            Ok(())
        })?;
        self.note(now, by, deed, id);
        Ok(())
    }
}

impl Link {
    /// The team, for a team's link.
    #[must_use]
    pub fn team(&self) -> Option<&RecordId> {
        self.teams.first()
    }

    /// What the log calls it.
    fn subject(&self) -> String {
        format!(
            "{} {}",
            self.id,
            self.team().map_or("følgegruppe", RecordId::as_str)
        )
    }
}

impl Book {
    fn waiting(&self, link: &str) -> usize {
        let waits = |device: &&super::Device| device.link == link && device.waits();
        self.devices.iter().filter(waits).count()
    }
}

impl Pin {
    /// Tries it, and counts.
    fn tried(&mut self, now: Timestamp, pin: &str) -> Result<(), Refusal> {
        if self.locked_until.is_some_and(|until| now < until) {
            return Err(Refusal::PinLocked);
        }
        if self.locked_until.take().is_some() {
            self.wrong = 0;
        }
        if password::fits(pin, Some(&self.hash)) {
            self.wrong = 0;
            return Ok(());
        }
        self.wrong += 1;
        if self.wrong >= PIN_TRIES {
            self.locked_until = now.checked_add(PIN_LOCKED).ok();
            return Err(Refusal::PinLocked);
        }
        Err(Refusal::PinWrong)
    }
}

fn allow(by: &Actor, team: Option<&RecordId>) -> Result<(), Refusal> {
    if by.may_manage_link(team) {
        Ok(())
    } else {
        Err(Refusal::NotAllowed)
    }
}

fn token(book: &Book, link: &Link) -> String {
    let name = format!("{}/{}", link.id, link.turn);
    format!("{}{}", link.id, secret::sign(&book.link_key, &name))
}

fn open_link<'a>(book: &'a Book, now: Timestamp, asked: &str) -> Option<&'a Link> {
    let link = book.link(asked.get(..ID)?)?;
    (link.is_open(now) && secret::is_same(&token(book, link), asked)).then_some(link)
}
