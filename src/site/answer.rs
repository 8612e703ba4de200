//! Answers to the questions of `visning` blocks: which records, in which order and groups.
//!
//! Pure calculation over a view; how the answer looks is the renderer's.

use std::cmp::Ordering;

use super::{SiteView, view::Seen};
use crate::{
    model::{Condition, FieldType, Pattern, Question, Record, Test, Value},
    text::{danish, fold::match_key},
};

/// The answer to a question.
#[derive(Debug)]
pub struct Answer<'a> {
    /// How many records fit.
    pub total: usize,
    /// Those that are shown, in groups; one group without a title when none were asked for.
    pub groups: Vec<Group<'a>>,
}

/// Records that share a value.
#[derive(Debug)]
pub struct Group<'a> {
    /// The shared value as people read it.
    pub title: Option<String>,
    /// The records.
    pub records: Vec<Seen<'a>>,
}

/// Answers a question on the page of a record.
#[must_use]
pub fn answer<'a>(view: &'a SiteView, question: &Question, page: Option<&Record>) -> Answer<'a> {
    let mut found: Vec<Seen<'a>> = if question.kinds.is_empty() {
        view.records().collect()
    } else {
        question
            .kinds
            .iter()
            .flat_map(|kind| view.of_kind(kind))
            .collect()
    };
    found.retain(|seen| {
        question
            .conditions
            .iter()
            .all(|condition| holds(view, seen, condition, page))
    });
    let by_title = |a: &Seen<'_>, b: &Seen<'_>| {
        (&a.record.sort_key, &a.record.reference).cmp(&(&b.record.sort_key, &b.record.reference))
    };
    found.sort_by(by_title);
    if let Some(sort) = &question.sort {
        // Records without the value stand last whichever way the order runs.
        found.sort_by(
            |a, b| match (a.record.value(&sort.field), b.record.value(&sort.field)) {
                (Some(a), Some(b)) if sort.descending => compare(b, a),
                (Some(a), Some(b)) => compare(a, b),
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                (None, None) => Ordering::Equal,
            },
        );
    }
    let total = found.len();
    found.truncate(question.limit);
    Answer {
        total,
        groups: grouped(view, found, question.group.as_deref()),
    }
}

fn grouped<'a>(view: &SiteView, found: Vec<Seen<'a>>, field: Option<&str>) -> Vec<Group<'a>> {
    let Some(field) = field else {
        return vec![Group {
            title: None,
            records: found,
        }];
    };
    let mut groups: Vec<(usize, Group<'a>)> = Vec::new();
    for seen in found {
        let (order, title) = group_of(view, &seen, field);
        match groups.iter_mut().find(|(_, g)| g.title == title) {
            Some((_, group)) => group.records.push(seen),
            None => groups.push((
                order,
                Group {
                    title,
                    records: vec![seen],
                },
            )),
        }
    }
    // The groups of a choice stand in the order of its vocabulary; the group without a value last.
    groups.sort_by_key(|(order, group)| (group.title.is_none(), *order));
    groups.into_iter().map(|(_, group)| group).collect()
}

fn group_of(view: &SiteView, seen: &Seen<'_>, field: &str) -> (usize, Option<String>) {
    if field == "type" {
        let kind = &seen.record.kind;
        return (
            view.definitions().kinds.position(&kind.key),
            Some(kind.name_many.clone()),
        );
    }
    let Some(value) = seen.record.value(field) else {
        return (0, None);
    };
    let definition = seen.record.kind.field(field);
    if let Some(FieldType::Choice(choices)) = definition.map(|f| &f.field_type) {
        let key = value.to_plain();
        let order = choices.iter().position(|c| *c.key == *key);
        return (
            order.unwrap_or(usize::MAX),
            order.and_then(|i| choices.get(i)).map(|c| c.label.clone()),
        );
    }
    if let Value::Reference(_) = value {
        // A group that the audience may not see has no title, and so no name leaks.
        let title = view
            .references(seen.index)
            .find(|(key, _)| *key == field)
            .map(|(_, to)| to.record.title.clone());
        return (0, title);
    }
    (0, Some(value.to_plain()))
}

fn holds(view: &SiteView, seen: &Seen<'_>, condition: &Condition, page: Option<&Record>) -> bool {
    let record = seen.record;
    if &*condition.field == "type" {
        return match &condition.test {
            Test::AnyOf(patterns) => patterns
                .iter()
                .any(|p| fits_text(p, record.reference.kind.as_str())),
            _ => true,
        };
    }
    // What a reference points at counts only when the audience may see it.
    let is_reference = record
        .kind
        .field(&condition.field)
        .is_some_and(|f| matches!(f.field_type, FieldType::Reference(_)));
    let targets = || {
        view.references(seen.index)
            .filter(|(key, _)| **key == *condition.field)
            .map(|(_, to)| to.record)
    };
    match &condition.test {
        Test::Empty => {
            if is_reference {
                targets().next().is_none()
            } else {
                record.values(&condition.field).is_empty()
            }
        }
        Test::Set => {
            if is_reference {
                targets().next().is_some()
            } else {
                !record.values(&condition.field).is_empty()
            }
        }
        Test::ThisRecord => {
            page.is_some_and(|page| targets().any(|to| to.reference == page.reference))
        }
        Test::AnyOf(patterns) if is_reference => {
            let ids: Vec<&str> = targets().map(|to| to.reference.id.as_str()).collect();
            any(patterns, ids.len(), |p, i| {
                ids.get(i).is_some_and(|id| fits_text(p, id))
            })
        }
        Test::AnyOf(patterns) => {
            let values = record.values(&condition.field);
            any(patterns, values.len(), |p, i| {
                values.get(i).is_some_and(|v| fits(p, &v.value))
            })
        }
    }
}

/// "is" holds when any value fits; "is not" when none is the value.
fn any(patterns: &[Pattern], count: usize, fits: impl Fn(&Pattern, usize) -> bool) -> bool {
    patterns.iter().any(|pattern| match pattern {
        Pattern::IsNot(_) => (0..count).all(|i| fits(pattern, i)),
        _ => (0..count).any(|i| fits(pattern, i)),
    })
}

fn fits(pattern: &Pattern, value: &Value) -> bool {
    let plain = value.to_plain();
    match pattern {
        Pattern::Is(_) | Pattern::IsNot(_) => fits_text(pattern, &plain),
        Pattern::Above { bound, or_equal } => order_to(value, bound)
            .is_some_and(|o| o == Ordering::Greater || (*or_equal && o == Ordering::Equal)),
        Pattern::Below { bound, or_equal } => order_to(value, bound)
            .is_some_and(|o| o == Ordering::Less || (*or_equal && o == Ordering::Equal)),
    }
}

fn fits_text(pattern: &Pattern, plain: &str) -> bool {
    match pattern {
        Pattern::Is(wanted) => match_key(plain) == *wanted,
        Pattern::IsNot(unwanted) => match_key(plain) != *unwanted,
        Pattern::Above { .. } | Pattern::Below { .. } => false,
    }
}

fn order_to(value: &Value, bound: &str) -> Option<Ordering> {
    match number(value) {
        Some(number) => number.partial_cmp(&bound.replace(',', ".").parse().ok()?),
        // Dates and periods are written so that their texts sort as they do.
        None => Some(value.to_plain().as_str().cmp(bound)),
    }
}

#[expect(clippy::cast_precision_loss, reason = "only compared")]
const fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Integer(n) => Some(*n as f64),
        Value::Decimal(n) => Some(*n),
        Value::Interval(low, _) => Some(*low as f64),
        _ => None,
    }
}

/// The order of two values of one field.
#[must_use]
pub fn compare(a: &Value, b: &Value) -> Ordering {
    if let (Some(a), Some(b)) = (number(a), number(b)) {
        return a.total_cmp(&b);
    }
    match (a, b) {
        (Value::Date(a), Value::Date(b)) => a.cmp(b),
        (Value::Period(a), Value::Period(b)) => a.cmp(b),
        _ => danish::sort_key(&a.to_plain()).cmp(&danish::sort_key(&b.to_plain())),
    }
}
