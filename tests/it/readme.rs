//! The README's commands, run as they stand there: by the binary of this build in a folder with
//! the shipped content.

use std::{
    fs,
    io::{BufRead, BufReader},
    path::Path,
    process::{Command, Stdio},
};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// The lines of the `sh` blocks.
fn commands() -> Vec<String> {
    let readme = fs::read_to_string(Path::new(ROOT).join("README.md")).expect("the README");
    let mut inside = false;
    let mut lines = Vec::new();
    for line in readme.lines() {
        match line {
            "```sh" => inside = true,
            "```" => inside = false,
            line if inside && !line.trim().is_empty() => lines.push(line.to_owned()),
            _ => {}
        }
    }
    lines
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("copied");
        }
    }
}

/// The arguments of a command line with simple quotation marks.
fn arguments(line: &str) -> Vec<String> {
    let mut arguments = Vec::new();
    for (position, part) in line.split('"').enumerate() {
        if position % 2 == 1 {
            arguments.push(part.to_owned());
        } else {
            arguments.extend(part.split_whitespace().map(str::to_owned));
        }
    }
    arguments
}

/// Starts a server, reads its address and stops it.
fn serves(folder: &Path, arguments: &[String]) {
    let mut server = Command::new(env!("CARGO_BIN_EXE_kaffe"))
        .args(arguments)
        .args(["--listen", "127.0.0.1:0"])
        .current_dir(folder)
        .stdout(Stdio::piped())
        .spawn()
        .expect("started");
    let mut first = String::new();
    let out = server.stdout.take().expect("its output");
    BufReader::new(out).read_line(&mut first).expect("a line");
    server.kill().expect("stopped");
    server.wait().expect("ended");
    assert!(
        first.starts_with("http://127.0.0.1:"),
        "{arguments:?} says {first:?}"
    );
}

#[test]
fn every_command_of_the_readme_does_what_it_says() {
    let commands = commands();
    assert!(
        commands.len() >= 9,
        "the README has lost its commands: {commands:?}"
    );
    let folder = tempfile::tempdir().expect("a folder");
    copy(
        &Path::new(ROOT).join("content"),
        &folder.path().join("content"),
    );
    for line in &commands {
        let words = arguments(line);
        let words: Vec<String> = match words.as_slice() {
            // The very command of the first build is this build's binary.
            [cargo, run, release, dashes, rest @ ..]
                if [cargo.as_str(), run, release, dashes]
                    == ["cargo", "run", "--release", "--"] =>
            {
                rest.to_vec()
            }
            [kaffe, rest @ ..] if kaffe == "kaffe" => rest.to_vec(),
            [test] if test == "tests/run" => {
                // This test is a part of what it runs.
                assert!(Path::new(ROOT).join("tests/run").is_file());
                let ci = fs::read_to_string(Path::new(ROOT).join(".ci/run")).expect(".ci/run");
                assert!(
                    ci.contains("tests/run"),
                    ".ci/run does not call the README's test command"
                );
                continue;
            }
            [cargo, test, flag, name] if cargo == "cargo" && test == "test" && flag == "--test" => {
                // A test that tests/run runs too.
                let manifest = fs::read_to_string(Path::new(ROOT).join("Cargo.toml"));
                let named = format!("name = \"{name}\"");
                assert!(manifest.expect("a manifest").contains(&named), "{line}");
                continue;
            }
            [program, rest @ ..] => {
                let done = Command::new(program)
                    .args(rest)
                    .current_dir(folder.path())
                    .status()
                    .expect("run");
                assert!(done.success(), "{line}");
                continue;
            }
            [] => continue,
        };
        if words.first().is_some_and(|w| w == "serve") {
            serves(folder.path(), &words);
            continue;
        }
        let done = Command::new(env!("CARGO_BIN_EXE_kaffe"))
            .args(&words)
            .current_dir(folder.path())
            .output()
            .expect("run");
        assert!(
            done.status.success(),
            "{line}: {}",
            String::from_utf8_lossy(&done.stderr)
        );
    }
    assert!(
        folder
            .path()
            .join("content/proevehandlinger/kaffe-paa-trappen.md")
            .is_file()
    );
    assert!(folder.path().join("udgave/index.html").is_file());
    assert!(folder.path().join("min-side/kaffe.yaml").is_file());
    assert!(folder.path().join("kaffe-backup.tar.gz").is_file());
}
