//! The bare program that a build is held against: it reads the same files, makes HTML of their
//! Markdown with the same parser, and writes as many files with as many bytes. It knows nothing of
//! kinds, links, audiences or templates.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use pulldown_cmark::{Event, Options, Parser, Tag};
use rayon::prelude::*;
use rustc_hash::FxHashMap;

/// What stands in the place of everything that a bare program does not make.
const FILLING: &[u8] =
    b"<p>Det kunne have v\xc3\xa6ret et kort, et spor eller en henvisning.</p>\n";

/// A file that the build made: its path and its size.
pub type Size = (String, usize);

/// Reads, parses and writes; gives how many bytes were written.
///
/// # Errors
/// When the disk refuses.
pub fn build(content: &Path, sizes: &[Size], out: &Path) -> io::Result<usize> {
    let files: Vec<PathBuf> = walkdir::WalkDir::new(content)
        .into_iter()
        .filter_map(Result::ok)
        .filter(|e| e.file_type().is_file())
        .map(walkdir::DirEntry::into_path)
        .collect();
    let pages: io::Result<FxHashMap<String, String>> = files
        .par_iter()
        .filter_map(|file| page(content, file).transpose())
        .collect();
    let pages = pages?;
    let mut folders: Vec<PathBuf> = sizes
        .iter()
        .filter_map(|(path, _)| out.join(path).parent().map(Path::to_owned))
        .collect();
    folders.sort_unstable();
    folders.dedup();
    folders.iter().try_for_each(fs::create_dir_all)?;
    sizes
        .par_iter()
        .try_for_each(|(path, size)| fs::write(out.join(path), filled(pages.get(path), *size)))?;
    Ok(sizes.iter().map(|(_, size)| size).sum())
}

/// A file's place in the published folder, and its HTML.
fn page(content: &Path, file: &Path) -> io::Result<Option<(String, String)>> {
    let text = fs::read_to_string(file)?;
    let Some(name) = file
        .strip_prefix(content)
        .ok()
        .and_then(Path::to_str)
        .and_then(|n| n.strip_suffix(".md"))
    else {
        return Ok(None);
    };
    let body = text
        .strip_prefix("---\n")
        .and_then(|t| t.split_once("\n---\n"))
        .map_or(text.as_str(), |(_, body)| body);
    Ok(Some((format!("{name}/index.html"), html(body))))
}

/// HTML as plain as it can be.
fn html(markdown: &str) -> String {
    let mut out = String::with_capacity(markdown.len() * 2);
    let mut open: Vec<&str> = Vec::new();
    for event in Parser::new_ext(markdown, Options::all()) {
        match event {
            Event::Start(tag) => {
                let name = element(&tag);
                out.push('<');
                out.push_str(name);
                if let Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. } = &tag {
                    out.push_str(" href=\"");
                    escape(&mut out, dest_url);
                    out.push('"');
                }
                out.push('>');
                open.push(name);
            }
            Event::End(_) => {
                out.push_str("</");
                out.push_str(open.pop().unwrap_or_default());
                out.push_str(">\n");
            }
            Event::Text(words) | Event::Code(words) => escape(&mut out, &words),
            Event::SoftBreak | Event::HardBreak => out.push('\n'),
            _ => {}
        }
    }
    out
}

const fn element(tag: &Tag<'_>) -> &'static str {
    match tag {
        Tag::Paragraph => "p",
        Tag::Heading { .. } => "h2",
        Tag::BlockQuote(_) => "blockquote",
        Tag::CodeBlock(_) => "pre",
        Tag::List(_) => "ul",
        Tag::Item => "li",
        Tag::Table(_) => "table",
        Tag::TableHead | Tag::TableRow => "tr",
        Tag::TableCell => "td",
        Tag::Emphasis => "em",
        Tag::Strong => "strong",
        Tag::Link { .. } => "a",
        _ => "div",
    }
}

fn escape(out: &mut String, text: &str) {
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            letter => out.push(letter),
        }
    }
}

fn filled(page: Option<&String>, size: usize) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(size + FILLING.len());
    bytes.extend_from_slice(page.map_or("", String::as_str).as_bytes());
    while bytes.len() < size {
        bytes.extend_from_slice(FILLING);
    }
    bytes.truncate(size);
    bytes
}
