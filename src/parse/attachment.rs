//! The bytes of a file that is no text of ours: what it is, and whether it may be shown.

use std::io::Cursor;

use image::{ImageFormat, ImageReader};

use crate::{
    diag::{Code, Diagnostic},
    model::{Attachment, AttachmentKind, SourcePath},
};

/// Files that a browser runs when somebody opens them: never given to a reader, by no door.
const ACTIVE: [&str; 14] = [
    "html", "htm", "xhtml", "xht", "shtml", "mhtml", "mht", "xml", "xsl", "svgz", "js", "mjs",
    "hta", "swf",
];

/// Looks at a file and forgets its bytes.
#[must_use]
pub fn inspect(path: &SourcePath, bytes: &[u8]) -> (Attachment, Vec<Diagnostic>) {
    let mut problems = Vec::new();
    let kind = match path.extension().as_str() {
        "svg" => drawing(path, bytes, &mut problems),
        "jpg" | "jpeg" | "png" | "webp" => photo(path, bytes, &mut problems),
        ending if ACTIVE.contains(&ending) => {
            problems.push(Diagnostic::new(Code::K407, path.as_str()).arg("name", path.file_name()));
            AttachmentKind::Refused
        }
        _ => AttachmentKind::Other,
    };
    let hash = blake3::hash(bytes).to_hex().as_str().into();
    let size = bytes.len() as u64;
    (
        Attachment {
            path: path.clone(),
            kind,
            size,
            hash,
        },
        problems,
    )
}

fn photo(path: &SourcePath, bytes: &[u8], problems: &mut Vec<Diagnostic>) -> AttachmentKind {
    let size = ImageReader::new(Cursor::new(bytes))
        .with_guessed_format()
        .ok()
        .filter(|r| {
            matches!(
                r.format(),
                Some(ImageFormat::Jpeg | ImageFormat::Png | ImageFormat::WebP)
            )
        })
        .and_then(|r| r.into_dimensions().ok());
    match size {
        Some((width, height)) if u64::from(width) * u64::from(height) <= 100_000_000 => {
            AttachmentKind::Photo { width, height }
        }
        _ => {
            problems.push(Diagnostic::new(Code::K408, path.as_str()).arg("name", path.file_name()));
            AttachmentKind::Refused
        }
    }
}

/// A drawing is shown as an image, where no script runs; one that carries any is refused all the
/// same, because somebody may open the file itself.
fn drawing(path: &SourcePath, bytes: &[u8], problems: &mut Vec<Diagnostic>) -> AttachmentKind {
    let text = String::from_utf8_lossy(bytes).to_lowercase();
    let active = [
        "<script",
        "<foreignobject",
        "<iframe",
        "<embed",
        "<object",
        "<!entity",
        "<?xml-stylesheet",
        "javascript:",
        "@import",
        "<handler",
        "<set",
        "<animate",
    ];
    let handler = text.split_whitespace().any(|word| {
        word.strip_prefix("on").is_some_and(|rest| {
            rest.split_once('=').is_some_and(|(name, _)| {
                !name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase())
            })
        })
    });
    let outside = text.match_indices("href").any(|(at, _)| {
        let rest = text.get(at + 4..).unwrap_or_default().trim_start();
        let value = rest
            .strip_prefix('=')
            .map(|r| r.trim_start().trim_start_matches(['"', '\'']));
        value.is_some_and(|v| !v.starts_with('#'))
    }) || text.contains("url(http")
        || text.contains("url(//")
        || text.contains("url(\"http")
        || text.contains("url('http");
    if !text.contains("<svg") || active.iter().any(|word| text.contains(word)) || handler || outside
    {
        problems.push(Diagnostic::new(Code::K407, path.as_str()).arg("name", path.file_name()));
        return AttachmentKind::Refused;
    }
    AttachmentKind::Drawing
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(name: &str, bytes: &str) -> AttachmentKind {
        inspect(&SourcePath::new(name).expect("a path"), bytes.as_bytes())
            .0
            .kind
    }

    #[test]
    fn a_drawing_with_anything_active_is_refused() {
        assert_eq!(
            kind(
                "a.svg",
                "<svg><title>Løg</title><style>.a{fill:red}</style></svg>"
            ),
            AttachmentKind::Drawing
        );
        for bad in [
            "<svg><script>x</script></svg>",
            "<svg onload=\"x()\"></svg>",
            "<svg><a xlink:href=\"javascript:x\"/></svg>",
            "<svg><image href=\"https://x.dk/a.png\"/></svg>",
            "<svg><foreignObject/></svg>",
            "<p>ingen tegning</p>",
        ] {
            assert_eq!(kind("a.svg", bad), AttachmentKind::Refused, "{bad}");
        }
    }

    #[test]
    fn a_photo_that_is_none_is_refused() {
        assert_eq!(kind("a.jpg", "hej"), AttachmentKind::Refused);
    }
}
