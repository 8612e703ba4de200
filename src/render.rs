//! Routes to bytes: one function makes every page, for `serve` and `build` alike.
//!
//! Takes a [`SiteView`] and a [`Request`], gives a [`Page`]. It reads no disk and no clock, and
//! content cannot make it fail; only a broken template can, and a template is tried before it is
//! taken into use.

mod body;
mod digest;
mod feed;
mod ics;
mod links;
mod pages;
pub mod pieces;
mod templates;
pub mod texts;
pub mod theme;
mod visning;

use std::sync::Arc;

use serde::Serialize;

use crate::{
    model::{Actor, RecordRef, SourcePath},
    site::{
        SiteView,
        rhythm::Experiment,
        route::{Route, Surface},
    },
    text::{Lang, danish},
};

pub use digest::{Digest, Letter};
pub use links::{Links, with_choices};
pub use pages::is_used_on;
pub use templates::TemplateError;
pub use texts::Texts;
pub use theme::{Theme, ThemeError};

/// What a page is asked for.
#[derive(Clone, Debug)]
pub struct Request<'a> {
    /// Which page.
    pub route: Route,
    /// Where it is shown.
    pub surface: Surface,
    /// The choices in the address: filters, order, the words of a search. Live only.
    pub query: &'a [(String, String)],
    /// What the search found, for the search page.
    pub hits: Option<Hits>,
    /// Records that are like the one of the page, the likest first.
    pub similar: Vec<Alike>,
    /// Searches that found nothing, for *Oprydning*.
    pub unanswered: Vec<String>,
    /// What is shown above every page: a template or kind that is broken and keeps its last good
    /// version.
    pub banner: Option<Banner>,
    /// The address that was asked for, for the page that says that there is none.
    pub asked: &'a str,
    /// Who asks; a page may depend on their [`class`](Actor::class) alone.
    pub actor: Actor,
}

impl Request<'_> {
    /// A visitor's request for a page.
    #[must_use]
    pub const fn of(route: Route, surface: Surface) -> Self {
        Self {
            route,
            surface,
            query: &[],
            hits: None,
            similar: Vec::new(),
            unanswered: Vec::new(),
            banner: None,
            asked: "",
            actor: Actor::visitor(),
        }
    }
}

/// A page made for one person at one moment: a form, a login, a history. It belongs to no route, is never
/// kept and never published.
#[derive(Debug)]
pub struct Screen<'a, T: Serialize> {
    /// The template, without its ending.
    pub template: &'static str,
    /// The title of the page.
    pub title: String,
    /// The status of HTTP.
    pub status: u16,
    /// The pages on the way to it.
    pub crumbs: Vec<(Route, String)>,
    /// The address that the page has.
    pub address: &'a str,
    /// Who sees it.
    pub actor: &'a Actor,
    /// What its template gets.
    pub own: &'a T,
}

/// Found records, in order, and what belongs around them.
#[derive(Clone, Debug, Default)]
pub struct Hits {
    /// The words that were searched.
    pub query: String,
    /// How many records fit.
    pub total: usize,
    /// Those of this page.
    pub hits: Vec<Hit>,
    /// How many there are of each kind, by its key.
    pub kinds: Vec<(String, usize)>,
    /// The kind that was chosen.
    pub kind: Option<String>,
    /// The number of this page of answers, from 1.
    pub page: usize,
    /// How many answers a page has.
    pub per_page: usize,
    /// Words that were perhaps meant.
    pub suggestions: Vec<String>,
}

/// A found record.
#[derive(Clone, Debug)]
pub struct Hit {
    /// Which.
    pub record: RecordRef,
    /// Words around what was found; true marks what was found.
    pub snippet: Vec<(String, bool)>,
}

/// A record that is like another, and why.
#[derive(Clone, Debug)]
pub struct Alike {
    /// Which.
    pub record: RecordRef,
    /// The most telling words that both have.
    pub shared: Vec<String>,
}

/// A friendly notice above every page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Banner {
    /// What is wrong, in the words of its diagnostic.
    pub text: String,
    /// The file.
    pub path: String,
}

/// A made page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// The status of HTTP.
    pub status: u16,
    /// The type of the bytes.
    pub content_type: &'static str,
    /// The bytes, or what stands in their place.
    pub content: Content,
}

/// What a page consists of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// These bytes.
    Bytes(Arc<[u8]>),
    /// Another address of the site, from its root.
    Redirect(String),
    /// A file beside a record, which lies on the disk and is cleaned before it is given.
    File(SourcePath),
}

/// Templates, texts and assets, ready for use.
pub struct Renderer {
    templates: templates::Templates,
    texts: Texts,
    theme: Arc<Theme>,
}

impl Renderer {
    /// Takes a theme into use, in a language.
    ///
    /// # Errors
    /// When a template cannot be read; operators and theme makers read it.
    pub fn new(theme: Arc<Theme>, lang: Lang) -> Result<Self, TemplateError> {
        let texts = Texts::of(&theme, lang)?;
        let templates = templates::Templates::new(&theme, &texts)?;
        Ok(Self {
            templates,
            texts,
            theme,
        })
    }

    /// The texts in use.
    #[must_use]
    pub const fn texts(&self) -> &Texts {
        &self.texts
    }

    /// Why two records are alike, from the words that both have.
    #[must_use]
    pub fn why_similar(&self, shared: &[String]) -> String {
        let words = danish::list_words(shared, self.texts.lang());
        self.texts.fill("similar_why", &[("words", &words)])
    }

    /// The names of the theme's files.
    pub fn assets(&self) -> impl Iterator<Item = &str> {
        self.theme.asset_names()
    }

    /// Makes a page.
    ///
    /// # Errors
    /// When a template fails on it.
    pub fn page(&self, view: &SiteView, request: &Request<'_>) -> Result<Page, TemplateError> {
        pages::page(self, view, request)
    }

    /// Makes the letter of a week for an account, or nothing when there is nothing to tell.
    ///
    /// # Errors
    /// When its template fails on it.
    pub fn digest(
        &self,
        view: &SiteView,
        letter: &Letter<'_>,
    ) -> Result<Option<Digest>, TemplateError> {
        digest::digest(self, view, letter)
    }

    /// Makes the letter that asks a team how an experiment went.
    ///
    /// # Errors
    /// When its template fails on it.
    pub fn question(
        &self,
        view: &SiteView,
        asked: &Experiment<'_>,
        unsubscribe: &str,
    ) -> Result<Digest, TemplateError> {
        digest::question(self, view, asked, unsubscribe)
    }

    /// Makes a page for one person at one moment, of the live wiki.
    ///
    /// # Errors
    /// When its template fails on it.
    pub fn screen<T: Serialize>(
        &self,
        view: &SiteView,
        screen: Screen<'_, T>,
    ) -> Result<Page, TemplateError> {
        pages::screen(self, view, screen)
    }
}

impl Page {
    /// What stands in the article of the page, without what stands around it.
    #[must_use]
    pub fn article(&self) -> String {
        let Content::Bytes(bytes) = &self.content else {
            return String::new();
        };
        let html = String::from_utf8_lossy(bytes);
        let inside = html.split_once("<article").and_then(|(_, rest)| {
            let (_, rest) = rest.split_once('>')?;
            rest.rsplit_once("</article>")
        });
        inside.map_or_else(String::new, |(article, _)| article.to_owned())
    }

    fn html(status: u16, html: String) -> Self {
        Self {
            status,
            content_type: "text/html; charset=utf-8",
            content: Content::Bytes(html.into_bytes().into()),
        }
    }

    fn bytes(content_type: &'static str, bytes: &[u8]) -> Self {
        Self {
            status: 200,
            content_type,
            content: Content::Bytes(bytes.into()),
        }
    }
}

/// The type of a file by its ending. What is not known is a download.
#[must_use]
pub fn content_type(path: &str) -> &'static str {
    match path
        .rsplit_once('.')
        .map_or("", |(_, e)| e)
        .to_ascii_lowercase()
        .as_str()
    {
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "ico" => "image/x-icon",
        "md" | "txt" => "text/plain; charset=utf-8",
        "pdf" => "application/pdf",
        "woff2" => "font/woff2",
        "csv" => "text/csv; charset=utf-8",
        _ => "application/octet-stream",
    }
}
