//! From nothing to the first page, and what it weighs: each start in a process of its own.

use std::{
    env, fs,
    io::{BufRead, BufReader, Write},
    path::Path,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::Context;
use kaffe::engine::Engine;

use crate::{
    Ground,
    figures::{Figures, float},
    generated::Generated,
    live,
    report::{Report, seconds},
};

/// The first argument of a process that this bench starts.
pub const CHILD: &str = "--a-start-of-its-own";

/// What one start tells.
struct Started {
    /// From making the process until its first page.
    until_page: Duration,
    /// Bytes in memory after the first page.
    after_page: usize,
    /// The most there were until then.
    most: usize,
    /// Bytes when every page has been asked for once.
    after_all: usize,
}

/// Measures.
pub fn run(ground: &Ground<'_>, report: &mut Report) -> anyhow::Result<()> {
    for (search, name) in [
        (false, "start without search, until the first page"),
        (true, "start with search, until the first page"),
    ] {
        let (mut all, mut times) = (Vec::new(), Figures::default());
        // The first one warms the system's cache.
        start(ground.site, search)?;
        for _ in 0..ground.effort.rounds {
            let started = start(ground.site, search)?;
            times.add(started.until_page);
            all.push(started);
        }
        let kept = times.median() < Duration::from_secs(1);
        report.promise(
            name,
            &seconds(times.median()),
            "under 1 s at 10,000 records",
            kept,
        );
        let Some(last) = all.last() else { continue };
        let times_text = |bytes: usize| {
            format!(
                "{:.1} × the text, {} MB",
                float(bytes) / float(ground.site.text),
                bytes / 1_000_000
            )
        };
        let with = if search {
            "with search"
        } else {
            "without search"
        };
        report.promise(
            &format!("memory {with}, after the first page"),
            &times_text(last.after_page),
            "at most 4 ×",
            last.after_page <= 4 * ground.site.text,
        );
        report.figure(
            &format!("memory {with}, the most while starting"),
            &times_text(last.most),
        );
        report.figure(
            &format!("memory {with}, every page asked for once"),
            &times_text(last.after_all),
        );
    }
    Ok(())
}

fn start(site: &Generated, search: bool) -> anyhow::Result<Started> {
    let begun = Instant::now();
    let mut child = Command::new(env::current_exe()?)
        .arg(CHILD)
        .arg(&site.root)
        .arg(if search { "search" } else { "no-search" })
        .stdout(Stdio::piped())
        .spawn()?;
    let mut lines = BufReader::new(child.stdout.take().context("no output")?).lines();
    let mut numbers = || -> anyhow::Result<Vec<usize>> {
        let line = lines.next().context("the start broke off")??;
        line.split_whitespace()
            .map(|n| n.parse().context("not a number"))
            .collect()
    };
    numbers()?;
    let until_page = begun.elapsed();
    let memory = numbers()?;
    anyhow::ensure!(child.wait()?.success(), "the start failed");
    let [after_page, most, after_all] = memory.as_slice() else {
        anyhow::bail!("three numbers were expected")
    };
    Ok(Started {
        until_page,
        after_page: *after_page,
        most: *most,
        after_all: *after_all,
    })
}

/// What the process of one start does.
pub fn child(arguments: &[String]) -> anyhow::Result<()> {
    let [root, search] = arguments else {
        anyhow::bail!("a folder and a word are expected")
    };
    let engine = Engine::start(live(Path::new(root), search == "search"))?;
    let snapshot = engine.snapshot();
    anyhow::ensure!(snapshot.answer("/", &[])?.status == 200, "no first page");
    let mut out = std::io::stdout();
    writeln!(out, "{}", snapshot.generation())?;
    out.flush()?;
    let (after_page, most) = (resident()?, status("VmHWM:")?);
    for route in snapshot.routes() {
        let address = format!("/{}", snapshot.view().address(&route));
        snapshot.answer(&address, &[])?;
    }
    writeln!(out, "{after_page} {most} {}", resident()?)?;
    Ok(())
}

/// Bytes of this process in memory now.
fn resident() -> anyhow::Result<usize> {
    status("VmRSS:")
}

fn status(name: &str) -> anyhow::Result<usize> {
    let text =
        fs::read_to_string("/proc/self/status").context("memory is measured on Linux only")?;
    let line = text
        .lines()
        .find_map(|l| l.strip_prefix(name))
        .context("no such figure")?;
    let kilobytes: usize = line.trim().trim_end_matches("kB").trim().parse()?;
    Ok(kilobytes * 1024)
}
