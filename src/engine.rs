//! State over time: changes come in, a new [`Snapshot`] goes out.
//!
//! The engine is the only writer. A reader takes the snapshot of the moment and keeps it for as
//! long as it needs: pages and search answers of one request are of one generation.

pub mod picture;
mod snapshot;
mod store;
mod unanswered;
mod watching;

use std::{
    collections::BTreeMap,
    hash::Hash,
    path::PathBuf,
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use arc_swap::ArcSwap;
use jiff::civil::Date;

use crate::{
    diag::{Code, Diagnostic},
    model::{Audience, SourcePath},
    render::{Banner, Renderer, TemplateError, Theme, ThemeError},
    search::{Index, SearchError},
    site::{Site, SiteView, delta::Delta, route::Surface},
    source::{Folder, FolderError, Found},
};
use store::Store;
use unanswered::Unanswered;

pub use snapshot::{Answer, Snapshot, SnapshotError};
pub use store::Change;
pub use watching::Watching;

/// How long an editor may need between emptying a file and filling it again.
const SAVING: Duration = Duration::from_millis(80);

/// How an engine is set up.
#[derive(Clone, Debug)]
pub struct Options {
    /// The content folder.
    pub content: PathBuf,
    /// A folder whose files go over the shipped theme's.
    pub theme: Option<PathBuf>,
    /// Whose site it is.
    pub audience: Audience,
    /// Where its pages are shown.
    pub surface: Surface,
    /// Today, as the caller knows it; a published site takes the date of its edition.
    pub today: Date,
    /// Whether the search is needed; `build` and `check` do without.
    pub search: bool,
    /// The folder for what is not knowledge, beside the content; nothing is kept without one.
    pub data: Option<PathBuf>,
}

/// An engine cannot begin or go on; operators read it.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    /// The content folder.
    #[error("cannot read the content")]
    Folder(#[from] FolderError),
    /// The theme's folder.
    #[error("cannot read the theme")]
    Theme(#[from] ThemeError),
    /// The templates.
    #[error("cannot use the theme")]
    Template(#[from] TemplateError),
    /// The search.
    #[error("cannot build the search index")]
    Search(#[from] SearchError),
}

/// Keeps a site up to date.
pub struct Engine {
    options: Options,
    folder: Folder,
    state: Mutex<State>,
    current: ArcSwap<Generation>,
    told: Told,
    unanswered: Arc<Unanswered>,
}

/// What changes are made to; behind one lock.
struct State {
    store: Store,
    renderer: Arc<Renderer>,
    theme_problem: Option<Banner>,
    site: Arc<Site>,
    /// The search of each audience that is looked at; what visitors see is always there.
    indexes: BTreeMap<String, Index>,
    unanswered: Arc<Unanswered>,
    /// The day of the world.
    day: Date,
    /// The day of the site.
    today: Date,
    generation: u64,
}

/// One site, as each audience that is looked at sees it.
struct Generation {
    visitors: Arc<Snapshot>,
    others: Vec<Arc<Snapshot>>,
}

impl Generation {
    fn of(&self, audience: &Audience) -> Option<&Arc<Snapshot>> {
        std::iter::once(&self.visitors)
            .chain(&self.others)
            .find(|snapshot| snapshot.view().audience() == audience)
    }
}

type Listener = Box<dyn Fn(u64) + Send>;

/// Who waits for a new generation.
#[derive(Default)]
struct Told {
    generation: Mutex<u64>,
    changed: Condvar,
    listeners: Mutex<Vec<Listener>>,
}

impl Engine {
    /// Reads everything and makes the first snapshot.
    ///
    /// # Errors
    /// When the folder, the theme or the search cannot be used. Bad content never is one.
    pub fn start(options: Options) -> Result<Self, EngineError> {
        let folder = Folder::open(&options.content)?;
        let store = Store::load(folder.read_all()?);
        let renderer = Arc::new(renderer(&options, &store)?);
        let day = options.today;
        let today = today(&options, day, &store);
        let site = Arc::new(store.assemble(today));
        let mut state = State {
            store,
            renderer,
            theme_problem: None,
            site,
            indexes: BTreeMap::new(),
            unanswered: Arc::new(Unanswered::of(options.data.as_deref())),
            day,
            today,
            generation: 1,
        };
        let visitors = state.look(&options.audience, &options, &folder)?;
        Ok(Self {
            current: ArcSwap::from_pointee(Generation {
                visitors,
                others: Vec::new(),
            }),
            unanswered: Arc::clone(&state.unanswered),
            state: Mutex::new(state),
            told: Told {
                generation: Mutex::new(1),
                ..Told::default()
            },
            folder,
            options,
        })
    }

    /// The site as it is now, as a visitor sees it.
    #[must_use]
    pub fn snapshot(&self) -> Arc<Snapshot> {
        Arc::clone(&self.current.load().visitors)
    }

    /// The site as it is now, as an audience sees it. The first look of an audience makes its view and its search;
    /// from then on they follow every change.
    ///
    /// # Errors
    /// When the search cannot be built.
    pub fn snapshot_for(&self, audience: &Audience) -> Result<Arc<Snapshot>, EngineError> {
        if let Some(snapshot) = self.current.load().of(audience) {
            return Ok(Arc::clone(snapshot));
        }
        let mut state = self.lock();
        let now = self.current.load();
        if let Some(snapshot) = now.of(audience) {
            return Ok(Arc::clone(snapshot));
        }
        let snapshot = state.look(audience, &self.options, &self.folder)?;
        let mut others = now.others.clone();
        others.push(Arc::clone(&snapshot));
        self.current.store(Arc::new(Generation {
            visitors: Arc::clone(&now.visitors),
            others,
        }));
        Ok(snapshot)
    }

    /// Everything that is there now, whoever may see it. For whoever writes, never for a page.
    #[must_use]
    pub fn whole(&self) -> Arc<Site> {
        Arc::clone(&self.lock().site)
    }

    /// The page of a record as an audience would see it if its file held a text: the article alone, made by the page
    /// function on a site that holds the text.
    ///
    /// # Errors
    /// When the template fails.
    pub fn preview(
        &self,
        path: &SourcePath,
        text: &str,
        audience: &Audience,
    ) -> Result<String, SnapshotError> {
        let (site, renderer) = {
            let state = self.lock();
            (
                state.store.with(path, text, state.today),
                Arc::clone(&state.renderer),
            )
        };
        let view = SiteView::of(Arc::new(site), audience.clone());
        let Some(seen) = view.record_of_file(path.as_str()) else {
            return Ok(String::new());
        };
        let route = crate::site::route::Route::Record(seen.record.reference.clone());
        let page = renderer.page(&view, &crate::render::Request::of(route, Surface::Live))?;
        Ok(page.article())
    }

    /// The content folder.
    #[must_use]
    pub const fn folder(&self) -> &Folder {
        &self.folder
    }

    /// The options it was started with.
    #[must_use]
    pub const fn options(&self) -> &Options {
        &self.options
    }

    /// Takes changes in and swaps the snapshot once, if anything is different.
    ///
    /// # Errors
    /// When the disk or the search fails; the last snapshot stays.
    pub fn apply(&self, changes: Vec<Change>) -> Result<(), EngineError> {
        let mut state = self.lock();
        let mut different = false;
        let mut rescan = false;
        for change in changes {
            match change {
                Change::Rescan => rescan = true,
                Change::Theme => different |= self.reload_theme(&mut state),
                Change::Today(day) => {
                    state.day = day;
                    state.today = today(&self.options, day, &state.store);
                    different = true;
                }
                Change::Put(..) | Change::Remove(..) | Change::Unusable(..) => {
                    different |= state.store.apply(change);
                }
            }
        }
        if rescan {
            different |= state.store.rescan(self.folder.read_all()?);
        }
        if state.store.definitions_changed() {
            if state.store.config_is_empty() {
                // An editor may be in the middle of saving: what the site allows must not change
                // for the blink of an eye.
                std::thread::sleep(SAVING);
            }
            different |= state.store.reload(self.folder.read_all()?);
            different |= self.reload_theme(&mut state);
            state.today = today(&self.options, state.day, &state.store);
        }
        if different {
            self.swap(&mut state)?;
        }
        Ok(())
    }

    /// Looks at places on the disk and takes in what is different there.
    ///
    /// # Errors
    /// As [`Self::apply`].
    pub fn look_at(&self, places: &[PathBuf]) -> Result<(), EngineError> {
        let mut changes = Vec::new();
        for place in places {
            if self
                .options
                .theme
                .as_ref()
                .is_some_and(|theme| theme.canonicalize().is_ok_and(|t| place.starts_with(t)))
            {
                changes.push(Change::Theme);
                continue;
            }
            if place == self.folder.root() {
                changes.push(Change::Rescan);
                continue;
            }
            let Some(path) = self.folder.source_path(place) else {
                if !self.folder.is_passing(place) {
                    // A name that kaffe cannot use came or went.
                    changes.push(Change::Rescan);
                }
                continue;
            };
            // It may be a file, a folder, or gone: what the disk holds below it is the truth.
            let found = self.folder.read_below(place)?;
            let mut here: Vec<String> = Vec::new();
            for item in found {
                match item {
                    Found::File(path, bytes) => {
                        here.push(path.to_string());
                        changes.push(Change::Put(path, bytes));
                    }
                    Found::Unusable(name) => changes.push(Change::Unusable(name)),
                }
            }
            let known = self.lock().store.paths_within(path.as_str());
            changes.extend(
                known
                    .into_iter()
                    .filter(|known| !here.iter().any(|h| h == known.as_str()))
                    .map(Change::Remove),
            );
        }
        self.apply(changes)
    }

    /// Hears of a search that somebody has made, for the list of those that found nothing. `device` is whatever tells
    /// two devices apart.
    ///
    /// # Errors
    /// When the index fails.
    pub fn searched(&self, text: &str, device: impl Hash) -> Result<(), SearchError> {
        // On an open site nobody sees the list.
        if self.options.audience == Audience::Public {
            return Ok(());
        }
        let snapshot = self.snapshot();
        if let Some(known) = snapshot.found_nothing(text)? {
            self.unanswered.note(text, known, device);
        }
        Ok(())
    }

    /// Calls back with each new generation, from the thread that made it.
    pub fn on_change(&self, listener: impl Fn(u64) + Send + 'static) {
        lock(&self.told.listeners).push(Box::new(listener));
    }

    /// Waits until a generation newer than `seen` is there, or until the time is up; gives the
    /// generation of then.
    #[must_use]
    pub fn wait_for_newer(&self, seen: u64, at_most: Duration) -> u64 {
        let guard = lock(&self.told.generation);
        let waited = self
            .told
            .changed
            .wait_timeout_while(guard, at_most, |generation| *generation <= seen);
        *waited.unwrap_or_else(PoisonError::into_inner).0
    }

    fn swap(&self, state: &mut State) -> Result<(), EngineError> {
        let old = self.current.load_full();
        state.site = Arc::new(state.store.assemble(state.today));
        state.generation += 1;
        let follow = |before: &Arc<Snapshot>, state: &mut State| {
            state.follow(before, &self.options, &self.folder)
        };
        let visitors = follow(&old.visitors, state)?;
        let mut others = Vec::with_capacity(old.others.len());
        for before in &old.others {
            others.push(follow(before, state)?);
        }
        self.current
            .store(Arc::new(Generation { visitors, others }));
        *lock(&self.told.generation) = state.generation;
        self.told.changed.notify_all();
        for listener in lock(&self.told.listeners).iter() {
            listener(state.generation);
        }
        Ok(())
    }

    /// A broken template keeps the last good theme under a notice.
    fn reload_theme(&self, state: &mut State) -> bool {
        match renderer(&self.options, &state.store) {
            Ok(renderer) => {
                state.renderer = Arc::new(renderer);
                state.theme_problem = None;
            }
            Err(error) => {
                let text = Diagnostic::new(Code::K506, "templates")
                    .arg("name", template_name(&error))
                    .arg("reason", error_text(&error))
                    .headline(state.renderer.texts().lang());
                state.theme_problem = Some(Banner {
                    text,
                    path: template_name(&error),
                });
            }
        }
        true
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        lock(&self.state)
    }
}

impl State {
    /// The site as an audience sees it that has not looked before.
    fn look(
        &mut self,
        audience: &Audience,
        options: &Options,
        folder: &Folder,
    ) -> Result<Arc<Snapshot>, EngineError> {
        let view = Arc::new(SiteView::of(Arc::clone(&self.site), audience.clone()));
        if options.search {
            self.indexes.insert(name_of(audience), Index::of(&view)?);
        }
        Ok(self.snapshot(view, options, folder))
    }

    /// The site as an audience sees it that saw another generation before.
    fn follow(
        &mut self,
        before: &Snapshot,
        options: &Options,
        folder: &Folder,
    ) -> Result<Arc<Snapshot>, EngineError> {
        let audience = before.view().audience();
        let view = Arc::new(SiteView::of(Arc::clone(&self.site), audience.clone()));
        if let Some(index) = self.indexes.get_mut(&name_of(audience)) {
            index.follow(&Delta::between(before.view(), &view), &view)?;
        }
        Ok(self.snapshot(view, options, folder))
    }

    fn snapshot(&self, view: Arc<SiteView>, options: &Options, folder: &Folder) -> Arc<Snapshot> {
        let parts = self.parts(view.audience());
        let site = Arc::clone(&self.site);
        Arc::new(Snapshot::new(
            parts,
            site,
            view,
            folder.clone(),
            options.surface,
        ))
    }

    fn parts(&self, audience: &Audience) -> snapshot::Parts {
        let kept = self.store.kept_definitions();
        snapshot::Parts {
            generation: self.generation,
            renderer: Arc::clone(&self.renderer),
            searcher: self.indexes.get(&name_of(audience)).map(Index::searcher),
            banner: self.theme_problem.clone().or(kept),
            unanswered: Arc::clone(&self.unanswered),
        }
    }
}

/// An audience as it is looked up.
fn name_of(audience: &Audience) -> String {
    match audience {
        Audience::Teams(teams) => teams.iter().fold(String::new(), |name, team| {
            format!("{name}{}/{team}", audience.key())
        }),
        _ => audience.key().to_owned(),
    }
}

/// A poisoned lock is a panic of another thread, whose state is still whole: every change is made
/// on copies and swapped in at the end.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn renderer(options: &Options, store: &Store) -> Result<Renderer, EngineError> {
    let theme = match &options.theme {
        Some(folder) => Theme::with_folder(folder)?,
        None => Theme::shipped(),
    };
    Ok(Renderer::new(
        Arc::new(theme),
        store.definitions().config.lang,
    )?)
}

/// A published site is as it was on the day of its edition.
fn today(options: &Options, day: Date, store: &Store) -> Date {
    let edition = store
        .definitions()
        .publications
        .first()
        .and_then(|p| p.date);
    match options.surface {
        Surface::Published => edition.unwrap_or(day),
        Surface::Live => day,
    }
}

fn error_text(error: &EngineError) -> String {
    let mut text = error.to_string();
    let mut source = std::error::Error::source(error);
    while let Some(inner) = source {
        text = inner.to_string();
        source = inner.source();
    }
    text
}

/// The engine's errors name the template; the notice shows that name alone.
fn template_name(error: &EngineError) -> String {
    let text = error_text(error);
    let name = text
        .split_whitespace()
        .find(|word| word.contains(".html") || word.contains(".yaml"));
    name.map_or_else(
        || "templates".to_owned(),
        |n| n.trim_matches(|c: char| !c.is_alphanumeric()).to_owned(),
    )
}
