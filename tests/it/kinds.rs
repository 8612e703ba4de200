//! A kind is data: one that exists only as a YAML file here is everywhere where a shipped one is.

use std::{path::Path, process::Command};

use kaffe::{model::Audience, site::route::Surface};

use crate::support::{Http, TestSite, ask, get, public_record, record, tags, words};

const WALK: &str = "nøgle: gåtur
navn: {ental: Gåtur, flertal: Gåture}
mappe: gaature
beskrivelse: En tur i nabolaget, som nogen har gået.
overskrifter: [Hvor gik vi?, Hvem mødte vi?]
kort: [vejret, længde_i_km]
felter:
  - nøgle: vejret
    navn: Vejret
    type: valg
    krav: ja
    værdier: [{nøgle: solskin, navn: Solskin, tegn: ☀}, {nøgle: støvregn, navn: Fin støvregn}, {nøgle: så-så, navn: Så som så}]
  - {nøgle: længde_i_km, navn: Hvor langt, type: decimal, mindst: 0, højst: 42}
  - {nøgle: følger_efter, navn: Følger efter, omvendt: Fulgt op af, type: henvisning, flere: ja, af: [gåtur, ide], uden_kredse: ja}
  - {nøgle: bænke, navn: Bænke undervejs, type: tekst, flere: ja}
";

fn a_site() -> TestSite {
    let site = TestSite::with_shipped_kinds();
    site.file("_typer/gaatur.yaml", WALK)
        .file("kaffe.yaml", "titel: Prøve\nmenu: [gåtur, ide]\n")
        .file("_udgivelser/k.yaml", "titel: Katalog\nkapitler:\n  - {nøgle: ture, titel: Turene, spørgsmål: Hvor kan man gå?, kort: [gåtur]}\n")
        .file("teams/team-a.md", public_record("titel: Team A\nkommune: Eksempelkommune", "Os."))
        .file("ideer/gaa-ud.md", public_record("titel: Gå ud\nteam: team-a", "Vi kunne gå ud."))
        .file("gaature/soeen.md", public_record("titel: Rundt om søen\nvejret: solskin\nlængde_i_km: 3,5\nfølger_efter: [gaa-ud]\nbænke: [ved broen]", "Vi gik langs vandet."))
        .file("gaature/skoven.md", public_record("titel: Gennem skoven\nvejret: støvregn\nlængde_i_km: 5\nfølger_efter: [soeen]", "Vi gik under træerne."));
    site
}

#[test]
fn a_kind_of_ones_own_has_a_page_with_facets() {
    let snapshot = a_site().wiki().snapshot();
    let page = get(&snapshot, "/gaature/");
    page.says("<h1>Gåture</h1>")
        .says("En tur i nabolaget")
        .says("Rundt om søen")
        .says("Gennem skoven")
        .says("Fin støvregn");
    let facet = tags(page.main())
        .into_iter()
        .filter_map(|t| t.attribute("href").map(str::to_owned))
        .find(|href| href.contains("vejret="));
    assert!(
        facet.is_some(),
        "there is no choice by weather: {}",
        page.main()
    );
    let sunny = ask(&snapshot, "/gaature/", &[("vejret", "solskin")]);
    sunny.says("Rundt om søen");
    assert!(
        !sunny.main().contains("Gennem skoven"),
        "the choice leaves everything in: {}",
        sunny.main()
    );
}

#[test]
fn a_kind_of_ones_own_is_in_the_menu_and_on_the_start_page() {
    let snapshot = a_site().wiki().snapshot();
    let page = get(&snapshot, "/");
    let html = &page.body;
    let menu = html
        .split("<nav")
        .nth(1)
        .and_then(|rest| rest.split("</nav>").next())
        .expect("a menu");
    assert!(
        menu.contains("href=\"/gaature/\"") && menu.contains("Gåture"),
        "{menu}"
    );
    assert!(
        menu.find("/gaature/") < menu.find("/ideer/"),
        "the menu stands in the site's own order"
    );
    page.says("/gaature/");
}

#[test]
fn a_kind_of_ones_own_is_checked() {
    let site = a_site();
    assert_eq!(
        site.check()
            .iter()
            .filter(|d| d.path.starts_with("gaature/") && d.is_error())
            .count(),
        0,
        "{:?}",
        site.check()
    );
    site.file(
        "gaature/daarlig.md",
        public_record("titel: Dårlig\nvejret: torden\nlængde_i_km: lang", "Hej."),
    );
    assert_eq!(site.codes("gaature/daarlig.md"), ["K104", "K103"]);
    site.file(
        "gaature/daarlig.md",
        public_record("titel: Dårlig\nlængde_i_km: 43\nvejr: solskin", "Hej."),
    );
    let codes = site.codes("gaature/daarlig.md");
    assert!(
        codes.contains(&"K106") && codes.contains(&"K101") && codes.contains(&"K102"),
        "{codes:?}"
    );
    site.file(
        "gaature/daarlig.md",
        public_record(
            "titel: Dårlig\nvejret: solskin\nfølger_efter: [team-a]",
            "Hej.",
        ),
    );
    assert_eq!(site.codes("gaature/daarlig.md"), ["K203"]);
    site.file(
        "gaature/daarlig.md",
        public_record(
            "titel: Dårlig\nvejret: solskin\nfølger_efter: [ingen]",
            "Hej.",
        ),
    );
    assert_eq!(site.codes("gaature/daarlig.md"), ["K201"]);
    // A ring over a field that may have none.
    site.file(
        "gaature/daarlig.md",
        public_record(
            "titel: Dårlig\nvejret: solskin\nfølger_efter: [skoven]",
            "Hej.",
        ),
    );
    site.file(
        "gaature/soeen.md",
        public_record(
            "titel: Rundt om søen\nvejret: solskin\nfølger_efter: [daarlig]",
            "Hej.",
        ),
    );
    assert!(
        site.check()
            .iter()
            .any(|d| d.code == kaffe::diag::Code::K205 && d.path.starts_with("gaature/"))
    );
}

#[test]
fn references_of_a_kind_of_ones_own_are_seen_from_both_sides() {
    let site = a_site();
    let snapshot = site.wiki().snapshot();
    let from = words(get(&snapshot, "/gaature/skoven/").main());
    assert!(from.contains("Følger efter Rundt om søen"), "{from}");
    let back = words(get(&snapshot, "/gaature/soeen/").main());
    assert!(
        back.contains("Fulgt op af Gåtur ") && back.contains("Gennem skoven"),
        "{back}"
    );
    let idea = words(get(&snapshot, "/ideer/gaa-ud/").main());
    assert!(
        idea.contains("Fulgt op af") && idea.contains("Rundt om søen"),
        "{idea}"
    );
}

#[test]
fn a_kind_of_ones_own_is_found_by_the_search() {
    let engine = a_site().wiki();
    let http = Http::over(&engine);
    let found = |query: &str| {
        let json = http
            .get(&format!(
                "/api/search?q={}",
                crate::support::encoded(query).replace('&', "%26")
            ))
            .json();
        json["hits"]
            .as_array()
            .expect("hits")
            .iter()
            .map(|h| h["id"].as_str().expect("an id").to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(found("vandet"), ["soeen"]);
    assert_eq!(
        found("støvregn"),
        ["skoven"],
        "a value is found by its label"
    );
    assert_eq!(found("broen"), ["soeen"], "a text field is found");
    let mut of_kind = found("type:gåtur");
    of_kind.sort();
    assert_eq!(of_kind, ["skoven", "soeen"]);
    let json = http.get("/api/search?q=gik&kind=g%C3%A5tur").json();
    assert_eq!(json["total"], 2);
    assert_eq!(json["hits"][0]["kind"], "gaatur");
}

#[test]
fn a_kind_of_ones_own_is_published_in_a_chapter() {
    let site = a_site();
    let chapter = site.built("katalog/ture/index.html");
    let text = words(&chapter);
    assert!(
        text.contains("Hvor kan man gå?")
            && text.contains("Rundt om søen")
            && text.contains("Gennem skoven"),
        "{text}"
    );
    assert!(chapter.contains("../../gaature/soeen/index.html"));
    assert!(site.built("gaature/index.html").contains("Rundt om søen"));
    assert!(site.built("index.html").contains("Turene"));
}

#[test]
fn a_question_may_be_asked_of_a_kind_of_ones_own() {
    let site = a_site();
    site.file("sider/ture.md", public_record("titel: Alle ture", "```visning\nvis: tabel\naf: [gåtur]\nhvor: {Længde i km: '>=4'}\nfelter: [titel, vejret, længde_i_km]\n```\n\n```visning\nvis: antal\naf: gåture\n```"));
    assert_eq!(site.codes("sider/ture.md"), [""; 0]);
    let page = site.get("/sider/ture/");
    let text = words(page.main());
    assert!(
        text.contains("Gennem skoven")
            && !text.contains("Rundt om søen")
            && text.contains("Fin støvregn"),
        "{text}"
    );
    assert!(text.contains("2 gåture"), "{text}");
}

fn kaffe(arguments: &[&str], folder: &Path) -> (bool, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_kaffe"))
        .args(arguments)
        .current_dir(folder)
        .output()
        .expect("kaffe runs");
    (
        output.status.success(),
        String::from_utf8(output.stdout).expect("UTF-8"),
        String::from_utf8(output.stderr).expect("UTF-8"),
    )
}

#[test]
fn a_new_record_of_a_kind_of_ones_own_asks_for_what_is_needed() {
    let site = a_site();
    let home = site.root().parent().expect("a folder");
    let (well, out, error) = kaffe(
        &[
            "new",
            "Gåtur",
            "Åen: op \"og\" ned",
            "--today",
            "2021-06-01",
        ],
        home,
    );
    assert!(well, "{out}{error}");
    assert!(out.contains("gaature/aaen-op-og-ned.md"), "{out}");
    let text =
        std::fs::read_to_string(site.root().join("gaature/aaen-op-og-ned.md")).expect("the stub");
    for part in [
        "titel:",
        "vejret:",
        "solskin, støvregn",
        "synlighed: projekt",
        "oprettet: 2021-06-01",
        "## Hvor gik vi?",
        "## Hvem mødte vi?",
    ] {
        assert!(text.contains(part), "»{part}« is missing:\n{text}");
    }
    assert!(
        !text.contains("længde_i_km"),
        "only what is needed is asked for:\n{text}"
    );
    let problems: Vec<_> = site
        .check()
        .into_iter()
        .filter(|d| {
            d.path.ends_with("aaen-op-og-ned.md") && d.severity != kaffe::diag::Severity::Notice
        })
        .collect();
    assert!(
        problems.is_empty(),
        "the stub itself has problems: {problems:?}"
    );
    site.get("/gaature/aaen-op-og-ned/")
        .says("Åen: op &quot;og&quot; ned");
    // The same title once more is another record.
    let (well, out, _) = kaffe(&["new", "gaature", "Åen: op \"og\" ned"], home);
    assert!(well && out.contains("gaature/aaen-op-og-ned-2.md"), "{out}");
    let (well, _, error) = kaffe(&["new", "gaturr", "X"], home);
    assert!(!well && error.contains("gaatur"), "{error}");
}

#[test]
fn the_check_command_tells_of_a_kind_of_ones_own() {
    let site = a_site();
    let home = site.root().parent().expect("a folder");
    let (well, out, error) = kaffe(&["check", "content", "--today", "2021-11-01"], home);
    assert!(well, "{out}{error}");
    site.file(
        "gaature/daarlig.md",
        "---\ntitel: Dårlig\nvejret: torden\n---\n",
    );
    let (well, out, _) = kaffe(&["check", "content", "--today", "2021-11-01"], home);
    assert!(
        !well
            && out.contains("K104")
            && out.contains("gaature/daarlig.md:3:9")
            && out.contains("solskin, støvregn"),
        "{out}"
    );
}

#[test]
fn keys_and_values_match_however_they_are_typed() {
    let site = a_site();
    for (key, value) in [
        ("vejret", "støvregn"),
        ("Vejret", "Støvregn"),
        ("VEJRET", "STØVREGN"),
        ("vejret", "stoevregn"),
        ("vejret", "støv-regn"),
        ("vejret", "Støv regn"),
        ("vejret", "Fin støvregn"),
        ("vej_ret", "støv_regn"),
        ("ve jret", "fin_stoevregn"),
    ] {
        site.file(
            "gaature/proeve.md",
            record(&format!("titel: Prøve\n{key}: {value}"), "Hej."),
        );
        assert_eq!(site.codes("gaature/proeve.md"), [""; 0], "{key}: {value}");
        site.get("/gaature/proeve/").says("Fin støvregn");
    }
    for key in [
        "længde_i_km",
        "Længde i km",
        "laengde-i-km",
        "LÆNGDE_I_KM",
        "længdeikm",
        "Hvor langt",
        "hvor_langt",
        "la\u{308}engde",
    ] {
        site.file(
            "gaature/proeve.md",
            record(&format!("titel: Prøve\nvejret: solskin\n{key}: 7"), "Hej."),
        );
        let known = key != "la\u{308}engde";
        assert_eq!(site.codes("gaature/proeve.md").is_empty(), known, "{key}");
    }
    for value in [
        "så-så",
        "saa-saa",
        "SÅ SÅ",
        "sa\u{30a}sa\u{30a}",
        "så som så",
    ] {
        site.file(
            "gaature/proeve.md",
            record(&format!("titel: Prøve\nvejret: {value}"), "Hej."),
        );
        assert_eq!(site.codes("gaature/proeve.md"), [""; 0], "{value}");
    }
    // The shipped words, with their accents and without.
    for value in ["justér", "juster", "JUSTÉR", "Vi justerer", "vi_justerer"] {
        site.file("proevehandlinger/p.md", record(&format!("titel: P\nteam: team-a\nfra: 2021-01-01\ntil: 2021-01-02\ngik_det: Både og\nBeslutning: {value}"), "Hej."));
        assert_eq!(site.codes("proevehandlinger/p.md"), [""; 0], "{value}");
        site.get("/proevehandlinger/p/").says("Vi justerer");
    }
    for value in [
        "offentlig",
        "Offentlig",
        "OFFENTLIG",
        "Må gerne offentliggøres",
    ] {
        site.file(
            "sider/s.md",
            record(
                &format!("titel: S\nSynlighed: {value}\nGENNEMGANG: Godkendt"),
                "Hej.",
            ),
        );
        assert_eq!(site.public("/sider/s/").status, 200, "{value}");
    }
}

#[test]
fn a_kind_is_meant_by_its_key_its_folder_or_its_name() {
    let site = a_site();
    for written in [
        "gåtur/soeen",
        "gaatur/soeen",
        "gaature/soeen",
        "soeen",
        "'[[soeen]]'",
        "Soeen",
    ] {
        site.file(
            "gaature/proeve.md",
            record(
                &format!("titel: Prøve\nvejret: solskin\nfølger_efter: [{written}]"),
                "Hej.",
            ),
        );
        assert_eq!(site.codes("gaature/proeve.md"), [""; 0], "{written}");
        site.get("/gaature/proeve/").says("Rundt om søen");
    }
}

#[test]
fn an_id_in_two_kinds_is_told_with_both_long_forms_and_neither_is_guessed() {
    let site = a_site();
    site.file(
        "ideer/soeen.md",
        record("titel: En anden sø\nteam: team-a", "Hej."),
    );
    site.file(
        "gaature/proeve.md",
        record(
            "titel: Prøve\nvejret: solskin\nfølger_efter: [soeen]",
            "Hej.",
        ),
    );
    let found = site
        .check()
        .into_iter()
        .find(|d| d.code == kaffe::diag::Code::K202)
        .expect("told");
    assert_eq!(found.choices, ["gaature/soeen", "ideer/soeen"]);
    let main = words(site.get("/gaature/proeve/").main());
    assert!(
        !main.contains("Rundt om søen") && !main.contains("En anden sø"),
        "{main}"
    );
}

#[test]
fn a_kind_may_not_take_an_address_that_is_kaffes_own_or_anothers() {
    for folder in [
        "soeg",
        "emner",
        "katalog",
        "tema",
        "api",
        "oprydning",
        "filer",
        "teammoede",
        "coach",
        "kalender",
        "ideer",
    ] {
        let site = TestSite::with_shipped_kinds();
        site.file(
            "_typer/x.yaml",
            format!("nøgle: x\nnavn: X\nmappe: {folder}\n"),
        );
        assert!(
            site.check()
                .iter()
                .any(|d| d.path == "_typer/x.yaml" && d.is_error()),
            "mappe: {folder} is taken without a word"
        );
    }
}

#[test]
fn a_site_without_the_shipped_kinds_works_all_the_same() {
    let site = TestSite::of(&[
        (
            "_typer/bog.yaml",
            "nøgle: bog\nnavn: {ental: Bog, flertal: Bøger}\nmappe: boeger\nfelter:\n  - {nøgle: titel, navn: Titel, type: tekst, krav: ja}\n  - {nøgle: forfatter, navn: Forfatter, type: tekst}\n",
        ),
        (
            "boeger/a.md",
            "---\ntitel: En bog\nforfatter: Ukendt\n---\n\nDen er god. Se [[forside]].\n",
        ),
        ("forside.md", "# Velkommen\n\nHer er bøger.\n"),
    ]);
    assert!(
        site.check().iter().all(|d| !d.is_error()),
        "{:?}",
        site.check()
    );
    let snapshot = site.wiki().snapshot();
    for address in [
        "/",
        "/boeger/",
        "/boeger/a/",
        "/sider/forside/",
        "/oprydning/",
    ] {
        assert_eq!(get(&snapshot, address).status, 200, "{address}");
    }
    // Without the common fields nobody can say that something is public.
    let public = site.engine(Audience::Public, Surface::Published).snapshot();
    assert_eq!(public.view().records().count(), 0);
    assert!(site.build().contains_key("index.html"));
}
