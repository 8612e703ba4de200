//! The published site's own search, asked in Node with the very files that a browser loads.

use std::{fs, path::Path, process::Command};

use anyhow::{Context, ensure};
use kaffe::{engine::Snapshot, publish};

/// What was found, query by query.
pub type Found = Vec<Vec<String>>;

/// Asks.
pub struct Offline;

impl Offline {
    /// Keys for each query, the best first.
    pub fn ask<'a>(
        published: &Snapshot,
        queries: impl Iterator<Item = &'a str>,
    ) -> anyhow::Result<Found> {
        let folder = tempfile::tempdir()?;
        for file in publish::files(published)?
            .iter()
            .filter(|file| file.path.ends_with(".js"))
        {
            let path = folder.path().join(&file.path);
            fs::create_dir_all(path.parent().context("a folder")?)?;
            fs::write(path, &file.bytes)?;
        }
        let queries: Vec<&str> = queries.collect();
        let asked = folder.path().join("queries.json");
        fs::write(&asked, serde_json::to_vec(&queries)?)?;
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/search/offline.mjs");
        let answer = Command::new("node")
            .arg(script)
            .arg(folder.path())
            .output()
            .context("node is needed")?;
        ensure!(
            answer.status.success(),
            "{}",
            String::from_utf8_lossy(&answer.stderr)
        );
        Ok(serde_json::from_slice(&answer.stdout)?)
    }
}
