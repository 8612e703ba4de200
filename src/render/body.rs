//! A Markdown body to HTML: the other reader of Markdown, for pages.
//!
//! Raw HTML is left out, links go where the view says, and nothing that content holds reaches the
//! page without being escaped.

mod links;
mod notes;

use std::fmt::Write;

use pulldown_cmark::{Alignment, BlockQuoteKind, CodeBlockKind, CowStr, Event, Tag, TagEnd};
use rustc_hash::FxHashMap;

use super::{Links, Renderer, TemplateError, visning};
use crate::{
    parse::markdown::{self, VIEW_FENCE},
    site::{RecordIndex, terms::Piece, view::Seen},
};

/// The HTML of a body and the glossary terms that it opens.
#[derive(Debug, Default)]
pub struct Body {
    /// The HTML.
    pub html: String,
    /// The terms, in the order in which they first stand.
    pub terms: Vec<RecordIndex>,
}

/// Writes the body of a record as it stands on a page. `prefix` keeps the anchors of several
/// bodies on one page apart; `used` are terms that the page has opened already.
pub fn write(
    renderer: &Renderer,
    links: &Links<'_>,
    seen: Seen<'_>,
    prefix: &str,
    used: &[RecordIndex],
) -> Result<Body, TemplateError> {
    let document = &seen.record.document;
    let events: Vec<Event<'_>> = markdown::events(document.markdown())
        .map(|(event, _)| event)
        .collect();
    let mut writer = Writer {
        renderer,
        links,
        seen,
        prefix,
        out: String::with_capacity(document.markdown().len() * 2),
        link: 0,
        view: 0,
        heading: None,
        anchors: FxHashMap::default(),
        open_links: Vec::new(),
        titled: Vec::new(),
        silent: 0,
        no_terms: 0,
        tables: Vec::new(),
        notes: Vec::new(),
        note_order: Vec::new(),
        outer: Vec::new(),
        terms: used.to_vec(),
    };
    // The page's own term is not explained on its own page.
    writer.terms.push(seen.index);
    for (position, event) in events.iter().enumerate() {
        let next = (events.get(position + 1), events.get(position + 2));
        writer.event(event, next, &events, position)?;
    }
    writer.footnotes();
    let terms = writer
        .terms
        .into_iter()
        .filter(|t| *t != seen.index && !used.contains(t))
        .collect();
    Ok(Body {
        html: writer.out,
        terms,
    })
}

struct Writer<'a> {
    renderer: &'a Renderer,
    links: &'a Links<'a>,
    seen: Seen<'a>,
    prefix: &'a str,
    out: String,
    link: usize,
    view: usize,
    heading: Option<(u8, usize)>,
    anchors: FxHashMap<String, u32>,
    /// What closes each open link.
    open_links: Vec<&'static str>,
    /// Whether each open link shows the title of its target instead of its own words.
    titled: Vec<bool>,
    /// Inside a picture or a question: its words are not text of the page.
    silent: u32,
    /// Inside a heading, a link or code, where no term is opened.
    no_terms: u32,
    tables: Vec<Table>,
    notes: Vec<(String, String)>,
    note_order: Vec<String>,
    /// The text around a footnote that is being read.
    outer: Vec<(String, String)>,
    terms: Vec<RecordIndex>,
}

struct Table {
    alignments: Vec<Alignment>,
    in_head: bool,
    cell: usize,
}

impl Writer<'_> {
    fn event(
        &mut self,
        event: &Event<'_>,
        next: (Option<&Event<'_>>, Option<&Event<'_>>),
        events: &[Event<'_>],
        position: usize,
    ) -> Result<(), TemplateError> {
        match event {
            Event::Start(tag) => self.start(tag, next, events, position)?,
            Event::End(tag) => self.end(*tag),
            Event::Text(words) => self.text(words),
            Event::Code(code) if self.silent == 0 => {
                self.out.push_str("<code>");
                escape(&mut self.out, code);
                self.out.push_str("</code>");
            }
            Event::SoftBreak if self.silent == 0 => self.out.push('\n'),
            Event::HardBreak if self.silent == 0 => self.out.push_str("<br>\n"),
            Event::Rule => self.out.push_str("<hr>\n"),
            Event::TaskListMarker(done) => {
                let texts = self.renderer.texts();
                let label = texts.get(if *done { "task_done" } else { "task_open" });
                let checked = if *done { " checked" } else { "" };
                let _ = write!(
                    self.out,
                    "<input type=\"checkbox\" disabled{checked} aria-label=\"{}\"> ",
                    escaped(label)
                );
            }
            Event::FootnoteReference(name) => self.note_reference(name),
            // Raw HTML is left out; `check` says so (K306).
            _ => {}
        }
        Ok(())
    }

    fn text(&mut self, words: &CowStr<'_>) {
        if self.silent > 0 {
            return;
        }
        if self.no_terms > 0 {
            return escape(&mut self.out, words);
        }
        let view = self.links.view();
        for piece in view.terms().split(words, &mut self.terms) {
            match piece {
                Piece::Plain(text) => escape(&mut self.out, text),
                Piece::Term(text, index) => match view.at(index) {
                    Some(term) => {
                        let id = term.record.reference.id.as_str();
                        let _ = write!(
                            self.out,
                            "<button type=\"button\" class=\"ord\" popovertarget=\"ord-{id}\">"
                        );
                        escape(&mut self.out, text);
                        self.out.push_str("</button>");
                    }
                    None => escape(&mut self.out, text),
                },
            }
        }
    }

    fn start(
        &mut self,
        tag: &Tag<'_>,
        next: (Option<&Event<'_>>, Option<&Event<'_>>),
        events: &[Event<'_>],
        position: usize,
    ) -> Result<(), TemplateError> {
        match tag {
            Tag::Paragraph => {
                // A picture alone in its paragraph is a figure, which no paragraph may hold.
                if !is_lone_picture(events, position) {
                    self.out.push_str("<p>");
                }
            }
            Tag::Heading { level, id, .. } => {
                let level = (*level as u8).max(2);
                let own = id.as_ref().map(AsRef::as_ref);
                let title = self
                    .seen
                    .record
                    .document
                    .headings
                    .get(self.heading_number())
                    .map(|h| h.title.as_str())
                    .unwrap_or_default();
                let anchor = format!(
                    "{}{}",
                    self.prefix,
                    markdown::anchor(own, title, &mut self.anchors)
                );
                let _ = write!(self.out, "<h{level} id=\"{anchor}\">");
                self.heading = Some((level, self.out.len()));
                self.no_terms += 1;
            }
            Tag::BlockQuote(kind) => self.quote(*kind),
            Tag::CodeBlock(kind) => self.code(kind)?,
            Tag::List(Some(1)) => self.out.push_str("<ol>\n"),
            Tag::List(Some(first)) => {
                let _ = writeln!(self.out, "<ol start=\"{first}\">");
            }
            Tag::List(None) => self.out.push_str("<ul>\n"),
            Tag::Item => {
                let task = matches!(next.0, Some(Event::TaskListMarker(_)))
                    || matches!(next.1, Some(Event::TaskListMarker(_)));
                self.out.push_str(if task {
                    "<li class=\"opgave\">"
                } else {
                    "<li>"
                });
            }
            Tag::DefinitionList => self.out.push_str("<dl>\n"),
            Tag::DefinitionListTitle => self.out.push_str("<dt>"),
            Tag::DefinitionListDefinition => self.out.push_str("<dd>"),
            Tag::FootnoteDefinition(name) => self
                .outer
                .push((name.to_string(), std::mem::take(&mut self.out))),
            Tag::Table(alignments) => {
                self.tables.push(Table {
                    alignments: alignments.clone(),
                    in_head: false,
                    cell: 0,
                });
                let label = escaped(self.renderer.texts().get("table"));
                // A wide table scrolls by itself; the keyboard can reach it.
                let _ = writeln!(
                    self.out,
                    "<div class=\"tabel\" role=\"group\" aria-label=\"{label}\" tabindex=\"0\"><table>"
                );
            }
            Tag::TableHead => {
                if let Some(table) = self.tables.last_mut() {
                    (table.in_head, table.cell) = (true, 0);
                }
                self.out.push_str("<thead><tr>");
            }
            Tag::TableRow => {
                if let Some(table) = self.tables.last_mut() {
                    table.cell = 0;
                }
                self.out.push_str("<tr>");
            }
            Tag::TableCell => self.cell_start(),
            Tag::Emphasis => self.mark("<em>"),
            Tag::Strong => self.mark("<strong>"),
            Tag::Strikethrough => self.mark("<del>"),
            Tag::Link { .. } => self.link_start(),
            Tag::Image { .. } => {
                self.picture(position > 0 && is_lone_picture(events, position - 1));
            }
            Tag::HtmlBlock | Tag::MetadataBlock(_) | Tag::Superscript | Tag::Subscript => {}
        }
        Ok(())
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph => {
                if !self.out.ends_with("</figure>\n") {
                    self.out.push_str("</p>\n");
                }
            }
            TagEnd::Heading(_) => {
                self.no_terms = self.no_terms.saturating_sub(1);
                self.heading_end();
            }
            TagEnd::BlockQuote(kind) => self.out.push_str(if kind.is_some() {
                "</div>\n"
            } else {
                "</blockquote>\n"
            }),
            TagEnd::CodeBlock => {
                if self.silent > 0 {
                    self.silent -= 1;
                } else {
                    self.no_terms = self.no_terms.saturating_sub(1);
                    self.out.push_str("</code></pre>\n");
                }
            }
            TagEnd::List(true) => self.out.push_str("</ol>\n"),
            TagEnd::List(false) => self.out.push_str("</ul>\n"),
            TagEnd::Item => self.out.push_str("</li>\n"),
            TagEnd::DefinitionList => self.out.push_str("</dl>\n"),
            TagEnd::DefinitionListTitle => self.out.push_str("</dt>\n"),
            TagEnd::DefinitionListDefinition => self.out.push_str("</dd>\n"),
            TagEnd::FootnoteDefinition => {
                if let Some((name, outer)) = self.outer.pop() {
                    let note = std::mem::replace(&mut self.out, outer);
                    self.notes.push((name, note));
                }
            }
            TagEnd::Table => {
                self.tables.pop();
                self.out.push_str("</tbody></table></div>\n");
            }
            TagEnd::TableHead => {
                if let Some(table) = self.tables.last_mut() {
                    table.in_head = false;
                }
                self.out.push_str("</tr></thead>\n<tbody>\n");
            }
            TagEnd::TableRow => self.out.push_str("</tr>\n"),
            TagEnd::TableCell => {
                let in_head = self.tables.last().is_some_and(|t| t.in_head);
                self.out.push_str(if in_head { "</th>" } else { "</td>" });
            }
            TagEnd::Emphasis => self.mark("</em>"),
            TagEnd::Strong => self.mark("</strong>"),
            TagEnd::Strikethrough => self.mark("</del>"),
            TagEnd::Link => {
                if self.titled.pop() == Some(true) {
                    self.silent = self.silent.saturating_sub(1);
                }
                if let Some(close) = self.open_links.pop() {
                    self.out.push_str(close);
                    if close == "</a>" {
                        self.no_terms = self.no_terms.saturating_sub(1);
                    }
                }
            }
            TagEnd::Image => self.silent = self.silent.saturating_sub(1),
            TagEnd::HtmlBlock
            | TagEnd::MetadataBlock(_)
            | TagEnd::Superscript
            | TagEnd::Subscript => {}
        }
    }

    fn mark(&mut self, html: &str) {
        if self.silent == 0 {
            self.out.push_str(html);
        }
    }

    /// How many headings have been begun: they are counted as they were when they were read.
    fn heading_number(&self) -> usize {
        self.anchors.values().map(|&n| n as usize).sum()
    }

    fn heading_end(&mut self) {
        let Some((level, start)) = self.heading.take() else {
            return;
        };
        let title = self.out.get(start..).map(without_tags).unwrap_or_default();
        let id_start = self
            .out
            .get(..start)
            .and_then(|before| before.rfind("id=\""))
            .map_or(0, |i| i + 4);
        let id = self
            .out
            .get(id_start..start)
            .and_then(|t| t.split('"').next())
            .unwrap_or_default()
            .to_owned();
        let label = self
            .renderer
            .texts()
            .fill("link_to_heading", &[("name", &title)]);
        let _ = writeln!(
            self.out,
            " <a class=\"anker\" href=\"#{id}\" aria-label=\"{}\">#</a></h{level}>",
            escaped_once(&label)
        );
    }

    fn quote(&mut self, kind: Option<BlockQuoteKind>) {
        let (class, key) = match kind {
            None => return self.out.push_str("<blockquote>\n"),
            Some(BlockQuoteKind::Note) => ("note", "box_note"),
            Some(BlockQuoteKind::Tip) => ("tip", "box_tip"),
            Some(BlockQuoteKind::Important) => ("vigtigt", "box_important"),
            Some(BlockQuoteKind::Warning) => ("advarsel", "box_warning"),
            Some(BlockQuoteKind::Caution) => ("pas-paa", "box_caution"),
        };
        let title = escaped(self.renderer.texts().get(key));
        let _ = writeln!(
            self.out,
            "<div class=\"boks boks-{class}\" role=\"note\"><p class=\"boks-titel\">{title}</p>"
        );
    }

    fn code(&mut self, kind: &CodeBlockKind<'_>) -> Result<(), TemplateError> {
        if let CodeBlockKind::Fenced(word) = kind
            && word.trim() == VIEW_FENCE
        {
            self.silent += 1;
            let block = self.seen.record.document.views.get(self.view);
            self.view += 1;
            if let Some(question) = block.and_then(|b| b.question.as_ref()) {
                let id = format!("{}visning-{}", self.prefix, self.view);
                let html =
                    visning::html(self.renderer, self.links, question, self.seen.record, &id)?;
                self.out.push_str(&html);
            }
            return Ok(());
        }
        self.no_terms += 1;
        self.out.push_str("<pre tabindex=\"0\"><code>");
        Ok(())
    }

    fn cell_start(&mut self) {
        let Some(table) = self.tables.last_mut() else {
            return;
        };
        let class = match table.alignments.get(table.cell) {
            Some(Alignment::Right) => " class=\"hoejre\"",
            Some(Alignment::Center) => " class=\"midt\"",
            _ => "",
        };
        table.cell += 1;
        let open = if table.in_head {
            format!("<th scope=\"col\"{class}>")
        } else {
            format!("<td{class}>")
        };
        self.out.push_str(&open);
    }
}

/// Whether the paragraph that starts here holds one picture and nothing else.
fn is_lone_picture(events: &[Event<'_>], paragraph: usize) -> bool {
    if !matches!(events.get(paragraph), Some(Event::Start(Tag::Paragraph)))
        || !matches!(
            events.get(paragraph + 1),
            Some(Event::Start(Tag::Image { .. }))
        )
    {
        return false;
    }
    let rest = events.get(paragraph + 2..).unwrap_or_default();
    let end = rest
        .iter()
        .position(|e| matches!(e, Event::End(TagEnd::Image)));
    end.is_some_and(|end| matches!(rest.get(end + 1), Some(Event::End(TagEnd::Paragraph))))
}

fn without_tags(html: &str) -> String {
    let (mut text, mut inside) = (String::new(), false);
    for letter in html.chars() {
        match letter {
            '<' => inside = true,
            '>' => inside = false,
            _ if !inside => text.push(letter),
            _ => {}
        }
    }
    text.trim().to_owned()
}

/// Escapes text for HTML, in element and attribute alike.
pub fn escape(out: &mut String, text: &str) {
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(letter),
        }
    }
}

/// Text escaped for HTML.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    escape(&mut out, text);
    out
}

/// Text that is escaped already, but for quotation marks of our own words.
fn escaped_once(text: &str) -> String {
    text.replace('"', "&quot;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}
