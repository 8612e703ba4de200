//! The stream that tells an open browser that there is something new.

use std::{convert::Infallible, time::Duration};

use axum::{
    extract::State,
    http::header,
    response::{
        IntoResponse, Response,
        sse::{Event, KeepAlive, Sse},
    },
};
use tokio_stream::{Stream, StreamExt, wrappers::WatchStream};

use super::Shared;
use crate::site::route::Surface;

/// Sends the current generation, then each new one.
pub async fn live(State(shared): State<Shared>) -> Response {
    if shared.engine.options().surface == Surface::Published {
        return axum::http::StatusCode::NOT_FOUND.into_response();
    }
    let stream = Sse::new(generations(shared))
        .keep_alive(KeepAlive::new().interval(Duration::from_secs(20)));
    // Some proxies hold a stream back until it ends.
    (
        [
            (header::CACHE_CONTROL, "no-store"),
            (header::HeaderName::from_static("x-accel-buffering"), "no"),
        ],
        stream,
    )
        .into_response()
}

fn generations(shared: Shared) -> impl Stream<Item = Result<Event, Infallible>> {
    WatchStream::new(shared.generation).map(|generation| {
        Ok(Event::default()
            .event("generation")
            .data(format!("{{\"generation\":{generation}}}")))
    })
}
