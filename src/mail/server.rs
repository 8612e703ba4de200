//! The mail server of the operator: its address, and a conversation with it.

use std::{fmt, time::Duration};

use lettre::{
    Message,
    transport::smtp::{
        authentication::{Credentials, DEFAULT_MECHANISMS},
        client::{SmtpConnection, TlsParameters},
        extension::ClientId,
    },
};

/// How long the server may be silent.
const PATIENCE: Duration = Duration::from_secs(30);

/// A mail server, and how it is talked to.
#[derive(Clone)]
pub struct Server {
    host: String,
    port: u16,
    security: Security,
    credentials: Option<Credentials>,
    /// The name that kaffe greets it with.
    hello: ClientId,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Security {
    /// Nothing is encrypted.
    Plain,
    /// The conversation must become encrypted before anything is said.
    StartTls,
    /// It is encrypted from the beginning.
    Tls,
}

/// The address of a mail server is none; operators read it.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum ServerError {
    /// Not of the form of an address.
    #[error(
        "a mail server is smtps://HOST, starttls://HOST or smtp://HOST, with USER@ before and :PORT behind the host where needed"
    )]
    Form,
    /// A password on the command line can be read by everybody on the machine.
    #[error(
        "the password does not belong in the address; write it to a file and name it with --smtp-password-file"
    )]
    PasswordInside,
    /// A user without a password, or the other way round.
    #[error("a user in the address and --smtp-password-file belong together")]
    HalfCredentials,
    /// A password would go over an open line.
    #[error(
        "a password goes to another machine over an encrypted line only: smtps:// or starttls://"
    )]
    OpenLine,
}

/// A letter was not taken.
#[derive(Debug, thiserror::Error)]
pub enum SendError {
    /// The server cannot be reached, does not know us, or the line broke; the letter is not the reason.
    #[error("the mail server {server} cannot be used")]
    Server {
        /// Which.
        server: String,
        /// Why.
        #[source]
        source: lettre::transport::smtp::Error,
    },
    /// The line broke while the letter was handed over.
    #[error("the line broke")]
    Broken(#[source] lettre::transport::smtp::Error),
    /// The server said no to this letter.
    #[error("the mail server refuses the letter")]
    Refused {
        /// Whether it says that trying again is of no use.
        for_good: bool,
        /// What it said.
        #[source]
        source: lettre::transport::smtp::Error,
    },
}

impl Server {
    /// Reads an address as an operator writes it: `smtps://user@mail.example:465`, `starttls://…`, `smtp://…`. kaffe
    /// greets the server with the host that letters come from.
    ///
    /// # Errors
    /// When it is none, or a password would be in danger.
    pub fn new(address: &str, password: Option<&str>, from: &str) -> Result<Self, ServerError> {
        let (scheme, rest) = address.split_once("://").ok_or(ServerError::Form)?;
        let (security, port) = match scheme {
            "smtps" => (Security::Tls, 465),
            "starttls" => (Security::StartTls, 587),
            "smtp" => (Security::Plain, 25),
            _ => return Err(ServerError::Form),
        };
        let (user, place) = match rest.rsplit_once('@') {
            Some((user, place)) => (Some(user), place),
            None => (None, rest),
        };
        if user.is_some_and(|user| user.contains(':')) {
            return Err(ServerError::PasswordInside);
        }
        let place = place.trim_end_matches('/');
        let (host, port) = match place.rsplit_once(':') {
            Some((host, port)) if !port.contains(']') => {
                (host, port.parse().map_err(|_| ServerError::Form)?)
            }
            _ => (place, port),
        };
        let host = host.trim_start_matches('[').trim_end_matches(']');
        let odd = |c: char| c.is_whitespace() || c.is_control() || "/?#@".contains(c);
        if host.is_empty() || host.contains(odd) {
            return Err(ServerError::Form);
        }
        let credentials = match (user, password) {
            (Some(user), Some(password)) => {
                let user = percent_encoding::percent_decode_str(user);
                let user = user.decode_utf8().map_err(|_| ServerError::Form)?;
                Some(Credentials::new(user.into_owned(), password.to_owned()))
            }
            (None, None) => None,
            _ => return Err(ServerError::HalfCredentials),
        };
        if credentials.is_some() && security == Security::Plain && !is_this_machine(host) {
            return Err(ServerError::OpenLine);
        }
        let hello = from.rsplit_once('@').map_or("localhost", |(_, host)| host);
        Ok(Self {
            host: host.to_owned(),
            port,
            security,
            credentials,
            hello: ClientId::Domain(hello.to_owned()),
        })
    }

    /// Begins a conversation.
    pub(super) fn open(&self) -> Result<Line, SendError> {
        let failed = |source| SendError::Server {
            server: format!("{}:{}", self.host, self.port),
            source,
        };
        let tls = match self.security {
            Security::Plain => None,
            _ => Some(TlsParameters::new(self.host.clone()).map_err(failed)?),
        };
        let from_the_start = tls.as_ref().filter(|_| self.security == Security::Tls);
        let address = (self.host.as_str(), self.port);
        let mut line =
            SmtpConnection::connect(address, Some(PATIENCE), &self.hello, from_the_start, None)
                .map_err(failed)?;
        if let (Security::StartTls, Some(tls)) = (self.security, &tls) {
            // A server that cannot is not told anything.
            line.starttls(tls, &self.hello).map_err(failed)?;
        }
        if let Some(credentials) = &self.credentials {
            line.auth(DEFAULT_MECHANISMS, credentials).map_err(failed)?;
        }
        Ok(Line(line))
    }
}

impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { host, port, .. } = self;
        write!(f, "Server({:?} {host}:{port})", self.security)
    }
}

/// A conversation with a mail server.
pub(super) struct Line(SmtpConnection);

impl Line {
    /// Hands a letter over. After a failure the line is of no use any more.
    pub fn send(&mut self, letter: &Message) -> Result<(), SendError> {
        let sent = self.0.send(letter.envelope(), &letter.formatted());
        sent.map(drop).map_err(|source| {
            if source.status().is_some() || source.is_client() {
                let for_good = source.is_permanent() || source.is_client();
                SendError::Refused { for_good, source }
            } else {
                SendError::Broken(source)
            }
        })
    }

    /// Says goodbye; what was taken stays taken, whatever the server answers.
    pub fn end(mut self) {
        drop(self.0.quit());
    }
}

fn is_this_machine(host: &str) -> bool {
    host.eq_ignore_ascii_case("localhost")
        || host
            .parse::<std::net::IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    const FROM: &str = "kaffe@kommune.example";

    fn read(address: &str, password: Option<&str>) -> Result<(String, u16, Security), ServerError> {
        Server::new(address, password, FROM).map(|s| (s.host, s.port, s.security))
    }

    #[test]
    fn addresses_are_read_as_operators_write_them() {
        let known = [
            (
                "smtps://mail.example",
                None,
                ("mail.example", 465, Security::Tls),
            ),
            (
                "starttls://kaffe%40kommune.example@mail.example/",
                Some("x"),
                ("mail.example", 587, Security::StartTls),
            ),
            ("smtp://relay", None, ("relay", 25, Security::Plain)),
            (
                "smtp://a@127.0.0.1:2525",
                Some("x"),
                ("127.0.0.1", 2525, Security::Plain),
            ),
            ("smtp://[::1]:2525", None, ("::1", 2525, Security::Plain)),
            ("smtp://[::1]", None, ("::1", 25, Security::Plain)),
        ];
        for (address, password, (host, port, security)) in known {
            let expected = Ok((host.to_owned(), port, security));
            assert_eq!(read(address, password), expected, "{address}");
        }
    }

    #[test]
    fn a_password_is_never_in_the_address_and_never_on_an_open_line() {
        let refused = [
            (
                "smtps://a:hemmelig@mail.example",
                None,
                ServerError::PasswordInside,
            ),
            ("smtps://a@mail.example", None, ServerError::HalfCredentials),
            (
                "smtps://mail.example",
                Some("x"),
                ServerError::HalfCredentials,
            ),
            ("smtp://a@mail.example", Some("x"), ServerError::OpenLine),
            ("http://mail.example", None, ServerError::Form),
            ("mail.example", None, ServerError::Form),
            ("smtp://", None, ServerError::Form),
            ("smtp://mail.example:mange", None, ServerError::Form),
            ("smtp://mail.example/?tls=required", None, ServerError::Form),
        ];
        for (address, password, error) in refused {
            assert_eq!(read(address, password), Err(error), "{address}");
        }
        let server = Server::new("smtps://a@mail.example", Some("hemmelig"), FROM);
        assert!(!format!("{:?}", server.expect("an address")).contains("hemmelig"));
    }
}
