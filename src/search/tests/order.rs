//! What stands first, and what a query can ask for beside words.

use super::*;

#[test]
fn the_very_word_stands_before_its_relatives() {
    let body = |word: &str| format!("Her står der noget om {word} og ikke mere end det.");
    let index = index(&[
        ("a/1", "En", &body("borgeren")),
        ("a/2", "To", &body("borgerne")),
        ("a/3", "Tre", &body("borger")),
        ("a/4", "Fire", &body("medborgerskab")),
    ]);
    for (text, key) in [("borger", "a/3"), ("borgeren", "a/1"), ("borgerne", "a/2")] {
        assert_eq!(
            keys(&index, text).first().map(String::as_str),
            Some(key),
            "{text}"
        );
    }
}

#[test]
fn relatives_in_number_do_not_outweigh_the_very_word() {
    let index = index(&[
        ("a/1", "En", &"klubberne klubben klubber ".repeat(5)),
        ("a/2", "To", &format!("en klub {}", "andre ord ".repeat(7))),
    ]);
    assert_eq!(keys(&index, "klub"), ["a/2", "a/1"]);
}

#[test]
fn a_title_stands_before_a_passing_mention() {
    let index = index(&[
        (
            "a/1",
            "Om noget helt andet",
            "Vi nævnte væske en enkelt gang i en lang tekst om noget helt andet.",
        ),
        (
            "a/2",
            "Væske",
            "Hvor meget der drikkes i løbet af en dag, og hvem der skriver det ned.",
        ),
    ]);
    assert_eq!(keys(&index, "væske"), ["a/2", "a/1"]);
}

#[test]
fn all_words_are_better_than_some() {
    let index = index(&[
        ("a/1", "Kaffe", "kaffe kaffe kaffe kaffe"),
        ("a/2", "Medicin", "medicin medicin medicin"),
        (
            "a/3",
            "Andet",
            "noget om kaffe, og noget om medicin, i en noget længere tekst end de andre",
        ),
    ]);
    let found = keys(&index, "kaffe medicin");
    assert_eq!(found.first().map(String::as_str), Some("a/3"));
    assert_eq!(found.len(), 3);
}

#[test]
fn quotation_marks_ask_for_the_words_side_by_side() {
    let index = index(&[
        (
            "a/1",
            "En",
            "Først samtale, så kaffe. Og først derefter medicin.",
        ),
        ("a/2", "To", "Vi begynder med kaffe først og så resten."),
    ]);
    assert_eq!(keys(&index, "\"kaffe først\""), ["a/2"]);
    assert_eq!(keys(&index, "»kaffe først«"), ["a/2"]);
    assert_eq!(keys(&index, "kaffe først"), ["a/2", "a/1"]);
    assert!(keys(&index, "\"først kaffe\"").is_empty());
    assert_eq!(keys(&index, "\"kaffe først\" resten"), ["a/2"]);
}

#[test]
fn a_minus_leaves_out() {
    let site = site();
    assert_eq!(keys(&site, "samtale -medicin"), ["proevehandling/aften"]);
    assert_eq!(
        keys(&site, "samtale -\"før medicin\""),
        ["proevehandling/aften"]
    );
    assert_eq!(ask(&site, "-medicin"), Answer::default());
}

#[test]
fn danish_names_narrow() {
    let mut records = vec![
        record("ide/1", "Kaffe", "te"),
        record("side/2", "Kaffe og te", "te"),
    ];
    if let [first, second] = records.as_mut_slice() {
        first.kind_names = vec!["Idé".to_owned(), "Idéer".to_owned()];
        first.team = Some("Team Åbrinken".to_owned());
        first.tags = vec!["Netværk".to_owned()];
        second.team = Some("Team Fjordvej".to_owned());
        second.areas = vec!["Gram".to_owned()];
        second.example = true;
    }
    let index = Index::build(records.into_iter(), &[]).expect("an index in memory");
    for (text, wanted) in [
        ("kaffe type:ide", &["ide/1"][..]),
        ("kaffe type:idéer", &["ide/1"]),
        ("team:åbrinken kaffe", &["ide/1"]),
        ("team:aabrinken", &["ide/1"]),
        ("team:\"Team Fjordvej\"", &["side/2"]),
        ("te område:gram", &["side/2"]),
        ("emne:netvær", &["ide/1"]),
        ("te -team:åbrinken", &["side/2"]),
        ("te eksempel:ja", &["side/2"]),
        ("te team:ukendt", &[]),
    ] {
        assert_eq!(keys(&index, text), wanted, "{text}");
    }
}

#[test]
fn equal_scores_stand_by_date_and_key() {
    let mut records = ["a/c", "a/b", "a/a", "a/d"].map(|key| record(key, "Kaffe", "te"));
    for (record, date) in records.iter_mut().zip([Some(3), Some(9), Some(3), None]) {
        record.date = date;
    }
    let index = Index::build(records.into_iter(), &[]).expect("an index in memory");
    assert_eq!(keys(&index, "kaffe"), ["a/b", "a/a", "a/c", "a/d"]);
}

#[test]
fn kinds_are_counted_without_their_filter_and_pages_do_not_overlap() {
    let records: Vec<_> = (0..250)
        .map(|n| record(&format!("k{}/{n}", n % 3), &format!("Kaffe {n}"), ""))
        .collect();
    let index = Index::build(records.into_iter(), &[]).expect("an index in memory");
    let query = |offset, limit| Query {
        text: "kaffe".to_owned(),
        kind: Some("k1".to_owned()),
        limit,
        offset,
    };
    let searcher = index.searcher();
    let all = searcher.search(&query(0, 200)).expect("an answer");
    assert_eq!(all.total, 83);
    assert_eq!(
        all.kinds,
        [
            ("k0".to_owned(), 84),
            ("k1".to_owned(), 83),
            ("k2".to_owned(), 83)
        ]
    );
    let mut paged = Vec::new();
    for offset in (0..90).step_by(9) {
        paged.extend(searcher.search(&query(offset, 9)).expect("an answer").hits);
    }
    assert_eq!(paged, all.hits);
}

#[test]
fn a_snippet_shows_the_words_that_matched() {
    let site = site();
    let shown = |text: &str| -> String {
        let hits = ask(&site, text).hits;
        let pieces = hits
            .first()
            .map(|hit| hit.snippet.clone())
            .unwrap_or_default();
        pieces
            .into_iter()
            .map(|(text, marked)| if marked { format!("[{text}]") } else { text })
            .collect()
    };
    assert!(
        shown("gaaklubber").starts_with("[Gåklubberne] mødes"),
        "{}",
        shown("gaaklubber")
    );
    assert!(
        shown("medecin").contains("[medicinen]"),
        "{}",
        shown("medecin")
    );
    assert!(shown("kaf").contains("[kaffe]"), "{}", shown("kaf"));
    assert!(
        shown("plejeteam").contains("[Hjemmeplejeteamet]"),
        "{}",
        shown("plejeteam")
    );
}

#[test]
fn between_equals_what_others_use_stands_first_and_never_before_what_fits_better() {
    let mut records = ["a/a", "a/b"].map(|key| record(key, "Kaffe", "te"));
    if let [_, used] = records.as_mut_slice() {
        used.used = 9;
    }
    let mut better = record("a/c", "Kaffe og te", "Kaffe først.");
    better.used = 0;
    let equals = Index::build(records.clone().into_iter(), &[]).expect("an index in memory");
    assert_eq!(keys(&equals, "kaffe"), ["a/b", "a/a"]);
    let all = records.into_iter().chain([better]);
    let all = Index::build(all, &[]).expect("an index in memory");
    assert_eq!(
        keys(&all, "kaffe te").first().map(String::as_str),
        Some("a/c")
    );
}
