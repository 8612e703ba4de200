//! The page after a save: what happened, what comes next, and the way back.

use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use jiff::ToSpan;
use serde::Serialize;

use super::{Closed, Named, Room, answered, in_address, see};
use crate::{
    form,
    model::Visibility,
    serve::{Shared, who::Who},
    text::danish,
    writing,
};

/// Days until kaffe asks how it went.
pub const CHECK_IN: i64 = 14;

#[derive(Serialize)]
struct Saved {
    key: String,
    title: String,
    url: String,
    headline: String,
    text: Option<String>,
    undo: Option<Undo>,
    next: Vec<Next>,
    photo_url: Option<String>,
    checkin_text: Option<String>,
    published_note: Option<String>,
}

#[derive(Serialize)]
struct Undo {
    action: String,
    commit: String,
}

#[derive(Serialize)]
struct Next {
    url: Option<String>,
    label: String,
    primary: bool,
}

/// The address of the page after a save.
fn address(saved: &writing::Saved, key: Option<&str>, deed: &str) -> String {
    let folder = saved.path.first_folder().unwrap_or_default();
    let commit = saved
        .commit
        .map(|commit| commit.to_string())
        .unwrap_or_default();
    let lost = if saved.approval_lost { "&igen=1" } else { "" };
    format!(
        "/gemt/{folder}/{}/?gerning={deed}&version={commit}&noegle={}{lost}",
        saved.reference.id,
        in_address(key.unwrap_or_default())
    )
}

pub async fn page(
    State(shared): State<Shared>,
    Who(actor): Who,
    Path((folder, id)): Path<(String, String)>,
    Query(choices): Query<Vec<(String, String)>>,
) -> Response {
    answered(move || {
        let here = format!("/gemt/{folder}/{id}/");
        let room = Room::open(shared, actor)?;
        let seen = room.seen(&folder, &id)?;
        let choice = |name: &str| {
            let found = choices.iter().find(|(known, _)| known == name);
            found
                .map(|(_, value)| value.clone())
                .filter(|value| !value.is_empty())
        };
        let (record, texts) = (seen.record, room.snapshot.texts());
        let deed = choice("gerning").unwrap_or_default();
        let headline = match deed.as_str() {
            "proev" => "skriv_done_also",
            "fortalt" => "skriv_done_told",
            "passer" => "skriv_done_confirmed",
            "fortrudt" => "skriv_done_undone",
            "godkendt" => "skriv_done_approved",
            "kommentar" => "skriv_done_comment",
            "billede" => "skriv_done_photo",
            _ => "skriv_done",
        };
        let decision = record.text("beslutning").unwrap_or_default();
        let mine = room.actor.may_edit(record);
        let mut next = Vec::new();
        let mut add = |url: String, label: &'static str, primary: bool| {
            next.push(Next {
                url: Some(url),
                label: texts.get(label).to_owned(),
                primary,
            });
        };
        if deed == "fortalt" && decision == "justér" {
            let choices = [
                ("titel".to_owned(), record.title.clone()),
                ("bygger_videre_på".to_owned(), id.clone()),
            ];
            let new = crate::render::with_choices(format!("/ny/{folder}/"), &choices);
            add(new, "skriv_next_round", true);
        }
        if deed == "fortalt" && mine && record.visibility != Visibility::Public {
            add(
                format!("/ret/{folder}/{id}/#f-synlighed"),
                "skriv_share",
                false,
            );
        }
        if deed == "proev" {
            add(format!("/ret/{folder}/{id}/"), "skriv_write_more", false);
        }
        let is_running = form::is_running(record);
        let lang = texts.lang();
        let check_in = record
            .date("fra")
            .filter(|_| is_running && matches!(deed.as_str(), "ny" | "proev" | "fortalt"))
            .and_then(|day| day.checked_add(CHECK_IN.days()).ok())
            .map(|day| texts.fill("skriv_check_in", &[("date", &danish::date_long(day, lang))]));
        let version = choice("version");
        let undo = (mine && version.is_some() && deed != "fortrudt").then(|| Undo {
            action: format!("/fortryd/{folder}/{id}/"),
            commit: version.unwrap_or_default(),
        });
        let note = if choice("igen").is_some() {
            Some(room.text("skriv_approval_lost"))
        } else if record.visibility == Visibility::Public && !record.is_public() {
            Some(room.text("skriv_waits_for_reader"))
        } else {
            None
        };
        let saved = Saved {
            key: choice("noegle").unwrap_or_default(),
            title: record.title.clone(),
            url: room.address(&record.reference),
            headline: room.text(headline),
            text: None,
            undo,
            next,
            photo_url: (mine && !matches!(deed.as_str(), "passer" | "godkendt"))
                .then(|| format!("/billede/{folder}/{id}/")),
            checkin_text: check_in,
            published_note: note,
        };
        let title = saved.headline.clone();
        room.screen(
            200,
            "gemt",
            title,
            &here,
            Room::crumbs(seen),
            &Named("saved", &saved),
        )
    })
    .await
}

impl Room {
    /// Remembers who wrote, and shows what happened.
    pub(super) fn saved(&self, saved: &writing::Saved, key: Option<&str>, deed: &str) -> Response {
        self.shared.wrote(&self.actor, self.now, &saved.path);
        see(&address(saved, key, deed))
    }

    /// A short page that says one thing.
    pub(super) fn message(
        &self,
        status: u16,
        headline: &'static str,
        text: &'static str,
        url: &str,
        link: &'static str,
    ) -> Result<Response, Closed> {
        let message = Message {
            headline: self.text(headline),
            text: self.text(text),
            url: url.to_owned(),
            link: self.text(link),
        };
        let title = message.headline.clone();
        self.screen(
            status,
            "besked",
            title,
            url,
            Vec::new(),
            &Named("message", &message),
        )
    }
}

#[derive(serde::Serialize)]
struct Message {
    headline: String,
    text: String,
    url: String,
    link: String,
}
