//! What stands on every answer, and who is answered at all.

use axum::{
    extract::{Request, State},
    http::{HeaderName, HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

use super::Shared;

/// Nothing but what the site itself serves, and no script or style inside a page.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const ALWAYS: [(HeaderName, &str); 6] = [
    (header::CONTENT_SECURITY_POLICY, POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "same-origin"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    ),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), microphone=(), geolocation=(), browsing-topics=()",
    ),
];

/// Turns foreign names away on loopback, and puts the headers on.
pub async fn guard(State(shared): State<Shared>, request: Request, next: Next) -> Response {
    if shared.doors.loopback && !is_local(&request) && !is_own_name(&shared, &request) {
        return (
            StatusCode::MISDIRECTED_REQUEST,
            "this server answers its own machine only\n",
        )
            .into_response();
    }
    let mut response = next.run(request).await;
    for (name, value) in ALWAYS {
        response
            .headers_mut()
            .entry(name)
            .or_insert(HeaderValue::from_static(value));
    }
    response
}

/// Whether the request names the site's own address of `kaffe.yaml`, as behind a proxy.
fn is_own_name(shared: &Shared, request: &Request) -> bool {
    let snapshot = shared.engine.snapshot();
    let base = snapshot.view().config().base_url.as_deref();
    let own = base
        .and_then(|base| base.split_once("://"))
        .and_then(|(_, rest)| rest.split('/').next());
    let named = request
        .headers()
        .get(header::HOST)
        .and_then(|host| host.to_str().ok());
    own.is_some() && own == named
}

fn is_local(request: &Request) -> bool {
    let named = request
        .headers()
        .get(header::HOST)
        .and_then(|h| h.to_str().ok())
        .or_else(|| {
            request
                .uri()
                .authority()
                .map(axum::http::uri::Authority::as_str)
        });
    // No name at all is no browser.
    let Some(named) = named else { return true };
    let host = named
        .rsplit_once(':')
        .filter(|(_, port)| port.chars().all(|c| c.is_ascii_digit()))
        .map_or(named, |(host, _)| host);
    host.eq_ignore_ascii_case("localhost")
        || host == "[::1]"
        || host
            .parse::<std::net::Ipv4Addr>()
            .is_ok_and(|ip| ip.is_loopback())
}
