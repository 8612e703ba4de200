//! The door to Markdown for everything but HTML: a body in, a [`Document`] out.
//!
//! [`events`] is the one place where the reader's extensions are chosen, so that a page and its
//! index can never read the same text in two ways.

use std::{ops::Range, sync::Arc};

use pulldown_cmark::{
    CodeBlockKind, Event, HeadingLevel, LinkType, OffsetIter, Options, Parser, Tag, TagEnd,
};
use rustc_hash::FxHashMap;

use crate::{
    diag::{Diagnostic, Span},
    model::{Definitions, Document, Heading, Link, LinkSyntax, ViewBlock},
    parse::view,
    text::fold::slug,
};

/// The word after the fence of a block that asks a question.
pub const VIEW_FENCE: &str = "visning";

/// Markdown's events with their places in `markdown`.
#[must_use]
pub fn events(markdown: &str) -> OffsetIter<'_> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_GFM
        | Options::ENABLE_WIKILINKS;
    Parser::new_ext(markdown, options).into_offset_iter()
}

/// The headings of the first two levels that stand in no quote and no list: their words and their places.
#[must_use]
pub fn outer_headings(markdown: &str) -> Vec<(String, Range<usize>)> {
    let mut headings: Vec<(String, Range<usize>)> = Vec::new();
    let (mut depth, mut open) = (0_usize, false);
    for (event, range) in events(markdown) {
        match event {
            Event::Start(Tag::Heading { level, .. }) if depth == 0 && level <= HeadingLevel::H2 => {
                headings.push((String::new(), range));
                open = true;
                depth += 1;
            }
            Event::Start(_) => depth += 1,
            Event::End(end) => {
                depth = depth.saturating_sub(1);
                open &= !matches!(end, TagEnd::Heading(_));
            }
            Event::Text(words) | Event::Code(words) if open => {
                if let Some((title, _)) = headings.last_mut() {
                    title.push_str(&words);
                }
            }
            _ => {}
        }
    }
    headings
}

/// Reads a body. `text` is the whole file and `body` the part of it; the path and the definitions
/// are for the questions in it, whose problems are added to `out`.
#[must_use]
pub fn document(
    path: &str,
    text: &Arc<str>,
    body: Span,
    definitions: &Definitions,
    out: &mut Vec<Diagnostic>,
) -> Document {
    let mut document = Document {
        text: Arc::clone(text),
        body,
        ..Document::default()
    };
    let markdown = text.get(body.start..body.end).unwrap_or_default();
    let mut reader = Reader {
        offset: body.start,
        ..Reader::default()
    };
    for (event, range) in events(markdown) {
        reader.event(event, &range);
    }
    document.headings = reader.headings;
    document.links = reader.links;
    document.raw_html = reader.raw_html;
    document.first_sentence = first_sentence(&reader.first_paragraph);
    document.words = reader.words;
    for (span, question) in reader.views {
        let question = view::read(path, &question, span.start, definitions, out);
        document.views.push(ViewBlock { span, question });
    }
    document
}

/// The words of a body without any marks, block by block, for the index: headings and the rest. A wikilink without words
/// of its own is called by what `title_of` says of the link with its number, as on its page.
#[must_use]
pub fn plain_text(markdown: &str, title_of: &dyn Fn(usize) -> Option<String>) -> (String, String) {
    let (mut headings, mut body) = (String::new(), String::new());
    let (mut in_heading, mut in_view) = (false, false);
    let (mut links, mut title) = (0, None);
    for (event, _) in events(markdown) {
        let target = if in_heading { &mut headings } else { &mut body };
        match event {
            Event::Start(Tag::Heading { .. }) => in_heading = true,
            Event::End(TagEnd::Heading(_)) => {
                headings.push('\n');
                in_heading = false;
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(word))) => {
                in_view = &*word == VIEW_FENCE;
            }
            Event::End(TagEnd::CodeBlock) => in_view = false,
            Event::Start(Tag::Link { link_type, .. }) => {
                if matches!(link_type, LinkType::WikiLink { has_pothole: false }) {
                    title = title_of(links);
                }
                links += 1;
            }
            Event::Start(Tag::Image { .. }) => links += 1,
            Event::Text(words) if !in_view => {
                target.push_str(title.take().as_deref().unwrap_or(&words));
            }
            Event::Code(words) if !in_view => target.push_str(&words),
            Event::SoftBreak | Event::HardBreak => target.push(' '),
            Event::End(
                TagEnd::Paragraph
                | TagEnd::Item
                | TagEnd::TableCell
                | TagEnd::DefinitionListTitle
                | TagEnd::DefinitionListDefinition,
            ) => {
                target.push('\n');
            }
            _ => {}
        }
    }
    (headings, body)
}

/// A heading's anchor: its own `{#id}` or its words, with `-2` and so on when taken.
#[must_use]
pub fn anchor(own: Option<&str>, title: &str, taken: &mut FxHashMap<String, u32>) -> String {
    let base = own.map_or_else(|| slug(title), slug);
    let count = taken.entry(base.clone()).or_insert(0);
    *count += 1;
    if *count == 1 {
        base
    } else {
        format!("{base}-{count}")
    }
}

#[derive(Default)]
struct Reader {
    offset: usize,
    headings: Vec<Heading>,
    links: Vec<Link>,
    raw_html: Vec<Span>,
    views: Vec<(Span, String)>,
    first_paragraph: String,
    words: u32,
    anchors: FxHashMap<String, u32>,
    /// The plain words of the block that is being read, with its links' places in it.
    block: String,
    block_links: Vec<(usize, usize, usize)>,
    open_links: Vec<(usize, usize)>,
    heading: Option<(u8, Option<String>, Range<usize>)>,
    view: Option<Range<usize>>,
    view_text: String,
    depth_of_code: u32,
}

impl Reader {
    fn place(&self, range: &Range<usize>) -> Span {
        Span {
            start: range.start + self.offset,
            end: range.end + self.offset,
        }
    }

    fn event(&mut self, event: Event<'_>, range: &Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag),
            Event::Text(words) if self.view.is_some() => {
                if self.view_text.is_empty() {
                    self.view = Some(range.clone());
                }
                self.view_text.push_str(&words);
            }
            Event::Text(words) | Event::Code(words) if self.depth_of_code == 0 => {
                self.words += u32::try_from(words.split_whitespace().count()).unwrap_or(0);
                self.block.push_str(&words);
            }
            Event::SoftBreak | Event::HardBreak => self.block.push(' '),
            Event::Html(html) | Event::InlineHtml(html)
                if !html.trim_start().starts_with("<!--") =>
            {
                // One message for a block of HTML, not one a line.
                let span = self.place(range);
                match self.raw_html.last_mut() {
                    Some(last) if span.start <= last.end + 1 => last.end = span.end,
                    _ => self.raw_html.push(span),
                }
            }
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: &Range<usize>) {
        match tag {
            Tag::Heading { level, id, .. } => {
                self.finish_block(false);
                self.heading = Some((level as u8, id.map(|i| i.to_string()), range.clone()));
            }
            Tag::Paragraph
            | Tag::Item
            | Tag::TableCell
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition => {
                self.finish_block(false);
            }
            Tag::CodeBlock(kind) => {
                self.finish_block(false);
                match kind {
                    CodeBlockKind::Fenced(word) if word.trim() == VIEW_FENCE => {
                        self.view = Some(range.clone());
                        self.view_text.clear();
                    }
                    _ => self.depth_of_code += 1,
                }
            }
            Tag::Link {
                link_type,
                dest_url,
                title,
                ..
            } => {
                let syntax = if matches!(link_type, LinkType::WikiLink { .. }) {
                    LinkSyntax::Wiki
                } else {
                    LinkSyntax::Markdown
                };
                let bare = matches!(link_type, LinkType::WikiLink { has_pothole: false });
                let target = if link_type == LinkType::Email {
                    format!("mailto:{dest_url}")
                } else {
                    dest_url.to_string()
                };
                self.open_link(syntax, &target, &title, range);
                if let Some(link) = self.links.last_mut() {
                    link.bare = bare;
                }
            }
            Tag::Image {
                dest_url, title, ..
            } => {
                self.open_link(LinkSyntax::Image, &dest_url, &title, range);
            }
            _ => {}
        }
    }

    fn open_link(&mut self, syntax: LinkSyntax, target: &str, title: &str, range: &Range<usize>) {
        self.open_links.push((self.links.len(), self.block.len()));
        self.links.push(Link {
            syntax,
            target: target.to_owned(),
            words: String::new(),
            bare: false,
            title: title.to_owned(),
            span: self.place(range),
            sentence: String::new(),
            in_sentence: None,
        });
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) => {
                if let Some((level, own, range)) = self.heading.take() {
                    let title = self.block.trim().to_owned();
                    let id = anchor(own.as_deref(), &title, &mut self.anchors);
                    let span = self.place(&range);
                    self.headings.push(Heading {
                        level: level.max(2),
                        title,
                        id,
                        span,
                    });
                }
                self.finish_block(false);
            }
            TagEnd::Paragraph => self.finish_block(true),
            TagEnd::Item
            | TagEnd::TableCell
            | TagEnd::DefinitionListTitle
            | TagEnd::DefinitionListDefinition => self.finish_block(false),
            TagEnd::CodeBlock => {
                if let Some(range) = self.view.take() {
                    let span = self.place(&range);
                    self.views.push((span, std::mem::take(&mut self.view_text)));
                } else {
                    self.depth_of_code = self.depth_of_code.saturating_sub(1);
                }
            }
            TagEnd::Link | TagEnd::Image => {
                let Some((index, start)) = self.open_links.pop() else {
                    return;
                };
                let words = self.block.get(start..).unwrap_or_default().to_owned();
                let end = self.block.len();
                if let Some(link) = self.links.get_mut(index) {
                    if link.syntax == LinkSyntax::Image {
                        // Alt text is not a part of the sentence.
                        self.block.truncate(start);
                    } else {
                        self.block_links.push((index, start, end));
                    }
                    link.words = words;
                }
            }
            _ => {}
        }
    }

    /// Ends a block: gives every link of it the sentence that it stands in.
    fn finish_block(&mut self, paragraph: bool) {
        for (index, start, end) in self.block_links.drain(..) {
            let (sentence, from) = sentence_around(&self.block, start, end);
            if let Some(link) = self.links.get_mut(index) {
                sentence.clone_into(&mut link.sentence);
                link.in_sentence = Some((start - from, end - from));
            }
        }
        if paragraph && self.first_paragraph.is_empty() {
            self.first_paragraph = self.block.trim().to_owned();
        }
        if self.open_links.is_empty() {
            self.block.clear();
        }
    }
}

/// The first sentence of a paragraph, at most 200 letters.
fn first_sentence(paragraph: &str) -> String {
    let end = sentence_end(paragraph, 0).unwrap_or(paragraph.len());
    let sentence = paragraph.get(..end).unwrap_or(paragraph).trim();
    if sentence.chars().count() <= 200 {
        return sentence.to_owned();
    }
    let cut: String = sentence.chars().take(199).collect();
    let at_word = cut.rfind(' ').and_then(|i| cut.get(..i)).unwrap_or(&cut);
    format!("{}…", at_word.trim_end_matches([',', ';', ':', ' ']))
}

/// Where the sentence that begins at `from` ends: after a full stop, question or exclamation mark
/// that is followed by a space and a capital letter, so that "kl. 10" and "f.eks." do not end one.
fn sentence_end(text: &str, from: usize) -> Option<usize> {
    let rest = text.get(from..)?;
    for (i, letter) in rest.char_indices() {
        if matches!(letter, '.' | '!' | '?') {
            let after = rest.get(i + 1..)?;
            let mut next = after.trim_start_matches(['»', '"', '«', ')']).chars();
            if next.next() == Some(' ') && next.next().is_some_and(char::is_uppercase) {
                let closing = after.len() - after.trim_start_matches(['»', '"', '«', ')']).len();
                return Some(from + i + 1 + closing);
            }
        }
    }
    None
}

fn sentence_around(block: &str, start: usize, end: usize) -> (&str, usize) {
    let mut from = 0;
    while let Some(next) = sentence_end(block, from) {
        if next > start {
            break;
        }
        let gap = block
            .get(next..)
            .map_or(0, |rest| rest.len() - rest.trim_start().len());
        from = next + gap;
    }
    let leading = block
        .get(from..)
        .map_or(0, |rest| rest.len() - rest.trim_start().len());
    let from = (from + leading).min(start);
    let until = sentence_end(block, end.max(from)).unwrap_or(block.len());
    (block.get(from..until).unwrap_or_default().trim_end(), from)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(markdown: &str) -> Document {
        let text: Arc<str> = markdown.into();
        let body = Span {
            start: 0,
            end: text.len(),
        };
        document(
            "x.md",
            &text,
            body,
            &Definitions::default(),
            &mut Vec::new(),
        )
    }

    #[test]
    fn a_link_knows_its_sentence() {
        let document = read(
            "Vi mødtes kl. 10. Så prøvede vi [[kaffe-foerst|kaffe først]] om morgenen. Det gik.\n",
        );
        let link = document.links.first().expect("a link");
        assert_eq!(
            (link.target.as_str(), link.words.as_str()),
            ("kaffe-foerst", "kaffe først")
        );
        assert_eq!(link.sentence, "Så prøvede vi kaffe først om morgenen.");
        let (a, b) = link.in_sentence.expect("a place");
        assert_eq!(link.sentence.get(a..b), Some("kaffe først"));
    }

    #[test]
    fn headings_have_their_own_anchors() {
        let document =
            read("## Hvad skete der?\n\n## Hvad skete der?\n\n### Ærlig talt {#aerligt}\n");
        let ids: Vec<&str> = document.headings.iter().map(|h| h.id.as_str()).collect();
        assert_eq!(ids, ["hvad-skete-der", "hvad-skete-der-2", "aerligt"]);
    }

    #[test]
    fn the_first_sentence_stops_at_a_capital() {
        assert_eq!(
            read("## X\n\nVi gik f.eks. en tur kl. 10. Det var godt.\n").first_sentence,
            "Vi gik f.eks. en tur kl. 10."
        );
    }

    #[test]
    fn raw_html_is_found_and_code_is_not() {
        assert_eq!(
            read("<div onclick=x>\nhej\n</div>\n\n`<b>` og <b>fed</b>\n")
                .raw_html
                .len(),
            3
        );
        assert_eq!(
            read("```\n<script>\n[[x]]\n```\n").raw_html.len()
                + read("```\n[[x]]\n```\n").links.len(),
            0
        );
    }

    #[test]
    fn plain_text_holds_words_and_no_marks() {
        let (headings, body) = plain_text(
            "## Titel\n\n**Fed** og [[a|link]] og [[b]].\n\n```visning\nvis: liste\n```\n",
            &|number| (number == 1).then(|| "Titlen".to_owned()),
        );
        assert_eq!(
            (headings.trim(), body.trim()),
            ("Titel", "Fed og link og Titlen.")
        );
    }
}
