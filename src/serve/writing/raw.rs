//! The whole file as Markdown, with the same checks beside the text.

use axum::{
    extract::{Path, State},
    response::Response,
};
use serde::Serialize;

use super::{Closed, Named, Room, Sent, answered, conflict, fresh_key};
use crate::{
    diag::LineIndex,
    form::Problem,
    model::SourcePath,
    serve::{Shared, who::Who},
    writing::Outcome,
};

#[derive(Serialize, Default)]
struct Raw {
    action: String,
    title: String,
    path: String,
    text: String,
    base: String,
    key: String,
    problems: Vec<Line>,
    errors: Vec<Problem>,
    preview_html: Option<String>,
    draft_id: String,
    back_url: String,
    returned: bool,
}

#[derive(Serialize)]
struct Line {
    #[serde(rename = "line")]
    number: Option<usize>,
    severity: &'static str,
    severity_text: String,
    text: String,
    fix: Option<String>,
}

pub async fn show(
    State(shared): State<Shared>,
    Who(actor): Who,
    Path((folder, id)): Path<(String, String)>,
) -> Response {
    answered(move || {
        let room = Room::for_writers(shared, actor, &format!("/markdown/{folder}/{id}/"))?;
        let (path, text, base) = room.text_of(&folder, &id)?;
        let raw = Raw {
            text,
            base,
            ..Raw::default()
        };
        room.raw_page(200, &folder, &id, &path, raw)
    })
    .await
}

pub async fn change(
    State(shared): State<Shared>,
    Who(actor): Who,
    Path((folder, id)): Path<(String, String)>,
    Sent(posted): Sent,
) -> Response {
    answered(move || {
        let room = Room::for_writers(shared, actor, &format!("/markdown/{folder}/{id}/"))?;
        let (path, ..) = room.text_of(&folder, &id)?;
        let base = posted.filled("base").unwrap_or_default();
        let begun = room.begun_from(&path, &base)?;
        let text = as_it_was_written(&posted.one("fil").unwrap_or_default(), &begun);
        let mut raw = Raw {
            text: text.clone(),
            base: base.clone(),
            key: posted.filled("noegle").unwrap_or_default(),
            returned: true,
            ..Raw::default()
        };
        let draft = room.draft(&path, &text);
        if posted.has("vis") {
            if draft.outcome.is_ok() {
                raw.preview_html = Some(room.preview(&path, &text)?);
            }
            return room.raw_page(200, &folder, &id, &path, raw);
        }
        let key = posted.filled("noegle");
        match room
            .writer()
            .change(&room.asked(key.as_deref()), &path, &base, &text)?
        {
            Outcome::Saved(saved) => Ok(room.saved(&saved, key.as_deref(), "rettet")),
            Outcome::Conflict(conflicted) => {
                conflict::page(&room, &folder, &id, &conflicted, &base)
            }
            Outcome::Refused(refusal) => {
                raw.errors = room.refusal(&refusal);
                room.raw_page(422, &folder, &id, &path, raw)
            }
        }
    })
    .await
}

/// A browser sends its own line endings and drops what ends a file; the file keeps its own.
fn as_it_was_written(sent: &str, begun: &str) -> String {
    let mut text = sent.replace('\n', crate::parse::edit::ending_of(begun));
    if begun.ends_with('\n') && !text.ends_with('\n') {
        text.push_str(crate::parse::edit::ending_of(begun));
    }
    text
}

impl Room {
    fn raw_page(
        &self,
        status: u16,
        folder: &str,
        id: &str,
        path: &SourcePath,
        mut raw: Raw,
    ) -> Result<Response, Closed> {
        let seen = self.seen(folder, id)?;
        let lang = self.snapshot.texts().lang();
        let index = LineIndex::new(&raw.text);
        raw.problems = self
            .draft(path, &raw.text)
            .diagnostics
            .iter()
            .map(|problem| Line {
                number: problem.span.map(|span| index.position(span.start).line),
                severity: problem.severity.as_str(),
                severity_text: problem.severity.word(lang).to_owned(),
                text: problem.headline(lang),
                fix: problem.fix(lang),
            })
            .collect();
        raw.action = format!("/markdown/{folder}/{id}/");
        raw.title.clone_from(&seen.record.title);
        raw.path = path.to_string();
        raw.draft_id = format!("markdown/{folder}/{id}");
        raw.back_url = self.address(&seen.record.reference);
        if raw.key.is_empty() {
            raw.key = fresh_key();
        }
        let (title, here) = (raw.title.clone(), raw.action.clone());
        self.screen(
            status,
            "markdown",
            title,
            &here,
            Room::crumbs(seen),
            &Named("raw", &raw),
        )
    }
}
