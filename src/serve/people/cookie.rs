//! The cookie of a session.

use axum::http::{HeaderMap, HeaderValue, header};

use crate::people::SESSION_LASTS;

/// The name where the connection is plain, as on one's own machine.
const PLAIN: &str = "kaffe";
/// The name where it is secure: the browser itself sees to it that no other site and no plain page can set it.
const SECURE: &str = "__Host-kaffe";

/// The token of a request's session. A cookie of the other name is nobody's.
pub fn token(headers: &HeaderMap, secure: bool) -> Option<String> {
    let wanted = name(secure);
    let cookies = headers.get_all(header::COOKIE).iter();
    cookies
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(name, _)| *name == wanted)
        .map(|(_, token)| token.to_owned())
}

/// The header that begins a session in the browser.
pub fn set(token: &str, secure: bool) -> Option<HeaderValue> {
    line(token, secure, SESSION_LASTS.as_secs())
}

/// The header that ends it.
pub fn clear(secure: bool) -> Option<HeaderValue> {
    line("", secure, 0)
}

fn line(token: &str, secure: bool, seconds: i64) -> Option<HeaderValue> {
    let (name, secure) = (name(secure), if secure { "; Secure" } else { "" });
    let line = format!("{name}={token}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}");
    HeaderValue::from_str(&line).ok()
}

const fn name(secure: bool) -> &'static str {
    if secure { SECURE } else { PLAIN }
}
