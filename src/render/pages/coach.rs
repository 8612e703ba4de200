//! *Coachens side*: who wants help, what is stuck, what spreads. For coaches, the coordinator and
//! whoever looks after the site; for everybody else there is no such page.

use serde::Serialize;

use super::{Head, Maker, meeting};
use crate::{
    model::{Record, Role},
    render::{Page, TemplateError, links::deed, pieces::Named},
    site::{
        Route,
        rhythm::{self, Help, Spreading, Wish},
        view::Seen,
    },
    text::danish,
};

/// So many wishes that are solved are shown, the newest.
const SOLVED: usize = 10;

#[derive(Serialize)]
struct Own {
    coach: Coach,
}

#[derive(Serialize)]
struct Coach {
    /// Whether the page is about all teams.
    all: bool,
    teams: Vec<Named>,
    help: Vec<Group>,
    wishes: usize,
    stuck: Vec<Line>,
    spreading: Vec<Line>,
}

#[derive(Serialize)]
struct Group {
    key: &'static str,
    title: String,
    empty: String,
    lines: Vec<Line>,
}

#[derive(Serialize)]
struct Line {
    title: String,
    url: String,
    kind_label: Option<String>,
    notes: Vec<String>,
    lead: String,
    example: bool,
    edit_url: Option<String>,
}

pub(super) fn page(maker: &Maker<'_>) -> Result<Page, TemplateError> {
    let (view, actor) = (maker.view, &maker.request.actor);
    if !actor.sees_coachs_page() {
        return super::missing::page(maker);
    }
    let all = actor.role != Role::Coach;
    // What belongs to no team is nobody's to coach.
    let theirs = |record: &Record| {
        all || record
            .team
            .as_ref()
            .is_some_and(|t| actor.teams.contains(t))
    };
    let wishes: Vec<Wish<'_>> = rhythm::wishes(view)
        .into_iter()
        .filter(|wish| theirs(wish.seen.record))
        .collect();
    let team = crate::model::KindKey::new("team");
    let coach = Coach {
        all,
        teams: view
            .of_kind(&team)
            .filter(|seen| theirs(seen.record))
            .map(|seen| Named {
                title: seen.record.title.clone(),
                url: Some(
                    maker
                        .links
                        .to(&Route::Meeting(seen.record.reference.id.clone())),
                ),
            })
            .collect(),
        help: [Help::New, Help::Taken, Help::Solved]
            .into_iter()
            .map(|help| group(maker, help, &wishes))
            .collect(),
        wishes: wishes.iter().filter(|w| w.help != Help::Solved).count(),
        stuck: rhythm::experiments(view)
            .iter()
            .filter(|e| e.is_stuck && theirs(e.seen.record))
            .map(|e| Line {
                notes: known([team_of(maker, e.seen), meeting::how_long(maker, e)]),
                ..line(maker, e.seen)
            })
            .collect(),
        spreading: rhythm::spreading(view, 2)
            .iter()
            .filter(|idea| {
                theirs(idea.seen.record) || idea.teams.iter().any(|t| actor.teams.contains(t))
            })
            .map(|idea| spreading(maker, idea))
            .collect(),
    };
    let title = maker.text("coach_title");
    let mut head = Head::new("coach", title.clone());
    head.crumbs = vec![maker.home(), Maker::here(title)];
    maker.finish(head, &Own { coach })
}

fn group(maker: &Maker<'_>, help: Help, wishes: &[Wish<'_>]) -> Group {
    let texts = &maker.renderer.texts;
    let (key, title, empty) = match help {
        Help::New => ("ny", texts.get("coach_new"), texts.get("coach_new_empty")),
        Help::Taken => (
            "taget",
            texts.get("coach_taken"),
            texts.get("coach_taken_empty"),
        ),
        Help::Solved => (
            "loest",
            texts.get("coach_solved"),
            texts.get("coach_solved_empty"),
        ),
    };
    let mut chosen: Vec<&Wish<'_>> = wishes.iter().filter(|w| w.help == help).collect();
    if help == Help::Solved {
        chosen.reverse();
        chosen.truncate(SOLVED);
    }
    Group {
        key,
        title: title.to_owned(),
        empty: empty.to_owned(),
        lines: chosen.into_iter().map(|wish| wished(maker, wish)).collect(),
    }
}

fn wished(maker: &Maker<'_>, wish: &Wish<'_>) -> Line {
    let (texts, record) = (&maker.renderer.texts, wish.seen.record);
    let what = record
        .kind
        .field("ønsker_hjælp")
        .zip(record.text("ønsker_hjælp"))
        .and_then(|(field, key)| field.choice(key))
        .map_or_else(String::new, |choice| choice.label.clone());
    let since = wish.since.map_or_else(String::new, |day| {
        texts.fill(
            "coach_since",
            &[("date", &danish::date_long(day, texts.lang()))],
        )
    });
    Line {
        notes: known([team_of(maker, wish.seen), what, since]),
        kind_label: Some(record.kind.name_one.clone()),
        ..line(maker, wish.seen)
    }
}

fn spreading(maker: &Maker<'_>, idea: &Spreading<'_>) -> Line {
    let texts = &maker.renderer.texts;
    let names: Vec<String> = idea
        .teams
        .iter()
        .filter_map(|id| maker.view.find("team", id.as_str()))
        .map(|team| team.record.title.clone())
        .collect();
    let newest = idea.newest.map_or_else(String::new, |day| {
        texts.fill(
            "coach_newest",
            &[("date", &danish::date_long(day, texts.lang()))],
        )
    });
    Line {
        notes: known([danish::list_words(&names, texts.lang()), newest]),
        ..line(maker, idea.seen)
    }
}

fn line(maker: &Maker<'_>, seen: Seen<'_>) -> Line {
    let record = seen.record;
    Line {
        title: record.title.clone(),
        url: maker.links.to_record(&record.reference),
        kind_label: None,
        notes: Vec::new(),
        lead: maker.view.lead(seen),
        example: record.example,
        edit_url: maker
            .request
            .actor
            .may_edit(record)
            .then(|| deed("ret", record)),
    }
}

fn team_of(maker: &Maker<'_>, seen: Seen<'_>) -> String {
    maker
        .view
        .team(seen)
        .map_or_else(String::new, |team| team.record.title.clone())
}

/// What there is to say.
fn known<const N: usize>(parts: [String; N]) -> Vec<String> {
    parts.into_iter().filter(|part| !part.is_empty()).collect()
}
