use super::*;
use crate::diag::Code;

fn plain(diagnostic: &Diagnostic, source: &str, lang: Lang) -> String {
    render(diagnostic, Some(source), "content/", lang, Colour::Never)
}

/// The place of the `nth` occurrence of a text, from 0.
fn place(source: &str, text: &str, nth: usize) -> Span {
    let (start, found) = source.match_indices(text).nth(nth).unwrap();
    Span::new(start, start + found.len())
}

const COLON: &str = "---\ntitel: Kaffe først: en prøve\n---\n";

fn colon() -> Diagnostic {
    Diagnostic::new(Code::K011, "proevehandlinger/kaffe-foerst.md")
        .at(place(COLON, ":", 1))
        .with_fix("titel: \"Kaffe først: en prøve\"")
}

#[test]
fn a_colon_is_told_as_in_the_example() {
    assert_eq!(
        plain(&colon(), COLON, Lang::Da),
        "\
fejl[K011]: der står et kolon midt i en tekst uden anførselstegn
  --> content/proevehandlinger/kaffe-foerst.md:2:19
  |
2 | titel: Kaffe først: en prøve
  |                   ^ her tror kaffe, at et nyt felt begynder
  |
  = gør sådan:   titel: \"Kaffe først: en prøve\"
  = indtil da:   posten vises kun for jer, med denne besked, og kommer ikke med i kataloget
  = mere om det: kaffe explain K011
"
    );
    assert_eq!(
        plain(&colon(), COLON, Lang::En),
        "\
error[K011]: there is a colon inside a text without quotation marks
  --> content/proevehandlinger/kaffe-foerst.md:2:19
  |
2 | titel: Kaffe først: en prøve
  |                   ^ here kaffe thinks that a new field begins
  |
  = do this:     titel: \"Kaffe først: en prøve\"
  = until then:  the record is shown only to you, with this message, and is left out of the catalogue
  = more:        kaffe explain K011
"
    );
}

#[test]
fn a_choice_is_told_as_in_the_example() {
    let source = "---\ntitel: Rollator\nteam: team-aabrinken\nbeslutning: færdig\n---\n";
    let diagnostic = Diagnostic::new(Code::K104, "proevehandlinger/rollator-gaaklub.md")
        .at(place(source, "færdig", 0))
        .arg("value", "færdig")
        .arg_in("nouns", "beslutninger", "decisions")
        .arg_in("noun", "beslutning", "a decision")
        .with_choices(["fortsæt", "justér", "stop", "spred"])
        .with_fix("beslutning: stop");
    assert_eq!(
        plain(&diagnostic, source, Lang::Da),
        "\
fejl[K104]: »færdig« er ikke en af de beslutninger, kaffe kender
  --> content/proevehandlinger/rollator-gaaklub.md:4:13
  |
4 | beslutning: færdig
  |             ^^^^^^
  |
  = gør sådan:   beslutning: stop
  = vælg mellem: fortsæt, justér, stop, spred
  = indtil da:   posten vises uden beslutning og tælles ikke med i oversigten
"
    );
    assert_eq!(
        plain(&diagnostic, source, Lang::En),
        "\
error[K104]: \"færdig\" is not one of the decisions that kaffe knows
  --> content/proevehandlinger/rollator-gaaklub.md:4:13
  |
4 | beslutning: færdig
  |             ^^^^^^
  |
  = do this:     beslutning: stop
  = choose from: fortsæt, justér, stop, spred
  = until then:  the record is shown without a decision and is not counted in the overview
"
    );
}

#[test]
fn a_dropped_note_is_told_as_in_the_example() {
    let source = "---\ntitel: Gåklub\nkontakt: Team #3, Vojens\n---\n";
    let diagnostic = Diagnostic::new(Code::K012, "lokalt/vojens-gaaklub.md")
        .at(place(source, "#3, Vojens", 0))
        .arg("kept", "Team")
        .with_fix("kontakt: \"Team #3, Vojens\"");
    assert_eq!(
        plain(&diagnostic, source, Lang::Da),
        "\
advarsel[K012]: resten af linjen efter # bliver ikke læst
  --> content/lokalt/vojens-gaaklub.md:3:15
  |
3 | kontakt: Team #3, Vojens
  |               ^^^^^^^^^^ her tror kaffe, at du skriver en note til dig selv
  |
  = gør sådan:   kontakt: \"Team #3, Vojens\"
  = indtil da:   feltet vises som »Team«
"
    );
    assert_eq!(
        plain(&diagnostic, source, Lang::En),
        "\
warning[K012]: the rest of the line after # is not read
  --> content/lokalt/vojens-gaaklub.md:3:15
  |
3 | kontakt: Team #3, Vojens
  |               ^^^^^^^^^^ here kaffe thinks that you write a note to yourself
  |
  = do this:     kontakt: \"Team #3, Vojens\"
  = until then:  the field is shown as \"Team\"
"
    );
}

/// The line of the file and the line of the caret.
fn two_lines(source: &str, text: &str) -> (String, String) {
    let diagnostic = Diagnostic::new(Code::K101, "a.md").at(place(source, text, 0));
    let shown = plain(&diagnostic, source, Lang::Da);
    let mut lines = shown.lines().skip_while(|line| !line.contains(" | "));
    (
        lines.next().unwrap().to_owned(),
        lines.next().unwrap().to_owned(),
    )
}

#[test]
fn the_caret_counts_the_width_that_is_seen() {
    assert_eq!(
        two_lines("日本: x", "x"),
        ("1 | 日本: x".to_owned(), "  |       ^".to_owned())
    );
    assert_eq!(
        two_lines("a\tb: x", "x"),
        ("1 | a    b: x".to_owned(), "  |         ^".to_owned())
    );
    assert_eq!(two_lines("cafe\u{301}: x", "x").1, "  |       ^");
    assert_eq!(two_lines("a: 日本", "日本").1, "  |    ^^^^");
}

#[test]
fn a_place_of_several_lines_is_shown_by_its_first() {
    let source = "a: [\n  b,\n  c]\n";
    let diagnostic = Diagnostic::new(Code::K103, "a.md").at(place(source, "[\n  b,\n  c]", 0));
    let shown = plain(&diagnostic, source, Lang::Da);
    assert!(
        shown.contains("content/a.md:1:4\n  |\n1 | a: [\n  |    ^\n"),
        "{shown}"
    );
    assert!(!shown.contains("b,"), "{shown}");
}

#[test]
fn a_place_that_does_not_exist_cannot_stop_the_message() {
    for (start, end) in [(0, 0), (3, 3), (1, 2), (4, 4), (900, 901), (0, 900)] {
        for source in ["", "æø", "æøå\n", "\n\n", "a\r\nb", "\u{feff}---"] {
            let diagnostic = Diagnostic::new(Code::K010, "a.md").at(Span::new(start, end));
            assert!(
                plain(&diagnostic, source, Lang::Da).contains("--> content/a.md:"),
                "{start} {end} {source:?}"
            );
        }
    }
}

#[test]
fn without_a_place_only_the_path_is_shown() {
    let diagnostic = Diagnostic::new(Code::K003, "a.md");
    let shown = render(&diagnostic, None, "content/", Lang::Da, Colour::Never);
    assert!(shown.contains("\n  --> content/a.md\n"), "{shown}");
    assert!(shown.contains("= gør sådan:   åbn filen"), "{shown}");
}

#[test]
fn a_suggestion_stands_between_choices_and_meanwhile() {
    let diagnostic = Diagnostic::new(Code::K101, "a.md")
        .arg("key", "taem")
        .with_suggestion(Some("team"));
    let shown = render(&diagnostic, None, "", Lang::Da, Colour::Never);
    assert!(
        shown.contains("\n  = mente du:    team\n  = indtil da:   linjen"),
        "{shown}"
    );
    let shown = render(&diagnostic, None, "", Lang::En, Colour::Never);
    assert!(shown.contains("\n  = did you mean: team\n"), "{shown}");
}

#[test]
fn a_fix_of_several_lines_stands_in_one_column() {
    let diagnostic = Diagnostic::new(Code::K402, "a.md").with_fix("frigivet:\n  - {fund: telefon}");
    let shown = render(&diagnostic, None, "", Lang::Da, Colour::Never);
    let lines =
        "\n  = gør sådan:   frigivet:\n                   - {fund: telefon}\n  = indtil da:";
    assert!(shown.contains(lines), "{shown}");
}

#[test]
fn nothing_in_the_content_commands_the_terminal() {
    let source = "titel: \u{1b}[31mx\u{7}\u{202e}y\r z";
    let diagnostic = Diagnostic::new(Code::K104, "a\u{1b}b.md")
        .at(Span::new(7, 8))
        .arg("value", "\u{1b}[0m")
        .with_fix("\u{1b}c")
        .with_choices(["\u{1b}c"])
        .with_suggestion(Some("\u{9b}x"));
    let shown = plain(&diagnostic, source, Lang::Da);
    let commands = |c: char| c.is_control() && c != '\n';
    assert!(
        !shown.contains(commands) && !shown.contains('\u{202e}'),
        "{shown:?}"
    );
}

#[test]
fn colours_are_signs_around_the_same_text() {
    let coloured = render(&colour_free(), Some("a: x"), "", Lang::Da, Colour::Always);
    assert!(coloured.contains("\u{1b}["));
    let plain = render(&colour_free(), Some("a: x"), "", Lang::Da, Colour::Never);
    assert!(!plain.contains('\u{1b}'));
}

fn colour_free() -> Diagnostic {
    Diagnostic::new(Code::K101, "a.md")
        .at(Span::new(0, 1))
        .arg("key", "a\u{1b}[31m")
}

#[test]
fn a_cpr_number_is_never_shown_wherever_it_stands() {
    let number = format!("{:02}{:02}{:02}-{:04}", 7, 11, 40, 1234);
    let source = format!("titel: {number}\nnote: {number}\n");
    let diagnostic = Diagnostic::new(Code::K104, format!("ideer/{number}.md"))
        .at(Span::new(7, 18))
        .arg("value", number.clone())
        .with_fix(format!("titel: {number}"))
        .with_choices([number.clone()])
        .with_suggestion(Some(number.clone()));
    for lang in Lang::ALL {
        for shown in [
            render(&diagnostic, Some(&source), "content/", lang, Colour::Never),
            crate::diag::json::render(&diagnostic, Some(&source), lang),
            crate::diag::github::render(&diagnostic, Some(&source), "content/", lang),
        ] {
            assert!(
                !shown.contains("1234") && !shown.contains("0711"),
                "{shown}"
            );
            assert!(shown.contains("xxxxxx-xxxx"), "{shown}");
        }
    }
}
