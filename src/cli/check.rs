//! `kaffe check`: every problem of every file, in one run.

use std::path::PathBuf;

use clap::Args;
use jiff::civil::Date;

use super::{
    Outcome, clock, default_content,
    report::{self, Format},
};
use crate::{
    diag::Severity,
    engine::{Engine, Options},
    model::Audience,
    publish,
    site::route::Surface,
    text::Lang,
};

/// The arguments of `kaffe check`.
#[derive(Debug, Args)]
pub struct Check {
    /// The content folder
    #[arg(default_value_os_t = default_content())]
    content: PathBuf,
    /// How the problems are printed
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// Only what would stop a publication
    #[arg(long)]
    public: bool,
    /// Leave out notices
    #[arg(long)]
    quiet: bool,
    /// The day to check on (YYYY-MM-DD)
    #[arg(long, value_name = "DATE")]
    today: Option<Date>,
}

impl Check {
    pub fn run(self, lang: Option<Lang>) -> anyhow::Result<Outcome> {
        let options = Options {
            content: self.content.clone(),
            theme: None,
            audience: if self.public {
                Audience::Public
            } else {
                Audience::Project
            },
            surface: if self.public {
                Surface::Published
            } else {
                Surface::Live
            },
            today: clock::today(self.today),
            search: false,
            data: None,
        };
        let snapshot = Engine::start(options)?.snapshot();
        let lang = lang.unwrap_or(snapshot.view().config().lang);
        let mut found = if self.public {
            publish::obstacles(&snapshot)
        } else {
            snapshot.diagnostics().iter().collect()
        };
        if self.quiet {
            found.retain(|d| d.severity != Severity::Notice);
        }
        let prefix = format!(
            "{}/",
            self.content.display().to_string().trim_end_matches('/')
        );
        report::print(&snapshot, &found, &prefix, self.format, lang)?;
        let failed = found.iter().any(|d| d.is_error()) || (self.public && !found.is_empty());
        Ok(if failed {
            Outcome::ContentErrors
        } else {
            Outcome::Well
        })
    }
}
