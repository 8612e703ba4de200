//! All records of a kind, with facets that are links, so that they work without any script.

use serde::Serialize;

use super::{Head, Maker};
use crate::{
    model::{Field, FieldType, KindKey, Value},
    render::{
        Page, TemplateError,
        pieces::{self, Card, CardGroup},
    },
    site::{Route, route::Surface, view::Seen},
    text::fold::slug,
};

/// Cards on one page of the live wiki.
const PAGE_SIZE: usize = 60;
/// More facets than this are more than a phone can bear.
const MOST_FACETS: usize = 5;
/// The choices in the address that are not facets.
const SORT: &str = "orden";
const PAGE: &str = "blad";

#[derive(Serialize)]
struct Own {
    kind: About,
    total: usize,
    shown: usize,
    facets: Vec<Facet>,
    active: Vec<Active>,
    cards: Vec<Card>,
    groups: Option<Vec<CardGroup>>,
    sort: Vec<SortLink>,
    filter_text: Option<String>,
    page_links: Option<PageLinks>,
}

#[derive(Serialize)]
struct About {
    key: String,
    label: String,
    label_plural: String,
    description: Option<String>,
    /// Where a new one is written, for whoever may.
    new_url: Option<String>,
}

#[derive(Serialize)]
struct Facet {
    key: String,
    label: String,
    open: bool,
    options: Vec<FacetOption>,
}

#[derive(Serialize)]
struct FacetOption {
    label: String,
    count: usize,
    url: String,
    selected: bool,
    sign: Option<String>,
}

#[derive(Serialize)]
struct Active {
    label: String,
    url: String,
}

#[derive(Serialize)]
struct SortLink {
    label: String,
    url: String,
    selected: bool,
}

#[derive(Serialize)]
struct PageLinks {
    previous: Option<String>,
    next: Option<String>,
    text: String,
}

/// A value that records can be chosen by.
struct Choosable {
    key: String,
    label: String,
    sign: Option<String>,
}

pub(super) fn page(maker: &Maker<'_>, key: &KindKey) -> Result<Page, TemplateError> {
    let (view, texts) = (maker.view, &maker.renderer.texts);
    let Some(kind) = view.definitions().kinds.by_key(key).cloned() else {
        return super::missing::page(maker);
    };
    let all: Vec<Seen<'_>> = view.of_kind(key).collect();
    let total = all.len();
    let mut own = Own {
        kind: About {
            key: kind.key.to_string(),
            label: kind.name_one.clone(),
            label_plural: kind.name_many.clone(),
            description: Some(kind.description.clone()).filter(|d| !d.is_empty()),
            new_url: (maker.request.surface == Surface::Live
                && maker.request.actor.may_create(&kind))
            .then(|| format!("/ny/{}/", kind.folder)),
        },
        total,
        shown: total,
        facets: Vec::new(),
        active: Vec::new(),
        cards: Vec::new(),
        groups: None,
        sort: Vec::new(),
        filter_text: None,
        page_links: None,
    };
    let card = |seen: &Seen<'_>| pieces::card(&maker.links, texts, *seen);
    if maker.request.surface == Surface::Published {
        own.groups = grouped(maker, &kind, &all);
        if own.groups.is_none() {
            own.cards = all.iter().map(card).collect();
        }
    } else {
        let list = Listing {
            maker,
            route: Route::Kind(key.clone()),
            all: &all,
            facets: facet_fields(maker, &kind.fields, &kind.card, &all),
        };
        let mut found = list.chosen(None);
        list.sort(&mut found);
        own.shown = found.len();
        own.facets = list.facets();
        own.active = list.active();
        own.sort = list.sort_links();
        if !own.active.is_empty() {
            own.filter_text = Some(texts.fill(
                "shown_of_total",
                &[
                    ("shown", &found.len().to_string()),
                    ("total", &total.to_string()),
                ],
            ));
        }
        let (number, pages) = list.page_number(found.len());
        own.page_links = list.page_links(number, pages);
        own.cards = found
            .iter()
            .skip((number - 1) * PAGE_SIZE)
            .take(PAGE_SIZE)
            .map(card)
            .collect();
    }
    let mut head = Head::new("kind", kind.name_many.clone());
    head.description.clone_from(&kind.description);
    head.crumbs = vec![maker.home(), Maker::here(kind.name_many.clone())];
    maker.finish(head, &own)
}

/// On paper and in the published folder nobody can choose, so the kind's first choice makes groups.
fn grouped(
    maker: &Maker<'_>,
    kind: &crate::model::Kind,
    all: &[Seen<'_>],
) -> Option<Vec<CardGroup>> {
    let field = kind
        .card_fields()
        .find(|f| matches!(f.field_type, FieldType::Choice(_)))?;
    let FieldType::Choice(choices) = &field.field_type else {
        return None;
    };
    let texts = &maker.renderer.texts;
    let has = |seen: &&Seen<'_>, key: &str| matches!(seen.record.value(&field.key), Some(Value::Choice(c)) if **c == *key);
    let mut groups: Vec<CardGroup> = choices
        .iter()
        .map(|choice| CardGroup {
            title: choice.label.clone(),
            cards: all
                .iter()
                .filter(|s| has(s, &choice.key))
                .map(|&s| pieces::card(&maker.links, texts, s))
                .collect(),
        })
        .collect();
    let without: Vec<Card> = all
        .iter()
        .filter(|s| s.record.value(&field.key).is_none())
        .map(|&s| pieces::card(&maker.links, texts, s))
        .collect();
    groups.push(CardGroup {
        title: texts.get("group_without").to_owned(),
        cards: without,
    });
    groups.retain(|g| !g.cards.is_empty());
    (groups.len() > 1).then_some(groups)
}

/// The fields worth choosing by: choices and references with at least two values among the records.
fn facet_fields<'a>(
    maker: &Maker<'_>,
    fields: &'a [Field],
    card: &[std::sync::Arc<str>],
    all: &[Seen<'_>],
) -> Vec<&'a Field> {
    let hidden = ["synlighed", "gennemgang", "kilder", "sprog"];
    let mut found: Vec<&Field> = fields
        .iter()
        .filter(|f| !hidden.contains(&&*f.key) && f.computed.is_none())
        .filter(|f| {
            matches!(f.field_type, FieldType::Choice(_) | FieldType::Reference(_))
                || &*f.key == "emneord"
        })
        .filter(|f| {
            let mut values: Vec<String> = all
                .iter()
                .flat_map(|s| choosable(maker, *s, f))
                .map(|c| c.key)
                .collect();
            let filled = values.len();
            values.sort_unstable();
            values.dedup();
            // As many values as records is a list of records, not a choice.
            values.len() >= 2 && (values.len() * 3 <= filled * 2 || values.len() <= 8)
        })
        .collect();
    let place = |f: &&Field| {
        card.iter()
            .position(|key| *key == f.key)
            .unwrap_or(usize::MAX)
    };
    found.sort_by_key(place);
    found.truncate(MOST_FACETS);
    found
}

fn choosable(maker: &Maker<'_>, seen: Seen<'_>, field: &Field) -> Vec<Choosable> {
    if let FieldType::Reference(_) = field.field_type {
        let targets = maker
            .view
            .references(seen.index)
            .filter(|(key, _)| **key == *field.key);
        return targets
            .map(|(_, to)| Choosable {
                key: to.record.reference.id.to_string(),
                label: to.record.title.clone(),
                sign: None,
            })
            .collect();
    }
    let values = seen.record.values(&field.key).iter();
    values
        .map(|placed| {
            let shown = pieces::show(&placed.value, field, &maker.renderer.texts);
            Choosable {
                key: slug(&placed.value.to_plain()),
                label: shown.text,
                sign: shown.sign,
            }
        })
        .collect()
}

struct Listing<'a> {
    maker: &'a Maker<'a>,
    route: Route,
    all: &'a [Seen<'a>],
    facets: Vec<&'a Field>,
}

impl<'a> Listing<'a> {
    fn query(&self, name: &str) -> Option<&str> {
        self.maker
            .request
            .query
            .iter()
            .find(|(n, _)| n == name)
            .map(|(_, value)| value.as_str())
    }

    /// The records that fit every choice but that of one field.
    fn chosen(&self, but: Option<&str>) -> Vec<Seen<'a>> {
        let fits = |seen: &&Seen<'a>| {
            self.facets
                .iter()
                .filter(|f| Some(&*f.key) != but)
                .all(|field| match self.query(&slug(&field.key)) {
                    Some(wanted) => choosable(self.maker, **seen, field)
                        .iter()
                        .any(|c| c.key == wanted),
                    None => true,
                })
        };
        self.all.iter().filter(fits).copied().collect()
    }

    fn sort(&self, found: &mut [Seen<'a>]) {
        if self.query(SORT) == Some("nyeste") {
            let day = |seen: &Seen<'_>| newest_day(seen);
            found.sort_by_key(|seen| std::cmp::Reverse(day(seen)));
        }
    }

    /// The address with one choice changed; the first page again.
    fn with(&self, name: &str, value: Option<&str>) -> String {
        let mut query: Vec<(String, String)> = self
            .maker
            .request
            .query
            .iter()
            .filter(|(n, _)| n != name && n != PAGE)
            .cloned()
            .collect();
        query.retain(|(n, _)| n == SORT || self.facets.iter().any(|f| slug(&f.key) == *n));
        if let Some(value) = value {
            query.push((name.to_owned(), value.to_owned()));
        }
        self.maker.links.with_query(&self.route, &query)
    }

    fn facets(&self) -> Vec<Facet> {
        let facet = |field: &&Field| {
            let name = slug(&field.key);
            let selected = self.query(&name);
            let mut options: Vec<FacetOption> = Vec::new();
            for seen in self.chosen(Some(&field.key)) {
                let mut once: Vec<String> = Vec::new();
                for choice in choosable(self.maker, seen, field) {
                    if once.contains(&choice.key) {
                        continue;
                    }
                    once.push(choice.key.clone());
                    match options.iter_mut().find(|o| o.label == choice.label) {
                        Some(option) => option.count += 1,
                        None => {
                            let on = selected == Some(choice.key.as_str());
                            let url = self.with(&name, (!on).then_some(choice.key.as_str()));
                            options.push(FacetOption {
                                label: choice.label,
                                count: 1,
                                url,
                                selected: on,
                                sign: choice.sign,
                            });
                        }
                    }
                }
            }
            Self::order(field, &mut options);
            Facet {
                key: name,
                label: field.label.clone(),
                open: selected.is_some(),
                options,
            }
        };
        let mut facets: Vec<Facet> = self
            .facets
            .iter()
            .map(facet)
            .filter(|f| !f.options.is_empty())
            .collect();
        // One open list shows what the closed ones are for.
        if let Some(first) = facets.first_mut() {
            first.open = true;
        }
        facets
    }

    /// Choices stand as in their vocabulary, everything else as in a Danish list.
    fn order(field: &Field, options: &mut [FacetOption]) {
        if let FieldType::Choice(choices) = &field.field_type {
            options.sort_by_key(|o| choices.iter().position(|c| c.label == o.label));
        } else {
            options.sort_by_cached_key(|o| crate::text::danish::sort_key(&o.label));
        }
    }

    fn active(&self) -> Vec<Active> {
        let active = |field: &&Field| {
            let name = slug(&field.key);
            let wanted = self.query(&name)?;
            let label = self
                .all
                .iter()
                .flat_map(|s| choosable(self.maker, *s, field))
                .find(|c| c.key == wanted)
                .map(|c| c.label)?;
            Some(Active {
                label: format!("{}: {label}", field.label),
                url: self.with(&name, None),
            })
        };
        self.facets.iter().filter_map(active).collect()
    }

    fn sort_links(&self) -> Vec<SortLink> {
        let newest = self.query(SORT) == Some("nyeste");
        if self.all.iter().filter(|s| newest_day(s).is_some()).count() < 2 {
            return Vec::new();
        }
        vec![
            SortLink {
                label: self.maker.text("sort_title"),
                url: self.with(SORT, None),
                selected: !newest,
            },
            SortLink {
                label: self.maker.text("sort_newest"),
                url: self.with(SORT, Some("nyeste")),
                selected: newest,
            },
        ]
    }

    fn page_number(&self, found: usize) -> (usize, usize) {
        let last = found.div_ceil(PAGE_SIZE).max(1);
        let wanted = self.query(PAGE).and_then(|p| p.parse().ok()).unwrap_or(1);
        (wanted.clamp(1, last), last)
    }

    fn page_links(&self, number: usize, last: usize) -> Option<PageLinks> {
        if last < 2 {
            return None;
        }
        let to = |page: usize| {
            let mut query: Vec<(String, String)> = self
                .maker
                .request
                .query
                .iter()
                .filter(|(n, _)| n != PAGE)
                .cloned()
                .collect();
            query.push((PAGE.to_owned(), page.to_string()));
            self.maker.links.with_query(&self.route, &query)
        };
        Some(PageLinks {
            previous: (number > 1).then(|| to(number - 1)),
            next: (number < last).then(|| to(number + 1)),
            text: self.maker.renderer.texts.fill(
                "page_of",
                &[("n", &number.to_string()), ("name", &last.to_string())],
            ),
        })
    }
}

/// The latest day that a record names of its own life.
fn newest_day(seen: &Seen<'_>) -> Option<jiff::civil::Date> {
    let record = seen.record;
    let dates = record
        .entries
        .iter()
        .flat_map(|e| &e.values)
        .filter_map(|v| {
            if let Value::Date(d) = v.value {
                Some(d)
            } else {
                None
            }
        });
    dates.max()
}
