//! Addresses as they stand in a page: from the root in the live wiki, relative in the published
//! folder so that it works from a disk.

use crate::{
    model::{Record, RecordRef},
    site::{
        SiteView,
        route::{ASSETS, Route, Surface},
    },
};

/// Makes the addresses of one page.
#[derive(Clone, Debug)]
pub struct Links<'a> {
    view: &'a SiteView,
    surface: Surface,
    root: String,
}

impl<'a> Links<'a> {
    /// For the page of a route.
    #[must_use]
    pub fn of(view: &'a SiteView, route: &Route, surface: Surface) -> Self {
        let root = match (surface, route) {
            (Surface::Live, _) => "/".to_owned(),
            // The server's page for a missing address can stand anywhere below the site's own.
            (Surface::Published, Route::Missing) => site_path(view),
            (Surface::Published, _) => "../".repeat(view.address(route).matches('/').count()),
        };
        Self {
            view,
            surface,
            root,
        }
    }

    /// The view.
    #[must_use]
    pub const fn view(&self) -> &'a SiteView {
        self.view
    }

    /// Where the page is shown.
    #[must_use]
    pub const fn surface(&self) -> Surface {
        self.surface
    }

    /// The way to the root, with a slash at its end; empty for a published page at the root.
    #[must_use]
    pub fn root(&self) -> &str {
        &self.root
    }

    /// The address of a route.
    #[must_use]
    pub fn to(&self, route: &Route) -> String {
        let address = self.view.address(route);
        let file = if self.surface == Surface::Published
            && (address.is_empty() || address.ends_with('/'))
        {
            "index.html"
        } else {
            ""
        };
        let whole = format!("{}{}{file}", self.root, encoded(&address));
        // A relative link to the page's own folder would be empty.
        if whole.is_empty() {
            "./".to_owned()
        } else {
            whole
        }
    }

    /// The address of a record.
    #[must_use]
    pub fn to_record(&self, reference: &RecordRef) -> String {
        self.to(&Route::Record(reference.clone()))
    }

    /// The address of a route with choices behind it; live only.
    #[must_use]
    pub fn with_query(&self, route: &Route, query: &[(String, String)]) -> String {
        with_choices(self.to(route), query)
    }
}

/// The address at which something is done to a record: `/ret/ideer/kaffevogn/`.
#[must_use]
pub fn deed(what: &str, record: &Record) -> String {
    format!("/{what}/{}/{}/", record.kind.folder, record.reference.id)
}

/// An address from the site's root, as it stands in what leaves the site (feeds, calendars,
/// letters): whole where the site knows its own address, else from the root.
#[must_use]
pub fn from_outside(view: &SiteView, path: &str) -> String {
    let base = view.config().base_url.as_deref().unwrap_or_default();
    format!("{base}/{}", encoded(path.trim_start_matches('/')))
}

/// An address with choices behind it.
#[must_use]
pub fn with_choices(mut address: String, query: &[(String, String)]) -> String {
    for (position, (name, value)) in query.iter().enumerate() {
        address.push(if position == 0 { '?' } else { '&' });
        address.push_str(&encoded_part(name));
        address.push('=');
        address.push_str(&encoded_part(value));
    }
    address
}

/// The address of an asset.
#[must_use]
pub fn asset(root: &str, name: &str) -> String {
    format!("{root}{ASSETS}/{name}")
}

/// Everything but what may stand in a query as it is.
const CHOICE: &percent_encoding::AsciiSet = &percent_encoding::NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'~');

const PATH: &percent_encoding::AsciiSet = &percent_encoding::CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'`')
    .add(b'{')
    .add(b'}')
    .add(b'%')
    .add(b'\\');

fn encoded(path: &str) -> String {
    percent_encoding::utf8_percent_encode(path, PATH).to_string()
}

fn encoded_part(text: &str) -> String {
    percent_encoding::utf8_percent_encode(text, CHOICE).to_string()
}

/// The path of the site's own address, with a slash at both ends: `/` unless the site lies in a folder of its host.
fn site_path(view: &SiteView) -> String {
    let address = view.config().base_url.as_deref().unwrap_or_default();
    let after_host = address.split_once("://").map_or("", |(_, rest)| rest);
    let path = after_host.split_once('/').map_or("", |(_, path)| path);
    match path.trim_matches('/') {
        "" => "/".to_owned(),
        path => format!("/{path}/"),
    }
}
