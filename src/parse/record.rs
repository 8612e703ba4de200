//! A file to a [`Draft`]: front matter, body, and everything that is wrong with the file by itself.

use std::sync::Arc;

use super::{
    front_matter::{self, Parts},
    markdown, privacy,
    traps::{self, Trap},
    value,
    yaml::{self, Node, PlacedNode},
};
use crate::{
    diag::{Code, Diagnostic, Severity, Span},
    model::{
        Broken, Definitions, Document, Draft, Entry, Field, FieldType, Kind, KindKey, Placed,
        Purpose, Record, RecordId, RecordRef, Requirement, Review, SourcePath, Value, Visibility,
    },
    text::{danish, fold::match_key, likeness::nearest},
};

/// The largest text that is read as a record; a whole handbook is well below it.
pub const LARGEST_TEXT: usize = 2 * 1024 * 1024;

/// Reads one file.
#[must_use]
pub fn read(path: &SourcePath, bytes: &[u8], definitions: &Definitions) -> Draft {
    let kind = kind_of(path, definitions);
    let reference = RecordRef {
        kind: kind.key.clone(),
        id: RecordId::new(path.stem()),
    };
    let hash: Arc<str> = blake3::hash(bytes).to_hex().as_str().into();
    let file = File {
        path,
        kind,
        reference,
        hash,
        definitions,
    };
    let mut problems: Vec<Diagnostic> = privacy::cpr_in_name(path.as_str()).into_iter().collect();
    if bytes.len() > LARGEST_TEXT {
        problems.push(
            Diagnostic::new(Code::K004, path.as_str())
                .arg("size", format!("{} MB", bytes.len().div_ceil(1024 * 1024)))
                .arg("limit", "2 MB"),
        );
        return file.broken(None, problems);
    }
    let text: Arc<str> = match std::str::from_utf8(bytes) {
        Ok(text) => text.into(),
        Err(error) => {
            let line = bytes
                .get(..error.valid_up_to())
                .map_or(1, |b| b.iter().filter(|&&c| c == b'\n').count() + 1);
            problems.push(Diagnostic::new(Code::K003, path.as_str()).arg("line", line.to_string()));
            return file.broken(None, problems);
        }
    };
    let numbers = privacy::cpr_numbers(path.as_str(), &text);
    if !numbers.is_empty() || !problems.is_empty() {
        problems.extend(numbers);
        return file.withheld(&text, problems);
    }
    file.read(&text, problems)
}

/// The kind that a file's first folder gives; a page when no kind claims it.
fn kind_of(path: &SourcePath, definitions: &Definitions) -> Arc<Kind> {
    let by_folder = path
        .first_folder()
        .and_then(|folder| definitions.kinds.by_folder(&folder.to_lowercase()));
    let page = || definitions.kinds.by_key(&KindKey::new("side"));
    by_folder.or_else(page).cloned().unwrap_or_else(|| {
        Arc::new(Kind::new(
            KindKey::new("side"),
            "sider".to_owned(),
            Vec::new(),
        ))
    })
}

struct File<'a> {
    path: &'a SourcePath,
    kind: Arc<Kind>,
    reference: RecordRef,
    hash: Arc<str>,
    definitions: &'a Definitions,
}

impl File<'_> {
    fn broken(self, text: Option<Arc<str>>, diagnostics: Vec<Diagnostic>) -> Draft {
        let broken = Broken {
            reference: self.reference,
            kind: self.kind,
            path: self.path.clone(),
            text,
            withheld: false,
            hash: self.hash,
        };
        Draft {
            outcome: Err(Arc::new(broken)),
            diagnostics,
        }
    }

    /// A text with a CPR-like number is shown to nobody; without its digits it still has lines.
    fn withheld(self, text: &str, diagnostics: Vec<Diagnostic>) -> Draft {
        let text = Some(crate::text::cpr::mask(text).into_owned().into());
        let broken = Broken {
            reference: self.reference,
            kind: self.kind,
            path: self.path.clone(),
            text,
            withheld: true,
            hash: self.hash,
        };
        Draft {
            outcome: Err(Arc::new(broken)),
            diagnostics,
        }
    }

    fn read(self, text: &Arc<str>, mut problems: Vec<Diagnostic>) -> Draft {
        let path = self.path.as_str();
        let parts = match front_matter::split(text) {
            Ok(parts) => parts,
            Err(open) => {
                problems.push(Diagnostic::new(Code::K001, path).at(open.opening));
                return self.broken(Some(Arc::clone(text)), problems);
            }
        };
        let Some(entries) = self.front_matter(text, parts, &mut problems) else {
            return self.broken(Some(Arc::clone(text)), problems);
        };
        let document = markdown::document(path, text, parts.body, self.definitions, &mut problems);
        let record = self.record(entries, document, &mut problems);
        problems.extend(privacy::findings(&record));
        Draft {
            outcome: Ok(Arc::new(record)),
            diagnostics: problems,
        }
    }

    /// The fields, or nothing when the front matter cannot be trusted.
    fn front_matter(
        &self,
        text: &str,
        parts: Parts,
        problems: &mut Vec<Diagnostic>,
    ) -> Option<Vec<Entry>> {
        let Some(span) = parts.yaml else {
            return Some(Vec::new());
        };
        let path = self.path.as_str();
        let yaml = span.of(text).unwrap_or_default();
        let traps = traps::find(path, yaml, span.start);
        let breaking = traps.iter().any(Trap::breaks_the_file);
        problems.extend(
            traps
                .into_iter()
                .filter(|t| self.matters(t))
                .map(|t| t.diagnostic),
        );
        if breaking {
            return None;
        }
        let node = match yaml::read(yaml, span.start) {
            Ok(node) => node,
            Err(error) => {
                problems.push(error.diagnostic(path));
                return None;
            }
        };
        match node.value {
            Node::Map(items) => self.entries(items, problems),
            Node::Null => Some(Vec::new()),
            _ => {
                problems.push(Diagnostic::new(Code::K014, path).at(node.span));
                None
            }
        }
    }

    /// A note after a date or a number is a note; after words it is probably part of them.
    fn matters(&self, trap: &Trap) -> bool {
        trap.diagnostic.code != Code::K012
            || self
                .kind
                .field(&trap.key)
                .is_none_or(|f| f.field_type.is_words())
    }

    /// The entries, or nothing when a field stands there twice under two names.
    fn entries(
        &self,
        items: Vec<(Placed<String>, PlacedNode)>,
        problems: &mut Vec<Diagnostic>,
    ) -> Option<Vec<Entry>> {
        let mut entries: Vec<Entry> = Vec::with_capacity(items.len());
        let mut twice = false;
        for (key, node) in items {
            let name = traps::without_invisible(&key.value);
            // `title` is what other programs call it.
            let name = if match_key(&name) == "title" && self.kind.field("title").is_none() {
                "titel".to_owned()
            } else {
                name
            };
            let Some(field) = self.kind.field(&name) else {
                problems.push(self.unknown(&name, key.span));
                continue;
            };
            if entries.iter().any(|e| e.key == field.key) {
                twice = true;
                problems.push(
                    Diagnostic::new(Code::K007, self.path.as_str())
                        .at(key.span)
                        .arg("key", &name),
                );
                continue;
            }
            let before = problems.len();
            let mut values = value::read(self.path.as_str(), field, &node, problems);
            if self.one_answer_per_row(field, &node, before, problems) {
                values.clear();
            }
            entries.push(Entry {
                key: Arc::clone(&field.key),
                key_span: key.span,
                values,
            });
        }
        (!twice).then_some(entries)
    }

    fn unknown(&self, name: &str, span: Span) -> Diagnostic {
        let known: Vec<&str> = self.kind.fields.iter().map(|f| &*f.key).collect();
        let near = nearest(name, known.iter().copied()).map(str::to_owned);
        // Whoever brings a folder from another program brings its keys too.
        let severity = if near.is_none() && self.is_foreign() {
            Severity::Notice
        } else {
            Severity::Warning
        };
        Diagnostic::new(Code::K101, self.path.as_str())
            .at(span)
            .arg("key", name)
            .with_suggestion(near)
            .with_severity(severity)
    }

    /// A file outside every kind's folder.
    fn is_foreign(&self) -> bool {
        self.path
            .first_folder()
            .is_none_or(|folder| self.definitions.kinds.by_folder(folder).is_none())
    }

    /// A table of averages whose rows hold single answers: nobody's answers may be stored.
    fn one_answer_per_row(
        &self,
        field: &Field,
        node: &PlacedNode,
        before: usize,
        problems: &mut Vec<Diagnostic>,
    ) -> bool {
        let FieldType::Table(columns) = &field.field_type else {
            return false;
        };
        let Some(mean) = columns
            .iter()
            .find(|c| matches!(c.field_type, FieldType::Decimal))
        else {
            return false;
        };
        let Node::List(items) = &node.value else {
            return false;
        };
        let has_mean = |item: &PlacedNode| match &item.value {
            Node::Map(cells) => cells
                .iter()
                .any(|(key, _)| match_key(&key.value) == match_key(&mean.key)),
            _ => false,
        };
        let single = items.len() >= 2 && !items.iter().any(has_mean);
        if single {
            // One message a cause: the columns of single answers are all unknown.
            problems.truncate(before);
            problems.push(
                Diagnostic::new(Code::K108, self.path.as_str())
                    .at(node.span)
                    .in_field(&*field.key),
            );
        }
        single
    }

    fn record(
        self,
        mut entries: Vec<Entry>,
        document: Document,
        problems: &mut Vec<Diagnostic>,
    ) -> Record {
        self.add_defaults(&mut entries);
        let path = self.path.as_str();
        let words = |key: &str| match entries
            .iter()
            .find(|e| &*e.key == key)?
            .values
            .first()?
            .value
        {
            Value::Text(ref t) => Some(t.clone()),
            _ => None,
        };
        let choice = |key: &str| match entries
            .iter()
            .find(|e| &*e.key == key)?
            .values
            .first()?
            .value
        {
            Value::Choice(ref c) => Some(match_key(c)),
            Value::Text(ref t) => Some(match_key(t)),
            _ => None,
        };
        let flag = |key: &str| {
            entries.iter().find(|e| &*e.key == key).is_some_and(
                |e| matches!(e.values.first(), Some(p) if p.value == Value::Flag(true)),
            )
        };
        let team = entries.iter().find(|e| &*e.key == "team").and_then(|e| {
            match &e.values.first()?.value {
                Value::Reference(target) => {
                    Some(RecordId::new(target.rsplit('/').next().unwrap_or(target)))
                }
                _ => None,
            }
        });
        let lead = words("resume").unwrap_or_else(|| document.first_sentence.clone());
        let visibility = choice("synlighed")
            .and_then(|c| Visibility::from_key(&c))
            .unwrap_or_default();
        let review = choice("gennemgang")
            .and_then(|c| Review::from_key(&c))
            .unwrap_or_default();
        let withdrawn = entries
            .iter()
            .any(|e| &*e.key == "trukket_tilbage" && !e.values.is_empty());
        // A team's own record belongs to that team.
        let team =
            team.or_else(|| (self.kind.key.as_str() == "team").then(|| self.reference.id.clone()));
        let given = words("titel");
        let title = given.clone().unwrap_or_else(|| self.title_from(&document));
        let mut names = vec![match_key(&title)];
        if let Some(aliases) = entries.iter().find(|e| &*e.key == "også_kaldt") {
            names.extend(
                aliases
                    .values
                    .iter()
                    .map(|v| match_key(&v.value.to_plain())),
            );
        }
        let record = Record {
            sort_key: danish::sort_key(&title),
            names,
            title,
            lead,
            visibility,
            review,
            example: flag("eksempel"),
            withdrawn,
            team,
            entries,
            document,
            reference: self.reference,
            kind: self.kind,
            path: self.path.clone(),
            hash: self.hash,
        };
        missing_fields(&record, given.is_some(), problems);
        order_of_dates(&record, path, problems);
        record
    }

    /// The site's own values for common keys where a record gives none.
    fn add_defaults(&self, entries: &mut Vec<Entry>) {
        let nowhere = Span { start: 0, end: 0 };
        for (key, words) in &self.definitions.config.defaults {
            let Some(field) = self.kind.field(key) else {
                continue;
            };
            if entries.iter().any(|e| e.key == field.key) {
                continue;
            }
            let node = Placed {
                value: Node::Scalar(words.clone()),
                span: nowhere,
            };
            let values = value::read(self.path.as_str(), field, &node, &mut Vec::new());
            entries.push(Entry {
                key: Arc::clone(&field.key),
                key_span: nowhere,
                values,
            });
        }
    }

    /// A page without a title is called by its first heading, or by its file.
    fn title_from(&self, document: &Document) -> String {
        let heading = document
            .headings
            .first()
            .map(|h| h.title.trim())
            .filter(|t| !t.is_empty());
        heading.map_or_else(|| self.path.stem().replace(['-', '_'], " "), str::to_owned)
    }
}

fn missing_fields(record: &Record, titled: bool, problems: &mut Vec<Diagnostic>) {
    let approved = record.review == Review::Approved;
    let severity = if approved {
        Severity::Error
    } else {
        Severity::Notice
    };
    for field in &record.kind.fields {
        if field.computed.is_some() || !record.values(&field.key).is_empty() {
            continue;
        }
        let is_title = &*field.key == "titel";
        if is_title && (titled || record.kind.key.as_str() == "side") {
            continue;
        }
        // A value of the wrong form has its own message.
        if record.entry(&field.key).is_some()
            && problems
                .iter()
                .any(|p| p.field.as_deref() == Some(&*field.key))
        {
            continue;
        }
        if is_required(record, &field.required) {
            problems.push(
                Diagnostic::new(Code::K102, record.path.as_str())
                    .at(place_of_missing(record, field))
                    .arg("field", &field.label)
                    .arg("key", &*field.key)
                    .with_severity(severity)
                    .in_field(&*field.key)
                    .arg("example", example(field)),
            );
        }
    }
}

/// A value that shows the form of a field.
fn example(field: &Field) -> String {
    match &field.field_type {
        FieldType::Choice(choices) => choices
            .first()
            .map_or_else(|| "…".to_owned(), |c| c.key.to_string()),
        other => value::example(other).to_owned(),
    }
}

/// The empty field, else the field that makes it needed, else the top of the file.
fn place_of_missing(record: &Record, field: &Field) -> Span {
    let key = match &field.required {
        _ if record.entry(&field.key).is_some() => &field.key,
        Requirement::WhenSet(other) | Requirement::WhenIs(other, _) => {
            record.kind.field(other).map_or(other, |f| &f.key)
        }
        Requirement::No | Requirement::Yes => &field.key,
    };
    record.place_of(key)
}

fn is_required(record: &Record, requirement: &Requirement) -> bool {
    match requirement {
        Requirement::No => false,
        Requirement::Yes => true,
        Requirement::WhenSet(other) => record
            .kind
            .field(other)
            .is_some_and(|f| !record.values(&f.key).is_empty()),
        Requirement::WhenIs(other, wanted) => record.kind.field(other).is_some_and(|f| {
            record.values(&f.key).iter().any(|v| {
                wanted
                    .iter()
                    .any(|w| match_key(&v.value.to_plain()) == match_key(w))
            })
        }),
    }
}

/// `til` may not be before `fra`, nor `planlagt_til` before `planlagt_fra`: the rule is the names.
fn order_of_dates(record: &Record, path: &str, problems: &mut Vec<Diagnostic>) {
    for entry in &record.entries {
        let Some(stem) = entry.key.strip_suffix("til") else {
            continue;
        };
        let from_key = format!("{stem}fra");
        let (Some(from), Some(to)) = (record.date(&from_key), record.date(&entry.key)) else {
            continue;
        };
        if to < from {
            let span = entry.values.first().map_or(entry.key_span, |v| v.span);
            problems.push(
                Diagnostic::new(Code::K107, path)
                    .at(span)
                    .arg("start", from.to_string())
                    .arg("end", to.to_string())
                    .in_field(&*entry.key),
            );
        }
    }
}

/// Whether a record has its place in the views of a site for this purpose.
#[must_use]
pub fn counts(record: &Record, purpose: Purpose) -> bool {
    !(record.example && purpose == Purpose::Operation)
}
