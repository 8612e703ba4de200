//! A save changes the field that was changed and no other byte, over every file that is shipped.

use std::sync::Arc;

use kaffe::{
    engine::Engine,
    model::{Audience, Field, FieldType, Record},
    parse::{
        edit::{self, EditError, Written},
        front_matter, sections,
    },
    site::route::Surface,
};

use crate::support::{engine, shipped};

/// How many edits; each of one field or one heading's words.
const EDITS: usize = 10_000;

/// Numbers that come in an order nobody chose, the same on every run (a linear congruence, by Knuth's constants).
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("small") % n.max(1)
    }

    fn one_of<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }
}

const WORDS: [&str; 22] = [
    "kaffe",
    "Vi ses i morgen",
    "a: b",
    "# note",
    "nej",
    "1.10",
    "å æ ø Å",
    "\"citat\"",
    "it's",
    "[liste]",
    "{x}",
    "- punkt",
    "null",
    "~",
    "tom linje",
    "2021-04-06",
    "C:\\mappe",
    "&anker",
    "*stjerne",
    "> citat",
    "100 %",
    "slut:",
];

fn value(dice: &mut Dice, field: &Field) -> Written {
    let word = |dice: &mut Dice| {
        let first = *dice.one_of(&WORDS);
        let second = *dice.one_of(&WORDS);
        if dice.below(2) == 0 {
            first.to_owned()
        } else {
            format!("{first} {second}")
        }
    };
    if dice.below(8) == 0 {
        return Written::Nothing;
    }
    match &field.field_type {
        FieldType::Table(columns) => {
            let rows = (0..1 + dice.below(3)).map(|_| {
                columns
                    .iter()
                    .map(|column| (column.key.to_string(), Written::One(word(dice))))
                    .collect()
            });
            Written::Rows(rows.collect())
        }
        FieldType::LongText if dice.below(2) == 0 => {
            Written::One(format!("{}\n{}\n\n{}", word(dice), word(dice), word(dice)))
        }
        _ if field.many => Written::Many((0..1 + dice.below(4)).map(|_| word(dice)).collect()),
        _ => Written::One(word(dice)),
    }
}

/// The lines of the front matter by key, notes and empty lines with the key below them; and the body.
fn parts(text: &str) -> (Vec<edit::Chunk>, String) {
    let parts = front_matter::split(text).expect("fences");
    let yaml = parts.yaml.expect("fields");
    let body = parts.body.of(text).expect("the body").to_owned();
    (edit::chunks(yaml.of(text).expect("yaml")), body)
}

fn one_edit(dice: &mut Dice, record: &Record) -> Result<(), EditError> {
    let text: &str = &record.document.text;
    let field = dice.one_of(&record.kind.fields);
    let written = value(dice, field);
    let changed = edit::set_field(text, &record.kind, &field.key, &written)?;
    let ((before, body), (after, new_body)) = (parts(text), parts(&changed));
    assert_eq!(
        body, new_body,
        "{}: the body of a changed field",
        record.path
    );
    let is_it = |chunk: &edit::Chunk| {
        record
            .kind
            .field(&chunk.key)
            .is_some_and(|f| f.key == field.key)
    };
    let others = |chunks: &[edit::Chunk]| -> String {
        chunks
            .iter()
            .filter(|c| !is_it(c))
            .map(|c| c.text.clone())
            .collect()
    };
    // Notes above a field stay when the field goes; they are then above the next one.
    let notes: String = before
        .iter()
        .filter(|c| is_it(c))
        .flat_map(|c| c.text.lines())
        .take_while(|line| line.trim().is_empty() || line.trim_start().starts_with('#'))
        .map(|line| format!("{line}\n"))
        .collect();
    let rest = others(&after);
    assert!(
        rest == others(&before)
            || written == Written::Nothing && rest.len() == others(&before).len() + notes.len(),
        "{}: {} = {written:?} touched another line:\n{changed}",
        record.path,
        field.key
    );
    // Setting it back to what it was not makes the file grow: the same edit twice is one edit.
    assert_eq!(
        edit::set_field(&changed, &record.kind, &field.key, &written)?,
        changed
    );
    Ok(())
}

#[test]
fn ten_thousand_edits_touch_only_their_own_lines() {
    let engine: Arc<Engine> = engine(&shipped(), Audience::All, Surface::Live);
    let snapshot = engine.snapshot();
    let records: Vec<&Record> = snapshot.view().records().map(|seen| seen.record).collect();
    let mut dice = Dice(2021);
    let mut files = std::collections::BTreeSet::new();
    for _ in 0..EDITS {
        let record = *dice.one_of(&records);
        files.insert(record.path.clone());
        one_edit(&mut dice, record).unwrap_or_else(|error| panic!("{}: {error}", record.path));
    }
    assert_eq!(files.len(), records.len(), "every file was edited");
}

#[test]
fn words_under_a_heading_change_and_nothing_else() {
    let engine: Arc<Engine> = engine(&shipped(), Audience::All, Surface::Live);
    let snapshot = engine.snapshot();
    for seen in snapshot.view().records() {
        let text: &str = &seen.record.document.text;
        for section in sections::of(text) {
            let heading = section.heading.as_deref();
            assert_eq!(
                sections::set(text, heading, &section.words),
                text,
                "{}: the same words",
                seen.record.path
            );
            let changed = sections::set(text, heading, "Andre ord.");
            let other = |text: &str| -> Vec<(Option<String>, String)> {
                sections::of(text)
                    .into_iter()
                    .filter(|s| s.heading != section.heading)
                    .map(|s| (s.heading, s.words))
                    .collect()
            };
            assert_eq!(other(&changed), other(text), "{}", seen.record.path);
            let words = section.words.replace('\n', edit::ending_of(text));
            if !words.is_empty() {
                assert_eq!(
                    changed.len() + words.len(),
                    text.len() + "Andre ord.".len(),
                    "{}",
                    seen.record.path
                );
            }
        }
    }
}
