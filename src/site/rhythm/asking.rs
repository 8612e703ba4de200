//! Who waits for an answer.

use crate::{
    model::{KindKey, RecordId},
    site::{SiteView, view::Seen},
};

/// Something that waits for an answer.
#[derive(Clone, Copy, Debug)]
pub struct Question<'a> {
    /// The feedback, or the idea that is a question.
    pub seen: Seen<'a>,
    /// What feedback is about; nothing for a question of its own.
    pub about: Option<Seen<'a>>,
}

/// Whether a record is feedback or a question that nobody has answered.
#[must_use]
pub fn waits_for_answer(view: &SiteView, seen: Seen<'_>) -> bool {
    let record = seen.record;
    match record.reference.kind.as_str() {
        "feedback" => {
            record.text("status").is_none_or(|s| s == "åben") && record.text("svar").is_none()
        }
        "ide" => {
            let answered = view
                .referring(seen.index)
                .any(|(_, _, from)| from.record.reference.kind.as_str() == "feedback");
            record.text("slags") == Some("spørgsmål") && !answered
        }
        _ => false,
    }
}

/// What waits for the team's own answer or for an answer to the team, the oldest first; then the
/// questions of the other teams.
#[must_use]
pub fn questions<'a>(
    view: &'a SiteView,
    team: &RecordId,
) -> (Vec<Question<'a>>, Vec<Question<'a>>) {
    let mut own = Vec::new();
    let mut others = Vec::new();
    let waiting = |kind: &str| -> Vec<Seen<'a>> {
        view.of_kind(&KindKey::new(kind))
            .filter(|seen| !seen.record.withdrawn && waits_for_answer(view, *seen))
            .collect()
    };
    for seen in waiting("feedback") {
        let about = view
            .references(seen.index)
            .filter(|(field, _)| *field == "om")
            .map(|(_, about)| about)
            .find(|about| about.record.team.as_ref() == Some(team));
        if about.is_some() {
            own.push(Question { seen, about });
        }
    }
    for seen in waiting("ide") {
        let list = if seen.record.team.as_ref() == Some(team) {
            &mut own
        } else {
            &mut others
        };
        list.push(Question { seen, about: None });
    }
    for list in [&mut own, &mut others] {
        list.sort_by_key(|q| {
            let day = q.seen.record.date("oprettet");
            (day.is_none(), day)
        });
    }
    (own, others)
}
