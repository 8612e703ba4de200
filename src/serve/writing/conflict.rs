//! Two people changed the same place: both texts, and the second person chooses. Nothing is lost: what was sent goes
//! along in the page until it is saved.

use axum::{
    extract::{Path, State},
    response::Response,
};
use serde::Serialize;

use super::{Closed, Named, Room, Sent, answered, fresh_key};
use crate::{
    form::Posted,
    model::Kind,
    parse::{
        edit::{self, Written},
        merge::{self, Conflict, Place},
    },
    serve::{Shared, who::Who},
    text::danish,
    writing::{Conflicted, Outcome},
};

#[derive(Serialize)]
struct Page {
    action: String,
    title: String,
    parts: Vec<Part>,
    hidden: Vec<(&'static str, String)>,
    base: String,
    key: String,
    draft_id: String,
}

#[derive(Serialize)]
struct Part {
    name: String,
    label: String,
    base: String,
    yours: String,
    theirs: String,
    theirs_by: Option<String>,
    when_text: Option<String>,
    text: Option<String>,
    choice: Option<String>,
}

/// The page of a conflict. `begun` is the hash of the text that the save began from.
pub(super) fn page(
    room: &Room,
    folder: &str,
    id: &str,
    conflicted: &Conflicted,
    begun: &str,
) -> Result<Response, Closed> {
    let kind = room.kind(folder)?;
    let (by, when) = room.last_change(&conflicted.path)?;
    let parts = conflicted.places.iter().map(|conflict| Part {
        name: name(&conflict.place),
        label: label(room, &kind, &conflict.place),
        base: shown(conflict, &conflict.base),
        yours: shown(conflict, &conflict.yours),
        theirs: shown(conflict, &conflict.theirs),
        theirs_by: by.clone(),
        when_text: when.clone(),
        text: None,
        choice: None,
    });
    let seen = room.seen(folder, id)?;
    let conflict = Page {
        action: format!("/flet/{folder}/{id}/"),
        title: seen.record.title.clone(),
        parts: parts.collect(),
        hidden: vec![
            ("mit", conflicted.yours.clone()),
            ("begyndt", begun.to_owned()),
        ],
        base: conflicted.theirs_hash.clone(),
        key: fresh_key(),
        draft_id: format!("flet/{folder}/{id}"),
    };
    room.screen(
        409,
        "konflikt",
        room.text("skriv_conflict_title"),
        &conflict.action.clone(),
        Room::crumbs(seen),
        &Named("conflict", &conflict),
    )
}

/// Saves what was chosen.
pub async fn resolve(
    State(shared): State<Shared>,
    Who(actor): Who,
    Path((folder, id)): Path<(String, String)>,
    Sent(posted): Sent,
) -> Response {
    answered(move || {
        let room = Room::for_writers(shared, actor, &format!("/ret/{folder}/{id}/"))?;
        let (path, ..) = room.text_of(&folder, &id)?;
        let kind = room.kind(&folder)?;
        let value = |name: &str| posted.filled(name).unwrap_or_default();
        let mine = posted.one("mit").unwrap_or_default();
        let base = room
            .writer()
            .text_by_hash(&path, &value("begyndt"))?
            .unwrap_or_default();
        let theirs = room
            .writer()
            .text_by_hash(&path, &value("base"))?
            .ok_or(Closed::Bad)?;
        let text = chosen(&kind, &posted, &base, &mine, &theirs)?;
        let key = posted.filled("noegle");
        match room
            .writer()
            .change(&room.asked(key.as_deref()), &path, &value("base"), &text)?
        {
            Outcome::Saved(saved) => Ok(room.saved(&saved, key.as_deref(), "rettet")),
            Outcome::Conflict(conflicted) => page(&room, &folder, &id, &conflicted, &value("base")),
            Outcome::Refused(_) => Err(Closed::NotAllowed),
        }
    })
    .await
}

/// The text that was chosen, place by place.
fn chosen(
    kind: &Kind,
    posted: &Posted,
    base: &str,
    mine: &str,
    theirs: &str,
) -> Result<String, Closed> {
    let mut fields: Vec<(String, String)> = Vec::new();
    let merged = merge::resolve(base, mine, theirs, &mut |conflict| {
        let name = name(&conflict.place);
        let is_field = matches!(conflict.place, Place::Field(_));
        let choice = posted.filled(&format!("valg.{name}"));
        let edited = posted
            .one(&format!("tekst.{name}"))
            .unwrap_or_else(|| shown(conflict, &conflict.yours));
        match choice.as_deref() {
            Some("deres") => conflict.theirs.clone(),
            Some("mit") | None if is_field => {
                if edited.trim() != shown(conflict, &conflict.yours).trim() {
                    fields.push((name, edited));
                }
                conflict.yours.clone()
            }
            Some("mit") => paragraph(&edited),
            _ if is_field => {
                fields.push((
                    name,
                    format!("{}\n{edited}", shown(conflict, &conflict.theirs)),
                ));
                conflict.theirs.clone()
            }
            // Both stand after one another; a text that already holds the other is both.
            _ if edited.contains(conflict.theirs.trim()) => paragraph(&edited),
            _ => format!("{}{}", paragraph(&conflict.theirs), paragraph(&edited)),
        }
    });
    let mut text = merged.text;
    for (name, words) in fields {
        let key = name.trim_start_matches("f.");
        let Some(field) = kind.field(key) else {
            continue;
        };
        let lines: Vec<String> = words
            .lines()
            .map(str::trim)
            .filter(|l| !l.is_empty())
            .map(str::to_owned)
            .collect();
        let written = match (lines.as_slice(), field.many) {
            ([], _) => Written::Nothing,
            (_, true) => Written::Many(lines),
            (_, false) => Written::One(lines.join(" ")),
        };
        text = edit::set_field(&text, kind, &field.key, &written)?;
    }
    Ok(text)
}

fn paragraph(words: &str) -> String {
    match words.trim() {
        "" => String::new(),
        words => format!("{words}\n\n"),
    }
}

fn name(place: &Place) -> String {
    match place {
        Place::Field(key) => format!("f.{key}"),
        Place::Paragraph(number) => format!("p.{number}"),
    }
}

fn label(room: &Room, kind: &Kind, place: &Place) -> String {
    match place {
        Place::Field(key) => kind
            .field(key)
            .map_or_else(|| key.clone(), |field| field.label.clone()),
        Place::Paragraph(_) => room.text("skriv_paragraph"),
    }
}

/// What stands in a place, without the key in front.
fn shown(conflict: &Conflict, piece: &str) -> String {
    match conflict.place {
        Place::Paragraph(_) => piece.trim().to_owned(),
        Place::Field(_) => {
            let lines: Vec<&str> = piece
                .lines()
                .filter(|line| !line.trim_start().starts_with('#'))
                .collect();
            let whole = lines.join("\n");
            let value = whole.split_once(':').map_or("", |(_, value)| value).trim();
            let items = value.trim_start_matches('[').trim_end_matches(']');
            if items.len() < value.len() {
                items
                    .split(',')
                    .map(str::trim)
                    .collect::<Vec<_>>()
                    .join("\n")
            } else {
                value.trim_matches(['"', '\'']).to_owned()
            }
        }
    }
}

impl Room {
    /// Which team changed a file last, and when.
    pub(super) fn last_change(
        &self,
        path: &crate::model::SourcePath,
    ) -> Result<(Option<String>, Option<String>), Closed> {
        let Ok(history) = self.writer().history() else {
            return Ok((None, None));
        };
        let newest = history.versions(path, 0, 1)?.into_iter().next();
        Ok(newest.map_or((None, None), |version| {
            (
                Some(version.author.clone()),
                Some(self.time_text(version.when)),
            )
        }))
    }

    /// A moment in words: the day and the hour.
    pub(super) fn time_text(&self, when: jiff::Timestamp) -> String {
        let local = when.to_zoned(jiff::tz::TimeZone::system());
        let day = danish::date_long(local.date(), self.snapshot.texts().lang());
        format!("{day} kl. {:02}.{:02}", local.hour(), local.minute())
    }
}
