//! The commands as people type them: the real binary, its exit codes and what it prints.

#![allow(
    clippy::expect_used,
    clippy::disallowed_methods,
    clippy::case_sensitive_file_extension_comparisons,
    reason = "a test that cannot go on ends, and it knows its own files"
)]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    io::{self, BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
};

use kaffe::{
    diag::{Code, explain},
    model::{Audience, RecordId},
    site::route::Surface,
    text::Lang,
};

use crate::support::{PATIENCE, TestSite, engine, files_below, public_record, record, shipped};

const BAD: &str = "---\ntitel: Kaffe: først\n---\n\nVi satte os ned.\n";

pub fn kaffe() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kaffe"));
    command
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .stdin(Stdio::null());
    for variable in ["SOURCE_DATE_EPOCH", "KAFFE_LOG", "NO_COLOR", "COLUMNS"] {
        command.env_remove(variable);
    }
    command
}

/// What a command did.
#[derive(Debug)]
pub struct Ran {
    pub code: i32,
    pub out: String,
    pub err: String,
}

pub fn ran(output: Output) -> Ran {
    Ran {
        code: output.status.code().expect("an exit code"),
        out: String::from_utf8(output.stdout).expect("UTF-8"),
        err: String::from_utf8(output.stderr).expect("UTF-8"),
    }
}

pub fn run<S: AsRef<std::ffi::OsStr>>(arguments: impl IntoIterator<Item = S>) -> Ran {
    ran(kaffe().args(arguments).output().expect("kaffe runs"))
}

/// Runs a command on a content folder, which comes last.
pub fn run_on(site: &TestSite, arguments: &[&str]) -> Ran {
    ran(kaffe()
        .args(arguments)
        .arg(site.root())
        .output()
        .expect("kaffe runs"))
}

pub fn good() -> TestSite {
    let site = TestSite::of(&[(
        "kaffe.yaml",
        "titel: Prøven\nwas_url: https://www.was.digst.dk/eksempel\n",
    )]);
    site.file(
        "sider/god.md",
        public_record("titel: En god side", "Vi satte os ned."),
    );
    site
}

// check

#[test]
fn check_answers_with_zero_one_or_two() {
    let fine = run_on(&good(), &["check"]);
    assert_eq!(
        (fine.code, fine.out.as_str(), fine.err.as_str()),
        (0, "0 fejl, 0 advarsler og 0 beskeder i 1 post\n", "")
    );

    let bad = run_on(&TestSite::of(&[("sider/a.md", BAD)]), &["check"]);
    assert_eq!((bad.code, bad.err.as_str()), (1, ""));
    assert!(
        bad.out.starts_with("fejl[K011]: ")
            && bad
                .out
                .ends_with("1 fejl, 0 advarsler og 0 beskeder i 0 poster\n"),
        "{}",
        bad.out
    );

    let warned = run_on(
        &TestSite::of(&[("sider/a.md", &record("titel: A", "[[findes-ikke]]"))]),
        &["check"],
    );
    assert_eq!(warned.code, 0, "a warning is no error: {}", warned.out);

    let nowhere = run(["check", "findes/ikke"]);
    assert_eq!((nowhere.code, nowhere.out.as_str()), (2, ""));
    assert!(
        nowhere.err.starts_with("kaffe: ") && nowhere.err.contains("findes/ikke"),
        "{}",
        nowhere.err
    );
    for wrong in [
        &["check", "--format", "xml"][..],
        &["check", "--today", "i går"],
        &["check", "--lang", "fr"],
        &["tjek"],
        &[],
    ] {
        assert_eq!(run(wrong).code, 2, "{wrong:?}");
    }
}

#[test]
fn check_names_file_line_and_column_in_every_format() {
    let site = TestSite::of(&[("sider/a.md", BAD)]);
    let root = site.root().display().to_string();
    let human = run_on(&site, &["check"]);
    assert!(
        human.out.contains(&format!("--> {root}/sider/a.md:2:13\n")),
        "{}",
        human.out
    );
    assert!(!human.out.contains('\u{1b}'), "no colours in a pipe");

    let json = run_on(&site, &["check", "--format", "json"]);
    let lines: Vec<serde_json::Value> = json
        .out
        .lines()
        .map(|l| serde_json::from_str(l).expect("a line of JSON"))
        .collect();
    assert_eq!((json.code, lines.len()), (1, 1));
    assert_eq!(
        (
            &lines[0]["code"],
            &lines[0]["path"],
            &lines[0]["line"],
            &lines[0]["column"]
        ),
        (&"K011".into(), &"sider/a.md".into(), &2.into(), &13.into())
    );

    let github = run_on(&site, &["check", "--format", "github"]);
    assert_eq!((github.code, github.out.lines().count()), (1, 1));
    assert!(
        github
            .out
            .starts_with(&format!("::error file={root}/sider/a.md,line=2,col=13")),
        "{}",
        github.out
    );
}

#[test]
fn check_names_the_line_of_a_kind_file_and_of_the_second_of_two_files() {
    let kind =
        "nøgle: opskrift\nmappe: opskrifter\nfelter:\n  - nøgle: minutter\n    type: heltall\n";
    let site = TestSite::of(&[
        ("_typer/opskrift.yaml", kind),
        ("kaffe.yaml", "titel: X\nlæsning: alle\n"),
    ]);
    site.file("sider/a.md", record("titel: A", "Tekst.")).file(
        "sider/under/a.md",
        record("titel: A\nemneordd: x", "Tekst."),
    );
    let told = run_on(&site, &["check"]).out;
    for place in [
        "_typer/opskrift.yaml:5:11",
        "kaffe.yaml:2:10",
        "sider/under/a.md:3:1",
    ] {
        assert!(told.contains(place), "{place} is not in\n{told}");
    }
}

#[test]
fn check_speaks_the_language_of_the_site_unless_told_otherwise() {
    let site = TestSite::of(&[("sider/a.md", BAD)]);
    assert!(
        run_on(&site, &["check"])
            .out
            .starts_with("fejl[K011]: der står et kolon")
    );
    assert!(
        run_on(&site, &["check", "--lang", "en"])
            .out
            .starts_with("error[K011]: there is a colon")
    );
    assert!(
        run_on(&site, &["--lang", "en", "check"])
            .out
            .ends_with("1 error, 0 warnings and 0 notices in 0 records\n")
    );
    site.file("kaffe.yaml", "titel: X\nsprog: en\n");
    assert!(
        run_on(&site, &["check"])
            .out
            .starts_with("error[K011]: there is a colon")
    );
    assert!(
        run_on(&site, &["check", "--lang", "da"])
            .out
            .starts_with("fejl[K011]: der står et kolon")
    );
}

#[test]
fn check_can_leave_out_notices_and_tell_only_what_stops_a_publication() {
    let site = good();
    site.file(
        "ideer/en-ide.md",
        record("titel: En idé", "Vi kunne prøve [[noget]]."),
    );
    let all = run_on(&site, &["check"]);
    assert_eq!(all.code, 0);
    assert!(
        all.out.contains("besked[K102]") && all.out.contains("advarsel[K301]"),
        "{}",
        all.out
    );
    let quiet = run_on(&site, &["check", "--quiet"]);
    assert!(
        !quiet.out.contains("besked[") && quiet.out.contains("advarsel[K301]"),
        "{}",
        quiet.out
    );
    assert!(
        quiet
            .out
            .ends_with("0 fejl, 1 advarsel og 0 beskeder i 2 poster\n"),
        "{}",
        quiet.out
    );

    let public = run_on(&site, &["check", "--public"]);
    assert_eq!(
        public.code, 0,
        "what is not public stops nothing: {}",
        public.out
    );
    site.file(
        "sider/god.md",
        public_record("titel: En god side", "Se [[noget-andet]]."),
    );
    let public = run_on(&site, &["check", "--public"]);
    assert_eq!(public.code, 1, "{}", public.out);
    assert!(
        public.out.contains("K301") && !public.out.contains("ideer/"),
        "{}",
        public.out
    );
}

// build

#[test]
fn build_writes_a_site_and_replaces_the_one_before() {
    let site = good();
    let out = site.beside("ud");
    let first = ran(kaffe()
        .arg("build")
        .arg(site.root())
        .arg("--out")
        .arg(&out)
        .output()
        .expect("kaffe runs"));
    assert_eq!((first.code, first.err.as_str()), (0, ""), "{}", first.out);
    assert!(first.out.contains("1 offentlige poster"), "{}", first.out);
    assert!(
        out.join("index.html").is_file()
            && out.join("sider/god/index.html").is_file()
            && out.join("404.html").is_file()
    );

    site.remove("sider/god.md").file(
        "sider/ny.md",
        public_record("titel: En ny side", "Vi satte os ned."),
    );
    let second = ran(kaffe()
        .arg("build")
        .arg(site.root())
        .arg("--out")
        .arg(&out)
        .output()
        .expect("kaffe runs"));
    assert_eq!(second.code, 0, "{}", second.err);
    assert!(out.join("sider/ny/index.html").is_file() && !out.join("sider/god").exists());
    let left: Vec<_> = fs::read_dir(site.root().parent().expect("a folder"))
        .expect("a folder")
        .map(|e| e.expect("an entry").file_name())
        .collect();
    assert_eq!(left.len(), 2, "nothing is left beside: {left:?}");
}

#[test]
fn build_refuses_content_with_an_error_and_leaves_the_last_edition() {
    let site = good();
    let out = site.beside("ud");
    let build = || {
        ran(kaffe()
            .arg("build")
            .arg(site.root())
            .arg("--out")
            .arg(&out)
            .output()
            .expect("kaffe runs"))
    };
    assert_eq!(build().code, 0);
    let before = files_below(&out);
    for (path, text) in [
        ("sider/daarlig.md", BAD.to_owned()),
        (
            "sider/god.md",
            public_record("titel: En god side", "![](findes-ikke.png)"),
        ),
    ] {
        site.file(path, text);
        let refused = build();
        assert_eq!(refused.code, 1, "{}", refused.out);
        assert!(
            refused.out.contains("fejl[") && refused.err.contains("Intet er skrevet"),
            "{refused:?}"
        );
        assert_eq!(files_below(&out), before);
    }
}

#[test]
fn build_refuses_a_folder_that_it_did_not_make() {
    let site = good();
    let foreign = site.beside("billeder");
    fs::create_dir(&foreign).expect("a folder");
    fs::write(foreign.join("ferie.txt"), "sol").expect("a file");
    let refused = ran(kaffe()
        .arg("build")
        .arg(site.root())
        .arg("--out")
        .arg(&foreign)
        .output()
        .expect("kaffe runs"));
    assert_eq!((refused.code, refused.out.as_str()), (2, ""));
    assert!(refused.err.contains("billeder"), "{}", refused.err);
    assert_eq!(
        files_below(&foreign).keys().collect::<Vec<_>>(),
        ["ferie.txt"]
    );
    // Nor does it write over its own source.
    let over = ran(kaffe()
        .arg("build")
        .arg(site.root())
        .arg("--out")
        .arg(site.root())
        .output()
        .expect("kaffe runs"));
    assert_eq!(over.code, 2, "{over:?}");
    assert!(site.root().join("sider/god.md").is_file());
}

#[test]
fn two_builds_of_the_shipped_content_are_the_same_bytes() {
    let home = TestSite::new();
    let builds = ["et", "to"].map(|name| {
        let out = home.beside(name);
        let built = ran(kaffe()
            .args(["build", "content", "--out"])
            .arg(&out)
            .env(
                "TZ",
                if name == "et" {
                    "UTC"
                } else {
                    "Pacific/Auckland"
                },
            )
            .output()
            .expect("kaffe runs"));
        assert_eq!(built.code, 0, "{built:?}");
        files_below(&out)
    });
    assert!(builds[0].len() > 100);
    assert!(builds[0] == builds[1], "two builds differ");
}

// init and new

#[test]
fn init_gives_a_folder_that_is_clean_and_can_be_built() {
    let home = TestSite::new();
    let dir = home.beside("mit");
    let made = ran(kaffe().arg("init").arg(&dir).output().expect("kaffe runs"));
    assert_eq!(made.code, 0, "{}", made.err);
    assert!(made.out.contains("kaffe serve"), "{}", made.out);
    for (path, bytes) in files_below(&dir) {
        let text = String::from_utf8_lossy(&bytes);
        assert!(
            !(path.ends_with(".md") && text.lines().any(|l| l.trim_end() == "eksempel: ja")),
            "{path} is an example"
        );
    }
    let checked = ran(kaffe().arg("check").arg(&dir).output().expect("kaffe runs"));
    assert!(
        checked.code == 0 && checked.out.contains("0 fejl, 0 advarsler"),
        "{}",
        checked.out
    );
    let built = ran(kaffe()
        .arg("build")
        .arg(&dir)
        .arg("--out")
        .arg(home.beside("ud"))
        .output()
        .expect("kaffe runs"));
    assert_eq!(built.code, 0, "{built:?}");

    let again = ran(kaffe().arg("init").arg(&dir).output().expect("kaffe runs"));
    assert_eq!((again.code, again.out.as_str()), (2, ""));
    assert!(again.err.contains("not empty"), "{}", again.err);
}

#[test]
fn new_makes_an_id_once_and_a_stub_without_errors_for_every_kind() {
    let site = TestSite::new();
    let kinds: Vec<String> = engine(&shipped(), Audience::Project, Surface::Live)
        .snapshot()
        .view()
        .definitions()
        .kinds
        .iter()
        .map(|k| k.key.to_string())
        .collect();
    assert!(kinds.len() >= 19, "{kinds:?}");
    for (number, kind) in kinds.iter().enumerate() {
        // An id is free only when no kind has it, so that `[[id]]` keeps its one meaning.
        let id = match number {
            0 => "kaffe-paa-tvaers-ae-1.md".to_owned(),
            _ => format!("kaffe-paa-tvaers-ae-1-{}.md", number + 1),
        };
        let made = ran(kaffe()
            .args([
                "new",
                kind,
                "Kaffe på tværs: \"æ\" # 1",
                "--today",
                "2021-04-06",
                "--content",
            ])
            .arg(site.root())
            .output()
            .expect("kaffe runs"));
        assert_eq!(made.code, 0, "{kind}: {}", made.err);
        let path = PathBuf::from(made.out.trim());
        assert_eq!(
            path.file_name().expect("a name").to_string_lossy(),
            id.as_str(),
            "{kind}"
        );
        let text = fs::read_to_string(&path).expect("the stub");
        assert!(text.contains("oprettet: 2021-04-06\n"), "{text}");
    }
    let checked = run_on(&site, &["check", "--quiet"]);
    assert!(
        checked.code == 0 && checked.out.starts_with("0 fejl, 0 advarsler"),
        "{}",
        checked.out
    );
    let snapshot = site.wiki().snapshot();
    let idea = snapshot
        .view()
        .find("anvisning", "kaffe-paa-tvaers-ae-1")
        .expect("the first of them");
    assert_eq!(idea.record.title, "Kaffe på tværs: \"æ\" # 1");
}

#[test]
fn new_takes_the_next_free_id_and_never_writes_over_a_file() {
    let site = TestSite::new();
    let mut names = Vec::new();
    for _ in 0..3 {
        let made = ran(kaffe()
            .args(["new", "Idé", "Åben dør", "--content"])
            .arg(site.root())
            .output()
            .expect("kaffe runs"));
        assert_eq!(made.code, 0, "{}", made.err);
        names.push(
            Path::new(made.out.trim())
                .file_name()
                .expect("a name")
                .to_string_lossy()
                .into_owned(),
        );
    }
    assert_eq!(
        names,
        ["aaben-doer.md", "aaben-doer-2.md", "aaben-doer-3.md"]
    );
}

#[test]
fn new_knows_the_kinds_and_asks_whether_another_was_meant() {
    let site = TestSite::new();
    let wrong = ran(kaffe()
        .args(["new", "proevhandling", "X", "--content"])
        .arg(site.root())
        .output()
        .expect("kaffe runs"));
    assert_eq!((wrong.code, wrong.out.as_str()), (2, ""));
    assert!(
        wrong.err.contains("mente du proevehandling?") && wrong.err.contains("spoergeskema"),
        "{}",
        wrong.err
    );
    let empty = ran(kaffe()
        .args(["new", "ide", "  ", "--content"])
        .arg(site.root())
        .output()
        .expect("kaffe runs"));
    assert_eq!(empty.code, 2);
    assert!(files_below(site.root()).is_empty(), "nothing is written");
}

#[test]
fn the_day_is_given_or_that_of_the_source_or_todays() {
    let site = TestSite::new();
    let made = |arguments: &[&str], epoch: Option<&str>| {
        let mut command = kaffe();
        command
            .args(["new", "ide", "En idé", "--content"])
            .arg(site.root())
            .args(arguments);
        if let Some(epoch) = epoch {
            command.env("SOURCE_DATE_EPOCH", epoch);
        }
        let made = ran(command.output().expect("kaffe runs"));
        assert_eq!(made.code, 0, "{}", made.err);
        let text = fs::read_to_string(made.out.trim()).expect("the stub");
        text.lines()
            .find_map(|l| l.strip_prefix("oprettet: "))
            .expect("a day")
            .to_owned()
    };
    assert_eq!(made(&[], Some("1617667200")), "2021-04-06");
    assert_eq!(
        made(&["--today", "2022-01-31"], Some("1617667200")),
        "2022-01-31"
    );
    assert!(made(&[], None).as_str() > "2026");
}

// search

#[test]
fn search_prints_hits_for_people_and_for_programs() {
    let site = TestSite::new();
    for number in 1..=5 {
        site.file(
            &format!("sider/rollator-{number}.md"),
            record(
                &format!("titel: Rollator nummer {number}"),
                "Vi gik en tur med rollatorer.",
            ),
        );
    }
    let search = |arguments: &[&str]| {
        ran(kaffe()
            .args(["search", "--content"])
            .arg(site.root())
            .args(arguments)
            .output()
            .expect("kaffe runs"))
    };
    let people = search(&["rollator"]);
    assert_eq!(people.code, 0, "{}", people.err);
    assert!(
        people
            .out
            .contains("Rollator nummer 3  (Side)\n    sider/rollator-3.md\n")
            && people.out.ends_with("5 fundet\n"),
        "{}",
        people.out
    );
    assert!(
        search(&["rollator", "--lang", "en"])
            .out
            .ends_with("5 found\n")
    );

    let programs = search(&["rollator", "--json", "--limit", "2"]);
    let lines: Vec<serde_json::Value> = programs
        .out
        .lines()
        .map(|l| serde_json::from_str(l).expect("a line of JSON"))
        .collect();
    assert_eq!(lines.len(), 2, "{}", programs.out);
    for key in ["kind", "id", "title", "path", "score", "snippet"] {
        assert!(!lines[0][key].is_null(), "{key}: {}", programs.out);
    }
    assert_eq!(search(&["rollator", "--kind", "ide"]).out, "0 fundet\n");
    assert_eq!(
        search(&["rollator", "--kind", "Sider", "--json"])
            .out
            .lines()
            .count(),
        5
    );
    let nothing = search(&["xyzzy", "--json"]);
    assert_eq!((nothing.code, nothing.out.as_str()), (0, ""));
}

// explain, completions, help

#[test]
fn explain_tells_about_every_code_in_both_languages() {
    // The words themselves are held by the library; the command must print them for each code that it lists.
    for code in [Code::K001, Code::K011, Code::K312, Code::K401, Code::K511] {
        for lang in Lang::ALL {
            let told = run(["explain", code.as_str(), "--lang", &lang.to_string()]);
            assert_eq!(
                (told.code, told.out.trim_end()),
                (0, explain::text(code, lang).trim_end())
            );
        }
    }
    for code in Code::ALL {
        let both = Lang::ALL.map(|lang| explain::text(*code, lang));
        assert!(
            both.iter().all(|said| said.contains(code.as_str())
                && !said.contains("{reason")
                && said.lines().count() >= 3),
            "{code}"
        );
    }
    assert_eq!(run(["explain", "k011"]).out, run(["explain", "K011"]).out);
    let unknown = run(["explain", "K01l"]);
    assert_eq!((unknown.code, unknown.out.as_str()), (2, ""));
    assert!(unknown.err.contains("did you mean K01"), "{}", unknown.err);
}

#[test]
fn completions_know_every_command() {
    for shell in ["bash", "zsh", "fish"] {
        let script = run(["completions", shell]);
        assert_eq!((script.code, script.err.as_str()), (0, ""));
        for command in [
            "serve",
            "build",
            "check",
            "init",
            "new",
            "search",
            "explain",
            "user",
            "completions",
        ] {
            assert!(
                script.out.contains(command),
                "{shell} does not know {command}"
            );
        }
    }
    assert_eq!(run(["completions", "cmd"]).code, 2);
}

#[test]
fn the_help_of_every_command_is_as_it_was_read() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/snapshots");
    let mut wrong = Vec::new();
    for command in [
        "kaffe",
        "serve",
        "build",
        "check",
        "init",
        "new",
        "search",
        "explain",
        "user",
        "user-add",
        "user-list",
        "user-link",
        "user-password",
        "user-revoke",
        "mail",
        "completions",
    ] {
        let arguments: Vec<&str> = if command == "kaffe" {
            vec!["--help"]
        } else {
            command.split('-').chain(["--help"]).collect()
        };
        let helped = run(arguments);
        assert_eq!((helped.code, helped.err.as_str()), (0, ""), "{command}");
        let said: String = helped
            .out
            .lines()
            .flat_map(|l| [l.trim_end(), "\n"])
            .collect();
        let file = folder.join(format!("help-{command}.txt"));
        if std::env::var_os("KAFFE_BLESS").is_some() {
            fs::create_dir_all(&folder).expect("a folder for what is said");
            fs::write(&file, &said).expect("what is said is written");
        }
        if fs::read_to_string(&file).unwrap_or_default() != said {
            wrong.push(format!("{command} says now\n{said}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(
        run(["--version"]).out,
        format!("kaffe {}\n", env!("CARGO_PKG_VERSION"))
    );
}

#[test]
fn a_reader_that_has_gone_is_no_failure() {
    let site = TestSite::of(&[("sider/a.md", BAD)]);
    let root = site.root().to_str().expect("a path");
    for arguments in [
        &["completions", "bash"][..],
        &["explain", "K011"],
        &["--help"],
        &["check", "--format", "json", root],
        &["search", "kaffe", "--content", root],
    ] {
        let (reader, writer) = io::pipe().expect("a pipe");
        drop(reader);
        let done = kaffe()
            .args(arguments)
            .stdout(writer)
            .stderr(Stdio::piped())
            .spawn()
            .expect("kaffe runs")
            .wait_with_output()
            .expect("it ends");
        let said = String::from_utf8_lossy(&done.stderr).into_owned();
        assert!(
            matches!(done.status.code(), Some(0 | 1))
                && !said.contains("panic")
                && !said.contains("pipe"),
            "{arguments:?}: {:?} {said}",
            done.status
        );
    }
}

// serve

/// A server that is stopped when the test is over, however it ends.
pub struct Server(pub Child);

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

pub fn ask(address: &str, path: &str) -> String {
    let mut stream = TcpStream::connect(address).expect("a connection");
    stream.set_read_timeout(Some(PATIENCE)).expect("a limit");
    write!(
        stream,
        "GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n"
    )
    .expect("a question");
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).expect("an answer");
    String::from_utf8_lossy(&answer).into_owned()
}

#[cfg(unix)]
#[test]
fn serve_prints_its_address_first_answers_and_stops_when_asked() {
    let site = good();
    let mut server = Server(
        kaffe()
            .arg("serve")
            .arg(site.root())
            .args(["--listen", "127.0.0.1:0"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("kaffe runs"),
    );
    let mut lines = BufReader::new(server.0.stdout.take().expect("its output")).lines();
    let first = lines.next().expect("a line").expect("UTF-8");
    let address = first
        .strip_prefix("http://")
        .and_then(|a| a.strip_suffix('/'))
        .unwrap_or_else(|| panic!("{first}"))
        .to_owned();
    assert!(
        address.starts_with("127.0.0.1:") && !address.ends_with(":0"),
        "{first}"
    );

    let page = ask(&address, "/sider/god/");
    assert!(
        page.starts_with("HTTP/1.1 200") && page.contains("Vi satte os ned."),
        "{page}"
    );
    assert!(ask(&address, "/findes-ikke/").starts_with("HTTP/1.1 404"));

    let stopped = Command::new("kill")
        .args(["-TERM", &server.0.id().to_string()])
        .status()
        .expect("kill runs");
    assert!(stopped.success());
    assert_eq!(server.0.wait().expect("it ends").code(), Some(0));
    assert!(lines.next().is_none(), "nothing but the address is printed");
}

#[test]
fn serve_refuses_what_it_cannot_do() {
    assert_eq!(
        run(["serve", "findes/ikke", "--listen", "127.0.0.1:0"]).code,
        2
    );
    assert_eq!(
        run(["serve", "content", "--listen", "et-eller-andet"]).code,
        2
    );
}

// the content that is shipped

#[test]
fn the_shipped_content_has_no_errors_and_no_warnings() {
    let checked = run(["check", "content", "--today", "2021-12-01"]);
    assert_eq!(checked.code, 0, "{}", checked.out);
    assert!(
        checked
            .out
            .lines()
            .last()
            .is_some_and(|l| l.starts_with("0 fejl, 0 advarsler og ")),
        "{}",
        checked.out
    );
    let public = run(["check", "content", "--public", "--today", "2021-12-01"]);
    assert_eq!(public.code, 0, "{}", public.out);
}

#[test]
fn the_shipped_content_has_two_records_of_every_kind_and_sixty_in_all() {
    let snapshot = engine(&shipped(), Audience::Project, Surface::Live).snapshot();
    let view = snapshot.view();
    let mut count: BTreeMap<String, usize> = view
        .definitions()
        .kinds
        .iter()
        .map(|k| (k.key.to_string(), 0))
        .collect();
    for seen in view.records() {
        *count
            .entry(seen.record.reference.kind.to_string())
            .or_default() += 1;
    }
    let few: Vec<_> = count.iter().filter(|(_, n)| **n < 2).collect();
    assert!(few.is_empty(), "too few: {few:?}");
    assert!(count.values().sum::<usize>() >= 60, "{count:?}");
}

#[test]
fn no_example_is_said_to_come_from_the_real_project() {
    let mut examples = 0;
    for (path, bytes) in files_below(&shipped()) {
        let text = String::from_utf8(bytes).unwrap_or_default();
        let Some(front) = text
            .strip_prefix("---\n")
            .and_then(|t| t.split_once("\n---"))
            .map(|(front, _)| front)
        else {
            continue;
        };
        if !path.ends_with(".md") || !front.lines().any(|l| l == "eksempel: ja") {
            continue;
        }
        examples += 1;
        assert!(
            front.lines().any(|l| l == "kommer_fra: eksempel"),
            "{path} does not say that it is from an example"
        );
        // Who did it, wrote it, paid for it or coded it.
        for line in front.lines() {
            let (key, value) = line.split_once(':').unwrap_or((line, ""));
            let who = matches!(
                key,
                "kommune"
                    | "team"
                    | "udgiver"
                    | "afsender"
                    | "kodet_af"
                    | "dobbeltkodning_af"
                    | "kontakt"
                    | "tjekket_af"
                    | "titel"
                    | "talkilde"
                    | "opbevares_hos"
            );
            assert!(
                !(who
                    && (value.contains("Haderslev")
                        || value.contains("haderslev")
                        || value.contains("VIVE"))),
                "{path}: {line}"
            );
            assert!(
                !key.starts_with("faktisk_"),
                "{path} invents when something real took place"
            );
        }
    }
    assert!(examples >= 20, "{examples}");
}

#[test]
fn every_example_belongs_to_a_team_that_is_an_example() {
    let snapshot = engine(&shipped(), Audience::Project, Surface::Live).snapshot();
    let view = snapshot.view();
    let teams: BTreeMap<&RecordId, bool> = view
        .records()
        .filter(|s| s.record.reference.kind.as_str() == "team")
        .map(|s| (&s.record.reference.id, s.record.example))
        .collect();
    assert!(teams.values().any(|example| *example) && teams.values().any(|example| !*example));
    let mut wrong = BTreeSet::new();
    for seen in view.records() {
        if let Some(team) = &seen.record.team
            && teams.get(team) != Some(&seen.record.example)
        {
            wrong.insert(format!("{} and {team}", seen.record.path));
        }
    }
    assert!(
        wrong.is_empty(),
        "one is an example and the other is not: {wrong:?}"
    );
}
