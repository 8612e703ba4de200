//! Searching as readers and programs meet it: what is like what, and what happens when nothing is found.

use kaffe::{model::Audience, site::route::Surface};

use crate::support::{Http, TestSite, encoded, public_record, record};

fn a_site() -> TestSite {
    let site = TestSite::with_shipped_kinds();
    site.file(
        "teams/team-a.md",
        public_record("titel: Team A\nkommune: Eksempelkommune", "Os."),
    );
    let records = [
        (
            "ideer/kaffevogn.md",
            "Kaffevogn ved boligblokken",
            "Vi kunne køre en vogn med kaffe rundt mellem blokkene, så naboer mødes på bænken.",
        ),
        (
            "ideer/baenken.md",
            "Bænken i gården",
            "En bænk ved blokkene, hvor naboer mødes over en kop kaffe om eftermiddagen.",
        ),
        (
            "ideer/noegler.md",
            "Nøgler i boks",
            "En boks med kode ved døren, så nøgler ikke skal hentes og bringes.",
        ),
    ];
    for (path, title, body) in records {
        site.file(path, record(&format!("titel: {title}\nteam: team-a"), body));
    }
    site
}

#[test]
fn a_record_shows_what_is_like_it_and_why() {
    let site = a_site();
    let page = site.get("/ideer/kaffevogn/");
    page.says("Noget, der ligner")
        .says("Bænken i gården")
        .says("Begge handler om");
    let similar = page
        .main()
        .split("Noget, der ligner")
        .nth(1)
        .unwrap_or_default();
    assert!(similar.contains("/ideer/baenken/"), "{similar}");
    assert!(!similar.contains("/ideer/noegler/"), "{similar}");
    assert!(
        ["naboer", "kaffe", "blokkene"]
            .iter()
            .any(|word| similar.contains(word)),
        "{similar}"
    );
    // A published page stands for itself.
    site.get_as(Audience::Public, Surface::Published, "/ideer/kaffevogn/")
        .never_says("Noget, der ligner");
}

#[test]
fn what_somebody_begins_to_write_is_compared_with_what_is_there() {
    let site = a_site();
    let server = Http::over(&site.wiki());
    let text = encoded("Kaffe med naboerne på bænken");
    let json = server.get(&format!("/api/similar?text={text}")).json();
    let ids: Vec<&str> = json["records"]
        .as_array()
        .expect("records")
        .iter()
        .map(|record| record["id"].as_str().expect("an id"))
        .collect();
    assert!(
        ids.contains(&"baenken") && ids.contains(&"kaffevogn"),
        "{json}"
    );
    assert!(!ids.contains(&"noegler"), "{json}");
    assert_eq!(json["total"].as_u64(), Some(ids.len() as u64));
    assert!(
        json["records"][0]["why"]
            .as_str()
            .is_some_and(|why| why.starts_with("Begge handler om")),
        "{json}"
    );
    assert_eq!(
        server
            .get(&format!("/api/similar?text={text}&limit=1"))
            .json()["records"]
            .as_array()
            .map(Vec::len),
        Some(1)
    );
    for nothing in [
        "/api/similar",
        "/api/similar?text=",
        "/api/similar?text=xyzzy%20qwv",
    ] {
        assert_eq!(server.get(nothing).json()["total"], 0, "{nothing}");
    }
    assert_eq!(server.get("/api/similar?text=kaffe&limit=x").status, 400);
}

#[test]
fn the_public_is_told_of_nothing_that_is_like_what_it_may_not_see() {
    let site = a_site();
    let server = Http::over(&site.engine(Audience::Public, Surface::Live));
    let text = encoded("Kaffe med naboerne på bænken ved blokkene");
    let json = server.get(&format!("/api/similar?text={text}")).json();
    assert_eq!(json["total"], 0, "{json}");
}

#[test]
fn a_search_without_an_answer_leads_on() {
    let site = a_site();
    let server = Http::over(&site.wiki());
    let page = server
        .get(&format!("/soeg/?q={}", encoded("seniordans i hallen")))
        .text();
    for words in [
        "Her er ikke noget om det endnu",
        "Spørg de andre teams",
        "Vi prøver noget",
        // What was searched for is carried over.
        "/ny/ideer/?titel=seniordans",
        "Det har de andre tænkt på",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    let public = Http::over(&site.engine(Audience::Public, Surface::Live));
    let page = public.get("/soeg/?q=seniordans").text();
    assert!(
        !page.contains("Vi prøver noget") && !page.contains("Bænken i gården"),
        "{page}"
    );
}

#[test]
fn oprydning_lists_what_three_devices_have_searched_for_in_vain() {
    let site = a_site();
    let server = Http::over(&site.wiki());
    let ask = |device: &str, words: &str| {
        let address = format!("/soeg/?q={}", encoded(words));
        server.send(axum::http::Method::GET, &address, &[("user-agent", device)]);
    };
    let listed = |words: &str| {
        server
            .get("/oprydning/")
            .text()
            .contains(&format!("»{words}«"))
    };
    for device in ["a", "a", "b"] {
        ask(device, "seniordans");
        ask(device, "fru Eksempelsen");
    }
    assert!(!listed("seniordans"), "two devices are not enough");
    ask("c", "seniordans");
    ask("c", "fru Eksempelsen");
    assert!(listed("seniordans"));
    assert!(!listed("fru Eksempelsen"), "a name is never listed");
    // What is answered now is no wish any more.
    ask("a", "kaffevogn");
    assert!(!listed("kaffevogn"));
}

#[test]
fn more_answers_than_a_page_holds_are_one_link_away() {
    let site = TestSite::new();
    for n in 0..45 {
        site.file(
            &format!("sider/n{n}.md"),
            record(&format!("titel: Kaffe {n}"), "Om kaffe."),
        );
    }
    let server = Http::over(&site.wiki());
    let titles = |page: &str| page.matches("<h2><a href=\"/sider/n").count();
    let first = server.get("/soeg/?q=kaffe").text();
    assert_eq!(titles(&first), 20);
    assert!(
        first.contains("1–20 af 45") && first.contains("side=2"),
        "{first}"
    );
    let last = server.get("/soeg/?q=kaffe&side=3").text();
    assert_eq!(titles(&last), 5);
    assert!(
        last.contains("41–45 af 45") && !last.contains("rel=\"next\""),
        "{last}"
    );
    for strange in ["0", "x", "-1", "99999999999999999999", "1000"] {
        let page = server.get(&format!("/soeg/?q=kaffe&side={strange}"));
        assert_eq!(page.status, 200, "{strange}");
    }
}

#[test]
fn a_snippet_is_prose_with_titles_for_ids_and_no_values_of_fields() {
    let site = TestSite::with_shipped_kinds();
    site.file(
        "teams/team-a.md",
        record("titel: Team A\nkommune: Eksempelkommune", "Os."),
    );
    site.file(
        "ideer/vogn.md",
        record(
            "titel: Kaffevogn ved blokken\nteam: team-a\nønsker_hjælp: penge",
            "Som [[baenk]], men på hjul.",
        ),
    );
    site.file(
        "ideer/baenk.md",
        record("titel: Bænken i gården\nteam: team-a", "Sid ned."),
    );
    let engine = site.wiki();
    let server = Http::over(&engine);
    let snippet = |words: &str| -> String {
        let json = server
            .get(&format!("/api/search?q={}", encoded(words)))
            .json();
        json["hits"][0]["snippet"]
            .as_str()
            .unwrap_or_default()
            .to_owned()
    };
    assert_eq!(snippet("kaffevogn"), "Som Bænken i gården, men på hjul.");
    // What a link is called follows what it leads to.
    site.file(
        "ideer/baenk.md",
        record("titel: Bænken ved porten\nteam: team-a", "Sid ned."),
    );
    engine
        .look_at(&[site.root().join("ideer/baenk.md")])
        .expect("looked at");
    assert_eq!(snippet("kaffevogn"), "Som Bænken ved porten, men på hjul.");
}
