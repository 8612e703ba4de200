//! Footnotes: numbered as the text first names them, and gathered at its end.

use std::fmt::Write as _;

use super::{Writer, escaped};

impl Writer<'_> {
    pub(super) fn note_reference(&mut self, name: &str) {
        let prefix = self.prefix;
        // The way back from a note leads to where it is first named.
        let (number, id) = match self.note_order.iter().position(|n| n == name) {
            Some(position) => (position + 1, String::new()),
            None => {
                self.note_order.push(name.to_owned());
                let number = self.note_order.len();
                (number, format!(" id=\"{prefix}fnr-{number}\""))
            }
        };
        let label = self
            .renderer
            .texts()
            .fill("footnote_n", &[("n", &number.to_string())]);
        let _ = write!(
            self.out,
            "<sup class=\"fodnote\"><a href=\"#{prefix}fn-{number}\"{id} aria-label=\"{}\">{number}</a></sup>",
            escaped(&label)
        );
    }

    /// The footnotes in the order in which the text first names them.
    pub(super) fn footnotes(&mut self) {
        if self.note_order.is_empty() {
            return;
        }
        let texts = self.renderer.texts();
        let (title, back) = (
            escaped(texts.get("footnotes")),
            escaped(texts.get("footnote_back")),
        );
        let prefix = self.prefix;
        let _ = writeln!(
            self.out,
            "<section class=\"fodnoter\" aria-label=\"{title}\"><ol>"
        );
        for (position, name) in self.note_order.iter().enumerate() {
            let number = position + 1;
            let note = self
                .notes
                .iter()
                .find(|(n, _)| n == name)
                .map(|(_, html)| html.as_str())
                .unwrap_or_default();
            let note = note.trim_end().strip_suffix("</p>").unwrap_or(note);
            let _ = writeln!(
                self.out,
                "<li id=\"{prefix}fn-{number}\">{note} <a class=\"fodnote-tilbage\" href=\"#{prefix}fnr-{number}\" aria-label=\"{back}\">↩</a></li>"
            );
        }
        self.out.push_str("</ol></section>\n");
    }
}
