use super::*;
use crate::{model::KindKey, parse::definitions, starter};

fn kind() -> std::sync::Arc<Kind> {
    let (definitions, _) = definitions::read(&[], &starter::definition_files());
    let found = definitions.kinds.by_key(&KindKey::new("proevehandling"));
    std::sync::Arc::clone(found.expect("the kind"))
}

fn one(value: &str) -> Written {
    Written::One(value.to_owned())
}

fn many(values: &[&str]) -> Written {
    Written::Many(values.iter().map(|v| (*v).to_owned()).collect())
}

fn set(text: &str, key: &str, written: &Written) -> String {
    set_field(text, &kind(), key, written).expect("changed")
}

const TEXT: &str = "---\n# Øverst\nTitel: 'Kaffe'   # en note\nfra: 2021-04-06\nkerneelementer:\n  - kaffe-foerst  # den vigtigste\n  - mikro-udredning\nukendt: {a: 1}\nemneord: [ samtale, \"morgen\" ] # to\n\n# nederst\n---\nTekst.\n";

#[test]
fn only_the_value_changes() {
    assert_eq!(
        set(TEXT, "titel", &one("Te")),
        TEXT.replace("'Kaffe'", "'Te'")
    );
    assert_eq!(
        set(TEXT, "fra", &one("2021-05-01")),
        TEXT.replace("2021-04-06", "2021-05-01")
    );
    assert_eq!(
        set(TEXT, "emneord", &many(&["samtale", "morgen", "te: kl. 9"])),
        TEXT.replace("\"morgen\" ]", "\"morgen\", \"te: kl. 9\"]")
            .replace("[ samtale", "[samtale")
    );
}

#[test]
fn items_of_a_list_keep_their_notes() {
    assert_eq!(
        set(
            TEXT,
            "kerneelementer",
            &many(&["kaffe-foerst", "rehabilitering"])
        ),
        TEXT.replace("  - mikro-udredning\n", "  - rehabilitering\n")
    );
    assert_eq!(
        set(TEXT, "kerneelementer", &many(&["mikro-udredning"])),
        TEXT.replace("  - kaffe-foerst  # den vigtigste\n", "")
    );
}

#[test]
fn a_new_field_stands_where_its_kind_has_it() {
    let changed = set(TEXT, "til", &one("2021-04-20"));
    assert_eq!(
        changed,
        TEXT.replace("fra: 2021-04-06\n", "fra: 2021-04-06\ntil: 2021-04-20\n")
    );
    let emptied = set(&changed, "til", &Written::Nothing);
    assert_eq!(emptied, TEXT);
}

#[test]
fn a_text_without_fields_gets_them() {
    assert_eq!(
        set("Tekst.\n", "titel", &one("A")),
        "---\ntitel: A\n---\nTekst.\n"
    );
    assert_eq!(
        set("A\r\nB\r\n", "titel", &one("C")),
        "---\r\ntitel: C\r\n---\r\nA\r\nB\r\n"
    );
}

#[test]
fn values_that_yaml_reads_in_another_way_are_quoted() {
    for value in [
        "nej",
        "1.10",
        "a: b",
        "#1",
        "- x",
        "[a]",
        "\"",
        "null",
        "~",
        "æ ø # å",
        "&a",
        "*a",
        "",
        "a\nb\n\nc",
        "  a",
        "2021",
        "12:30",
        "C:\\mappe",
        "it's",
        "\u{feff}",
    ] {
        let changed = set(TEXT, "omfang", &one(value));
        let parts = front_matter::split(&changed)
            .expect("fences")
            .yaml
            .expect("fields");
        let Node::Map(items) = yaml::read(parts.of(&changed).expect("yaml"), 0)
            .expect("yaml")
            .value
        else {
            panic!("fields")
        };
        let (_, node) = items
            .iter()
            .find(|(k, _)| k.value == "omfang")
            .expect("the field");
        assert_eq!(node.value.as_words(), Some(value), "{changed}");
        assert_eq!(set(&changed, "omfang", &Written::Nothing), TEXT);
    }
}

#[test]
fn rows_are_written_one_a_line() {
    let row = vec![
        ("kilde".to_owned(), one("ansoegning")),
        ("side".to_owned(), one("s. 3, afsnit: 2")),
    ];
    let changed = set(TEXT, "kilder", &Written::Rows(vec![row]));
    assert!(
        changed.contains("kilder:\n  - {kilde: ansoegning, side: \"s. 3, afsnit: 2\"}\n"),
        "{changed}"
    );
}

#[test]
fn a_file_that_cannot_be_read_is_not_touched() {
    let broken = "---\ntitel: [a\n---\n";
    assert_eq!(
        set_field(broken, &kind(), "titel", &one("b")),
        Err(EditError::Unreadable)
    );
    let inline = "---\n{titel: a, fra: 2021-04-06}\n---\n";
    assert_eq!(
        set_field(inline, &kind(), "titel", &one("b")),
        Err(EditError::Unusual)
    );
}

#[test]
fn chunks_are_the_front_matter() {
    let yaml = front_matter::split(TEXT)
        .expect("fences")
        .yaml
        .expect("fields");
    let yaml = yaml.of(TEXT).expect("text");
    let parts = chunks(yaml);
    assert_eq!(
        parts.iter().map(|c| c.text.as_str()).collect::<String>(),
        yaml
    );
    let keys: Vec<&str> = parts.iter().map(|c| c.key.as_str()).collect();
    assert_eq!(
        keys,
        ["Titel", "fra", "kerneelementer", "ukendt", "emneord", ""]
    );
}
