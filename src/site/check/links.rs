//! Links in bodies, and the HTML that is left out of them.

use crate::{
    diag::{Code, Diagnostic},
    model::{Link, LinkSyntax, Record},
    site::{RecordIndex, Site, graph::LinkTarget},
    text::likeness::nearest,
};

pub(super) fn check(site: &Site, out: &mut Vec<Diagnostic>) {
    for (index, record) in site.indices() {
        for (link, target) in record.document.links.iter().zip(site.graph.links(index)) {
            if link.syntax != LinkSyntax::Image {
                out.extend(link_problem(site, record, link, target));
            }
        }
        for span in &record.document.raw_html {
            out.push(Diagnostic::new(Code::K306, record.path.as_str()).at(*span));
        }
    }
}

fn problem(code: Code, record: &Record, link: &Link) -> Diagnostic {
    Diagnostic::new(code, record.path.as_str())
        .at(link.span)
        .arg("target", &link.target)
}

/// How a link begins, with its colon.
pub(super) fn scheme(target: &str) -> &str {
    let end = if target.starts_with("//") {
        2
    } else {
        target.find(':').map_or(target.len(), |colon| colon + 1)
    };
    target.get(..end).unwrap_or(target)
}

fn link_problem(
    site: &Site,
    record: &Record,
    link: &Link,
    target: &LinkTarget,
) -> Option<Diagnostic> {
    match target {
        LinkTarget::Missing if link.syntax == LinkSyntax::Wiki => {
            let wanted = link.target.split('#').next().unwrap_or_default();
            let wanted = wanted.rsplit('/').next().unwrap_or_default();
            let near = nearest(
                wanted,
                site.by_id.keys().map(crate::model::RecordId::as_str),
            )
            .map(str::to_owned);
            Some(problem(Code::K301, record, link).with_suggestion(near))
        }
        LinkTarget::Missing => Some(problem(Code::K302, record, link)),
        LinkTarget::Refused => {
            Some(problem(Code::K305, record, link).arg("scheme", scheme(&link.target)))
        }
        LinkTarget::Several(all) => {
            let long = |&index: &RecordIndex| {
                site.record(index)
                    .map(|r| format!("{}/{}", r.kind.folder, r.reference.id))
            };
            let forms: Vec<String> = all.iter().filter_map(long).collect();
            Some(
                problem(Code::K208, record, link)
                    .arg("name", &link.target)
                    .arg("example", forms.first().cloned().unwrap_or_default())
                    .with_choices(forms),
            )
        }
        LinkTarget::Heading(id) if !record.document.headings.iter().any(|h| h.id == *id) => Some(
            problem(Code::K307, record, link)
                .arg("heading", id.as_str())
                .arg("page", &record.title),
        ),
        LinkTarget::Record(to, heading) => {
            let other = site.record(*to)?;
            if let Some(id) = heading
                && !other.document.headings.iter().any(|h| h.id == *id)
            {
                return Some(
                    problem(Code::K307, record, link)
                        .arg("heading", id.as_str())
                        .arg("page", &other.title),
                );
            }
            (record.is_public() && !other.is_public()).then(|| problem(Code::K312, record, link))
        }
        _ => None,
    }
}
