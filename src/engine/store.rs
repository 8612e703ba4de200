//! What has been read from the folder, file by file, so that one change reads one file.

use std::sync::Arc;

use jiff::civil::Date;

use crate::{
    diag::{Diagnostic, Severity},
    model::{Definitions, Draft, SourcePath},
    parse::{
        attachment,
        definitions::{self, DefinitionFile, is_definition},
        record,
    },
    render::Banner,
    site::{Parts, Site},
    source::Found,
    starter,
};

/// Something that is different now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// A file has these bytes.
    Put(SourcePath, Vec<u8>),
    /// A file is gone.
    Remove(SourcePath),
    /// There is a name that kaffe cannot use.
    Unusable(String),
    /// Doubt: read the whole folder.
    Rescan,
    /// A file of the theme's folder.
    Theme,
    /// A new day.
    Today(Date),
}

/// The files of a content folder as values.
pub(super) struct Store {
    parts: Parts,
    definitions_changed: bool,
    /// What is wrong with the definitions while the last good ones hold.
    kept: Option<Banner>,
}

impl Store {
    /// Reads everything.
    pub fn load(found: Vec<Found>) -> Self {
        let mut store = Self {
            parts: Parts::default(),
            definitions_changed: false,
            kept: None,
        };
        let (files, unusable) = parted(found);
        store.parts.unusable = unusable;
        store.read_definitions(&files, None);
        store.read_rest(files);
        store
    }

    /// Reads everything again; definitions with errors keep their last good version.
    pub fn reload(&mut self, found: Vec<Found>) -> bool {
        let good = Arc::clone(&self.parts.definitions);
        let (files, unusable) = parted(found);
        self.parts = Parts {
            unusable,
            ..Parts::default()
        };
        self.definitions_changed = false;
        self.read_definitions(&files, Some(good));
        self.read_rest(files);
        true
    }

    /// Compares the whole folder with what is known, by hash; false when nothing is different.
    pub fn rescan(&mut self, found: Vec<Found>) -> bool {
        let (files, unusable) = parted(found);
        let mut different = self.parts.unusable != unusable;
        self.parts.unusable = unusable;
        let there: std::collections::BTreeSet<&SourcePath> =
            files.iter().map(|(path, _)| path).collect();
        let gone: Vec<SourcePath> = self
            .paths_within("")
            .into_iter()
            .filter(|known| !there.contains(known))
            .collect();
        for path in &gone {
            different |= self.remove(path);
        }
        for (path, bytes) in files {
            different |= self.put(path, &bytes);
        }
        different
    }

    /// Whether the site's own file was there and is empty or gone.
    pub fn config_is_empty(&self) -> bool {
        let now = self
            .parts
            .definition_files
            .iter()
            .find(|(path, _)| path.as_str() == definitions::CONFIG_FILE);
        now.is_none_or(|(_, text)| text.trim().is_empty())
            && self.parts.definitions.config != crate::model::SiteConfig::default()
    }

    /// The definitions that hold.
    pub fn definitions(&self) -> &Definitions {
        &self.parts.definitions
    }

    /// Whether a file changed that everything else is read by.
    pub const fn definitions_changed(&self) -> bool {
        self.definitions_changed
    }

    /// The notice that says that the last good definitions hold.
    pub fn kept_definitions(&self) -> Option<Banner> {
        self.kept.clone()
    }

    /// The known files that are this path or lie below it.
    pub fn paths_within(&self, path: &str) -> Vec<SourcePath> {
        let all = self
            .parts
            .drafts
            .keys()
            .chain(self.parts.attachments.keys())
            .chain(self.parts.definition_files.keys());
        all.filter(|known| path.is_empty() || known.is_within(path))
            .cloned()
            .collect()
    }

    /// Takes one change in; false when nothing is different.
    pub fn apply(&mut self, change: Change) -> bool {
        match change {
            Change::Put(path, bytes) => self.put(path, &bytes),
            Change::Remove(path) => self.remove(&path),
            Change::Unusable(name) if !self.parts.unusable.contains(&name) => {
                self.parts.unusable.push(name);
                true
            }
            _ => false,
        }
    }

    /// Assembles the site of a day.
    pub fn assemble(&self, today: Date) -> Site {
        Site::assemble(&self.parts, today)
    }

    /// The site as it would be if a file held a text.
    pub fn with(&self, path: &SourcePath, text: &str, today: Date) -> Site {
        let mut parts = self.parts.clone();
        let draft = record::read(path, text.as_bytes(), &parts.definitions);
        parts.drafts.insert(path.clone(), Arc::new(draft));
        Site::assemble(&parts, today)
    }

    fn put(&mut self, path: SourcePath, bytes: &[u8]) -> bool {
        if is_definition(&path) {
            let text: Arc<str> = String::from_utf8_lossy(bytes).into();
            let same = self.parts.definition_files.get(&path) == Some(&text);
            self.definitions_changed |= !same;
            self.parts.definition_files.insert(path, text);
            return false;
        }
        if !is_read(&path) {
            return false;
        }
        let hash = blake3::hash(bytes).to_hex();
        if is_record(&path) {
            let known = self.parts.drafts.get(&path).map(|d| match &d.outcome {
                Ok(record) => Arc::clone(&record.hash),
                Err(broken) => Arc::clone(&broken.hash),
            });
            if known.as_deref() == Some(hash.as_str()) {
                return false;
            }
            let draft = record::read(&path, bytes, &self.parts.definitions);
            self.parts.drafts.insert(path, Arc::new(draft));
        } else {
            if self
                .parts
                .attachments
                .get(&path)
                .is_some_and(|(known, _)| *known.hash == *hash.as_str())
            {
                return false;
            }
            let inspected = attachment::inspect(&path, bytes);
            self.parts.attachments.insert(path, inspected);
        }
        true
    }

    fn remove(&mut self, path: &SourcePath) -> bool {
        if self.parts.definition_files.remove(path).is_some() {
            self.definitions_changed = true;
            return false;
        }
        let draft = self.parts.drafts.remove(path).is_some();
        draft | self.parts.attachments.remove(path).is_some()
    }

    fn read_definitions(
        &mut self,
        files: &[(SourcePath, Vec<u8>)],
        good: Option<Arc<Definitions>>,
    ) {
        for (path, bytes) in files.iter().filter(|(path, _)| is_definition(path)) {
            self.parts
                .definition_files
                .insert(path.clone(), String::from_utf8_lossy(bytes).into());
        }
        let own: Vec<DefinitionFile> = self
            .parts
            .definition_files
            .iter()
            .map(|(path, text)| DefinitionFile {
                path: path.clone(),
                text: Arc::clone(text),
            })
            .collect();
        let (definitions, problems) = definitions::read(&own, &starter::definition_files());
        let broken = problems.iter().find(|p| {
            p.severity == Severity::Error && !p.path.starts_with(definitions::PUBLICATIONS_FOLDER)
        });
        self.kept = None;
        self.parts.definitions = match (broken, good) {
            (Some(problem), Some(good)) => {
                self.kept = Some(banner(problem, &good));
                good
            }
            _ => Arc::new(definitions),
        };
        self.parts.definition_problems = problems;
    }

    fn read_rest(&mut self, files: Vec<(SourcePath, Vec<u8>)>) {
        use rayon::prelude::*;
        let definitions = Arc::clone(&self.parts.definitions);
        let rest: Vec<(SourcePath, Vec<u8>)> = files
            .into_iter()
            .filter(|(path, _)| !is_definition(path) && is_read(path))
            .collect();
        let (records, others): (Vec<_>, Vec<_>) =
            rest.into_par_iter().partition(|(path, _)| is_record(path));
        let drafts: Vec<(SourcePath, Arc<Draft>)> = records
            .into_par_iter()
            .map(|(path, bytes)| {
                (
                    path.clone(),
                    Arc::new(record::read(&path, &bytes, &definitions)),
                )
            })
            .collect();
        self.parts.drafts.extend(drafts);
        let inspected: Vec<_> = others
            .into_par_iter()
            .map(|(path, bytes)| (path.clone(), attachment::inspect(&path, &bytes)))
            .collect();
        self.parts.attachments.extend(inspected);
    }
}

fn banner(problem: &Diagnostic, good: &Definitions) -> Banner {
    Banner {
        text: problem.headline(good.config.lang),
        path: problem.shown_path(),
    }
}

fn parted(found: Vec<Found>) -> (Vec<(SourcePath, Vec<u8>)>, Vec<String>) {
    let (mut files, mut unusable) = (Vec::new(), Vec::new());
    for item in found {
        match item {
            Found::File(path, bytes) => files.push((path, bytes)),
            Found::Unusable(name) => unusable.push(name),
        }
    }
    (files, unusable)
}

/// `_` folders hold no records and no files for readers.
fn is_read(path: &SourcePath) -> bool {
    !path.as_str().split('/').any(|part| part.starts_with('_'))
}

fn is_record(path: &SourcePath) -> bool {
    path.extension() == "md" || path.extension() == "markdown"
}
