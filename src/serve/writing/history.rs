//! Versions of a record, what differs between them, and what was changed lately.

use std::{collections::BTreeSet, sync::Arc};

use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use serde::Serialize;

use super::{Closed, Named, Room, answered};
use crate::{
    history::{self, CommitId, History, Kind, diff},
    model::{Record, RecordId, RecordRef, SourcePath},
    parse::record,
    serve::{Shared, who::Who},
    text::danish,
};

/// Versions on one page.
const VERSIONS: usize = 30;
/// Changes on one page of what is new.
const CHANGES: usize = 60;
/// Paragraphs shown around a change.
const AROUND: usize = 1;

#[derive(Serialize)]
struct Versions {
    title: String,
    url: String,
    off_text: Option<String>,
    #[serde(rename = "versions")]
    found: Vec<Version>,
    newer_url: Option<String>,
    older_url: Option<String>,
}

#[derive(Serialize)]
struct Version {
    id: String,
    when_text: String,
    author: String,
    message: String,
    kind_text: String,
    diff_url: Option<String>,
    restore_action: Option<String>,
    current: bool,
}

pub async fn versions(
    State(shared): State<Shared>,
    Who(actor): Who,
    Path((folder, id)): Path<(String, String)>,
    Query(choices): Query<Vec<(String, String)>>,
) -> Response {
    answered(move || {
        let room = Room::inside(shared, actor)?;
        let Ok(seen) = room.seen(&folder, &id) else {
            return room.deleted(&folder, &id);
        };
        let page = page_of(&choices);
        let here = format!("/historik/{folder}/{id}/");
        let at = |page: usize| format!("{here}?side={page}");
        let mut own = Versions {
            title: seen.record.title.clone(),
            url: room.address(&seen.record.reference),
            off_text: None,
            found: Vec::new(),
            newer_url: (page > 1).then(|| at(page - 1)),
            older_url: None,
        };
        match room.writer().history() {
            Err(_) => own.off_text = Some(room.text("skriv_history_off")),
            Ok(history) => {
                let mut listed =
                    history.versions(&seen.record.path, (page - 1) * VERSIONS, VERSIONS + 1)?;
                if listed.len() > VERSIONS {
                    listed.truncate(VERSIONS);
                    own.older_url = Some(at(page + 1));
                }
                let mine = room.actor.may_edit(seen.record);
                for (number, version) in listed.iter().enumerate() {
                    let current = page == 1 && number == 0;
                    // A version that was for fewer people stays theirs.
                    let shown = room.may_see(history, version.commit, &seen.record.path)?;
                    own.found.push(Version {
                        id: version.commit.to_string(),
                        when_text: room.time_text(version.when),
                        author: version.author.clone(),
                        message: version
                            .message
                            .split_once(": ")
                            .map_or("", |(what, _)| what)
                            .to_owned(),
                        kind_text: room.kind_text(version.kind),
                        diff_url: shown.then(|| format!("{here}{}/", version.commit)),
                        restore_action: (mine
                            && shown
                            && !current
                            && version.kind != Kind::Removed)
                            .then(|| format!("/gendan/{folder}/{id}/{}/", version.commit)),
                        current,
                    });
                }
            }
        }
        room.screen(
            200,
            "historik",
            room.text("skriv_history_title"),
            &here,
            Room::crumbs(seen),
            &Named("history", &own),
        )
    })
    .await
}

#[derive(Serialize)]
struct Difference {
    title: String,
    url: String,
    from_text: String,
    to_text: String,
    paragraphs: Vec<Paragraph>,
    restore_action: Option<String>,
}

#[derive(Serialize)]
struct Paragraph {
    pieces: Vec<Piece>,
    folded: bool,
}

#[derive(Serialize)]
struct Piece {
    text: String,
    kind: &'static str,
}

/// What a version changed.
pub async fn difference(
    State(shared): State<Shared>,
    Who(actor): Who,
    Path((folder, id, version)): Path<(String, String, String)>,
) -> Response {
    answered(move || {
        let room = Room::inside(shared, actor)?;
        let seen = room.seen(&folder, &id)?;
        let path = &seen.record.path;
        let history = room.writer().history().map_err(|_| Closed::Missing)?;
        let (new, old) = pair(history, path, &version)?;
        let before = old.as_ref().map(|old| old.commit);
        for commit in [Some(new.commit), before].into_iter().flatten() {
            if !room.may_see(history, commit, path)? {
                return Err(Closed::Missing);
            }
        }
        let text = |commit: Option<CommitId>| -> Result<String, Closed> {
            let bytes = commit
                .map(|commit| history.bytes_at(commit, path))
                .transpose()?
                .flatten();
            Ok(bytes.map_or_else(String::new, |bytes| {
                String::from_utf8_lossy(&bytes).into_owned()
            }))
        };
        let (before_text, after_text) = (text(before)?, text(Some(new.commit))?);
        let parts = diff::lines(&before_text, &after_text, AROUND);
        let paragraphs = parts.into_iter().map(|part| match part {
            diff::Part::Paragraph { pieces } => Paragraph {
                pieces: pieces.into_iter().map(piece).collect(),
                folded: false,
            },
            diff::Part::Folded { paragraphs } => Paragraph {
                pieces: vec![Piece {
                    text: room
                        .snapshot
                        .texts()
                        .count("skriv_diff_folded", paragraphs, &[]),
                    kind: "ens",
                }],
                folded: true,
            },
        });
        let here = format!("/historik/{folder}/{id}/{version}/");
        let own = Difference {
            title: seen.record.title.clone(),
            url: room.address(&seen.record.reference),
            from_text: old.as_ref().map_or_else(
                || room.text("skriv_diff_nothing"),
                |old| room.time_text(old.when),
            ),
            to_text: room.time_text(new.when),
            paragraphs: paragraphs.collect(),
            restore_action: room
                .actor
                .may_edit(seen.record)
                .then(|| format!("/gendan/{folder}/{id}/{version}/")),
        };
        room.screen(
            200,
            "forskel",
            room.text("skriv_diff_title"),
            &here,
            Room::crumbs(seen),
            &Named("diff", &own),
        )
    })
    .await
}

/// Brings a record back as it was.
pub async fn restore(
    State(shared): State<Shared>,
    Who(actor): Who,
    Path((folder, id, version)): Path<(String, String, String)>,
) -> Response {
    answered(move || {
        let room = Room::for_writers(shared, actor, &format!("/historik/{folder}/{id}/"))?;
        let kind = room.kind(&folder)?;
        let reference = RecordRef {
            kind: kind.key.clone(),
            id: RecordId::new(&id),
        };
        let site = room.shared.engine.whole();
        let path = match site.path_of(&reference) {
            // What is there has to be theirs to see.
            Some(path) => {
                room.seen(&folder, &id)?;
                path.clone()
            }
            None => SourcePath::new(&format!("{folder}/{id}.md")).map_err(|_| Closed::Missing)?,
        };
        let history = room.writer().history().map_err(|_| Closed::Missing)?;
        let version: CommitId = version.parse().map_err(|_| Closed::Missing)?;
        if !room.may_see(history, version, &path)? {
            return Err(Closed::Missing);
        }
        let outcome = room.writer().restore(&room.asked(None), &path, version)?;
        room.done(outcome, "rettet")
    })
    .await
}

#[derive(Serialize)]
struct Recent {
    days: Vec<Day>,
    newer_url: Option<String>,
    older_url: Option<String>,
    off_text: Option<String>,
}

#[derive(Serialize)]
struct Day {
    title: String,
    changes: Vec<Change>,
}

#[derive(Serialize)]
struct Change {
    title: String,
    url: Option<String>,
    author: String,
    time_text: String,
    what: String,
    diff_url: Option<String>,
}

/// What was changed lately, day by day: what this person may see of it.
pub async fn recent(
    State(shared): State<Shared>,
    Who(actor): Who,
    Query(choices): Query<Vec<(String, String)>>,
) -> Response {
    answered(move || {
        let room = Room::inside(shared, actor)?;
        let page = page_of(&choices);
        let at = |page: usize| format!("/seneste/?side={page}");
        let mut own = Recent {
            days: Vec::new(),
            newer_url: (page > 1).then(|| at(page - 1)),
            older_url: None,
            off_text: None,
        };
        match room.writer().history() {
            Err(_) => own.off_text = Some(room.text("skriv_history_off")),
            Ok(history) => {
                let mut commits = history.recent((page - 1) * CHANGES, CHANGES + 1)?;
                if commits.len() > CHANGES {
                    commits.truncate(CHANGES);
                    own.older_url = Some(at(page + 1));
                }
                own.days = room.days(history, &commits)?;
            }
        }
        room.screen(
            200,
            "seneste",
            room.text("skriv_recent_title"),
            "/seneste/",
            Vec::new(),
            &Named("recent", &own),
        )
    })
    .await
}

impl Room {
    /// For everybody who is in the project: a visitor of an open site sees no history, which holds what was never public.
    fn inside(shared: Shared, actor: crate::model::Actor) -> Result<Self, Closed> {
        let room = Self::open(shared, actor)?;
        if *room.snapshot.view().audience() == crate::model::Audience::Public {
            return Err(Closed::Missing);
        }
        Ok(room)
    }

    /// The versions of a record that is deleted, for whoever saw it when it was there.
    fn deleted(&self, folder: &str, id: &str) -> Result<Response, Closed> {
        let path = SourcePath::new(&format!("{folder}/{id}.md")).map_err(|_| Closed::Missing)?;
        let history = self.writer().history().map_err(|_| Closed::Missing)?;
        let last = self.last_text(history, &path)?.ok_or(Closed::Missing)?;
        let here = format!("/historik/{folder}/{id}/");
        let mut own = Versions {
            title: last.title.clone(),
            url: format!("/{folder}/"),
            off_text: Some(self.text("skriv_deleted_note")),
            found: Vec::new(),
            newer_url: None,
            older_url: None,
        };
        for version in history.versions(&path, 0, VERSIONS)? {
            let shown = self.may_see(history, version.commit, &path)?;
            let there = version.kind != Kind::Removed;
            own.found.push(Version {
                id: version.commit.to_string(),
                when_text: self.time_text(version.when),
                author: version.author.clone(),
                message: String::new(),
                kind_text: self.kind_text(version.kind),
                diff_url: None,
                restore_action: (there && shown && self.actor.may_add(&last))
                    .then(|| format!("/gendan/{folder}/{id}/{}/", version.commit)),
                current: false,
            });
        }
        self.screen(
            200,
            "historik",
            self.text("skriv_history_title"),
            &here,
            Vec::new(),
            &Named("history", &own),
        )
    }

    /// A deleted record as it was last, when it was for this person.
    fn last_text(
        &self,
        history: &History,
        path: &SourcePath,
    ) -> Result<Option<Arc<Record>>, Closed> {
        let is_gone = self
            .shared
            .engine
            .folder()
            .read(path)
            .is_ok_and(|bytes| bytes.is_none());
        for version in history
            .versions(path, 0, VERSIONS)?
            .into_iter()
            .filter(|_| is_gone)
        {
            let Some(bytes) = history.bytes_at(version.commit, path)? else {
                continue;
            };
            let view = self.snapshot.view();
            let draft = record::read(path, &bytes, view.definitions());
            return Ok(draft
                .outcome
                .ok()
                .filter(|record| record.is_seen_by(view.audience())));
        }
        Ok(None)
    }

    /// Whether a version of a file was for this person: it is read as the record it was then.
    fn may_see(
        &self,
        history: &History,
        commit: CommitId,
        path: &SourcePath,
    ) -> Result<bool, Closed> {
        let Some(bytes) = history.bytes_at(commit, path)? else {
            return Ok(true);
        };
        let view = self.snapshot.view();
        let draft = record::read(path, &bytes, view.definitions());
        Ok(match draft.outcome {
            Ok(record) => record.is_seen_by(view.audience()),
            Err(broken) => !broken.withheld,
        })
    }

    fn kind_text(&self, kind: Kind) -> String {
        self.text(match kind {
            Kind::Added => "skriv_change_new",
            Kind::Changed => "skriv_change_changed",
            Kind::Removed => "skriv_change_removed",
        })
    }

    fn days(&self, history: &History, commits: &[history::Commit]) -> Result<Vec<Day>, Closed> {
        let (view, lang) = (self.snapshot.view(), self.snapshot.texts().lang());
        let mut days: Vec<Day> = Vec::new();
        // The newest change of a file on a day stands for those before it.
        let mut told: BTreeSet<(String, SourcePath)> = BTreeSet::new();
        for commit in commits {
            let local = commit.when.to_zoned(jiff::tz::TimeZone::system());
            let title = danish::date_long(local.date(), lang);
            for change in &commit.changes {
                let Some(seen) = view.record_of_file(change.path.as_str()) else {
                    let mut is_new = || told.insert((title.clone(), change.path.clone()));
                    if let Some(gone) = self.last_text(history, &change.path)?.filter(|_| is_new())
                    {
                        let address = format!("/historik/{}/", change.path.without_extension());
                        add(
                            &mut days,
                            &title,
                            Change {
                                title: gone.title.clone(),
                                url: Some(address),
                                author: commit.author.clone(),
                                time_text: format!("kl. {:02}.{:02}", local.hour(), local.minute()),
                                what: self.kind_text(change.kind),
                                diff_url: None,
                            },
                        );
                    }
                    continue;
                };
                if seen.record.path != change.path
                    || !self.may_see(history, commit.id, &change.path)?
                    || !told.insert((title.clone(), change.path.clone()))
                {
                    continue;
                }
                let (folder, id) = (&seen.record.kind.folder, &seen.record.reference.id);
                let entry = Change {
                    title: seen.record.title.clone(),
                    url: Some(self.address(&seen.record.reference)),
                    author: commit.author.clone(),
                    time_text: format!("kl. {:02}.{:02}", local.hour(), local.minute()),
                    what: self.kind_text(change.kind),
                    diff_url: Some(format!("/historik/{folder}/{id}/{}/", commit.id)),
                };
                add(&mut days, &title, entry);
            }
        }
        Ok(days)
    }
}

/// Adds a change to its day.
fn add(days: &mut Vec<Day>, title: &str, change: Change) {
    match days.last_mut().filter(|day| day.title == title) {
        Some(day) => day.changes.push(change),
        None => days.push(Day {
            title: title.to_owned(),
            changes: vec![change],
        }),
    }
}

fn piece(piece: diff::Piece) -> Piece {
    Piece {
        kind: match piece.kind {
            diff::Kind::Same => "ens",
            diff::Kind::Added => "nyt",
            diff::Kind::Removed => "vaek",
        },
        text: piece.text,
    }
}

/// A version of a file and the one before it.
fn pair(
    history: &History,
    path: &SourcePath,
    version: &str,
) -> Result<(history::Version, Option<history::Version>), Closed> {
    let mut offset = 0;
    loop {
        let found = history.versions(path, offset, VERSIONS + 1)?;
        if let Some(at) = found.iter().position(|v| v.commit.to_string() == version) {
            let new = found.get(at).cloned().ok_or(Closed::Missing)?;
            let before = match found.get(at + 1) {
                Some(before) => Some(before.clone()),
                None => history
                    .versions(path, offset + at + 1, 1)?
                    .into_iter()
                    .next(),
            };
            return Ok((new, before));
        }
        if found.len() <= VERSIONS {
            return Err(Closed::Missing);
        }
        offset += VERSIONS;
    }
}

fn page_of(choices: &[(String, String)]) -> usize {
    let side = choices.iter().find(|(name, _)| name == "side");
    side.and_then(|(_, value)| value.parse().ok())
        .unwrap_or(1)
        .clamp(1, 1_000)
}
