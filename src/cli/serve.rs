//! `kaffe serve`: the live wiki.

use std::{
    io::{self, Write},
    net::{IpAddr, SocketAddr},
    path::{Path, PathBuf},
    sync::Arc,
    thread,
};

use anyhow::Context;
use clap::Args;
use jiff::civil::Date;

use super::{
    Outcome, clock, default_content,
    mail::{self, Smtp},
};
use crate::{
    engine::{Engine, Options, Watching},
    model::{Audience, Reading},
    parse,
    people::{People, Secret},
    serve,
    site::route::Surface,
    source::{Folder, watch::Hint},
};

/// The arguments of `kaffe serve`.
#[derive(Debug, Args)]
pub struct Serve {
    /// The content folder
    #[arg(default_value_os_t = default_content())]
    content: PathBuf,
    /// Where to listen; port 0 picks a free one
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// The folder for what is not knowledge; `.kaffe` beside the content where nothing is said
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// A folder whose files go over the shipped theme's
    #[arg(long, value_name = "DIR")]
    theme: Option<PathBuf>,
    /// Show what `build` would publish, byte for byte
    #[arg(long)]
    as_published: bool,
    /// The day of the wiki (YYYY-MM-DD)
    #[arg(long, value_name = "DATE")]
    today: Option<Date>,
    /// Proxies that are believed when they say whom they speak for
    #[arg(long, value_name = "ADDRESS", value_delimiter = ',')]
    trust_proxy: Vec<IpAddr>,
    /// The header in which such a proxy says who has signed in there
    #[arg(long, value_name = "NAME", requires = "trust_proxy")]
    user_header: Option<String>,
    #[command(flatten)]
    smtp: Smtp,
}

/// The data folder beside a content folder.
pub(super) fn beside(content: &Path) -> PathBuf {
    let content = content
        .canonicalize()
        .unwrap_or_else(|_| content.to_owned());
    content.parent().unwrap_or(&content).join(".kaffe")
}

impl Serve {
    pub fn run(self) -> anyhow::Result<Outcome> {
        let (audience, login, surface) = if self.as_published {
            (Audience::Public, false, Surface::Published)
        } else {
            let (audience, login) = self.audience()?;
            (audience, login, Surface::Live)
        };
        let given = self.today;
        let data = self.data.clone().unwrap_or_else(|| beside(&self.content));
        let people = People::open(Some(&data), clock::now())
            .with_context(|| format!("cannot use the data folder {}", data.display()))?;
        let people = Arc::new(people);
        let user_header = self
            .user_header
            .as_deref()
            .map(serve::header_name)
            .transpose()?;
        let doors = serve::Doors {
            login,
            trusted: self.trust_proxy.iter().map(IpAddr::to_canonical).collect(),
            user_header,
            ..serve::Doors::default()
        };
        let options = Options {
            content: self.content,
            theme: self.theme,
            audience,
            surface,
            today: clock::today(given),
            search: true,
            data: Some(data.clone()),
        };
        let engine = Arc::new(Engine::start(options)?);
        let post = self.smtp.post(&engine, &people, &data)?;
        let watching = Watching::start(&engine, move || clock::today(given))?;
        if !clock::is_fixed(given) {
            let waker = watching.waker();
            // Midnight is an ordinary change; the thread ends with the process.
            thread::Builder::new()
                .name("kaffe-midnight".to_owned())
                .spawn(move || {
                    loop {
                        thread::park_timeout(clock::until_midnight());
                        if waker.send(Hint::Wake).is_err() {
                            return;
                        }
                    }
                })?;
        }
        match post {
            Some(_) if clock::is_fixed(given) || surface == Surface::Published => {
                tracing::warn!(
                    "no letters are sent: the day is given, or the site is shown as published"
                );
            }
            Some(post) => mail::keep_sending(post)?,
            None => {}
        }
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .enable_all()
            .build()
            .context("cannot start the server's threads")?;
        let started = |address: SocketAddr, first: Option<Secret>| {
            let mut out = io::stdout().lock();
            // A closed pipe must not stop the server.
            let _ = writeln!(out, "http://{address}/");
            let _ = out.flush();
            tracing::info!(%address, records = engine.snapshot().view().records().count(), "serving");
            if let Some(first) = first {
                // Programs read the one line above; this is for the person at the keyboard.
                let link = format!("http://{address}/ind/foerste/{}/", first.text());
                let _ = writeln!(
                    io::stderr(),
                    "Nobody has an account yet. Sign in as the first one, once and within 15 minutes: {link}"
                );
            }
        };
        let served = serve::Served {
            engine: Arc::clone(&engine),
            people,
            now: Arc::new(clock::now),
            doors,
        };
        runtime.block_on(serve::run(served, self.listen, started))?;
        // What is still being made is of no use to anybody now.
        runtime.shutdown_background();
        drop(watching);
        Ok(Outcome::Well)
    }

    /// What a visitor sees, as `kaffe.yaml` says, else by where the server listens; and whether they must sign in first.
    fn audience(&self) -> anyhow::Result<(Audience, bool)> {
        let folder = Folder::open(&self.content)?;
        let config = crate::model::SourcePath::new(parse::definitions::CONFIG_FILE)?;
        let text = folder
            .read(&config)?
            .map(|bytes| Arc::from(String::from_utf8_lossy(&bytes)));
        let files: Vec<_> = text
            .into_iter()
            .map(|text| parse::definitions::DefinitionFile {
                path: config.clone(),
                text,
            })
            .collect();
        let (definitions, _) =
            parse::definitions::read(&files, &crate::starter::definition_files());
        // Behind a proxy the whole world may come by loopback.
        let is_own = self.listen.ip().is_loopback() && self.trust_proxy.is_empty();
        Ok(match definitions.config.reading {
            Some(Reading::Project) => (Audience::Project, false),
            Some(Reading::Login) => (Audience::Public, true),
            None if is_own => (Audience::Project, false),
            Some(Reading::Public) | None => (Audience::Public, false),
        })
    }
}
