//! A letter as the net carries it: headers, plain text and HTML.

use std::time::SystemTime;

use jiff::Timestamp;
use lettre::{
    Message,
    message::{
        Mailbox, MultiPart,
        header::{HeaderName, HeaderValue},
    },
};

use super::MailError;
use crate::render::Digest;

/// What stands on the outside of a letter.
pub(super) struct Outside<'a> {
    /// What the sender is called: the site.
    pub from_name: &'a str,
    /// The sender's address.
    pub from: &'a str,
    /// The receiver's address; nobody is called by name.
    pub to: &'a str,
    /// What the letter is told from others by.
    pub id: &'a str,
    /// When it is sent.
    pub now: Timestamp,
    /// The language of its words.
    pub lang: &'a str,
    /// The whole address at which its reader ends the letters.
    pub unsubscribe: Option<&'a str>,
}

/// Packs a letter.
pub(super) fn pack(outside: &Outside<'_>, letter: &Digest) -> Result<Message, MailError> {
    let address = |text: &str| {
        text.parse::<lettre::Address>()
            .map_err(|source| MailError::Address {
                address: text.to_owned(),
                source,
            })
    };
    let (from, to) = (address(outside.from)?, address(outside.to)?);
    let host = from.domain().to_owned();
    let mut message = Message::builder()
        .from(Mailbox::new(Some(one_line(outside.from_name)), from))
        .to(Mailbox::new(None, to))
        .subject(one_line(&letter.subject))
        .date(SystemTime::from(outside.now))
        .message_id(Some(format!("<{}@{host}>", outside.id)))
        // No machine answers a machine (RFC 3834).
        .raw_header(raw("Auto-Submitted", "auto-generated"))
        .raw_header(raw("Content-Language", outside.lang));
    if let Some(stop) = outside
        .unsubscribe
        .filter(|stop| may_stand_in_a_header(stop))
    {
        message = message.raw_header(raw("List-Unsubscribe", &format!("<{stop}>")));
        // One click without a page is for encrypted addresses only (RFC 8058).
        if stop.starts_with("https://") {
            message =
                message.raw_header(raw("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"));
        }
    }
    let parts = MultiPart::alternative_plain_html(letter.text.clone(), letter.html.clone());
    message.multipart(parts).map_err(MailError::Pack)
}

/// A header that is ASCII already and must not be broken into lines.
fn raw(name: &'static str, value: &str) -> HeaderValue {
    let name = HeaderName::new_from_ascii_str(name);
    HeaderValue::dangerous_new_pre_encoded(name, value.to_owned(), value.to_owned())
}

fn may_stand_in_a_header(address: &str) -> bool {
    address
        .bytes()
        .all(|b| b.is_ascii_graphic() && !b"<>,".contains(&b))
}

/// What people wrote, without what would begin a new line.
fn one_line(text: &str) -> String {
    let words = text.split(|c: char| c.is_whitespace() || c.is_control());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn packed(from_name: &str, subject: &str, stop: &str) -> String {
        let outside = Outside {
            from_name,
            from: "kaffe@kommune.example",
            to: "team@kommune.example",
            id: "abc",
            now: "2021-11-01T06:00:00Z".parse().expect("a moment"),
            lang: "da",
            unsubscribe: Some(stop),
        };
        let letter = Digest {
            subject: subject.to_owned(),
            text: "Hej.\n".to_owned(),
            html: "<p>Hej.</p>\n".to_owned(),
        };
        let message = pack(&outside, &letter).expect("packed");
        String::from_utf8(message.formatted()).expect("words")
    }

    fn head(text: &str) -> &str {
        text.split("\r\n\r\n").next().expect("a head")
    }

    #[test]
    fn a_title_cannot_add_a_header_or_a_receiver() {
        let text = packed(
            "Kaffe\r\nBcc: a@b.example",
            "Nyt\nX-Ond: ja\u{0}\u{2028}æ",
            "https://kaffe.example/afmeld/abc/",
        );
        let names: Vec<&str> = head(&text)
            .lines()
            .filter(|line| !line.starts_with(' '))
            .filter_map(|line| line.split_once(':').map(|(name, _)| name))
            .collect();
        assert!(
            !names.contains(&"Bcc") && !names.contains(&"X-Ond"),
            "{names:?}"
        );
        assert!(
            text.contains("Message-ID: <abc@kommune.example>\r\n"),
            "{text}"
        );
        assert!(
            text.contains("Date: Mon, 01 Nov 2021 06:00:00 +0000\r\n"),
            "{text}"
        );
        assert!(text.contains("To: team@kommune.example\r\n"), "{text}");
    }

    #[test]
    fn one_click_is_offered_for_encrypted_addresses_only() {
        let line = "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n";
        let long = format!("https://kaffe.example/{}/afmeld/abc/", "lang".repeat(40));
        let text = packed("Kaffe", "Nyt", &long);
        assert!(
            text.contains(&format!("List-Unsubscribe: <{long}>\r\n")),
            "{text}"
        );
        assert!(text.contains(line));
        let text = packed("Kaffe", "Nyt", "http://kaffe.example/afmeld/abc/");
        assert!(text.contains("List-Unsubscribe: <http://kaffe.example/afmeld/abc/>\r\n"));
        assert!(!text.contains(line));
        for odd in [
            "https://kåffe.example/",
            "https://a/>, <mailto:b@c.example",
            "https://a/ b",
        ] {
            assert!(
                !packed("Kaffe", "Nyt", odd).contains("List-Unsubscribe"),
                "{odd}"
            );
        }
    }
}
