//! An index that changes answers as one that was made anew.

use super::*;

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
