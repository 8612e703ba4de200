//! `kaffe user` and the door of a running server: the real binary, two processes on one data folder.

use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::Path,
    process::{ChildStderr, Stdio},
};

use crate::{
    cli::{Ran, Server, ask, good, kaffe, ran},
    support::{PATIENCE, TestSite, public_record},
};

/// Runs `kaffe user …` on a site.
fn user(site: &TestSite, arguments: &[&str]) -> Ran {
    let mut command = kaffe();
    command
        .arg("user")
        .args(arguments)
        .arg("--content")
        .arg(site.root());
    ran(command.output().expect("kaffe runs"))
}

/// A running server: its address, and what it says to the person who started it.
struct Running {
    address: String,
    told: BufReader<ChildStderr>,
    _server: Server,
}

fn serve(site: &TestSite, arguments: &[&str]) -> Running {
    let mut server = Server(
        kaffe()
            .arg("serve")
            .arg(site.root())
            .args(["--listen", "127.0.0.1:0"])
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("kaffe runs"),
    );
    let mut lines = BufReader::new(server.0.stdout.take().expect("its output")).lines();
    let first = lines.next().expect("a line").expect("UTF-8");
    let told = BufReader::new(server.0.stderr.take().expect("its words"));
    let address = first.trim_start_matches("http://").trim_end_matches('/');
    Running {
        address: address.to_owned(),
        told,
        _server: server,
    }
}

impl Running {
    /// The path of the first link, which is told after the address.
    fn first_link(&mut self) -> String {
        let mut line = String::new();
        loop {
            line.clear();
            let read = self.told.read_line(&mut line).expect("a line");
            assert!(read > 0, "the server told of no first link");
            if let Some(at) = line.find("/ind/foerste/") {
                return line[at..].trim().to_owned();
            }
        }
    }

    fn post(&self, path: &str, fields: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).expect("a connection");
        stream.set_read_timeout(Some(PATIENCE)).expect("a limit");
        write!(
            stream,
            "POST {path} HTTP/1.1\r\nHost: {0}\r\nOrigin: http://{0}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {1}\r\nConnection: close\r\n\r\n{fields}",
            self.address,
            fields.len()
        )
        .expect("a question");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("an answer");
        String::from_utf8_lossy(&answer).into_owned()
    }
}

fn with_team() -> TestSite {
    let site = good();
    site.file("teams/team-a.md", public_record("titel: Team A", "Os."));
    site
}

#[cfg(unix)]
fn is_private(file: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    let about = fs::metadata(file).expect("a file");
    about.permissions().mode() & 0o777 == 0o600
}

#[test]
fn the_first_start_lets_the_person_at_the_keyboard_in_once() {
    let site = good();
    let mut server = serve(&site, &[]);
    let link = server.first_link();
    assert!(ask(&server.address, &link).starts_with("HTTP/1.1 200"));
    let signed_in = server.post(&link, "");
    assert!(
        signed_in.starts_with("HTTP/1.1 303") && signed_in.contains("set-cookie: kaffe="),
        "{signed_in}"
    );
    let replayed = server.post(&link, "");
    assert!(replayed.starts_with("HTTP/1.1 404"), "{replayed}");

    let made = user(&site, &["add", "Vera", "--role", "admin"]);
    assert_eq!(made.code, 0, "{}", made.err);
    let mut again = serve(&site, &[]);
    // The server says that it serves, and then no word of a first link: its log ends with it.
    drop(again._server);
    let mut rest = String::new();
    again
        .told
        .read_to_string(&mut rest)
        .expect("the rest of the log");
    assert!(!rest.contains("foerste"), "{rest}");
}

#[test]
fn a_running_server_knows_an_account_at_once_and_forgets_it_at_once() {
    let site = good();
    let server = serve(&site, &[]);
    let made = user(&site, &["add", "Vera", "--role", "analyst"]);
    assert_eq!((made.code, made.err.as_str()), (0, ""));
    let password = made.out.trim();
    assert!(
        password.len() >= 20 && !password.contains(' '),
        "{password}"
    );
    let fields = format!("navn=Vera&kodeord={password}");
    let signed_in = server.post("/ind/", &fields);
    assert!(signed_in.starts_with("HTTP/1.1 303"), "{signed_in}");

    let taken = user(&site, &["add", "vera", "--role", "admin"]);
    assert_eq!((taken.code, taken.out.as_str()), (2, ""));
    assert!(taken.err.contains("already"), "{}", taken.err);
    assert_eq!(user(&site, &["revoke", "Vera"]).code, 0);
    assert!(server.post("/ind/", &fields).starts_with("HTTP/1.1 401"));
    let list = user(&site, &["list"]);
    assert!(
        list.out.contains("Vera\tanalyst\t\tshut out"),
        "{}",
        list.out
    );
}

#[test]
fn a_password_may_be_read_from_standard_input_and_never_from_an_argument() {
    let site = good();
    let with_line = |arguments: &[&str], line: &str| {
        let mut child = kaffe()
            .arg("user")
            .args(arguments)
            .arg("--content")
            .arg(site.root())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("kaffe runs");
        let mut input = child.stdin.take().expect("its input");
        input.write_all(line.as_bytes()).expect("a line");
        drop(input);
        ran(child.wait_with_output().expect("it ends"))
    };
    let add = ["add", "Vera", "--role", "analyst", "--password-stdin"];
    let short = with_line(&add, "kort\n");
    assert_eq!((short.code, short.out.as_str()), (2, ""));
    assert!(short.err.contains("10 letters"), "{}", short.err);
    assert_eq!(user(&site, &["list"]).out, "", "nothing is left of it");
    let made = with_line(&add, "fire små grå æbler\n");
    assert_eq!((made.code, made.out.as_str()), (0, ""), "{}", made.err);
    let server = serve(&site, &[]);
    let fields = "navn=vera&kodeord=fire%20sm%C3%A5%20gr%C3%A5%20%C3%A6bler";
    assert!(server.post("/ind/", fields).starts_with("HTTP/1.1 303"));
    let changed = with_line(
        &["password", "Vera", "--password-stdin"],
        "et helt andet kodeord\n",
    );
    assert_eq!((changed.code, changed.out.as_str()), (0, ""));
    assert!(server.post("/ind/", fields).starts_with("HTTP/1.1 401"));
    assert_eq!(
        user(&site, &["add", "X", "--role", "admin", "--password", "x"]).code,
        2
    );
}

#[test]
fn a_token_goes_to_a_file_for_its_owner_alone() {
    let site = with_team();
    let file = site.beside("robot.token");
    let path = file.to_str().expect("a path");
    let made = user(
        &site,
        &[
            "add",
            "Robot",
            "--role",
            "team",
            "--team",
            "team-a",
            "--token-file",
            path,
        ],
    );
    assert_eq!(
        (made.code, made.out.as_str(), made.err.as_str()),
        (0, "", "")
    );
    let token = fs::read_to_string(&file)
        .expect("the token")
        .trim()
        .to_owned();
    #[cfg(unix)]
    assert!(is_private(&file));
    let server = serve(&site, &[]);
    let status = |token: &str| {
        let mut stream = TcpStream::connect(&server.address).expect("a connection");
        write!(
            stream,
            "GET /api/search?q=god HTTP/1.1\r\nHost: {}\r\nAuthorization: Bearer {token}\r\nConnection: close\r\n\r\n",
            server.address
        )
        .expect("a question");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("an answer");
        answer.split(' ').nth(1).expect("a status").to_owned()
    };
    assert_eq!(
        (status(&token), status("gaettet")),
        ("200".to_owned(), "401".to_owned())
    );
    let list = user(&site, &["list"]).out;
    assert!(
        list.contains("Robot\tteam\tteam-a\tin") && !list.contains(&token),
        "{list}"
    );
    let id = list
        .lines()
        .find_map(|line| line.strip_prefix("token\t"))
        .and_then(|rest| rest.split('\t').next())
        .expect("a token");
    assert_eq!(user(&site, &["revoke", id]).code, 0);
    assert_eq!(status(&token), "401");
}

#[test]
fn a_link_is_made_for_a_team_that_there_is_and_ends_when_it_is_revoked() {
    let site = with_team();
    let unknown = user(&site, &["link", "team-b"]);
    assert_eq!(unknown.code, 2);
    assert!(unknown.err.contains("team-a"), "{}", unknown.err);
    let made = user(&site, &["link", "team-a", "--until", "2099-12-31"]);
    assert_eq!((made.code, made.err.as_str()), (0, ""));
    let path = made.out.trim().to_owned();
    assert!(path.starts_with("/ind/") && path.ends_with('/'), "{path}");
    let server = serve(&site, &[]);
    let page = ask(&server.address, &path);
    assert!(
        page.starts_with("HTTP/1.1 200") && page.contains("Team A"),
        "{page}"
    );
    let asked = server.post(&path, "");
    assert!(asked.starts_with("HTTP/1.1 303"), "{asked}");
    let list = user(&site, &["list"]).out;
    assert!(
        list.contains("Team A\tteam\tuntil 2099-12-31") && list.contains("\twaits\t"),
        "{list}"
    );
    let id = path.trim_start_matches("/ind/").get(..8).expect("its id");
    assert_eq!(user(&site, &["revoke", id]).code, 0);
    assert!(ask(&server.address, &path).starts_with("HTTP/1.1 404"));
    assert_eq!(user(&site, &["revoke", id]).code, 2);
    assert_eq!(user(&site, &["link"]).code, 2);
    let guests = user(&site, &["link", "--guests"]);
    assert!(ask(&server.address, guests.out.trim()).contains("Følgegruppen"));
    let over = user(&site, &["link", "team-a", "--until", "2001-01-01"]);
    assert!(ask(&server.address, over.out.trim()).starts_with("HTTP/1.1 404"));
}

#[test]
fn a_site_for_those_signed_in_is_served_behind_its_door() {
    let site = with_team();
    site.file("kaffe.yaml", "titel: Lukket\nlæsning: login\n");
    let server = serve(&site, &[]);
    let page = ask(&server.address, "/teams/team-a/");
    assert!(
        page.starts_with("HTTP/1.1 303")
            && page.contains("location: /ind/?til=%2Fteams%2Fteam-a%2F"),
        "{page}"
    );
    assert!(ask(&server.address, "/ind/").starts_with("HTTP/1.1 200"));
    assert!(ask(&server.address, "/healthz").starts_with("HTTP/1.1 200"));
}

#[test]
fn behind_a_proxy_a_site_that_says_nothing_is_open_to_the_public_only() {
    let site = good();
    site.file(
        "sider/intern.md",
        "---\ntitel: Kun for projektet\n---\n\nHej.\n",
    );
    let own = serve(&site, &[]);
    assert!(ask(&own.address, "/sider/intern/").starts_with("HTTP/1.1 200"));
    let behind = serve(
        &site,
        &["--trust-proxy", "127.0.0.1,::1", "--user-header", "X-User"],
    );
    assert!(ask(&behind.address, "/sider/intern/").starts_with("HTTP/1.1 404"));
    let refused = ran(kaffe()
        .args([
            "serve",
            "--listen",
            "127.0.0.1:0",
            "--user-header",
            "X-User",
        ])
        .arg(site.root())
        .output()
        .expect("kaffe runs"));
    assert_eq!(
        refused.code, 2,
        "a header without a proxy is anybody's word"
    );
}
