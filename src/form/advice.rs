//! Advice while writing: said beside its place, never in the way of a draft.

use serde::Serialize;

use super::{Desk, Field, TextBox, fields::is_for_everybody};
use crate::{
    diag::{Code, Diagnostic, Severity, Span},
    model::{Draft, Record},
    parse::sections,
};

/// A piece of advice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Advice {
    /// Its place in the page.
    pub id: String,
    /// The field it is about.
    pub field: Option<String>,
    /// The box it is about, by its name.
    #[serde(rename = "box")]
    pub in_box: Option<String>,
    /// The words.
    pub text: String,
    /// What it is about: `privat`, `uklart`, `mangler`.
    pub kind: &'static str,
    /// Whether it can be declined with a reason.
    pub declinable: bool,
    /// Whether a text for everybody must not hold it.
    pub blocks: bool,
}

impl Desk<'_> {
    /// The advice for a text. What was declined once is not said again.
    #[must_use]
    pub fn advice(&self, draft: &Draft) -> Vec<Advice> {
        let Ok(record) = &draft.outcome else {
            return Vec::new();
        };
        let declined: Vec<String> = record
            .values("fravalgte_råd")
            .iter()
            .map(|v| v.value.to_plain())
            .collect();
        let mut all: Vec<Advice> = Vec::new();
        for problem in &draft.diagnostics {
            let kind = match problem.code {
                Code::K402 | Code::K403 | Code::K404 | Code::K405 => "privat",
                Code::K102 => "mangler",
                Code::K105 => "uklart",
                _ => continue,
            };
            let place = problem.span.map(|span| Self::place(record, span));
            let (field, in_box) = match place {
                _ if problem.field.is_some() => (problem.field.clone(), None),
                Some(place) => place,
                None => (None, None),
            };
            let about = field.clone().or_else(|| in_box.clone()).unwrap_or_default();
            let id = format!(
                "raad-{}-{}",
                problem.code.as_str().to_lowercase(),
                crate::text::fold::slug(&about)
            );
            let is_declined = declined.iter().any(|known| known.starts_with(&id));
            if is_declined || all.iter().any(|known| known.id == id) {
                continue;
            }
            all.push(Advice {
                text: self.words(problem, kind),
                field,
                in_box,
                kind,
                declinable: kind == "privat",
                blocks: kind == "privat" && is_for_everybody(record),
                id,
            });
        }
        all
    }

    fn words(&self, problem: &Diagnostic, kind: &str) -> String {
        if kind == "privat" {
            let what = match problem.code {
                Code::K402 => "skriv_advice_phone",
                Code::K403 => "skriv_advice_mail",
                Code::K404 => "skriv_advice_address",
                _ => "skriv_advice_name",
            };
            return self.texts.get(what).to_owned();
        }
        problem.headline(self.texts.lang())
    }

    /// Where in the form a place of the file is: a field or a box.
    fn place(record: &Record, span: Span) -> (Option<String>, Option<String>) {
        let field = record.entries.iter().find(|entry| {
            entry
                .values
                .iter()
                .any(|v| v.span.start <= span.start && span.end <= v.span.end)
        });
        if let Some(entry) = field {
            return (Some(entry.key.to_string()), None);
        }
        let section = sections::of(&record.document.text)
            .into_iter()
            .find(|section| section.holds(span.start));
        (None, section.map(|s| super::box_name(s.heading.as_deref())))
    }

    /// Puts what is wrong with a text at its fields and boxes; gives what belongs to the whole.
    pub fn put_errors(
        &self,
        draft: &Draft,
        fields: &mut [&mut Field],
        boxes: &mut [TextBox],
    ) -> Vec<super::Problem> {
        let lang = self.texts.lang();
        let mut errors = Vec::new();
        for problem in draft
            .diagnostics
            .iter()
            .filter(|d| d.severity == Severity::Error)
        {
            let is_private = matches!(
                problem.code,
                Code::K402 | Code::K403 | Code::K404 | Code::K405
            );
            if is_private {
                continue;
            }
            let text = problem.headline(lang);
            let mut id = None;
            if let Some(field) = fields
                .iter_mut()
                .find(|f| problem.field.as_deref() == Some(f.key.as_str()))
            {
                field.error.get_or_insert_with(|| text.clone());
                id = Some(field.id.clone());
            } else if let (Ok(record), Some(span)) = (&draft.outcome, problem.span) {
                let (_, name) = Self::place(record, span);
                if let Some(found) = boxes
                    .iter_mut()
                    .find(|b| name.as_deref() == Some(b.name.as_str()))
                {
                    found.error.get_or_insert_with(|| text.clone());
                    id = Some(found.id.clone());
                }
            }
            errors.push(super::Problem { id, text });
        }
        errors
    }
}
