//! Queries and texts that nobody writes in good faith.

use super::*;

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
