//! The house rules that a compiler does not hold: layers, doors, sizes and words, read from the files themselves.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::case_sensitive_file_extension_comparisons,
    reason = "a test that cannot go on ends, and it knows its own files"
)]

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    sync::LazyLock,
};

/// The modules from the ground up; a module may look only at those with a lower number.
const LAYERS: [(&str, u8); 18] = [
    ("text", 0),
    ("diag", 0),
    ("model", 1),
    ("history", 1),
    ("source", 1),
    ("parse", 2),
    ("starter", 2),
    ("site", 3),
    ("search", 4),
    ("render", 4),
    ("engine", 5),
    ("form", 5),
    ("writing", 5),
    ("people", 5),
    ("mail", 5),
    ("publish", 5),
    ("serve", 6),
    ("cli", 6),
];

/// Arrows inside a layer; each makes an order there, and none of them is a ring.
const INSIDE_A_LAYER: [(&str, &str, &str); 9] = [
    (
        "diag",
        "text",
        "words of authors are masked and languages picked by text, which knows nothing of messages",
    ),
    ("history", "model", "versions are of files by `SourcePath`"),
    (
        "source",
        "model",
        "the disk gives `SourcePath`, the one constructor of a safe path",
    ),
    (
        "starter",
        "parse",
        "the starter knows which of its files are definitions",
    ),
    ("publish", "engine", "a publication is made from a snapshot"),
    (
        "writing",
        "engine",
        "what is written goes into the site at once",
    ),
    ("mail", "engine", "a letter is written from a snapshot"),
    ("mail", "people", "letters go to accounts"),
    ("cli", "serve", "the command starts the server"),
];

/// The doors: a package and the files that may name it.
const DOORS: [(&str, &[&str]); 19] = [
    ("serde_yaml", &["src/parse/yaml.rs"]),
    (
        "pulldown_cmark",
        &["src/parse/markdown.rs", "src/render/body.rs"],
    ),
    ("tera", &["src/render/templates.rs"]),
    ("tantivy", &["src/search.rs", "src/search/"]),
    ("axum", &["src/serve.rs", "src/serve/"]),
    ("tower_http", &["src/serve.rs", "src/serve/"]),
    ("notify", &["src/source/watch.rs"]),
    ("gix", &["src/history.rs", "src/history/"]),
    // `search` has a module of that name.
    (
        "similar",
        &[
            "src/history/diff.rs",
            "src/text/sequence.rs",
            "src/search.rs",
        ],
    ),
    ("walkdir", &["src/source/folder.rs"]),
    ("clap", &["src/cli.rs", "src/cli/"]),
    (
        "image",
        &["src/parse/attachment.rs", "src/engine/picture.rs"],
    ),
    ("rust_embed", &["src/render/theme.rs", "src/starter.rs"]),
    ("annotate_snippets", &["src/diag/human.rs"]),
    ("argon2", &["src/people/password.rs", "src/people.rs"]),
    ("getrandom", &["src/people/secret.rs", "src/people.rs"]),
    ("governor", &["src/people/limits.rs"]),
    ("lettre", &["src/mail.rs", "src/mail/"]),
    ("qrcode", &["src/serve/people/qr.rs"]),
];

/// The files that may touch the disk.
const DISK: [&str; 8] = [
    "src/history.rs",
    "src/history/",
    "src/source/",
    "src/source.rs",
    "src/publish/folder.rs",
    "src/render/theme.rs",
    "src/cli/",
    "src/cli.rs",
];

/// No file is longer; one that is longer than the soft limit is listed with the failure.
const LONGEST_FILE: usize = 600;
const SOFT_LIMIT: usize = 400;

/// The files of the repository that people wrote, by path.
static FILES: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = BTreeMap::new();
    for folder in [
        "src", "tests", "benches", "content", "themes", ".ci", "docs",
    ] {
        let place = root.join(folder);
        if place.is_dir() {
            files_of_people(&place, folder, &mut files);
        }
    }
    for name in [
        "Cargo.toml",
        "README.md",
        "clippy.toml",
        ".gitignore",
        "build.rs",
        "rust-toolchain.toml",
    ] {
        if let Ok(text) = std::fs::read_to_string(root.join(name)) {
            files.insert(name.to_owned(), text);
        }
    }
    files
});

/// Every file below a folder but what npm puts there, which is nobody's text here.
fn files_of_people(folder: &Path, below: &str, files: &mut BTreeMap<String, String>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let name = path
            .file_name()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        if matches!(
            name.as_str(),
            "node_modules" | "target" | "dist" | "package-lock.json"
        ) {
            continue;
        }
        let name = format!("{below}/{name}");
        if path.is_dir() {
            files_of_people(&path, &name, files);
        } else if let Ok(text) = std::fs::read_to_string(&path) {
            files.insert(name, text);
        }
    }
}

fn sources() -> impl Iterator<Item = (&'static str, &'static str)> {
    FILES
        .iter()
        .filter(|(path, _)| path.starts_with("src/") && path.ends_with(".rs"))
        .map(|(path, text)| (path.as_str(), text.as_str()))
}

/// Whether a file holds only tests.
fn is_test_file(path: &str) -> bool {
    path.contains("/tests/") || path.ends_with("/tests.rs")
}

/// A file without its tests, its comments and what stands in its texts.
fn code(text: &str) -> String {
    let text = text.split("\n#[cfg(test)]").next().unwrap_or_default();
    let mut plain = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '/' if letters.peek() == Some(&'/') => {
                for rest in letters.by_ref() {
                    if rest == '\n' {
                        break;
                    }
                }
                plain.push('\n');
            }
            '"' => {
                plain.push('"');
                while let Some(inside) = letters.next() {
                    match inside {
                        '\\' => {
                            letters.next();
                        }
                        '"' => break,
                        '\n' => plain.push('\n'),
                        _ => {}
                    }
                }
                plain.push('"');
            }
            // A quotation mark as a single letter.
            '\'' => {
                let mut ahead = letters.clone();
                match (ahead.next(), ahead.next(), ahead.next()) {
                    (Some('\\'), Some(_), Some('\'')) => letters = ahead,
                    (Some(_), Some('\''), _) => {
                        letters.next();
                        letters.next();
                    }
                    _ => plain.push('\''),
                }
            }
            _ => plain.push(letter),
        }
    }
    plain
}

/// The text of each string in a file's code.
fn strings(text: &str) -> BTreeSet<String> {
    let text = text.split("\n#[cfg(test)]").next().unwrap_or_default();
    let lines = text
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"));
    lines
        .flat_map(|line| {
            line.split('"')
                .skip(1)
                .step_by(2)
                .map(str::to_owned)
                .collect::<Vec<_>>()
        })
        .collect()
}

/// The part of a path just after `crate::`, also inside `crate::{…}`.
fn modules_named(code: &str) -> BTreeSet<String> {
    let mut named = BTreeSet::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        let Some(list) = rest.strip_prefix('{') else {
            named.insert(first_word(rest));
            continue;
        };
        let (mut depth, mut begins) = (0_i32, true);
        for (i, letter) in list.char_indices() {
            match letter {
                '{' => depth += 1,
                '}' if depth == 0 => break,
                '}' => depth -= 1,
                ',' if depth == 0 => begins = true,
                c if c.is_whitespace() => {}
                _ if begins && depth == 0 => {
                    named.insert(first_word(&list[i..]));
                    begins = false;
                }
                _ => {}
            }
        }
    }
    named
}

fn first_word(text: &str) -> String {
    text.chars()
        .take_while(|c| c.is_ascii_alphanumeric() || *c == '_')
        .collect()
}

fn module_of(path: &str) -> &str {
    path.trim_start_matches("src/")
        .trim_end_matches(".rs")
        .split('/')
        .next()
        .unwrap_or_default()
}

fn layer(module: &str) -> Option<u8> {
    LAYERS
        .iter()
        .find(|(name, _)| *name == module)
        .map(|(_, layer)| *layer)
}

#[test]
fn arrows_between_modules_point_downward() {
    let mut wrong = Vec::new();
    let mut used = BTreeSet::new();
    for (path, text) in sources() {
        let from = module_of(path);
        if matches!(from, "lib" | "main") || is_test_file(path) {
            continue;
        }
        let Some(own) = layer(from) else {
            wrong.push(format!("{path}: the module {from} stands in no layer"));
            continue;
        };
        for to in modules_named(&code(text)) {
            let Some(other) = layer(&to) else { continue };
            if to == from || other < own {
                continue;
            }
            if INSIDE_A_LAYER
                .iter()
                .any(|(a, b, _)| (*a, *b) == (from, to.as_str()))
            {
                used.insert((from.to_owned(), to));
                continue;
            }
            wrong.push(format!("{path} looks up at {to}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let unused: Vec<_> = INSIDE_A_LAYER
        .iter()
        .filter(|(a, b, _)| !used.contains(&((*a).to_owned(), (*b).to_owned())))
        .collect();
    assert!(unused.is_empty(), "nobody needs these any more: {unused:?}");
}

#[test]
fn every_module_of_the_crate_stands_in_a_layer() {
    let library = &FILES["src/lib.rs"];
    let declared: BTreeSet<&str> = library
        .lines()
        .filter_map(|l| {
            l.strip_prefix("pub mod ")
                .or_else(|| l.strip_prefix("mod "))
        })
        .map(|l| l.trim_end_matches(';'))
        .collect();
    assert_eq!(declared, LAYERS.iter().map(|(name, _)| *name).collect());
}

/// Whether code names a package: as a path, an import or a derive.
fn names_package(code: &str, package: &str) -> bool {
    code.match_indices(package).any(|(at, _)| {
        let before = code[..at].chars().next_back().unwrap_or(' ');
        let after = &code[at + package.len()..];
        !before.is_alphanumeric()
            && !matches!(before, '_' | ':' | '.')
            && (after.starts_with("::") || (code[..at].ends_with("use ") && after.starts_with(';')))
    })
}

#[test]
fn every_outside_package_is_named_only_at_its_doors() {
    let mut wrong = Vec::new();
    for (package, doors) in DOORS {
        let mut seen = false;
        for (path, text) in sources() {
            if !names_package(&code(text), package) {
                continue;
            }
            seen = true;
            if !doors
                .iter()
                .any(|door| path == *door || (door.ends_with('/') && path.starts_with(door)))
            {
                wrong.push(format!("{path} names {package}"));
            }
        }
        assert!(seen, "{package} is named nowhere: is its name right here?");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn only_the_doors_touch_the_disk() {
    let wrong: Vec<&str> = sources()
        .filter(|(path, text)| {
            let code = code(text);
            let touches = code.contains("std::fs")
                || code.contains("fs::")
                || code.contains("    fs,")
                || code.contains("{fs,")
                || code.contains("File::open")
                || code.contains("File::create");
            touches
                && !is_test_file(path)
                && !DISK
                    .iter()
                    .any(|door| path == door || (door.ends_with('/') && path.starts_with(door)))
        })
        .map(|(path, _)| path)
        .collect();
    assert!(wrong.is_empty(), "these touch the disk: {wrong:?}");
}

#[test]
fn only_the_clock_of_the_commands_knows_the_time_and_nobody_the_working_directory() {
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        for word in [
            "Zoned::now",
            "Timestamp::now",
            "SystemTime::now",
            "Utc::now",
            "Local::now",
            "current_dir",
            "set_var",
        ] {
            if code(text).contains(word) && path != "src/cli/clock.rs" {
                wrong.push(format!("{path}: {word}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:?}");
    assert!(code(&FILES["src/cli/clock.rs"]).contains("Zoned::now"));
}

#[test]
fn no_file_is_longer_than_one_can_read() {
    let mut long: Vec<(usize, &str)> = sources()
        .filter(|(path, _)| !is_test_file(path))
        .map(|(path, text)| (text.lines().count(), path))
        .filter(|(n, _)| *n > SOFT_LIMIT)
        .collect();
    long.sort_unstable();
    let listed: Vec<String> = long
        .iter()
        .rev()
        .map(|(n, path)| format!("{n} {path}"))
        .collect();
    assert!(
        long.iter().all(|(n, _)| *n <= LONGEST_FILE),
        "longer than {SOFT_LIMIT}; none may be longer than {LONGEST_FILE}:\n{}",
        listed.join("\n")
    );
    let tests = FILES.iter().filter(|(path, _)| {
        path.ends_with(".rs") && (path.starts_with("tests/") || is_test_file(path))
    });
    let long: Vec<String> = tests
        .map(|(path, text)| (text.lines().count(), path))
        .filter(|(n, _)| *n > 2 * LONGEST_FILE)
        .map(|(n, path)| format!("{n} {path}"))
        .collect();
    assert!(long.is_empty(), "{long:?}");
}

#[test]
fn every_module_begins_with_what_it_is() {
    let without: Vec<&str> = sources()
        .filter(|(path, text)| !is_test_file(path) && !text.starts_with("//! "))
        .map(|(path, _)| path)
        .collect();
    assert!(without.is_empty(), "{without:?}");
    let tests = FILES
        .iter()
        .filter(|(path, _)| path.starts_with("tests/it/") && path.ends_with(".rs"));
    let without: Vec<&String> = tests
        .filter(|(_, text)| !text.trim_start().starts_with("//! "))
        .map(|(path, _)| path)
        .collect();
    assert!(without.is_empty(), "{without:?}");
}

#[test]
fn nothing_outside_the_tests_gives_up() {
    let mut wrong = Vec::new();
    for (path, text) in sources().filter(|(path, _)| !is_test_file(path)) {
        let code = code(text);
        for word in [
            ".unwrap()",
            ".expect(",
            "panic!(",
            "todo!(",
            "unimplemented!(",
            "unreachable!(",
            "process::exit",
            "dbg!(",
        ] {
            if code.contains(word) {
                wrong.push(format!("{path}: {word}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn modules_are_files_with_names_and_nothing_is_called_by_what_it_might_hold() {
    for (path, text) in sources() {
        assert!(!path.ends_with("/mod.rs"), "{path}");
        let name = path.rsplit('/').next().unwrap_or_default();
        assert!(
            ![
                "util.rs",
                "utils.rs",
                "helpers.rs",
                "common.rs",
                "misc.rs",
                "manager.rs"
            ]
            .contains(&name),
            "{path}"
        );
        assert!(
            !code(text).contains("fn get_"),
            "{path} has a function called get_…"
        );
    }
}

/// A file of the interface's words: key and text, in the order of the file.
fn words_of(lang: &str) -> BTreeMap<String, String> {
    let text = &FILES[&format!("themes/kaffe/tekster/{lang}.yaml")];
    let mut words = BTreeMap::new();
    for line in text
        .lines()
        .filter(|l| !l.starts_with('#') && !l.trim().is_empty())
    {
        let (key, value) = line
            .split_once(':')
            .unwrap_or_else(|| panic!("{lang}: {line}"));
        assert!(
            words
                .insert(key.to_owned(), value.trim().to_owned())
                .is_none(),
            "{key} stands twice in {lang}"
        );
    }
    words
}

fn places(words: &str) -> BTreeSet<&str> {
    words
        .split('{')
        .skip(1)
        .filter_map(|part| part.split('}').next())
        .collect()
}

#[test]
fn both_languages_of_the_interface_have_the_same_words_with_the_same_places() {
    let (danish, english) = (words_of("da"), words_of("en"));
    assert_eq!(
        danish.keys().collect::<Vec<_>>(),
        english.keys().collect::<Vec<_>>()
    );
    for (key, words) in &danish {
        let places_of = |words: &str| {
            places(words)
                .into_iter()
                .filter(|p| *p != "n")
                .map(str::to_owned)
                .collect::<BTreeSet<_>>()
        };
        assert_eq!(places_of(words), places_of(&english[key]), "{key}");
        assert!(
            !words.is_empty() && !english[key].is_empty(),
            "{key} is empty"
        );
    }
}

/// The keys that a template asks for: `t.key` and `tr(key="key"`.
fn keys_of_templates() -> BTreeSet<(String, String)> {
    let mut keys = BTreeSet::new();
    for (path, text) in FILES
        .iter()
        .filter(|(path, _)| path.starts_with("themes/kaffe/templates/"))
    {
        for (at, _) in text.match_indices("t.") {
            let before = text[..at].chars().next_back().unwrap_or(' ');
            if !before.is_alphanumeric() && !matches!(before, '_' | '.' | '-' | '/') {
                keys.insert((path.clone(), first_word(&text[at + 2..])));
            }
        }
        for (at, found) in text.match_indices("tr(key=\"") {
            keys.insert((path.clone(), first_word(&text[at + found.len()..])));
        }
    }
    keys.retain(|(_, key)| !key.is_empty());
    keys
}

/// The keys that code asks for by name.
fn keys_of_code() -> BTreeSet<(String, String)> {
    let mut keys = BTreeSet::new();
    for (path, text) in sources().filter(|(path, _)| path.starts_with("src/render")) {
        let text = text.split("\n#[cfg(test)]").next().unwrap_or_default();
        for call in [
            "texts.get(\"",
            "texts().get(\"",
            "texts.fill(\"",
            "texts().fill(\"",
            "texts.count(\"",
            "texts().count(\"",
            "texts.known(\"",
            "self.text(\"",
            "maker.text(\"",
        ] {
            for (at, _) in text.match_indices(call) {
                keys.insert((path.to_owned(), first_word(&text[at + call.len()..])));
            }
        }
    }
    keys
}

#[test]
fn every_word_that_a_page_asks_for_exists() {
    let known = words_of("da");
    let exists = |key: &str| {
        known.contains_key(key)
            || (known.contains_key(&format!("{key}_one"))
                && known.contains_key(&format!("{key}_many")))
    };
    let asked: BTreeSet<(String, String)> = keys_of_templates()
        .into_iter()
        .chain(keys_of_code())
        .collect();
    assert!(
        asked.len() > 100,
        "only {} are asked for: is the way of asking another now?",
        asked.len()
    );
    let missing: Vec<&(String, String)> = asked.iter().filter(|(_, key)| !exists(key)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn every_word_is_asked_for_somewhere() {
    let named: BTreeSet<String> = keys_of_templates()
        .into_iter()
        .map(|(_, key)| key)
        .collect();
    let literal: BTreeSet<String> = sources().flat_map(|(_, text)| strings(text)).collect();
    // Words whose keys are put together from a list of the code.
    let composed = |key: &str| {
        key.starts_with("tidy_")
            && (key.ends_with("_title") || key.ends_with("_explain") || key.ends_with("_empty"))
    };
    let base = |key: &str| {
        key.strip_suffix("_one")
            .or_else(|| key.strip_suffix("_many"))
            .unwrap_or(key)
            .to_owned()
    };
    let unused: Vec<String> = words_of("da")
        .into_keys()
        .filter(|key| {
            let names = [key.clone(), base(key)];
            !composed(key)
                && !names
                    .iter()
                    .any(|n| named.contains(n) || literal.contains(n))
        })
        .collect();
    assert!(unused.is_empty(), "nobody asks for {unused:?}");
}

#[test]
fn no_file_knows_the_machine_it_was_made_on_or_where_packages_come_from() {
    // Put together here, so that this file does not hold them.
    let machines = [
        ["/ho", "me/"],
        ["/Us", "ers/"],
        ["/ro", "ot/"],
        ["/wo", "rk/"],
        ["C:", "\\Users"],
    ]
    .map(|parts| parts.concat());
    let hosts = [
        ["crates", ".io"],
        ["npmjs", ".org"],
        ["npmjs", ".com"],
        ["pypi", ".org"],
        ["static.rust-lang", ".org"],
        ["github", "usercontent.com"],
    ]
    .map(|parts| parts.concat());
    let mut wrong = Vec::new();
    for (path, text) in FILES.iter() {
        for word in machines.iter().chain(&hosts) {
            if text.contains(word.as_str()) {
                wrong.push(format!("{path}: {word}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_text_of_the_repository_holds_a_number_of_a_person() {
    let wrong: Vec<&String> = FILES
        .iter()
        .filter(|(path, text)| !path.ends_with(".svg") && !kaffe::text::cpr::find(text).is_empty())
        .map(|(path, _)| path)
        .collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn there_is_half_as_much_test_as_there_is_source() {
    let (mut source, mut tests) = (0_usize, 0_usize);
    for (path, text) in FILES.iter() {
        let lines = text.lines().count();
        if path.starts_with("tests/") || is_test_file(path) {
            tests += lines;
        } else if path.starts_with("src/") {
            let own = text
                .split("\n#[cfg(test)]\nmod tests {")
                .next()
                .unwrap_or_default()
                .lines()
                .count();
            source += own;
            tests += lines - own;
        }
    }
    assert!(
        tests * 2 >= source,
        "{tests} lines of tests for {source} lines of source"
    );
}

#[test]
fn the_readers_of_this_file_see_what_they_are_meant_to_see() {
    let text = "use crate::{\n    diag::{Code, Span},\n    text::fold,\n};\n// crate::cli\nlet x = \"crate::serve\"; let q = '\"'; crate::model::x();\n\n#[cfg(test)]\nmod tests { use crate::cli; }\n";
    assert_eq!(
        modules_named(&code(text)),
        ["diag", "model", "text"].map(str::to_owned).into()
    );
    assert!(
        names_package("use tera::{Tera};", "tera")
            && names_package("x(tera::Value)", "tera")
            && names_package("use clap;", "clap")
    );
    assert!(
        !names_package("my_tera::x", "tera")
            && !names_package("self.tera.render()", "tera")
            && !names_package("crate::image::x", "image")
    );
    assert_eq!(code("a /* 1 */ // b\nc"), "a /* 1 */ \nc");
}
