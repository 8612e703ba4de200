//! *Oprydning*: the lists of what is stale or open, and the problems of files.

use serde::Serialize;

use super::{Head, Maker, confirm::Confirm};
use crate::{
    render::{
        Page, TemplateError,
        pieces::{self, Problem},
    },
    site::{
        Route,
        tidy::{Item, List},
    },
    text::danish,
};

#[derive(Serialize)]
struct Own {
    tidy: Tidy,
}

#[derive(Serialize)]
struct Tidy {
    sections: Vec<Section>,
    problem_groups: Vec<ProblemGroup>,
    problem_total: usize,
}

#[derive(Serialize)]
struct Section {
    key: &'static str,
    title: String,
    explain: String,
    count: usize,
    items: Vec<Line>,
    empty_text: String,
}

#[derive(Serialize)]
struct Line {
    url: String,
    title: String,
    note: Option<String>,
    kind_label: Option<String>,
    /// One tap that says that an offer still fits.
    confirm: Option<Confirm>,
}

#[derive(Serialize)]
struct ProblemGroup {
    path: String,
    url: Option<String>,
    problems: Vec<Problem>,
}

pub(super) fn page(maker: &Maker<'_>) -> Result<Page, TemplateError> {
    let view = maker.view;
    let lists = List::ALL.iter().map(|&list| section(maker, list));
    let sections = lists.chain([unanswered(maker)]).collect();
    let mut groups: Vec<ProblemGroup> = Vec::new();
    let mut problem_total = 0;
    for diagnostic in view
        .problems()
        .iter()
        .filter(|d| view.may_know_problems_of(&d.path))
    {
        problem_total += 1;
        let problem = pieces::problem(&maker.links, &maker.renderer.texts, diagnostic, view);
        match groups.last_mut() {
            Some(group) if group.path == problem.path => group.problems.push(problem),
            _ => groups.push(ProblemGroup {
                path: problem.path.clone(),
                url: problem.url.clone(),
                problems: vec![problem],
            }),
        }
    }
    let title = maker.text("tidy");
    let mut head = Head::new("tidy", title.clone());
    head.crumbs = vec![maker.home(), Maker::here(title)];
    maker.finish(
        head,
        &Own {
            tidy: Tidy {
                sections,
                problem_groups: groups,
                problem_total,
            },
        },
    )
}

/// What people have searched for in vain.
fn unanswered(maker: &Maker<'_>) -> Section {
    let texts = &maker.renderer.texts;
    let line = |text: &String| Line {
        url: maker
            .links
            .with_query(&Route::Search, &[("q".to_owned(), text.clone())]),
        title: format!("»{text}«"),
        note: None,
        kind_label: None,
        confirm: None,
    };
    let asked = &maker.request.unanswered;
    Section {
        key: "soegninger",
        title: texts.get("tidy_searches_title").to_owned(),
        explain: texts.get("tidy_searches_explain").to_owned(),
        count: asked.len(),
        items: asked.iter().map(line).collect(),
        empty_text: texts.get("tidy_searches_empty").to_owned(),
    }
}

fn section(maker: &Maker<'_>, list: List) -> Section {
    let texts = &maker.renderer.texts;
    let items = list.items(maker.view);
    let text = |part: &str| texts.get(&format!("tidy_{}_{part}", list.key())).to_owned();
    Section {
        key: list.key(),
        title: text("title"),
        explain: text("explain"),
        count: items.len(),
        items: items.iter().map(|item| line(maker, list, item)).collect(),
        empty_text: text("empty"),
    }
}

fn line(maker: &Maker<'_>, list: List, item: &Item) -> Line {
    let texts = &maker.renderer.texts;
    let seen = maker.view.get(&item.record);
    let kind = seen.map(|s| s.record.kind.name_one.clone());
    let note = match list {
        List::ToWrite => {
            seen.map(|s| texts.fill("tidy_linked_from", &[("title", &s.record.title)]))
        }
        List::StaleOffers if item.since.is_none() => {
            Some(texts.get("tidy_never_confirmed").to_owned())
        }
        _ => item.since.map(|d| {
            texts.fill(
                "tidy_since",
                &[("date", &danish::date_long(d, texts.lang()))],
            )
        }),
    };
    Line {
        url: maker.links.to_record(&item.record),
        title: item.title.clone(),
        note,
        kind_label: kind,
        confirm: seen
            .filter(|_| list == List::StaleOffers)
            .and_then(|seen| Confirm::of(maker, seen)),
    }
}
