//! A mail server on this machine, as small as it can be: it speaks SMTP over a real line, keeps what it took, and can be
//! told to refuse, to be busy, and to hang up.

use std::{
    collections::VecDeque,
    io::{BufRead, BufReader, Write},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex},
    thread,
};

/// What the server does with the next letter.
#[derive(Clone, Debug, PartialEq)]
pub enum Plan {
    /// Takes it.
    Take,
    /// Answers the receiver's address with this.
    Receiver(&'static str),
    /// Answers the whole letter with this.
    Text(&'static str),
    /// Hangs up when the letter has come, and has not taken it.
    HangUp,
    /// Takes the letter and hangs up without a word.
    TakeAndHangUp,
}

/// A letter that was taken.
#[derive(Clone, Debug)]
pub struct Taken {
    pub from: String,
    pub to: Vec<String>,
    /// The letter, as it came over the line.
    pub text: String,
    /// What [`SmtpServer::look`] saw at that moment.
    pub seen: Option<String>,
}

type Look = Box<dyn Fn() -> String + Send>;

#[derive(Default)]
struct State {
    plans: VecDeque<Plan>,
    letters: Vec<Taken>,
    /// The commands, as they came.
    said: Vec<String>,
    talks: usize,
    password: Option<(String, String)>,
    look: Option<Look>,
}

pub struct SmtpServer {
    pub port: u16,
    state: Arc<Mutex<State>>,
}

impl SmtpServer {
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let state: Arc<Mutex<State>> = Arc::default();
        let shared = Arc::clone(&state);
        // The thread ends with the process of the tests.
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                // A client that hangs up is no failure of the server's.
                let _ = talk(&stream, &shared);
            }
        });
        Self { port, state }
    }

    pub fn url(&self) -> String {
        format!("smtp://127.0.0.1:{}", self.port)
    }

    /// What is done with the next letters, one by one; all others are taken.
    pub fn plan(&self, plans: impl IntoIterator<Item = Plan>) {
        self.state.lock().unwrap().plans = plans.into_iter().collect();
    }

    /// Lets in only who knows this.
    pub fn ask_for(&self, user: &str, password: &str) {
        self.state.lock().unwrap().password = Some((user.to_owned(), password.to_owned()));
    }

    /// Looks at something at the moment in which a letter has come.
    pub fn look(&self, look: impl Fn() -> String + Send + 'static) {
        self.state.lock().unwrap().look = Some(Box::new(look));
    }

    /// Takes the letters out that have come.
    pub fn letters(&self) -> Vec<Taken> {
        std::mem::take(&mut self.state.lock().unwrap().letters)
    }

    /// The commands that have come since the last question.
    pub fn said(&self) -> Vec<String> {
        std::mem::take(&mut self.state.lock().unwrap().said)
    }

    /// How many conversations have begun since the last question.
    pub fn talks(&self) -> usize {
        std::mem::take(&mut self.state.lock().unwrap().talks)
    }
}

/// One conversation.
fn talk(stream: &TcpStream, shared: &Mutex<State>) -> std::io::Result<()> {
    shared.lock().unwrap().talks += 1;
    let mut lines = BufReader::new(stream);
    let say = |words: &str| {
        let mut out = stream;
        out.write_all(format!("{words}\r\n").as_bytes())
    };
    say("220 prøven.example ESMTP")?;
    let password = shared.lock().unwrap().password.clone();
    let (mut known, mut from, mut to) = (password.is_none(), String::new(), Vec::new());
    let mut plan = Plan::Take;
    loop {
        let mut line = String::new();
        if lines.read_line(&mut line)? == 0 {
            return Ok(());
        }
        assert!(line.ends_with("\r\n"), "a command ends with CRLF: {line:?}");
        let line = line.trim_end();
        shared.lock().unwrap().said.push(line.to_owned());
        let (verb, rest) = line.split_once(' ').unwrap_or((line, ""));
        match verb.to_ascii_uppercase().as_str() {
            "EHLO" => {
                say("250-proeven.example")?;
                if password.is_some() {
                    say("250-AUTH PLAIN")?;
                }
                say("250 8BITMIME")?;
            }
            "AUTH" => {
                let given = rest.strip_prefix("PLAIN ").expect("AUTH PLAIN");
                let given = String::from_utf8(super::reading::base64(given)).expect("words");
                let parts: Vec<&str> = given.split('\0').collect();
                known = password
                    .as_ref()
                    .is_some_and(|(user, word)| parts == ["", user.as_str(), word.as_str()]);
                say(if known {
                    "235 2.7.0 ok"
                } else {
                    "535 5.7.8 no"
                })?;
            }
            _ if !known => say("530 5.7.0 who are you?")?,
            "MAIL" => {
                plan = shared
                    .lock()
                    .unwrap()
                    .plans
                    .pop_front()
                    .unwrap_or(Plan::Take);
                from = between(rest);
                to.clear();
                say("250 ok")?;
            }
            "RCPT" => {
                to.push(between(rest));
                match plan {
                    Plan::Receiver(answer) => say(answer)?,
                    _ => say("250 ok")?,
                }
            }
            "DATA" => {
                say("354 go on")?;
                let text = letter(&mut lines)?;
                let mut state = shared.lock().unwrap();
                let seen = state.look.as_ref().map(|look| look());
                if matches!(plan, Plan::Take | Plan::TakeAndHangUp) {
                    state.letters.push(Taken {
                        from: from.clone(),
                        to: to.clone(),
                        text,
                        seen,
                    });
                }
                drop(state);
                match plan {
                    Plan::HangUp | Plan::TakeAndHangUp => return Ok(()),
                    Plan::Text(answer) => say(answer)?,
                    _ => say("250 taken")?,
                }
            }
            "QUIT" => return say("221 bye"),
            "NOOP" | "RSET" => say("250 ok")?,
            _ => say("502 what?")?,
        }
    }
}

/// The lines of a letter up to the point that stands alone.
fn letter(lines: &mut impl BufRead) -> std::io::Result<String> {
    let mut text = String::new();
    loop {
        let mut line = String::new();
        if lines.read_line(&mut line)? == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        if line == ".\r\n" {
            return Ok(text);
        }
        assert!(line.ends_with("\r\n"), "a line ends with CRLF: {line:?}");
        assert!(line.len() <= 1000, "a line is too long: {line:?}");
        text.push_str(line.strip_prefix('.').unwrap_or(&line));
    }
}

fn between(rest: &str) -> String {
    let (_, rest) = rest.split_once('<').expect("an address");
    rest.split_once('>').expect("its end").0.to_owned()
}
