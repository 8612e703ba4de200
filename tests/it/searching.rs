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
        "titel: &quot;seniordans i hallen&quot;",
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
