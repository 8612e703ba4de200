//! `kaffe init`: a new content folder from the embedded starter.

use std::{
    fs,
    io::{self, Write},
    path::PathBuf,
};

use anyhow::{Context, bail};
use clap::Args;

use super::Outcome;
use crate::{source::save, starter, text::Lang};

/// The arguments of `kaffe init`.
#[derive(Debug, Args)]
pub struct Init {
    /// The folder to make; it must be empty or not there
    dir: PathBuf,
}

impl Init {
    pub fn run(self, lang: Option<Lang>) -> anyhow::Result<Outcome> {
        let taken = fs::read_dir(&self.dir).is_ok_and(|mut entries| entries.next().is_some());
        if taken {
            bail!("{} is not empty; nothing was written", self.dir.display());
        }
        let mut count = 0_usize;
        for (name, bytes) in starter::files() {
            let path = self.dir.join(&name);
            save::create(&path, &bytes)
                .with_context(|| format!("cannot write {}", path.display()))?;
            count += 1;
        }
        let dir = self.dir.display();
        let mut out = io::stdout().lock();
        match lang.unwrap_or_default() {
            Lang::Da => writeln!(
                out,
                "{count} filer i {dir}. Se siden med: kaffe serve {dir}"
            )?,
            Lang::En => writeln!(
                out,
                "{count} files in {dir}. See the site with: kaffe serve {dir}"
            )?,
        }
        Ok(Outcome::Well)
    }
}
