//! What a text may hold and what becomes of it on its page.

use kaffe::{
    model::Audience,
    site::route::{Route, Surface},
};

use crate::support::{TestSite, engine, get, public_record, record, shipped, tags, words};

/// A site with one page to write on.
fn a_site(body: &str) -> TestSite {
    TestSite::of(&[
        (
            "teams/team-a.md",
            &public_record("titel: Team A\nkommune: Eksempelkommune", "Os."),
        ),
        (
            "kerneelementer/kaffe-foerst.md",
            &public_record(
                "titel: Kaffe først\nogså_kaldt: [koffie eerst, kaffepausen]",
                "## Hvad er det?\n\nEn kop.\n\n### Ærlig talt\n\nDet er kaffe.\n",
            ),
        ),
        ("sider/side.md", &public_record("titel: Siden", body)),
    ])
}

/// The links of a page's main part: address and words.
fn links(html: &str) -> Vec<(String, String)> {
    html.split("<a ")
        .skip(1)
        .filter_map(|rest| {
            let (open, after) = rest.split_once('>')?;
            let href = open.split_once("href=\"")?.1.split('"').next()?;
            Some((href.to_owned(), words(after.split("</a>").next()?)))
        })
        .collect()
}

thread_local! {
    /// One site a test; its page is written again and again.
    static SITE: TestSite = a_site("");
}

/// Writes a body on the page of the test's own site.
fn with<T>(body: &str, then: impl FnOnce(&TestSite) -> T) -> T {
    SITE.with(|site| then(site.file("sider/side.md", public_record("titel: Siden", body))))
}

#[track_caller]
fn assert_links(body: &str, address: &str, shown: &str) {
    let page = with(body, |site| site.get("/sider/side/"));
    let all = links(page.main());
    assert!(
        all.contains(&(address.to_owned(), shown.to_owned())),
        "»{body}« gives no link to {address} that says »{shown}«: {all:?}"
    );
}

#[test]
fn a_wikilink_finds_its_page_by_id_title_or_alias() {
    for target in [
        "kaffe-foerst",
        "Kaffe først",
        "KAFFE FOERST",
        "kaffe_først",
        "koffie eerst",
        "Kaffepausen",
        "kerneelementer/kaffe-foerst",
        "kerneelement/kaffe-foerst",
    ] {
        assert_links(
            &format!("Se [[{target}]]."),
            "/kerneelementer/kaffe-foerst/",
            "Kaffe først",
        );
        assert_links(
            &format!("Se [[{target}|en kop]]."),
            "/kerneelementer/kaffe-foerst/",
            "en kop",
        );
    }
}

#[test]
fn a_wikilink_may_point_at_a_heading() {
    assert_links(
        "Se [[kaffe-foerst#Hvad er det?|det her]].",
        "/kerneelementer/kaffe-foerst/#hvad-er-det",
        "det her",
    );
    assert_links(
        "Se [[Kaffe først#Ærlig talt|ærligt]].",
        "/kerneelementer/kaffe-foerst/#aerlig-talt",
        "ærligt",
    );
    assert_links(
        "## Her og nu\n\nSe [[#Her og nu|ovenfor]].",
        "#her-og-nu",
        "ovenfor",
    );
    let site = a_site("Se [[kaffe-foerst#Findes ikke]].");
    assert_eq!(site.codes("sider/side.md"), ["K307"]);
}

#[test]
fn a_wikilink_to_nothing_is_told_to_the_project_and_is_plain_words_to_the_public() {
    let site = a_site("Se [[den ufødte side]] og [[kaffe-forst|kaffe]].");
    assert_eq!(site.codes("sider/side.md"), ["K301", "K301"]);
    let near = site.check().into_iter().find_map(|d| d.suggestion);
    assert_eq!(near.as_deref(), Some("kaffe-foerst"));
    site.get("/sider/side/")
        .says("class=\"mangler\"")
        .says("den ufødte side");
    site.public("/sider/side/")
        .never_says("class=\"mangler\"")
        .says("den ufødte side");
    // It waits on Oprydning until somebody writes it.
    site.get("/oprydning/").says("den ufødte side");
}

#[test]
fn an_ordinary_link_finds_pages_as_other_programs_write_them() {
    for target in [
        "../kerneelementer/kaffe-foerst.md",
        "/kerneelementer/kaffe-foerst/",
        "/kerneelementer/kaffe-foerst",
        "/kerneelementer/kaffe-foerst.md",
        "../kerneelementer/kaffe-foerst/",
        "../kerneelementer/kaffe-foerst/index.html",
        "..%2Fkerneelementer%2Fkaffe-foerst.md",
    ] {
        assert_links(
            &format!("Se [en kop]({target})."),
            "/kerneelementer/kaffe-foerst/",
            "en kop",
        );
    }
    assert_links(
        "Se [en kop](../kerneelementer/kaffe-foerst.md#hvad-er-det).",
        "/kerneelementer/kaffe-foerst/#hvad-er-det",
        "en kop",
    );
    assert_links("Se [alle](/kerneelementer/).", "/kerneelementer/", "alle");
    assert_links("Se [siden](side.md).", "/sider/side/", "siden");
    assert_links(
        "Ring [til os](tel:+4512345678).",
        "tel:+4512345678",
        "til os",
    );
    assert_links(
        "Se [loven](https://example.org/lov?a=1&b=2).",
        "https://example.org/lov?a=1&amp;b=2",
        "loven",
    );
    for missing in [
        "../kerneelementer/findes-ikke.md",
        "findes-ikke.pdf",
        "/findes/ikke/",
        "../../../etc/passwd",
    ] {
        assert_eq!(
            with(&format!("Se [det]({missing})."), |site| site
                .codes("sider/side.md")),
            ["K302"],
            "{missing}"
        );
    }
}

#[test]
fn a_link_that_is_code_is_told_and_is_plain_words() {
    for target in [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html;base64,eA==",
        "vbscript:x",
        "file:///etc/passwd",
        "//evil.example/x",
        "java\tscript:alert(1)",
        "<java&#10;script:alert(1)>",
    ] {
        let page = with(&format!("Se [det her]({target})."), |site| {
            site.get("/sider/side/")
        });
        page.says("det her");
        for (href, _) in links(page.main()) {
            let plain = href.to_lowercase();
            assert!(
                !plain.contains("script:")
                    && !plain.starts_with("data:")
                    && !plain.starts_with("file:")
                    && !plain.starts_with("//"),
                "{target} became {href}"
            );
        }
    }
    assert_eq!(
        a_site("Se [det](javascript:alert(1)).").codes("sider/side.md"),
        ["K305"]
    );
}

#[test]
fn pictures_and_files_lie_beside_their_record() {
    let site = a_site(
        "![En løgfigur](loeg.svg \"Figuren\")\n\n![](pynt.svg \"pynt\")\n\nHent [arket](ark.csv) eller [det igen](side/ark.csv). ![to](loeg.svg)",
    );
    let drawing = "<svg xmlns=\"http://www.w3.org/2000/svg\"></svg>";
    site.file("sider/side/loeg.svg", drawing)
        .file("sider/side/pynt.svg", drawing)
        .file("sider/side/ark.csv", "a;b\n")
        .file("sider/side/ekstra.pdf", "pdf");
    assert_eq!(site.codes("sider/side.md"), [""; 0]);
    let page = site.get("/sider/side/");
    let images: Vec<_> = tags(page.main())
        .into_iter()
        .filter(|t| t.name == "img")
        .collect();
    assert_eq!(images.len(), 3);
    assert_eq!(
        (images[0].attribute("src"), images[0].attribute("alt")),
        (Some("/sider/side/loeg.svg"), Some("En løgfigur"))
    );
    assert_eq!(images[1].attribute("alt"), Some(""));
    page.says("<figcaption>Figuren</figcaption>")
        .never_says("<figcaption>pynt");
    assert_eq!(
        links(page.main())
            .iter()
            .filter(|(href, _)| href == "/sider/side/ark.csv")
            .count(),
        2
    );
    // A file that the text does not show stands in the list of files, for those inside.
    page.says("/sider/side/ekstra.pdf");
    assert_eq!(site.get("/sider/side/loeg.svg").body, drawing);
    let built = site.built("sider/side/index.html");
    assert!(built.contains("src=\"../../sider/side/loeg.svg\"") && !built.contains("ekstra.pdf"));
    let files = site.build();
    assert!(
        files.contains_key("sider/side/ark.csv") && !files.contains_key("sider/side/ekstra.pdf"),
        "only what a public text links goes out"
    );
}

#[test]
fn a_photo_has_its_size_so_that_nothing_jumps() {
    let site = a_site("![Et foto](foto.png)");
    site.file("sider/side/foto.png", crate::support::pixel());
    let page = site.get("/sider/side/");
    let image = tags(page.main())
        .into_iter()
        .find(|t| t.name == "img")
        .expect("a picture");
    assert_eq!(
        (
            image.attribute("width"),
            image.attribute("height"),
            image.attribute("loading")
        ),
        (Some("1"), Some("1"), Some("lazy"))
    );
}

#[test]
fn a_picture_from_elsewhere_or_without_words_is_told() {
    assert_eq!(
        a_site("![x](https://example.org/a.png)").codes("sider/side.md"),
        ["K303"]
    );
    a_site("![x](https://example.org/a.png)")
        .public("/sider/side/")
        .never_says("example.org");
    assert_eq!(
        a_site("![x](findes-ikke.png)").codes("sider/side.md"),
        ["K303"]
    );
    let site = a_site("![](loeg.svg)");
    site.file(
        "sider/side/loeg.svg",
        "<svg xmlns=\"http://www.w3.org/2000/svg\"></svg>",
    );
    assert_eq!(site.codes("sider/side.md"), ["K304"]);
    assert!(
        site.check().iter().any(kaffe::diag::Diagnostic::is_error),
        "in public it is an error"
    );
}

#[test]
fn a_drawing_with_active_content_is_neither_shown_nor_given() {
    let site = a_site("![En tegning](ond.svg) og [tegningen](ond.svg)");
    site.file(
        "sider/side/ond.svg",
        "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>",
    );
    let page = site.get("/sider/side/");
    assert!(!tags(page.main()).iter().any(|t| t.name == "img"));
    page.says("En tegning");
    site.get("/sider/side/ond.svg").never_says("alert");
    for (path, bytes) in site.build() {
        assert!(
            !String::from_utf8_lossy(&bytes).contains("alert(1)"),
            "{path}"
        );
    }
}

#[test]
fn a_callout_is_a_box_with_its_name() {
    for (word, class, title) in [
        ("NOTE", "note", "Bemærk"),
        ("TIP", "tip", ""),
        ("IMPORTANT", "vigtigt", ""),
        ("WARNING", "advarsel", ""),
        ("CAUTION", "pas-paa", ""),
    ] {
        let page = with(&format!("> [!{word}]\n> Husk kaffen.\n"), |site| {
            site.get("/sider/side/")
        });
        page.says(&format!("boks-{class}"))
            .says("Husk kaffen.")
            .never_says("[!");
        assert!(page.body.contains(title));
    }
    a_site("> Et citat.\n")
        .get("/sider/side/")
        .says("<blockquote>")
        .never_says("boks-note");
}

#[test]
fn footnotes_lead_down_and_back_in_the_order_of_the_text() {
    let page = a_site("Først[^b], så[^a], så igen[^b].\n\n[^a]: Note om a med [[kaffe-foerst]].\n\n[^b]: Note om b.\n").get("/sider/side/");
    let main = page.main();
    let ids: Vec<String> = tags(main)
        .iter()
        .filter_map(|t| t.attribute("id").map(str::to_owned))
        .collect();
    for id in ["fn-1", "fn-2", "fnr-1", "fnr-2"] {
        assert_eq!(
            ids.iter().filter(|i| *i == id).count(),
            1,
            "{id} in {ids:?}"
        );
    }
    let (first, second) = (
        main.find("Note om b").expect("b"),
        main.find("Note om a").expect("a"),
    );
    assert!(
        first < second,
        "the notes stand in the order in which they are named"
    );
    assert!(main.contains("href=\"#fn-1\"") && main.contains("href=\"#fnr-1\""));
    page.says("/kerneelementer/kaffe-foerst/");
}

#[test]
fn a_table_names_the_scope_of_its_heads() {
    let page = a_site("|Hvad|Hvor meget|\n|:-|-:|\n|kaffe|3 kopper|\n").get("/sider/side/");
    page.says("<th scope=\"col\">Hvad</th>")
        .says("<th scope=\"col\" class=\"hoejre\">Hvor meget</th>")
        .says("<td class=\"hoejre\">3 kopper</td>");
    let region = tags(page.main())
        .into_iter()
        .find(|t| t.attribute("class") == Some("tabel"))
        .expect("a region");
    assert_eq!(
        (region.attribute("tabindex"), region.attribute("role")),
        (Some("0"), Some("group"))
    );
    assert!(
        region
            .attribute("aria-label")
            .is_some_and(|l| !l.is_empty())
    );
}

#[test]
fn definition_and_task_lists_are_lists() {
    let page = a_site("Mikro-udredning\n: En lille udredning.\n\n- [x] Kaffen er brygget\n- [ ] Koppen er fyldt\n").get("/sider/side/");
    page.says("<dt>Mikro-udredning</dt>")
        .says("<dd>")
        .says("En lille udredning.");
    let boxes: Vec<_> = tags(page.main())
        .into_iter()
        .filter(|t| t.attribute("type") == Some("checkbox"))
        .collect();
    assert_eq!(boxes.len(), 2);
    assert!(boxes.iter().all(|b| b.attribute("disabled").is_some()
        && b.attribute("aria-label").is_some_and(|l| !l.is_empty())));
    assert_eq!(
        (
            boxes[0].attribute("checked").is_some(),
            boxes[1].attribute("checked").is_some()
        ),
        (true, false)
    );
}

#[test]
fn headings_have_anchors_of_their_own_and_a_table_of_contents() {
    let page = a_site("## Hvad skete der?\n\nA.\n\n## Hvad skete der?\n\nB.\n\n### Æbler & pærer\n\nC.\n\n## Med eget navn {#mit}\n\nD.\n").get("/sider/side/");
    let ids: Vec<String> = tags(page.main())
        .iter()
        .filter(|t| t.name.starts_with('h') && t.name.len() == 2)
        .filter_map(|t| t.attribute("id").map(str::to_owned))
        .collect();
    for id in ["hvad-skete-der", "hvad-skete-der-2", "aebler-paerer", "mit"] {
        assert!(ids.contains(&id.to_owned()), "{id} in {ids:?}");
        assert!(
            links(page.main())
                .iter()
                .filter(|(href, _)| *href == format!("#{id}"))
                .count()
                >= 2,
            "{id} stands in the contents and beside its heading"
        );
    }
    // A short page has no table of contents.
    let short = a_site("## Et\n\nA.\n\n## To\n\nB.\n").get("/sider/side/");
    assert_eq!(
        links(short.main())
            .iter()
            .filter(|(href, _)| href == "#et")
            .count(),
        1
    );
}

#[test]
fn a_heading_of_the_first_level_does_not_rival_the_title() {
    let page = a_site("# Øverst\n\nTekst.\n").get("/sider/side/");
    assert_eq!(
        tags(&page.body).iter().filter(|t| t.name == "h1").count(),
        1
    );
    page.says("<h2 id=\"oeverst\">");
}

#[test]
fn raw_html_is_left_out_and_told() {
    let site = a_site(
        "Før <b onclick=\"x()\">fed</b> efter.\n\n<div style=\"color:red\">\n<script>alert(1)</script>\n</div>\n\nSlut.\n",
    );
    // For the public: those inside also see the line in its diagnostic, as text.
    let page = site.public("/sider/side/");
    page.says("Før")
        .says("efter")
        .says("Slut.")
        .never_says("alert(1)")
        .never_says("onclick")
        .never_says("color:red");
    assert!(
        site.codes("sider/side.md").iter().all(|c| *c == "K306")
            && !site.codes("sider/side.md").is_empty()
    );
}

#[test]
fn a_former_address_leads_to_the_record() {
    let site = a_site("Hej.");
    site.file(
        "sider/ny.md",
        public_record(
            "titel: Ny\ntidligere: [gammel, sider/aeldre, /ideer/foer/]",
            "Hej.",
        ),
    );
    let snapshot = site.wiki().snapshot();
    for old in [
        "/sider/gammel/",
        "/sider/gammel",
        "/sider/aeldre/",
        "/ideer/foer/",
    ] {
        let page = get(&snapshot, old);
        assert_eq!(
            (page.status, page.location.as_deref()),
            (308, Some("/sider/ny/")),
            "{old}"
        );
    }
    for old in [
        "sider/gammel/index.html",
        "sider/aeldre/index.html",
        "ideer/foer/index.html",
    ] {
        let html = site.built(old);
        assert!(
            html.contains("http-equiv=\"refresh\"")
                && html.contains("../../sider/ny/index.html")
                && html.contains("noindex"),
            "{old}: {html}"
        );
    }
}

#[test]
fn a_former_address_of_a_hidden_record_leads_the_public_nowhere() {
    let site = a_site("Hej.");
    site.file(
        "sider/ny.md",
        record("titel: Ny\ntidligere: [gammel]", "Hej."),
    );
    assert_eq!(site.get("/sider/gammel/").status, 308);
    assert_eq!(site.public("/sider/gammel/").status, 404);
    assert!(!site.build().contains_key("sider/gammel/index.html"));
}

#[test]
fn a_former_address_that_is_in_use_is_told_and_does_not_win() {
    let site = a_site("Den rigtige side.");
    site.file(
        "sider/ny.md",
        public_record("titel: Ny\ntidligere: [side]", "Hej."),
    );
    assert!(site.codes("sider/ny.md").contains(&"K207"));
    site.get("/sider/side/").says("Den rigtige side.");
}

#[test]
fn a_backlink_shows_the_sentence_it_stands_in() {
    let site =
        a_site("Vi mødtes kl. 10. Så prøvede vi [[kaffe-foerst|en kop]] & lidt brød. Det gik.");
    let page = site.get("/kerneelementer/kaffe-foerst/");
    page.says("Så prøvede vi <mark>en kop</mark> &amp; lidt brød.")
        .never_says("Det gik.")
        .says("/sider/side/");
    // A record that only its team may see is no backlink to anybody else.
    site.file(
        "sider/skjult.md",
        record(
            "titel: Zqskjult\nteam: team-a\nsynlighed: team",
            "Zq om [[kaffe-foerst]].",
        ),
    );
    site.get("/kerneelementer/kaffe-foerst/").never_says("Zq");
    site.file(
        "sider/projekt.md",
        record("titel: Zqprojekt", "Zq om [[kaffe-foerst]]."),
    );
    site.get("/kerneelementer/kaffe-foerst/").says("Zqprojekt");
    site.public("/kerneelementer/kaffe-foerst/")
        .never_says("Zq");
}

#[test]
fn the_first_use_of_a_glossary_term_opens_its_meaning() {
    let site = a_site(
        "Vi laver mikro-udredning. Mikro-udredning er godt. `mikro-udredning`\n\n## Om mikro-udredning\n",
    );
    let term = |marks: &str| {
        format!(
            "---\ntitel: Mikro-udredning\nresume: En lille udredning ved kaffebordet.\noriginal: micro\noriginalsprog: nl\ndansk: lille udredning\n{marks}\n---\n\nMere.\n"
        )
    };
    site.file(
        "ordbog/mikro.md",
        term("synlighed: offentlig\ngennemgang: godkendt"),
    );
    let page = site.get("/sider/side/");
    assert_eq!(
        page.main().matches("popovertarget=\"ord-mikro\">").count(),
        1,
        "the word opens once: {}",
        page.main()
    );
    page.says("id=\"ord-mikro\"")
        .says("En lille udredning ved kaffebordet.")
        .says("/ordbog/mikro/");
    site.public("/sider/side/").says("ord-mikro");
    // On its own page a term explains nothing of itself.
    site.get("/ordbog/mikro/")
        .never_says("popovertarget=\"ord-mikro\"");
    site.file("ordbog/mikro.md", term("synlighed: projekt"));
    site.public("/sider/side/")
        .never_says("ord-mikro")
        .never_says("ved kaffebordet");
}

#[test]
fn a_glossary_term_opens_its_meaning_in_a_chapter_too() {
    let site = a_site("Vi laver mikro-udredning.");
    site.file(
        "_udgivelser/k.yaml",
        "titel: Katalog\nkapitler:\n  - {nøgle: et, titel: Et, sider: [side]}\n",
    );
    site.file("ordbog/mikro.md", public_record("titel: Mikro-udredning\nresume: En lille udredning ved kaffebordet.\noriginal: micro\noriginalsprog: nl\ndansk: lille udredning", "Mere."));
    let chapter = site.built("katalog/et/index.html");
    assert!(
        chapter.contains("popovertarget=\"ord-mikro\"")
            && chapter.contains("id=\"ord-mikro\"")
            && chapter.contains("ved kaffebordet"),
        "{chapter}"
    );
}

/// A site with experiments to ask questions about.
fn asked(question: &str) -> String {
    with(&format!("```visning\n{question}\n```\n"), |site| {
        asked_of(site, question)
    })
}

fn asked_of(site: &TestSite, question: &str) -> String {
    let trial = |title: &str, front: &str| {
        public_record(&format!("titel: {title}\nteam: team-a\n{front}"), "Hej.")
    };
    site.file("proevehandlinger/a.md", trial("Alfa", "fra: 2021-03-01\ntil: 2021-03-10\ngik_det: det-virkede\nbeslutning: spred\nskrivetid: 9\nkerneelementer: [kaffe-foerst]\nemneord: [morgen]"))
        .file("proevehandlinger/b.md", trial("Bravo", "fra: 2021-04-01\ntil: 2021-04-10\ngik_det: både-og\nbeslutning: justér\nskrivetid: 10\nemneord: [aften, morgen]"))
        .file("proevehandlinger/c.md", trial("Cirkel", "fra: 2021-05-01\nbygger_videre_på: [b]"))
        .file("proevehandlinger/d.md", record("titel: Zqdelta\nteam: team-a\nfra: 2021-06-01\nemneord: [morgen]", "Kun for projektet."))
        .file("ideer/i.md", public_record("titel: India\nteam: team-a\nkerneelementer: [kaffe-foerst]", "Hej."));
    assert_eq!(site.codes("sider/side.md"), [""; 0], "{question}");
    let page = site.public("/sider/side/");
    words(page.main())
}

/// Where words stand in a text, in the order of the words.
#[track_caller]
fn assert_order(text: &str, order: &[&str]) {
    let places: Vec<usize> = order
        .iter()
        .map(|word| {
            text.find(word)
                .unwrap_or_else(|| panic!("»{word}« is not in {text}"))
        })
        .collect();
    assert!(
        places.is_sorted(),
        "{order:?} do not stand in that order in {text}"
    );
}

#[track_caller]
fn assert_shows(question: &str, shown: &[&str]) {
    let text = asked(question);
    for title in ["Alfa", "Bravo", "Cirkel", "India", "Zqdelta"] {
        assert_eq!(
            text.contains(title),
            shown.contains(&title),
            "{title} with »{question}«: {text}"
        );
    }
}

#[test]
fn a_list_shows_what_was_asked_for() {
    assert_shows(
        "vis: liste\naf: [proevehandling]",
        &["Alfa", "Bravo", "Cirkel"],
    );
    assert_shows(
        "vis: liste\naf: [proevehandling, ide]",
        &["Alfa", "Bravo", "Cirkel", "India"],
    );
    assert_shows(
        "vis: liste\naf: Prøvehandlinger\nhvor: {gik_det: det-virkede}",
        &["Alfa"],
    );
    assert_shows(
        "vis: liste\naf: [proevehandling]\nhvor: {gik det: [Det virkede, Både og]}",
        &["Alfa", "Bravo"],
    );
    assert_shows(
        "vis: liste\naf: [proevehandling]\nhvor: {gik_det: '!det-virkede'}",
        &["Bravo", "Cirkel"],
    );
    assert_shows(
        "vis: liste\naf: [proevehandling]\nhvor: {fra: '>=2021-04-01'}",
        &["Bravo", "Cirkel"],
    );
    assert_shows(
        "vis: liste\naf: [proevehandling]\nhvor: {fra: '<2021-04-01'}",
        &["Alfa"],
    );
    assert_shows(
        "vis: liste\naf: [proevehandling]\nhvor: {skrivetid: '>9'}",
        &["Bravo"],
    );
    assert_shows(
        "vis: liste\naf: [proevehandling]\nhvor: {til: tom}",
        &["Cirkel"],
    );
    assert_shows(
        "vis: liste\naf: [proevehandling]\nhvor: {til: sat, emneord: aften}",
        &["Bravo"],
    );
    assert_shows(
        "vis: liste\naf: [proevehandling]\nhvor: {emneord: [aften, morgen]}",
        &["Alfa", "Bravo"],
    );
    assert_shows(
        "vis: liste\naf: [proevehandling]\nhvor: {bygger_videre_på: b}",
        &["Cirkel"],
    );
    assert_shows(
        "vis: liste\naf: [proevehandling]\nhvor: {bygger_videre_på: tom}",
        &["Alfa", "Bravo"],
    );
}

#[test]
fn a_list_has_its_order_its_length_and_its_groups() {
    assert_order(
        &asked("vis: liste\naf: [proevehandling]\nsorter: fra"),
        &["Alfa", "Bravo", "Cirkel"],
    );
    assert_order(
        &asked("vis: liste\naf: [proevehandling]\nsorter: -fra"),
        &["Cirkel", "Bravo", "Alfa"],
    );
    // What has no value stands last, whichever way the order runs.
    assert_order(
        &asked("vis: liste\naf: [proevehandling]\nsorter: skrivetid"),
        &["Alfa", "Bravo", "Cirkel"],
    );
    assert_order(
        &asked("vis: liste\naf: [proevehandling]\nsorter: -skrivetid"),
        &["Bravo", "Alfa", "Cirkel"],
    );
    let cut = asked("vis: liste\naf: [proevehandling]\nsorter: fra\nhøjst: 1");
    assert!(
        cut.contains("Alfa") && !cut.contains("Bravo") && cut.contains("og 2 mere"),
        "{cut}"
    );
    assert_order(
        &asked("vis: liste\naf: [proevehandling]\ngrupper: gik_det\noverskrift: Efter udfald"),
        &[
            "Efter udfald",
            "Det virkede",
            "Alfa",
            "Både og",
            "Bravo",
            "Cirkel",
        ],
    );
}

#[test]
fn a_table_has_the_columns_that_were_asked_for() {
    let text = asked(
        "vis: tabel\naf: [proevehandling]\nfelter: [titel, Begyndte, beslutning, bygger_videre_på]\nsorter: fra",
    );
    assert_order(
        &text,
        &[
            "Begyndte",
            "Hvad gør vi nu?",
            "Bygger videre på",
            "Alfa",
            "1. marts 2021",
            "Vi anbefaler det til andre",
            "Bravo",
            "Cirkel",
            "1. maj 2021 Bravo",
        ],
    );
    let site = a_site("```visning\nvis: tabel\naf: [kerneelement]\nfelter: [titel]\n```\n");
    let page = site.get("/sider/side/");
    let heads: Vec<_> = tags(page.main())
        .into_iter()
        .filter(|t| t.name == "th")
        .filter_map(|t| t.attribute("scope").map(str::to_owned))
        .collect();
    assert_eq!(heads, ["col", "row"]);
    page.says("href=\"/kerneelementer/kaffe-foerst/\"")
        .says("<caption");
}

#[test]
fn a_question_counts_only_what_the_reader_may_see() {
    let site = a_site("```visning\nvis: antal\naf: [proevehandling]\n```\n");
    for (n, marks) in [
        "synlighed: offentlig\ngennemgang: godkendt",
        "synlighed: offentlig",
        "synlighed: projekt",
        "synlighed: team",
        "synlighed: offentlig\ngennemgang: godkendt\ntrukket_tilbage: {dato: 2021-01-01, grund: X}",
    ]
    .iter()
    .enumerate()
    {
        site.file(
            &format!("proevehandlinger/p{n}.md"),
            record(
                &format!("titel: P{n}\nteam: team-a\nfra: 2021-01-01\n{marks}"),
                "Hej.",
            ),
        );
    }
    let count = |audience| words(site.get_as(audience, Surface::Live, "/sider/side/").main());
    let public = count(Audience::Public);
    assert!(
        public.contains("1 prøvehandling") && !public.contains("prøvehandlinger"),
        "{public}"
    );
    assert!(
        count(Audience::Project).contains("4 prøvehandlinger"),
        "{}",
        count(Audience::Project)
    );
    assert!(
        count(Audience::of_teams([kaffe::model::RecordId::new("team-a")]))
            .contains("5 prøvehandlinger")
    );
    let built = words(&site.built("sider/side/index.html"));
    assert!(
        built.contains("1 prøvehandling")
            && !built.contains("4 prøvehandlinger")
            && !built.contains("5 prøvehandlinger"),
        "{built}"
    );
}

#[test]
fn this_record_in_a_question_is_the_pages_own() {
    let site = a_site("Hej.");
    let trial = |id: &str, front: &str, body: &str| {
        site.file(
            &format!("proevehandlinger/{id}.md"),
            public_record(
                &format!("titel: Titel {id}\nteam: team-a\nfra: 2021-01-01\n{front}"),
                body,
            ),
        )
        .root()
        .exists()
    };
    let question = "```visning\nvis: liste\naf: [proevehandling]\nhvor: {bygger_videre_på: denne}\noverskrift: Derfra\n```\n";
    trial("rod", "", question);
    trial("gren", "bygger_videre_på: [rod]", question);
    trial("kvist", "bygger_videre_på: [gren]", "Hej.");
    let derfra = |address: &str| {
        let page = site.get(address);
        let main = page.main().to_owned();
        let from = main.find("<section class=\"visning").expect("a question");
        words(main[from..].split("</section>").next().expect("its end"))
    };
    let (root, branch) = (
        derfra("/proevehandlinger/rod/"),
        derfra("/proevehandlinger/gren/"),
    );
    assert!(
        root.contains("Titel gren") && !root.contains("Titel kvist"),
        "{root}"
    );
    assert!(
        branch.contains("Titel kvist") && !branch.contains("Titel rod"),
        "{branch}"
    );
}

#[test]
fn a_question_that_cannot_be_asked_is_told_and_leaves_the_page() {
    for (question, code) in [
        ("vis: liste\naf: [findesikke]", "K309"),
        (
            "vis: liste\naf: [proevehandling]\nhvor: {findesikke: x}",
            "K309",
        ),
        (
            "vis: liste\naf: [proevehandling]\nhvor: {gik_det: måske}",
            "K309",
        ),
        ("vis: lagkage\naf: [proevehandling]", "K310"),
        ("vis: kalender", "K310"),
        ("af: [proevehandling]", "K311"),
        ("vis: liste\nfarve: rød", "K308"),
        ("vis: [", "K311"),
        ("bare tekst", "K311"),
    ] {
        with(
            &format!("Før.\n\n```visning\n{question}\n```\n\nEfter."),
            |site| {
                assert_eq!(site.codes("sider/side.md"), [code], "{question}");
                site.get("/sider/side/")
                    .says("Før.")
                    .says("Efter.")
                    .never_says("```");
            },
        );
    }
}

#[test]
fn a_foreign_folder_is_served_and_built() {
    let site = TestSite::of(&[
        (
            "README.md",
            "# Vores noter\n\nSe [opskriften](noter/brød.md) og [[brød]].\n",
        ),
        (
            "noter/brød.md",
            "---\ntitle: \"Brød: til kaffen\"\ntags: [mad, bagning]\nlayout: post\ndate: 2020-01-01\ndraft: false\n---\n\n# Brød\n\n![[brød.png]] ![krumme](brød.png)\n\n- mel\n- vand\n",
        ),
        ("noter/uden-titel.md", "Bare en linje.\n"),
        ("noter/tom.md", ""),
        (
            "noter/dybt/nede/i.markdown",
            "## En anden overskrift\n\nTekst.\n",
        ),
        ("billeder/x.txt", "x"),
        (".obsidian/app.json", "{}"),
        ("noter/kanban.canvas", "{}"),
    ]);
    site.file("noter/brød.png", crate::support::pixel());
    assert!(
        site.check().iter().all(|d| !d.is_error()),
        "{:?}",
        site.check()
            .iter()
            .filter(|d| d.is_error())
            .collect::<Vec<_>>()
    );
    let snapshot = site.wiki().snapshot();
    assert_eq!(snapshot.view().records().count(), 5);
    get(&snapshot, "/sider/readme/")
        .says("<h1>Vores noter</h1>")
        .says("href=\"/sider/broed/\"");
    get(&snapshot, "/sider/broed/")
        .says("Brød: til kaffen")
        .says("mel");
    get(&snapshot, "/sider/uden-titel/")
        .says("<h1>uden titel</h1>")
        .says("Bare en linje");
    get(&snapshot, "/sider/i/").says("<h1>En anden overskrift</h1>");
    assert_eq!(get(&snapshot, "/sider/tom/").status, 200);
    // Nothing says that it is public, so nothing goes out until somebody says so once for all.
    assert_eq!(
        site.engine(Audience::Public, Surface::Published)
            .snapshot()
            .view()
            .records()
            .count(),
        0
    );
    site.file(
        "kaffe.yaml",
        "titel: Noter\nstandard: {synlighed: offentlig, gennemgang: godkendt}\n",
    );
    let built = site.build();
    for path in [
        "index.html",
        "sider/index.html",
        "sider/readme/index.html",
        "sider/broed/index.html",
    ] {
        assert!(built.contains_key(path), "{path} in {:?}", built.keys());
    }
    assert!(
        built["sider/readme/index.html"]
            .windows(22)
            .any(|w| w == b"../../sider/broed/inde")
    );
}

#[test]
fn in_real_use_an_example_is_left_out_everywhere() {
    let site = a_site("Se [[zqeksempel|opdigtet]].\n\n```visning\nvis: antal\naf: [ide]\n```\n");
    site.file(
        "ideer/aegte.md",
        public_record("titel: Ægte\nteam: team-a", "Hej."),
    );
    site.file(
        "ideer/zqeksempel.md",
        public_record(
            "titel: Zqeksempel\nteam: team-a\neksempel: ja\nemneord: [zqord]\ntidligere: [zqfoer]",
            "Zqkrop [fil](zqfil.txt).",
        ),
    );
    site.file("ideer/zqeksempel/zqfil.txt", "zqindhold");
    // In a demo it is shown, counted and marked.
    site.get("/ideer/").says("Zqeksempel").says("EKSEMPEL");
    assert!(words(site.get("/sider/side/").main()).contains("2 idéer"));
    assert!(site.build().contains_key("ideer/zqeksempel/index.html"));
    site.file(
        "kaffe.yaml",
        "titel: Drift\nslags: drift\nwas_url: https://example.org/was\n",
    );
    for audience in [Audience::Project, Audience::Public] {
        let snapshot = site.engine(audience.clone(), Surface::Live).snapshot();
        for route in snapshot
            .routes()
            .into_iter()
            .filter(|r| !matches!(r, Route::Source(_)))
        {
            let address = format!("/{}", snapshot.view().address(&route));
            let page = get(&snapshot, &address);
            // Those who mend files are told of them by name on Oprydning.
            assert!(
                !address.contains("zq")
                    && (route == Route::Tidy || !page.body.to_lowercase().contains("zq")),
                "{address} shows an example to {audience:?}"
            );
        }
        assert!(words(get(&snapshot, "/sider/side/").main()).contains("1 idé"));
        assert_eq!(get(&snapshot, "/ideer/zqeksempel/").status, 404);
    }
    for (path, bytes) in site.build() {
        assert!(
            !path.contains("zq")
                && !String::from_utf8_lossy(&bytes)
                    .to_lowercase()
                    .contains("zq"),
            "{path}"
        );
    }
}

#[test]
fn every_place_that_shows_an_example_says_so() {
    let snapshot = engine(&shipped(), Audience::Project, Surface::Live).snapshot();
    let view = snapshot.view();
    for seen in view.records().filter(|s| s.record.example) {
        let address = format!(
            "/{}",
            view.address(&Route::Record(seen.record.reference.clone()))
        );
        get(&snapshot, &address).says("EKSEMPEL – ikke et resultat");
    }
    for kind in view.kinds_in_use() {
        let examples = view.of_kind(&kind.key).filter(|s| s.record.example).count();
        let page = get(&snapshot, &format!("/{}/", kind.folder));
        let marks = page.main().matches("EKSEMPEL – ikke et resultat").count();
        assert!(
            marks >= examples.min(60),
            "/{}/ shows {examples} examples and marks {marks}",
            kind.folder
        );
    }
}

#[test]
fn values_are_shown_as_danes_write_them() {
    let site = a_site("Hej.");
    site.file("proevehandlinger/p.md", public_record("titel: P\nteam: team-a\nfra: 2021-04-06\ntil: 2021-04-20\ngik_det: både-og\nbeslutning: justér\naftalt: ja\nomfang: 6 borgere & 3 <kolleger>\nved_fra: [borgeren-sagde-det, vi-så-det]\nuventet: |\n  Første afsnit.\n\n  Andet afsnit.", "Hej."));
    let page = site.get("/proevehandlinger/p/");
    page.says("6. april 2021")
        .says("6 borgere &amp; 3 &lt;kolleger&gt;")
        .says("Både og")
        .says("Vi justerer")
        .says("<p>Første afsnit.</p><p>Andet afsnit.</p>");
    assert!(
        words(page.main()).contains("Er det aftalt")
            || words(page.main()).contains("Aftalt med borgeren")
    );
}

#[test]
fn a_title_is_text_and_never_code() {
    let site = a_site("Se [[x]].");
    site.file("sider/x.md", public_record("titel: '<script>alert(1)</script> & \"co\"'\nresume: '\"><img src=x onerror=alert(1)>'\nemneord: ['<b>']\nogså_kaldt: ['<i>']", "Hej [[side]]."));
    let snapshot = site.wiki().snapshot();
    for route in snapshot
        .routes()
        .into_iter()
        .filter(|r| !matches!(r, Route::Source(_) | Route::Asset(_)))
    {
        let address = format!("/{}", snapshot.view().address(&route));
        let page = get(&snapshot, &address);
        for tag in tags(&page.body) {
            assert!(
                tag.name != "script" || tag.inside.trim().is_empty(),
                "{address}: {tag:?}"
            );
            assert!(
                !tag.attributes.iter().any(|(n, _)| n.starts_with("on")),
                "{address}: {tag:?}"
            );
        }
    }
    get(&snapshot, "/sider/x/").says("&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;co&quot;");
}
