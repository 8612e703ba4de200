//! The operator's mail server: its arguments, and `kaffe mail test`, which finds out whether letters arrive.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
    thread,
    time::Duration,
};

use anyhow::{Context, bail};
use clap::{Args, Subcommand};
use jiff::tz::TimeZone;

use super::{Outcome, clock, default_content, serve::beside};
use crate::{
    engine::{Engine, Options},
    mail::{Post, Server},
    model::Audience,
    people::People,
    site::route::Surface,
    source::save,
};

/// How often `serve` looks whether letters are due or wait.
const LOOKS_EVERY: Duration = Duration::from_mins(5);

/// The mail server and the sender.
#[derive(Debug, Args)]
pub(super) struct Smtp {
    /// Send letters by this mail server: `smtps://USER@HOST`, `starttls://USER@HOST`, or `smtp://HOST` for an open line
    /// without a password
    #[arg(long = "smtp", value_name = "URL", requires = "mail_from")]
    server: Option<String>,
    /// The address that letters come from
    #[arg(long, value_name = "ADDRESS", requires = "server")]
    mail_from: Option<String>,
    /// The file with the password of the mail server's user
    #[arg(long = "smtp-password-file", value_name = "FILE", requires = "server")]
    password_file: Option<PathBuf>,
}

impl Smtp {
    /// The post office, where a mail server is named.
    pub(super) fn post(
        &self,
        engine: &Arc<Engine>,
        people: &Arc<People>,
        data: &Path,
    ) -> anyhow::Result<Option<Post>> {
        let (Some(address), Some(from)) = (&self.server, &self.mail_from) else {
            return Ok(None);
        };
        let password = match &self.password_file {
            Some(file) => {
                let bytes =
                    save::read(file).with_context(|| format!("cannot read {}", file.display()))?;
                let text = String::from_utf8(bytes)
                    .with_context(|| format!("{} holds no words", file.display()))?;
                Some(text.trim_end_matches(['\r', '\n']).to_owned())
            }
            None => None,
        };
        let server = Server::new(address, password.as_deref(), from)?;
        let post = Post::new(
            Arc::clone(engine),
            Arc::clone(people),
            data.to_owned(),
            server,
            from.clone(),
        )?;
        Ok(Some(post))
    }
}

/// Writes and sends what is due for as long as the process lives.
pub(super) fn keep_sending(post: Post) -> anyhow::Result<()> {
    thread::Builder::new()
        .name("kaffe-mail".to_owned())
        .spawn(move || {
            loop {
                match post.round(clock::now(), &TimeZone::system()) {
                    Ok(round) if round.sent > 0 => {
                        tracing::info!(
                            sent = round.sent,
                            waiting = round.waiting,
                            "letters were sent"
                        );
                    }
                    Ok(_) => {}
                    Err(error) => tracing::error!(
                        error = &error as &dyn std::error::Error,
                        "letters cannot be written or sent; the next round tries again"
                    ),
                }
                thread::park_timeout(LOOKS_EVERY);
            }
        })
        .context("cannot start the thread that sends letters")?;
    Ok(())
}

/// The arguments of `kaffe mail`.
#[derive(Debug, Args)]
pub struct Mail {
    #[command(subcommand)]
    deed: Deed,
}

#[derive(Debug, Subcommand)]
enum Deed {
    /// Send one letter that says that letters arrive
    Test(Test),
}

#[derive(Debug, Args)]
struct Test {
    /// Where to
    to: String,
    #[command(flatten)]
    smtp: Smtp,
    /// The content folder
    #[arg(long, value_name = "DIR", default_value_os_t = default_content())]
    content: PathBuf,
}

impl Mail {
    pub fn run(self) -> anyhow::Result<Outcome> {
        let Deed::Test(test) = self.deed;
        let engine = Arc::new(Engine::start(Options {
            content: test.content.clone(),
            theme: None,
            audience: Audience::Public,
            surface: Surface::Live,
            today: clock::today(None),
            search: false,
            data: None,
        })?);
        // A test letter concerns no account and waits nowhere.
        let people = Arc::new(People::open(None, clock::now())?);
        let Some(post) = test.smtp.post(&engine, &people, &beside(&test.content))? else {
            bail!("which mail server? say --smtp and --mail-from as you do for serve");
        };
        post.send_test(&test.to, clock::now())?;
        Ok(Outcome::Well)
    }
}
