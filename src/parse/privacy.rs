//! What in a file may point at a person: found here, judged by who may see the record.

use std::ops::Range;

use crate::{
    diag::{Code, Diagnostic, Severity, Span},
    model::{FieldType, Record, Value},
    text::{
        cpr,
        personal::{self, Kind as Finding},
    },
};

/// CPR-like numbers anywhere in a file: an error whoever may see it.
#[must_use]
pub fn cpr_numbers(path: &str, text: &str) -> Vec<Diagnostic> {
    cpr::find(text)
        .into_iter()
        .map(|range| Diagnostic::new(Code::K401, path).at(span(&range)))
        .collect()
}

/// A CPR-like number in the name of a file or of a folder above it.
#[must_use]
pub fn cpr_in_name(path: &str) -> Option<Diagnostic> {
    (!cpr::find_in_name(path).is_empty()).then(|| Diagnostic::new(Code::K406, path))
}

/// Phone numbers, mail addresses, addresses and names in the words of a record: a question while
/// it is among us, an error when it is `offentlig`, unless a role has released it.
#[must_use]
pub fn findings(record: &Record) -> Vec<Diagnostic> {
    let text = &record.document.text;
    let severity = if record.is_public() {
        Severity::Error
    } else {
        Severity::Notice
    };
    let released = record.values("frigivet");
    let mut found = Vec::new();
    let mut look = |range: Span| {
        for finding in personal::find(range.of(text).unwrap_or_default()) {
            let code = match finding.kind {
                Finding::Phone => Code::K402,
                Finding::Mail => Code::K403,
                Finding::Address => Code::K404,
                Finding::Name => Code::K405,
            };
            if is_released(released, code) {
                continue;
            }
            let span = span(&finding.range).shifted(range.start);
            found.push(
                Diagnostic::new(code, record.path.as_str())
                    .at(span)
                    .with_severity(severity),
            );
        }
    };
    look(record.document.body);
    for entry in &record.entries {
        // Contact fields are there to hold a phone number, and `sted` to hold a place.
        let exempt = record.kind.field(&entry.key).is_none_or(|field| {
            matches!(
                field.field_type,
                FieldType::Phone | FieldType::Mail | FieldType::Address | FieldType::Role
            )
        });
        for value in entry.values.iter().filter(|_| !exempt) {
            if matches!(value.value, Value::Text(_)) {
                look(value.span);
            }
        }
    }
    found
}

/// A release names what was found: "telefon", "mail", "adresse" or "navn".
fn is_released(released: &[crate::model::Placed<Value>], code: Code) -> bool {
    let word = match code {
        Code::K402 => "telefon",
        Code::K403 => "mail",
        Code::K404 => "adresse",
        _ => "navn",
    };
    released.iter().any(|placed| match &placed.value {
        Value::Row(row) => row
            .cell("fund")
            .iter()
            .any(|v| v.value.to_plain().to_lowercase().contains(word)),
        other => other.to_plain().to_lowercase().contains(word),
    })
}

const fn span(range: &Range<usize>) -> Span {
    Span {
        start: range.start,
        end: range.end,
    }
}
