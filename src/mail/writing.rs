//! Which letters are due, and their words.

use std::sync::Arc;

use jiff::{Timestamp, civil::Date, tz::TimeZone};
use lettre::Message;

use super::{
    MailError, Post,
    message::{self, Outside},
    queue::{About, Queue, Waiting},
    when,
};
use crate::{
    engine::Snapshot,
    model::{RecordId, Role},
    people::Account,
    render::Letter,
    site::rhythm,
};

impl Post {
    /// Puts into the queue what is due. That it is there and that it is not due any more is one write.
    pub(super) fn write_what_is_due(
        &self,
        queue: &mut Queue,
        today: Date,
        now: Timestamp,
        zone: &TimeZone,
    ) -> Result<(), MailError> {
        let (Some(told), Some(asked)) = (queue.state().told, queue.state().asked) else {
            // Nothing has been told before the first day.
            return queue.change(|state| {
                state.told = state.told.or(Some(now));
                state.asked = state.asked.or(Some(today));
            });
        };
        let readers = self.readers();
        if when::due(told, now, zone).is_some() {
            let since = told.to_zoned(zone.clone()).date();
            let letter =
                |account: &Account| Waiting::new(account.key(), About::Week(since), today, now);
            return queue.change(|state| {
                state.told = Some(now);
                // The questions of the day stand in the letter.
                state.asked = Some(today);
                state.letters.extend(readers.iter().map(letter));
            });
        }
        let Some((first, last)) = when::days_to_ask(asked, now, zone) else {
            return Ok(());
        };
        let mut letters = Vec::new();
        for account in &readers {
            for record in self.asked_of(account, first, last)? {
                let about = About::CheckIn(record.to_string());
                letters.push(Waiting::new(account.key(), about, last, now));
            }
        }
        queue.change(|state| {
            state.asked = Some(last);
            state.letters.extend(letters);
        })
    }

    /// The accounts that want letters and have an address for them.
    fn readers(&self) -> Vec<Account> {
        let mut accounts = self.people.accounts();
        accounts.retain(wants_letters);
        accounts
    }

    /// The experiments of an account's team whose question falls on these days. A coach and others who only follow a
    /// team read of them once a week.
    fn asked_of(
        &self,
        account: &Account,
        first: Date,
        last: Date,
    ) -> Result<Vec<RecordId>, MailError> {
        if account.role != Role::Team {
            return Ok(Vec::new());
        }
        let snapshot = self.seen_by(account)?;
        let is_asked = |e: &rhythm::Experiment<'_>| {
            e.check_in.is_some_and(|day| first <= day && day <= last) && is_own(account, e)
        };
        let asked = rhythm::experiments(snapshot.view());
        let asked = asked.iter().filter(|e| is_asked(e));
        Ok(asked.map(|e| e.seen.record.reference.id.clone()).collect())
    }

    /// A letter, written for its reader as they are now; nothing when they do not want it any more, or when there is
    /// nothing to tell.
    pub(super) fn letter(
        &self,
        waiting: &Waiting,
        base: &str,
        now: Timestamp,
    ) -> Result<Option<Message>, MailError> {
        let account = self.people.account(&waiting.account);
        let Some(account) = account.filter(wants_letters) else {
            return Ok(None);
        };
        let Some(to) = account.mail.as_deref() else {
            return Ok(None);
        };
        let snapshot = self.seen_by(&account)?;
        let token = self.people.letter_token(&account)?;
        let unsubscribe = format!("{base}/afmeld/{token}/");
        let written = match &waiting.about {
            About::Week(since) => {
                // Leaders see sums, never what a single team is in the middle of.
                let follows = account.actor().follows_teams();
                snapshot.digest(&Letter {
                    since: *since,
                    teams: if follows { &account.teams } else { &[] },
                    unsubscribe: &unsubscribe,
                })?
            }
            About::CheckIn(record) => {
                let open = rhythm::experiments(snapshot.view());
                let open = open
                    .iter()
                    .find(|e| e.seen.record.reference.id.as_str() == record && is_own(&account, e));
                match open {
                    Some(open) => Some(snapshot.question(open, &unsubscribe)?),
                    None => None,
                }
            }
        };
        let Some(written) = written else {
            return Ok(None);
        };
        let outside = Outside {
            from_name: &snapshot.view().config().title,
            from: &self.from,
            to,
            id: &waiting.id,
            now,
            lang: snapshot.texts().lang().as_str(),
            unsubscribe: Some(&unsubscribe),
        };
        message::pack(&outside, &written).map(Some)
    }

    /// The site as an account sees it.
    fn seen_by(&self, account: &Account) -> Result<Arc<Snapshot>, MailError> {
        let audience = account.actor().audience(&self.engine.options().audience);
        Ok(self.engine.snapshot_for(&audience)?)
    }
}

fn wants_letters(account: &Account) -> bool {
    account.digest && !account.disabled && account.mail.is_some()
}

/// Whether an account's team is asked about an experiment now.
fn is_own(account: &Account, experiment: &rhythm::Experiment<'_>) -> bool {
    let team = experiment.seen.record.team.as_ref();
    experiment.is_due && team.is_some_and(|team| account.teams.contains(team))
}
