//! Routes to addresses and back, and the list of all pages of a view.

use super::{
    Owner, SiteView,
    route::{ASSETS, FEED, ICS, LOOSE_FILES, Route, SEARCH_INDEX, Surface},
};
use crate::model::{Audience, Chapter, KindKey, RecordId, RecordRef, SourcePath};

impl SiteView {
    /// The address of a route, without a slash in front; the start page's is empty.
    #[must_use]
    pub fn address(&self, route: &Route) -> String {
        let folder = |kind: &KindKey| {
            self.definitions()
                .kinds
                .by_key(kind)
                .map_or_else(|| kind.to_string(), |k| k.folder.clone())
        };
        match route {
            Route::Start => String::new(),
            Route::Catalogue => "katalog/".to_owned(),
            Route::Chapter(key) => format!("katalog/{key}/"),
            Route::Kind(kind) => format!("{}/", folder(kind)),
            Route::Record(r) => format!("{}/{}/", folder(&r.kind), r.id),
            Route::Source(r) => format!("{}/{}.md", folder(&r.kind), r.id),
            Route::File(path) => match self.site.owner_of(path) {
                Owner::Record(index) => self.site.record(index).map_or_else(String::new, |owner| {
                    let inside = path
                        .as_str()
                        .strip_prefix(owner.path.without_extension())
                        .unwrap_or_default();
                    format!("{}/{}{inside}", owner.kind.folder, owner.reference.id)
                }),
                Owner::Broken | Owner::Nobody => format!("{LOOSE_FILES}/{path}"),
            },
            Route::Tags => "emner/".to_owned(),
            Route::Tag(tag) => format!("emner/{tag}/"),
            Route::Search => "soeg/".to_owned(),
            Route::SearchPart(name) => format!("soeg/{SEARCH_INDEX}/{name}.js"),
            Route::Tidy => "oprydning/".to_owned(),
            Route::Meeting(team) => format!("teammoede/{team}/"),
            Route::Coach => "coach/".to_owned(),
            Route::Calendar => "kalender/".to_owned(),
            Route::Feed(None) => FEED.to_owned(),
            Route::Feed(Some(team)) => format!("{}/{team}/{FEED}", folder(&KindKey::new("team"))),
            Route::Ics(None) => ICS.to_owned(),
            Route::Ics(Some(team)) => format!("{}/{team}/{ICS}", folder(&KindKey::new("team"))),
            Route::Moved(from, _) => from.trim_start_matches('/').to_owned(),
            Route::Asset(name) => format!("{ASSETS}/{name}"),
            Route::Missing => "404.html".to_owned(),
        }
    }

    /// The route of an address, for this audience.
    #[must_use]
    pub fn route(&self, address: &str) -> Route {
        let plain = address.trim_start_matches('/');
        let plain = plain.strip_suffix("index.html").unwrap_or(plain);
        let trimmed = plain.trim_end_matches('/');
        let parts: Vec<&str> = if trimmed.is_empty() {
            Vec::new()
        } else {
            trimmed.split('/').collect()
        };
        let found = match parts.as_slice() {
            [] => Some(Route::Start),
            ["katalog"] => Some(Route::Catalogue),
            ["katalog", key] => Some(Route::Chapter((*key).to_owned())),
            ["emner"] => Some(Route::Tags),
            ["emner", tag] => self
                .tags()
                .contains_key(*tag)
                .then(|| Route::Tag((*tag).to_owned())),
            ["soeg"] => Some(Route::Search),
            ["soeg", SEARCH_INDEX, name] => name
                .strip_suffix(".js")
                .map(|name| Route::SearchPart(name.to_owned())),
            ["oprydning"] if self.audience != Audience::Public => Some(Route::Tidy),
            ["coach"] if self.audience != Audience::Public => Some(Route::Coach),
            ["kalender"] => Some(Route::Calendar),
            ["teammoede", id] => self.team_id(id).map(Route::Meeting),
            [FEED] => Some(Route::Feed(None)),
            [ICS] => Some(Route::Ics(None)),
            [folder, id, FEED] if self.is_team_folder(folder) => {
                self.team_id(id).map(|team| Route::Feed(Some(team)))
            }
            [folder, id, ICS] if self.is_team_folder(folder) => {
                self.team_id(id).map(|team| Route::Ics(Some(team)))
            }
            [ASSETS, name] => Some(Route::Asset((*name).to_owned())),
            [LOOSE_FILES, rest @ ..] => SourcePath::new(&rest.join("/"))
                .ok()
                .filter(|p| self.file(p).is_some())
                .map(Route::File),
            [folder] => self
                .definitions()
                .kinds
                .by_folder(folder)
                .map(|k| Route::Kind(k.key.clone())),
            [folder, id] => self.record_route(folder, id),
            [folder, id, rest @ ..] => self.file_route(folder, id, &rest.join("/")),
        };
        found
            .or_else(|| self.former(trimmed))
            .unwrap_or(Route::Missing)
    }

    fn record_route(&self, folder: &str, id: &str) -> Option<Route> {
        let kind = &self.definitions().kinds.by_folder(folder)?.key;
        let (id, source) = id.strip_suffix(".md").map_or((id, false), |id| (id, true));
        let reference = RecordRef {
            kind: kind.clone(),
            id: RecordId::new(id),
        };
        if reference.id.as_str() != id {
            return None;
        }
        // The Markdown of a record names all that it points at, also what is not for everybody.
        if source && self.audience == Audience::Public {
            return None;
        }
        let known = self.get(&reference).is_some() || self.broken_at(&reference).is_some();
        known.then_some(if source {
            Route::Source(reference)
        } else {
            Route::Record(reference)
        })
    }

    fn file_route(&self, folder: &str, id: &str, name: &str) -> Option<Route> {
        let kind = &self.definitions().kinds.by_folder(folder)?.key;
        let owner = self.get(&RecordRef {
            kind: kind.clone(),
            id: RecordId::new(id),
        })?;
        let path =
            SourcePath::new(&format!("{}/{name}", owner.record.path.without_extension())).ok()?;
        self.file(&path).map(|file| Route::File(file.path.clone()))
    }

    fn is_team_folder(&self, folder: &str) -> bool {
        let kind = self.definitions().kinds.by_folder(folder);
        kind.is_some_and(|kind| kind.key.as_str() == "team")
    }

    /// The id of a team that the audience may see.
    fn team_id(&self, id: &str) -> Option<RecordId> {
        let found = &self.find("team", id)?.record.reference.id;
        (found.as_str() == id).then(|| found.clone())
    }

    /// The ids of all teams that the audience may see.
    fn team_ids(&self) -> impl Iterator<Item = RecordId> {
        let teams: Vec<RecordId> = self
            .of_kind(&KindKey::new("team"))
            .map(|team| team.record.reference.id.clone())
            .collect();
        teams.into_iter()
    }

    fn former(&self, address: &str) -> Option<Route> {
        let index = *self.site.former.get(&format!("/{address}/"))?;
        let seen = self.at(index)?;
        Some(Route::Moved(
            format!("/{address}/"),
            seen.record.reference.clone(),
        ))
    }

    /// Every former address that leads to a record of this view.
    #[must_use]
    pub fn former_addresses(&self) -> Vec<Route> {
        let mut all: Vec<Route> = self
            .site
            .former
            .iter()
            .filter_map(|(from, &to)| {
                Some(Route::Moved(
                    from.clone(),
                    self.at(to)?.record.reference.clone(),
                ))
            })
            .collect();
        all.sort();
        all
    }

    /// Every page and file of this view on a surface, in a fixed order. Assets of the theme are
    /// the renderer's.
    #[must_use]
    pub fn routes(&self, surface: Surface) -> Vec<Route> {
        let mut routes = vec![Route::Start, Route::Search];
        // What follows a site must know where on the web it is; in the live wiki it is asked there.
        if surface == Surface::Live || self.config().base_url.is_some() {
            routes.push(Route::Feed(None));
            routes.extend(self.team_ids().map(|team| Route::Feed(Some(team))));
        }
        if surface == Surface::Live {
            routes.extend([Route::Calendar, Route::Ics(None)]);
            routes.extend(self.team_ids().map(Route::Meeting));
            if self.audience != Audience::Public {
                routes.extend(self.team_ids().map(|team| Route::Ics(Some(team))));
            }
            if self.audience != Audience::Public {
                routes.push(Route::Tidy);
            }
            if self.publication().is_some() {
                routes.push(Route::Catalogue);
            }
        }
        routes.extend(
            self.chapters()
                .into_iter()
                .map(|c| Route::Chapter(c.key.clone())),
        );
        routes.extend(self.kinds_in_use().map(|k| Route::Kind(k.key.clone())));
        routes.extend(
            self.records()
                .map(|s| Route::Record(s.record.reference.clone())),
        );
        if surface == Surface::Live && self.audience != Audience::Public {
            routes.extend(
                self.records()
                    .map(|s| Route::Source(s.record.reference.clone())),
            );
        }
        routes.extend(self.files().map(|f| Route::File(f.path.clone())));
        if !self.tags().is_empty() {
            routes.push(Route::Tags);
            routes.extend(self.tags().keys().map(|t| Route::Tag(t.clone())));
        }
        routes.extend(self.former_addresses());
        routes.push(Route::Missing);
        routes
    }

    /// The chapters of the catalogue that the view's records can fill.
    #[must_use]
    pub fn chapters(&self) -> Vec<&Chapter> {
        let filled = |chapter: &&Chapter| {
            chapter
                .pages
                .iter()
                .any(|id| self.find("side", id.as_str()).is_some())
                || chapter
                    .cards
                    .iter()
                    .any(|kind| self.of_kind(kind).next().is_some())
        };
        self.publication()
            .map(|p| p.chapters.iter().filter(filled).collect())
            .unwrap_or_default()
    }
}
