//! The search page: everything that the search can do, without any script.

use serde::Serialize;

use super::{Head, Maker};
use crate::{
    model::KindKey,
    render::{Page, TemplateError, body::escape},
    site::Route,
};

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
    tips: Vec<String>,
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
    let address = |query: &str, kind: Option<&str>| {
        let mut choices = vec![("q".to_owned(), query.to_owned())];
        choices.extend(kind.map(|k| ("kind".to_owned(), k.to_owned())));
        links.with_query(&Route::Search, &choices)
    };
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
            team: view
                .references(seen.index)
                .find(|(key, _)| *key == "team")
                .map(|(_, team)| team.record.title.clone()),
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
    let own = Own {
        search: Search {
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
