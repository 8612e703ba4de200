//! The command line: one file a command. Arguments come from one definition; help, completions and
//! exit codes follow from it.
//!
//! Exit codes: 0 all well, 1 the content has errors, 2 kaffe could not do its work.

mod build;
mod check;
mod clock;
mod completions;
mod explain;
mod init;
mod mail;
mod new;
mod report;
mod search;
mod serve;
mod user;

use std::{
    io::{self, IsTerminal, Write},
    path::PathBuf,
    process::ExitCode,
};

use clap::{Parser, Subcommand};

use crate::text::Lang;

/// kaffe: a folder of Markdown in, a live wiki and a public catalogue out.
#[derive(Debug, Parser)]
#[command(
    name = "kaffe",
    version,
    about,
    propagate_version = true,
    disable_help_subcommand = true
)]
struct Arguments {
    /// Language of what authors read: da or en (default: the site's)
    #[arg(long, global = true, value_name = "LANG")]
    lang: Option<Lang>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the wiki from a folder and follow its changes
    Serve(serve::Serve),
    /// Write the public site as a folder that needs no server
    Build(build::Build),
    /// Tell every problem in the content: file, line, column, and how to mend it
    Check(check::Check),
    /// Make a new content folder from the embedded starter
    Init(init::Init),
    /// Make a new record from its kind and a title
    New(new::New),
    /// Search the content
    Search(search::Search),
    /// Explain a code of a message
    Explain(explain::Explain),
    /// Look after accounts, team links and devices
    User(user::User),
    /// See whether letters arrive
    Mail(mail::Mail),
    /// Print completions for a shell
    Completions(completions::Completions),
}

/// How a command ended, when it could do its work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    /// All well.
    Well,
    /// The content has errors.
    ContentErrors,
}

/// Runs the command that the arguments of the process name.
#[must_use]
pub fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            let code = if error.use_stderr() { 2 } else { 0 };
            // Help into a pipe that has closed is no failure.
            let _ = error.print();
            return ExitCode::from(code);
        }
    };
    start_log();
    match run(arguments) {
        Ok(Outcome::Well) => ExitCode::SUCCESS,
        Ok(Outcome::ContentErrors) => ExitCode::from(1),
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(io::stderr(), "kaffe: {error:#}");
            ExitCode::from(2)
        }
    }
}

fn run(arguments: Arguments) -> anyhow::Result<Outcome> {
    let lang = arguments.lang;
    match arguments.command {
        Command::Serve(command) => command.run(),
        Command::Build(command) => command.run(lang),
        Command::Check(command) => command.run(lang),
        Command::Init(command) => command.run(lang),
        Command::New(command) => command.run(lang),
        Command::Search(command) => command.run(lang),
        Command::Explain(command) => command.run(lang),
        Command::User(command) => command.run(),
        Command::Mail(command) => command.run(),
        Command::Completions(command) => command.run(),
    }
}

/// Where content lies when nobody says so.
fn default_content() -> PathBuf {
    PathBuf::from("content")
}

fn start_log() {
    let filter = tracing_subscriber::EnvFilter::try_from_env("KAFFE_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("warn,kaffe=info,tantivy=warn"));
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(io::stderr)
        .with_ansi(io::stderr().is_terminal())
        .with_target(false)
        .try_init();
    // Only a second start in one process could fail, and then the first log goes on.
    drop(log);
}

fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|e| {
        e.downcast_ref::<io::Error>()
            .is_some_and(|e| e.kind() == io::ErrorKind::BrokenPipe)
    })
}
