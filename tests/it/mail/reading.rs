//! A letter read back, strictly: what a mail program would have to guess at ends the test.

/// A letter as its reader gets it.
#[derive(Debug)]
pub struct Read {
    pub headers: Vec<(String, String)>,
    pub text: String,
    pub html: String,
}

impl Read {
    pub fn header(&self, name: &str) -> &str {
        let found: Vec<&str> = self
            .headers
            .iter()
            .filter(|(n, _)| n.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
            .collect();
        assert!(found.len() < 2, "{name} stands twice");
        found.first().copied().unwrap_or_default()
    }

    /// The address that ends the letters, as mail programs know it.
    pub fn stop(&self) -> &str {
        let inside = self.header("List-Unsubscribe").strip_prefix('<');
        inside
            .and_then(|s| s.strip_suffix('>'))
            .expect("an address")
    }

    /// Both parts hold these words.
    #[track_caller]
    pub fn says(&self, words: &str) -> &Self {
        for part in [&self.text, &self.html] {
            assert!(part.contains(words), "»{words}« is not in\n{part}");
        }
        self
    }

    /// Nothing of the letter holds these words.
    #[track_caller]
    pub fn never_says(&self, words: &str) -> &Self {
        let all = format!("{:?}\n{}\n{}", self.headers, self.text, self.html);
        assert!(!all.contains(words), "»{words}« is in\n{all}");
        self
    }
}

/// Reads a letter of two parts, plain text and HTML.
pub fn read(letter: &str) -> Read {
    assert!(letter.is_ascii(), "what goes over the line is ASCII");
    let (head, body) = letter.split_once("\r\n\r\n").expect("a head");
    let headers = headers(head);
    let kind = value(&headers, "Content-Type");
    let boundary = kind
        .strip_prefix("multipart/alternative; boundary=\"")
        .and_then(|rest| rest.strip_suffix('"'))
        .unwrap_or_else(|| panic!("{kind}"));
    let mark = format!("--{boundary}");
    let (inside, after) = body
        .split_once(&format!("\r\n{mark}--"))
        .expect("the end of the last part");
    assert_eq!(after.trim(), "");
    let inside = inside.strip_prefix(&mark).expect("the first part");
    let parts: Vec<&str> = inside.split(&format!("\r\n{mark}")).collect();
    let [plain, html] = parts.as_slice() else {
        panic!("{} parts", parts.len())
    };
    Read {
        text: part(plain, "text/plain; charset=utf-8"),
        html: part(html, "text/html; charset=utf-8"),
        headers,
    }
}

fn part(part: &str, kind: &str) -> String {
    let part = part.strip_prefix("\r\n").expect("a line of its own");
    let (head, body) = part.split_once("\r\n\r\n").expect("a head");
    let headers = headers(head);
    assert_eq!(value(&headers, "Content-Type"), kind);
    let bytes = match value(&headers, "Content-Transfer-Encoding") {
        "quoted-printable" => quoted(body),
        "base64" => base64(&body.replace("\r\n", "")),
        "7bit" => body.as_bytes().to_vec(),
        other => panic!("{other}"),
    };
    let text = String::from_utf8(bytes).expect("whole letters");
    text.replace("\r\n", "\n")
}

/// Headers by name, unfolded and decoded.
fn headers(head: &str) -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> = Vec::new();
    for line in head.split("\r\n") {
        if line.starts_with([' ', '\t']) {
            all.last_mut().expect("a header before").1.push_str(line);
        } else {
            let (name, value) = line.split_once(": ").unwrap_or_else(|| panic!("{line:?}"));
            all.push((name.to_owned(), value.to_owned()));
        }
    }
    for (_, value) in &mut all {
        *value = decoded(value);
    }
    all
}

fn value<'a>(headers: &'a [(String, String)], name: &str) -> &'a str {
    let found = headers.iter().find(|(n, _)| n.eq_ignore_ascii_case(name));
    found.map_or("", |(_, value)| value.as_str())
}

/// The words of a header: encoded ones (RFC 2047) as they are meant; between two of them space means nothing.
fn decoded(value: &str) -> String {
    let mut out = String::new();
    let mut bytes: Vec<u8> = Vec::new();
    let mut rest = value;
    while let Some((before, after)) = rest.split_once("=?") {
        let is_between = !bytes.is_empty() && before.trim().is_empty();
        if !is_between {
            out.push_str(&String::from_utf8(std::mem::take(&mut bytes)).expect("whole letters"));
            out.push_str(before);
        }
        let mut fields = after.splitn(3, '?');
        let (charset, how) = (fields.next().expect("a set"), fields.next().expect("a way"));
        assert!(charset.eq_ignore_ascii_case("utf-8"), "{charset}");
        assert!(how.eq_ignore_ascii_case("b"), "{how}");
        let (word, after) = fields
            .next()
            .and_then(|f| f.split_once("?="))
            .expect("a word");
        bytes.extend(base64(word));
        rest = after;
    }
    out.push_str(&String::from_utf8(bytes).expect("whole letters"));
    out.push_str(rest);
    out
}

/// Quoted-printable (RFC 2045), as strictly as it is written there.
fn quoted(text: &str) -> Vec<u8> {
    let mut out = Vec::new();
    let lines: Vec<&str> = text.split("\r\n").collect();
    for (position, line) in lines.iter().enumerate() {
        assert!(line.len() <= 76, "a line is too long: {line}");
        assert!(
            !line.ends_with([' ', '\t']),
            "a space ends a line: {line:?}"
        );
        let mut rest = line.bytes();
        let mut goes_on = false;
        while let Some(byte) = rest.next() {
            if byte != b'=' {
                assert!(matches!(byte, b'\t' | b' '..=b'~'), "{byte} in {line:?}");
                out.push(byte);
                continue;
            }
            let (Some(high), low) = (rest.next(), rest.next()) else {
                goes_on = true;
                break;
            };
            let hex = [
                high,
                low.unwrap_or_else(|| panic!("half a letter: {line:?}")),
            ];
            let hex = std::str::from_utf8(&hex).expect("ASCII");
            assert!(
                hex.chars()
                    .all(|c| c.is_ascii_digit() || c.is_ascii_uppercase()),
                "{hex}"
            );
            out.push(u8::from_str_radix(hex, 16).unwrap_or_else(|_| panic!("{hex} in {line:?}")));
        }
        if !goes_on && position + 1 < lines.len() {
            out.extend(b"\r\n");
        }
    }
    out
}

/// Base64 (RFC 4648).
pub fn base64(text: &str) -> Vec<u8> {
    let mut out = Vec::new();
    assert_eq!(text.len() % 4, 0, "{text}");
    for four in text.as_bytes().chunks(4) {
        let filled = four.iter().filter(|b| **b != b'=').count();
        let number = four.iter().fold(0_u32, |sum, byte| {
            let bits = match byte {
                b'A'..=b'Z' => byte - b'A',
                b'a'..=b'z' => byte - b'a' + 26,
                b'0'..=b'9' => byte - b'0' + 52,
                b'+' => 62,
                b'/' => 63,
                b'=' => 0,
                other => panic!("{other} is no letter of base64"),
            };
            sum << 6 | u32::from(bits)
        });
        out.extend(&number.to_be_bytes()[1..filled]);
    }
    out
}

#[test]
fn the_reader_reads_what_the_papers_say() {
    assert_eq!(base64("w6bDuMOl"), "æøå".as_bytes());
    assert_eq!(base64("YQ=="), b"a");
    assert_eq!(
        quoted("s=C3=A5=\r\n mange =3D\r\n=20"),
        "så mange =\r\n ".as_bytes()
    );
    assert_eq!(
        decoded("Nyt =?utf-8?b?w6Y=?= =?utf-8?b?w7g=?= <a>"),
        "Nyt æø <a>"
    );
}
