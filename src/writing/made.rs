//! New files: where they lie, who stands in the history, and the day that they were begun.

use jiff::civil::Date;

use crate::{
    engine::Engine,
    history::Author,
    model::{Actor, Kind, Record, RecordId, RecordRef, Role, SourcePath},
    parse::edit::{self, Written},
    site::SiteView,
    source::Folder,
    text::fold::slug,
};

/// More records with one title than this are not counted.
const MOST_NAMESAKES: u32 = 10_000;

/// A path that no file has, from a title.
pub(super) fn free_path(engine: &Engine, kind: &Kind, title: &str) -> Option<SourcePath> {
    let (id, site) = (slug(title), engine.whole());
    let is_free = |name: &String| {
        let reference = RecordRef {
            kind: kind.key.clone(),
            id: RecordId::new(name),
        };
        let file = format!("{}/{name}", kind.folder);
        site.path_of(&reference).is_none()
            && !engine.folder().has(&file)
            && !engine.folder().has(&format!("{file}.md"))
    };
    let numbered = (2..MOST_NAMESAKES).map(|n| format!("{id}-{n}"));
    let name = std::iter::once(id.clone()).chain(numbered).find(is_free)?;
    SourcePath::new(&format!("{}/{name}.md", kind.folder)).ok()
}

/// A path beside a record that no file has.
pub(super) fn free_file(folder: &Folder, owner: &Record, name: &str) -> Option<SourcePath> {
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, "bin"));
    let stem = slug(stem);
    (1..MOST_NAMESAKES)
        .map(|n| {
            if n == 1 {
                stem.clone()
            } else {
                format!("{stem}-{n}")
            }
        })
        .filter_map(|stem| {
            SourcePath::new(&format!(
                "{}/{stem}.{ending}",
                owner.path.without_extension()
            ))
            .ok()
        })
        .find(|path| !folder.has(path.as_str()))
}

/// The text with the day on which it was begun, when its kind has a field for it and it says nothing.
pub(super) fn with_date(text: &str, kind: &Kind, today: Date) -> String {
    if kind.field("oprettet").is_none() || text.contains("\noprettet:") {
        return text.to_owned();
    }
    let day = Written::One(today.to_string());
    edit::set_field(text, kind, "oprettet", &day).unwrap_or_else(|_| text.to_owned())
}

/// Who stands in the history: the team that the record belongs to or that somebody writes for, else the role. Never a
/// person.
pub(super) fn author(view: &SiteView, actor: &Actor, record: Option<&Record>) -> Author {
    let team = match actor.role {
        Role::Team | Role::Coach => actor
            .own_team()
            .or_else(|| record.and_then(|r| r.team.as_ref())),
        _ => None,
    };
    match team {
        Some(team) => Author {
            name: team_name(view, team),
            mail: format!("{team}@kaffe.invalid"),
        },
        None => Author {
            name: role_name(actor.role).to_owned(),
            mail: format!("{}@kaffe.invalid", actor.role.key()),
        },
    }
}

/// What a team is called.
fn team_name(view: &SiteView, team: &RecordId) -> String {
    view.find("team", team.as_str())
        .map_or_else(|| team.to_string(), |seen| seen.record.title.clone())
}

const fn role_name(role: Role) -> &'static str {
    match role {
        Role::Team => "Et team",
        Role::Coach => "Coachen",
        Role::Analyst => "VIVE",
        Role::Editor => "Koordinatoren",
        Role::Committee => "Følgegruppen",
        Role::Admin => "Redaktionen",
        Role::Reader | Role::Leader => "kaffe",
    }
}
