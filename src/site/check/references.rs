//! References in fields that lead nowhere, to several records, or to a kind that does not fit.

use crate::{
    diag::{Code, Diagnostic},
    model::{FieldType, KindKey, Record, Targets},
    site::{
        RecordIndex, Site,
        graph::{Found, Reference},
    },
    text::likeness::nearest,
};

pub(super) fn check(site: &Site, out: &mut Vec<Diagnostic>) {
    for (index, record) in site.indices() {
        for reference in site.graph.references(index) {
            match &reference.found {
                Found::One(_) => {}
                Found::Nothing => out.push(nothing(site, record, reference)),
                Found::WrongKind(other) => out.push(wrong_kind(site, record, reference, *other)),
                Found::Several(all) => out.push(several(site, record, reference, all)),
            }
        }
    }
}

fn problem(code: Code, record: &Record, reference: &Reference) -> Diagnostic {
    let label = record
        .kind
        .field(&reference.field)
        .map_or_else(|| reference.field.to_string(), |f| f.label.clone());
    Diagnostic::new(code, record.path.as_str())
        .at(reference.span)
        .arg("field", label)
        .arg("key", &*reference.field)
        .arg("reference", &reference.written)
        .arg("team", &reference.written)
        .in_field(&*reference.field)
}

fn nothing(site: &Site, record: &Record, reference: &Reference) -> Diagnostic {
    let targets = targets(record, &reference.field);
    let is_team = targets == Some(&Targets::Kinds(vec![KindKey::new("team")]));
    let code = if is_team { Code::K206 } else { Code::K201 };
    let fits = |r: &&std::sync::Arc<Record>| targets.is_none_or(|t| t.allow(&r.reference.kind));
    let ids = site
        .records
        .iter()
        .filter(fits)
        .map(|r| r.reference.id.as_str());
    let near = nearest(&reference.written, ids).map(str::to_owned);
    let mut problem = problem(code, record, reference).with_suggestion(near.clone());
    if let Some(Targets::Kinds(kinds)) = targets
        && let [one] = kinds.as_slice()
        && let Some(kind) = site.definitions.kinds.by_key(one)
    {
        problem = problem.arg_in("noun", kind.name_one.to_lowercase(), "record");
    }
    match near {
        Some(near) => with_line(problem, record, reference, &near),
        None => problem,
    }
}

/// A line to paste, unless it would leave out other values of the field.
fn with_line(
    problem: Diagnostic,
    record: &Record,
    reference: &Reference,
    value: &str,
) -> Diagnostic {
    let is_reference = record
        .kind
        .field(&reference.field)
        .is_some_and(|f| matches!(f.field_type, FieldType::Reference(_)));
    let alone = record.values(&reference.field).len() == 1;
    if !(is_reference && alone) {
        return problem;
    }
    let many = record.kind.field(&reference.field).is_some_and(|f| f.many);
    let value = if many {
        format!("[{value}]")
    } else {
        value.to_owned()
    };
    problem.with_fix(format!("{}: {value}", reference.field))
}

fn wrong_kind(
    site: &Site,
    record: &Record,
    reference: &Reference,
    other: RecordIndex,
) -> Diagnostic {
    let kind = site
        .record(other)
        .map(|r| r.kind.name_one.clone())
        .unwrap_or_default();
    let name = |key: &KindKey| {
        site.definitions
            .kinds
            .by_key(key)
            .map_or_else(|| key.to_string(), |k| k.name_one.clone())
    };
    let allowed: Vec<String> = match targets(record, &reference.field) {
        Some(Targets::Kinds(kinds)) => kinds.iter().map(name).collect(),
        _ => Vec::new(),
    };
    problem(Code::K203, record, reference)
        .arg("actual", kind)
        .arg("expected", allowed.join(", "))
}

fn several(site: &Site, record: &Record, reference: &Reference, all: &[RecordIndex]) -> Diagnostic {
    let long = |&index: &RecordIndex| {
        Some({
            let r = site.record(index)?;
            format!("{}/{}", r.kind.folder, r.reference.id)
        })
    };
    let forms: Vec<String> = all.iter().filter_map(long).collect();
    let first = forms.first().cloned().unwrap_or_default();
    with_line(
        problem(Code::K202, record, reference).arg("example", &first),
        record,
        reference,
        &first,
    )
    .with_choices(forms)
}

fn targets<'a>(record: &'a Record, field: &str) -> Option<&'a Targets> {
    match &record.kind.field(field)?.field_type {
        FieldType::Reference(targets) => Some(targets),
        FieldType::Table(columns) => columns.iter().find_map(|c| match &c.field_type {
            FieldType::Reference(targets) => Some(targets),
            _ => None,
        }),
        _ => None,
    }
}
