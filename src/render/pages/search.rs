//! The search page: everything that the search can do, without any script.

use serde::Serialize;

use super::{Head, Maker};
use crate::{
    model::{Audience, KindKey},
    render::{
        Hits, Page, TemplateError,
        body::escape,
        pieces::{self, Card},
        with_choices,
    },
    site::Route,
    text::cpr,
};

/// Ideas shown where nothing was found.
const IDEAS: usize = 3;
/// The kinds that one can begin there, with the keys of their texts.
const BEGUN: [(&str, &str, &str); 2] = [
    ("ide", "begin_ask_title", "begin_ask_explain"),
    ("proevehandling", "begin_try_title", "begin_try_explain"),
];

#[derive(Serialize)]
struct Own {
    search: Search,
}

#[derive(Serialize)]
struct Search {
    query: String,
    total: usize,
    total_text: String,
    hits: Vec<Hit>,
    kinds: Vec<KindChoice>,
    suggestions: Vec<Suggestion>,
    #[serde(flatten)]
    turning: Turning,
    tips: Vec<String>,
    /// What others have thought of, when nothing was found.
    ideas: Vec<Card>,
    /// What can be written about it, when nothing was found.
    begun: Vec<Begun>,
}

/// The way to the other answers, where one page does not hold them.
#[derive(Serialize)]
struct Turning {
    previous_url: Option<String>,
    next_url: Option<String>,
    /// "21–40 af 122".
    range_text: Option<String>,
}

/// A record that can be begun with the words that were searched for.
#[derive(Serialize)]
struct Begun {
    title: String,
    explain: String,
    url: String,
}

#[derive(Serialize)]
struct Hit {
    url: String,
    title: String,
    kind_label: String,
    kind_key: String,
    snippet_html: String,
    example: bool,
    team: Option<String>,
}

#[derive(Serialize)]
struct KindChoice {
    label: String,
    count: usize,
    url: String,
    selected: bool,
}

#[derive(Serialize)]
struct Suggestion {
    text: String,
    url: String,
}

pub(super) fn page(maker: &Maker<'_>) -> Result<Page, TemplateError> {
    let (view, links, texts) = (maker.view, &maker.links, &maker.renderer.texts);
    let found = maker.request.hits.clone().unwrap_or_default();
    let address = |query: &str, kind: Option<&str>| address(maker, query, kind, 1);
    let hits = found.hits.iter().filter_map(|hit| {
        let seen = view.get(&hit.record)?;
        let mut snippet = String::new();
        for (words, marked) in &hit.snippet {
            snippet.push_str(if *marked { "<mark>" } else { "" });
            escape(&mut snippet, words);
            snippet.push_str(if *marked { "</mark>" } else { "" });
        }
        Some(Hit {
            url: links.to_record(&hit.record),
            title: seen.record.title.clone(),
            kind_label: seen.record.kind.name_one.clone(),
            kind_key: seen.record.reference.kind.to_string(),
            snippet_html: snippet,
            example: seen.record.example,
            team: view.team(seen).map(|team| team.record.title.clone()),
        })
    });
    let all_kinds = || {
        view.kinds_in_use()
            .map(|k| (k.key.to_string(), view.of_kind(&k.key).count()))
            .collect()
    };
    let counted: Vec<(String, usize)> = if found.query.is_empty() {
        all_kinds()
    } else {
        found.kinds.clone()
    };
    let kinds = counted.iter().filter_map(|(key, count)| {
        let kind = view.definitions().kinds.by_key(&KindKey::new(key))?;
        let selected = found.kind.as_deref() == Some(key.as_str());
        let url = if found.query.is_empty() {
            links.to(&Route::Kind(kind.key.clone()))
        } else {
            address(&found.query, (!selected).then_some(key.as_str()))
        };
        Some(KindChoice {
            label: kind.name_many.clone(),
            count: *count,
            url,
            selected,
        })
    });
    let tips = if found.query.is_empty() {
        ["search_tip_words", "search_tip_phrase", "search_tip_kind"]
            .map(|k| texts.get(k).to_owned())
            .to_vec()
    } else {
        Vec::new()
    };
    let in_vain = !found.query.is_empty() && found.total == 0;
    let own = Own {
        search: Search {
            ideas: if in_vain { ideas(maker) } else { Vec::new() },
            begun: if in_vain {
                begun(maker, &found.query)
            } else {
                Vec::new()
            },
            turning: turning(maker, &found),
            total: found.total,
            total_text: texts.count("search_hits", found.total, &[("query", &found.query)]),
            hits: hits.collect(),
            kinds: kinds.collect(),
            suggestions: found
                .suggestions
                .iter()
                .map(|text| Suggestion {
                    text: text.clone(),
                    url: address(text, None),
                })
                .collect(),
            tips,
            query: found.query.clone(),
        },
    };
    let mut head = Head::new("search", maker.text("search"));
    head.crumbs = vec![maker.home(), Maker::here(maker.text("search"))];
    maker.finish(head, &own)
}

/// The address of a page of answers.
fn address(maker: &Maker<'_>, query: &str, kind: Option<&str>, page: usize) -> String {
    let mut choices = vec![("q".to_owned(), query.to_owned())];
    choices.extend(kind.map(|kind| ("kind".to_owned(), kind.to_owned())));
    if page > 1 {
        choices.push(("side".to_owned(), page.to_string()));
    }
    maker.links.with_query(&Route::Search, &choices)
}

fn turning(maker: &Maker<'_>, found: &Hits) -> Turning {
    let texts = &maker.renderer.texts;
    let turned = |page: usize| address(maker, &found.query, found.kind.as_deref(), page);
    let before = found.page.saturating_sub(1) * found.per_page;
    let shown = before + found.hits.len();
    let numbers = [before + 1, shown, found.total].map(|number| number.to_string());
    let [from, to, all] = &numbers;
    let several = found.total > found.per_page && !found.hits.is_empty();
    Turning {
        previous_url: (found.page > 1).then(|| turned(found.page - 1)),
        next_url: (several && shown < found.total).then(|| turned(found.page + 1)),
        range_text: several
            .then(|| texts.fill("search_range", &[("from", from), ("to", to), ("n", all)])),
    }
}

/// The newest ideas of the others.
fn ideas(maker: &Maker<'_>) -> Vec<Card> {
    let mut ideas: Vec<_> = maker.view.of_kind(&KindKey::new("ide")).collect();
    ideas.sort_by_key(|seen| std::cmp::Reverse(seen.record.date("oprettet")));
    ideas
        .into_iter()
        .take(IDEAS)
        .map(|seen| pieces::card(&maker.links, &maker.renderer.texts, seen))
        .collect()
}

/// A question to the others and an experiment, begun with the words that found nothing.
fn begun(maker: &Maker<'_>, query: &str) -> Vec<Begun> {
    // Whoever writes has more to see than the public, and what may point at a person is not carried on.
    if *maker.view.audience() == Audience::Public || !cpr::find(query).is_empty() {
        return Vec::new();
    }
    let texts = &maker.renderer.texts;
    let kinds = &maker.view.definitions().kinds;
    BEGUN
        .iter()
        .filter_map(|(kind, title, explain)| {
            let kind = kinds.by_key(&KindKey::new(kind))?;
            let actor = &maker.request.actor;
            // Who has not signed in is asked to, when they tap.
            let may = !actor.is_signed_in() || actor.may_create(kind);
            let words = [("titel".to_owned(), query.to_owned())];
            may.then(|| Begun {
                title: texts.get(title).to_owned(),
                explain: texts.get(explain).to_owned(),
                url: with_choices(format!("/ny/{}/", kind.folder), &words),
            })
        })
        .collect()
}
