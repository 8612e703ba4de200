//! A photo from a phone: decoded, turned upright, made smaller, and nothing but pixels. Whoever sends it says that
//! nobody can be recognised, and what it shows.

use axum::{
    extract::{Multipart, Path, State},
    response::Response,
};
use serde::Serialize;

use super::{Closed, Named, Room, answered, conflict, fresh_key, in_address, see};
use crate::{
    engine::picture,
    form::Problem,
    serve::{Shared, who::Who},
    writing::Outcome,
};

/// The largest photo, in bytes; with room for the other answers.
pub const LARGEST: usize = (MEGABYTES + 1) * 1024 * 1024;
const MEGABYTES: usize = 20;

#[derive(Serialize, Default)]
struct Photo {
    action: String,
    title: String,
    url: String,
    errors: Vec<Problem>,
    key: String,
    max_mb: usize,
    alt: String,
    recognisable: String,
    decoration: bool,
}

/// What was sent.
#[derive(Default)]
struct Parts {
    bytes: Vec<u8>,
    alt: String,
    recognisable: String,
    decoration: bool,
    key: String,
}

pub async fn show(
    State(shared): State<Shared>,
    Who(actor): Who,
    Path((folder, id)): Path<(String, String)>,
) -> Response {
    answered(move || {
        let room = Room::for_writers(shared, actor, &format!("/billede/{folder}/{id}/"))?;
        room.text_of(&folder, &id)?;
        room.photo_page(200, &folder, &id, Photo::default())
    })
    .await
}

pub async fn save(
    State(shared): State<Shared>,
    Who(actor): Who,
    Path((folder, id)): Path<(String, String)>,
    sent: Multipart,
) -> Response {
    let Ok(parts) = read(sent).await else {
        return answered(|| Err(Closed::Bad)).await;
    };
    answered(move || {
        let room = Room::for_writers(shared, actor, &format!("/billede/{folder}/{id}/"))?;
        let (path, text, base) = room.text_of(&folder, &id)?;
        let seen = room.seen(&folder, &id)?;
        let mut errors = Vec::new();
        let mut wrong = |id: &str, text: &'static str| {
            errors.push(Problem {
                id: Some(id.to_owned()),
                text: room.text(text),
            });
        };
        match parts.recognisable.as_str() {
            "nej" => {}
            "ja" => wrong("genkende", "skriv_photo_recognised"),
            _ => wrong("genkende", "skriv_photo_who_missing"),
        }
        if parts.alt.is_empty() && !parts.decoration {
            wrong("alt", "skriv_photo_alt_missing");
        }
        let cleaned = if parts.bytes.is_empty() {
            wrong("fil", "skriv_photo_missing");
            None
        } else {
            let cleaned = picture::taken(&parts.bytes).ok();
            if cleaned.is_none() {
                wrong("fil", "skriv_photo_unreadable");
            }
            cleaned
        };
        let (Some(cleaned), true) = (cleaned, errors.is_empty()) else {
            let photo = Photo {
                errors,
                alt: parts.alt,
                recognisable: parts.recognisable,
                decoration: parts.decoration,
                key: parts.key,
                ..Photo::default()
            };
            return room.photo_page(422, &folder, &id, photo);
        };
        // The phone's own name of a photo tells when and with what it was taken.
        let name = if parts.alt.is_empty() {
            "billede.jpg".to_owned()
        } else {
            format!("{}.jpg", parts.alt)
        };
        let key = Some(parts.key.as_str()).filter(|key| !key.is_empty());
        // One photo sent twice is one photo, whatever was written in between.
        let sent = blake3::hash(&cleaned).to_hex().to_string();
        if let Some(earlier) = room.writer().saved_by(&room.asked(key), &sent)? {
            return Ok(Room::photo_done(
                &folder,
                &earlier.reference.id.to_string(),
                key,
            ));
        }
        let file = room
            .writer()
            .put_file(&room.asked(None), seen.record, &name, cleaned)?;
        let file = file.ok_or(Closed::NotAllowed)?;
        let alt = parts.alt.replace(['[', ']', '\n'], " ");
        let title = if parts.decoration { " \"pynt\"" } else { "" };
        let image = format!("![{alt}]({}{title})", file.file_name());
        let ending = crate::parse::edit::ending_of(&text);
        let gap = if text.ends_with('\n') { "" } else { ending };
        let text = format!("{text}{gap}{ending}{image}{ending}");
        match room
            .writer()
            .change(&room.asked(None), &path, &base, &text)?
        {
            Outcome::Saved(saved) => {
                room.writer().remember(&room.asked(key), &sent, &path)?;
                room.shared.wrote(&room.actor, room.now, &saved.path);
                Ok(Room::photo_done(&folder, &id, key))
            }
            Outcome::Conflict(conflicted) => {
                conflict::page(&room, &folder, &id, &conflicted, &base)
            }
            Outcome::Refused(refusal) => {
                let errors = room.refusal(&refusal);
                room.photo_page(
                    422,
                    &folder,
                    &id,
                    Photo {
                        errors,
                        ..Photo::default()
                    },
                )
            }
        }
    })
    .await
}

impl Room {
    fn photo_done(folder: &str, id: &str, key: Option<&str>) -> Response {
        see(&format!(
            "/gemt/{folder}/{id}/?gerning=billede&noegle={}",
            in_address(key.unwrap_or_default())
        ))
    }

    fn photo_page(
        &self,
        status: u16,
        folder: &str,
        id: &str,
        mut photo: Photo,
    ) -> Result<Response, Closed> {
        let seen = self.seen(folder, id)?;
        photo.action = format!("/billede/{folder}/{id}/");
        photo.title.clone_from(&seen.record.title);
        photo.url = self.address(&seen.record.reference);
        photo.max_mb = MEGABYTES;
        if photo.key.is_empty() {
            photo.key = fresh_key();
        }
        let here = photo.action.clone();
        self.screen(
            status,
            "billede",
            self.text("skriv_photo_title"),
            &here,
            Room::crumbs(seen),
            &Named("photo", &photo),
        )
    }
}

async fn read(mut sent: Multipart) -> Result<Parts, ()> {
    let mut parts = Parts::default();
    while let Some(part) = sent.next_field().await.map_err(drop)? {
        let name = part.name().unwrap_or_default().to_owned();
        if name == "fil" {
            parts.bytes = part.bytes().await.map_err(drop)?.to_vec();
            continue;
        }
        let text = part.text().await.map_err(drop)?.trim().to_owned();
        match name.as_str() {
            "alt" => parts.alt = text,
            "genkende" => parts.recognisable = text,
            "pynt" => parts.decoration = !text.is_empty(),
            "noegle" => parts.key = text,
            _ => {}
        }
    }
    Ok(parts)
}
