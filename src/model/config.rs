//! The site as a whole: `kaffe.yaml`.

use std::sync::Arc;

use super::{identity::KindKey, kind::Vocabulary};
use crate::text::Lang;

/// What a visitor without login sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// The public records.
    Public,
    /// What everybody in the project may see.
    Project,
    /// Nothing but the login.
    Login,
}

/// What the site is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Purpose {
    /// Invented examples are shown, counted and badged.
    #[default]
    Demo,
    /// Examples are left out of views, counts and publications.
    Operation,
}

/// The settings of a site.
#[derive(Clone, Debug, PartialEq)]
pub struct SiteConfig {
    /// The name of the site.
    pub title: String,
    /// The line under it.
    pub subtitle: String,
    /// The language of the texts.
    pub lang: Lang,
    /// Demo or in real use.
    pub purpose: Purpose,
    /// What a visitor without login sees; by where the server listens when unset.
    pub reading: Option<Reading>,
    /// The absolute base of the site's addresses, without a slash at the end.
    pub base_url: Option<String>,
    /// Where the accessibility statement stands.
    pub was_url: Option<String>,
    /// The municipality.
    pub municipality: Option<String>,
    /// The areas local offers lie in.
    pub areas: Arc<Vocabulary>,
    /// The kinds in the main menu.
    pub menu: Vec<KindKey>,
    /// Role and shared mailbox.
    pub contact: Option<String>,
    /// Licence of the published texts.
    pub licence: Option<String>,
    /// Values for common keys where a record gives none.
    pub defaults: Vec<(String, String)>,
}

impl Default for SiteConfig {
    fn default() -> Self {
        Self {
            title: "kaffe".to_owned(),
            subtitle: String::new(),
            lang: Lang::Da,
            purpose: Purpose::Demo,
            reading: None,
            base_url: None,
            was_url: None,
            municipality: None,
            areas: Arc::default(),
            menu: Vec::new(),
            contact: None,
            licence: None,
            defaults: Vec::new(),
        }
    }
}
