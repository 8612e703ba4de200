//! What a word finds: its forms, letters, beginnings, parts, synonyms, and itself in spite of an error.

use super::*;

#[test]
fn a_word_is_found_in_all_its_forms() {
    let site = site();
    for text in ["gåklub", "gåklubben", "gåklubber", "Gåklubbernes", "GÅKLUB"] {
        assert_eq!(
            keys(&site, text).first().map(String::as_str),
            Some("ressource/gaaklub"),
            "{text}"
        );
    }
    for text in ["samtaler", "samtalerne", "aftenvagter"] {
        assert_eq!(
            keys(&site, text).first().map(String::as_str),
            Some("proevehandling/aften"),
            "{text}"
        );
    }
}

#[test]
fn letters_are_equal_both_ways() {
    let site = site();
    for (text, key) in [
        ("gaaklub", "ressource/gaaklub"),
        ("faellesskab", "ressource/gaaklub"),
        ("vaeskeindtag", "dokumentationskrav/vaeske"),
        ("kaffe foer medicin", "proevehandling/kaffe"),
        ("pa\u{30a} torvet", "ide/rollator-race"),
    ] {
        assert_eq!(
            keys(&site, text).first().map(String::as_str),
            Some(key),
            "{text}"
        );
    }
    let written = index(&[
        ("a/1", "Faellesskab i Aabenraa", ""),
        ("a/2", "Idé og menü", ""),
    ]);
    assert_eq!(keys(&written, "fællesskab åbenrå"), ["a/1"]);
    assert_eq!(keys(&written, "ide menu"), ["a/2"]);
}

#[test]
fn the_last_word_may_be_unfinished() {
    let site = site();
    for text in ["rol", "ro", "rollator-r", "gå", "kaffe me", "selvl"] {
        assert!(!keys(&site, text).is_empty(), "{text}");
    }
    assert_eq!(
        keys(&site, "kaffe me").first().map(String::as_str),
        Some("proevehandling/kaffe")
    );
    assert_eq!(keys(&site, "r"), Vec::<String>::new());
}

#[test]
fn a_typing_error_is_forgiven_only_when_the_word_is_unknown() {
    let site = site();
    for (text, key) in [
        ("rolator", "ide/rollator-race"),
        ("medecin", "proevehandling/kaffe"),
        ("samatle", "proevehandling/aften"),
        ("selvledene", "begreb/team"),
        ("gaklubben", "ressource/gaaklub"),
    ] {
        assert!(
            keys(&site, text).iter().any(|found| found == key),
            "{text}: {:?}",
            keys(&site, text)
        );
    }
    assert_eq!(ask(&site, "rolator").suggestions, ["rollator"]);
    assert_eq!(ask(&site, "gaklubben").suggestions, ["gåklubben"]);
    assert!(ask(&site, "rollator").suggestions.is_empty());
    let index = index(&[("a/1", "En", "samtale"), ("a/2", "To", "samtalt")]);
    assert!(!keys(&index, "samtale").contains(&"a/2".to_owned()));
}

#[test]
fn compounds_are_found_by_their_parts_and_the_other_way_round() {
    let site = site();
    assert!(keys(&site, "hjemmepleje").contains(&"begreb/team".to_owned()));
    assert!(keys(&site, "plejeteam").contains(&"begreb/team".to_owned()));
    assert_eq!(
        keys(&site, "team").first().map(String::as_str),
        Some("begreb/team")
    );
    assert_eq!(
        keys(&site, "aftensamtale").first().map(String::as_str),
        Some("proevehandling/aften")
    );
    assert_eq!(
        keys(&site, "rollatorrace").first().map(String::as_str),
        Some("ide/rollator-race")
    );
    assert_eq!(
        keys(&site, "gå klub").first().map(String::as_str),
        Some("ressource/gaaklub")
    );
}

#[test]
fn a_compound_has_its_links_and_only_real_parts() {
    let index = index(&[
        ("a/1", "Kørselsseddel", "En seddel om kørsel."),
        ("a/2", "Hjemmeplejen", "Pleje i hjemmet."),
        ("a/3", "Kørselssedlerne", ""),
        ("a/4", "Hjemmeplejens biler", ""),
        ("a/5", "Avisen om badminton", "Ærmet er for kort."),
    ]);
    for (text, key) in [
        ("seddel", "a/3"),
        ("kørslen", "a/3"),
        ("plejen", "a/4"),
        ("hjem", "a/4"),
    ] {
        assert!(
            keys(&index, text).contains(&key.to_owned()),
            "{text}: {:?}",
            keys(&index, text)
        );
    }
    for text in ["\"is\"", "-x bad y", "ret kort"] {
        assert!(ask(&index, text).total <= 1, "{text}");
    }
    assert!(keys(&index, "bad huset").is_empty());
}

#[test]
fn an_unfinished_word_is_no_typing_error() {
    let index = index(&[("a/1", "Rollator", ""), ("a/2", "Rolle", "")]);
    assert_eq!(keys(&index, "rollat"), ["a/1"]);
    assert!(ask(&index, "rollat").suggestions.is_empty());
}

#[test]
fn synonyms_are_found_after_the_word_itself() {
    let records = [
        ("a/1", "Gåklub", ""),
        ("a/2", "Gåtur", ""),
        ("a/3", "Our walking club", ""),
        ("a/4", "Andet", ""),
    ];
    let records: Vec<_> = records
        .iter()
        .map(|(key, title, body)| record(key, title, body))
        .collect();
    let group = ["gåklub", "gåtur", "walking club"]
        .map(str::to_owned)
        .to_vec();
    let mut index = Index::build(records.into_iter(), &[group]).expect("an index in memory");
    let found = keys(&index, "gåklubber");
    assert_eq!(found.first().map(String::as_str), Some("a/1"));
    assert_eq!(found.len(), 3);
    assert_eq!(keys(&index, "walking club").len(), 3);
    index.replace_synonyms(&[]).expect("other synonyms");
    assert_eq!(keys(&index, "gåklubber"), ["a/1"]);
}
