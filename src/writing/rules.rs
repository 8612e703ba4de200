//! What may be saved: by whom, and what must never be on the disk.

use std::{collections::BTreeSet, sync::Arc};

use super::Asked;
use crate::{
    diag::{Code, Diagnostic},
    model::{Broken, Definitions, FieldType, Record, Review, SourcePath, Value, Visibility},
    parse::{
        edit::{self, Written},
        record,
    },
    text::fold::match_key,
};

/// Why a text was not saved. The text is still where it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It is not for this person, or one field of it is not.
    NotAllowed {
        /// The field, when it is one.
        field: Option<String>,
    },
    /// A number that looks like a CPR number.
    Cpr(Vec<Diagnostic>),
    /// The fields cannot be read.
    Unreadable(Vec<Diagnostic>),
    /// Something points at a person, and everybody may see the text.
    Personal(Vec<Diagnostic>),
    /// Whoever wrote a text does not say good for it.
    OwnText,
    /// The title is missing.
    Untitled,
}

/// A text that may be saved, as it will be.
pub(super) struct Accepted {
    pub text: String,
    pub record: Arc<Record>,
    pub approval_lost: bool,
}

/// A file as it was: a record, or what is left of one.
pub(super) type Old = Result<Arc<Record>, Arc<Broken>>;

pub(super) fn read(path: &SourcePath, text: &str, definitions: &Definitions) -> Old {
    record::read(path, text.as_bytes(), definitions).outcome
}

pub(super) fn accept(
    asked: &Asked<'_>,
    old: Option<&Old>,
    path: &SourcePath,
    text: &str,
    definitions: &Definitions,
) -> Result<Accepted, Refusal> {
    let draft = record::read(path, text.as_bytes(), definitions);
    let is_number = |d: &&Diagnostic| matches!(d.code, Code::K401 | Code::K406);
    let numbers: Vec<Diagnostic> = draft
        .diagnostics
        .iter()
        .filter(is_number)
        .cloned()
        .collect();
    if !numbers.is_empty() {
        return Err(Refusal::Cpr(numbers));
    }
    let Ok(new) = draft.outcome else {
        return Err(Refusal::Unreadable(draft.diagnostics));
    };
    let before = match old {
        Some(Ok(before)) => Some(before),
        // Whoever may begin such records may mend one that cannot be read.
        Some(Err(_)) | None => None,
    };
    let may = match before {
        Some(before) => {
            let reworded = before.document.markdown() != new.document.markdown();
            asked.actor.may_edit(before)
                && asked.actor.may_edit(&new)
                && (!reworded || asked.actor.may_reword(before))
        }
        None => asked.actor.may_add(&new),
    };
    if !may {
        return Err(Refusal::NotAllowed { field: None });
    }
    let changed = changed_fields(before.map(|b| &**b), &new);
    // Whoever writes a comment gives it all that it needs.
    let is_new_comment = before.is_none() && !asked.actor.may_edit(&new);
    for key in changed.iter().filter(|_| !is_new_comment) {
        let Some(field) = new.kind.field(key) else {
            continue;
        };
        let is_review = &*field.key == "gennemgang";
        if !(asked.actor.may_fill(field, &new.kind) || is_review) {
            return Err(Refusal::NotAllowed {
                field: Some(field.key.to_string()),
            });
        }
    }
    let is_approving =
        new.review == Review::Approved && before.is_none_or(|b| b.review != Review::Approved);
    if is_approving {
        if !asked.actor.may_approve() {
            return Err(Refusal::NotAllowed {
                field: Some("gennemgang".to_owned()),
            });
        }
        if before.is_none()
            || asked.last_writer.is_some() && asked.last_writer == asked.actor.key.as_deref()
        {
            return Err(Refusal::OwnText);
        }
    }
    if new.visibility == Visibility::Public {
        let personal: Vec<Diagnostic> = draft
            .diagnostics
            .iter()
            .filter(|d| matches!(d.code, Code::K402 | Code::K403 | Code::K404 | Code::K405))
            .cloned()
            .collect();
        if !personal.is_empty() {
            return Err(Refusal::Personal(personal));
        }
    }
    let words_changed = before.is_some_and(|b| {
        b.document.markdown() != new.document.markdown()
            || changed.iter().any(|key| is_words(&new, key))
    });
    if new.review == Review::Approved && words_changed {
        return unapproved(path, text, &new, definitions);
    }
    Ok(Accepted {
        text: text.to_owned(),
        record: new,
        approval_lost: false,
    })
}

/// A changed text is read again by somebody before everybody may see it.
fn unapproved(
    path: &SourcePath,
    text: &str,
    record: &Arc<Record>,
    definitions: &Definitions,
) -> Result<Accepted, Refusal> {
    let not_yet = Written::One(Review::NotYet.key().to_owned());
    let text = edit::set_field(text, &record.kind, "gennemgang", &not_yet).map_err(|_| {
        Refusal::NotAllowed {
            field: Some("gennemgang".to_owned()),
        }
    })?;
    match read(path, &text, definitions) {
        Ok(record) => Ok(Accepted {
            text,
            record,
            approval_lost: true,
        }),
        Err(_) => Err(Refusal::Unreadable(Vec::new())),
    }
}

/// Whether a change of a field is a change of what the text says. A day and a yes are not; neither is the reading.
fn is_words(record: &Record, key: &str) -> bool {
    if matches!(key, "gennemgang" | "frigivet" | "fravalgte_råd") {
        return false;
    }
    record
        .kind
        .field(key)
        .is_none_or(|field| !matches!(field.field_type, FieldType::Date | FieldType::Flag))
}

/// The keys whose values differ.
fn changed_fields(before: Option<&Record>, after: &Record) -> BTreeSet<String> {
    let keys = |record: &Record| -> Vec<String> {
        record
            .entries
            .iter()
            .filter(|e| !e.values.is_empty())
            .map(|e| e.key.to_string())
            .collect()
    };
    let values = |record: &Record, key: &str| -> Vec<Value> {
        record.values(key).iter().map(|v| bare(&v.value)).collect()
    };
    let mut all: BTreeSet<String> = keys(after).into_iter().collect();
    all.extend(before.map(keys).unwrap_or_default());
    all.retain(|key| {
        let old = before.map(|b| values(b, key)).unwrap_or_default();
        old != values(after, key)
    });
    all
}

/// A value without its places, which move when anything above it changes.
fn bare(value: &Value) -> Value {
    match value {
        Value::Row(_) => Value::Text(value.to_plain()),
        Value::Choice(key) => Value::Text(match_key(key)),
        other => other.clone(),
    }
}
