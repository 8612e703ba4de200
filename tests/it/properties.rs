//! What holds for any content: edits equal a cold load, nothing panics, addresses go round, and
//! nothing that is not public occurs in anything public.

use std::{
    collections::BTreeSet,
    fs,
    sync::{Arc, LazyLock},
};

use kaffe::{
    engine::{Change, Snapshot},
    model::{Audience, Definitions, RecordId, SourcePath},
    parse::{attachment, definitions, record},
    render::{Content, Renderer, Request, Theme},
    search::Query,
    site::{
        Parts, Site, SiteView,
        route::{Route, Surface},
    },
    starter,
    text::Lang,
};
use proptest::{collection::vec, prelude::*, sample::select};

use crate::support::{
    TODAY, TestSite, ask, engine, everything, get, public_record, published, shipped, tags,
};

// ---------------------------------------------------------------------------------------------
// Edits, one by one, give the same as loading from nothing.

const PATHS: &[&str] = &[
    "proevehandlinger/a.md",
    "proevehandlinger/b.md",
    "ideer/a.md",
    "ideer/under/c.md",
    "ordbog/kaffe.md",
    "teams/team-x.md",
    "sider/om.md",
    "loes.md",
    "ideer/a/note.txt",
    "sider/om/billede.svg",
    "kaffe.yaml",
    "_udgivelser/k.yaml",
    "_typer/tur.yaml",
];

const TEXTS: &[&str] = &[
    "",
    "Bare en tekst om kaffe uden felter. Se [[a]] og [[kaffe]].\n",
    "---\ntitel: Kaffe\nresume: Sort og varm.\noriginal: koffie\noriginalsprog: nl\ndansk: kaffe\nogså_kaldt: [sort guld]\nsynlighed: offentlig\ngennemgang: godkendt\n---\n\nEn drik. Se [[b|den anden]].\n",
    "---\ntitel: Vi prøvede kaffe\nteam: team-x\nfra: 2021-03-01\ntil: 2021-03-10\ngik_det: både-og\nbeslutning: juster\nemneord: [morgen, samtale]\nbygger_videre_på: [b]\ninspireret_af: [ideer/a]\nsynlighed: offentlig\ngennemgang: godkendt\n---\n\n## Hvad skete der?\n\nDet gik. Se [[loes]] og [noten](../ideer/a/note.txt).\n\n```visning\nvis: tabel\naf: [proevehandling, ide]\nhvor: {emneord: morgen}\n```\n",
    "---\ntitel: Anden titel\nteam: team-x\nfra: 2021-05-01\ntidligere: [gammel]\nemneord: [morgen]\nsynlighed: projekt\n---\n\nSort guld om morgenen. ![løg](billede.svg)\n",
    "---\ntitel: Kun os\nteam: team-x\nsynlighed: team\n---\n\nHemmelig rollator.\n",
    "---\ntitel: Opdigtet\neksempel: ja\nsynlighed: offentlig\ngennemgang: godkendt\ntidligere: [gammel]\nbygger_videre_på: [a]\n---\n\nEt eksempel med [[a]].\n",
    "---\ntitel: Kaffe: en prøve\n---\n\nBrækket.\n",
    "---\ntitel: Lukkes aldrig\n",
    concat!(
        "---\ntitel: Et nummer\n---\n\nRing til 3112",
        "99-12",
        "34 i morgen.\n"
    ),
    "---\ntitel: Team X\nkommune: Eksempelkommune\nsynlighed: offentlig\ngennemgang: godkendt\n---\n\nVi er et team.\n",
    "<svg xmlns=\"http://www.w3.org/2000/svg\"><title>Løg</title></svg>\n",
];

const CONFIGS: &[&str] = &[
    "titel: Et\n",
    "titel: To\nslags: drift\n",
    "titel: Tre\nstandard: {synlighed: offentlig, gennemgang: godkendt}\nmenu: [ide]\n",
    "titel: Four\nsprog: en\n",
];
const EDITIONS: &[&str] = &[
    "titel: Katalog\ndato: 2021-12-01\nkapitler:\n  - {titel: Alt, sider: [om]}\n",
    "titel: Andet katalog\nkapitler: []\n",
];
const KINDS: &[&str] = &[
    "nøgle: tur\nnavn: Tur\nmappe: ideer\nfelter:\n  - {nøgle: titel, navn: Titel, type: tekst}\n  - {nøgle: emneord, navn: Emneord, type: tekst, flere: ja}\n",
];

#[derive(Clone, Debug)]
enum Edit {
    Put(usize, usize),
    Remove(usize),
    Rename(usize, usize),
    RemoveFolder,
    RenameFolder,
}

#[derive(Clone, Copy, Debug)]
enum How {
    Change,
    Look,
    Folder,
    Rescan,
}

fn edit() -> impl Strategy<Value = (Edit, How)> {
    let path = 0..PATHS.len();
    let edit = prop_oneof![
        8 => (path.clone(), any::<prop::sample::Index>()).prop_map(|(p, t)| Edit::Put(p, t.index(1_000))),
        2 => path.clone().prop_map(Edit::Remove),
        2 => (path.clone(), path).prop_map(|(a, b)| Edit::Rename(a, b)),
        1 => Just(Edit::RemoveFolder),
        1 => Just(Edit::RenameFolder),
    ];
    (
        edit,
        select(vec![
            How::Change,
            How::Look,
            How::Look,
            How::Folder,
            How::Rescan,
        ]),
    )
}

fn text_for(path: &str, number: usize) -> &'static str {
    let pool = match path {
        "kaffe.yaml" => CONFIGS,
        p if p.starts_with("_udgivelser") => EDITIONS,
        p if p.starts_with("_typer") => KINDS,
        _ => TEXTS,
    };
    pool[number % pool.len()]
}

/// Whether a text may stand at a place: a broken definition keeps the last good one, which no cold start knows.
fn same_pool(a: &str, b: &str) -> bool {
    let pool = |p: &str| {
        if p == "kaffe.yaml" {
            1
        } else if p.starts_with("_udgivelser") {
            2
        } else if p.starts_with("_typer") {
            3
        } else {
            0
        }
    };
    pool(a) == pool(b)
}

/// Does an edit on the disk and gives the paths that are different now.
fn do_on_disk(site: &TestSite, edit: &Edit) -> Vec<String> {
    let exists = |path: &str| site.root().join(path).exists();
    match *edit {
        Edit::Put(path, text) => {
            site.file(PATHS[path], text_for(PATHS[path], text));
            vec![PATHS[path].to_owned()]
        }
        Edit::Remove(path) if exists(PATHS[path]) => {
            site.remove(PATHS[path]);
            vec![PATHS[path].to_owned()]
        }
        Edit::Rename(from, to)
            if from != to && exists(PATHS[from]) && same_pool(PATHS[from], PATHS[to]) =>
        {
            site.rename(PATHS[from], PATHS[to]);
            vec![PATHS[from].to_owned(), PATHS[to].to_owned()]
        }
        Edit::RemoveFolder if exists("ideer") => {
            site.remove("ideer");
            vec!["ideer".to_owned()]
        }
        Edit::RenameFolder if exists("ideer/under") && !exists("sider/under") => {
            site.rename("ideer/under", "sider/under");
            vec!["ideer/under".to_owned(), "sider/under".to_owned()]
        }
        Edit::RenameFolder if exists("sider/under") && !exists("ideer/under") => {
            site.rename("sider/under", "ideer/under");
            vec!["sider/under".to_owned(), "ideer/under".to_owned()]
        }
        _ => Vec::new(),
    }
}

proptest! {
    #![proptest_config(cases(12))]

    #[test]
    fn edits_one_by_one_equal_a_cold_load(
        first in vec((0..PATHS.len(), 0..TEXTS.len()), 0..6),
        edits in vec(edit(), 1..14),
        audience in select(vec![Audience::Project, Audience::Public, Audience::of_teams([RecordId::new("team-x")])]),
    ) {
        let site = TestSite::new();
        for (path, text) in first {
            site.file(PATHS[path], text_for(PATHS[path], text));
        }
        let running = site.engine(audience.clone(), Surface::Live);
        for (edit, how) in &edits {
            let places = do_on_disk(&site, edit);
            if places.is_empty() {
                continue;
            }
            let change = |path: &String| {
                let place = site.root().join(path);
                let path = SourcePath::new(path).expect("a path");
                if place.exists() { Change::Put(path, fs::read(place).expect("its bytes")) } else { Change::Remove(path) }
            };
            let of_files = matches!(edit, Edit::Put(..) | Edit::Remove(_) | Edit::Rename(..));
            match how {
                How::Change if of_files => running.apply(places.iter().map(change).collect()).expect("applied"),
                How::Change | How::Look => running.look_at(&places.iter().map(|p| site.root().join(p)).collect::<Vec<_>>()).expect("looked at"),
                How::Folder => {
                    let folder = |p: &String| site.root().join(p.split('/').next().expect("a part"));
                    running.look_at(&places.iter().map(folder).collect::<Vec<_>>()).expect("looked at");
                }
                How::Rescan => running.apply(vec![Change::Rescan]).expect("read again"),
            }
        }
        let words = ["kaffe", "morgen", "\"sort guld\"", "rollatr", "prøv", "type:ide", "team x", "-kaffe morgen"];
        let cold = site.engine(audience, Surface::Live);
        everything(&running.snapshot(), &words).assert_same(&everything(&cold.snapshot(), &words), "edits and a cold load");
    }
}

// ---------------------------------------------------------------------------------------------
// No text makes anything fail.

/// How many cases are tried; `PROPTEST_CASES` asks for more of them.
fn cases(few: u32) -> ProptestConfig {
    let asked = std::env::var("PROPTEST_CASES")
        .ok()
        .and_then(|n| n.parse().ok());
    ProptestConfig {
        cases: asked.unwrap_or(few),
        max_shrink_iters: 60,
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

static SHIPPED: LazyLock<Arc<Definitions>> =
    LazyLock::new(|| Arc::new(definitions::read(&[], &starter::definition_files()).0));
static RENDERER: LazyLock<Renderer> = LazyLock::new(|| {
    Renderer::new(Arc::new(Theme::shipped()), Lang::Da).expect("the shipped theme")
});

fn nasty() -> impl Strategy<Value = String> {
    let pieces = vec![
        "[[",
        "]]",
        "|",
        "#",
        "# ",
        "## ",
        "### Hej {#a}",
        "\n",
        "\n\n",
        "---\n",
        "```visning\n",
        "```\n",
        "```",
        "vis: liste\n",
        "hvor: {",
        "}",
        "af: [ide]\n",
        "|a|b|\n|-|-|\n|1|2|\n",
        "[^1]",
        "[^1]: note\n",
        "> [!NOTE]\n> ",
        "> ",
        "- [ ] ",
        "- [x] ",
        "* ",
        "1. ",
        "7. ",
        "æøå",
        "A\u{30a}",
        "\u{202e}",
        "\u{200b}",
        "\u{feff}",
        "&amp;",
        "&",
        "<b>",
        "</b>",
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<!--",
        "-->",
        "![",
        "](",
        ")",
        "[",
        "(",
        "!",
        "\"",
        "'",
        "javascript:alert(1)",
        "https://x.dk",
        "<https://x.dk>",
        "<a@b.dk>",
        "\\",
        "`",
        "``",
        "~~",
        "**",
        "_",
        "__",
        "Ord\n: forklaring\n",
        "kaffe",
        "Kaffe. ",
        "kl. 10. Så",
        "titel: ",
        "emneord: [",
        "]\n",
        "\t",
        "\r\n",
        "\r",
        "\0",
        "\u{1F469}\u{200D}\u{1F692}",
        "ﬁ",
        "ß",
        "İ",
        "{",
        "{{",
        "{%",
        concat!("3112", "99-12", "34"),
        "![[a]]",
        "[[#a]]",
        "[[ide/x#b|c]]",
        "tidligere: ['../x']\n",
        "synlighed: offentlig\n",
        "$x$",
        "^x^",
        "~x~",
        ":::",
    ];
    vec(prop_oneof![6 => select(pieces).prop_map(str::to_owned), 1 => any::<char>().prop_map(String::from), 1 => "[ -~]{0,12}"], 0..40).prop_map(|parts| parts.concat())
}

/// Everything that is made of a file, from its bytes to its pages.
fn through_everything(path: &str, bytes: &[u8]) {
    let place = SourcePath::new(path).expect("a path");
    let draft = record::read(&place, bytes, &SHIPPED);
    for diagnostic in &draft.diagnostics {
        if let (Some(span), Ok(text)) = (diagnostic.span, std::str::from_utf8(bytes)) {
            assert!(
                span.start <= span.end && text.get(span.start..span.end).is_some(),
                "{} has no place in the text: {span:?}",
                diagnostic.code
            );
            let shown = kaffe::diag::human::render(
                diagnostic,
                Some(text),
                "",
                Lang::Da,
                kaffe::diag::human::Colour::Never,
            );
            assert!(shown.contains(diagnostic.code.as_str()));
        }
    }
    let parts = Parts {
        definitions: Arc::clone(&SHIPPED),
        drafts: [(place, Arc::new(draft))].into(),
        ..Parts::default()
    };
    let site = Arc::new(Site::assemble(&parts, TODAY));
    for (audience, surface) in [
        (Audience::Project, Surface::Live),
        (Audience::Public, Surface::Published),
    ] {
        let view = SiteView::of(Arc::clone(&site), audience);
        let mut routes = view.routes(surface);
        routes.extend(
            view.broken()
                .iter()
                .map(|b| Route::Record(b.reference.clone())),
        );
        for route in routes.into_iter().filter(|r| {
            matches!(r, Route::Record(_) | Route::Tag(_))
                || (*r == Route::Tidy && surface == Surface::Live)
        }) {
            let request = Request::of(route, surface);
            let page = RENDERER.page(&view, &request).expect("a page");
            if let Content::Bytes(bytes) = page.content {
                nothing_active(std::str::from_utf8(&bytes).expect("UTF-8"));
            }
        }
    }
}

/// Content never becomes code of a page.
fn nothing_active(html: &str) {
    for tag in tags(html) {
        assert!(
            tag.name != "script" || tag.inside.trim().is_empty(),
            "a script of the content's own: {tag:?}"
        );
        for (name, value) in &tag.attributes {
            assert!(
                !name.starts_with("on"),
                "a handler of the content's own: {tag:?}"
            );
            let leads = matches!(
                name.as_str(),
                "href" | "src" | "action" | "formaction" | "data"
            );
            assert!(
                !(leads && value.trim().to_ascii_lowercase().starts_with("javascript:")),
                "a link that is code: {tag:?}"
            );
            assert!(
                !(tag.name == "img" && value.contains("://")),
                "a picture from elsewhere: {tag:?}"
            );
        }
    }
}

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn no_bytes_make_reading_a_file_fail(bytes in vec(any::<u8>(), 0..300), path in select(vec!["ideer/a.md", "a.md", "maalinger/b.md", "proevehandlinger/dybt/c.md"])) {
        through_everything(path, &bytes);
    }

    #[test]
    fn no_front_matter_makes_reading_a_file_fail(front in nasty(), body in nasty(), path in select(vec!["ideer/a.md", "lokalt/b.md", "maalinger/c.md", "sider/d.md"])) {
        through_everything(path, format!("---\n{front}\n---\n{body}").as_bytes());
    }

    #[test]
    fn no_values_of_known_fields_make_reading_a_file_fail(
        keys in vec((select(vec!["titel", "resume", "emneord", "fra", "til", "team", "kilder", "gange", "resultater", "trukket_tilbage", "tidligere", "eksempel", "synlighed", "gennemgang", "også_kaldt", "skrivetid", "bygger_videre_på", "svar", "periode", "frigivet"]), nasty()), 0..6),
        path in select(vec!["proevehandlinger/a.md", "lokalt/b.md", "maalinger/c.md", "feedback/d.md"]),
    ) {
        let front: String = keys.iter().map(|(key, value)| format!("{key}: {}\n", value.replace('\n', "\n  "))).collect();
        through_everything(path, format!("---\n{front}---\nHej.\n").as_bytes());
    }

    #[test]
    fn no_markdown_makes_a_page_fail_or_become_code(body in nasty()) {
        through_everything("sider/a.md", format!("---\ntitel: A\nsynlighed: offentlig\ngennemgang: godkendt\n---\n\n{body}").as_bytes());
    }

    #[test]
    fn no_text_makes_reading_a_definition_fail(text in nasty(), path in select(vec!["kaffe.yaml", "_typer/a.yaml", "_typer/_faelles.yaml", "_ord/b.yaml", "_ord/synonymer.yaml", "_udgivelser/c.yaml"])) {
        let file = definitions::DefinitionFile { path: SourcePath::new(path).expect("a path"), text: text.as_str().into() };
        let (_, problems) = definitions::read(&[file], &[]);
        for span in problems.iter().filter_map(|p| p.span) {
            prop_assert!(span.start <= span.end && span.end <= text.len());
        }
    }

    #[test]
    fn no_bytes_make_looking_at_a_file_fail(bytes in vec(any::<u8>(), 0..200), name in select(vec!["a.svg", "a.png", "a.jpg", "a.webp", "a.pdf", "a"])) {
        let _ = attachment::inspect(&SourcePath::new(name).expect("a path"), &bytes);
    }
}

// ---------------------------------------------------------------------------------------------
// Every page has an address, and the address leads back to the page.

fn goes_round(snapshot: &Snapshot) {
    let view = snapshot.view();
    let mut seen = BTreeSet::new();
    for route in snapshot.routes() {
        let address = view.address(&route);
        assert!(
            seen.insert(address.clone()),
            "two routes have the address /{address}; one is {route:?}"
        );
        assert_eq!(view.route(&format!("/{address}")), route, "/{address}");
        let answer = snapshot
            .answer(&format!("/{address}"), &[])
            .expect("an answer");
        let expected = match route {
            Route::Missing => 404,
            Route::Moved(..) if snapshot.surface() == Surface::Live => 308,
            _ => 200,
        };
        assert_eq!(answer.status, expected, "/{address} of {route:?}");
    }
}

#[test]
fn every_route_of_every_view_goes_round_through_its_address() {
    let site = TestSite::of(&[
        ("kaffe.yaml", "titel: Prøve\n"),
        (
            "_udgivelser/k.yaml",
            "titel: Katalog\nkapitler:\n  - {titel: Æbler og pærer, kort: [ide]}\n  - {titel: Æbler og pærer, kort: [side]}\n",
        ),
        (
            "teams/team-x.md",
            &public_record("titel: Team X\nkommune: Eksempelkommune", "Os."),
        ),
        (
            "ideer/Min Fine Idé.md",
            &public_record(
                "titel: Fin\nteam: team-x\nemneord: [Æ ø å, c++, c#, 100 %, aftenvagt]\ntidligere: [gammel, sider/ældre, 'med mellemrum og ?tegn']",
                "Se [en fil](f%C3%B8r%20og%20efter.txt) og [to](../sider/l%C3%B8s.txt).",
            ),
        ),
        ("ideer/Min Fine Idé/før og efter.txt", "tekst"),
        ("sider/løs.txt", "løs"),
        (
            "sider/dybt/nede/Å-bogen.md",
            &public_record("titel: Å", "![alt](tegning.svg)"),
        ),
        (
            "sider/dybt/nede/Å-bogen/tegning.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\"></svg>",
        ),
        ("README.md", "# Hej\n\nUden felter."),
        (
            "proevehandlinger/draft.md",
            "---\ntitel: Kladde\nteam: team-x\nfra: 2021-01-01\n---\nHej",
        ),
        (
            "proevehandlinger/kun-os.md",
            "---\ntitel: Kun os\nteam: team-x\nsynlighed: team\nfra: 2021-01-01\n---\nHej",
        ),
        ("proevehandlinger/i-stykker.md", "---\ntitel: [\n---\nHej"),
    ]);
    for audience in [
        Audience::Public,
        Audience::Project,
        Audience::of_teams([RecordId::new("team-x")]),
    ] {
        for surface in [Surface::Live, Surface::Published] {
            goes_round(&site.engine(audience.clone(), surface).snapshot());
            goes_round(&engine(&shipped(), audience.clone(), surface).snapshot());
        }
    }
}

// ---------------------------------------------------------------------------------------------
// Nothing that is not public occurs in anything public.

/// How a record is marked.
#[derive(Clone, Debug)]
struct Marks {
    visibility: Option<&'static str>,
    review: Option<&'static str>,
    example: bool,
    withdrawn: bool,
}

impl Marks {
    fn is_public(&self, drift: bool) -> bool {
        self.visibility == Some("offentlig")
            && self.review == Some("godkendt")
            && !self.withdrawn
            && !(drift && self.example)
    }
}

const VISIBILITIES: [Option<&str>; 5] = [
    None,
    Some("team"),
    Some("projekt"),
    Some("offentlig"),
    Some("offentligt-måske"),
];
const REVIEWS: [Option<&str>; 5] = [
    None,
    Some("ikke-endnu"),
    Some("klar"),
    Some("godkendt"),
    Some("godkendt-næsten"),
];

fn all_marks() -> Vec<Marks> {
    let mut all = Vec::new();
    for visibility in VISIBILITIES {
        for review in REVIEWS {
            for example in [false, true] {
                for withdrawn in [false, true] {
                    all.push(Marks {
                        visibility,
                        review,
                        example,
                        withdrawn,
                    });
                }
            }
        }
    }
    all
}

/// A word that occurs nowhere else, for one place of one record.
fn marker(number: usize, place: &str) -> String {
    let letter = |n: usize| char::from(b'a' + u8::try_from(n % 26).expect("a letter"));
    format!("zq{}{}x{place}", letter(number / 26), letter(number))
}

const PLACES: [&str; 12] = [
    "titel",
    "resume",
    "emne",
    "alias",
    "felt",
    "langt",
    "krop",
    "overskrift",
    "ident",
    "fil",
    "indhold",
    "foer",
];

fn id_of(number: usize) -> String {
    marker(number, "ident")
}

/// The folder of the n-th record: experiments, ideas and terms take turns.
fn folder_of(number: usize) -> &'static str {
    ["proevehandlinger", "ideer", "ordbog"][number % 3]
}

/// A site of records with these marks, in which everybody refers and links to those in `links`.
fn marked_site(marks: &[Marks], links: &[(usize, usize)], drift: bool) -> TestSite {
    let site = TestSite::new();
    site.file(
        "kaffe.yaml",
        if drift {
            "titel: Prøve\nslags: drift\nwas_url: https://x.dk/was\n"
        } else {
            "titel: Prøve\n"
        },
    );
    site.file("_udgivelser/k.yaml", "titel: Katalog\nkapitler:\n  - {titel: Alt, sider: [overblik], kort: [proevehandling, ide, begreb]}\n");
    site.file(
        "teams/team-x.md",
        public_record("titel: Team X\nkommune: Eksempelkommune", "Os."),
    );
    let questions = "```visning\nvis: tabel\naf: [proevehandling]\nfelter: [titel, omfang, inspireret_af, bygger_videre_på]\ngrupper: bygger_videre_på\n```\n\n```visning\nvis: antal\naf: [ide]\n```\n\n```visning\nvis: liste\naf: [begreb, ide]\ngrupper: inspireret_af\n```\n";
    site.file(
        "sider/overblik.md",
        public_record(
            "titel: Overblik",
            &format!("Alle taler om faellesord. {questions}"),
        ),
    );
    for (number, mark) in marks.iter().enumerate() {
        let m = |place: &str| marker(number, place);
        let (id, folder) = (id_of(number), folder_of(number));
        let linked: Vec<usize> = links
            .iter()
            .filter(|(from, _)| *from == number)
            .map(|(_, to)| *to)
            .collect();
        let of = |kind: &str| {
            let ids: Vec<String> = linked
                .iter()
                .filter(|n| folder_of(**n) == kind)
                .map(|n| id_of(*n))
                .collect();
            format!("[{}]", ids.join(", "))
        };
        let mut front = format!(
            "titel: Om {}\nresume: Kort om {}\nemneord: [{}]\nogså_kaldt: [{}]\ntidligere: [{}]\nteam: team-x\noprettet: 2021-02-01\n",
            m("titel"),
            m("resume"),
            m("emne"),
            m("alias"),
            m("foer")
        );
        front.push_str(&match folder {
            "proevehandlinger" => format!(
                "fra: 2021-03-01\nomfang: {}\nuventet: {}\ninspireret_af: {}\nbygger_videre_på: {}\n",
                m("felt"), m("langt"), of("ideer"), of("proevehandlinger")
            ),
            "ideer" => {
                let ids: Vec<String> = linked.iter().map(|n| format!("{}/{}", folder_of(*n), id_of(*n))).collect();
                format!("inspireret_af: [{}]\n", ids.join(", "))
            }
            _ => format!("original: {}\noriginalsprog: nl\ndansk: faellesord{}\nforskel: {}\n", m("felt"), number % 7, m("langt")),
        });
        if let Some(visibility) = mark.visibility {
            front.push_str(&format!("synlighed: {visibility}\n"));
        }
        if let Some(review) = mark.review {
            front.push_str(&format!("gennemgang: {review}\n"));
        }
        if mark.example {
            front.push_str("eksempel: ja\nkommer_fra: eksempel\n");
        }
        if mark.withdrawn {
            front.push_str("trukket_tilbage: {dato: 2021-09-01, grund: Forkert}\n");
        }
        let mut body = format!(
            "## Om {}\n\nHer står {} og [vores fil]({}.txt).\n",
            m("overskrift"),
            m("krop"),
            m("fil")
        );
        for to in &linked {
            let (other, place, file) = (id_of(*to), folder_of(*to), marker(*to, "fil"));
            body.push_str(&format!(
                "\nSe [[{other}|her]], [[{place}/{other}|der]], [og her](../{place}/{other}.md), [og der](/{place}/{other}/) og [filen](../{place}/{other}/{file}.txt) og [samme](/{place}/{other}/{file}.txt). ![et billede](../{place}/{other}/{file}.png)\n"
            ));
        }
        site.file(
            &format!("{folder}/{id}.md"),
            format!("---\n{front}---\n\n{body}"),
        );
        site.file(&format!("{folder}/{id}/{}.txt", m("fil")), m("indhold"));
        site.file(
            &format!("{folder}/{id}/{}.png", m("fil")),
            crate::support::pixel(),
        );
    }
    site
}

/// Where a word stands in a publication.
fn places_of<'a>(
    files: &'a std::collections::BTreeMap<String, Vec<u8>>,
    word: &str,
) -> Vec<&'a str> {
    files
        .iter()
        .filter(|(path, bytes)| path.contains(word) || contains(bytes, word))
        .map(|(path, _)| path.as_str())
        .collect()
}

fn contains(bytes: &[u8], word: &str) -> bool {
    // Upper and lower case are one: an address is lower case.
    String::from_utf8_lossy(bytes)
        .to_ascii_lowercase()
        .contains(word)
}

fn assert_nothing_leaks(marks: &[Marks], links: &[(usize, usize)], drift: bool) {
    let site = marked_site(marks, links, drift);
    let files = site.build();
    let mut haystack = Vec::new();
    for (path, bytes) in &files {
        haystack.extend(path.to_ascii_lowercase().into_bytes());
        haystack.push(b'\n');
        haystack.extend(bytes.to_ascii_lowercase());
        haystack.push(b'\n');
    }
    let haystack = String::from_utf8_lossy(&haystack).into_owned();
    let live = site.engine(Audience::Public, Surface::Live);
    let snapshot = live.snapshot();
    let mut shown = String::new();
    let mut addresses: Vec<String> = snapshot
        .routes()
        .iter()
        .filter(|r| !matches!(r, Route::Source(_)))
        .map(|r| format!("/{}", snapshot.view().address(r)))
        .collect();
    addresses.extend(["/soeg/", "/findes/ikke/", "/oprydning/"].map(str::to_owned));
    for address in &addresses {
        let page = get(&snapshot, address);
        shown.push_str(&format!(
            "{address}\n{}\n{}\n",
            page.location.unwrap_or_default(),
            page.body
        ));
    }
    let shown = shown.to_ascii_lowercase();
    for (number, mark) in marks.iter().enumerate() {
        let public = mark.is_public(drift);
        for place in PLACES {
            if (place == "felt" || place == "langt") && folder_of(number) == "ideer" {
                continue;
            }
            let word = marker(number, place);
            if public {
                assert!(
                    haystack.contains(&word),
                    "the {place} of the public record {number} ({mark:?}) is not published"
                );
                assert!(
                    shown.contains(&word),
                    "the {place} of the public record {number} ({mark:?}) is not in the public wiki"
                );
            } else {
                assert!(
                    !haystack.contains(&word),
                    "the {place} of record {number} ({mark:?}, drift {drift}) leaks into {:?}",
                    places_of(&files, &word)
                );
                let at = shown.find(&word).map(|at| {
                    shown
                        .get(at.saturating_sub(200)..(at + 60).min(shown.len()))
                        .unwrap_or_default()
                });
                assert!(
                    at.is_none(),
                    "the {place} of record {number} ({mark:?}, drift {drift}) leaks into the public wiki: {at:?}"
                );
            }
        }
    }
    // The search knows no more than the pages do.
    for (number, mark) in marks
        .iter()
        .enumerate()
        .filter(|(_, m)| !m.is_public(drift))
        .step_by(marks.len() / 12 + 1)
    {
        for place in ["titel", "krop", "alias", "emne", "felt"] {
            let word = marker(number, place);
            let text = word.get(..word.len() - 1).expect("letters").to_owned();
            let answer = snapshot
                .search(&Query {
                    text: text.clone(),
                    kind: None,
                    limit: 50,
                    offset: 0,
                })
                .expect("an answer");
            let told = format!("{answer:?}");
            assert!(
                !told.contains(&word),
                "the search tells the {place} of record {number} ({mark:?})"
            );
            let page = ask(&snapshot, "/soeg/", &[("q", &text)]);
            assert!(
                !page.body.contains(&word),
                "the search page tells the {place} of record {number} ({mark:?})"
            );
        }
        let (id, folder) = (id_of(number), folder_of(number));
        for address in [
            format!("/{folder}/{id}/"),
            format!("/{folder}/{id}.md"),
            format!("/{folder}/{id}/{}.txt", marker(number, "fil")),
            format!("/filer/{folder}/{id}/{}.txt", marker(number, "fil")),
            format!("/emner/{}/", marker(number, "emne")),
        ] {
            assert_eq!(
                get(&snapshot, &address).status,
                404,
                "{address} answers the public ({mark:?})"
            );
        }
        let near = get(
            &snapshot,
            &format!("/{folder}/{}/", id.get(..id.len() - 1).expect("letters")),
        );
        assert!(
            near.status == 404 && !near.body.contains(&id),
            "the page for missing addresses names record {number} ({mark:?})"
        );
    }
}

/// Every record refers to the next ones, whatever their marks.
fn ring(count: usize) -> Vec<(usize, usize)> {
    (0..count)
        .flat_map(|n| [1, 2, 7, 13, 31].map(|step| (n, (n + step) % count)))
        .filter(|(a, b)| a < b)
        .collect()
}

#[test]
fn nothing_that_is_not_public_occurs_in_any_byte_of_a_demo() {
    let marks = all_marks();
    assert_nothing_leaks(&marks, &ring(marks.len()), false);
}

#[test]
fn nothing_that_is_not_public_occurs_in_any_byte_in_real_use() {
    let marks = all_marks();
    assert_nothing_leaks(&marks, &ring(marks.len()), true);
}

proptest! {
    #![proptest_config(cases(4))]

    #[test]
    fn nothing_that_is_not_public_leaks_however_records_are_linked(
        marks in vec((select(VISIBILITIES.to_vec()), select(REVIEWS.to_vec()), any::<bool>(), prop::bool::weighted(0.15)).prop_map(|(visibility, review, example, withdrawn)| Marks {
            // Half of them public, so that there is something to leak into.
            visibility: if example { Some("offentlig") } else { visibility },
            review: if example { Some("godkendt") } else { review },
            example: false,
            withdrawn,
        }), 4..10),
        links in vec((0..10_usize, 0..10_usize), 0..20),
        drift in any::<bool>(),
    ) {
        let links: Vec<(usize, usize)> = links.into_iter().filter(|(a, b)| a < b && *b < marks.len()).collect();
        assert_nothing_leaks(&marks, &links, drift);
    }
}

/// The public and a hidden record, and what of the hidden one a public page may say.
fn hidden_beside(public_front: &str, public_body: &str, more: &[(&str, &str)]) -> TestSite {
    let site = TestSite::of(&[
        (
            "teams/team-x.md",
            &public_record("titel: Team X\nkommune: Eksempelkommune", "Os."),
        ),
        (
            "proevehandlinger/aaben.md",
            &public_record(
                &format!("titel: Åben\nteam: team-x\nfra: 2021-01-01\n{public_front}"),
                public_body,
            ),
        ),
        (
            "proevehandlinger/zqhemmelig.md",
            "---\ntitel: Zqtitel\nteam: team-x\nfra: 2021-01-01\n---\n\nZqkrop.\n",
        ),
    ]);
    for (path, text) in more {
        site.file(path, text);
    }
    site
}

#[track_caller]
fn assert_zq_is_nowhere(site: &TestSite) {
    for (path, bytes) in site.build() {
        assert!(
            !path.contains("zq") && !contains(&bytes, "zq"),
            "{path} tells of what is hidden"
        );
    }
    let snapshot = site.engine(Audience::Public, Surface::Live).snapshot();
    for route in snapshot.routes() {
        let address = format!("/{}", snapshot.view().address(&route));
        let page = get(&snapshot, &address);
        assert!(
            !address.contains("zq") && !page.body.to_lowercase().contains("zq"),
            "{address} tells the public of what is hidden"
        );
    }
}

#[test]
fn a_reference_in_a_text_field_shows_nothing_of_a_hidden_record() {
    let site = hidden_beside(
        "forventning: '[[zqhemmelig]]'\nomfang: '[[proevehandlinger/zqhemmelig]]'",
        "Hej.",
        &[],
    );
    for (path, bytes) in site.build() {
        assert!(!contains(&bytes, "zq"), "{path} tells of what is hidden");
    }
}

#[test]
fn a_reference_in_a_long_text_field_shows_nothing_of_a_hidden_record() {
    let site = hidden_beside("uventet: '[[zqhemmelig]]'", "Hej.", &[]);
    for (path, bytes) in site.build() {
        assert!(!contains(&bytes, "zq"), "{path} tells of what is hidden");
    }
}

#[test]
fn the_markdown_of_a_public_record_tells_the_public_nothing_of_hidden_ones() {
    assert_zq_is_nowhere(&hidden_beside(
        "bygger_videre_på: [zqhemmelig]",
        "Hej.",
        &[],
    ));
}

#[test]
fn a_file_in_a_folder_below_a_hidden_records_folder_is_hidden_too() {
    let site = hidden_beside(
        "",
        "Se [fil](zqhemmelig/mappe/zqnote.txt).",
        &[("proevehandlinger/zqhemmelig/mappe/zqnote.txt", "zqindhold")],
    );
    for (path, bytes) in site.build() {
        assert!(
            !path.contains("zqnote") && !contains(&bytes, "zqindhold"),
            "{path} is a hidden record's file"
        );
    }
}

#[test]
fn a_file_of_a_record_that_cannot_be_read_is_hidden() {
    let broken = [
        ("i stykker", "---\ntitel: [\n---\nHej.\n"),
        (
            "with a number",
            concat!("---\ntitel: X\n---\n\n3112", "99-12", "34\n"),
        ),
        ("not closed", "---\ntitel: X\n"),
    ];
    for (what, text) in broken {
        let site = hidden_beside(
            "",
            "Se [fil](../ideer/ond/zqnote.txt).",
            &[
                ("ideer/ond.md", text),
                ("ideer/ond/zqnote.txt", "zqindhold"),
            ],
        );
        for (path, bytes) in site.build() {
            assert!(
                !path.contains("zqnote") && !contains(&bytes, "zqindhold"),
                "{path} is the file of a record that is {what}"
            );
        }
    }
}

#[test]
fn what_stands_in_definition_folders_is_never_served() {
    let site = hidden_beside(
        "",
        "Se [a](/_data/zq.yaml), [b](../_data/zq.yaml) og [c](/kaffe.yaml).",
        &[
            ("_data/zq.yaml", "zq: 1"),
            ("_noter/zq.md", "zq"),
            ("kaffe.yaml", "titel: Prøve\n"),
        ],
    );
    let files = site.build();
    assert!(
        !files
            .keys()
            .any(|path| path.ends_with(".yaml") || path.contains("_data")),
        "{:?}",
        files.keys()
    );
    let snapshot = site.wiki().snapshot();
    for address in [
        "/_data/zq.yaml",
        "/filer/_data/zq.yaml",
        "/filer/kaffe.yaml",
        "/kaffe.yaml",
        "/_noter/zq.md",
        "/_noter/zq/",
        "/sider/zq/",
        "/filer/_noter/zq.md",
    ] {
        assert_eq!(get(&snapshot, address).status, 404, "{address}");
    }
}

#[test]
fn a_withdrawal_that_is_miswritten_still_withdraws() {
    for written in [
        "trukket_tilbage: 2021-05-05",
        "trukket_tilbage: ja",
        "trukket_tilbage: {grund: Forkert}",
        "trukket_tilbage: {dato: i går, grund: Forkert}",
        "trukket_tilbage: [2021-05-05]",
    ] {
        let site = TestSite::of(&[(
            "sider/a.md",
            &public_record(&format!("titel: Zqtitel\n{written}"), "Zqkrop."),
        )]);
        assert_eq!(
            site.public("/sider/a/").status,
            404,
            "»{written}« leaves the record public"
        );
    }
}

#[test]
fn two_answers_to_who_may_see_it_never_open_a_record() {
    for (visibility, review) in [
        ("[offentlig, team]", "godkendt"),
        ("offentlig", "[godkendt, ikke-endnu]"),
        ("{offentlig: ja}", "godkendt"),
        ("offentlig, team", "godkendt"),
    ] {
        let site = TestSite::of(&[(
            "sider/a.md",
            &format!(
                "---\ntitel: Zqtitel\nsynlighed: {visibility}\ngennemgang: {review}\n---\n\nZqkrop.\n"
            ),
        )]);
        assert_eq!(
            site.public("/sider/a/").status,
            404,
            "synlighed: {visibility}, gennemgang: {review}"
        );
    }
}

#[test]
fn a_site_that_is_all_public_still_hides_what_says_otherwise() {
    let site = TestSite::of(&[
        (
            "kaffe.yaml",
            "titel: Prøve\nstandard: {synlighed: offentlig, gennemgang: godkendt}\n",
        ),
        ("sider/aaben.md", "---\ntitel: Åben\n---\n\nHej.\n"),
        (
            "sider/lukket.md",
            "---\ntitel: Zqlukket\nsynlighed: projekt\n---\n\nZq.\n",
        ),
        (
            "sider/kladde.md",
            "---\ntitel: Zqkladde\ngennemgang: ikke-endnu\n---\n\nZq.\n",
        ),
        (
            "sider/slaafejl.md",
            "---\ntitel: Zqslåfejl\nsynlighed: projekttet\n---\n\nZq.\n",
        ),
        (
            "sider/tom.md",
            "---\ntitel: Zqtom\nsynlighed: [projekt, team]\n---\n\nZq.\n",
        ),
    ]);
    site.public("/sider/aaben/").says("Åben");
    assert_zq_is_nowhere(&site);
}

#[test]
fn published_photos_lose_everything_but_their_pixels() {
    // A comment chunk in a PNG stands for the place and the camera in a photo.
    let mut photo = crate::support::pixel();
    let chunk = b"Comment\0zqhemmeligt sted";
    let mut text = u32::try_from(chunk.len())
        .expect("short")
        .to_be_bytes()
        .to_vec();
    text.extend(b"tEXt");
    text.extend(chunk);
    text.extend(crc(&text[4..]).to_be_bytes());
    let end = photo.len() - 12;
    photo.splice(end..end, text);
    let site = TestSite::of(&[(
        "sider/a.md",
        &public_record("titel: A", "![et foto](foto.png)"),
    )]);
    site.file("sider/a/foto.png", &photo);
    let files = site.build();
    let published = files
        .get("sider/a/foto.png")
        .expect("the photo is published");
    assert!(contains(&photo, "zqhemmeligt sted") && !contains(published, "zqhemmeligt sted"));
    assert!(image::load_from_memory(published).is_ok());
}

fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0_u32, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            if crc & 1 == 1 {
                (crc >> 1) ^ 0xEDB8_8320
            } else {
                crc >> 1
            }
        })
    })
}

#[test]
fn the_shipped_edition_holds_no_word_of_what_is_not_public() {
    let snapshot = engine(&shipped(), Audience::Project, Surface::Live).snapshot();
    let files = published(&engine(&shipped(), Audience::Public, Surface::Published).snapshot());
    let mut hidden = 0;
    for seen in snapshot.view().records().filter(|s| !s.record.is_public()) {
        hidden += 1;
        let path = format!("{}/{}/", seen.record.kind.folder, seen.record.reference.id);
        assert!(
            !files.keys().any(|p| p.starts_with(&path)),
            "{path} is published"
        );
        for (page, bytes) in &files {
            assert!(!contains(bytes, &path), "{page} names {path}");
        }
    }
    assert!(
        hidden > 0,
        "the shipped content shows no record that is not public"
    );
}
