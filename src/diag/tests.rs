use super::*;

#[test]
fn diagnostics_are_read_in_the_order_of_files_and_places() {
    let at =
        |path: &str, start: usize, code: Code| Diagnostic::new(code, path).at(Span::empty(start));
    let sorted = [
        Diagnostic::new(Code::K204, "a.md"),
        at("a.md", 3, Code::K101),
        at("a.md", 3, Code::K104),
        at("a.md", 9, Code::K001),
        at("b.md", 0, Code::K001),
    ];
    let mut shuffled: Vec<_> = sorted.iter().rev().cloned().collect();
    shuffled.sort();
    assert_eq!(shuffled, sorted);
}

#[test]
fn equal_diagnostics_are_equal_in_order_and_others_are_not() {
    let one = Diagnostic::new(Code::K101, "a.md").arg("key", "x");
    for other in [
        one.clone().arg("more", "y"),
        one.clone().with_fix("z"),
        one.clone().in_field("f"),
        one.clone().with_severity(Severity::Error),
        one.clone().with_choices(["c"]),
        one.clone().with_suggestion(Some("s")),
        one.clone().arg_in("key", "x", "x"),
    ] {
        assert_ne!(one, other);
        assert_ne!(one.cmp(&other), Ordering::Equal, "{other:?}");
    }
    assert_eq!(one.cmp(&one.clone()), Ordering::Equal);
}

#[test]
fn a_word_of_its_own_in_english_is_used_there_only() {
    let diagnostic = Diagnostic::new(Code::K104, "a.md")
        .arg("value", "færdig")
        .arg_in("nouns", "beslutninger", "decisions");
    assert_eq!(
        diagnostic.headline(Lang::Da),
        "»færdig« er ikke en af de beslutninger, kaffe kender"
    );
    assert_eq!(
        diagnostic.headline(Lang::En),
        "\"færdig\" is not one of the decisions that kaffe knows"
    );
}

#[test]
fn without_arguments_a_sentence_is_still_a_sentence() {
    let diagnostic = Diagnostic::new(Code::K104, "a.md").arg("value", "x");
    assert_eq!(
        diagnostic.headline(Lang::Da),
        "»x« er ikke en af de svarmuligheder, kaffe kender"
    );
    assert_eq!(
        diagnostic.until(Lang::Da).as_deref(),
        Some("posten vises uden svaret og tælles ikke med i oversigten")
    );
}

#[test]
fn severity_begins_as_the_codes_own_and_can_rise() {
    let missing = Diagnostic::new(Code::K102, "a.md");
    assert_eq!(missing.severity, Severity::Notice);
    assert!(!missing.is_error());
    assert!(missing.with_severity(Severity::Error).is_error());
    assert_eq!(Severity::Warning.word(Lang::Da), "advarsel");
    assert_eq!(Severity::Notice.word(Lang::Da), "besked");
    assert_eq!(Severity::Error.to_string(), "error");
}

#[test]
fn the_fix_of_the_moment_goes_before_that_of_the_table() {
    let diagnostic = Diagnostic::new(Code::K011, "a.md");
    assert!(
        diagnostic
            .fix(Lang::Da)
            .is_some_and(|fix| fix.contains("anførselstegn"))
    );
    let diagnostic = diagnostic.with_fix("titel: \"a: b\"");
    assert_eq!(diagnostic.fix(Lang::En).as_deref(), Some("titel: \"a: b\""));
    assert_eq!(Diagnostic::new(Code::K104, "a.md").label(Lang::Da), "");
}

#[test]
fn a_path_with_a_number_is_shown_without_it() {
    let name = format!("ideer/besoeg-{:02}{:02}{:02}-{:04}.md", 31, 12, 99, 17);
    let diagnostic = Diagnostic::new(Code::K406, name);
    assert_eq!(diagnostic.shown_path(), "ideer/besoeg-xxxxxx-xxxx.md");
}
