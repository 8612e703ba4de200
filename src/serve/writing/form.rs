//! A new record, and a changed one.

use axum::{
    extract::{Path, Query, State},
    response::Response,
};

use super::{Closed, Named, Room, Sent, answered, conflict, fresh_key};
use crate::{
    form::{Form, Posted, Problem, Subject},
    model::{Kind, Record, SourcePath},
    parse::{self, edit},
    serve::{Shared, who::Who},
    writing::{Outcome, Refusal},
};

type Choices = Query<Vec<(String, String)>>;

pub async fn new(
    State(shared): State<Shared>,
    Who(actor): Who,
    Path(folder): Path<String>,
    Query(choices): Choices,
) -> Response {
    answered(move || {
        let here = with_choices(&format!("/ny/{folder}/"), &choices);
        let room = Room::for_writers(shared, actor, &here)?;
        let kind = room.kind(&folder)?;
        if !room.actor.may_create(&kind) {
            return Err(Closed::NotAllowed);
        }
        let posted = prefilled(&room, &kind, choices);
        let form = room.new_form(&kind, &posted);
        room.form_page(200, form, &here)
    })
    .await
}

pub async fn create(
    State(shared): State<Shared>,
    Who(actor): Who,
    Path(folder): Path<String>,
    Sent(posted): Sent,
) -> Response {
    answered(move || {
        let here = format!("/ny/{folder}/");
        let room = Room::for_writers(shared, actor, &here)?;
        let kind = room.kind(&folder)?;
        if !room.actor.may_create(&kind) {
            return Err(Closed::NotAllowed);
        }
        let work = Work::of(&room, &kind, None, EMPTY, &posted)?;
        let form = |room: &Room| room.new_form(&kind, &posted);
        if let Some(page) = work.back(&room, form(&room), &posted, &here)? {
            return Ok(page);
        }
        let title = posted.filled("f.titel").unwrap_or_default();
        let key = posted.filled("noegle");
        match room
            .writer()
            .create(&room.asked(key.as_deref()), &kind, &title, &work.text)?
        {
            Outcome::Saved(saved) => Ok(room.saved(&saved, key.as_deref(), "ny")),
            Outcome::Refused(refusal) => work.refused(&room, form(&room), &refusal, &here),
            Outcome::Conflict(_) => Err(Closed::Bad),
        }
    })
    .await
}

pub async fn edit(
    State(shared): State<Shared>,
    Who(actor): Who,
    Path((folder, id)): Path<(String, String)>,
) -> Response {
    answered(move || {
        let here = format!("/ret/{folder}/{id}/");
        let room = Room::for_writers(shared, actor, &here)?;
        let (path, text, base) = room.text_of(&folder, &id)?;
        let seen = room.seen(&folder, &id)?;
        let mut form = room.edit_form(&path, seen.record, &text, None);
        form.base = base;
        form.advice = room.desk().advice(&room.draft(&path, &text));
        room.form_page(200, form, &here)
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
        let here = format!("/ret/{folder}/{id}/");
        let room = Room::for_writers(shared, actor, &here)?;
        let (path, ..) = room.text_of(&folder, &id)?;
        let base = posted.filled("base").unwrap_or_default();
        // What was sent is written into the text that the form was made from, and merged with what is there now.
        let from = room.begun_from(&path, &base)?;
        let draft = room.draft(&path, &from);
        let Ok(record) = draft.outcome else {
            return Err(Closed::Missing);
        };
        let kind = std::sync::Arc::clone(&record.kind);
        let work = Work::of(&room, &kind, Some(&record), &from, &posted)?;
        let form = |room: &Room| {
            let mut form = room.edit_form(&path, &record, &from, Some(&posted));
            form.base.clone_from(&base);
            form
        };
        if let Some(page) = work.back(&room, form(&room), &posted, &here)? {
            return Ok(page);
        }
        let key = posted.filled("noegle");
        match room
            .writer()
            .change(&room.asked(key.as_deref()), &path, &base, &work.text)?
        {
            Outcome::Saved(saved) => Ok(room.saved(&saved, key.as_deref(), "rettet")),
            Outcome::Conflict(conflicted) => {
                conflict::page(&room, &folder, &id, &conflicted, &base)
            }
            Outcome::Refused(refusal) => work.refused(&room, form(&room), &refusal, &here),
        }
    })
    .await
}

/// What a new record begins as.
const EMPTY: &str = "---\n---\n";

impl Room {
    fn new_form(&self, kind: &Kind, posted: &Posted) -> Form {
        let mut form = self.desk().form(&Subject {
            kind,
            record: None,
            text: EMPTY,
            posted: Some(posted),
            is_new: true,
        });
        form.action = format!("/ny/{}/", kind.folder);
        form.title = self.snapshot.texts().fill(
            "skriv_new_title",
            &[("kind", &kind.name_one.to_lowercase())],
        );
        form.back_url = format!("/{}/", kind.folder);
        form
    }

    fn edit_form(
        &self,
        path: &SourcePath,
        record: &Record,
        text: &str,
        posted: Option<&Posted>,
    ) -> Form {
        let mut form = self.desk().form(&Subject {
            kind: &record.kind,
            record: Some(record),
            text,
            posted,
            is_new: false,
        });
        let id = &record.reference.id;
        form.action = format!("/ret/{}/{id}/", record.kind.folder);
        form.title.clone_from(&record.title);
        form.back_url = self.address(&record.reference);
        form.markdown_url = Some(format!("/markdown/{}/{id}/", record.kind.folder));
        debug_assert_eq!(path.stem(), id.as_str());
        form
    }

    pub(super) fn form_page(
        &self,
        status: u16,
        mut form: Form,
        here: &str,
    ) -> Result<Response, Closed> {
        if form.key.is_empty() {
            form.key = fresh_key();
        }
        form.more_open |= form.more.iter().any(|field| field.error.is_some());
        let title = form.title.clone();
        self.screen(
            status,
            "form",
            title,
            here,
            Vec::new(),
            &Named("form", &form),
        )
    }

    /// The file of a record that this person sees and may change: its path, text and hash.
    pub(super) fn text_of(
        &self,
        folder: &str,
        id: &str,
    ) -> Result<(SourcePath, String, String), Closed> {
        let seen = self.seen(folder, id)?;
        if !self.actor.may_edit(seen.record) {
            return Err(Closed::NotAllowed);
        }
        let path = seen.record.path.clone();
        let (text, hash) = self.writer().begin_from(&path)?.ok_or(Closed::Missing)?;
        Ok((path, text, hash))
    }

    /// The text that a form was made from. When nobody knows it any more, what is there now: then every place that
    /// differs is asked about when it is saved.
    pub(super) fn begun_from(&self, path: &SourcePath, base: &str) -> Result<String, Closed> {
        if let Some(text) = self.writer().text_by_hash(path, base)? {
            return Ok(text);
        }
        let there = self.writer().begin_from(path)?.ok_or(Closed::Missing)?;
        Ok(there.0)
    }

    /// A text as kaffe reads it, for what is said beside a form.
    pub(super) fn draft(&self, path: &SourcePath, text: &str) -> crate::model::Draft {
        parse::record::read(path, text.as_bytes(), self.snapshot.view().definitions())
    }
}

/// What came of a form before it is saved.
struct Work {
    path: SourcePath,
    text: String,
    wrong: Vec<Problem>,
}

impl Work {
    fn of(
        room: &Room,
        kind: &Kind,
        record: Option<&Record>,
        text: &str,
        posted: &Posted,
    ) -> Result<Self, Closed> {
        let mut posted = posted.clone();
        if record.is_none()
            && let (Some(_), Some(team)) = (kind.field("team"), room.actor.own_team())
            && posted.filled("f.team").is_none()
        {
            posted.add("f.team", team.to_string());
        }
        measured(kind, record, &mut posted);
        declined(kind, record, &mut posted);
        let desk = room.desk();
        let taken = desk
            .take(kind, record, text, &posted)
            .map_err(|error| Closed::Failed(Box::new(error)))?;
        let wrong = taken.wrong.iter().map(|wrong| Problem {
            id: Some(format!("f-{}", crate::text::fold::slug(&wrong.key))),
            text: room
                .snapshot
                .texts()
                .fill("skriv_not_found", &[("name", &wrong.words)]),
        });
        let path = match record {
            Some(record) => record.path.clone(),
            None => {
                SourcePath::new(&format!("{}/ny.md", kind.folder)).map_err(|_| Closed::Missing)?
            }
        };
        Ok(Self {
            wrong: wrong.collect(),
            path,
            text: taken.text,
        })
    }

    /// The form again, when something is wrong, when the writer wants to see it first, or when there is advice that they
    /// have not seen.
    fn back(
        &self,
        room: &Room,
        mut form: Form,
        posted: &Posted,
        here: &str,
    ) -> Result<Option<Response>, Closed> {
        let desk = room.desk();
        let draft = room.draft(&self.path, &self.text);
        let mut errors = self.wrong.clone();
        {
            let mut fields: Vec<&mut crate::form::Field> =
                form.first.iter_mut().chain(&mut form.more).collect();
            for wrong in &self.wrong {
                if let Some(field) = fields.iter_mut().find(|f| Some(&f.id) == wrong.id.as_ref()) {
                    field.error = Some(wrong.text.clone());
                }
            }
            if posted.filled("f.titel").is_none() && form.is_new {
                let text = room.text("skriv_no_title");
                if let Some(field) = fields.iter_mut().find(|f| f.key == "titel") {
                    field.error = Some(text.clone());
                    errors.push(Problem {
                        id: Some(field.id.clone()),
                        text,
                    });
                }
            }
            errors.extend(desk.put_errors(&draft, &mut fields, &mut form.boxes));
        }
        let advice = desk.advice(&draft);
        let asks = posted.one("spurgt").is_none() && advice.iter().any(|a| a.kind == "privat");
        let preview = posted.has("vis");
        if errors.is_empty() && !asks && !preview {
            return Ok(None);
        }
        form.key = posted.filled("noegle").unwrap_or_default();
        form.asked = advice.iter().any(|a| a.kind == "privat");
        form.advice = advice;
        if preview && errors.is_empty() {
            form.preview_html = Some(room.preview(&self.path, &self.text)?);
        }
        let status = if errors.is_empty() { 200 } else { 422 };
        form.errors = errors;
        room.form_page(status, form, here).map(Some)
    }

    /// The form again, with the reason why it was not saved.
    fn refused(
        &self,
        room: &Room,
        mut form: Form,
        refusal: &Refusal,
        here: &str,
    ) -> Result<Response, Closed> {
        let mut errors = room.refusal(refusal);
        let (Refusal::Cpr(found) | Refusal::Personal(found)) = refusal else {
            form.errors = errors;
            return room.form_page(422, form, here);
        };
        // Where it stands: the numbers were read in the text that the form gave.
        for problem in found {
            let place = problem
                .span
                .and_then(|span| place_in_form(&form, &self.text, span));
            if let (Some(id), Some(first)) = (place, errors.first_mut()) {
                first.id.get_or_insert(id);
            }
        }
        form.errors = errors;
        form.asked = matches!(refusal, Refusal::Personal(_));
        form.advice = room.desk().advice(&room.draft(&self.path, &self.text));
        room.form_page(422, form, here)
    }
}

impl Room {
    /// Why something was not saved, in the writer's words.
    pub(super) fn refusal(&self, refusal: &Refusal) -> Vec<Problem> {
        let text = match refusal {
            Refusal::Cpr(_) => "skriv_refused_cpr",
            Refusal::Personal(_) => "skriv_refused_personal",
            Refusal::NotAllowed { field: None } => "skriv_refused_record",
            Refusal::NotAllowed { field: Some(_) } => "skriv_refused_field",
            Refusal::Unreadable(_) => "skriv_refused_unreadable",
            Refusal::OwnText => "skriv_refused_own",
            Refusal::Untitled => "skriv_no_title",
        };
        let name = match refusal {
            Refusal::NotAllowed { field: Some(field) } => field.as_str(),
            _ => "",
        };
        vec![Problem {
            id: None,
            text: self.snapshot.texts().fill(text, &[("name", name)]),
        }]
    }

    /// The page of a text as others will see it: made by the same function as every page, on a site that has the text.
    pub(super) fn preview(&self, path: &SourcePath, text: &str) -> Result<String, Closed> {
        Ok(self
            .shared
            .engine
            .preview(path, text, self.snapshot.view().audience())?)
    }
}

/// The place in a form of a place in the text that it gave.
fn place_in_form(form: &Form, text: &str, span: crate::diag::Span) -> Option<String> {
    let found = span.of(text)?;
    let in_box = form
        .boxes
        .iter()
        .find(|b| b.value.contains(found))
        .map(|b| b.id.clone());
    let fields = || {
        form.first
            .iter()
            .chain(&form.more)
            .find(|f| f.value.contains(found))
    };
    in_box.or_else(|| fields().map(|f| f.id.clone()))
}

/// Values in an address fill a new form: by a field's key, or the first box by `tekst`.
fn prefilled(room: &Room, kind: &Kind, choices: Vec<(String, String)>) -> Posted {
    let mut posted = Posted::default();
    for (name, value) in choices {
        if let Some(field) = kind.field(&name) {
            posted.add(&format!("f.{}", field.key), value);
        } else if name == "tekst" {
            let heading = kind.headings.first().map(String::as_str);
            posted.add(&crate::form::box_name(heading), value);
        }
    }
    let today = room.snapshot.view().today().to_string();
    if kind
        .field("fra")
        .is_some_and(|f| f.required == crate::model::Requirement::Yes)
        && !posted.has("f.fra")
    {
        posted.add("f.fra", today.clone());
    }
    if kind.field("bekræftet").is_some() && !posted.has("f.bekræftet") {
        posted.add("f.bekræftet", today);
    }
    posted
}

/// The time that the writing took, when the form measured it and nobody changed the number: later writing is added.
pub(super) fn measured(kind: &Kind, record: Option<&Record>, posted: &mut Posted) {
    const MOST: i64 = 60;
    let Some(field) = kind.field("skrivetid") else {
        return;
    };
    let name = format!("f.{}", field.key);
    let Some(minutes) = posted
        .filled("skrivetid_maalt")
        .and_then(|m| m.parse::<i64>().ok())
    else {
        return;
    };
    let before = record
        .and_then(|r| r.value(&field.key))
        .map(crate::model::Value::to_plain);
    if !posted.has(&name) || before.is_some() && posted.filled(&name) == before {
        let sum = before.and_then(|b| b.parse::<i64>().ok()).unwrap_or(0) + minutes;
        posted.set(&name, sum.clamp(0, MOST).to_string());
    }
}

/// Advice that was declined is kept with its reason, and not given again.
pub(super) fn declined(kind: &Kind, record: Option<&Record>, posted: &mut Posted) {
    let Some(field) = kind.field("fravalgte_råd") else {
        return;
    };
    let new: Vec<String> = posted
        .all("fravalgt")
        .into_iter()
        .map(|id| match posted.filled(&format!("fravalgt_grund.{id}")) {
            Some(reason) => format!("{id}: {reason}"),
            None => id,
        })
        .collect();
    if new.is_empty() {
        return;
    }
    let mut all: Vec<String> = record.map_or_else(Vec::new, |r| {
        r.values(&field.key)
            .iter()
            .map(|v| v.value.to_plain())
            .collect()
    });
    all.extend(new);
    posted.set(&format!("f.{}", field.key), all.join("\n"));
}

fn with_choices(address: &str, choices: &[(String, String)]) -> String {
    crate::render::with_choices(address.to_owned(), choices)
}

impl From<edit::EditError> for Closed {
    fn from(error: edit::EditError) -> Self {
        Self::Failed(Box::new(error))
    }
}
