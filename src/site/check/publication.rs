//! What a publication needs: an accessibility statement, real records, and sources.

use crate::{
    diag::{Code, Diagnostic, Severity},
    model::{Audience, Purpose, Record},
    parse::definitions::CONFIG_FILE,
    site::{RecordIndex, Site, graph::Found},
};

pub(super) fn check(site: &Site, out: &mut Vec<Diagnostic>) {
    let config = &site.definitions.config;
    for publication in &site.definitions.publications {
        let real = config.purpose == Purpose::Operation;
        if config.was_url.is_none() {
            let severity = if real {
                Severity::Error
            } else {
                Severity::Notice
            };
            out.push(Diagnostic::new(Code::K509, CONFIG_FILE).with_severity(severity));
        }
        for id in publication.chapters.iter().flat_map(|c| &c.pages) {
            let page = crate::model::RecordRef {
                kind: crate::model::KindKey::new("side"),
                id: id.clone(),
            };
            if !site.by_reference.contains_key(&page) {
                out.push(
                    Diagnostic::new(Code::K507, publication.path.as_str()).arg_in(
                        "reason",
                        format!("der er ingen side, der hedder »{id}«"),
                        format!("there is no page called \"{id}\""),
                    ),
                );
            }
        }
        if real {
            for record in site
                .records
                .iter()
                .filter(|r| r.example && r.visibility == crate::model::Visibility::Public)
            {
                out.push(
                    Diagnostic::new(Code::K510, record.path.as_str())
                        .at(record.place_of("eksempel"))
                        .arg("id", record.reference.id.as_str()),
                );
            }
        }
    }
    for (index, record) in site.indices() {
        if record.reference.kind.as_str() == "anvisning"
            && record.is_public()
            && !has_public_source(site, index)
        {
            out.push(source_missing(record));
        }
    }
}

/// An instruction stands on something that its readers can look up.
fn has_public_source(site: &Site, index: RecordIndex) -> bool {
    site.graph
        .references(index)
        .iter()
        .filter(|r| matches!(&*r.field, "bygger_på" | "kilder"))
        .any(|r| match r.found {
            Found::One(to) => site
                .record(to)
                .is_some_and(|source| source.is_seen_by(&Audience::Public)),
            _ => false,
        })
}

fn source_missing(record: &Record) -> Diagnostic {
    Diagnostic::new(Code::K511, record.path.as_str())
        .at(record.place_of("bygger_på"))
        .arg("id", record.reference.id.as_str())
        .in_field("bygger_på")
}
