//! A running wiki follows its folder, whatever editors and people do to it, and is at every rest
//! what a cold start would give. These tests use a real watcher and wait for generations.

use std::{fs, sync::Arc};

use kaffe::{
    engine::{Engine, Options, Watching},
    model::Audience,
    site::route::Surface,
};

use crate::support::{
    self, PATIENCE, TODAY, TestSite, everything, get, public_record, record, until,
    until_like_cold, watched,
};

const WORDS: &[&str] = &["kaffe", "rollator", "ny", "borger", "type:side"];

fn a_site() -> TestSite {
    TestSite::of(&[
        ("kaffe.yaml", "titel: Prøve\n"),
        (
            "teams/team-a.md",
            &public_record("titel: Team A\nkommune: Eksempelkommune", "Et team."),
        ),
        (
            "proevehandlinger/kaffe.md",
            &public_record(
                "titel: Kaffe før medicin\nteam: team-a\nfra: 2021-04-06\nemneord: [morgen]",
                "Vi prøvede med [[idéen|en idé]] fra [[strik]].",
            ),
        ),
        (
            "ideer/strik.md",
            &public_record(
                "titel: Strik\nteam: team-a\nogså_kaldt: [idéen]",
                "Vi kunne strikke.",
            ),
        ),
        (
            "sider/hemmelig.md",
            &record("titel: Ikke endnu\nsynlighed: projekt", "Om [[kaffe]]."),
        ),
    ])
}

fn is_there(address: &'static str) -> impl Fn(&kaffe::engine::Snapshot) -> bool {
    move |snapshot| get(snapshot, address).status == 200
}

fn says(address: &'static str, words: &'static str) -> impl Fn(&kaffe::engine::Snapshot) -> bool {
    move |snapshot| get(snapshot, address).body.contains(words)
}

#[test]
fn a_new_file_is_a_new_page() {
    let site = a_site();
    let (engine, _watching) = watched(&site, Audience::Project);
    assert_eq!(get(&engine.snapshot(), "/ideer/ny/").status, 404);
    site.file(
        "ideer/ny.md",
        record("titel: En ny idé\nteam: team-a", "Se [[kaffe]]."),
    );
    let snapshot = until(
        &engine,
        "the new page is there",
        says("/ideer/ny/", "En ny idé"),
    );
    get(&snapshot, "/proevehandlinger/kaffe/").says("En ny idé");
    get(&snapshot, "/ideer/").says("En ny idé");
    until_like_cold(&site, &engine, WORDS);
}

#[test]
fn a_changed_file_is_a_changed_page() {
    let site = a_site();
    let (engine, _watching) = watched(&site, Audience::Project);
    site.file(
        "ideer/strik.md",
        public_record("titel: Strik og hækling\nteam: team-a", "Nu med hæklenål."),
    );
    let snapshot = until(
        &engine,
        "the page has its new text",
        says("/ideer/strik/", "Nu med hæklenål"),
    );
    get(&snapshot, "/ideer/").says("Strik og hækling");
    until_like_cold(&site, &engine, WORDS);
}

#[test]
fn a_renamed_file_is_a_page_with_another_address() {
    let site = a_site();
    let (engine, _watching) = watched(&site, Audience::Project);
    site.rename("ideer/strik.md", "ideer/haekling.md");
    let snapshot = until(&engine, "the page has moved", |s| {
        is_there("/ideer/haekling/")(s) && !is_there("/ideer/strik/")(s)
    });
    assert_eq!(get(&snapshot, "/ideer/strik/").status, 404);
    until_like_cold(&site, &engine, WORDS);
}

#[test]
fn a_file_that_changes_its_folder_changes_its_kind() {
    let site = a_site();
    let (engine, _watching) = watched(&site, Audience::Project);
    site.rename("ideer/strik.md", "sider/strik.md");
    until(&engine, "the page has moved", |s| {
        is_there("/sider/strik/")(s) && !is_there("/ideer/strik/")(s)
    });
    until_like_cold(&site, &engine, WORDS);
}

#[test]
fn a_deleted_file_leaves_every_page_and_the_search() {
    let site = a_site();
    let (engine, _watching) = watched(&site, Audience::Project);
    site.remove("ideer/strik.md");
    let snapshot = until(&engine, "the page is gone", |s| {
        !is_there("/ideer/strik/")(s)
    });
    get(&snapshot, "/proevehandlinger/kaffe/").never_says("/ideer/strik/");
    get(&snapshot, "/").never_says("/ideer/strik/");
    until_like_cold(&site, &engine, WORDS);
}

#[test]
fn saving_by_replacing_is_one_more_way_of_saving() {
    let site = a_site();
    let (engine, _watching) = watched(&site, Audience::Project);
    site.replace(
        "ideer/strik.md",
        public_record("titel: Strik\nteam: team-a", "Gemt ved siden af."),
    );
    until(
        &engine,
        "the page has its new text",
        says("/ideer/strik/", "Gemt ved siden af"),
    );
    // As vim does: the old file is moved away, the new one is written, the old one is removed.
    site.rename("ideer/strik.md", "ideer/strik.md~")
        .file(
            "ideer/strik.md",
            public_record("titel: Strik\nteam: team-a", "Gemt som vim."),
        )
        .remove("ideer/strik.md~");
    until(
        &engine,
        "the page has its newest text",
        says("/ideer/strik/", "Gemt som vim"),
    );
    until_like_cold(&site, &engine, WORDS);
}

#[test]
fn a_renamed_folder_takes_its_records_with_it() {
    let site = a_site();
    site.file("sider/gammel/a.md", record("titel: A", "Hej."))
        .file("sider/gammel/b.md", record("titel: B", "Hej."))
        .file("sider/gammel/a/note.txt", "en note");
    let (engine, _watching) = watched(&site, Audience::Project);
    site.rename("sider/gammel", "ideer/ny-mappe");
    until(&engine, "both pages have moved", |s| {
        is_there("/ideer/a/")(s) && is_there("/ideer/b/")(s) && !is_there("/sider/a/")(s)
    });
    until_like_cold(&site, &engine, WORDS);
    // What is written in the folder under its new name is seen too.
    site.file("ideer/ny-mappe/c.md", record("titel: C", "Hej."));
    until(
        &engine,
        "the new page in it is there",
        is_there("/ideer/c/"),
    );
    until_like_cold(&site, &engine, WORDS);
}

#[test]
fn a_deleted_folder_takes_its_records_with_it() {
    let site = a_site();
    site.file("sider/under/a.md", record("titel: A", "Hej."))
        .file("sider/under/dybere/b.md", record("titel: B", "Hej."));
    let (engine, _watching) = watched(&site, Audience::Project);
    site.remove("sider/under");
    until(&engine, "both pages are gone", |s| {
        !is_there("/sider/a/")(s) && !is_there("/sider/b/")(s)
    });
    until_like_cold(&site, &engine, WORDS);
}

#[test]
fn two_hundred_files_at_once_are_two_hundred_pages() {
    let site = a_site();
    let (engine, _watching) = watched(&site, Audience::Project);
    for n in 0..200 {
        let folder = ["ideer", "sider/mange", "proevehandlinger"][n % 3];
        site.file(
            &format!("{folder}/ny-{n}.md"),
            record(
                &format!("titel: Nummer {n}\nteam: team-a\nfra: 2021-05-01"),
                &format!("Se [[ny-{}]].", (n + 1) % 200),
            ),
        );
    }
    until(&engine, "all are there", |s| {
        s.view().records().count() == 204
    });
    until_like_cold(&site, &engine, WORDS);
    for n in 0..200 {
        let folder = ["ideer", "sider/mange", "proevehandlinger"][n % 3];
        site.remove(&format!("{folder}/ny-{n}.md"));
    }
    until(&engine, "all are gone", |s| s.view().records().count() == 4);
    until_like_cold(&site, &engine, WORDS);
}

#[test]
fn two_hundred_broken_files_are_told_and_the_rest_is_served() {
    let site = a_site();
    let (engine, _watching) = watched(&site, Audience::Project);
    for n in 0..200 {
        site.file(
            &format!("ideer/braekket-{n}.md"),
            format!("---\ntitel: Kaffe: nummer {n}\n---\n\nTekst.\n"),
        );
    }
    let broken = |d: &&kaffe::diag::Diagnostic| d.path.starts_with("ideer/braekket-");
    let snapshot = until(&engine, "all are told", |s| {
        s.diagnostics().iter().filter(broken).count() >= 200
    });
    assert_eq!(snapshot.diagnostics().iter().filter(broken).count(), 200);
    assert_eq!(snapshot.view().records().count(), 4);
    get(&snapshot, "/proevehandlinger/kaffe/").says("Kaffe før medicin");
    until_like_cold(&site, &engine, WORDS);
}

#[test]
fn a_folder_that_is_made_and_filled_at_once_loses_no_file() {
    let site = a_site();
    let (engine, _watching) = watched(&site, Audience::Project);
    for round in 0..12 {
        for n in 0..20 {
            fs::create_dir_all(site.root().join(format!("sider/runde-{round}-{n}/inderst")))
                .expect("a folder");
        }
        for n in 0..20 {
            site.file(
                &format!("sider/runde-{round}-{n}/inderst/r{round}n{n}.md"),
                record("titel: Mappe", "Hej."),
            );
        }
    }
    until(&engine, "every file of the new folders is there", |s| {
        s.view().records().count() == 4 + 240
    });
}

#[test]
fn a_half_written_file_becomes_whole() {
    let site = a_site();
    let (engine, _watching) = watched(&site, Audience::Project);
    site.file("ideer/halv.md", "---\ntitel: Halv");
    let snapshot = until(&engine, "the half file is shown as what it is", |s| {
        // A file that is being written is empty for a moment, and then it has other problems.
        let told =
            |d: &kaffe::diag::Diagnostic| d.path == "ideer/halv.md" && d.code.as_str() == "K001";
        is_there("/ideer/halv/")(s) && s.diagnostics().iter().any(told)
    });
    get(&snapshot, "/ideer/halv/").says("K001");
    until_like_cold(&site, &engine, WORDS);
    site.file(
        "ideer/halv.md",
        record("titel: Hel idé\nteam: team-a", "Nu er den hel."),
    );
    let snapshot = until(
        &engine,
        "the whole file is a page",
        says("/ideer/halv/", "Nu er den hel"),
    );
    assert!(
        !snapshot
            .diagnostics()
            .iter()
            .any(|d| d.path == "ideer/halv.md" && d.is_error())
    );
    until_like_cold(&site, &engine, WORDS);
}

#[test]
fn a_broken_record_is_shown_as_its_text_to_the_project_and_is_nowhere_in_public() {
    let site = a_site();
    site.file("ideer/strik/moenster.txt", "zqopskrift").file(
        "sider/om.md",
        public_record(
            "titel: Om",
            "Se [en tegning](../ideer/strik/moenster.txt) og [[strik|tanken]].",
        ),
    );
    let (project, _one) = watched(&site, Audience::Project);
    let (public, _two) = watched(&site, Audience::Public);
    get(&public.snapshot(), "/ideer/strik/").says("Vi kunne strikke");
    assert_eq!(
        get(&public.snapshot(), "/ideer/strik/moenster.txt").status,
        200
    );
    site.file("ideer/strik.md", "---\ntitel: Strik: en tanke\nsynlighed: offentlig\ngennemgang: godkendt\n---\n\nVi kunne stadig strikke.\n");
    let snapshot = until(&project, "the broken file is told", |s| {
        s.diagnostics()
            .iter()
            .any(|d| d.path == "ideer/strik.md" && d.is_error())
    });
    let page = get(&snapshot, "/ideer/strik/");
    assert_eq!(page.status, 200);
    page.says("K011")
        .says("titel: Strik: en tanke")
        .says("Vi kunne stadig strikke");
    let snapshot = until(&public, "the broken file has left the public", |s| {
        get(s, "/ideer/strik/").status == 404
    });
    for route in snapshot.routes() {
        let address = format!("/{}", snapshot.view().address(&route));
        let page = get(&snapshot, &address);
        assert!(
            !page.body.contains("strikke")
                && !page.body.contains("Strik: en tanke")
                && !page.body.contains("zqopskrift"),
            "{address} shows a broken record to the public"
        );
    }
    assert_eq!(
        get(&snapshot, "/ideer/strik/moenster.txt").status,
        404,
        "a file of a broken record is public"
    );
    assert_eq!(
        get(&snapshot, "/filer/ideer/strik/moenster.txt").status,
        404,
        "a file of a broken record is public under another address"
    );
    // After a cold start it is the same.
    until_like_cold(&site, &project, WORDS);
    until_like_cold(&site, &public, WORDS);
    assert_eq!(site.public("/ideer/strik/").status, 404);
    site.file(
        "ideer/strik.md",
        public_record("titel: Strik\nteam: team-a", "Vi kunne strikke igen."),
    );
    until(
        &public,
        "the mended record is back",
        says("/ideer/strik/", "Vi kunne strikke igen"),
    );
    until_like_cold(&site, &public, WORDS);
}

#[test]
fn a_broken_kind_keeps_its_last_good_version_under_a_banner() {
    let site = TestSite::with_shipped_kinds();
    site.file("_typer/tur.yaml", "nøgle: tur\nnavn: {ental: Tur, flertal: Ture}\nmappe: ture\nfelter:\n  - {nøgle: længde, navn: Hvor langt, type: heltal}\n");
    site.file(
        "ture/soe.md",
        public_record("titel: Rundt om søen\nlængde: 4", "Vi gik."),
    );
    let (engine, _watching) = watched(&site, Audience::Project);
    get(&engine.snapshot(), "/ture/soe/")
        .says("Hvor langt")
        .never_says("En fil kan ikke bruges lige nu");
    site.replace(
        "_typer/tur.yaml",
        "nøgle: tur\nnavn: {ental: Tur\nmappe: [ture\n",
    );
    let snapshot = until(
        &engine,
        "the banner is there",
        says("/", "En fil kan ikke bruges lige nu"),
    );
    get(&snapshot, "/ture/soe/")
        .says("Hvor langt")
        .says("_typer/tur.yaml")
        .says("En fil kan ikke bruges lige nu");
    assert!(
        snapshot
            .diagnostics()
            .iter()
            .any(|d| d.path == "_typer/tur.yaml" && d.is_error())
    );
    // Records go on being read by the last good kind.
    site.file(
        "ture/skov.md",
        public_record("titel: Gennem skoven\nlængde: 7", "Vi gik igen."),
    );
    until(&engine, "a new record is read by the old kind", |s| {
        get(s, "/ture/skov/").body.contains("Hvor langt")
    });
    site.file("_typer/tur.yaml", "nøgle: tur\nnavn: {ental: Tur, flertal: Ture}\nmappe: ture\nfelter:\n  - {nøgle: længde, navn: Hvor mange kilometer, type: heltal}\n");
    let snapshot = until(
        &engine,
        "the mended kind holds",
        says("/ture/soe/", "Hvor mange kilometer"),
    );
    get(&snapshot, "/").never_says("En fil kan ikke bruges lige nu");
    until_like_cold(&site, &engine, WORDS);
}

#[test]
fn a_broken_kaffe_yaml_keeps_its_last_good_version_under_a_banner() {
    let site = a_site();
    let (engine, _watching) = watched(&site, Audience::Project);
    site.replace("kaffe.yaml", "titel: [Prøve\n");
    let snapshot = until(
        &engine,
        "the banner is there",
        says("/", "En fil kan ikke bruges lige nu"),
    );
    get(&snapshot, "/").says("Prøve").says("kaffe.yaml");
    // Doubt about the whole folder does not make the broken file hold.
    engine
        .apply(vec![kaffe::engine::Change::Rescan])
        .expect("read again");
    get(&engine.snapshot(), "/")
        .says("Prøve")
        .says("En fil kan ikke bruges lige nu");
    site.file("kaffe.yaml", "titel: Et nyt navn\n");
    let snapshot = until(&engine, "the new name holds", says("/", "Et nyt navn"));
    get(&snapshot, "/").never_says("En fil kan ikke bruges lige nu");
    until_like_cold(&site, &engine, WORDS);
}

#[test]
fn a_broken_kaffe_yaml_never_makes_examples_or_drafts_public() {
    let site = a_site();
    site.file("kaffe.yaml", "titel: Prøve\nslags: drift\n")
        .file(
            "ideer/opdigtet.md",
            public_record(
                "titel: Opdigtet\nteam: team-a\neksempel: ja",
                "Findes ikke.",
            ),
        );
    let (engine, _watching) = watched(&site, Audience::Public);
    assert_eq!(get(&engine.snapshot(), "/ideer/opdigtet/").status, 404);
    site.replace("kaffe.yaml", "titel: Prøve\nslags: drift\nstandard: {\n");
    let snapshot = until(&engine, "the file is told", |s| {
        s.diagnostics()
            .iter()
            .any(|d| d.path == "kaffe.yaml" && d.is_error())
    });
    assert_eq!(get(&snapshot, "/ideer/opdigtet/").status, 404);
}

#[test]
fn a_kind_that_comes_and_goes_takes_its_pages_with_it() {
    let site = TestSite::with_shipped_kinds();
    site.file("ture/soe.md", record("titel: Rundt om søen", "Vi gik."))
        .file("ideer/x.md", record("titel: X", "Se [[soe]]."));
    let (engine, _watching) = watched(&site, Audience::Project);
    // A folder of no kind holds pages.
    get(&engine.snapshot(), "/sider/soe/").says("Rundt om søen");
    site.file(
        "_typer/tur.yaml",
        "nøgle: tur\nnavn: {ental: Tur, flertal: Ture}\nmappe: ture\n",
    );
    until(&engine, "the kind has its page", is_there("/ture/soe/"));
    until_like_cold(&site, &engine, WORDS);
    site.remove("_typer/tur.yaml");
    until(&engine, "the kind is gone", |s| {
        is_there("/sider/soe/")(s) && !is_there("/ture/soe/")(s)
    });
    until_like_cold(&site, &engine, WORDS);
}

fn with_theme(site: &TestSite) -> (Arc<Engine>, Watching) {
    let theme = site.beside("tema");
    fs::create_dir_all(theme.join("templates")).expect("a theme");
    fs::create_dir_all(theme.join("assets")).expect("a theme");
    let options = Options {
        content: site.root().to_owned(),
        theme: Some(theme),
        audience: Audience::Project,
        surface: Surface::Live,
        today: TODAY,
        search: true,
        data: None,
    };
    let engine = Arc::new(Engine::start(options).expect("an engine"));
    let watching = Watching::start(&engine, || TODAY).expect("a watcher");
    (engine, watching)
}

#[test]
fn a_broken_template_keeps_its_last_good_version_under_a_banner() {
    let site = a_site();
    let (engine, _watching) = with_theme(&site);
    let template = site.beside("tema").join("templates/tags.html");
    support::replace(
        &template,
        "{% extends \"base.html\" %}{% block main %}<h1>Vores egne emner</h1>{% endblock main %}",
    );
    until(
        &engine,
        "the theme's own page is shown",
        says("/emner/", "Vores egne emner"),
    );
    support::replace(
        &template,
        "{% extends \"base.html\" %}{% block main %}<h1>{{ i_stykker",
    );
    let snapshot = until(
        &engine,
        "the banner is there",
        says("/", "En fil kan ikke bruges lige nu"),
    );
    get(&snapshot, "/emner/")
        .says("Vores egne emner")
        .says("En fil kan ikke bruges lige nu")
        .says("tags.html");
    support::replace(
        &template,
        "{% extends \"base.html\" %}{% block main %}<h1>Emner igen</h1>{% endblock main %}",
    );
    let snapshot = until(
        &engine,
        "the mended page is shown",
        says("/emner/", "Emner igen"),
    );
    get(&snapshot, "/").never_says("En fil kan ikke bruges lige nu");
    fs::remove_file(&template).expect("removed");
    until(&engine, "the shipped page is back", |s| {
        is_there("/emner/")(s) && !says("/emner/", "Emner igen")(s)
    });
    until_like_cold(&site, &engine, WORDS);
}

#[test]
fn a_changed_style_sheet_is_there_at_once() {
    let site = a_site();
    let (engine, _watching) = with_theme(&site);
    fs::write(
        site.beside("tema").join("assets/kaffe.css"),
        "body{color:teal}",
    )
    .expect("a style sheet");
    until(
        &engine,
        "the style sheet is the theme's",
        says("/tema/kaffe.css", "color:teal"),
    );
}

#[test]
fn a_file_beside_a_record_comes_changes_and_goes() {
    let site = a_site();
    let (engine, _watching) = watched(&site, Audience::Project);
    site.file("ideer/strik/opskrift.txt", "to ret");
    let snapshot = until(
        &engine,
        "the file is there",
        says("/ideer/strik/opskrift.txt", "to ret"),
    );
    get(&snapshot, "/ideer/strik/").says("opskrift.txt");
    site.file("ideer/strik/opskrift.txt", "to ret, to vrang");
    until(
        &engine,
        "the file has changed",
        says("/ideer/strik/opskrift.txt", "to vrang"),
    );
    until_like_cold(&site, &engine, WORDS);
    site.remove("ideer/strik/opskrift.txt");
    until(&engine, "the file is gone", |s| {
        get(s, "/ideer/strik/opskrift.txt").status == 404
    });
    until_like_cold(&site, &engine, WORDS);
}

#[test]
fn what_editors_make_for_a_moment_is_no_page() {
    let site = a_site();
    let (engine, _watching) = watched(&site, Audience::Project);
    for name in [
        "ideer/.#strik.md",
        "ideer/#strik.md#",
        "ideer/strik.md~",
        "ideer/.strik.md.swp",
        "ideer/4913",
        "ideer/.DS_Store",
        ".git/hej.md",
        "ideer/upload.md.part",
    ] {
        site.file(name, "---\ntitel: x: y\n");
    }
    site.file("ideer/sidst.md", record("titel: Sidst", "Hej."));
    until(&engine, "the last file is there", is_there("/ideer/sidst/"));
    assert_eq!(engine.snapshot().view().records().count(), 5);
    until_like_cold(&site, &engine, WORDS);
}

#[test]
fn a_name_that_kaffe_cannot_use_is_told_while_it_is_there() {
    let site = a_site();
    let (engine, _watching) = watched(&site, Audience::Project);
    let told = |s: &kaffe::engine::Snapshot| {
        s.diagnostics()
            .iter()
            .any(|d| d.code == kaffe::diag::Code::K015)
    };
    site.file("ideer/kl. 10:30.md", record("titel: Halv elleve", "Hej."))
        .file("ideer/sidst.md", record("titel: Sidst", "Hej."));
    until(&engine, "the last file is there", is_there("/ideer/sidst/"));
    until(&engine, "the name is told", told);
    until_like_cold(&site, &engine, WORDS);
    site.remove("ideer/kl. 10:30.md").remove("ideer/sidst.md");
    until(&engine, "the name is told no more", |s| {
        !told(s) && !is_there("/ideer/sidst/")(s)
    });
    until_like_cold(&site, &engine, WORDS);
}

#[test]
fn an_unchanged_file_makes_no_new_generation() {
    let site = a_site();
    let engine = site.wiki();
    let before = engine.snapshot().generation();
    let place = site.root().join("ideer/strik.md");
    let text = fs::read(&place).expect("the text");
    fs::write(&place, text).expect("written again");
    engine.look_at(&[place]).expect("looked at");
    assert_eq!(engine.snapshot().generation(), before);
}

#[test]
fn a_reader_keeps_the_generation_it_began_with() {
    let site = a_site();
    let engine = site.wiki();
    let old = engine.snapshot();
    let before = everything(&old, WORDS);
    site.file(
        "ideer/strik.md",
        public_record("titel: Helt andet\nteam: team-a", "Nyt."),
    );
    site.remove("proevehandlinger/kaffe.md");
    engine
        .look_at(&[
            site.root().join("ideer/strik.md"),
            site.root().join("proevehandlinger/kaffe.md"),
        ])
        .expect("looked at");
    assert!(engine.snapshot().generation() > old.generation());
    everything(&old, WORDS).assert_same(&before, "an old snapshot changed under its reader");
}

#[test]
fn midnight_is_an_ordinary_change() {
    let site = TestSite::of(&[(
        "lokalt/klub.md",
        &public_record(
            "titel: Klubben\nslags: forening\nsted: Parken\nbekræftet: 2021-06-01",
            "Hver onsdag.",
        ),
    )]);
    let day = Arc::new(std::sync::Mutex::new(TODAY));
    let engine = site.wiki();
    let asked = Arc::clone(&day);
    let watching =
        Watching::start(&engine, move || *asked.lock().expect("the day")).expect("a watcher");
    assert_eq!(engine.snapshot().view().today(), TODAY);
    let before = engine.snapshot().generation();
    *day.lock().expect("the day") = jiff::civil::date(2022, 1, 15);
    watching
        .waker()
        .send(kaffe::source::watch::Hint::Wake)
        .expect("woken");
    assert!(engine.wait_for_newer(before, PATIENCE) > before);
    let snapshot = until(&engine, "it is another day", |s| {
        s.view().today() == jiff::civil::date(2022, 1, 15)
    });
    get(&snapshot, "/oprydning/").says("/lokalt/klub/");
}

#[test]
fn a_content_folder_that_is_away_for_a_moment_leaves_the_last_good_site() {
    let site = a_site();
    let engine = site.wiki();
    let away = site.beside("content-vaek");
    fs::rename(site.root(), &away).expect("moved away");
    assert!(
        engine
            .look_at(&[site.root().join("ideer/strik.md")])
            .is_err()
    );
    get(&engine.snapshot(), "/ideer/strik/").says("Vi kunne strikke");
    fs::rename(&away, site.root()).expect("moved back");
    engine
        .apply(vec![kaffe::engine::Change::Rescan])
        .expect("read again");
    until_like_cold(&site, &engine, WORDS);
}
