//! What takes one tap: *Vi prøver det også*, *Ja, det passer stadig*, saying good for a text, deleting, and taking a
//! save back.

use axum::{
    extract::{Path, State},
    response::Response,
};

use super::{Closed, Named, Room, Sent, answered, see};
use crate::{
    form::Posted,
    model::KindKey,
    parse::edit::{self, Written},
    serve::{Shared, who::Who},
    writing::Outcome,
};

/// *Vi prøver det også*: a new experiment that says where the idea came from.
pub async fn also(
    State(shared): State<Shared>,
    Who(actor): Who,
    Path((folder, id)): Path<(String, String)>,
) -> Response {
    answered(move || {
        let room = Room::for_writers(shared, actor, &format!("/{folder}/{id}/"))?;
        let seen = room.seen(&folder, &id)?;
        let view = room.snapshot.view();
        let kind = view
            .definitions()
            .kinds
            .by_key(&KindKey::new("proevehandling"))
            .ok_or(Closed::Missing)?;
        if !room.actor.may_create(kind) {
            return Err(Closed::NotAllowed);
        }
        let from = format!("{folder}/{id}");
        let field = kind.field("inspireret_af").map(|f| f.key.to_string());
        let Some(team) = room.actor.own_team() else {
            // Whoever has no one team says for whom.
            let mut choices = vec![("titel".to_owned(), seen.record.title.clone())];
            choices.extend(field.map(|key| (key, from)));
            return Ok(see(&crate::render::with_choices(
                format!("/ny/{}/", kind.folder),
                &choices,
            )));
        };
        let today = view.today();
        let mut posted = Posted::default();
        posted.add("f.titel", seen.record.title.clone());
        posted.add("f.team", team.to_string());
        posted.add("f.fra", today.to_string());
        if let Some(key) = field {
            posted.add(&format!("f.{key}"), from.clone());
        }
        let taken = room.desk().take(kind, None, "---\n---\n", &posted)?;
        // Two taps on one button are one wish; tomorrow it is another.
        let key = format!("proev {from} {today}");
        let kind = std::sync::Arc::clone(kind);
        let outcome = room.writer().create(
            &room.asked(Some(&key)),
            &kind,
            &seen.record.title,
            &taken.text,
        )?;
        room.done(outcome, "proev")
    })
    .await
}

/// *Ja, det passer stadig*.
pub async fn confirm(
    State(shared): State<Shared>,
    Who(actor): Who,
    Path((folder, id)): Path<(String, String)>,
) -> Response {
    answered(move || {
        let room = Room::for_writers(shared, actor, &format!("/{folder}/{id}/"))?;
        let today = Written::One(room.snapshot.view().today().to_string());
        room.set(&folder, &id, "bekræftet", &today, "passer")
    })
    .await
}

/// A second person has read a text and says good for it.
pub async fn approve(
    State(shared): State<Shared>,
    Who(actor): Who,
    Path((folder, id)): Path<(String, String)>,
) -> Response {
    answered(move || {
        let mut room = Room::for_writers(shared, actor, &format!("/{folder}/{id}/"))?;
        if !room.actor.may_approve() {
            return Err(Closed::NotAllowed);
        }
        let path = room.seen(&folder, &id)?.record.path.clone();
        room.last_writer = room.last_writer_of(&path)?;
        room.set(
            &folder,
            &id,
            "gennemgang",
            &Written::One("godkendt".to_owned()),
            "godkendt",
        )
    })
    .await
}

/// Is it to be deleted?
pub async fn ask_to_delete(
    State(shared): State<Shared>,
    Who(actor): Who,
    Path((folder, id)): Path<(String, String)>,
) -> Response {
    answered(move || {
        let here = format!("/slet/{folder}/{id}/");
        let room = Room::for_writers(shared, actor, &here)?;
        let (.., base) = room.text_of(&folder, &id)?;
        let seen = room.seen(&folder, &id)?;
        let delete = Ask {
            title: seen.record.title.clone(),
            url: room.address(&seen.record.reference),
            action: here.clone(),
            base,
            kept: room.writer().history().is_ok(),
        };
        room.screen(
            200,
            "slet",
            room.text("skriv_delete_title"),
            &here,
            Room::crumbs(seen),
            &Named("delete", &delete),
        )
    })
    .await
}

pub async fn delete(
    State(shared): State<Shared>,
    Who(actor): Who,
    Path((folder, id)): Path<(String, String)>,
    Sent(posted): Sent,
) -> Response {
    answered(move || {
        let room = Room::for_writers(shared, actor, &format!("/{folder}/{id}/"))?;
        let (path, ..) = room.text_of(&folder, &id)?;
        let base = posted.filled("base").unwrap_or_default();
        match room.writer().delete(&room.asked(None), &path, &base)? {
            Outcome::Saved(_) => room.message(
                200,
                "skriv_deleted",
                "skriv_deleted_text",
                &format!("/{folder}/"),
                "skriv_deleted_link",
            ),
            Outcome::Refused(_) => Err(Closed::NotAllowed),
            // Somebody changed it in the meantime: it is read again first.
            Outcome::Conflict(_) => Ok(see(&format!("/slet/{folder}/{id}/"))),
        }
    })
    .await
}

/// Takes a save back: a new record goes, a changed one is again what it was.
pub async fn undo(
    State(shared): State<Shared>,
    Who(actor): Who,
    Path((folder, id)): Path<(String, String)>,
    Sent(posted): Sent,
) -> Response {
    answered(move || {
        let room = Room::for_writers(shared, actor, &format!("/{folder}/{id}/"))?;
        let (path, _, base) = room.text_of(&folder, &id)?;
        let Ok(history) = room.writer().history() else {
            return Err(Closed::Missing);
        };
        let versions = history.versions(&path, 0, 2)?;
        let newest = versions.first().ok_or(Closed::Missing)?;
        if posted.filled("commit") != Some(newest.commit.to_string()) {
            // Something newer has been written: that is not taken back by accident.
            return Ok(see(&format!("/historik/{folder}/{id}/")));
        }
        match versions.get(1) {
            Some(before) if before.kind != crate::history::Kind::Removed => {
                let outcome = room
                    .writer()
                    .restore(&room.asked(None), &path, before.commit)?;
                room.done(outcome, "fortrudt")
            }
            _ => match room.writer().delete(&room.asked(None), &path, &base)? {
                Outcome::Saved(_) => room.message(
                    200,
                    "skriv_done_undone",
                    "skriv_undone_text",
                    &format!("/{folder}/"),
                    "skriv_deleted_link",
                ),
                _ => Err(Closed::NotAllowed),
            },
        }
    })
    .await
}

impl Room {
    /// Sets one field of a record and shows what happened.
    fn set(
        &self,
        folder: &str,
        id: &str,
        key: &str,
        written: &Written,
        deed: &'static str,
    ) -> Result<Response, Closed> {
        let (path, text, base) = self.text_of(folder, id)?;
        let kind = self.kind(folder)?;
        kind.field(key).ok_or(Closed::Missing)?;
        let text = edit::set_field(&text, &kind, key, written)?;
        let outcome = self
            .writer()
            .change(&self.asked(None), &path, &base, &text)?;
        self.done(outcome, deed)
    }

    pub(super) fn done(&self, outcome: Outcome, deed: &'static str) -> Result<Response, Closed> {
        match outcome {
            Outcome::Saved(saved) => Ok(self.saved(&saved, None, deed)),
            Outcome::Refused(crate::writing::Refusal::OwnText) => {
                self.message(403, "skriv_own_title", "skriv_refused_own", "/", "home")
            }
            Outcome::Refused(_) => Err(Closed::NotAllowed),
            Outcome::Conflict(_) => Err(Closed::Bad),
        }
    }
}

#[derive(serde::Serialize)]
struct Ask {
    title: String,
    url: String,
    action: String,
    base: String,
    kept: bool,
}
