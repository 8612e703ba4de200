//! Pictures that are missing, and pictures that say nothing to those who cannot see them.

use crate::{
    diag::{Code, Diagnostic, Severity},
    model::{AttachmentKind, LinkSyntax},
    site::{Site, check::links::scheme, graph::LinkTarget},
};

/// The title of an image that is there for looks alone.
pub const DECORATION: &str = "pynt";

pub(super) fn check(site: &Site, out: &mut Vec<Diagnostic>) {
    for (index, record) in site.indices() {
        for (link, target) in record.document.links.iter().zip(site.graph.links(index)) {
            if link.syntax != LinkSyntax::Image {
                continue;
            }
            let problem = |code| {
                Diagnostic::new(code, record.path.as_str())
                    .at(link.span)
                    .arg("target", &link.target)
                    .arg("folder", record.path.without_extension())
                    .arg("scheme", scheme(&link.target))
            };
            match target {
                LinkTarget::File(path) => {
                    let refused = site
                        .attachments
                        .get(path)
                        .is_some_and(|f| f.kind == AttachmentKind::Refused);
                    if refused {
                        continue;
                    }
                }
                LinkTarget::Refused => out.push(problem(Code::K305)),
                // Nor is a picture from another site one of ours: it would be a request to that site.
                _ => out.push(problem(Code::K303)),
            }
            if link.words.trim().is_empty() && link.title != DECORATION {
                let severity = if record.is_public() {
                    Severity::Error
                } else {
                    Severity::Notice
                };
                out.push(problem(Code::K304).with_severity(severity));
            }
        }
    }
}
