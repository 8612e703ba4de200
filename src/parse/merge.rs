//! Two changes of one text: by field in the front matter, by paragraph in the body. Where both changed the same place,
//! nothing is chosen: both texts are given.

use std::collections::BTreeMap;

use super::{
    edit::{Chunk, chunks, ending_of},
    front_matter,
};
use crate::text::{fold::match_key, sequence};

/// What came of two changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merged {
    /// The text; where both changed the same place, what the resolver said.
    pub text: String,
    /// The places that both changed.
    pub conflicts: Vec<Conflict>,
}

/// A place that both changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// Which.
    pub place: Place,
    /// As it was.
    pub base: String,
    /// What the one wrote who comes last.
    pub yours: String,
    /// What was there already.
    pub theirs: String,
}

/// A place in a text.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Place {
    /// A field, by its key as it is typed.
    Field(String),
    /// A stretch of paragraphs: the number of the conflict in the body.
    Paragraph(usize),
}

/// What stands in a place that both changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keep {
    /// What the one wrote who comes last.
    Yours,
    /// What was there already.
    Theirs,
}

/// Merges two changes of one text. `keep` says what the text holds where both changed the same place.
#[must_use]
pub fn merge(base: &str, yours: &str, theirs: &str, keep: Keep) -> Merged {
    resolve(base, yours, theirs, &mut |conflict| match keep {
        Keep::Yours => conflict.yours.clone(),
        Keep::Theirs => conflict.theirs.clone(),
    })
}

/// Merges two changes of one text and asks what stands in each place that both changed.
#[must_use]
pub fn resolve(
    base: &str,
    yours: &str,
    theirs: &str,
    choose: &mut dyn FnMut(&Conflict) -> String,
) -> Merged {
    if yours == theirs || base == yours {
        return Merged {
            text: theirs.to_owned(),
            conflicts: Vec::new(),
        };
    }
    if base == theirs {
        return Merged {
            text: yours.to_owned(),
            conflicts: Vec::new(),
        };
    }
    let mut conflicts = Vec::new();
    let mut ask = |conflict: Conflict| {
        let chosen = choose(&conflict);
        conflicts.push(conflict);
        chosen
    };
    let (base, yours, theirs) = (Halves::of(base), Halves::of(yours), Halves::of(theirs));
    let head = if theirs.open == yours.open || base.open == yours.open {
        theirs.open
    } else {
        yours.open
    };
    let fields = fields(base.yaml, yours.yaml, theirs.yaml, &mut ask);
    // The closing fence goes with the fields.
    let close = if theirs.close.is_empty() {
        yours.close
    } else {
        theirs.close
    };
    let body = body(base.body, yours.body, theirs.body, &mut ask);
    Merged {
        text: format!("{head}{fields}{close}{body}"),
        conflicts,
    }
}

/// A text at its fences.
struct Halves<'a> {
    open: &'a str,
    yaml: &'a str,
    close: &'a str,
    body: &'a str,
}

impl<'a> Halves<'a> {
    fn of(text: &'a str) -> Self {
        let split = front_matter::split(text).ok();
        let Some((yaml, body)) = split.and_then(|p| Some((p.yaml?, p.body))) else {
            return Self {
                open: "",
                yaml: "",
                close: "",
                body: text,
            };
        };
        Self {
            open: text.get(..yaml.start).unwrap_or_default(),
            yaml: text.get(yaml.start..yaml.end).unwrap_or_default(),
            close: text.get(yaml.end..body.start).unwrap_or_default(),
            body: text.get(body.start..).unwrap_or_default(),
        }
    }
}

type Ask<'a> = dyn FnMut(Conflict) -> String + 'a;

/// Front matter, field by field. The order is theirs; a field that is new in yours stands behind the one that it stood
/// behind there.
fn fields(base: &str, yours: &str, theirs: &str, ask: &mut Ask<'_>) -> String {
    let (Some(b), Some(y), Some(t)) = (keyed(base), keyed(yours), keyed(theirs)) else {
        // A key that stands twice: line by line is all that can be said.
        return lines(base, yours, theirs, ask);
    };
    let nothing = String::new();
    let mut order: Vec<String> = t.order.clone();
    for (at, key) in y.order.iter().enumerate() {
        if order.contains(key) {
            continue;
        }
        let before = y.order.get(..at).unwrap_or_default();
        let behind = before
            .iter()
            .rev()
            .find_map(|key| order.iter().position(|known| known == key));
        order.insert(behind.map_or(0, |n| n + 1), key.clone());
    }
    let mut text = String::new();
    for key in &order {
        let of = |keyed: &Keyed| keyed.texts.get(key).unwrap_or(&nothing).clone();
        let (base, yours, theirs) = (of(&b), of(&y), of(&t));
        let piece = if yours == theirs || base == yours {
            theirs
        } else if base == theirs {
            yours
        } else {
            ask(Conflict {
                place: Place::Field(key.clone()),
                base,
                yours,
                theirs,
            })
        };
        if !text.is_empty() && !text.ends_with('\n') && !piece.is_empty() {
            text.push('\n');
        }
        text.push_str(&piece);
    }
    text
}

struct Keyed {
    order: Vec<String>,
    texts: BTreeMap<String, String>,
}

fn keyed(yaml: &str) -> Option<Keyed> {
    let mut keyed = Keyed {
        order: Vec::new(),
        texts: BTreeMap::new(),
    };
    for Chunk { key, text } in chunks(yaml) {
        let key = match_key(&key);
        if keyed.texts.insert(key.clone(), text).is_some() {
            return None;
        }
        keyed.order.push(key);
    }
    Some(keyed)
}

fn lines(base: &str, yours: &str, theirs: &str, ask: &mut Ask<'_>) -> String {
    let part =
        |text: &str| -> Vec<String> { text.split_inclusive('\n').map(str::to_owned).collect() };
    let mut ask = |number: usize, base: String, yours: String, theirs: String| {
        ask(Conflict {
            place: Place::Field(format!("{number}")),
            base,
            yours,
            theirs,
        })
    };
    woven(&part(base), &part(yours), &part(theirs), false, &mut ask)
}

fn body(base: &str, yours: &str, theirs: &str, ask: &mut Ask<'_>) -> String {
    let mut ask = |number: usize, base: String, yours: String, theirs: String| {
        ask(Conflict {
            place: Place::Paragraph(number),
            base,
            yours,
            theirs,
        })
    };
    woven(
        &paragraphs(base),
        &paragraphs(yours),
        &paragraphs(theirs),
        true,
        &mut ask,
    )
}

/// A body as paragraphs, each with the empty lines behind it; a fence of code is one paragraph.
#[must_use]
pub fn paragraphs(body: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    let (mut ended, mut fence) = (true, None::<char>);
    for line in body.split_inclusive('\n') {
        let trimmed = line.trim();
        let is_empty = trimmed.is_empty() && fence.is_none();
        if ended && !is_empty || parts.is_empty() {
            parts.push(String::new());
        }
        for sign in ['`', '~'] {
            if trimmed.starts_with(&sign.to_string().repeat(3)) {
                fence = match fence {
                    Some(open) if open == sign => None,
                    None => Some(sign),
                    other => other,
                };
            }
        }
        if let Some(last) = parts.last_mut() {
            last.push_str(line);
        }
        ended = is_empty;
    }
    parts
}

/// Weaves two changes of a list together. Parts are the same when their words are; the empty lines behind them do not
/// matter. Parts that stand `apart` have an empty line between them.
fn woven(
    base: &[String],
    yours: &[String],
    theirs: &[String],
    apart: bool,
    ask: &mut dyn FnMut(usize, String, String, String) -> String,
) -> String {
    let bare = |list: &[String]| -> Vec<String> {
        list.iter()
            .map(|p| p.trim().replace("\r\n", "\n"))
            .collect()
    };
    let (b, y, t) = (bare(base), bare(yours), bare(theirs));
    let mut text = String::new();
    let mut conflicts = 0;
    let mut add = |piece: &str| {
        if piece.is_empty() {
            return;
        }
        let ending = ending_of(&text);
        if !text.is_empty() && !text.ends_with('\n') {
            text.push_str(ending);
        }
        // What once was last has no empty line behind it.
        let is_apart = text
            .lines()
            .next_back()
            .is_none_or(|line| line.trim().is_empty());
        if apart && !is_apart && !piece.trim().is_empty() {
            text.push_str(ending);
        }
        text.push_str(piece);
    };
    for stretch in sequence::three_way(&b, &y, &t) {
        let words = |list: &[String], range: &std::ops::Range<usize>| {
            list.get(range.clone()).unwrap_or_default().concat()
        };
        let same =
            |a: &[String], x: &std::ops::Range<usize>, c: &[String], z: &std::ops::Range<usize>| {
                a.get(x.clone()) == c.get(z.clone())
            };
        let (by, ty) = (
            same(&b, &stretch.base, &y, &stretch.left),
            same(&b, &stretch.base, &t, &stretch.right),
        );
        let yt = same(&y, &stretch.left, &t, &stretch.right);
        if by || yt {
            add(&words(theirs, &stretch.right));
        } else if ty {
            add(&words(yours, &stretch.left));
        } else if stretch.base.is_empty() {
            // Both wrote something new in one place: both are kept, what was there already first.
            add(&words(theirs, &stretch.right));
            add(&words(yours, &stretch.left));
        } else {
            let chosen = ask(
                conflicts,
                words(base, &stretch.base),
                words(yours, &stretch.left),
                words(theirs, &stretch.right),
            );
            conflicts += 1;
            add(&chosen);
        }
    }
    text
}

#[cfg(test)]
mod tests;
