//! Sending what waits.

use jiff::Timestamp;

use super::{MailError, Post, Round, SendError, queue::Queue, when};

impl Post {
    /// Sends what may be tried now, one after the other over one line.
    pub(super) fn send_what_waits(
        &self,
        queue: &mut Queue,
        base: &str,
        now: Timestamp,
    ) -> Result<Round, MailError> {
        let mut round = Round::default();
        let mut line = None;
        for waiting in queue.state().letters.clone() {
            if now.duration_since(waiting.made) >= when::TOO_LATE {
                queue.remove(&waiting.id)?;
                round.given_up += 1;
                tracing::error!(
                    letter = waiting.id,
                    account = waiting.account,
                    tries = waiting.tries,
                    "a letter could not be sent for three days and is given up"
                );
                continue;
            }
            if waiting.next > now {
                continue;
            }
            // The try is written down first: a process that ends in the middle of it waits before the next one.
            let tries = waiting.tries.saturating_add(1);
            let next = later(now, tries, false);
            queue.change_letter(&waiting.id, |letter| {
                letter.tries = tries;
                letter.next = next;
            })?;
            let message = match self.letter(&waiting, base, now) {
                Ok(Some(message)) => message,
                Ok(None) => {
                    queue.remove(&waiting.id)?;
                    continue;
                }
                Err(error) => {
                    tracing::error!(
                        letter = waiting.id,
                        error = &error as &dyn std::error::Error,
                        "a letter could not be written; it is tried again"
                    );
                    continue;
                }
            };
            let sent = match line.take() {
                Some(line) => Ok(line),
                None => self.server.open(),
            }
            .and_then(|mut open| {
                open.send(&message)?;
                line = Some(open);
                Ok(())
            });
            let Err(error) = sent else {
                queue.remove(&waiting.id)?;
                round.sent += 1;
                continue;
            };
            tracing::warn!(
                letter = waiting.id,
                tries,
                error = &error as &dyn std::error::Error,
                "a letter was not taken; it is tried again"
            );
            match error {
                SendError::Refused { for_good, .. } => {
                    let next = later(now, tries, for_good);
                    queue.change_letter(&waiting.id, |letter| letter.next = next)?;
                }
                // The next round tries the others; this one waits longer, so that it never holds them up.
                SendError::Broken(_) => break,
                SendError::Server { .. } => {
                    queue.change(|state| {
                        for letter in &mut state.letters {
                            letter.next = letter.next.max(next);
                        }
                    })?;
                    break;
                }
            }
        }
        if let Some(line) = line {
            line.end();
        }
        round.waiting = queue.state().letters.len();
        Ok(round)
    }
}

fn later(now: Timestamp, tries: u32, for_good: bool) -> Timestamp {
    now.checked_add(when::wait(tries, for_good))
        .unwrap_or(Timestamp::MAX)
}
