//! A site in a temporary folder, so that a test reads as a story; and readers of what comes out.

use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet, HashMap},
    fs,
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::{Arc, LazyLock},
    time::{Duration, Instant},
};

use axum::{
    Router,
    body::Body,
    extract::ConnectInfo,
    http::{HeaderMap, Method, Request},
};
use jiff::{Timestamp, civil::Date};
use kaffe::{
    diag::Diagnostic,
    engine::{Answer, Engine, Options, Snapshot, Watching},
    model::{Actor, Audience},
    people::People,
    publish, search,
    serve::{self, Doors, Served},
    site::route::{Route, Surface},
    starter,
};
use tower::ServiceExt;

/// The day of every test.
pub const TODAY: Date = Date::constant(2021, 11, 1);
/// What makes a record public.
pub const PUBLIC: &str = "synlighed: offentlig\ngennemgang: godkendt";
/// Longer than any change takes, also on a busy machine.
pub const PATIENCE: Duration = Duration::from_secs(15);

/// A content folder that goes away with the test.
pub struct TestSite {
    root: PathBuf,
    running: RefCell<HashMap<(Audience, Surface), Running>>,
    _home: tempfile::TempDir,
}

/// A site that is kept between two questions, and what has changed since the last one.
struct Running {
    engine: Arc<Engine>,
    changed: BTreeSet<PathBuf>,
}

/// A page as a reader gets it.
#[derive(Debug)]
pub struct Seen {
    pub status: u16,
    pub body: String,
    pub location: Option<String>,
}

impl Seen {
    /// The page holds these words.
    #[track_caller]
    pub fn says(&self, words: &str) -> &Self {
        assert!(
            self.body.contains(words),
            "»{words}« is not in (status {}):\n{}",
            self.status,
            main_part(&self.body)
        );
        self
    }

    /// The page does not hold these words.
    #[track_caller]
    pub fn never_says(&self, words: &str) -> &Self {
        assert!(
            !self.body.contains(words),
            "»{words}« is in (status {}):\n{}",
            self.status,
            main_part(&self.body)
        );
        self
    }

    /// What stands in the page's main part.
    pub fn main(&self) -> &str {
        main_part(&self.body)
    }
}

impl From<Answer> for Seen {
    fn from(answer: Answer) -> Self {
        Self {
            status: answer.status,
            body: String::from_utf8_lossy(&answer.bytes).into_owned(),
            location: answer.location,
        }
    }
}

fn main_part(body: &str) -> &str {
    let from = body.find("<main").unwrap_or(0);
    let to = body.find("</main>").unwrap_or(body.len());
    body.get(from..to).unwrap_or(body)
}

impl TestSite {
    /// An empty folder: the shipped kinds hold.
    pub fn new() -> Self {
        let home = tempfile::Builder::new()
            .prefix("kaffe-it-")
            .tempdir()
            .expect("a temporary folder");
        // The watcher reports real paths.
        let root = home
            .path()
            .canonicalize()
            .expect("a real path")
            .join("content");
        fs::create_dir(&root).expect("a content folder");
        Self {
            root,
            running: RefCell::default(),
            _home: home,
        }
    }

    /// A folder with these files.
    pub fn of(files: &[(&str, &str)]) -> Self {
        let site = Self::new();
        for (path, text) in files {
            site.file(path, text);
        }
        site
    }

    /// A folder with a copy of the shipped kinds and words, for adding to them.
    pub fn with_shipped_kinds() -> Self {
        let site = Self::new();
        for file in starter::definition_files() {
            if file.path.is_within("_typer") || file.path.is_within("_ord") {
                site.file(file.path.as_str(), &*file.text);
            }
        }
        site
    }

    /// A copy of a folder.
    pub fn copy_of(folder: &Path) -> Self {
        let site = Self::new();
        for (name, bytes) in files_below(folder) {
            site.file(&name, bytes);
        }
        site
    }

    pub fn root(&self) -> &Path {
        &self.root
    }

    /// A place beside the content folder, which goes away with it.
    pub fn beside(&self, name: &str) -> PathBuf {
        self.root.with_file_name(name)
    }

    pub fn file(&self, path: &str, bytes: impl AsRef<[u8]>) -> &Self {
        let place = self.root.join(path);
        fs::create_dir_all(place.parent().expect("a folder")).expect("a folder for the file");
        fs::write(place, bytes).expect("the file is written");
        self.changed(path);
        self
    }

    /// Saves as careful editors do: writes beside and renames over.
    pub fn replace(&self, path: &str, bytes: impl AsRef<[u8]>) -> &Self {
        replace(&self.root.join(path), bytes);
        self.changed(path);
        self
    }

    pub fn remove(&self, path: &str) -> &Self {
        let place = self.root.join(path);
        if place.is_dir() {
            fs::remove_dir_all(place).expect("the folder is removed");
        } else {
            fs::remove_file(place).expect("the file is removed");
        }
        self.changed(path);
        self
    }

    pub fn rename(&self, from: &str, to: &str) -> &Self {
        let place = self.root.join(to);
        fs::create_dir_all(place.parent().expect("a folder")).expect("a folder for the file");
        fs::rename(self.root.join(from), place).expect("renamed");
        self.changed(from);
        self.changed(to);
        self
    }

    fn changed(&self, path: &str) {
        for running in self.running.borrow_mut().values_mut() {
            running.changed.insert(self.root.join(path));
        }
    }

    /// A site that follows the folder from question to question; most of a cold start is reading the kinds.
    fn running(&self, audience: Audience, surface: Surface) -> Arc<Engine> {
        let mut all = self.running.borrow_mut();
        let running = all
            .entry((audience.clone(), surface))
            .or_insert_with(|| Running {
                engine: self.engine(audience, surface),
                changed: BTreeSet::new(),
            });
        if !running.changed.is_empty() {
            let places: Vec<PathBuf> = std::mem::take(&mut running.changed).into_iter().collect();
            running.engine.look_at(&places).expect("looked at");
        }
        Arc::clone(&running.engine)
    }

    /// An engine that has read the folder as it is now.
    pub fn engine(&self, audience: Audience, surface: Surface) -> Arc<Engine> {
        engine(&self.root, audience, surface)
    }

    /// The wiki as everybody in the project sees it.
    pub fn wiki(&self) -> Arc<Engine> {
        self.engine(Audience::Project, Surface::Live)
    }

    /// A page of the wiki for the project.
    pub fn get(&self, address: &str) -> Seen {
        self.get_as(Audience::Project, Surface::Live, address)
    }

    /// A page of the live wiki for the public.
    pub fn public(&self, address: &str) -> Seen {
        self.get_as(Audience::Public, Surface::Live, address)
    }

    pub fn get_as(&self, audience: Audience, surface: Surface, address: &str) -> Seen {
        get(&self.running(audience, surface).snapshot(), address)
    }

    /// The published site: path → bytes.
    pub fn build(&self) -> BTreeMap<String, Vec<u8>> {
        published(
            &self
                .running(Audience::Public, Surface::Published)
                .snapshot(),
        )
    }

    /// A page of the published site.
    #[track_caller]
    pub fn built(&self, path: &str) -> String {
        let files = self.build();
        let known: Vec<&String> = files.keys().collect();
        let bytes = files
            .get(path)
            .unwrap_or_else(|| panic!("{path} is not published; these are: {known:?}"));
        String::from_utf8_lossy(bytes).into_owned()
    }

    /// What `kaffe check` says.
    pub fn check(&self) -> Vec<Diagnostic> {
        self.running(Audience::Project, Surface::Live)
            .snapshot()
            .diagnostics()
            .to_vec()
    }

    /// The codes of what `kaffe check` says about a file.
    pub fn codes(&self, path: &str) -> Vec<&'static str> {
        self.check()
            .iter()
            .filter(|d| d.path == path)
            .map(|d| d.code.as_str())
            .collect()
    }
}

/// Writes beside and renames over, so that nobody ever sees half a file.
pub fn replace(place: &Path, bytes: impl AsRef<[u8]>) {
    let beside = place.with_file_name(".gemmer.swp");
    fs::write(&beside, bytes).expect("written beside");
    fs::rename(beside, place).expect("renamed over");
}

/// An engine over any folder.
pub fn engine(root: &Path, audience: Audience, surface: Surface) -> Arc<Engine> {
    let options = Options {
        content: root.to_owned(),
        theme: None,
        audience,
        surface,
        today: TODAY,
        search: surface == Surface::Live,
        data: None,
    };
    Arc::new(Engine::start(options).expect("an engine"))
}

/// The content that kaffe ships.
pub fn shipped() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("content")
}

pub fn get(snapshot: &Snapshot, address: &str) -> Seen {
    snapshot.answer(address, &[]).expect("an answer").into()
}

pub fn ask(snapshot: &Snapshot, address: &str, query: &[(&str, &str)]) -> Seen {
    let query: Vec<(String, String)> = query
        .iter()
        .map(|(n, v)| ((*n).to_owned(), (*v).to_owned()))
        .collect();
    snapshot.answer(address, &query).expect("an answer").into()
}

/// The files of a publication. No two may have one path: the later would hide the earlier.
#[track_caller]
pub fn published(snapshot: &Snapshot) -> BTreeMap<String, Vec<u8>> {
    let mut map = BTreeMap::new();
    for file in publish::files(snapshot).expect("a publication") {
        let twin = map.insert(file.path.clone(), file.bytes.to_vec());
        assert!(twin.is_none(), "two files are published as {}", file.path);
    }
    map
}

/// A record's file.
pub fn record(front: &str, body: &str) -> String {
    format!("---\n{front}\n---\n\n{body}\n")
}

/// A public record's file.
pub fn public_record(front: &str, body: &str) -> String {
    record(&format!("{front}\n{PUBLIC}"), body)
}

/// Every file below a folder by its relative path, in order.
pub fn files_below(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut all = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(here) = open.pop() {
        for entry in fs::read_dir(&here).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                open.push(path);
            } else {
                let name = path
                    .strip_prefix(folder)
                    .expect("below")
                    .to_str()
                    .expect("a name")
                    .to_owned();
                all.insert(name, fs::read(&path).expect("its bytes"));
            }
        }
    }
    all
}

/// Everything that a reader, a searcher or a writer could notice of a site, for comparing two.
#[derive(Clone, Debug, PartialEq)]
pub struct Everything {
    pub pages: BTreeMap<String, (u16, Option<String>, Arc<[u8]>)>,
    pub diagnostics: Vec<Diagnostic>,
    pub answers: Vec<(String, search::Answer)>,
}

/// Asks for every page and file, and searches for some words.
pub fn everything(snapshot: &Snapshot, words: &[&str]) -> Everything {
    let view = snapshot.view();
    let mut addresses: Vec<String> = snapshot
        .routes()
        .iter()
        .map(|r| format!("/{}", view.address(r)))
        .collect();
    addresses.extend(
        view.broken()
            .iter()
            .map(|b| format!("/{}", view.address(&Route::Record(b.reference.clone())))),
    );
    addresses.push("/findes/slet/ikke/".to_owned());
    let mut pages = BTreeMap::new();
    for address in addresses {
        let answer = snapshot.answer(&address, &[]).expect("an answer");
        pages.insert(address, (answer.status, answer.location, answer.bytes));
    }
    let search = |text: &&str| {
        let query = search::Query {
            text: (*text).to_owned(),
            kind: None,
            limit: 50,
            offset: 0,
        };
        (
            (*text).to_owned(),
            snapshot.search(&query).expect("an answer"),
        )
    };
    Everything {
        pages,
        diagnostics: snapshot.diagnostics().to_vec(),
        answers: words.iter().map(search).collect(),
    }
}

impl Everything {
    /// Says in few words where two differ.
    #[track_caller]
    pub fn assert_same(&self, other: &Self, what: &str) {
        if self == other {
            return;
        }
        let mut differences = Vec::new();
        for address in self.pages.keys().chain(other.pages.keys()) {
            let (mine, theirs) = (self.pages.get(address), other.pages.get(address));
            if mine == theirs {
                continue;
            }
            differences.push(match (mine, theirs) {
                (Some(_), None) => format!("{address} is only in the running site"),
                (None, Some(_)) => format!("{address} is only in the cold site"),
                (Some(a), Some(b)) => format!(
                    "{address} differs (status {} and {}): {}",
                    a.0,
                    b.0,
                    first_difference(&a.2, &b.2)
                ),
                (None, None) => String::new(),
            });
        }
        differences.extend(
            self.diagnostics
                .iter()
                .filter(|d| !other.diagnostics.contains(d))
                .map(|d| format!("only running: {d:?}")),
        );
        differences.extend(
            other
                .diagnostics
                .iter()
                .filter(|d| !self.diagnostics.contains(d))
                .map(|d| format!("only cold: {d:?}")),
        );
        let answers = self
            .answers
            .iter()
            .zip(&other.answers)
            .filter(|(a, b)| a != b);
        differences.extend(
            answers.map(|(a, b)| format!("search differs:\n  running {a:?}\n  cold    {b:?}")),
        );
        differences.dedup();
        let shown: Vec<String> = differences.iter().take(12).cloned().collect();
        panic!(
            "{what}: {} differences\n{}",
            differences.len(),
            shown.join("\n")
        );
    }
}

fn first_difference(a: &[u8], b: &[u8]) -> String {
    let at = a
        .iter()
        .zip(b)
        .position(|(a, b)| a != b)
        .unwrap_or(a.len().min(b.len()));
    let around = |bytes: &[u8]| {
        String::from_utf8_lossy(
            bytes
                .get(at.saturating_sub(60)..(at + 100).min(bytes.len()))
                .unwrap_or_default(),
        )
        .into_owned()
    };
    format!("\n  running …{}…\n  cold    …{}…", around(a), around(b))
}

/// Waits, generation by generation, until a snapshot fits.
#[track_caller]
pub fn until(engine: &Engine, what: &str, fits: impl Fn(&Snapshot) -> bool) -> Arc<Snapshot> {
    let begun = Instant::now();
    loop {
        let snapshot = engine.snapshot();
        if fits(&snapshot) {
            return snapshot;
        }
        let left = PATIENCE.saturating_sub(begun.elapsed());
        let newest = engine.wait_for_newer(snapshot.generation(), left);
        assert!(
            newest > snapshot.generation(),
            "no generation came in which {what}"
        );
    }
}

/// Waits until the running site is what a cold start of the same folder gives.
#[track_caller]
pub fn until_like_cold(site: &TestSite, engine: &Engine, words: &[&str]) {
    let options = engine.options();
    let cold = everything(
        &site
            .engine(options.audience.clone(), options.surface)
            .snapshot(),
        words,
    );
    let begun = Instant::now();
    loop {
        let snapshot = engine.snapshot();
        let running = everything(&snapshot, words);
        if running == cold {
            return;
        }
        let left = PATIENCE.saturating_sub(begun.elapsed());
        if engine.wait_for_newer(snapshot.generation(), left) <= snapshot.generation() {
            running.assert_same(
                &cold,
                "the running site never became what a cold start gives",
            );
        }
    }
}

/// An engine with a real watcher.
pub fn watched(site: &TestSite, audience: Audience) -> (Arc<Engine>, Watching) {
    let engine = site.engine(audience, Surface::Live);
    let watching = Watching::start(&engine, || TODAY).expect("a watcher");
    (engine, watching)
}

static RUNTIME: LazyLock<tokio::runtime::Runtime> =
    LazyLock::new(|| tokio::runtime::Runtime::new().expect("a runtime"));

/// What a request gets over HTTP.
#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Reply {
    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |v| v.to_str().expect("words"))
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|e| panic!("{e} in {}", self.text()))
    }
}

/// The real router, in this process.
pub struct Http(Router);

/// What stands on a form that a page of the site sends.
pub const OWN_PAGE: (&str, &str) = ("sec-fetch-site", "same-origin");

/// What is served over an engine, with people who live as long as the test.
pub fn served(engine: &Arc<Engine>) -> Served {
    let now: Timestamp = "2021-11-01T09:00:00Z".parse().expect("a moment");
    Served {
        engine: Arc::clone(engine),
        people: Arc::new(People::open(None, now).expect("people")),
        now: Arc::new(move || now),
        doors: Doors::default(),
    }
}

impl Http {
    pub fn over(engine: &Arc<Engine>) -> Self {
        Self::of(served(engine))
    }

    pub fn on_loopback(engine: &Arc<Engine>) -> Self {
        let mut served = served(engine);
        served.doors.loopback = true;
        Self::of(served)
    }

    pub fn of(served: Served) -> Self {
        Self(serve::router(served))
    }

    pub fn get(&self, uri: &str) -> Reply {
        self.send(Method::GET, uri, &[])
    }

    pub fn send(&self, method: Method, uri: &str, headers: &[(&str, &str)]) -> Reply {
        self.ask(method, uri, headers, None, Body::empty())
    }

    /// A form as a page of the site sends it.
    pub fn post(&self, uri: &str, headers: &[(&str, &str)], fields: &[(&str, &str)]) -> Reply {
        let mut headers = headers.to_vec();
        headers.push(OWN_PAGE);
        self.post_as_is(uri, &headers, fields)
    }

    /// A form with these headers and no others.
    pub fn post_as_is(
        &self,
        uri: &str,
        headers: &[(&str, &str)],
        fields: &[(&str, &str)],
    ) -> Reply {
        let encoded = |text: &str| {
            percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC)
                .to_string()
        };
        let pairs: Vec<String> = fields
            .iter()
            .map(|(name, value)| format!("{}={}", encoded(name), encoded(value)))
            .collect();
        let mut headers = headers.to_vec();
        headers.push(("content-type", "application/x-www-form-urlencoded"));
        self.ask(
            Method::POST,
            uri,
            &headers,
            None,
            Body::from(pairs.join("&")),
        )
    }

    /// A request that comes from an address.
    pub fn ask(
        &self,
        method: Method,
        uri: &str,
        headers: &[(&str, &str)],
        from: Option<&str>,
        body: Body,
    ) -> Reply {
        self.ask_as(&Actor::visitor(), method, uri, headers, from, body)
    }

    /// As somebody who has signed in, with a body, from a page of the site.
    pub fn as_actor(
        &self,
        actor: &Actor,
        method: Method,
        uri: &str,
        headers: &[(&str, &str)],
        body: &[u8],
    ) -> Reply {
        let mut headers = headers.to_vec();
        headers.push(OWN_PAGE);
        self.ask_as(
            actor,
            method,
            uri,
            &headers,
            None,
            Body::from(body.to_vec()),
        )
    }

    fn ask_as(
        &self,
        actor: &Actor,
        method: Method,
        uri: &str,
        headers: &[(&str, &str)],
        from: Option<&str>,
        body: Body,
    ) -> Reply {
        let mut request = Request::builder().method(method).uri(uri);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if actor.is_signed_in() {
            request = request.extension(actor.clone());
        }
        if let Some(from) = from {
            let from: SocketAddr = from.parse().expect("an address");
            request = request.extension(ConnectInfo(from));
        }
        let request = request.body(body).unwrap_or_else(|e| panic!("{uri}: {e}"));
        RUNTIME.block_on(async {
            let response = self.0.clone().oneshot(request).await.expect("an answer");
            let (parts, body) = response.into_parts();
            let body = axum::body::to_bytes(body, usize::MAX)
                .await
                .expect("a body")
                .to_vec();
            Reply {
                status: parts.status.as_u16(),
                headers: parts.headers,
                body,
            }
        })
    }

    /// The body of an endless answer, piece by piece.
    pub fn stream(&self, uri: &str) -> (Reply, Pieces) {
        let request = Request::builder()
            .uri(uri)
            .body(Body::empty())
            .expect("a request");
        let response = RUNTIME
            .block_on(self.0.clone().oneshot(request))
            .expect("an answer");
        let (parts, body) = response.into_parts();
        (
            Reply {
                status: parts.status.as_u16(),
                headers: parts.headers,
                body: Vec::new(),
            },
            Pieces(body.into_data_stream()),
        )
    }
}

/// The pieces of an endless answer.
pub struct Pieces(axum::body::BodyDataStream);

impl Pieces {
    pub fn next(&mut self) -> String {
        use tokio_stream::StreamExt;
        let piece = RUNTIME.block_on(async { tokio::time::timeout(PATIENCE, self.0.next()).await });
        let bytes = piece.expect("in time").expect("a piece").expect("no break");
        String::from_utf8_lossy(&bytes).into_owned()
    }
}

/// A tag of a page with its attributes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TagSeen {
    pub name: String,
    pub attributes: Vec<(String, String)>,
    /// What stands between a script's or style's own tags.
    pub inside: String,
}

impl TagSeen {
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find(|(n, _)| n == name)
            .map(|(_, value)| value.as_str())
    }
}

/// The opening tags of a page, read as a browser would.
pub fn tags(html: &str) -> Vec<TagSeen> {
    let mut found = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
            continue;
        }
        if !rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
            continue;
        }
        let end = rest
            .find(|c: char| c.is_whitespace() || matches!(c, '>' | '/'))
            .unwrap_or(rest.len());
        let mut tag = TagSeen {
            name: rest[..end].to_ascii_lowercase(),
            ..TagSeen::default()
        };
        rest = &rest[end..];
        loop {
            rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
            if rest.is_empty() {
                break;
            }
            if let Some(after) = rest.strip_prefix('>') {
                rest = after;
                break;
            }
            let end = rest
                .find(|c: char| c.is_whitespace() || matches!(c, '=' | '>' | '/'))
                .unwrap_or(rest.len())
                .max(1);
            let name = rest[..end].to_ascii_lowercase();
            rest = rest[end..].trim_start();
            let mut value = String::new();
            if let Some(after) = rest.strip_prefix('=') {
                let after = after.trim_start();
                (value, rest) = match after.chars().next() {
                    Some(quote @ ('"' | '\'')) => {
                        let inside = &after[1..];
                        let end = inside.find(quote).unwrap_or(inside.len());
                        (
                            unescaped(&inside[..end]),
                            inside.get(end + 1..).unwrap_or(""),
                        )
                    }
                    _ => {
                        let end = after
                            .find(|c: char| c.is_whitespace() || c == '>')
                            .unwrap_or(after.len());
                        (unescaped(&after[..end]), &after[end..])
                    }
                };
            }
            tag.attributes.push((name, value));
        }
        if matches!(tag.name.as_str(), "script" | "style") {
            let end = rest.find(&format!("</{}", tag.name)).unwrap_or(rest.len());
            rest[..end].clone_into(&mut tag.inside);
            rest = &rest[end..];
        }
        found.push(tag);
    }
    found
}

/// The words of a page, without its tags.
pub fn words(html: &str) -> String {
    let (mut text, mut inside) = (String::new(), false);
    for letter in html.chars() {
        match letter {
            '<' => inside = true,
            '>' => {
                inside = false;
                text.push(' ');
            }
            _ if !inside => text.push(letter),
            _ => {}
        }
    }
    unescaped(&text)
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&#x27;", "'")
        .replace("&#x2F;", "/")
        .replace("&amp;", "&")
}

/// An address without its percent signs.
pub fn decoded(address: &str) -> String {
    percent_encoding::percent_decode_str(address)
        .decode_utf8()
        .expect("UTF-8")
        .into_owned()
}

/// An address as it stands in a request.
pub fn encoded(address: &str) -> String {
    const PATH: &percent_encoding::AsciiSet = &percent_encoding::CONTROLS
        .add(b' ')
        .add(b'"')
        .add(b'#')
        .add(b'<')
        .add(b'>')
        .add(b'?')
        .add(b'%')
        .add(b'{')
        .add(b'}')
        .add(b'`')
        .add(b'\\');
    percent_encoding::utf8_percent_encode(address, PATH).to_string()
}

/// A PNG of one pixel.
pub fn pixel() -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    image::DynamicImage::new_rgb8(1, 1)
        .write_to(&mut bytes, image::ImageFormat::Png)
        .expect("a picture");
    bytes.into_inner()
}
