//! A published site: what may go out, and writing it as a folder that needs no server.
//!
//! Takes a [`Snapshot`] of the public audience on the published surface; the bytes are those that
//! `serve --as-published` answers with, because both come from the same page function.

pub mod folder;

use rayon::prelude::*;

use crate::{
    diag::{Code, Diagnostic, Severity},
    engine::{Snapshot, SnapshotError},
    model::Audience,
    site::route::Route,
};

/// A file of a published site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublishedFile {
    /// Where it lies, from the root of the site.
    pub path: String,
    /// Its bytes.
    pub bytes: std::sync::Arc<[u8]>,
}

/// What stops a publication: every error, and what would be a broken promise to its readers.
#[must_use]
pub fn obstacles(snapshot: &Snapshot) -> Vec<&Diagnostic> {
    let view = snapshot.view();
    debug_assert_eq!(*view.audience(), Audience::Public);
    let breaks_a_promise = |d: &&Diagnostic| {
        let broken = matches!(
            d.code,
            Code::K208
                | Code::K301
                | Code::K302
                | Code::K303
                | Code::K307
                | Code::K408
                | Code::K407
        );
        broken && view.record_of_file(&d.path).is_some()
    };
    snapshot
        .diagnostics()
        .iter()
        .filter(|d| d.severity == Severity::Error || breaks_a_promise(d))
        .collect()
}

/// Every file of the site, in the order of their paths.
///
/// # Errors
/// When a page cannot be made or a file cannot be read.
pub fn files(snapshot: &Snapshot) -> Result<Vec<PublishedFile>, SnapshotError> {
    let routes: Vec<Route> = snapshot.routes();
    let made: Result<Vec<PublishedFile>, SnapshotError> = routes
        .par_iter()
        .map(|route| file(snapshot, route))
        .collect();
    let mut files = made?;
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}

/// Makes one file.
///
/// # Errors
/// As [`files`].
pub fn file(snapshot: &Snapshot, route: &Route) -> Result<PublishedFile, SnapshotError> {
    let mut path = snapshot.view().address(route);
    if path.is_empty() || path.ends_with('/') {
        path.push_str("index.html");
    }
    Ok(PublishedFile {
        path,
        bytes: snapshot.page(route)?.bytes,
    })
}
