//! What the server shows as published and what `build` writes are the same bytes, and they need
//! nothing but themselves.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
};

use kaffe::{
    model::Audience,
    publish,
    site::route::{Route, Surface},
};

use crate::support::{self, Http, TestSite, decoded, encoded, engine, files_below, shipped, tags};

fn shipped_edition() -> BTreeMap<String, Vec<u8>> {
    support::published(&engine(&shipped(), Audience::Public, Surface::Published).snapshot())
}

/// The pages of an edition.
fn pages(files: &BTreeMap<String, Vec<u8>>) -> impl Iterator<Item = (&str, String)> {
    let html = files.iter().filter(|(path, _)| path.ends_with(".html"));
    html.map(|(path, bytes)| {
        (
            path.as_str(),
            String::from_utf8(bytes.clone()).expect("UTF-8"),
        )
    })
}

#[test]
fn the_server_shows_as_published_what_build_writes_byte_for_byte() {
    let engine = engine(&shipped(), Audience::Public, Surface::Published);
    let files = support::published(&engine.snapshot());
    let server = Http::over(&engine);
    assert!(
        files.len() > 100,
        "only {} files are published",
        files.len()
    );
    for (path, bytes) in &files {
        let expected = if path == "404.html" { 404 } else { 200 };
        let reply = server.get(&format!("/{}", encoded(path)));
        assert_eq!(reply.status, expected, "/{path}");
        assert!(
            reply.body == *bytes,
            "/{path} differs between serve and build"
        );
        if let Some(folder) = path.strip_suffix("index.html") {
            let reply = server.get(&format!("/{}", encoded(folder)));
            assert_eq!(reply.status, 200, "/{folder}");
            assert!(reply.body == *bytes, "/{folder} differs from /{path}");
        }
    }
}

#[test]
fn an_address_without_its_last_slash_is_sent_to_the_page() {
    let engine = engine(&shipped(), Audience::Public, Surface::Published);
    let files = support::published(&engine.snapshot());
    let moved: BTreeSet<String> = engine
        .snapshot()
        .view()
        .former_addresses()
        .iter()
        .map(|r| engine.snapshot().view().address(r))
        .collect();
    let server = Http::over(&engine);
    for folder in files
        .keys()
        .filter_map(|path| path.strip_suffix("/index.html"))
    {
        if moved.contains(&format!("{folder}/")) {
            continue;
        }
        let reply = server.get(&format!("/{}", encoded(folder)));
        assert_eq!(
            (reply.status, decoded(reply.header("location"))),
            (308, format!("/{folder}/")),
            "/{folder}"
        );
    }
}

#[test]
fn what_lives_only_in_the_wiki_is_not_there_as_published() {
    let server = Http::over(&engine(&shipped(), Audience::Public, Surface::Published));
    for address in [
        "/oprydning/",
        "/katalog/",
        "/api/search?q=kaffe",
        "/-/live",
        "/sider/fortaellingen.md",
        "/tema/live.js",
    ] {
        let reply = server.get(address);
        assert_eq!(reply.status, 404, "{address}");
    }
}

#[test]
fn two_builds_in_two_folders_are_identical() {
    let (one, two) = (TestSite::copy_of(&shipped()), TestSite::copy_of(&shipped()));
    let write = |site: &TestSite| {
        let snapshot = site.engine(Audience::Public, Surface::Published).snapshot();
        publish::folder::write(
            &site.beside("ud"),
            &publish::files(&snapshot).expect("files"),
        )
        .expect("a folder");
        files_below(&site.beside("ud"))
    };
    let (first, second) = (write(&one), write(&two));
    assert!(
        first.keys().eq(second.keys()),
        "the two folders hold different files"
    );
    for (path, bytes) in &first {
        assert!(
            second.get(path) == Some(bytes),
            "{path} differs between two builds"
        );
    }
    assert_eq!(
        first,
        one.build(),
        "the folder holds what the publication says"
    );
    let home = one.root().to_str().expect("a path");
    for (path, bytes) in &first {
        assert!(
            !bytes
                .windows(home.len())
                .any(|part| part == home.as_bytes()),
            "{path} names a folder of this machine"
        );
    }
}

#[test]
fn a_new_edition_replaces_the_one_before_as_a_whole() {
    let site = TestSite::of(&[
        ("sider/a.md", &support::public_record("titel: A", "Hej.")),
        ("sider/b.md", &support::public_record("titel: B", "Hej.")),
    ]);
    let out = site.beside("ud");
    let write = |site: &TestSite| {
        let snapshot = site.engine(Audience::Public, Surface::Published).snapshot();
        publish::folder::write(&out, &publish::files(&snapshot).expect("files"))
    };
    write(&site).expect("a first edition");
    assert!(out.join("sider/b/index.html").is_file());
    site.remove("sider/b.md")
        .file("sider/c.md", support::public_record("titel: C", "Hej."));
    write(&site).expect("a second edition");
    assert_eq!(files_below(&out), site.build());
    assert!(!out.join("sider/b").exists() && out.join("sider/c/index.html").is_file());
    let beside: Vec<String> = fs::read_dir(out.parent().expect("a folder"))
        .expect("a folder")
        .map(|e| {
            e.expect("an entry")
                .file_name()
                .into_string()
                .expect("a name")
        })
        .collect();
    assert_eq!(
        beside.len(),
        2,
        "something was left beside the edition: {beside:?}"
    );
}

#[test]
fn a_folder_of_somebody_elses_is_refused_and_left_untouched() {
    let site = TestSite::of(&[("sider/a.md", &support::public_record("titel: A", "Hej."))]);
    let out = site.beside("feriebilleder");
    fs::create_dir(&out).expect("a folder");
    fs::write(out.join("index.html"), "mit eget").expect("a file");
    fs::write(out.join("strand.jpg"), "billede").expect("a file");
    let before = files_below(&out);
    let files = publish::files(&site.engine(Audience::Public, Surface::Published).snapshot())
        .expect("files");
    assert!(
        publish::folder::write(&out, &files).is_err(),
        "a foreign folder was replaced"
    );
    assert_eq!(files_below(&out), before);
    // Nor is a file taken for a free place.
    let taken = site.beside("fil");
    fs::write(&taken, "tekst").expect("a file");
    assert!(
        publish::folder::write(&taken, &files).is_err(),
        "a file was replaced"
    );
    assert_eq!(fs::read(&taken).expect("still there"), b"tekst");
}

#[test]
fn every_link_of_every_published_page_leads_to_a_published_file() {
    let files = shipped_edition();
    let mut checked = 0_usize;
    for (path, html) in pages(&files) {
        let ids: BTreeSet<String> = ids(&html);
        for tag in tags(&html) {
            for name in ["href", "src", "action"] {
                let Some(target) = tag.attribute(name) else {
                    continue;
                };
                let (address, fragment) = target.split_once('#').unwrap_or((target, ""));
                let outside = address.starts_with("https://")
                    || address.starts_with("http://")
                    || address.starts_with("mailto:")
                    || address.starts_with("tel:");
                if outside {
                    assert_eq!(tag.name, "a", "{path} asks another site for {target}");
                    continue;
                }
                checked += 1;
                if address.is_empty() {
                    assert!(
                        fragment.is_empty() || ids.contains(&decoded(fragment)),
                        "{path} links to #{fragment}, which is not on the page"
                    );
                    continue;
                }
                let resolved = resolve(path, &decoded(address))
                    .unwrap_or_else(|| panic!("{path} links out of the folder: {target}"));
                let Some(bytes) = files.get(&resolved) else {
                    panic!("{path} links to {target}, and {resolved} is not published")
                };
                if !fragment.is_empty() {
                    let there = ids_of(bytes);
                    assert!(
                        there.contains(&decoded(fragment)),
                        "{path} links to {target}, and no such heading is there"
                    );
                }
            }
        }
    }
    assert!(checked > 1_000, "only {checked} links were looked at");
}

fn ids(html: &str) -> BTreeSet<String> {
    tags(html)
        .iter()
        .filter_map(|t| t.attribute("id").map(str::to_owned))
        .collect()
}

fn ids_of(bytes: &[u8]) -> BTreeSet<String> {
    ids(&String::from_utf8_lossy(bytes))
}

/// Where a relative address leads from a page's own path; the page for missing addresses links from the root.
fn resolve(page: &str, address: &str) -> Option<String> {
    if let Some(absolute) = address.strip_prefix('/') {
        return (page == "404.html").then(|| {
            if absolute.is_empty() {
                "index.html".to_owned()
            } else {
                absolute.to_owned()
            }
        });
    }
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in address.split('/') {
        match part {
            "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

#[test]
fn no_published_page_asks_another_site_or_holds_code_of_its_own() {
    for (path, html) in pages(&shipped_edition()) {
        for tag in tags(&html) {
            for (name, value) in &tag.attributes {
                assert!(!name.starts_with("on"), "{path}: <{} {name}>", tag.name);
                assert_ne!(name, "style", "{path}: <{} style=\"{value}\">", tag.name);
                let loads = matches!(
                    name.as_str(),
                    "src" | "srcset" | "poster" | "data" | "background"
                ) || (name == "href" && tag.name != "a");
                let outside = value.contains("://") || value.starts_with("//");
                let names_a_page = tag.attribute("rel") == Some("canonical");
                assert!(
                    !(loads && outside) || names_a_page,
                    "{path} asks for {value}"
                );
                assert!(
                    !value
                        .trim_start()
                        .to_ascii_lowercase()
                        .starts_with("javascript:"),
                    "{path}: {value}"
                );
            }
            match tag.name.as_str() {
                "script" => assert!(
                    tag.attribute("src").is_some() && tag.inside.trim().is_empty(),
                    "{path} has a script of its own"
                ),
                "style" => panic!("{path} has a style of its own"),
                "iframe" | "object" | "embed" | "base" => panic!("{path} has <{}>", tag.name),
                _ => {}
            }
        }
    }
    let edition = shipped_edition();
    for (path, css) in edition.iter().filter(|(path, _)| path.ends_with(".css")) {
        let css = String::from_utf8_lossy(css);
        assert!(
            !css.contains("@import") && !css.contains("url(http") && !css.contains("url(//"),
            "{path} asks another site"
        );
    }
}

#[test]
fn every_id_of_a_page_is_there_once_and_every_button_opens_something() {
    for (path, html) in pages(&shipped_edition()) {
        let mut seen = BTreeSet::new();
        for tag in tags(&html) {
            if let Some(id) = tag.attribute("id") {
                assert!(seen.insert(id.to_owned()), "{path} has the id {id} twice");
            }
        }
        for tag in tags(&html) {
            for name in [
                "popovertarget",
                "aria-labelledby",
                "aria-describedby",
                "for",
            ] {
                if let Some(id) = tag.attribute(name) {
                    assert!(
                        seen.contains(id),
                        "{path}: <{} {name}=\"{id}\"> points at nothing",
                        tag.name
                    );
                }
            }
        }
    }
}

#[test]
fn every_published_page_has_one_main_heading_a_language_and_no_skipped_levels() {
    for (path, html) in pages(&shipped_edition()) {
        let tags = tags(&html);
        let level = |name: &str| {
            name.strip_prefix('h')
                .filter(|n| n.len() == 1)
                .and_then(|n| n.parse::<u8>().ok())
        };
        let levels: Vec<u8> = tags.iter().filter_map(|t| level(&t.name)).collect();
        assert_eq!(
            levels.iter().filter(|l| **l == 1).count(),
            1,
            "{path}: {levels:?}"
        );
        assert_eq!(
            levels.first(),
            Some(&1),
            "{path} begins with another heading: {levels:?}"
        );
        assert!(
            levels.windows(2).all(|pair| pair[1] <= pair[0] + 1),
            "{path} skips a level: {levels:?}"
        );
        let lang = tags
            .iter()
            .find(|t| t.name == "html")
            .and_then(|t| t.attribute("lang"));
        assert_eq!(lang, Some("da"), "{path}");
    }
}

#[test]
fn the_shipped_content_has_neither_errors_nor_warnings_and_may_be_published() {
    let snapshot = engine(&shipped(), Audience::Public, Surface::Published).snapshot();
    let bad: Vec<String> = snapshot
        .diagnostics()
        .iter()
        .filter(|d| d.severity != kaffe::diag::Severity::Notice)
        .map(|d| format!("{} {}", d.code, d.path))
        .collect();
    assert!(bad.is_empty(), "{bad:?}");
    assert!(publish::obstacles(&snapshot).is_empty());
    assert!(snapshot.view().records().count() >= 60);
}

#[test]
fn a_chapter_with_nothing_public_is_left_out_and_keeps_its_number_free() {
    let publication = "titel: Katalog\ndato: 2021-12-01\nkapitler:\n  - {titel: Et, sider: [et]}\n  - {titel: To, sider: [to]}\n  - {titel: Tre, sider: [tre]}\n";
    let site = TestSite::of(&[
        ("_udgivelser/k.yaml", publication),
        (
            "sider/et.md",
            &support::public_record("titel: Et", "Første."),
        ),
        ("sider/to.md", &support::record("titel: To", "Hemmelig.")),
        (
            "sider/tre.md",
            &support::public_record("titel: Tre", "Tredje."),
        ),
    ]);
    let files = site.build();
    assert!(
        files.contains_key("katalog/et/index.html") && !files.contains_key("katalog/to/index.html")
    );
    let front = String::from_utf8_lossy(&files["index.html"]).into_owned();
    assert!(
        front.contains("Kapitel 2") && !front.contains("Kapitel 1"),
        "{front}"
    );
}

#[test]
fn a_published_site_is_as_it_was_on_the_day_of_its_edition() {
    let publication = |day: &str| format!("titel: Katalog\ndato: {day}\nkapitler: []\n");
    let site = TestSite::of(&[
        ("_udgivelser/k.yaml", &publication("2021-12-01")),
        ("sider/a.md", &support::public_record("titel: A", "Hej.")),
    ]);
    let engine = site.engine(Audience::Public, Surface::Published);
    assert_eq!(engine.snapshot().view().today().to_string(), "2021-12-01");
    // Also when the edition gets another day under a running server.
    site.file("_udgivelser/k.yaml", publication("2022-03-01"));
    engine
        .look_at(&[site.root().join("_udgivelser/k.yaml")])
        .expect("looked at");
    assert_eq!(engine.snapshot().view().today().to_string(), "2022-03-01");
}

#[test]
fn no_former_address_can_leave_the_folder_or_hide_a_page() {
    let nasty = [
        "../../uden/for",
        "/../../uden/for/",
        "tema/kaffe.css",
        "emner/morgen",
        "/katalog/et/",
        "sider",
        "/",
        "teams/../../x",
        "404.html",
        "sider/b/index.html",
        "a\\..\\..\\b",
        "sider//c",
        "./d/e",
        "sider/%2e%2e/f",
    ];
    for former in nasty {
        let site = TestSite::of(&[
            (
                "_udgivelser/k.yaml",
                "titel: Katalog\nkapitler:\n  - {nøgle: et, titel: Et, sider: [a]}\n",
            ),
            (
                "sider/a.md",
                &support::public_record(
                    &format!("titel: A\nemneord: [morgen]\ntidligere: ['{former}']"),
                    "Hej.",
                ),
            ),
            ("sider/b.md", &support::public_record("titel: B", "Hej.")),
        ]);
        let snapshot = site.engine(Audience::Public, Surface::Published).snapshot();
        let files = publish::files(&snapshot).expect("files");
        let mut paths = BTreeSet::new();
        for file in &files {
            let parts: Vec<&str> = file.path.split('/').collect();
            let inside = parts.iter().all(|part| !matches!(*part, "" | "." | ".."))
                && !file.path.contains('\\');
            assert!(inside, "tidligere: {former} is published as {}", file.path);
            assert!(
                paths.insert(file.path.clone()),
                "tidligere: {former} gives two files called {}",
                file.path
            );
        }
        for path in &paths {
            let folder = format!("{path}/");
            assert!(
                !paths.iter().any(|other| other.starts_with(&folder)),
                "tidligere: {former} makes {path} a file and a folder"
            );
        }
        let out = site.beside("dybt/nede/ud");
        publish::folder::write(&out, &files).unwrap_or_else(|e| panic!("tidligere: {former}: {e}"));
        assert_eq!(
            files_below(&out),
            support::published(&snapshot),
            "tidligere: {former}"
        );
    }
}

#[test]
fn a_file_beside_a_record_never_takes_the_place_of_its_page() {
    let site = TestSite::of(&[
        (
            "sider/a.md",
            &support::public_record(
                "titel: Den rigtige side",
                "[en fil](index.html) og [en til](b.html)",
            ),
        ),
        ("sider/a/index.html", "<script>alert(1)</script>"),
        ("sider/a/b.html", "<script>alert(2)</script>"),
    ]);
    assert!(
        site.built("sider/a/index.html")
            .contains("Den rigtige side")
    );
}

#[test]
fn every_published_route_has_a_path_that_any_web_server_can_give() {
    let snapshot = engine(&shipped(), Audience::Public, Surface::Published).snapshot();
    for route in snapshot.routes() {
        let file = publish::file(&snapshot, &route).expect("a file");
        let plain = file
            .path
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '/' | '.' | '-' | '_'));
        assert!(plain || matches!(route, Route::File(_)), "{}", file.path);
    }
}
