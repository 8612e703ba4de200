//! Comments and critical analyses: records of their own, anchored to a field or a paragraph, and answered by the team.

use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use jiff::ToSpan;
use serde::Serialize;

use super::{Closed, Named, Room, Sent, answered, conflict, fresh_key, see};
use crate::{
    form::{self, Offered, Posted, Problem, TextBox},
    model::{FieldType, Kind, KindKey, Record, Role},
    parse::edit::{self, Written},
    serve::{Shared, who::Who},
    writing::Outcome,
};

/// The kind that comments are records of.
const KIND: &str = "feedback";
/// The word for a critical analysis, which the team sees first.
const ANALYSIS: &str = "kritisk-analyse";
/// Days that a team has for its answer before others see an analysis.
const ANSWER: i64 = 7;
/// The headings of a critical analysis.
const HEADINGS: [&str; 4] = [
    "Det ser lovende ud",
    "Det ved vi ikke endnu",
    "Det kan også skyldes",
    "Det kunne I prøve næste gang",
];
/// Letters of a comment that become its title.
const TITLE: usize = 60;

#[derive(Serialize)]
struct Comment {
    action: String,
    title: String,
    url: String,
    kinds: Vec<Offered>,
    about: Option<About>,
    #[serde(rename = "box")]
    words: TextBox,
    boxes: Vec<TextBox>,
    errors: Vec<Problem>,
    key: String,
    draft_id: String,
    asked: bool,
}

#[derive(Serialize)]
struct About {
    label: String,
    field: String,
    heading: String,
    quote: String,
}

pub async fn show(
    State(shared): State<Shared>,
    Who(actor): Who,
    Path((folder, id)): Path<(String, String)>,
    Query(choices): Query<Vec<(String, String)>>,
) -> Response {
    answered(move || {
        let room = Room::for_commenters(shared, actor, &format!("/kommentar/{folder}/{id}/"))?;
        room.comment_page(200, &folder, &id, &Posted::new(choices), Vec::new())
    })
    .await
}

pub async fn save(
    State(shared): State<Shared>,
    Who(actor): Who,
    Path((folder, id)): Path<(String, String)>,
    Sent(posted): Sent,
) -> Response {
    answered(move || {
        let room = Room::for_commenters(shared, actor, &format!("/kommentar/{folder}/{id}/"))?;
        let seen = room.seen(&folder, &id)?;
        let kind = room.comment_kind()?;
        let body = words(&posted);
        let mut errors = Vec::new();
        if posted.filled("slags").is_none() {
            errors.push(room.problem("slags", "skriv_comment_kind_missing"));
        }
        if body.is_empty() {
            errors.push(room.problem("b-tekst", "skriv_comment_text_missing"));
        }
        if !errors.is_empty() {
            return room.comment_page(422, &folder, &id, &posted, errors);
        }
        let title = title_of(&body);
        let text = room.comment_text(&kind, seen.record, &folder, &id, &posted, &title, &body)?;
        let key = posted.filled("noegle");
        match room
            .writer()
            .create(&room.asked(key.as_deref()), &kind, &title, &text)?
        {
            Outcome::Saved(saved) => {
                room.shared.wrote(&room.actor, room.now, &saved.path);
                // An analysis is the team's to see first: its writer comes back to the page that it is about.
                Ok(see(&format!(
                    "/gemt/{folder}/{id}/?gerning=kommentar&noegle={}",
                    super::in_address(key.as_deref().unwrap_or_default())
                )))
            }
            Outcome::Refused(refusal) => {
                let errors = room.refusal(&refusal);
                room.comment_page(422, &folder, &id, &posted, errors)
            }
            Outcome::Conflict(_) => Err(Closed::Bad),
        }
    })
    .await
}

#[derive(Serialize)]
struct AnswerPage {
    action: String,
    title: String,
    url: String,
    words_html: String,
    states: Vec<Offered>,
    #[serde(rename = "box")]
    words: TextBox,
    errors: Vec<Problem>,
    base: String,
    key: String,
    draft_id: String,
}

/// The team answers.
pub async fn show_answer(
    State(shared): State<Shared>,
    Who(actor): Who,
    Path((folder, id)): Path<(String, String)>,
) -> Response {
    answered(move || {
        let room = Room::for_writers(shared, actor, &format!("/svar/{folder}/{id}/"))?;
        room.answer_page(200, &folder, &id, &Posted::default(), Vec::new())
    })
    .await
}

pub async fn answer(
    State(shared): State<Shared>,
    Who(actor): Who,
    Path((folder, id)): Path<(String, String)>,
    Sent(posted): Sent,
) -> Response {
    answered(move || {
        let room = Room::for_writers(shared, actor, &format!("/svar/{folder}/{id}/"))?;
        let (path, ..) = room.text_of(&folder, &id)?;
        let kind = room.kind(&folder)?;
        let Some(words) = posted.filled("svar") else {
            let errors = vec![room.problem("svar", "skriv_answer_missing")];
            return room.answer_page(422, &folder, &id, &posted, errors);
        };
        let state = posted
            .filled("status")
            .unwrap_or_else(|| "besvaret".to_owned());
        let base = posted.filled("base").unwrap_or_default();
        let from = room.begun_from(&path, &base)?;
        let text = edit::set_field(&from, &kind, "status", &Written::One(state))?;
        let text = edit::set_field(&text, &kind, "svar", &Written::One(words))?;
        let key = posted.filled("noegle");
        match room
            .writer()
            .change(&room.asked(key.as_deref()), &path, &base, &text)?
        {
            Outcome::Saved(saved) => Ok(room.saved(&saved, key.as_deref(), "kommentar")),
            Outcome::Conflict(conflicted) => {
                conflict::page(&room, &folder, &id, &conflicted, &base)
            }
            Outcome::Refused(refusal) => {
                let errors = room.refusal(&refusal);
                room.answer_page(422, &folder, &id, &posted, errors)
            }
        }
    })
    .await
}

impl Room {
    fn for_commenters(
        shared: Shared,
        actor: crate::model::Actor,
        here: &str,
    ) -> Result<Self, Closed> {
        if !actor.is_signed_in() {
            return Err(Closed::SignIn(here.to_owned()));
        }
        if !actor.may_comment() {
            return Err(Closed::NotAllowed);
        }
        Self::open(shared, actor)
    }

    fn problem(&self, id: &str, text: &'static str) -> Problem {
        Problem {
            id: Some(id.to_owned()),
            text: self.text(text),
        }
    }

    fn comment_kind(&self) -> Result<std::sync::Arc<Kind>, Closed> {
        let kinds = &self.snapshot.view().definitions().kinds;
        kinds
            .by_key(&KindKey::new(KIND))
            .cloned()
            .ok_or(Closed::Missing)
    }

    fn comment_page(
        &self,
        status: u16,
        folder: &str,
        id: &str,
        posted: &Posted,
        errors: Vec<Problem>,
    ) -> Result<Response, Closed> {
        let seen = self.seen(folder, id)?;
        let kind = self.comment_kind()?;
        let chosen = posted.filled("slags");
        let is_analyst = matches!(self.actor.role, Role::Analyst | Role::Editor | Role::Admin);
        let about = about(seen.record, posted);
        let textbox = |name: &str, label: String, value: String| TextBox {
            id: name.replace('.', "-"),
            name: name.to_owned(),
            label,
            help: None,
            error: None,
            value,
            required: false,
        };
        let value = |name: &str| posted.one(name).unwrap_or_default();
        let boxes = HEADINGS.iter().filter(|_| is_analyst).map(|heading| {
            let name = form::box_name(Some(heading));
            textbox(&name, (*heading).to_owned(), value(&name))
        });
        let mut words = textbox(
            "b.tekst",
            self.text("skriv_comment_words"),
            value("b.tekst"),
        );
        for problem in &errors {
            if problem.id.as_deref() == Some("b-tekst") {
                words.error = Some(problem.text.clone());
            }
        }
        let here = format!("/kommentar/{folder}/{id}/");
        let comment = Comment {
            action: here.clone(),
            title: seen.record.title.clone(),
            url: self.address(&seen.record.reference),
            kinds: offered(&kind, "slags", chosen.as_deref())
                .into_iter()
                .filter(|one| is_analyst || one.key != ANALYSIS)
                .collect(),
            about,
            words,
            boxes: boxes.collect(),
            errors,
            key: posted.filled("noegle").unwrap_or_else(fresh_key),
            draft_id: format!("kommentar/{folder}/{id}"),
            asked: false,
        };
        self.screen(
            status,
            "kommentar",
            self.text("skriv_comment_title"),
            &here,
            Room::crumbs(seen),
            &Named("comment", &comment),
        )
    }

    #[expect(clippy::too_many_arguments, reason = "what a comment is made of")]
    fn comment_text(
        &self,
        kind: &Kind,
        about: &Record,
        folder: &str,
        id: &str,
        posted: &Posted,
        title: &str,
        body: &str,
    ) -> Result<String, Closed> {
        let sort = posted.filled("slags").unwrap_or_default();
        let sender = match self.actor.role {
            Role::Analyst => "vive",
            Role::Committee => "følgegruppe",
            _ => "kollega",
        };
        let one = |words: &str| Written::One(words.to_owned());
        let mut fields = vec![
            ("titel", one(title)),
            ("om", Written::Many(vec![format!("{folder}/{id}")])),
            ("slags", one(&sort)),
            ("status", one("åben")),
        ];
        let senders = offered(kind, "afsender", None);
        let known = senders
            .iter()
            .find(|s| s.key == sender)
            .or_else(|| senders.first());
        fields.extend(known.map(|sender| ("afsender", one(&sender.key))));
        if let Some(team) = &about.team {
            fields.push(("team", one(team.as_str())));
        }
        if sort == ANALYSIS {
            let day = self.snapshot.view().today().checked_add(ANSWER.days());
            fields.extend(day.ok().map(|day| ("svarfrist", one(&day.to_string()))));
        }
        // What is said of a team's own record is the team's own.
        if about.visibility == crate::model::Visibility::Team {
            fields.push(("synlighed", one("team")));
        }
        let place: Vec<(String, Written)> = ["felt", "overskrift", "citat"]
            .into_iter()
            .filter_map(|name| {
                Some((
                    name.to_owned(),
                    Written::One(posted.filled(name)?.replace('\n', " ")),
                ))
            })
            .collect();
        if !place.is_empty() {
            fields.push(("sted", Written::Rows(vec![place])));
        }
        let mut text = format!("---\n---\n\n{body}\n");
        for (key, written) in fields {
            if kind.field(key).is_some() {
                text = edit::set_field(&text, kind, key, &written)?;
            }
        }
        Ok(text)
    }

    fn answer_page(
        &self,
        status: u16,
        folder: &str,
        id: &str,
        posted: &Posted,
        errors: Vec<Problem>,
    ) -> Result<Response, Closed> {
        let (_, text, base) = self.text_of(folder, id)?;
        let seen = self.seen(folder, id)?;
        let record = seen.record;
        if record.kind.field("svar").is_none() {
            return Err(Closed::Missing);
        }
        let known = record.text("svar").unwrap_or_default().to_owned();
        let here = format!("/svar/{folder}/{id}/");
        let chosen = posted.filled("status");
        let page = AnswerPage {
            action: here.clone(),
            title: record.title.clone(),
            url: self.address(&record.reference),
            words_html: crate::parse::sections::of(&text)
                .into_iter()
                .map(|s| s.words)
                .collect::<Vec<_>>()
                .join("\n\n"),
            states: offered(
                &record.kind,
                "status",
                chosen.as_deref().or(Some("besvaret")),
            )
            .into_iter()
            .filter(|state| state.key != "åben")
            .collect(),
            words: TextBox {
                name: "svar".to_owned(),
                id: "svar".to_owned(),
                label: self.text("skriv_answer_words"),
                help: None,
                error: errors.first().map(|e| e.text.clone()),
                value: posted.one("svar").unwrap_or(known),
                required: true,
            },
            errors,
            base: posted.filled("base").unwrap_or(base),
            key: posted.filled("noegle").unwrap_or_else(fresh_key),
            draft_id: format!("svar/{folder}/{id}"),
        };
        self.screen(
            status,
            "svar",
            self.text("skriv_answer_title"),
            &here,
            Room::crumbs(seen),
            &Named("answer", &page),
        )
    }
}

/// The answers that a field offers.
fn offered(kind: &Kind, key: &str, chosen: Option<&str>) -> Vec<Offered> {
    let Some(FieldType::Choice(choices)) = kind.field(key).map(|field| &field.field_type) else {
        return Vec::new();
    };
    choices
        .iter()
        .map(|choice| Offered {
            key: choice.key.to_string(),
            label: choice.label.clone(),
            help: choice.help.clone(),
            sign: choice.sign.clone(),
            chosen: chosen == Some(&*choice.key),
        })
        .collect()
}

/// The place in the record that a comment is about.
fn about(record: &Record, posted: &Posted) -> Option<About> {
    let (field, heading, quote) = (
        posted.filled("felt"),
        posted.filled("overskrift"),
        posted.filled("citat"),
    );
    let label = match (&field, &heading) {
        (Some(key), _) => record.kind.field(key)?.label.clone(),
        (None, Some(heading)) => heading.clone(),
        (None, None) => String::new(),
    };
    if label.is_empty() && quote.is_none() {
        return None;
    }
    Some(About {
        label,
        field: field.unwrap_or_default(),
        heading: heading.unwrap_or_default(),
        quote: quote.unwrap_or_default(),
    })
}

/// The words of a comment: the one box, or those of an analysis under their headings.
fn words(posted: &Posted) -> String {
    let mut text = posted.filled("b.tekst").unwrap_or_default();
    for heading in HEADINGS {
        if let Some(words) = posted.filled(&form::box_name(Some(heading))) {
            if !text.is_empty() {
                text.push_str("\n\n");
            }
            for part in ["## ", heading, "\n\n", &words] {
                text.push_str(part);
            }
        }
    }
    text
}

/// The beginning of a comment, cut between words.
fn title_of(body: &str) -> String {
    let line = body
        .lines()
        .find(|line| !line.trim().is_empty() && !line.starts_with('#'))
        .unwrap_or_default();
    let line = line.trim();
    if line.chars().count() <= TITLE {
        return line.trim_end_matches('.').to_owned();
    }
    let cut: String = line.chars().take(TITLE).collect();
    let at = cut.rfind(' ').unwrap_or(cut.len());
    format!(
        "{} …",
        cut.get(..at)
            .unwrap_or(&cut)
            .trim_end_matches([',', '.', ' '])
    )
}
