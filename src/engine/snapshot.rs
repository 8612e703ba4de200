//! One generation of a site: everything that a request needs, and nothing that changes under it.

mod alike;

use std::{
    io,
    sync::{Arc, Mutex, OnceLock},
};

use rustc_hash::FxHashMap;
use serde::Serialize;

use super::{lock, picture, unanswered::Unanswered};
use crate::{
    diag::Diagnostic,
    model::{Actor, AttachmentKind, RecordRef, SourcePath},
    render::{
        Banner, Content, Digest, Hit, Hits, Letter, Page, Renderer, Request, Screen, TemplateError,
        Texts, content_type, is_used_on, with_choices,
    },
    search::{Offline, Query, SearchError, Searcher},
    site::{
        Site, SiteView,
        rhythm::Experiment,
        route::{Route, Surface},
    },
    source::{Folder, FolderError},
};

/// More made pages than this are not kept.
const KEPT_PAGES: usize = 20_000;
/// Hits on one page of answers.
const HITS: usize = 20;
/// Nobody turns so many pages.
const FARTHEST_PAGE: usize = 1_000;

/// A site at a moment.
pub struct Snapshot {
    generation: u64,
    site: Arc<Site>,
    view: Arc<SiteView>,
    renderer: Arc<Renderer>,
    searcher: Option<Searcher>,
    banner: Option<Banner>,
    folder: Folder,
    surface: Surface,
    /// Made pages, by the class of whoever asked and the address.
    made: Mutex<FxHashMap<(String, String), Answer>>,
    unanswered: Arc<Unanswered>,
    /// The index of the published surface, made when it is first asked for.
    offline: OnceLock<Offline>,
}

/// The bytes that answer an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The status of HTTP.
    pub status: u16,
    /// The type of the bytes.
    pub content_type: &'static str,
    /// The bytes.
    pub bytes: Arc<[u8]>,
    /// A hash of the bytes, in hex.
    pub tag: Arc<str>,
    /// Where the reader is sent instead.
    pub location: Option<String>,
    /// Whether the file came from people and not from kaffe.
    pub is_file: bool,
    /// Whether it is the page of a search that found nothing.
    pub in_vain: bool,
}

/// A page cannot be made; operators read it.
#[derive(Debug, thiserror::Error)]
pub enum SnapshotError {
    /// The template.
    #[error("cannot make the page")]
    Template(#[from] TemplateError),
    /// The search.
    #[error("cannot search")]
    Search(#[from] SearchError),
    /// A file beside a record.
    #[error("cannot read the file")]
    File(#[from] FolderError),
    /// A photo.
    #[error("cannot clean the picture {path}")]
    Picture {
        /// Which.
        path: SourcePath,
        /// Why.
        #[source]
        source: picture::PictureError,
    },
}

/// What a snapshot is made of besides the site.
pub(super) struct Parts {
    pub generation: u64,
    pub renderer: Arc<Renderer>,
    pub searcher: Option<Searcher>,
    pub banner: Option<Banner>,
    pub unanswered: Arc<Unanswered>,
}

impl Snapshot {
    pub(super) fn new(
        parts: Parts,
        site: Arc<Site>,
        view: Arc<SiteView>,
        folder: Folder,
        surface: Surface,
    ) -> Self {
        Self {
            generation: parts.generation,
            renderer: parts.renderer,
            searcher: parts.searcher,
            banner: parts.banner,
            unanswered: parts.unanswered,
            made: Mutex::default(),
            offline: OnceLock::new(),
            site,
            view,
            folder,
            surface,
        }
    }

    /// Its number; each is newer than the one before.
    #[must_use]
    pub const fn generation(&self) -> u64 {
        self.generation
    }

    /// The site as its audience may see it.
    #[must_use]
    pub const fn view(&self) -> &Arc<SiteView> {
        &self.view
    }

    /// Every problem, for `check`: whoever runs it can read the files anyway.
    #[must_use]
    pub fn diagnostics(&self) -> &[Diagnostic] {
        self.site.diagnostics()
    }

    /// The text of a file with a problem.
    #[must_use]
    pub fn text_of(&self, path: &str) -> Option<&Arc<str>> {
        self.site.text_of(path)
    }

    /// Where its pages are shown.
    #[must_use]
    pub const fn surface(&self) -> Surface {
        self.surface
    }

    /// Every page and file of it, the theme's files among them.
    #[must_use]
    pub fn routes(&self) -> Vec<Route> {
        let mut routes = self.view.routes(self.surface);
        let assets = self
            .renderer
            .assets()
            .filter(|name| is_used_on(name, self.surface));
        routes.extend(assets.map(|name| Route::Asset(name.to_owned())));
        if self.surface == Surface::Published {
            let parts = self.offline().names();
            routes.extend(parts.map(|name| Route::SearchPart(name.to_owned())));
        }
        routes
    }

    /// Searches; nothing without a search.
    ///
    /// # Errors
    /// When the index fails.
    pub fn search(&self, query: &Query) -> Result<crate::search::Answer, SearchError> {
        self.searcher
            .as_ref()
            .map_or_else(|| Ok(crate::search::Answer::default()), |s| s.search(query))
    }

    /// Answers an address of the site to a visitor, with the choices behind it.
    ///
    /// # Errors
    /// When a template, the search or the disk fails.
    pub fn answer(
        &self,
        address: &str,
        query: &[(String, String)],
    ) -> Result<Answer, SnapshotError> {
        self.answer_to(&Actor::visitor(), address, query)
    }

    /// Answers an address of the site to somebody.
    ///
    /// # Errors
    /// As [`Self::answer`].
    pub fn answer_to(
        &self,
        actor: &Actor,
        address: &str,
        query: &[(String, String)],
    ) -> Result<Answer, SnapshotError> {
        let route = self.view.route(address);
        if let Some(to) = self.canonical(address, &route) {
            return Ok(Answer::redirect(with_choices(to, query)));
        }
        let query = if self.surface == Surface::Live {
            query
        } else {
            &[]
        };
        // What people type in a search is not worth keeping, and what they ask for changes Oprydning.
        let kept = query.is_empty() && !matches!(route, Route::Missing | Route::Tidy);
        let key = (actor.class(), address.to_owned());
        if kept && let Some(answer) = lock(&self.made).get(&key) {
            return Ok(answer.clone());
        }
        let answer = self.make(&route, address, query, actor)?;
        if kept && answer.status == 200 {
            let mut made = lock(&self.made);
            if made.len() < KEPT_PAGES {
                made.insert(key, answer.clone());
            }
        }
        Ok(answer)
    }

    /// Makes the page of a route, as `build` writes it.
    ///
    /// # Errors
    /// As [`Self::answer`].
    pub fn page(&self, route: &Route) -> Result<Answer, SnapshotError> {
        self.make(route, "", &[], &Actor::visitor())
    }

    /// Makes a page for one person at one moment.
    ///
    /// # Errors
    /// When its template fails.
    pub fn screen<T: Serialize>(&self, screen: Screen<'_, T>) -> Result<Answer, SnapshotError> {
        let page = self.renderer.screen(&self.view, screen)?;
        self.fetched(page)
    }

    /// Makes the letter of a week; nothing when there is nothing to tell.
    ///
    /// # Errors
    /// When its template fails.
    pub fn digest(&self, letter: &Letter<'_>) -> Result<Option<Digest>, SnapshotError> {
        Ok(self.renderer.digest(&self.view, letter)?)
    }

    /// Makes the letter that asks a team how an experiment of this view went.
    ///
    /// # Errors
    /// When its template fails.
    pub fn question(
        &self,
        asked: &Experiment<'_>,
        unsubscribe: &str,
    ) -> Result<Digest, SnapshotError> {
        Ok(self.renderer.question(&self.view, asked, unsubscribe)?)
    }

    /// The texts of the interface.
    #[must_use]
    pub fn texts(&self) -> &Texts {
        self.renderer.texts()
    }

    /// A page has one address: with a slash at its end, and in the live wiki without `index.html`.
    fn canonical(&self, address: &str, route: &Route) -> Option<String> {
        if matches!(route, Route::Missing | Route::Moved(..)) {
            return None;
        }
        let wanted = format!("/{}", self.view.address(route));
        let asked = match self.surface {
            Surface::Live => address,
            Surface::Published => address.strip_suffix("index.html").unwrap_or(address),
        };
        (asked != wanted).then_some(wanted)
    }

    fn make(
        &self,
        route: &Route,
        asked: &str,
        query: &[(String, String)],
        actor: &Actor,
    ) -> Result<Answer, SnapshotError> {
        if let Route::SearchPart(name) = route
            && self.surface == Surface::Published
            && let Some(part) = self.offline().part(name)
        {
            return Ok(Answer::of(200, content_type("part.js"), part.into()));
        }
        let hits = if *route == Route::Search && self.surface == Surface::Live {
            Some(self.hits(query)?)
        } else {
            None
        };
        let in_vain = hits
            .as_ref()
            .is_some_and(|hits| !hits.query.is_empty() && hits.total == 0);
        let similar = match route {
            Route::Record(reference) if self.surface == Surface::Live => {
                self.similar_to(reference)?
            }
            _ => Vec::new(),
        };
        let request = Request {
            similar,
            unanswered: if *route == Route::Tidy {
                self.unanswered()?
            } else {
                Vec::new()
            },
            route: route.clone(),
            surface: self.surface,
            query,
            hits,
            banner: self.banner.clone(),
            asked,
            actor: actor.clone(),
        };
        let page = self.renderer.page(&self.view, &request)?;
        Ok(Answer {
            in_vain,
            ..self.fetched(page)?
        })
    }

    fn fetched(&self, page: Page) -> Result<Answer, SnapshotError> {
        let bytes = match page.content {
            Content::Bytes(bytes) => bytes,
            Content::Redirect(to) => return Ok(Answer::redirect(to)),
            Content::File(path) => {
                let bytes = self.file(&path)?;
                return Ok(Answer {
                    is_file: true,
                    ..Answer::of(page.status, page.content_type, bytes.into())
                });
            }
        };
        Ok(Answer::of(page.status, page.content_type, bytes))
    }

    /// Whether a search finds nothing at all; then, whether the site uses all of its words.
    pub(super) fn found_nothing(&self, text: &str) -> Result<Option<bool>, SearchError> {
        let Some(searcher) = &self.searcher else {
            return Ok(None);
        };
        let query = Query {
            text: text.to_owned(),
            ..Query::default()
        };
        let is_search = !text.trim().is_empty();
        if !is_search || searcher.search(&query)?.total > 0 {
            return Ok(None);
        }
        searcher.knows(text).map(Some)
    }

    /// Searches that found nothing and would find nothing now.
    fn unanswered(&self) -> Result<Vec<String>, SearchError> {
        let mut open = Vec::new();
        for text in self.unanswered.shown() {
            if self.found_nothing(&text)?.is_some() {
                open.push(text);
            }
        }
        Ok(open)
    }

    fn offline(&self) -> &Offline {
        self.offline.get_or_init(|| Offline::of(&self.view))
    }

    fn hits(&self, choices: &[(String, String)]) -> Result<Hits, SearchError> {
        let choice = |name: &str| {
            choices
                .iter()
                .find(|(n, _)| n == name)
                .map(|(_, value)| value.clone())
        };
        let text = choice("q").unwrap_or_default().trim().to_owned();
        let kind = choice("kind").filter(|k| !k.is_empty());
        let page = choice("side").and_then(|side| side.parse().ok());
        let page: usize = page.unwrap_or(1).clamp(1, FARTHEST_PAGE);
        let query = Query {
            text: text.clone(),
            kind: kind.clone(),
            limit: HITS,
            offset: (page - 1) * HITS,
        };
        let answer = if text.is_empty() {
            crate::search::Answer::default()
        } else {
            self.search(&query)?
        };
        let hit = |hit: crate::search::Hit| {
            Some(Hit {
                record: RecordRef::of_key(&hit.key)?,
                snippet: hit.snippet,
            })
        };
        Ok(Hits {
            query: text,
            total: answer.total,
            hits: answer.hits.into_iter().filter_map(hit).collect(),
            kinds: answer.kinds,
            kind,
            page,
            per_page: HITS,
            suggestions: answer.suggestions,
        })
    }

    /// The bytes of a file beside a record; a photo without anything but its pixels.
    fn file(&self, path: &SourcePath) -> Result<Vec<u8>, SnapshotError> {
        let missing = || FolderError::Unreadable {
            path: self.folder.place(path),
            source: io::Error::from(io::ErrorKind::NotFound),
        };
        let bytes = self.folder.read(path)?.ok_or_else(missing)?;
        match self.view.file(path).map(|f| f.kind) {
            Some(AttachmentKind::Photo { .. }) => {
                picture::clean(&bytes).map_err(|source| SnapshotError::Picture {
                    path: path.clone(),
                    source,
                })
            }
            Some(AttachmentKind::Refused) | None => Ok(Vec::new()),
            Some(_) => Ok(bytes),
        }
    }
}

impl Answer {
    fn of(status: u16, content_type: &'static str, bytes: Arc<[u8]>) -> Self {
        let tag = blake3::hash(&bytes)
            .to_hex()
            .as_str()
            .get(..32)
            .unwrap_or_default()
            .into();
        Self {
            status,
            content_type,
            bytes,
            tag,
            location: None,
            is_file: false,
            in_vain: false,
        }
    }

    fn redirect(to: String) -> Self {
        Self {
            location: Some(to),
            ..Self::of(308, "text/plain; charset=utf-8", Vec::new().into())
        }
    }
}
