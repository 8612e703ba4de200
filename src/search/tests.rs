//! What a person who searches can count on, asked of whole indexes.

use super::*;

fn record(key: &str, title: &str, body: &str) -> SearchDocument {
    let kind = key.split('/').next().unwrap_or_default().to_owned();
    let hash = title.bytes().chain(body.bytes()).fold(17, |hash: u64, b| {
        hash.wrapping_mul(31).wrapping_add(u64::from(b))
    });
    SearchDocument {
        key: key.to_owned(),
        kind,
        title: title.to_owned(),
        body: body.to_owned(),
        hash,
        ..SearchDocument::default()
    }
}

fn index(records: &[(&str, &str, &str)]) -> Index {
    let records = records
        .iter()
        .map(|(key, title, body)| record(key, title, body));
    Index::build(records, &[]).expect("an index in memory")
}

fn ask(index: &Index, text: &str) -> Answer {
    let query = Query {
        text: text.to_owned(),
        limit: 20,
        ..Query::default()
    };
    index.searcher().search(&query).expect("an answer")
}

fn keys(index: &Index, text: &str) -> Vec<String> {
    ask(index, text)
        .hits
        .into_iter()
        .map(|hit| hit.key)
        .collect()
}

fn site() -> Index {
    index(&[
        (
            "ide/rollator-race",
            "Rollator-race",
            "Et løb for alle med rollator på torvet.",
        ),
        (
            "ressource/gaaklub",
            "Gåklubben Vojens Vej",
            "Gåklubberne mødes hver tirsdag. Alle kan være med i fællesskabet.",
        ),
        (
            "proevehandling/kaffe",
            "Kaffe før medicin",
            "Vi drak kaffe med borgeren, før vi gav medicinen. Samtalen gav ro.",
        ),
        (
            "proevehandling/aften",
            "Samtale om aftenen",
            "Aftenvagten tog sig tid til en samtale i hjemmet.",
        ),
        (
            "begreb/team",
            "Selvledende team",
            "Hjemmeplejeteamet fordeler selv besøgene. Vi ses i morgen.",
        ),
        (
            "dokumentationskrav/vaeske",
            "Dobbelt notat om væskeindtag",
            "Væskeskemaet udfyldes to gange.",
        ),
    ])
}

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

#[test]
fn a_change_is_found_in_its_new_form_and_not_in_its_old() {
    let mut site = site();
    let before = site.searcher();
    site.apply(
        &[record("ide/rollator-race", "Cykelløb", "Et løb på hjul.")],
        &["begreb/team".to_owned()],
    )
    .expect("a change");
    assert_eq!(keys(&site, "cykelløb"), ["ide/rollator-race"]);
    assert!(keys(&site, "rollator").is_empty());
    assert!(keys(&site, "\"selvledende\"").is_empty());
    assert_eq!(site.searcher().len(), 5);
    let old = Query {
        text: "rollator".to_owned(),
        limit: 5,
        ..Query::default()
    };
    assert_eq!(
        before.search(&old).map(|answer| answer.total).ok(),
        Some(1),
        "a searcher never changes"
    );
}

#[test]
fn an_unchanged_hash_is_skipped() {
    let mut site = site();
    let mut same = record(
        "ide/rollator-race",
        "Rollator-race",
        "Et løb for alle med rollator på torvet.",
    );
    same.lead = "nyt ord".to_owned();
    site.apply(&[same], &["side/findes-ikke".to_owned()])
        .expect("a change");
    assert!(keys(&site, "nyt").is_empty());
}

#[test]
fn changes_one_by_one_answer_as_an_index_built_at_once() {
    let last: Vec<SearchDocument> = (0..60)
        .map(|n| {
            let body = format!(
                "Notat {n} om {} og {}.",
                WORDS[n % 7],
                WORDS[(n * 3 + 1) % 7]
            );
            record(
                &format!("side/{n}"),
                &format!("{} nummer {n}", WORDS[n % 5]),
                &body,
            )
        })
        .collect();
    let whole = Index::build(last.clone().into_iter(), &[]).expect("an index in memory");
    let first = last
        .iter()
        .map(|of| record(&of.key, "Gammel titel", "rollatorløb skovtur kaffekande"));
    let mut changed =
        Index::build(first.chain([record("side/vaek", "Væk", "medicin")]), &[]).expect("an index");
    changed
        .apply(&[], &["side/vaek".to_owned()])
        .expect("a change");
    for document in last {
        changed.apply(&[document], &[]).expect("a change");
    }
    for text in [
        "medicin",
        "kaffe samtale",
        "rollator",
        "rolator",
        "bes",
        "plejeteam",
        "nummer 3",
        "kaffekan",
    ] {
        assert_eq!(ask(&whole, text), ask(&changed, text), "{text}");
    }
}

const WORDS: [&str; 7] = [
    "kaffe",
    "medicin",
    "samtaler",
    "rollatorklub",
    "besøget",
    "hjemmeplejeteam",
    "pleje",
];

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
fn nothing_to_look_for_gives_nothing() {
    let site = site();
    for text in [
        "",
        "   ",
        "*",
        "\"\"",
        "---",
        "type:",
        "\u{202e}\u{0}\u{7f}",
    ] {
        assert_eq!(ask(&site, text), Answer::default(), "{text:?}");
    }
    assert_eq!(keys(&index(&[]), "kaffe"), Vec::<String>::new());
}

#[test]
fn hostile_queries_are_answered() {
    let site = site();
    let words: String = (0..200).map(|n| format!("ord{n} kaffe -{n} ")).collect();
    for text in [
        "x".repeat(10_000),
        "å".repeat(10_000),
        "\"".repeat(500),
        "-".repeat(500),
        "((((AND OR NOT ^~*?[]{}\\/".to_owned(),
        words,
        "type:type:type:ide".to_owned(),
        "\u{202e}kaffe\u{0}\u{1}\n\u{2}".to_owned(),
        "a\u{301}".repeat(300),
        "🙂👩‍👩‍👧 日本語 кофе".to_owned(),
    ] {
        let query = Query {
            text,
            kind: Some("x".to_owned()),
            limit: usize::MAX,
            offset: usize::MAX,
        };
        assert!(site.searcher().search(&query).is_ok());
    }
}

#[test]
fn a_hyphened_word_that_repeats_itself_is_indexed() {
    let long = "x".repeat(70);
    let text = format!("{long}-{long} \u{2e80}-b b-\u{1d165} a-a-aa b-b");
    let index = index(&[("a/1", &text, &text), ("a/2", "Kaffe", "og te")]);
    assert_eq!(keys(&index, "kaffe"), ["a/2"]);
    assert_eq!(keys(&index, "\"b b\""), ["a/1"]);
}

proptest::proptest! {
    #[test]
    fn no_text_upsets_the_index(title in ".{0,40}", body in "\\PC{0,200}", text in ".{0,80}") {
        let index = index(&[("a/1", &title, &body), ("a/2", "Kaffe", "og te")]);
        let answer = ask(&index, &text);
        proptest::prop_assert!(answer.hits.len() <= answer.total);
        ask(&index, &body);
    }
}
