//! What a person who searches can count on, asked of whole indexes.

mod changes;
mod hostile;
mod order;
mod words;

use super::*;

fn record(key: &str, title: &str, body: &str) -> SearchDocument {
    let kind = key.split('/').next().unwrap_or_default().to_owned();
    let hash = title.bytes().chain(body.bytes()).fold(17, |hash: u64, b| {
        hash.wrapping_mul(31).wrapping_add(u64::from(b))
    });
    SearchDocument {
        key: key.to_owned(),
        kind,
        title: title.to_owned(),
        body: body.to_owned(),
        hash,
        ..SearchDocument::default()
    }
}

fn index(records: &[(&str, &str, &str)]) -> Index {
    let records = records
        .iter()
        .map(|(key, title, body)| record(key, title, body));
    Index::build(records, &[]).expect("an index in memory")
}

fn ask(index: &Index, text: &str) -> Answer {
    let query = Query {
        text: text.to_owned(),
        limit: 20,
        ..Query::default()
    };
    index.searcher().search(&query).expect("an answer")
}

fn keys(index: &Index, text: &str) -> Vec<String> {
    ask(index, text)
        .hits
        .into_iter()
        .map(|hit| hit.key)
        .collect()
}

fn site() -> Index {
    index(&[
        (
            "ide/rollator-race",
            "Rollator-race",
            "Et løb for alle med rollator på torvet.",
        ),
        (
            "ressource/gaaklub",
            "Gåklubben Vojens Vej",
            "Gåklubberne mødes hver tirsdag. Alle kan være med i fællesskabet.",
        ),
        (
            "proevehandling/kaffe",
            "Kaffe før medicin",
            "Vi drak kaffe med borgeren, før vi gav medicinen. Samtalen gav ro.",
        ),
        (
            "proevehandling/aften",
            "Samtale om aftenen",
            "Aftenvagten tog sig tid til en samtale i hjemmet.",
        ),
        (
            "begreb/team",
            "Selvledende team",
            "Hjemmeplejeteamet fordeler selv besøgene. Vi ses i morgen.",
        ),
        (
            "dokumentationskrav/vaeske",
            "Dobbelt notat om væskeindtag",
            "Væskeskemaet udfyldes to gange.",
        ),
    ])
}
