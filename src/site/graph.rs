//! Who points at whom: every reference and every link of every record, resolved, both ways.

use std::sync::Arc;

use rayon::prelude::*;

use super::{RecordIndex, Site};
use crate::{
    diag::Span,
    model::{FieldType, Link, LinkSyntax, Record, RecordId, RecordRef, SourcePath, Targets, Value},
    text::fold::{match_key, slug},
};

/// The resolved references and links of a site, in lists as long as the records.
#[derive(Debug, Default)]
pub struct Graph {
    pub(super) references: Vec<Vec<Reference>>,
    pub(super) links: Vec<Vec<LinkTarget>>,
    pub(super) referring: Vec<Vec<(RecordIndex, usize)>>,
    pub(super) linking: Vec<Vec<(RecordIndex, usize)>>,
}

/// A value that points at a record.
#[derive(Clone, Debug, PartialEq)]
pub struct Reference {
    /// The field it stands in; for a table the column, as `field.column`.
    pub field: Arc<str>,
    /// Its label seen from the other side.
    pub inverse: Option<String>,
    /// Whether a ring over the field is an error.
    pub acyclic: bool,
    /// As it was written.
    pub written: String,
    /// Where it stands.
    pub span: Span,
    /// What it points at.
    pub found: Found,
}

/// What became of a reference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// A record.
    One(RecordIndex),
    /// Two or more that fit.
    Several(Vec<RecordIndex>),
    /// A record, but of a kind that the field does not allow.
    WrongKind(RecordIndex),
    /// Nothing.
    Nothing,
}

/// What became of a link in a body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkTarget {
    /// A record, and perhaps a heading in it.
    Record(RecordIndex, Option<String>),
    /// A wikilink that fits several; the first is taken.
    Several(Vec<RecordIndex>),
    /// A page of kaffe's own, by its address.
    Page(String),
    /// A file beside a record.
    File(SourcePath),
    /// A heading of the same page.
    Heading(String),
    /// Another site, a mail address, a phone number.
    Outside,
    /// A scheme that kaffe does not follow.
    Refused,
    /// Nothing.
    Missing,
}

impl Graph {
    /// Resolves everything. Records are independent of each other here, so it runs on all cores.
    pub(super) fn of(site: &Site) -> Self {
        let resolved: Vec<(Vec<Reference>, Vec<LinkTarget>)> = site
            .records
            .par_iter()
            .map(|record| (references(site, record), links(site, record)))
            .collect();
        let mut graph = Self {
            referring: vec![Vec::new(); resolved.len()],
            linking: vec![Vec::new(); resolved.len()],
            ..Self::default()
        };
        for (position, (references, links)) in resolved.into_iter().enumerate() {
            let from = RecordIndex::from_position(position);
            for (number, reference) in references.iter().enumerate() {
                if let Found::One(to) = reference.found
                    && let Some(list) = graph.referring.get_mut(to.get())
                {
                    list.push((from, number));
                }
            }
            for (number, link) in links.iter().enumerate() {
                if let Some(list) = link.record().and_then(|to| graph.linking.get_mut(to.get())) {
                    list.push((from, number));
                }
            }
            graph.references.push(references);
            graph.links.push(links);
        }
        graph
    }

    /// The references of a record.
    #[must_use]
    pub fn references(&self, index: RecordIndex) -> &[Reference] {
        self.references.get(index.get()).map_or(&[], Vec::as_slice)
    }

    /// The links of a record, in the order of its document.
    #[must_use]
    pub fn links(&self, index: RecordIndex) -> &[LinkTarget] {
        self.links.get(index.get()).map_or(&[], Vec::as_slice)
    }
}

impl LinkTarget {
    /// The record it leads to.
    #[must_use]
    pub fn record(&self) -> Option<RecordIndex> {
        match self {
            Self::Record(index, _) => Some(*index),
            Self::Several(indices) => indices.first().copied(),
            _ => None,
        }
    }
}

fn references(site: &Site, record: &Record) -> Vec<Reference> {
    let mut found = Vec::new();
    for entry in &record.entries {
        let Some(field) = record.kind.field(&entry.key) else {
            continue;
        };
        match &field.field_type {
            FieldType::Reference(targets) => {
                for placed in &entry.values {
                    let Value::Reference(written) = &placed.value else {
                        continue;
                    };
                    found.push(Reference {
                        field: Arc::clone(&entry.key),
                        inverse: field.inverse.clone(),
                        acyclic: field.acyclic,
                        written: written.clone(),
                        span: placed.span,
                        found: resolve(site, written, targets),
                    });
                }
            }
            FieldType::Table(columns) => {
                let rows = entry.values.iter().filter_map(|v| {
                    if let Value::Row(row) = &v.value {
                        Some(row)
                    } else {
                        None
                    }
                });
                for cell in rows.flat_map(|row| &row.cells) {
                    let Some(column) = columns.iter().find(|c| c.key == cell.key) else {
                        continue;
                    };
                    let FieldType::Reference(targets) = &column.field_type else {
                        continue;
                    };
                    for placed in &cell.values {
                        let Value::Reference(written) = &placed.value else {
                            continue;
                        };
                        found.push(Reference {
                            field: Arc::clone(&entry.key),
                            inverse: column.inverse.clone(),
                            acyclic: false,
                            written: written.clone(),
                            span: placed.span,
                            found: resolve(site, written, targets),
                        });
                    }
                }
            }
            // In a text that may also be a reference, a reference is `[[id]]`.
            FieldType::Text | FieldType::LongText => {
                for placed in &entry.values {
                    let Value::Text(text) = &placed.value else {
                        continue;
                    };
                    let Some(written) = text.strip_prefix("[[").and_then(|t| t.strip_suffix("]]"))
                    else {
                        continue;
                    };
                    found.push(Reference {
                        field: Arc::clone(&entry.key),
                        inverse: field.inverse.clone(),
                        acyclic: false,
                        written: written.to_owned(),
                        span: placed.span,
                        found: resolve(site, written, &Targets::Any),
                    });
                }
            }
            _ => {}
        }
    }
    found
}

/// A reference is `id` or `kind-folder/id` (the kind's key is understood too).
fn resolve(site: &Site, written: &str, targets: &Targets) -> Found {
    let fits = |index: &RecordIndex| {
        site.record(*index)
            .is_some_and(|r| targets.allow(&r.reference.kind))
    };
    if let Some((folder, id)) = written.rsplit_once('/') {
        return match named(site, folder, id) {
            Some(index) if fits(&index) => Found::One(index),
            Some(index) => Found::WrongKind(index),
            None => Found::Nothing,
        };
    }
    let all = site
        .by_id
        .get(&RecordId::new(written))
        .map_or(&[][..], Vec::as_slice);
    let allowed: Vec<RecordIndex> = all.iter().copied().filter(fits).collect();
    match (allowed.as_slice(), all) {
        ([one], _) => Found::One(*one),
        ([], [other, ..]) => Found::WrongKind(*other),
        ([], []) => Found::Nothing,
        (several, _) => Found::Several(several.to_vec()),
    }
}

fn named(site: &Site, folder: &str, id: &str) -> Option<RecordIndex> {
    let kinds = &site.definitions.kinds;
    let first = folder.split('/').next().unwrap_or(folder);
    let kind = kinds.by_folder(first).or_else(|| kinds.by_word(first))?;
    site.by_reference
        .get(&RecordRef {
            kind: kind.key.clone(),
            id: RecordId::new(id),
        })
        .copied()
}

fn links(site: &Site, record: &Record) -> Vec<LinkTarget> {
    record
        .document
        .links
        .iter()
        .map(|link| link_target(site, record, link))
        .collect()
}

fn link_target(site: &Site, record: &Record, link: &Link) -> LinkTarget {
    match link.syntax {
        LinkSyntax::Wiki => wiki(site, record, &link.target),
        LinkSyntax::Markdown | LinkSyntax::Image => address(site, record, &link.target),
    }
}

fn wiki(site: &Site, record: &Record, written: &str) -> LinkTarget {
    let (target, heading) = match written.split_once('#') {
        Some((target, heading)) => (target.trim(), Some(slug(heading))),
        None => (written.trim(), None),
    };
    if target.is_empty() {
        return heading.map_or(LinkTarget::Missing, LinkTarget::Heading);
    }
    if let Some((folder, id)) = target.rsplit_once('/') {
        return named(site, folder, id).map_or(LinkTarget::Missing, |index| {
            LinkTarget::Record(index, heading)
        });
    }
    let hits = site
        .by_id
        .get(&RecordId::new(target))
        .or_else(|| site.by_name.get(&match_key(target)))
        .map_or(&[][..], Vec::as_slice);
    match hits {
        [one] => LinkTarget::Record(*one, heading),
        [] => beside(site, record, target).map_or(LinkTarget::Missing, LinkTarget::File),
        several => LinkTarget::Several(several.to_vec()),
    }
}

fn address(site: &Site, record: &Record, written: &str) -> LinkTarget {
    let decoded = percent_decoded(written);
    let written = decoded.as_str();
    if let Some(heading) = written.strip_prefix('#') {
        return LinkTarget::Heading(heading.to_owned());
    }
    if let Some((scheme, _)) = written.split_once(':')
        && !scheme.contains('/')
    {
        let plain: String = scheme
            .chars()
            .filter(|c| !c.is_control() && !c.is_whitespace())
            .collect();
        let allowed = matches!(
            plain.to_ascii_lowercase().as_str(),
            "http" | "https" | "mailto" | "tel"
        );
        return if allowed {
            LinkTarget::Outside
        } else {
            LinkTarget::Refused
        };
    }
    if written.starts_with("//") {
        return LinkTarget::Refused;
    }
    let (path, heading) = match written.split_once('#') {
        Some((path, heading)) => (path, Some(heading.to_owned())),
        None => (written, None),
    };
    let path = path.split('?').next().unwrap_or(path);
    if let Some(absolute) = path.strip_prefix('/') {
        return absolute_address(site, absolute, heading);
    }
    // A file of the record's own folder, then a file beside the record's file.
    if let Some(file) = beside(site, record, path) {
        return LinkTarget::File(file);
    }
    let Some(joined) = joined(record.path.folder(), path) else {
        return LinkTarget::Missing;
    };
    if let Some(markdown) = joined.strip_suffix(".md") {
        let first = markdown.split('/').next().unwrap_or_default();
        let name = markdown.rsplit('/').next().unwrap_or(markdown);
        let folder = if site.definitions.kinds.by_folder(first).is_some() {
            first
        } else {
            "sider"
        };
        return named(site, folder, name).map_or(LinkTarget::Missing, |index| {
            LinkTarget::Record(index, heading)
        });
    }
    match SourcePath::new(&joined) {
        Ok(file) if site.attachments.contains_key(&file) => LinkTarget::File(file),
        _ => absolute_address(site, &joined, heading),
    }
}

fn absolute_address(site: &Site, path: &str, heading: Option<String>) -> LinkTarget {
    let plain = path.trim_end_matches("index.html").trim_matches('/');
    if let Ok(file) = SourcePath::new(plain)
        && site.attachments.contains_key(&file)
    {
        return LinkTarget::File(file);
    }
    if let Some((folder, id)) = plain.split_once('/')
        && let Some(index) = named(site, folder, id.trim_end_matches(".md"))
    {
        return LinkTarget::Record(index, heading);
    }
    let is_page = plain.is_empty()
        || site.definitions.kinds.by_folder(plain).is_some()
        || matches!(
            plain.split('/').next(),
            Some("soeg" | "emner" | "oprydning" | "katalog" | "kalender")
        );
    if is_page {
        LinkTarget::Page(plain.to_owned())
    } else {
        LinkTarget::Missing
    }
}

/// A file in the record's own folder, `kind/id/NAME`.
fn beside(site: &Site, record: &Record, name: &str) -> Option<SourcePath> {
    let joined = joined(record.path.without_extension(), name)?;
    let file = SourcePath::new(&joined).ok()?;
    if site.attachments.contains_key(&file) {
        return Some(file);
    }
    // `![x](id/NAME)` is how other programs see the same file.
    let beside = SourcePath::new(&self::joined(record.path.folder(), name)?).ok()?;
    site.attachments.contains_key(&beside).then_some(beside)
}

/// Joins a relative path to a folder; nothing when it would leave the content folder.
fn joined(folder: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|p| !p.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

fn percent_decoded(text: &str) -> String {
    percent_encoding::percent_decode_str(text)
        .decode_utf8()
        .map_or_else(|_| text.to_owned(), std::borrow::Cow::into_owned)
}
