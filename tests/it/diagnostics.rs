//! What kaffe says to the people who write: one bad file for every code, in both languages and to the letter.
//!
//! `tests/sites/broken/KNNN/content/` holds the smallest folder that gives the message, `da.txt` and `en.txt` beside
//! it what is said. `KAFFE_BLESS=1` writes the two again; then they are to be read as a nurse would read them.

#![allow(
    clippy::expect_used,
    clippy::disallowed_methods,
    clippy::case_sensitive_file_extension_comparisons,
    clippy::format_push_string,
    reason = "a test that cannot go on ends, and it knows its own files"
)]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    sync::{Arc, LazyLock},
    time::{Duration, Instant},
};

use kaffe::{
    diag::{
        Code, Diagnostic, LineIndex, Severity, github,
        human::{self, Colour},
        json, words,
    },
    engine::{Engine, Options, Snapshot},
    model::Audience,
    publish,
    site::route::Surface,
    text::Lang,
};

use crate::support::{TODAY, TestSite, get, public_record, record};

/// Codes that no file in a content folder can give, and why.
const WITHOUT_FIXTURE: [(Code, &str); 1] = [(
    Code::K506,
    "a template is no content; it lies in the theme's folder, and the live tests break one",
)];

fn broken() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sites/broken")
}

/// A number that looks like a CPR number; it stands in no file of the repository.
fn number() -> String {
    format!("{:02}{:02}{:02}-{:04}", 31, 12, 99, 17)
}

/// The folder of a code: as it lies in the repository, or made here where it cannot or must not lie there.
fn site_of(code: Code) -> Option<TestSite> {
    let folder = broken().join(code.as_str()).join("content");
    if folder.is_dir() {
        return Some(TestSite::copy_of(&folder));
    }
    let site = TestSite::new();
    let page = record("titel: Velkommen", "Vi satte os ned.");
    match code {
        // Saved by an old program: ø is one byte.
        Code::K003 => site.file(
            "sider/velkommen.md",
            b"---\ntitel: Velkommen\n---\n\nS\xf8ren var her ikke.\n",
        ),
        Code::K004 => site.file(
            "sider/velkommen.md",
            format!("{page}{}", "Vi satte os ned igen.\n".repeat(150_000)),
        ),
        Code::K015 => site.file("sider/kl-10:30.md", page),
        Code::K401 => site.file(
            "sider/velkommen.md",
            record(
                "titel: Velkommen",
                &format!("Borgeren ({}) ville selv lave kaffen.", number()),
            ),
        ),
        Code::K406 => site.file(&format!("sider/besoeg-{}.md", number()), page),
        _ => return None,
    };
    Some(site)
}

/// The wiki of a folder; nobody searches here.
fn snapshot_of(site: &TestSite) -> Arc<Snapshot> {
    let options = Options {
        content: site.root().to_owned(),
        theme: None,
        audience: Audience::Project,
        surface: Surface::Live,
        today: TODAY,
        search: false,
        data: None,
    };
    Engine::start(options).expect("an engine").snapshot()
}

/// What is said about a folder, with the texts that it is said about.
struct Checked {
    diagnostics: Vec<Diagnostic>,
    texts: BTreeMap<String, String>,
}

impl Checked {
    fn of(site: &TestSite) -> Self {
        let snapshot = snapshot_of(site);
        let diagnostics = snapshot.diagnostics().to_vec();
        let text = |d: &Diagnostic| {
            let held = snapshot.text_of(&d.path).map(ToString::to_string);
            // What is withheld comes without its digits, and never from the disk.
            let text = held.or_else(|| {
                fs::read_to_string(site.root().join(&d.path))
                    .ok()
                    .filter(|_| !d.path.ends_with(".md"))
            })?;
            Some((d.path.clone(), text))
        };
        let texts = diagnostics.iter().filter_map(text).collect();
        Self { diagnostics, texts }
    }

    fn text_of(&self, d: &Diagnostic) -> Option<&str> {
        self.texts.get(&d.path).map(String::as_str)
    }

    fn told(&self, lang: Lang) -> String {
        let one =
            |d: &Diagnostic| human::render(d, self.text_of(d), "content/", lang, Colour::Never);
        self.diagnostics
            .iter()
            .map(one)
            .collect::<Vec<_>>()
            .join("\n")
    }
}

/// Every code that has a folder, with what is said about it.
static CHECKED: LazyLock<BTreeMap<Code, Checked>> = LazyLock::new(|| {
    Code::ALL
        .iter()
        .filter_map(|code| Some((*code, Checked::of(&site_of(*code)?))))
        .collect()
});

#[test]
fn every_bad_file_gives_its_message_to_the_letter_in_both_languages() {
    let bless = std::env::var_os("KAFFE_BLESS").is_some();
    let mut wrong = Vec::new();
    for (code, checked) in CHECKED.iter() {
        let codes: Vec<&str> = checked
            .diagnostics
            .iter()
            .map(|d| d.code.as_str())
            .collect();
        if codes != [code.as_str()] {
            wrong.push(format!(
                "{code}: the folder gives {codes:?}\n{}",
                checked.told(Lang::En)
            ));
        }
        for lang in Lang::ALL {
            let said = checked.told(lang);
            let file = broken().join(code.as_str()).join(format!("{lang}.txt"));
            if bless {
                fs::create_dir_all(file.parent().expect("a folder"))
                    .expect("a folder for what is said");
                fs::write(&file, &said).expect("what is said is written");
            }
            let expected = fs::read_to_string(&file).unwrap_or_default();
            if said != expected {
                wrong.push(format!(
                    "{code} in {lang}: expected\n{expected}\nand it said\n{said}"
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn every_code_has_a_bad_file_or_a_reason() {
    for code in Code::ALL {
        let reason = WITHOUT_FIXTURE.iter().any(|(other, _)| other == code);
        assert_ne!(
            CHECKED.contains_key(code),
            reason,
            "{code} needs a folder in tests/sites/broken, or a reason, and not both"
        );
    }
    let known: BTreeSet<String> = Code::ALL.iter().map(|c| c.as_str().to_owned()).collect();
    let folders = fs::read_dir(broken()).expect("the folder of bad files");
    let names: BTreeSet<String> = folders
        .map(|f| {
            f.expect("a folder")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    let strange: Vec<&String> = names.difference(&known).collect();
    assert!(
        strange.is_empty(),
        "these folders are of no code: {strange:?}"
    );
}

#[test]
fn the_number_of_a_person_stands_in_no_bad_file_and_in_no_message() {
    for folder in crate::support::files_below(&broken()) {
        let found = kaffe::text::cpr::find(&String::from_utf8_lossy(&folder.1));
        assert!(found.is_empty(), "{} holds a number", folder.0);
    }
    for code in [Code::K401, Code::K406] {
        let checked = &CHECKED[&code];
        for lang in Lang::ALL {
            let mut said = checked.told(lang);
            for d in &checked.diagnostics {
                let text = checked.text_of(d);
                said.push_str(&json::render(d, text, lang));
                said.push_str(&github::render(d, text, "content/", lang));
            }
            assert!(!said.contains("0017") && !said.contains("3112"), "{said}");
        }
    }
}

/// The examples that the plan shows, which are the measure of all the others.
const EXAMPLES: [(Code, &str, &str); 3] = [
    (
        Code::K011,
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
",
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
",
    ),
    (
        Code::K104,
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
",
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
",
    ),
    (
        Code::K012,
        "\
advarsel[K012]: resten af linjen efter # bliver ikke læst
  --> content/lokalt/vojens-gaaklub.md:3:15
  |
3 | kontakt: Team #3, Vojens
  |               ^^^^^^^^^^ her tror kaffe, at du skriver en note til dig selv
  |
  = gør sådan:   kontakt: \"Team #3, Vojens\"
  = indtil da:   feltet vises som »Team«
",
        "\
warning[K012]: the rest of the line after # is not read
  --> content/lokalt/vojens-gaaklub.md:3:15
  |
3 | kontakt: Team #3, Vojens
  |               ^^^^^^^^^^ here kaffe thinks that you write a note to yourself
  |
  = do this:     kontakt: \"Team #3, Vojens\"
  = until then:  the field is shown as \"Team\"
",
    ),
];

#[test]
fn the_three_examples_of_the_plan_come_out_to_the_letter() {
    for (code, danish, english) in EXAMPLES {
        assert_eq!(CHECKED[&code].told(Lang::Da), danish);
        assert_eq!(CHECKED[&code].told(Lang::En), english);
    }
}

fn placeholders(text: &str) -> BTreeSet<&str> {
    text.split('{')
        .skip(1)
        .filter_map(|part| part.split(['}', '|']).next())
        .collect()
}

#[test]
fn both_languages_of_a_code_ask_for_the_same_words() {
    for code in Code::ALL {
        let (da, en) = (
            words::of(*code).in_lang(Lang::Da),
            words::of(*code).in_lang(Lang::En),
        );
        for (da, en) in [
            (da.headline, en.headline),
            (da.label, en.label),
            (da.fix, en.fix),
            (da.until, en.until),
        ] {
            assert_eq!(placeholders(da), placeholders(en), "{code}");
        }
    }
}

#[test]
fn no_place_in_a_sentence_stays_empty() {
    for (code, checked) in CHECKED.iter() {
        for d in &checked.diagnostics {
            let filled: BTreeSet<&str> = d
                .args
                .iter()
                .chain(&d.english)
                .map(|(name, _)| *name)
                .collect();
            for lang in Lang::ALL {
                let (headline, label) = (d.headline(lang), d.label(lang));
                assert!(!headline.contains(['{', '…']), "{code}: {headline}");
                assert!(
                    !label.contains('…') && !headline.contains("»«") && !headline.contains("\"\""),
                    "{code}: {headline} {label}"
                );
                let until = d.until(lang).unwrap_or_default();
                assert!(!until.contains('…'), "{code}: {until}");
                for name in placeholders(words::of(*code).in_lang(lang).headline) {
                    // A default sentence stands in the words themselves; everything else must be said.
                    let template = words::of(*code).in_lang(lang).headline;
                    assert!(
                        filled.contains(name) || template.contains(&format!("{{{name}|")),
                        "{code} has no {name}"
                    );
                }
            }
        }
    }
}

#[test]
fn every_message_is_a_line_of_json_and_a_line_for_github_at_the_same_place() {
    for (code, checked) in CHECKED.iter() {
        for d in &checked.diagnostics {
            let text = checked.text_of(d);
            let place = text
                .zip(d.span)
                .map(|(text, span)| LineIndex::new(text).position(span.start));
            for lang in Lang::ALL {
                let line = json::render(d, text, lang);
                assert!(!line.contains('\n'), "{line}");
                let read: serde_json::Value =
                    serde_json::from_str(&line).unwrap_or_else(|e| panic!("{e}: {line}"));
                assert_eq!(read["code"], code.as_str());
                assert_eq!(read["message"], d.headline(lang));
                assert_eq!(
                    read["line"].as_u64(),
                    place.map(|p| p.line as u64),
                    "{code}"
                );
                assert_eq!(
                    read["column"].as_u64(),
                    place.map(|p| p.column as u64),
                    "{code}"
                );

                let command = github::render(d, text, "content/", lang);
                assert!(
                    command.starts_with(&format!("::{} file=content/", d.severity.as_str())),
                    "{command}"
                );
                assert!(
                    command.contains(&format!(",title={code}::")) && !command.contains('\n'),
                    "{command}"
                );
                if let Some(place) = place {
                    assert!(
                        command.contains(&format!(",line={},col={}", place.line, place.column)),
                        "{command}"
                    );
                }
            }
        }
    }
}

#[test]
fn what_would_end_a_command_of_github_is_escaped() {
    let d = Diagnostic::new(Code::K101, "sider/a,b:c%\n.md")
        .arg("key", "x%\ny::z")
        .with_fix("en\nto");
    let command = github::render(&d, None, "", Lang::Da);
    assert!(!command.contains('\n'));
    let (head, message) = command
        .split_once("::")
        .and_then(|(_, rest)| rest.split_once("::"))
        .expect("a command");
    assert!(head.contains("file=sider/a%2Cb%3Ac%25%0A.md"), "{head}");
    assert!(message.contains("%0Agør sådan: en%0Ato"), "{message}");
}

#[test]
fn all_problems_of_a_file_are_told_in_one_run() {
    let text = "---\ntitel: Kaffe: først\nemneord: \"åben\nkort fortalt: a #b\nTitel: igen\n---\n\nTekst.\n";
    let site = TestSite::of(&[("sider/a.md", text)]);
    assert_eq!(site.codes("sider/a.md"), ["K011", "K010", "K012", "K007"]);

    let text = record(
        "titel: Kaffe\nteam: team-ukendt\nfra: 2021-02-30\nbeslutnig: stop\nskrivetid: 500\naftalt: måske\nbygger_videre_på: [findes-ikke]",
        "Se [[rolator]] og [her](x.pdf) og <b>fed</b>.\n\n![](y.png)\n\n```visning\nvis: lagkage\n```",
    );
    let site = TestSite::of(&[("proevehandlinger/a.md", &text)]);
    let codes: BTreeSet<&str> = site.codes("proevehandlinger/a.md").into_iter().collect();
    let wanted = [
        "K101", "K104", "K106", "K109", "K201", "K206", "K301", "K302", "K303", "K304", "K306",
        "K310",
    ];
    assert_eq!(codes, wanted.into_iter().collect());
}

#[test]
fn two_hundred_bad_files_give_two_hundred_messages_and_the_rest_is_served() {
    let site = TestSite::new();
    for number in 0..200 {
        site.file(
            &format!("sider/daarlig-{number:03}.md"),
            "---\ntitel: Kaffe: først\n---\n\nHemmelig kladde.\n",
        );
    }
    site.file(
        "sider/god.md",
        public_record("titel: En god side", "Vi satte os ned."),
    );
    let snapshot = snapshot_of(&site);
    assert_eq!(snapshot.diagnostics().len(), 200);
    assert!(snapshot.diagnostics().iter().all(|d| d.code == Code::K011));
    let paths: BTreeSet<&str> = snapshot
        .diagnostics()
        .iter()
        .map(|d| d.path.as_str())
        .collect();
    assert_eq!(paths.len(), 200);
    for address in ["/", "/sider/", "/sider/god/", "/oprydning/"] {
        assert_eq!(get(&snapshot, address).status, 200, "{address}");
    }
    get(&snapshot, "/sider/god/").says("Vi satte os ned.");
    get(&snapshot, "/sider/daarlig-017/")
        .says("K011")
        .says("Hemmelig kladde");

    let public = site.engine(Audience::Public, Surface::Published).snapshot();
    get(&public, "/sider/god/").says("Vi satte os ned.");
    assert_eq!(get(&public, "/sider/daarlig-017/").status, 404);
    let files = publish::files(&public).expect("the files");
    assert!(!files.iter().any(|f| f.path.contains("daarlig")
        || String::from_utf8_lossy(&f.bytes).contains("Hemmelig kladde")));
}

#[test]
fn a_missing_field_is_a_reminder_until_the_record_is_approved() {
    let team = record(
        "titel: Team Åbrinken\nkommune: Eksempelkommune",
        "Vi kører i midtbyen.",
    );
    for (review, severity) in [
        ("ikke-endnu", Severity::Notice),
        ("klar", Severity::Notice),
        ("godkendt", Severity::Error),
    ] {
        let trial = record(
            &format!("titel: Kaffe\nteam: team-aabrinken\ngennemgang: {review}"),
            "Vi satte os ned.",
        );
        let site = TestSite::of(&[
            ("teams/team-aabrinken.md", &team),
            ("proevehandlinger/kaffe.md", &trial),
        ]);
        let told: Vec<(Code, Severity)> =
            site.check().iter().map(|d| (d.code, d.severity)).collect();
        assert_eq!(told, [(Code::K102, severity)], "{review}");
    }
}

#[test]
fn an_empty_value_is_a_missing_value() {
    for empty in ["", " ", " ~", " \"\"", " []"] {
        let text = record(&format!("titel: Kaffe\nfra:{empty}"), "Vi satte os ned.");
        let site = TestSite::of(&[("proevehandlinger/kaffe.md", &text)]);
        let missing: Vec<String> = site
            .check()
            .iter()
            .filter(|d| d.code == Code::K102)
            .filter_map(|d| d.field.clone())
            .collect();
        assert_eq!(
            missing,
            ["fra", "team"]
                .iter()
                .rev()
                .map(ToString::to_string)
                .collect::<Vec<_>>(),
            "fra:{empty}"
        );
        assert_eq!(site.check().len(), 2, "fra:{empty}");
    }
}

const PERSONAL: &str = "Ring på 74 00 00 00, skriv til os@klubben.example, kom til Eksempelvej 12, eller spørg fru Eksempelsen.";

fn personal(front: &str) -> BTreeMap<Code, Severity> {
    let text = record(&format!("titel: Klubben\n{front}"), PERSONAL);
    let site = TestSite::of(&[("sider/klubben.md", &text)]);
    site.check()
        .into_iter()
        .map(|d| (d.code, d.severity))
        .collect()
}

#[test]
fn what_may_point_at_a_person_is_a_question_in_the_project_and_stops_what_is_public() {
    let all = [Code::K402, Code::K403, Code::K404, Code::K405];
    assert_eq!(
        personal("synlighed: team"),
        all.map(|c| (c, Severity::Notice)).into()
    );
    assert_eq!(
        personal("synlighed: projekt\ngennemgang: godkendt"),
        all.map(|c| (c, Severity::Notice)).into()
    );
    assert_eq!(
        personal("synlighed: offentlig\ngennemgang: godkendt"),
        all.map(|c| (c, Severity::Error)).into()
    );
}

#[test]
fn what_a_role_has_released_is_not_asked_about_again() {
    let released = |what: &str| {
        format!(
            "synlighed: offentlig\ngennemgang: godkendt\nfrigivet:\n  - {{fund: {what}, grund: foreningens eget, af_rolle: koordinator}}"
        )
    };
    for (what, code) in [
        ("telefon", Code::K402),
        ("mail", Code::K403),
        ("adresse", Code::K404),
        ("navn", Code::K405),
    ] {
        let told = personal(&released(what));
        assert!(!told.contains_key(&code), "{what}");
        assert_eq!(told.len(), 3, "{what}: the rest is still told");
    }
}

#[test]
fn a_number_of_a_person_is_an_error_whoever_may_see_it_and_the_file_is_shown_to_nobody() {
    for visibility in ["team", "projekt", "offentlig"] {
        let text = record(
            &format!("titel: Besøg\nsynlighed: {visibility}"),
            &format!("Borgeren ({}) lo.", number()),
        );
        let site = TestSite::of(&[("sider/besoeg.md", &text)]);
        let told: Vec<(Code, Severity)> =
            site.check().iter().map(|d| (d.code, d.severity)).collect();
        assert_eq!(told, [(Code::K401, Severity::Error)], "{visibility}");
        site.get("/sider/besoeg/")
            .never_says("0017")
            .never_says("3112");
        site.public("/sider/besoeg/").never_says("Borgeren");
    }
    // Split over lines, in the fields, and in a folder's name.
    let parted = number().replace('-', "\n");
    let site = TestSite::of(&[(
        "sider/a.md",
        &record("titel: Besøg", &format!("Nummer {parted} her.")),
    )]);
    assert_eq!(site.codes("sider/a.md"), ["K401"]);
    let site = TestSite::of(&[(
        "sider/a.md",
        &record(&format!("titel: Besøg hos {}", number()), "Tekst."),
    )]);
    assert_eq!(site.codes("sider/a.md"), ["K401"]);
    let site = TestSite::of(&[(
        &format!("sider/{}/a.md", number()),
        &record("titel: Besøg", "Tekst."),
    )]);
    assert_eq!(
        site.check().iter().map(|d| d.code).collect::<Vec<_>>(),
        [Code::K406]
    );
}

#[test]
fn what_is_written_as_people_write_gives_no_message() {
    let fine = [
        "---\r\ntitel: Linjer fra Windows\r\nemneord: [a, b]\r\n---\r\n\r\nTekst.\r\n",
        "\u{feff}---\ntitel: Et usynligt startmærke\n---\n\nTekst.\n",
        "---\ntitel: Mødet kl. 10:30 om C#\nresume: 'It''s fine: # her'\n---\n\nTekst.\n",
        "---\ntitel: \"Kaffe først: en prøve\"\nKort fortalt: Med feltets navn\n---\n\nTekst.\n",
        "---\ntitel: Ja & nej * 2\n---\n\nTekst.\n",
        "---\ntitel: En note # er tilladt på en linje for sig\n# her\n---\n\nTekst.\n",
        "---\n---\n\n# Uden felter\n\nTekst.\n",
        "# Uden felter overhovedet\n\nTekst.\n",
        "",
        "---\ntitel: Lang\nresume: >\n  Over flere\n  linjer: ja\n---\n\nTekst.\n",
        "---\ntitel: Kode\n---\n\n```\n<script>\n[[findes-ikke]]\n![](x.png)\n```\n\n`<b>` og `[[x]]`\n",
    ];
    for (number, text) in fine.iter().enumerate().filter(|(n, _)| *n != 5) {
        let site = TestSite::of(&[("sider/a.md", text)]);
        let told: Vec<String> = site.check().iter().map(|d| d.headline(Lang::En)).collect();
        assert!(told.is_empty(), "{number}: {told:?}");
    }
    // A note after words is told, because it is probably a part of them.
    assert_eq!(
        TestSite::of(&[("sider/a.md", fine[5])]).codes("sider/a.md"),
        ["K012"]
    );
}

#[test]
fn a_note_after_a_date_is_only_a_note() {
    let text = record(
        "titel: Kaffe\nfra: 2021-04-06 # en tirsdag\nskrivetid: 5 # cirka",
        "Vi satte os ned.",
    );
    let site = TestSite::of(&[("proevehandlinger/kaffe.md", &text)]);
    assert_eq!(
        site.codes("proevehandlinger/kaffe.md"),
        ["K102"],
        "only the team is missing"
    );
}

#[test]
fn a_plus_sign_and_a_last_zero_are_kept() {
    let text = record(
        "titel: \"1.10\"\nkommune: 010\nvagttelefon: +4574000000\nvagttelefon_dato: 2021-03-01",
        "Vi kører.",
    );
    let site = TestSite::of(&[("teams/team-a.md", &text)]);
    assert_eq!(site.codes("teams/team-a.md"), Vec::<&str>::new());
    site.get("/teams/team-a/").says("1.10").says("010");
    let snapshot = snapshot_of(&site);
    let team = snapshot.view().find("team", "team-a").expect("the team");
    assert_eq!(team.record.text("vagttelefon"), Some("+4574000000"));
}

#[test]
fn a_bomb_of_aliases_costs_nothing() {
    let mut bomb = String::from("---\ntitel: Bombe\na0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for n in 1..60 {
        bomb.push_str(&format!(
            "a{n}: &a{n} [*a{p}, *a{p}, *a{p}, *a{p}, *a{p}, *a{p}, *a{p}, *a{p}, *a{p}]\n",
            p = n - 1
        ));
    }
    bomb.push_str("---\n\nTekst.\n");
    let begun = Instant::now();
    let site = TestSite::of(&[("sider/bombe.md", &bomb)]);
    assert_eq!(site.codes("sider/bombe.md"), ["K008"]);
    assert!(
        begun.elapsed() < Duration::from_secs(20),
        "{:?}",
        begun.elapsed()
    );
}

#[test]
fn a_value_that_cannot_be_read_is_told_once_and_the_record_is_still_there() {
    let text = public_record(
        "titel: Kaffe\nbeslutning: [justér, spred]\nfra: i tirsdags\nteam: team-a",
        "Vi satte os ned.",
    );
    let team = record("titel: Team A\nkommune: Eksempelkommune", "Vi kører.");
    let site = TestSite::of(&[
        ("proevehandlinger/kaffe.md", &text),
        ("teams/team-a.md", &team),
    ]);
    assert_eq!(
        site.codes("proevehandlinger/kaffe.md"),
        ["K110", "K103"],
        "nothing says besides that the field is missing"
    );
    let snapshot = snapshot_of(&site);
    let kaffe = snapshot
        .view()
        .find("proevehandling", "kaffe")
        .expect("the record");
    assert!(
        kaffe.record.values("beslutning").is_empty(),
        "kaffe chooses no answer"
    );
}

#[test]
fn single_answers_are_never_kept() {
    let text = record(
        "titel: PREM\nperiode: 2021-Q3\nsvar: 2\nresultater:\n  - {nøgle: bestemme, svar: 7}\n  - {nøgle: bestemme, svar: 9}",
        "Tekst.",
    );
    let site = TestSite::of(&[("maalinger/prem.md", &text)]);
    assert!(site.codes("maalinger/prem.md").contains(&"K108"));
    let snapshot = snapshot_of(&site);
    let prem = snapshot
        .view()
        .find("maaling", "prem")
        .expect("the measurement");
    assert!(prem.record.values("resultater").is_empty());
}

#[test]
fn the_words_of_a_vocabulary_decide_what_is_meant() {
    let answer = |word: &str| {
        let text = record(
            &format!("titel: Kaffe\nteam: t\nfra: 2021-04-06\nbeslutning: {word}"),
            "Vi satte os ned.",
        );
        let team = record("titel: T\nkommune: Eksempelkommune", "Vi.");
        let site = TestSite::of(&[("proevehandlinger/k.md", &text), ("teams/t.md", &team)]);
        let told = site.check();
        told.first()
            .map(|d| (d.suggestion.clone(), d.fix(Lang::Da)))
    };
    for right in [
        "stop",
        "Stop",
        "Vi stopper",
        "vi_stopper",
        "juster",
        "JUSTÉR",
        "fortsaet",
    ] {
        assert_eq!(answer(right), None, "{right}");
    }
    assert_eq!(
        answer("stpo"),
        Some((Some("stop".to_owned()), Some("beslutning: stop".to_owned())))
    );
    assert_eq!(
        answer("slut"),
        Some((None, Some("beslutning: stop".to_owned())))
    );
}

#[test]
fn a_file_from_another_program_is_a_page_with_at_most_a_reminder() {
    let text = "---\ntitle: From elsewhere\nlayout: post\ndate: 2021-04-06\n---\n\nText.\n";
    let site = TestSite::of(&[("notes/2021.md", text), ("readme.md", "# Hello\n\nText.\n")]);
    assert!(
        site.check().iter().all(|d| d.severity == Severity::Notice),
        "{:?}",
        site.check()
    );
    let snapshot = snapshot_of(&site);
    assert!(
        snapshot
            .view()
            .records()
            .any(|r| r.record.title == "From elsewhere")
    );
    assert!(snapshot.view().records().any(|r| r.record.title == "Hello"));
}
