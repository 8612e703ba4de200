//! A body as the boxes that people write in: what stands before the first heading, and what stands
//! under each heading. Changing one leaves every other byte as it was.

use std::ops::Range;

use super::{edit::ending_of, front_matter, markdown};
use crate::text::fold::slug;

/// A part of a body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// The words of its heading; nothing for what stands before the first.
    pub heading: Option<String>,
    /// What stands in it, in bytes of the whole file, with the empty lines around it.
    place: Range<usize>,
    /// Its words, without the empty lines around them, with plain line endings.
    pub words: String,
}

impl Section {
    /// The name that its box has in a form.
    #[must_use]
    pub fn name(&self) -> String {
        self.heading.as_deref().map(slug).unwrap_or_default()
    }

    /// Whether a place of the file is in it.
    #[must_use]
    pub const fn holds(&self, at: usize) -> bool {
        self.place.start <= at && at < self.place.end
    }
}

/// Parts the body of a file at its headings of the first two levels.
#[must_use]
pub fn of(text: &str) -> Vec<Section> {
    let body = front_matter::split(text).map_or(0..0, |p| p.body.start..p.body.end);
    let markdown = text.get(body.clone()).unwrap_or_default();
    let headings = markdown::outer_headings(markdown);
    let starts = headings.iter().map(|(_, place)| place.start);
    let ends: Vec<usize> = starts.chain([markdown.len()]).collect();
    let section = |heading: Option<String>, inside: Range<usize>| {
        let place = body.start + inside.start..body.start + inside.end;
        let words = text.get(place.clone()).unwrap_or_default();
        Section {
            heading,
            words: words.trim().replace("\r\n", "\n"),
            place,
        }
    };
    let mut sections = vec![section(None, 0..ends.first().copied().unwrap_or(0))];
    for ((title, place), end) in headings.into_iter().zip(ends.into_iter().skip(1)) {
        sections.push(section(Some(title.trim().to_owned()), place.end..end));
    }
    sections
}

/// The text with other words under a heading (before the first heading when it is `None`). A heading that is not
/// there yet is added at the end.
#[must_use]
pub fn set(text: &str, heading: Option<&str>, words: &str) -> String {
    let ending = ending_of(text);
    let words = words.trim().replace("\r\n", "\n");
    let written = words.replace('\n', ending);
    let wanted = heading.map(slug);
    let sections = of(text);
    let found = sections
        .iter()
        .find(|s| s.heading.as_deref().map(slug) == wanted);
    let Some(section) = found else {
        if words.is_empty() {
            return text.to_owned();
        }
        let gap = match text {
            _ if text.ends_with(&format!("{ending}{ending}")) => "",
            _ if text.is_empty() || text.ends_with('\n') => ending,
            _ => return set(&format!("{text}{ending}"), heading, &words),
        };
        let title = heading.unwrap_or_default();
        return format!("{text}{gap}## {title}{ending}{ending}{written}{ending}");
    };
    if section.words == words {
        return text.to_owned();
    }
    let (head, inside, tail) = (
        text.get(..section.place.start).unwrap_or_default(),
        text.get(section.place.clone()).unwrap_or_default(),
        text.get(section.place.end..).unwrap_or_default(),
    );
    let old = inside.trim();
    if old.is_empty() {
        let before = if head.is_empty() || head.ends_with('\n') {
            ending.to_owned()
        } else {
            format!("{ending}{ending}")
        };
        let after = if tail.is_empty() {
            ending.to_owned()
        } else {
            format!("{ending}{ending}")
        };
        return format!("{head}{before}{written}{after}{tail}");
    }
    let start = inside.find(old).unwrap_or(0);
    let (lead, rest) = inside.split_at(start);
    let trail = rest.get(old.len()..).unwrap_or_default();
    format!("{head}{lead}{written}{trail}{tail}")
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "---\ntitel: A\n---\n\nFørst.\n\n## Hvad prøvede vi?\n\nEt.\n\n### Under\n\nTo.\n\n## Hvad skete der?\n\n## Mere {#mere}\nTre.\n";

    #[test]
    fn a_body_is_parted_at_its_headings() {
        let parts: Vec<(Option<String>, String)> =
            of(TEXT).into_iter().map(|s| (s.heading, s.words)).collect();
        let heading = |t: &str| Some(t.to_owned());
        assert_eq!(
            parts,
            [
                (None, "Først.".to_owned()),
                (
                    heading("Hvad prøvede vi?"),
                    "Et.\n\n### Under\n\nTo.".to_owned()
                ),
                (heading("Hvad skete der?"), String::new()),
                (heading("Mere"), "Tre.".to_owned()),
            ]
        );
    }

    #[test]
    fn one_section_changes_and_nothing_else() {
        let changed = set(TEXT, Some("Hvad prøvede vi?"), "Noget\r\nandet.");
        assert_eq!(
            changed,
            TEXT.replace("Et.\n\n### Under\n\nTo.", "Noget\nandet.")
        );
        let filled = set(TEXT, Some("hvad skete der"), "Det gik.");
        assert_eq!(
            filled,
            TEXT.replace("der?\n\n## Mere", "der?\n\nDet gik.\n\n## Mere")
        );
        assert_eq!(
            set(&filled, Some("Hvad skete der?"), ""),
            TEXT.replace("der?\n\n## Mere", "der?\n\n\n\n## Mere")
        );
        assert_eq!(set(TEXT, None, "Sidst."), TEXT.replace("Først.", "Sidst."));
        assert_eq!(set(TEXT, Some("Mere"), "Tre."), TEXT);
        assert_eq!(
            set(TEXT, Some("Ny"), "Fire."),
            format!("{TEXT}\n## Ny\n\nFire.\n")
        );
    }

    #[test]
    fn line_endings_stay() {
        let windows = TEXT.replace('\n', "\r\n");
        let changed = set(&windows, Some("Mere"), "Tre.\nFire.");
        assert_eq!(changed, windows.replace("Tre.", "Tre.\r\nFire."));
    }

    #[test]
    fn a_heading_in_a_quote_or_in_code_is_words() {
        let text = "Et.\n\n> ## Citat\n\n```\n## kode\n```\n";
        assert_eq!(of(text).len(), 1);
    }
}
