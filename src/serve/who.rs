//! Who asks.

use std::convert::Infallible;

use axum::{extract::FromRequestParts, http::request::Parts};

use crate::model::Actor;

/// Whoever sent the request: a visitor, unless they have signed in.
pub struct Who(pub Actor);

impl<S: Send + Sync> FromRequestParts<S> for Who {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let known = parts.extensions.get::<Actor>().cloned();
        Ok(Self(known.unwrap_or_else(Actor::visitor)))
    }
}
