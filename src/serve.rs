//! The live server: the only asynchronous part, and the one door to axum.
//!
//! A request takes the snapshot of the moment, gets its page and leaves. What is written here is
//! HTTP alone: addresses, headers, and the stream that tells an open browser of a change.

mod api;
mod events;
mod headers;
pub mod openapi;
mod page;
mod people;
mod who;
mod writing;

use std::{
    io,
    net::{IpAddr, SocketAddr},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use axum::{Router, http::HeaderName, middleware, routing::get};
use jiff::Timestamp;
use tokio::{net::TcpListener, sync::watch};
use tower_http::{catch_panic::CatchPanicLayer, compression::CompressionLayer};

use crate::{
    engine::Engine,
    model::{Actor, SourcePath},
    people::{Deed, People, PeopleError, Secret},
    site::route::Surface,
    writing::Writer,
};

pub use people::Visit;

/// What is served, to whom, and by which clock.
#[derive(Clone)]
pub struct Served {
    /// The site.
    pub engine: Arc<Engine>,
    /// Those who may come in.
    pub people: Arc<People>,
    /// What time it is.
    pub now: Arc<dyn Fn() -> Timestamp + Send + Sync>,
    /// How requests reach the server.
    pub doors: Doors,
}

/// How requests reach the server, and what is believed of them.
#[derive(Clone, Debug, Default)]
pub struct Doors {
    /// On loopback only names of this machine are answered, so that no page on the web can read
    /// the wiki through a name of its own.
    pub loopback: bool,
    /// Nothing but the door itself is answered before somebody has signed in.
    pub login: bool,
    /// Proxies that are believed when they say whom they speak for.
    pub trusted: Vec<IpAddr>,
    /// The header in which a trusted proxy says who has signed in there.
    pub user_header: Option<HeaderName>,
}

/// The name of a header as an operator types it.
///
/// # Errors
/// When it is none.
pub fn header_name(name: &str) -> Result<HeaderName, ServeError> {
    name.parse().map_err(|_| ServeError::Header {
        name: name.to_owned(),
    })
}

/// What handlers share.
#[derive(Clone)]
pub struct Shared {
    engine: Arc<Engine>,
    writer: Arc<Writer>,
    people: Arc<People>,
    now: Arc<dyn Fn() -> Timestamp + Send + Sync>,
    doors: Arc<Doors>,
    /// The newest generation, for open browsers.
    generation: watch::Receiver<u64>,
    /// Passwords are tried one after the other: each try takes memory and time.
    turn: Arc<Mutex<()>>,
}

impl Shared {
    fn now(&self) -> Timestamp {
        (self.now)()
    }

    fn turn(&self) -> MutexGuard<'_, ()> {
        self.turn.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether the site shows nothing of itself to somebody.
    fn closed_to(&self, actor: &Actor) -> bool {
        self.doors.login && !actor.is_signed_in()
    }
}

impl Shared {
    /// Remembers who wrote what, so that whoever says good for a text is somebody else. The text is saved already: a log
    /// that cannot be written is told to the operator.
    fn wrote(&self, actor: &Actor, now: Timestamp, path: &SourcePath) {
        if let Err(error) = self.people.audit(now, actor, Deed::Wrote, path.as_str()) {
            tracing::error!(
                error = &error as &dyn std::error::Error,
                "the log of who wrote could not be written"
            );
        }
    }

    /// Who wrote a record last, as far as the log remembers.
    fn last_writer(
        &self,
        now: Timestamp,
        path: &SourcePath,
    ) -> Result<Option<String>, PeopleError> {
        self.people.last_writer(now, path.as_str())
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
    /// Not the name of a header.
    #[error("{name} is no name of a header")]
    Header {
        /// What was given.
        name: String,
    },
    /// The network broke.
    #[error("the server stopped")]
    Run(#[source] io::Error),
}

/// All addresses of the server.
pub fn router(served: Served) -> Router {
    with_writer(served).0
}

/// The addresses, and the door of writing behind them.
fn with_writer(served: Served) -> (Router, Arc<Writer>) {
    let (sender, generation) = watch::channel(served.engine.snapshot().generation());
    served.engine.on_change(move |new| {
        // Nobody has the wiki open.
        let _ = sender.send(new);
    });
    let data = served.engine.options().data.clone();
    let writer = Writer::new(Arc::clone(&served.engine), data.as_deref(), (served.now)());
    let writer = Arc::new(writer);
    let shared = Shared {
        writer: Arc::clone(&writer),
        engine: served.engine,
        people: served.people,
        now: served.now,
        doors: Arc::new(served.doors),
        generation,
        turn: Arc::default(),
    };
    let router = Router::new()
        .merge(people::routes())
        .route("/healthz", get(page::health))
        .route("/api/search", get(api::search))
        .route("/api/similar", get(api::similar))
        .route("/api/openapi.json", get(openapi::description))
        .merge(writing::routes(&shared))
        .fallback(page::any)
        .layer(CompressionLayer::new())
        // The stream must reach the browser unpressed.
        .route("/-/live", get(events::live))
        .layer(middleware::from_fn_with_state(shared.clone(), people::gate))
        .layer(middleware::from_fn_with_state(
            shared.clone(),
            headers::guard,
        ))
        .layer(CatchPanicLayer::new())
        .with_state(shared);
    (router, writer)
}

/// Listens, says where, and answers until the process is asked to stop.
///
/// # Errors
/// When the address cannot be had, or the network breaks.
pub async fn run(
    mut served: Served,
    address: SocketAddr,
    started: impl FnOnce(SocketAddr, Option<Secret>),
) -> Result<(), ServeError> {
    let listener = TcpListener::bind(address)
        .await
        .map_err(|source| ServeError::Listen { address, source })?;
    let local = listener.local_addr().map_err(ServeError::Run)?;
    served.doors.loopback = local.ip().is_loopback();
    let first = first(&served);
    let clock = Arc::clone(&served.now);
    let is_live = served.engine.options().surface == Surface::Live;
    let (router, writer) = with_writer(served);
    // What is edited on the disk becomes versions too, for as long as the server runs.
    let _keeping = is_live.then(|| writer.keep_history(move || clock()));
    started(local, first);
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    let server = axum::serve(listener, service);
    tokio::select! {
        result = server => result.map_err(ServeError::Run),
        // Open streams would hold a graceful stop for ever; a save that has
        // not been answered is not lost by leaving at once: the browser keeps what it has sent until it is answered.
        () = asked_to_stop() => Ok(()),
    }
}

/// The token of the first link, where whoever sits at the keyboard is the only one who can reach the server.
fn first(served: &Served) -> Option<Secret> {
    if !served.doors.loopback || served.engine.options().surface == Surface::Published {
        return None;
    }
    match served.people.make_first((served.now)()) {
        Ok(first) => first,
        Err(error) => {
            tracing::error!(
                error = &error as &dyn std::error::Error,
                "there is no link for the first start"
            );
            None
        }
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
