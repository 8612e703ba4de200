//! What every request passes: who is it, did it come from one of our own pages, may it come in at all?

use std::net::{IpAddr, SocketAddr};

use axum::{
    extract::{ConnectInfo, Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use tokio::task;

use super::{Visit, calendar, cookie, letters, refused};
use crate::{
    model::Actor,
    people::{Known, Refusal},
    serve::{Shared, api, page},
    site::route::{ASSETS, Surface},
};

/// Finds out who asks, and turns away what is not to come in.
pub async fn gate(State(shared): State<Shared>, mut request: Request, next: Next) -> Response {
    if shared.engine.options().surface == Surface::Published {
        return next.run(request).await;
    }
    let visit = match claim(&shared, &request) {
        Ok((visit, Claim::Nothing)) => visit,
        Ok((visit, claim)) => {
            let shared = shared.clone();
            match task::spawn_blocking(move || known(&shared, visit, claim)).await {
                Ok(Ok(visit)) => visit,
                Ok(Err(turned_away)) => return *turned_away,
                Err(_) => return page::failed(),
            }
        }
        Err(turned_away) => return *turned_away,
    };
    let is_asset = request.uri().path().starts_with(&format!("/{ASSETS}/"));
    let closed = shared.doors.login && !visit.actor.is_signed_in();
    if closed && !is_asset && !is_before_login(request.uri().path()) {
        return to_the_door(request.uri());
    }
    if is_write(request.method()) {
        let is_one_click = letters::is_here(request.uri().path());
        if !visit.by_token && !is_one_click && !is_from_own_page(request.headers()) {
            return refused::foreign(&shared, &visit);
        }
        let who = visit.actor.key.as_deref().unwrap_or(&visit.address);
        if let Err(Refusal::TooMany(too_many)) = shared.people.may_write_now(shared.now(), who) {
            return refused::too_many(&shared, &visit, too_many);
        }
    }
    let extensions = request.extensions_mut();
    extensions.insert(visit.actor.clone());
    extensions.insert(visit.clone());
    let mut response = next.run(request).await;
    if closed && is_asset && response.status() == StatusCode::NOT_FOUND {
        // The page for what is missing tells of the site.
        return StatusCode::NOT_FOUND.into_response();
    }
    if visit.actor.is_signed_in() {
        mark_as_private(response.headers_mut());
    }
    response
}

/// How somebody says who they are.
enum Claim {
    Nothing,
    /// A program's token.
    Token(String),
    /// A trusted proxy's word.
    Vouched(String),
    /// A session's cookie.
    Session(String),
}

/// What a request says of whoever sent it, or the answer to what cannot be believed.
fn claim(shared: &Shared, request: &Request) -> Result<(Visit, Claim), Box<Response>> {
    let headers = request.headers();
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>();
    let peer = peer.map(|ConnectInfo(peer)| peer.ip().to_canonical());
    let doors = &shared.doors;
    let trusted = peer.is_some_and(|peer| doors.trusted.contains(&peer));
    let secure = trusted && forwarded(headers, "x-forwarded-proto") == Some("https")
        || is_named_secure(shared, headers);
    // Whoever calls the router in this process says who asks; no request from the network can.
    let within = request.extensions().get::<Actor>().cloned();
    let visit = Visit {
        actor: within.unwrap_or_else(Actor::visitor),
        session: None,
        waiting: None,
        token: cookie::token(headers, secure),
        by_token: false,
        address: address(peer, trusted, &doors.trusted, headers),
        secure,
    };
    let words = |value: &HeaderValue| value.to_str().unwrap_or_default().to_owned();
    let vouched = doors
        .user_header
        .as_ref()
        .and_then(|name| headers.get(name));
    if vouched.is_some() && !trusted {
        return Err(Box::new(refused::forged(shared, &visit)));
    }
    let bearer = headers
        .get(header::AUTHORIZATION)
        .filter(|_| request.uri().path().starts_with("/api/"));
    let claim = match (bearer, vouched, &visit.token) {
        (Some(bearer), ..) => Claim::Token(words(bearer)),
        (None, Some(name), _) => Claim::Vouched(words(name)),
        (None, None, Some(token)) => Claim::Session(token.clone()),
        (None, None, None) => Claim::Nothing,
    };
    Ok((visit, claim))
}

/// Looks a claim up; that may read files, so it runs where waiting is allowed.
fn known(shared: &Shared, mut visit: Visit, claim: Claim) -> Result<Visit, Box<Response>> {
    match claim {
        Claim::Nothing => {}
        Claim::Token(words) => {
            let token = words.strip_prefix("Bearer ").unwrap_or_default().trim();
            visit.actor = shared
                .people
                .bearer(token)
                .ok_or_else(|| Box::new(unknown_token()))?;
            visit.by_token = true;
        }
        Claim::Vouched(name) => match shared.people.vouched(&name) {
            Some(actor) => visit.actor = actor,
            None => return Err(Box::new(refused::forged(shared, &visit))),
        },
        Claim::Session(token) => match shared.people.who(shared.now(), &token) {
            Known::Person(actor, session) => {
                visit.actor = actor;
                visit.session = Some(session);
            }
            Known::Waiting(device, link) => visit.waiting = Some((device, link)),
            Known::Nobody => {}
        },
    }
    Ok(visit)
}

fn unknown_token() -> Response {
    api::failure(
        StatusCode::UNAUTHORIZED,
        "unknown_token",
        "the token is unknown or revoked",
        None,
    )
}

/// The address that tries are counted by: what a trusted proxy saw, else what we see. Of the long addresses only the
/// part that a provider gives to one customer counts.
fn address(peer: Option<IpAddr>, trusted: bool, proxies: &[IpAddr], headers: &HeaderMap) -> String {
    let seen = headers.get_all("x-forwarded-for").iter();
    let mut seen: Vec<IpAddr> = seen
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .filter_map(|part| part.trim().parse::<IpAddr>().ok())
        .map(|address| address.to_canonical())
        .collect();
    // What stands to the left, anybody may have written.
    let behind = std::iter::from_fn(|| seen.pop()).find(|address| !proxies.contains(address));
    match behind.filter(|_| trusted).or(peer) {
        Some(IpAddr::V6(long)) => {
            let parts: Vec<String> = long
                .segments()
                .iter()
                .take(4)
                .map(|s| format!("{s:x}"))
                .collect();
            parts.join(":")
        }
        Some(short) => short.to_string(),
        None => String::new(),
    }
}

fn forwarded<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get(name)
        .and_then(|value| value.to_str().ok())
        .map(str::trim)
}

/// Whether the site's own address in `kaffe.yaml` is secure, and the request names it.
fn is_named_secure(shared: &Shared, headers: &HeaderMap) -> bool {
    let snapshot = shared.engine.snapshot();
    let base = snapshot.view().config().base_url.as_deref();
    let named = base.and_then(|base| base.strip_prefix("https://"));
    let host = forwarded(headers, "host");
    named.is_some_and(|named| named.split('/').next() == host)
}

/// Whether a path is answered before anybody has signed in, where a site asks for that: the door itself and no more.
fn is_before_login(path: &str) -> bool {
    let parts: Vec<&str> = path.trim_start_matches('/').split('/').collect();
    let is_door = matches!(
        parts.as_slice(),
        ["healthz"] | ["ind", _] | ["ind", _, ""] | ["ind", "foerste", _, ""]
    );
    is_door || letters::is_here(path) || calendar::is_here(path)
}

/// Where whoever has to sign in first is sent.
fn to_the_door(asked: &Uri) -> Response {
    if asked.path().starts_with("/api/") {
        return api::failure(
            StatusCode::UNAUTHORIZED,
            "login_required",
            "this site is for those who have signed in",
            None,
        );
    }
    let path = asked.path_and_query().map_or("/", |path| path.as_str());
    super::see_other(&crate::render::with_choices(
        "/ind/".to_owned(),
        &[("til".to_owned(), decoded(path))],
    ))
}

fn decoded(path: &str) -> String {
    percent_encoding::percent_decode_str(path)
        .decode_utf8_lossy()
        .into_owned()
}

fn is_write(method: &Method) -> bool {
    !matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS)
}

/// Whether a browser says that the request came from a page of ours. Every browser of the last years does; what says
/// nothing at all is no browser's form.
fn is_from_own_page(headers: &HeaderMap) -> bool {
    if let Some(site) = forwarded(headers, "sec-fetch-site") {
        return matches!(site, "same-origin" | "none");
    }
    let Some(host) = forwarded(headers, "host") else {
        return false;
    };
    let from = forwarded(headers, "origin").or_else(|| forwarded(headers, "referer"));
    let from = from
        .and_then(|from| from.split_once("://"))
        .map(|(_, rest)| rest);
    from.and_then(|rest| rest.split('/').next()) == Some(host)
}

/// What is for somebody is kept by nobody on the way.
fn mark_as_private(headers: &mut HeaderMap) {
    if headers
        .get(header::CACHE_CONTROL)
        .is_none_or(|value| value == "no-cache")
    {
        headers.insert(
            header::CACHE_CONTROL,
            HeaderValue::from_static("private, no-cache"),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(all: &[(&'static str, &'static str)]) -> HeaderMap {
        let header = |(name, value): &(&'static str, &'static str)| {
            (
                name.parse().expect("a name"),
                HeaderValue::from_static(value),
            )
        };
        all.iter().map(header).collect()
    }

    #[test]
    fn a_write_comes_from_a_page_of_ours_or_not_at_all() {
        let own = [
            &[("sec-fetch-site", "same-origin")][..],
            &[("sec-fetch-site", "none")],
            &[
                ("host", "wiki.eksempel.dk"),
                ("origin", "https://wiki.eksempel.dk"),
            ],
            &[
                ("host", "127.0.0.1:8080"),
                ("origin", "http://127.0.0.1:8080"),
            ],
            &[
                ("host", "wiki.eksempel.dk"),
                ("referer", "https://wiki.eksempel.dk/ny/ideer/"),
            ],
        ];
        for all in own {
            assert!(is_from_own_page(&headers(all)), "{all:?}");
        }
        let foreign = [
            &[][..],
            &[("host", "wiki.eksempel.dk")],
            &[
                ("sec-fetch-site", "cross-site"),
                ("host", "a"),
                ("origin", "https://a"),
            ],
            &[("sec-fetch-site", "same-site")],
            &[("host", "wiki.eksempel.dk"), ("origin", "null")],
            &[
                ("host", "wiki.eksempel.dk"),
                ("origin", "https://eksempel.dk"),
            ],
            &[
                ("host", "wiki.eksempel.dk"),
                ("origin", "https://wiki.eksempel.dk.ond.dk"),
            ],
            &[
                ("host", "wiki.eksempel.dk"),
                ("origin", "https://wiki.eksempel.dk:8443"),
            ],
            &[
                ("host", "wiki.eksempel.dk"),
                ("origin", "https://ond.dk"),
                ("referer", "https://wiki.eksempel.dk/"),
            ],
            &[
                ("host", "wiki.eksempel.dk"),
                ("referer", "https://ond.dk/wiki.eksempel.dk"),
            ],
        ];
        for all in foreign {
            assert!(!is_from_own_page(&headers(all)), "{all:?}");
        }
    }

    #[test]
    fn only_the_door_is_open_before_somebody_has_signed_in() {
        for path in [
            "/healthz",
            "/ind/",
            "/ind/abc/",
            "/ind/abc",
            "/ind/foerste/abc/",
            "/afmeld/abc/",
            "/kalender/abc.ics",
        ] {
            assert!(is_before_login(path), "{path}");
        }
        for path in [
            "/",
            "/ind",
            "/indhold/",
            "/ind/abc/def/",
            "/ind/foerste/abc/def/",
            "/healthz/",
            "/afmeld/",
            "/kalender/",
            "/kalender/.ics",
            "/kalender/a/b.ics",
            "/teams/a/kalender.ics",
            "/afmeld//",
            "/afmeld/abc",
            "/afmeld/abc/def/",
            "/api/search",
            "/-/live",
            "/enhed/",
            "/feed.xml",
        ] {
            assert!(!is_before_login(path), "{path}");
        }
    }

    #[test]
    fn tries_are_counted_by_what_a_trusted_proxy_saw_and_never_by_what_a_visitor_wrote() {
        let (proxy, stranger): (IpAddr, IpAddr) = (
            "10.0.0.1".parse().expect("an address"),
            "192.0.2.7".parse().expect("an address"),
        );
        let seen = headers(&[("x-forwarded-for", "203.0.113.9, 198.51.100.4, 10.0.0.1")]);
        assert_eq!(address(Some(proxy), true, &[proxy], &seen), "198.51.100.4");
        assert_eq!(address(Some(stranger), false, &[proxy], &seen), "192.0.2.7");
        let long = headers(&[("x-forwarded-for", "2001:db8:1:2:aaaa::7")]);
        assert_eq!(address(Some(proxy), true, &[proxy], &long), "2001:db8:1:2");
        assert_eq!(
            address(Some(proxy), true, &[proxy], &HeaderMap::new()),
            "10.0.0.1"
        );
    }
}
