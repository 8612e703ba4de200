//! *Fortæl, hvordan det gik*.

use axum::{
    extract::{Path, State},
    response::Response,
};
use serde::Serialize;

use super::{Closed, Named, Room, Sent, answered, conflict, fresh_key};
use crate::{
    form::{self, Posted, Problem, Tell},
    serve::{Shared, who::Who},
    site::view::Seen,
    text::danish,
    writing::Outcome,
};

#[derive(Serialize)]
struct Pick {
    running: Vec<Running>,
    others: Vec<Running>,
    new_url: Option<String>,
}

#[derive(Serialize)]
struct Running {
    title: String,
    url: String,
    team: Option<String>,
    began_text: Option<String>,
    days: Option<i32>,
    example: bool,
}

/// Which experiment is it about? The own team's running ones, the longest running first.
pub async fn pick(State(shared): State<Shared>, Who(actor): Who) -> Response {
    answered(move || {
        let room = Room::for_writers(shared, actor, "/fortael/")?;
        let view = room.snapshot.view();
        let mut all: Vec<Seen<'_>> = view
            .records()
            .filter(|seen| form::is_running(seen.record))
            .collect();
        all.sort_by_key(|seen| seen.record.date("fra"));
        let lang = room.snapshot.texts().lang();
        let running = |seen: &Seen<'_>| Running {
            title: seen.record.title.clone(),
            url: format!(
                "/fortael/{}/{}/",
                seen.record.kind.folder, seen.record.reference.id
            ),
            team: view.team(*seen).map(|team| team.record.title.clone()),
            began_text: seen
                .record
                .date("fra")
                .map(|day| danish::date_long(day, lang)),
            days: seen
                .record
                .date("fra")
                .map(|day| (view.today() - day).get_days()),
            example: seen.record.example,
        };
        let is_mine = |seen: &&Seen<'_>| room.actor.may_edit(seen.record);
        let is_own = |seen: &&Seen<'_>| {
            room.actor.teams.is_empty()
                || seen
                    .record
                    .team
                    .as_ref()
                    .is_some_and(|team| room.actor.teams.contains(team))
        };
        let pick = Pick {
            running: all
                .iter()
                .filter(is_mine)
                .filter(is_own)
                .map(running)
                .collect(),
            others: Vec::new(),
            new_url: view
                .definitions()
                .kinds
                .iter()
                .find(|kind| form::is_told(kind) && room.actor.may_create(kind))
                .map(|kind| format!("/ny/{}/", kind.folder)),
        };
        room.screen(
            200,
            "fortael-vaelg",
            room.text("tell_title"),
            "/fortael/",
            Vec::new(),
            &Named("pick", &pick),
        )
    })
    .await
}

pub async fn show(
    State(shared): State<Shared>,
    Who(actor): Who,
    Path((folder, id)): Path<(String, String)>,
) -> Response {
    answered(move || {
        let here = format!("/fortael/{folder}/{id}/");
        let room = Room::for_writers(shared, actor, &here)?;
        let (_, text, base) = room.text_of(&folder, &id)?;
        let seen = room.seen(&folder, &id)?;
        let mut tell = room.desk().tell(seen, &text, None).ok_or(Closed::Missing)?;
        tell.base = base;
        room.tell_page(200, tell, &here)
    })
    .await
}

pub async fn save(
    State(shared): State<Shared>,
    Who(actor): Who,
    Path((folder, id)): Path<(String, String)>,
    Sent(mut posted): Sent,
) -> Response {
    answered(move || {
        let here = format!("/fortael/{folder}/{id}/");
        let room = Room::for_writers(shared, actor, &here)?;
        let (path, ..) = room.text_of(&folder, &id)?;
        let seen = room.seen(&folder, &id)?;
        let base = posted.filled("base").unwrap_or_default();
        let from = room.begun_from(&path, &base)?;
        super::form::measured(&seen.record.kind, Some(seen.record), &mut posted);
        super::form::declined(&seen.record.kind, Some(seen.record), &mut posted);
        let back = |errors: Vec<Problem>, advice| -> Result<Response, Closed> {
            let mut tell = room
                .desk()
                .tell(seen, &from, Some(&posted))
                .ok_or(Closed::Missing)?;
            tell.base.clone_from(&base);
            tell.key = posted.filled("noegle").unwrap_or_default();
            let status = if errors.is_empty() { 200 } else { 422 };
            tell.errors = errors;
            tell.asked = true;
            tell.advice = advice;
            room.tell_page(status, tell, &here)
        };
        let missing = missing(&room, &posted);
        if !missing.is_empty() {
            return back(missing, Vec::new());
        }
        let taken =
            room.desk()
                .take_told(seen.record, &from, &posted, room.snapshot.view().today())?;
        let advice = room.desk().advice(&room.draft(&path, &taken.text));
        if posted.one("spurgt").is_none() && advice.iter().any(|a| a.kind == "privat") {
            return back(Vec::new(), advice);
        }
        let key = posted.filled("noegle");
        match room
            .writer()
            .change(&room.asked(key.as_deref()), &path, &base, &taken.text)?
        {
            Outcome::Saved(saved) => Ok(room.saved(&saved, key.as_deref(), "fortalt")),
            Outcome::Conflict(conflicted) => {
                conflict::page(&room, &folder, &id, &conflicted, &base)
            }
            Outcome::Refused(refusal) => back(room.refusal(&refusal), Vec::new()),
        }
    })
    .await
}

/// What has to be said: how it went, and what comes now.
fn missing(room: &Room, posted: &Posted) -> Vec<Problem> {
    let problem = |id: &str, text: &'static str| Problem {
        id: Some(id.to_owned()),
        text: room.text(text),
    };
    let result = posted.filled("f.gik_det");
    let missed = result.as_deref() == Some("vi-nåede-det-ikke");
    let mut problems = Vec::new();
    if result.is_none() {
        problems.push(problem("f-gik-det", "skriv_how_missing"));
    } else if missed && posted.filled("naaede").is_none() {
        problems.push(problem("naaede", "skriv_again_missing"));
    } else if !missed && posted.filled("f.beslutning").is_none() {
        problems.push(problem("f-beslutning", "skriv_decision_missing"));
    }
    problems
}

impl Room {
    fn tell_page(&self, status: u16, mut tell: Tell, here: &str) -> Result<Response, Closed> {
        here.clone_into(&mut tell.action);
        if tell.key.is_empty() {
            tell.key = fresh_key();
        }
        for problem in tell.errors.clone() {
            for field in [&mut tell.result, &mut tell.decision] {
                if problem.id.as_ref() == Some(&field.id) {
                    field.error = Some(problem.text.clone());
                }
            }
        }
        self.screen(
            status,
            "fortael",
            self.text("tell_title"),
            here,
            Vec::new(),
            &Named("tell", &tell),
        )
    }
}
