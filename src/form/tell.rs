//! *Fortæl, hvordan det gik*: a running experiment gets its result, in few taps.

use jiff::civil::Date;
use serde::Serialize;

use super::{
    Advice, Desk, Field, Posted, Problem, Taken, TextBox, box_name, fields::Subject, is_measured,
};
use crate::{
    model::Record,
    parse::edit::{self, EditError, Written},
    site::{
        Route,
        told::{BEGAN, DECISION, ENDED, RESULT},
        view::Seen,
    },
    text::{danish, fold::slug},
};

/// The form.
#[derive(Clone, Debug, Serialize)]
pub struct Tell {
    /// Where it is sent.
    pub action: String,
    /// What it is about.
    pub record: About,
    /// The hash of the text that it was made from.
    pub base: String,
    /// The key of this sending.
    pub key: String,
    /// How it went.
    pub result: Field,
    /// What happened.
    pub text: TextBox,
    /// What is done now.
    pub decision: Field,
    /// What is done with what was not reached.
    pub not_reached: Vec<NotReached>,
    /// What may be told too.
    pub optional: Vec<Field>,
    /// Words under other headings.
    pub boxes: Vec<TextBox>,
    /// What is wrong.
    pub errors: Vec<Problem>,
    /// What the writer may think about.
    pub advice: Vec<Advice>,
    /// Whether the advice has been shown.
    pub asked: bool,
    /// Whether the time of writing is measured.
    pub measure: bool,
    /// The name of the draft in the browser.
    pub draft_id: String,
}

/// The experiment.
#[derive(Clone, Debug, Serialize)]
pub struct About {
    /// Its title.
    pub title: String,
    /// Its page.
    pub url: String,
    /// Its id.
    pub id: String,
    /// Its team.
    pub team: Option<String>,
    /// When it began.
    pub began_text: Option<String>,
}

/// What is done with what was not reached.
#[derive(Clone, Debug, Serialize)]
pub struct NotReached {
    /// `igen` or `vaek`.
    pub key: &'static str,
    /// The words.
    pub label: String,
}

/// What may be told too.
const OPTIONAL: [&str; 5] = ["ved_fra", "uventet", "aftalt", "omfang", "skrivetid"];
/// The heading of the one box.
const HAPPENED: &str = "hvad-skete-der";
/// The result that asks for no decision.
const MISSED: &str = "vi-nåede-det-ikke";

impl Desk<'_> {
    /// The form of a running experiment; the caller fills in where it is sent and what is wrong.
    #[must_use]
    pub fn tell(&self, seen: Seen<'_>, text: &str, posted: Option<&Posted>) -> Option<Tell> {
        let record = seen.record;
        let subject = Subject {
            kind: &record.kind,
            record: Some(record),
            text,
            posted,
            is_new: false,
        };
        let field = |key: &str| {
            record
                .kind
                .field(key)
                .map(|field| self.field(field, &subject))
        };
        let (mut happened, mut boxes) = (None, Vec::new());
        for shown in self.boxes(&subject) {
            if shown.name == format!("b.{HAPPENED}") {
                happened = Some(shown);
            } else if record
                .kind
                .headings
                .iter()
                .any(|h| box_name(Some(h)) == shown.name)
                && shown.value.is_empty()
                || posted.is_some_and(|p| p.has(&shown.name))
            {
                boxes.push(shown);
            }
        }
        let lang = self.texts.lang();
        Some(Tell {
            action: String::new(),
            record: About {
                title: record.title.clone(),
                url: format!(
                    "/{}",
                    self.view.address(&Route::Record(record.reference.clone()))
                ),
                id: record.reference.id.to_string(),
                team: self.view.team(seen).map(|team| team.record.title.clone()),
                began_text: record.date(BEGAN).map(|day| danish::date_long(day, lang)),
            },
            base: String::new(),
            key: String::new(),
            result: field(RESULT)?,
            text: happened.or_else(|| boxes.pop())?,
            decision: field(DECISION)?,
            not_reached: [("igen", "skriv_again"), ("vaek", "skriv_put_away")]
                .map(|(key, text)| NotReached {
                    key,
                    label: self.texts.get(text).to_owned(),
                })
                .into(),
            optional: OPTIONAL
                .iter()
                .filter(|key| {
                    record
                        .kind
                        .field(key)
                        .is_some_and(|f| self.actor.may_fill(f, &record.kind))
                })
                .filter_map(|key| field(key))
                .collect(),
            boxes,
            errors: Vec::new(),
            advice: Vec::new(),
            asked: false,
            measure: is_measured(&record.kind),
            draft_id: format!("fortael/{}/{}", record.kind.folder, record.reference.id),
        })
    }

    /// Writes a result into the text of its experiment.
    ///
    /// # Errors
    /// When the text's fields cannot be changed.
    pub fn take_told(
        &self,
        record: &Record,
        text: &str,
        posted: &Posted,
        today: Date,
    ) -> Result<Taken, EditError> {
        let kind = &record.kind;
        let mut taken = self.take(kind, Some(record), text, posted)?;
        let missed = posted
            .filled(&format!("f.{RESULT}"))
            .is_some_and(|value| slug(&value) == slug(MISSED));
        let mut set = |key: &str, written: Written| -> Result<(), EditError> {
            taken.text = edit::set_field(&taken.text, kind, key, &written)?;
            Ok(())
        };
        if missed {
            set(DECISION, Written::Nothing)?;
        }
        if missed && posted.filled("naaede").as_deref() == Some("igen") {
            // The two weeks begin again, and there is no result yet.
            set(RESULT, Written::Nothing)?;
            set(ENDED, Written::Nothing)?;
            set(BEGAN, Written::One(today.to_string()))?;
        } else if record.value(ENDED).is_none() && posted.filled(&format!("f.{ENDED}")).is_none() {
            set(ENDED, Written::One(today.to_string()))?;
        }
        Ok(taken)
    }
}
