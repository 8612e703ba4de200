//! The page function: a route to its page. One file a page, and here what stands around them all.

mod actions;
mod calendar;
mod catalogue;
mod coach;
mod confirm;
mod kind;
mod meeting;
mod missing;
mod record;
mod search;
mod start;
mod tags;
mod tidy;

use serde::Serialize;

use super::{
    Content, Links, Page, Renderer, Request, Screen, TemplateError, content_type,
    links::with_choices, visning::danish_lower,
};
use crate::{
    model::{Audience, KindKey, Publication},
    site::{
        SiteView,
        route::{Route, Surface},
    },
    text::danish,
};

/// Makes the page of a route.
pub fn page(
    renderer: &Renderer,
    view: &SiteView,
    request: &Request<'_>,
) -> Result<Page, TemplateError> {
    let links = Links::of(view, &request.route, request.surface);
    let maker = Maker {
        renderer,
        view,
        request,
        links,
    };
    let live = request.surface == Surface::Live;
    match &request.route {
        Route::Start if live => start::page(&maker),
        Route::Start => catalogue::front(&maker),
        Route::Catalogue if live && view.publication().is_some() => catalogue::front(&maker),
        Route::Chapter(key) => catalogue::chapter(&maker, key),
        Route::Kind(kind) => kind::page(&maker, kind),
        Route::Record(reference) => record::page(&maker, reference),
        Route::Source(reference) if live => Ok(record::source(&maker, reference)),
        Route::Tags => tags::all(&maker),
        Route::Tag(tag) => tags::one(&maker, tag),
        Route::Search => search::page(&maker),
        Route::Tidy if live && *view.audience() != Audience::Public => tidy::page(&maker),
        Route::Meeting(team) if live => meeting::page(&maker, team),
        Route::Coach if live => coach::page(&maker),
        Route::Calendar if live => calendar::page(&maker),
        Route::Feed(team) if live || view.config().base_url.is_some() => {
            Ok(super::feed::page(renderer, view, team.as_ref()))
        }
        Route::Ics(team) if live && (team.is_none() || *view.audience() != Audience::Public) => Ok(
            super::ics::page(&renderer.texts, view, team.as_ref(), &request.actor),
        ),
        Route::File(path) => Ok(Page {
            status: 200,
            content_type: content_type(path.as_str()),
            content: Content::File(path.clone()),
        }),
        Route::Asset(name) => match renderer.theme.asset(name) {
            Some(bytes) if is_used_on(name, request.surface) => {
                Ok(Page::bytes(content_type(name), bytes))
            }
            _ => missing::page(&maker),
        },
        Route::Moved(_, to) if live => {
            let address = format!("/{}", view.address(&Route::Record(to.clone())));
            Ok(Page {
                status: 308,
                content_type: "text/plain; charset=utf-8",
                content: Content::Redirect(address),
            })
        }
        Route::Moved(_, to) => missing::moved(&maker, to),
        _ => missing::page(&maker),
    }
}

/// Makes a page for one person at one moment.
pub fn screen<T: Serialize>(
    renderer: &Renderer,
    view: &SiteView,
    screen: Screen<'_, T>,
) -> Result<Page, TemplateError> {
    let request = Request {
        actor: screen.actor.clone(),
        asked: screen.address,
        ..Request::of(Route::Missing, Surface::Live)
    };
    let maker = Maker {
        renderer,
        view,
        links: Links::of(view, &request.route, request.surface),
        request: &request,
    };
    let mut head = Head::new(screen.template, screen.title.clone());
    head.status = screen.status;
    head.crumbs = std::iter::once(maker.home())
        .chain(
            screen
                .crumbs
                .iter()
                .map(|(route, title)| maker.crumb(route, title.clone())),
        )
        .chain([Maker::here(screen.title)])
        .collect();
    maker.finish(head, screen.own)
}

/// Scripts that only the live wiki has: they follow the server.
const LIVE_SCRIPTS: [&str; 5] = [
    "live.js",
    "skriv.js",
    "henvis.js",
    "lignende.js",
    "felter.js",
];
/// Scripts that only a published site has: it searches by itself.
const PUBLISHED_SCRIPTS: [&str; 3] = ["soegeord.js", "soegning.js", "soegeside.js"];

/// Whether a file of the theme belongs to a surface.
#[must_use]
pub fn is_used_on(asset: &str, surface: Surface) -> bool {
    match surface {
        Surface::Live => !PUBLISHED_SCRIPTS.contains(&asset),
        Surface::Published => !LIVE_SCRIPTS.contains(&asset),
    }
}

/// What every page is made with.
struct Maker<'a> {
    renderer: &'a Renderer,
    view: &'a SiteView,
    request: &'a Request<'a>,
    links: Links<'a>,
}

/// What every template gets, and its own part beside it.
#[derive(Serialize)]
struct Whole<'a, T: Serialize> {
    page: About,
    site: Site,
    nav: Vec<NavItem>,
    crumbs: Vec<Crumb>,
    audience: Seer,
    banner: Option<BannerText>,
    terms: Vec<Term>,
    me: Me,
    #[serde(flatten)]
    own: &'a T,
}

#[derive(Serialize)]
struct About {
    title: String,
    description: String,
    lang: &'static str,
    root: String,
    live: bool,
    surface: &'static str,
    template: String,
    url: String,
    canonical: Option<String>,
    print_ref: Option<String>,
    noindex: bool,
}

#[derive(Serialize)]
struct Site {
    title: String,
    subtitle: String,
    kommune: Option<String>,
    demo: bool,
    edition: Option<Edition>,
    contact: Option<String>,
    licence: Option<String>,
    was_url: Option<String>,
    home_url: String,
    search_url: Option<String>,
    tags_url: Option<String>,
    tidy_url: Option<String>,
    glossary_url: Option<String>,
    help_url: Option<String>,
    calendar_url: Option<String>,
    feed_url: Option<String>,
    generator: &'static str,
}

#[derive(Serialize)]
struct Edition {
    title: String,
    subtitle: String,
    label: String,
    date_text: Option<String>,
    citation: String,
    publication_title: String,
}

#[derive(Serialize)]
struct NavItem {
    url: String,
    title: String,
    current: bool,
}

/// Who sees the page, as far as pages may depend on it.
#[derive(Serialize)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "a template asks many plain questions"
)]
struct Me {
    signed_in: bool,
    role: &'static str,
    may_write: bool,
    may_comment: bool,
    may_approve: bool,
    may_manage: bool,
    sees_coach: bool,
    /// The one team that they write for.
    team: Option<MyTeam>,
    /// Where they come back to after signing in.
    here: String,
    /// The page where they sign in, and come back from.
    sign_in_url: String,
}

#[derive(Serialize)]
struct MyTeam {
    id: String,
    title: String,
    url: String,
}

/// A step on the way to a page.
#[derive(Serialize)]
struct Crumb {
    url: Option<String>,
    title: String,
}

#[derive(Serialize)]
struct Seer {
    key: &'static str,
    note: Option<String>,
}

#[derive(Serialize)]
struct BannerText {
    title: String,
    text: String,
}

/// A glossary term that a page opens.
#[derive(Clone, Debug, Serialize)]
pub struct Term {
    id: String,
    title: String,
    definition: String,
    url: String,
}

/// What a page says of itself.
struct Head {
    template: &'static str,
    title: String,
    description: String,
    status: u16,
    crumbs: Vec<Crumb>,
    terms: Vec<Term>,
}

impl Head {
    fn new(template: &'static str, title: impl Into<String>) -> Self {
        Self {
            template,
            title: title.into(),
            description: String::new(),
            status: 200,
            crumbs: Vec::new(),
            terms: Vec::new(),
        }
    }
}

impl Maker<'_> {
    fn text(&self, key: &'static str) -> String {
        self.renderer.texts.get(key).to_owned()
    }

    fn finish(&self, head: Head, own: &impl Serialize) -> Result<Page, TemplateError> {
        let config = self.view.config();
        let live = self.request.surface == Surface::Live;
        let address = self.view.address(&self.request.route);
        let canonical = config
            .base_url
            .as_ref()
            .filter(|_| head.status == 200)
            .map(|base| format!("{base}/{address}"));
        let title = if head.title.is_empty() {
            config.title.clone()
        } else {
            head.title
        };
        let whole = Whole {
            page: About {
                description: head.description,
                lang: config.lang.as_str(),
                root: self.links.root().to_owned(),
                live,
                surface: if live { "live" } else { "published" },
                template: head.template.to_owned(),
                url: self.links.to(&self.request.route),
                print_ref: canonical.clone(),
                canonical,
                noindex: live && *self.view.audience() != Audience::Public || head.status != 200,
                title,
            },
            site: self.site(),
            nav: self.nav(),
            crumbs: head.crumbs,
            audience: Seer {
                key: self.view.audience().key(),
                note: self.audience_note(),
            },
            banner: self.request.banner.as_ref().map(|banner| BannerText {
                title: self.renderer.texts.get("banner_title").to_owned(),
                text: self.renderer.texts.fill(
                    "banner_text",
                    &[("path", &banner.path), ("text", &banner.text)],
                ),
            }),
            terms: head.terms,
            me: self.me(),
            own,
        };
        let html = self
            .renderer
            .templates
            .render(&format!("{}.html", head.template), &whole)?;
        Ok(Page::html(head.status, html))
    }

    fn me(&self) -> Me {
        let actor = &self.request.actor;
        let team = actor
            .own_team()
            .and_then(|id| self.view.find("team", id.as_str()))
            .map(|seen| MyTeam {
                id: seen.record.reference.id.to_string(),
                title: seen.record.title.clone(),
                url: self.links.to_record(&seen.record.reference),
            });
        let here = match &self.request.route {
            Route::Missing => self.request.asked.to_owned(),
            route => format!("/{}", self.view.address(route)),
        };
        Me {
            signed_in: actor.is_signed_in(),
            role: actor.role.key(),
            may_write: actor.may_write(),
            may_comment: actor.may_comment(),
            may_approve: actor.may_approve(),
            may_manage: actor.may_manage_people(),
            sees_coach: actor.sees_coachs_page(),
            team,
            sign_in_url: with_choices("/ind/".to_owned(), &[("til".to_owned(), here.clone())]),
            here,
        }
    }

    fn site(&self) -> Site {
        let (config, view, live) = (
            self.view.config(),
            self.view,
            self.request.surface == Surface::Live,
        );
        let when = |yes: bool, route: Route| yes.then(|| self.links.to(&route));
        let inside = live && *view.audience() != Audience::Public;
        let help = view
            .find("side", "hjaelp")
            .map(|s| self.links.to_record(&s.record.reference));
        Site {
            title: config.title.clone(),
            subtitle: config.subtitle.clone(),
            kommune: config.municipality.clone(),
            demo: view.is_demo() && view.records().any(|s| s.record.example),
            edition: view
                .publication()
                .filter(|_| !live)
                .map(|p| self.edition(p)),
            contact: config.contact.clone(),
            licence: config.licence.clone(),
            was_url: config.was_url.clone(),
            home_url: self.links.to(&Route::Start),
            search_url: when(true, Route::Search),
            tags_url: when(!view.tags().is_empty(), Route::Tags),
            tidy_url: when(inside, Route::Tidy),
            glossary_url: when(
                view.of_kind(&KindKey::new("begreb")).next().is_some(),
                Route::Kind(KindKey::new("begreb")),
            ),
            help_url: help,
            calendar_url: when(live && calendar::has_days(view), Route::Calendar),
            feed_url: when(live || config.base_url.is_some(), Route::Feed(None)),
            generator: concat!("kaffe ", env!("CARGO_PKG_VERSION")),
        }
    }

    fn edition(&self, publication: &Publication) -> Edition {
        Edition {
            title: publication.title.clone(),
            subtitle: publication.subtitle.clone(),
            label: capitalised(&publication.edition),
            date_text: publication
                .date
                .map(|d| danish::date_long(d, self.renderer.texts.lang())),
            citation: self.citation(publication),
            publication_title: publication.title.clone(),
        }
    }

    /// How the edition is cited: title, edition, date, place.
    fn citation(&self, publication: &Publication) -> String {
        let lang = self.renderer.texts.lang();
        let mut parts = vec![
            self.view.config().title.clone(),
            publication.title.clone(),
            publication.edition.clone(),
        ];
        parts.extend(publication.date.map(|d| danish::date_long(d, lang)));
        parts.extend(self.view.config().base_url.clone());
        parts.retain(|p| !p.is_empty());
        format!("{}.", parts.join(", "))
    }

    fn audience_note(&self) -> Option<String> {
        let key = match (self.request.surface, self.view.audience()) {
            (Surface::Published, _) => return None,
            (_, Audience::Public) => "audience_public",
            (_, Audience::Project) => "audience_project",
            (_, Audience::Teams(_)) => "audience_team",
            (_, Audience::All) => "audience_all",
        };
        Some(self.renderer.texts.get(key).to_owned())
    }

    /// The kinds of the main menu that have something to show, and the catalogue.
    fn nav(&self) -> Vec<NavItem> {
        let (view, kinds) = (self.view, &self.view.definitions().kinds);
        let current = match &self.request.route {
            Route::Kind(kind) => Some(kind),
            Route::Record(reference) => Some(&reference.kind),
            _ => None,
        };
        let chosen: Vec<&KindKey> = if view.config().menu.is_empty() {
            view.kinds_in_use().map(|k| &k.key).take(6).collect()
        } else {
            view.config().menu.iter().collect()
        };
        let in_use = |kind: &&&KindKey| view.of_kind(kind).next().is_some();
        let mut items: Vec<NavItem> = chosen
            .iter()
            .filter(in_use)
            .filter_map(|key| {
                let kind = kinds.by_key(key)?;
                Some(NavItem {
                    url: self.links.to(&Route::Kind(kind.key.clone())),
                    title: kind.name_many.clone(),
                    current: current == Some(*key),
                })
            })
            .collect();
        if self.request.surface == Surface::Live && view.publication().is_some() {
            let here = matches!(self.request.route, Route::Catalogue | Route::Chapter(_));
            items.push(NavItem {
                url: self.links.to(&Route::Catalogue),
                title: self.text("nav_catalogue"),
                current: here,
            });
        }
        items
    }

    fn crumb(&self, route: &Route, title: impl Into<String>) -> Crumb {
        Crumb {
            url: Some(self.links.to(route)),
            title: title.into(),
        }
    }

    fn home(&self) -> Crumb {
        self.crumb(&Route::Start, self.text("home"))
    }

    fn here(title: impl Into<String>) -> Crumb {
        Crumb {
            url: None,
            title: title.into(),
        }
    }

    /// The terms of bodies as a page shows them.
    fn terms(&self, indices: &[crate::site::RecordIndex]) -> Vec<Term> {
        let term = |&index| {
            let seen = self.view.at(index)?;
            let record = seen.record;
            Some(Term {
                id: record.reference.id.to_string(),
                title: record.title.clone(),
                definition: self.view.lead(seen),
                url: self.links.to_record(&record.reference),
            })
        };
        indices.iter().filter_map(term).collect()
    }

    /// "3 prøvehandlinger".
    fn counted(&self, kind: &KindKey, n: usize) -> String {
        let kind = self.view.definitions().kinds.by_key(kind);
        let word = kind
            .map(|k| if n == 1 { &k.name_one } else { &k.name_many })
            .map_or_else(String::new, |w| danish_lower(w));
        format!("{n} {word}")
    }
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}
