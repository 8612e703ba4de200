//! The live start page: one field that finds, three ways to begin, and what is new.

use jiff::ToSpan;
use serde::Serialize;

use super::{Head, Maker, meeting};
use crate::{
    model::{Audience, Kind, KindKey, RecordRef},
    render::{
        Page, TemplateError,
        pieces::{self, Card, Count, Named},
    },
    site::{
        Route,
        rhythm::{self, Occasion},
        tidy::List,
        view::Seen,
    },
    text::danish,
};

/// More than these are for the team's meeting.
const OWN_DUE: usize = 4;

#[derive(Serialize)]
struct Own {
    start: Start,
}

#[derive(Serialize)]
struct Start {
    intro_html: Option<String>,
    find_url: String,
    try_url: Option<String>,
    tell_url: Option<String>,
    idea_url: Option<String>,
    offer_url: Option<String>,
    news: Vec<Card>,
    spreading: Vec<Card>,
    offers: Vec<Card>,
    waiting: Vec<Card>,
    problems_count: usize,
    counts: Vec<Count>,
    for_public: bool,
    links: Vec<Link>,
    own: Option<OwnStart>,
}

#[derive(Serialize)]
struct OwnStart {
    due: Vec<meeting::Line>,
    meetings: Vec<Named>,
    coach_url: Option<String>,
}

#[derive(Serialize)]
struct Link {
    url: String,
    title: String,
    text: String,
}

pub(super) fn page(maker: &Maker<'_>) -> Result<Page, TemplateError> {
    let (view, links, texts) = (maker.view, &maker.links, &maker.renderer.texts);
    let for_public = *view.audience() == Audience::Public;
    let card = |seen: Seen<'_>| pieces::card(links, texts, seen);
    let side = |id: &str| {
        view.find("side", id)
            .map(|s| links.to_record(&s.record.reference))
    };
    let ideas = KindKey::new("ide");
    let experiments = view
        .definitions()
        .kinds
        .by_key(&KindKey::new("proevehandling"));
    let actor = &maker.request.actor;
    // Who has not signed in is asked to, when they tap.
    let begins = |kind: &Kind| !actor.is_signed_in() || actor.may_create(kind);
    let inside = !for_public
        && experiments.is_some_and(|kind| kind.folder == "proevehandlinger" && begins(kind));
    let new_url = |kind: &str| {
        let kind = view.definitions().kinds.by_key(&KindKey::new(kind))?;
        actor
            .may_create(kind)
            .then(|| format!("/ny/{}/", kind.folder))
    };
    let start = Start {
        idea_url: new_url("ide"),
        offer_url: new_url("ressource"),
        intro_html: None,
        find_url: if view.of_kind(&ideas).next().is_some() {
            links.to(&Route::Kind(ideas))
        } else {
            links.to(&Route::Search)
        },
        try_url: inside
            .then(|| "/ny/proevehandlinger/".to_owned())
            .or_else(|| side("hjaelp-skriv-en-proevehandling")),
        tell_url: inside
            .then(|| "/fortael/".to_owned())
            .or_else(|| side("hjaelp-plejeteam")),
        news: newest(maker).into_iter().map(card).collect(),
        spreading: spreading(maker),
        offers: offers(maker),
        waiting: waiting(maker),
        problems_count: if for_public {
            0
        } else {
            List::ALL.iter().map(|l| l.items(view).len()).sum()
        },
        counts: counts(maker),
        for_public,
        links: if for_public {
            public_links(maker)
        } else {
            side_links(maker)
        },
        own: own(maker),
    };
    let mut head = Head::new("start", "");
    head.description.clone_from(&view.config().subtitle);
    maker.finish(head, &Own { start })
}

/// The latest reports, newest first.
fn newest<'a>(maker: &Maker<'a>) -> Vec<Seen<'a>> {
    let mut reports: Vec<Seen<'a>> = maker
        .view
        .of_kind(&KindKey::new("proevehandling"))
        .collect();
    let day = |seen: &Seen<'_>| seen.record.date("til").or_else(|| seen.record.date("fra"));
    reports.sort_by(|a, b| {
        day(b)
            .cmp(&day(a))
            .then_with(|| a.record.reference.cmp(&b.record.reference))
    });
    reports.truncate(4);
    if reports.is_empty() {
        // A site without reports shows the pages it has.
        reports = maker
            .view
            .records()
            .filter(|s| !s.record.lead.is_empty())
            .take(4)
            .collect();
    }
    reports
}

/// Ideas that at least two other records took up, the most widely spread first.
fn spreading(maker: &Maker<'_>) -> Vec<Card> {
    let (view, texts) = (maker.view, &maker.renderer.texts);
    let mut found: Vec<(usize, Seen<'_>)> = view
        .of_kind(&KindKey::new("ide"))
        .map(|seen| {
            (
                view.referring(seen.index)
                    .filter(|(field, _, _)| *field == "inspireret_af")
                    .count(),
                seen,
            )
        })
        .filter(|(count, _)| *count >= 2)
        .collect();
    found.sort_by(|a, b| {
        b.0.cmp(&a.0)
            .then_with(|| a.1.record.sort_key.cmp(&b.1.record.sort_key))
    });
    let card = |(count, seen): &(usize, Seen<'_>)| Card {
        spread_text: Some(texts.count("spread_to", *count, &[])),
        ..pieces::card(&maker.links, texts, *seen)
    };
    found.iter().take(3).map(card).collect()
}

/// The offers of the next seven days, each once, in the order in which they come.
fn offers(maker: &Maker<'_>) -> Vec<Card> {
    let (view, texts) = (maker.view, &maker.renderer.texts);
    let today = view.today();
    let end = today.checked_add(6.days()).unwrap_or(today);
    let mut found: Vec<Occasion<'_>> = Vec::new();
    for occasion in rhythm::occasions(view, today, end) {
        if !found
            .iter()
            .any(|known| known.offer.seen.index == occasion.offer.seen.index)
        {
            found.push(occasion);
        }
    }
    let card = |occasion: &Occasion<'_>| {
        let times = &occasion.offer.times;
        let weekday = danish::weekday_name(times.day, texts.lang());
        let when = if times.written.is_empty() {
            weekday.to_owned()
        } else {
            format!("{weekday} kl. {}", times.written)
        };
        Card {
            when_text: Some(super::capitalised(&when)),
            ..pieces::card(&maker.links, texts, occasion.offer.seen)
        }
    };
    found.iter().take(5).map(card).collect()
}

/// What a writer begins the day with: the experiments of their teams that have come of age, and
/// the ways to their own pages.
fn own(maker: &Maker<'_>) -> Option<OwnStart> {
    let (view, actor) = (maker.view, &maker.request.actor);
    if !actor.may_write() {
        return None;
    }
    let due = rhythm::experiments(view)
        .into_iter()
        .filter(|e| {
            let team = e.seen.record.team.as_ref();
            e.is_due && team.is_some_and(|team| actor.teams.contains(team))
        })
        .take(OWN_DUE)
        .map(|e| meeting::due(maker, &e, actor.teams.len() > 1))
        .collect();
    let meetings = actor
        .teams
        .iter()
        .filter_map(|team| view.find("team", team.as_str()))
        .map(|team| Named {
            title: team.record.title.clone(),
            url: Some(
                maker
                    .links
                    .to(&Route::Meeting(team.record.reference.id.clone())),
            ),
        })
        .collect();
    Some(OwnStart {
        due,
        meetings,
        coach_url: actor
            .sees_coachs_page()
            .then(|| maker.links.to(&Route::Coach)),
    })
}

/// Questions that wait for an answer.
fn waiting(maker: &Maker<'_>) -> Vec<Card> {
    let (view, texts) = (maker.view, &maker.renderer.texts);
    let card = |reference: &RecordRef| {
        let seen = view.get(reference)?;
        Some(Card {
            waiting_text: Some(seen.record.kind.name_one.clone()),
            ..pieces::card(&maker.links, texts, seen)
        })
    };
    List::Unanswered
        .items(view)
        .iter()
        .filter_map(|item| card(&item.record))
        .take(5)
        .collect()
}

fn counts(maker: &Maker<'_>) -> Vec<Count> {
    let count = |kind: &std::sync::Arc<crate::model::Kind>| {
        let count = maker.view.of_kind(&kind.key).count();
        Count {
            label: if count == 1 {
                kind.name_one.clone()
            } else {
                kind.name_many.clone()
            },
            count,
            url: maker.links.to(&Route::Kind(kind.key.clone())),
        }
    };
    maker.view.kinds_in_use().map(count).collect()
}

/// What a citizen or a relative looks for.
fn public_links(maker: &Maker<'_>) -> Vec<Link> {
    let (view, links, texts) = (maker.view, &maker.links, &maker.renderer.texts);
    let kind = |key: &str, text: &'static str| {
        let kind = KindKey::new(key);
        view.of_kind(&kind).next()?;
        Some(Link {
            url: links.to(&Route::Kind(kind)),
            title: texts.get(text).to_owned(),
            text: String::new(),
        })
    };
    let side = |id: &str, text: &'static str| {
        let seen = view.find("side", id)?;
        Some(Link {
            url: links.to_record(&seen.record.reference),
            title: texts.get(text).to_owned(),
            text: String::new(),
        })
    };
    let all = [
        kind("proevehandling", "public_trying"),
        kind("ressource", "public_offers"),
        kind("team", "public_call"),
        side("for-borgere-og-paaroerende", "public_opinion"),
    ];
    all.into_iter().flatten().collect()
}

/// The pages that help to begin.
fn side_links(maker: &Maker<'_>) -> Vec<Link> {
    let link = |id: &str| {
        let seen = maker.view.find("side", id)?;
        let text = seen.record.lead.clone();
        Some(Link {
            url: maker.links.to_record(&seen.record.reference),
            title: seen.record.title.clone(),
            text,
        })
    };
    [
        "fortaellingen",
        "loegmodellen",
        "svar-til-tvivleren",
        "hjaelp",
    ]
    .into_iter()
    .filter_map(link)
    .collect()
}
