//! Running the `git` program, for remotes alone: it knows every protocol and the operator's keys.
//! It runs without a shell, without hooks, without asking, and not for ever.

use std::{
    ffi::{OsStr, OsString},
    io::Read,
    process::{Child, Command, Stdio},
    sync::mpsc::{self, RecvTimeoutError},
    thread,
    time::{Duration, Instant},
};

use super::{History, HistoryError};

/// How long git may take.
const LIMIT: Duration = Duration::from_mins(2);

/// More of what git says is of no use, in bytes.
const MOST_SAID: u64 = 256 * 1024;

/// Settings of the environment that would lead git to another repository.
const MISLEADING: [&str; 11] = [
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_COMMON_DIR",
    "GIT_INDEX_FILE",
    "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_NAMESPACE",
    "GIT_CONFIG",
    "GIT_QUARANTINE_PATH",
    "GIT_CEILING_DIRECTORIES",
    "GIT_TRACE",
];

/// What git said.
pub(super) struct Said {
    pub done: bool,
    pub out: String,
    pub err: String,
}

impl History {
    pub(super) fn succeeded(&self, command: &'static str, said: &Said) -> Result<(), HistoryError> {
        if said.done {
            return Ok(());
        }
        Err(self.failed(command, format!("{} {}", said.err.trim(), said.out.trim())))
    }

    fn failed(&self, command: &'static str, said: impl Into<String>) -> HistoryError {
        HistoryError::Program {
            root: self.root.clone(),
            command,
            said: said.into(),
        }
    }

    pub(super) fn git(&self, command: &'static str, args: &[&str]) -> Result<Said, HistoryError> {
        self.git_within(LIMIT, command, args)
    }

    pub(super) fn git_within(
        &self,
        limit: Duration,
        command: &'static str,
        args: &[&str],
    ) -> Result<Said, HistoryError> {
        let mut git = Command::new("git");
        git.arg("-C").arg(&self.root);
        let hooks = self.git.join("kaffe-no-hooks");
        for (key, value) in [
            ("core.hooksPath", hooks.as_os_str()),
            ("gc.auto", OsStr::new("0")),
            ("maintenance.auto", OsStr::new("false")),
            ("core.fsmonitor", OsStr::new("false")),
            ("push.gpgSign", OsStr::new("false")),
            ("advice.pushUpdateRejected", OsStr::new("true")),
        ] {
            let mut setting = OsString::from(key);
            setting.push("=");
            setting.push(value);
            git.arg("-c").arg(setting);
        }
        git.arg(command).args(args);
        for name in MISLEADING {
            git.env_remove(name);
        }
        git.env("GIT_TERMINAL_PROMPT", "0").env("LC_ALL", "C");
        git.stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let child = git
            .spawn()
            .map_err(|error| self.failed(command, format!("cannot start git: {error}")))?;
        ended(child, limit).map_err(|said| self.failed(command, said))
    }
}

/// Waits for the end, reading what is said; a process that takes too long is ended.
fn ended(mut child: Child, limit: Duration) -> Result<Said, String> {
    let until = Instant::now() + limit;
    let (tell, hear) = mpsc::channel();
    let mut streams: Vec<(bool, Box<dyn Read + Send>)> = Vec::new();
    streams.extend(child.stdout.take().map(|s| (true, Box::new(s) as Box<_>)));
    streams.extend(child.stderr.take().map(|s| (false, Box::new(s) as Box<_>)));
    let mut open = streams.len();
    for (is_out, stream) in streams {
        let tell = tell.clone();
        thread::spawn(move || {
            let mut bytes = Vec::new();
            // A stream that breaks has said what it said.
            let _ = stream.take(MOST_SAID).read_to_end(&mut bytes);
            let text = String::from_utf8_lossy(&bytes).into_owned();
            // Nobody listens any more when the time is up.
            let _ = tell.send((is_out, text));
        });
    }
    let (mut out, mut err) = (String::new(), String::new());
    while open > 0 {
        match hear.recv_timeout(until.saturating_duration_since(Instant::now())) {
            Ok((true, text)) => out = text,
            Ok((false, text)) => err = text,
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {
                // It may have ended in this moment.
                let _ = child.kill();
                let _ = child.wait();
                return Err(format!(
                    "it took more than {} s and was ended",
                    limit.as_secs()
                ));
            }
        }
        open -= 1;
    }
    let status = child.wait().map_err(|error| error.to_string())?;
    Ok(Said {
        done: status.success(),
        out,
        err,
    })
}
