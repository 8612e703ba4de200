//! A record's first file, made from its kind: what someone begins to write in.

use std::fmt::Write as _;

use jiff::civil::Date;

use crate::{
    model::{FieldType, Kind, Requirement},
    text::fold::match_key,
};

/// The file: front matter with the fields that are needed, their help as notes, and the headings.
#[must_use]
pub fn of(kind: &Kind, title: &str, today: Date) -> String {
    let mut text = String::from("---\n");
    // Writing to a String cannot fail.
    let _ = writeln!(
        text,
        "titel: \"{}\"",
        title.replace('\\', "\\\\").replace('"', "\\\"")
    );
    for field in &kind.fields {
        let needed = field.required != Requirement::No;
        if !needed || &*field.key == "titel" || field.computed.is_some() {
            continue;
        }
        let _ = writeln!(
            text,
            "# {}",
            field.question.as_ref().unwrap_or(&field.label)
        );
        if let FieldType::Choice(choices) = &field.field_type {
            let keys: Vec<&str> = choices.iter().map(|c| &*c.key).collect();
            let _ = writeln!(text, "# vælg mellem: {}", keys.join(", "));
        } else if let Some(help) = &field.help {
            let _ = writeln!(text, "# {help}");
        }
        let value = match field.field_type {
            FieldType::Date if match_key(&field.key) == "fra" => format!(" {today}"),
            _ if field.many => " []".to_owned(),
            _ => String::new(),
        };
        let _ = writeln!(text, "{}:{value}", field.key);
    }
    let _ = writeln!(text, "synlighed: projekt\noprettet: {today}\n---\n");
    for heading in &kind.headings {
        let _ = writeln!(text, "## {heading}\n\n");
    }
    text
}
