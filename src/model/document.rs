//! The parsed body of a record: what pages, excerpts and the index need to know about it without
//! reading Markdown again.

use std::sync::Arc;

use crate::diag::Span;

/// A body and the facts about it. All spans are bytes of the whole file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Document {
    /// The whole file, which the body is a part of.
    pub text: Arc<str>,
    /// Where in the file the body stands.
    pub body: Span,
    /// The headings in order.
    pub headings: Vec<Heading>,
    /// The links and images in order.
    pub links: Vec<Link>,
    /// The `visning` blocks in order.
    pub views: Vec<ViewBlock>,
    /// Where raw HTML stands, which is left out of every page.
    pub raw_html: Vec<Span>,
    /// The first sentence, as plain text.
    pub first_sentence: String,
    /// Folded words of the body that a glossary may know, for finding terms fast.
    pub words: u32,
}

impl Document {
    /// The Markdown of the body.
    #[must_use]
    pub fn markdown(&self) -> &str {
        self.text
            .get(self.body.start..self.body.end)
            .unwrap_or_default()
    }
}

/// A heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// 2 to 6: the page's title is the only heading of level 1.
    pub level: u8,
    /// Its words.
    pub title: String,
    /// Its anchor, unique in the document.
    pub id: String,
    /// Where it stands.
    pub span: Span,
}

/// How a link was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkSyntax {
    /// `[[target]]`
    Wiki,
    /// `[words](target)`
    Markdown,
    /// `![words](target)`
    Image,
}

/// A link or image.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// How it was written.
    pub syntax: LinkSyntax,
    /// What it points at, as written.
    pub target: String,
    /// The words shown; for an image the alt text. A wikilink without words of its own repeats its
    /// target here, and a page shows the title of what it leads to.
    pub words: String,
    /// Whether a wikilink has no words of its own.
    pub bare: bool,
    /// The title after the target; `pynt` marks an image as decoration.
    pub title: String,
    /// Where it stands.
    pub span: Span,
    /// The sentence it stands in, as plain text.
    pub sentence: String,
    /// Where in the sentence its words stand, in bytes of the sentence.
    pub in_sentence: Option<(usize, usize)>,
}

/// A fenced block named `visning`.
#[derive(Clone, Debug, PartialEq)]
pub struct ViewBlock {
    /// Where its text stands.
    pub span: Span,
    /// The question, or nothing when it could not be read (then there is a diagnostic).
    pub question: Option<super::question::Question>,
}
