//! Links and pictures of a body: where the view says that they lead.

use std::fmt::Write as _;

use super::{Writer, escape, escaped};
use crate::{
    model::{AttachmentKind, Link, LinkSyntax},
    site::{Route, route::Surface, view::Destination},
};

impl Writer<'_> {
    pub(super) fn next_link(&mut self) -> (Option<&Link>, Destination<'_>) {
        let number = self.link;
        self.link += 1;
        let link = self.seen.record.document.links.get(number);
        (link, self.links.view().destination(self.seen.index, number))
    }

    pub(super) fn link_start(&mut self) {
        let links = self.links;
        let missing = self.renderer.texts().get("not_written_yet").to_owned();
        let prefix = self.prefix;
        let (link, destination) = self.next_link();
        let Some(link) = link else { return };
        let destination_title = match &destination {
            Destination::Record(to, _) => Some(to.record.title.clone()),
            _ => None,
        };
        let wiki = if link.syntax == LinkSyntax::Wiki {
            " class=\"henvisning\""
        } else {
            ""
        };
        let (open, close) = match destination {
            Destination::Record(to, heading) => {
                let anchor = heading
                    .map(|h| format!("#{}", escaped(h)))
                    .unwrap_or_default();
                (
                    format!(
                        "<a{wiki} href=\"{}{anchor}\">",
                        escaped(&links.to_record(&to.record.reference))
                    ),
                    "</a>",
                )
            }
            Destination::Page(route) => {
                if is_on(&route, links.surface()) {
                    (
                        format!("<a{wiki} href=\"{}\">", escaped(&links.to(&route))),
                        "</a>",
                    )
                } else {
                    (String::new(), "")
                }
            }
            Destination::File(file) if file.kind == AttachmentKind::Refused => (String::new(), ""),
            Destination::File(file) => (
                format!(
                    "<a class=\"fil\" href=\"{}\">",
                    escaped(&links.to(&Route::File(file.path.clone())))
                ),
                "</a>",
            ),
            Destination::Heading(id) => (format!("<a href=\"#{prefix}{}\">", escaped(id)), "</a>"),
            Destination::Outside => (
                format!(
                    "<a class=\"ude\" rel=\"noopener\" href=\"{}\">",
                    escaped(&link.target)
                ),
                "</a>",
            ),
            Destination::Unwritten => (
                format!("<span class=\"mangler\" title=\"{}\">", escaped(&missing)),
                "</span>",
            ),
            Destination::Nowhere => (String::new(), ""),
        };
        // A wikilink without words of its own is called by the title of what it leads to.
        let title = match destination_title {
            Some(title) if link.bare => title,
            _ => String::new(),
        };
        self.out.push_str(&open);
        if !title.is_empty() {
            escape(&mut self.out, &title);
            self.silent += 1;
        }
        self.titled.push(!title.is_empty());
        self.open_links.push(close);
        if close == "</a>" {
            self.no_terms += 1;
        }
    }

    /// A picture, as a figure where it stands alone.
    pub(super) fn picture(&mut self, alone: bool) {
        self.silent += 1;
        let links = self.links;
        let (link, destination) = self.next_link();
        let Some(link) = link else { return };
        let (alt, title) = (escaped(&link.words), link.title.clone());
        let source = match destination {
            Destination::File(file) if file.kind != AttachmentKind::Refused => {
                let size = match file.kind {
                    // A picture of unknown size that comes late moves the page, and is missing on paper.
                    AttachmentKind::Photo { width, height } => {
                        format!(" width=\"{width}\" height=\"{height}\" loading=\"lazy\"")
                    }
                    _ => String::new(),
                };
                Some((escaped(&links.to(&Route::File(file.path.clone()))), size))
            }
            _ => None,
        };
        let Some((source, size)) = source else {
            // No picture, but what it would have said.
            if !alt.is_empty() {
                let _ = write!(self.out, "<span class=\"mangler\">{alt}</span>");
            }
            return;
        };
        let image = format!("<img src=\"{source}\" alt=\"{alt}\"{size}>");
        let decoration = title == crate::site::check::DECORATION;
        if alone {
            let caption = if title.is_empty() || decoration {
                String::new()
            } else {
                format!("<figcaption>{}</figcaption>", escaped(&title))
            };
            let _ = writeln!(self.out, "<figure>{image}{caption}</figure>");
        } else {
            self.out.push_str(&image);
        }
    }
}

/// Whether a route has a page on a surface.
fn is_on(route: &Route, surface: Surface) -> bool {
    surface == Surface::Live
        || !matches!(
            route,
            Route::Search
                | Route::SearchPart(_)
                | Route::Tidy
                | Route::Source(_)
                | Route::Catalogue
        )
}
