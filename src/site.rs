//! All drafts become one [`Site`]; a site is seen through a [`SiteView`] for one audience.
//!
//! Takes drafts and definitions, gives an immutable whole in which every reference and link is
//! resolved and every rule has spoken. Bad content gives diagnostics; there is always a site.

mod addresses;
pub mod answer;
pub mod check;
pub mod delta;
pub mod graph;
pub mod rhythm;
pub mod route;
pub mod terms;
pub mod tidy;
pub mod told;
pub mod view;

use std::{collections::BTreeMap, sync::Arc};

use jiff::civil::Date;
use rustc_hash::FxHashMap;

use crate::{
    diag::{Code, Diagnostic},
    model::{Attachment, Broken, Definitions, Draft, Record, RecordId, RecordRef, SourcePath},
};
use graph::Graph;

pub use route::Route;
pub use view::SiteView;

/// The place of a record in its site; good for one site only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RecordIndex(u32);

impl RecordIndex {
    /// As an index into lists of the same length as the records.
    #[must_use]
    pub const fn get(self) -> usize {
        self.0 as usize
    }

    #[expect(
        clippy::cast_possible_truncation,
        reason = "a site has far fewer than four billion records"
    )]
    const fn from_position(position: usize) -> Self {
        Self(position as u32)
    }
}

/// Whose file lies beside the records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Owner {
    /// A record's.
    Record(RecordIndex),
    /// That of a record that cannot be read.
    Broken,
    /// No record's.
    Nobody,
}

/// What a site is made of.
#[derive(Clone, Debug, Default)]
pub struct Parts {
    /// The definitions that hold now.
    pub definitions: Arc<Definitions>,
    /// Problems of the definition files.
    pub definition_problems: Vec<Diagnostic>,
    /// The texts of the definition files, by path.
    pub definition_files: BTreeMap<SourcePath, Arc<str>>,
    /// Everything read from Markdown files, by path.
    pub drafts: BTreeMap<SourcePath, Arc<Draft>>,
    /// The other files, by path.
    pub attachments: BTreeMap<SourcePath, (Attachment, Vec<Diagnostic>)>,
    /// Names that cannot be used.
    pub unusable: Vec<String>,
}

/// Everything that stands in a content folder, resolved. It never changes.
#[derive(Debug)]
pub struct Site {
    definitions: Arc<Definitions>,
    today: Date,
    records: Vec<Arc<Record>>,
    broken: Vec<Arc<Broken>>,
    attachments: BTreeMap<SourcePath, Attachment>,
    by_reference: FxHashMap<RecordRef, RecordIndex>,
    by_id: FxHashMap<RecordId, Vec<RecordIndex>>,
    by_name: FxHashMap<String, Vec<RecordIndex>>,
    by_stem: FxHashMap<String, RecordIndex>,
    former: FxHashMap<String, RecordIndex>,
    graph: Graph,
    diagnostics: Vec<Diagnostic>,
    /// Texts that diagnostics speak of and that belong to no record: definitions, second files of a
    /// name.
    other_texts: BTreeMap<String, Arc<str>>,
}

impl Site {
    /// Assembles a site as it is on the day `today`.
    #[must_use]
    pub fn assemble(parts: &Parts, today: Date) -> Self {
        let mut diagnostics = parts.definition_problems.clone();
        diagnostics.extend(parts.unusable.iter().map(|name| {
            Diagnostic::new(Code::K015, name.as_str())
                .arg("name", name.rsplit('/').next().unwrap_or(name))
        }));
        diagnostics.extend(
            parts
                .drafts
                .values()
                .flat_map(|d| d.diagnostics.iter().cloned()),
        );
        diagnostics.extend(
            parts
                .attachments
                .values()
                .flat_map(|(_, problems)| problems.iter().cloned()),
        );

        let mut site = Self {
            definitions: Arc::clone(&parts.definitions),
            today,
            records: Vec::with_capacity(parts.drafts.len()),
            broken: Vec::new(),
            attachments: parts
                .attachments
                .iter()
                .map(|(path, (file, _))| (path.clone(), file.clone()))
                .collect(),
            by_reference: FxHashMap::default(),
            by_id: FxHashMap::default(),
            by_name: FxHashMap::default(),
            by_stem: FxHashMap::default(),
            former: FxHashMap::default(),
            graph: Graph::default(),
            diagnostics: Vec::new(),
            other_texts: parts
                .definition_files
                .iter()
                .map(|(path, text)| (path.to_string(), Arc::clone(text)))
                .collect(),
        };
        for draft in parts.drafts.values() {
            match &draft.outcome {
                Ok(record) => site.add(record, &mut diagnostics),
                Err(broken) => site.broken.push(Arc::clone(broken)),
            }
        }
        site.add_former_addresses(&mut diagnostics);
        site.graph = Graph::of(&site);
        diagnostics.extend(check::all(&site));
        diagnostics.sort();
        diagnostics.dedup();
        site.diagnostics = diagnostics;
        site
    }

    /// The first file of a name is the record; a second one is told and left out.
    fn add(&mut self, record: &Arc<Record>, diagnostics: &mut Vec<Diagnostic>) {
        let index = RecordIndex::from_position(self.records.len());
        if let Some(first) = self
            .by_reference
            .get(&record.reference)
            .and_then(|i| self.records.get(i.get()))
        {
            diagnostics.push(
                Diagnostic::new(Code::K204, record.path.as_str())
                    .arg("id", record.reference.id.as_str())
                    .arg("other", first.path.as_str())
                    .arg("shown", first.path.as_str()),
            );
            self.other_texts
                .insert(record.path.to_string(), Arc::clone(&record.document.text));
            return;
        }
        self.by_reference.insert(record.reference.clone(), index);
        self.by_stem
            .insert(record.path.without_extension().to_owned(), index);
        self.by_id
            .entry(record.reference.id.clone())
            .or_default()
            .push(index);
        for name in &record.names {
            self.by_name.entry(name.clone()).or_default().push(index);
        }
        self.records.push(Arc::clone(record));
    }

    fn add_former_addresses(&mut self, diagnostics: &mut Vec<Diagnostic>) {
        for (position, record) in self.records.iter().enumerate() {
            for placed in record.values("tidligere") {
                let address = former_address(&placed.value.to_plain(), &record.kind.folder);
                let index = RecordIndex::from_position(position);
                let taken = self
                    .former
                    .get(&address)
                    .is_some_and(|&other| other != index);
                if taken || !is_free_form(&address) || self.is_address_of_a_record(&address) {
                    diagnostics.push(
                        Diagnostic::new(Code::K207, record.path.as_str())
                            .at(placed.span)
                            .arg("address", &address),
                    );
                } else {
                    self.former.insert(address, index);
                }
            }
        }
    }

    fn is_address_of_a_record(&self, address: &str) -> bool {
        let Some((folder, id)) = address.trim_matches('/').split_once('/') else {
            return false;
        };
        let kind = self.definitions.kinds.by_folder(folder);
        kind.is_some_and(|k| {
            self.by_reference.contains_key(&RecordRef {
                kind: k.key.clone(),
                id: RecordId::new(id),
            })
        })
    }

    /// What the site was read by.
    #[must_use]
    pub fn definitions(&self) -> &Arc<Definitions> {
        &self.definitions
    }

    /// The day it was assembled for.
    #[must_use]
    pub const fn today(&self) -> Date {
        self.today
    }

    /// Every problem of every file, in reading order.
    #[must_use]
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// The file of a record, whoever may see it, read or not.
    #[must_use]
    pub fn path_of(&self, reference: &RecordRef) -> Option<&SourcePath> {
        let read = self
            .by_reference
            .get(reference)
            .and_then(|&index| self.record(index));
        let broken = || self.broken.iter().find(|b| b.reference == *reference);
        read.map(|r| &r.path).or_else(|| broken().map(|b| &b.path))
    }

    /// The files whose text nobody may see.
    pub fn withheld(&self) -> impl Iterator<Item = &SourcePath> {
        self.broken.iter().filter(|b| b.withheld).map(|b| &b.path)
    }

    /// How many records could be read, whoever may see them.
    #[must_use]
    pub fn len(&self) -> usize {
        self.records.len()
    }

    /// Whether no record could be read.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// The text of a file, for showing a diagnostic with its line.
    #[must_use]
    pub fn text_of(&self, path: &str) -> Option<&Arc<str>> {
        let record = self
            .record_at(path.trim_end_matches(".md"))
            .and_then(|index| self.record(index))
            .filter(|r| r.path.as_str() == path);
        record
            .map(|r| &r.document.text)
            .or_else(|| self.other_texts.get(path))
            .or_else(|| {
                self.broken
                    .iter()
                    .find(|b| b.path.as_str() == path)?
                    .text
                    .as_ref()
            })
    }

    /// The record whose file is this path without its ending.
    fn record_at(&self, stem: &str) -> Option<RecordIndex> {
        self.by_stem.get(stem).copied()
    }

    /// Whose file it is: that of the nearest record whose own folder it lies in.
    fn owner_of(&self, file: &SourcePath) -> Owner {
        let mut folder = file.folder();
        while !folder.is_empty() {
            if let Some(index) = self.record_at(folder) {
                return Owner::Record(index);
            }
            if self
                .broken
                .iter()
                .any(|b| b.path.without_extension() == folder)
            {
                return Owner::Broken;
            }
            folder = folder.rsplit_once('/').map_or("", |(above, _)| above);
        }
        Owner::Nobody
    }

    fn record(&self, index: RecordIndex) -> Option<&Arc<Record>> {
        self.records.get(index.get())
    }

    fn indices(&self) -> impl Iterator<Item = (RecordIndex, &Arc<Record>)> {
        self.records
            .iter()
            .enumerate()
            .map(|(position, record)| (RecordIndex::from_position(position), record))
    }
}

/// A path without the ending of its file.
fn without_ending(path: &str) -> &str {
    path.rsplit_once('.').map_or(path, |(stem, _)| stem)
}

/// A former address is a folder and an id, and no address of kaffe's own.
fn is_free_form(address: &str) -> bool {
    let parts: Vec<&str> = address.trim_matches('/').split('/').collect();
    let [folder, id] = parts.as_slice() else {
        return false;
    };
    let plain = |part: &str| crate::text::fold::slug(part) == part;
    plain(folder) && plain(id) && !crate::parse::kind::RESERVED_FOLDERS.contains(folder)
}

/// `tidligere` holds an id, `folder/id`, or an address; all become `/folder/id/`.
fn former_address(written: &str, folder: &str) -> String {
    let plain = written.trim().trim_matches('/');
    if plain.contains('/') {
        format!("/{plain}/")
    } else {
        format!("/{folder}/{plain}/")
    }
}
