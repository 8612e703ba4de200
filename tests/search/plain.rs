//! What a search is without any of ours: tantivy as it comes, with its Danish stemmer, over title
//! and text. It is there to be beaten, group by group.

use tantivy::{
    Index, IndexReader, TantivyDocument,
    collector::TopDocs,
    query::QueryParser,
    schema::{
        Field, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions, Value,
    },
    tokenizer::{Language, LowerCaser, SimpleTokenizer, Stemmer, TextAnalyzer},
};

use super::judged::DEPTH;

const DANISH: &str = "danish";

/// The plain index.
pub struct Plain {
    reader: IndexReader,
    parser: QueryParser,
    key: Field,
}

impl Plain {
    /// Makes it from keys, titles and texts.
    pub fn new(texts: impl Iterator<Item = (String, String, String)>) -> anyhow::Result<Self> {
        let indexing = TextFieldIndexing::default()
            .set_tokenizer(DANISH)
            .set_index_option(IndexRecordOption::WithFreqsAndPositions);
        let options = TextOptions::default().set_indexing_options(indexing);
        let mut schema = Schema::builder();
        let key = schema.add_text_field("key", STRING | STORED);
        let title = schema.add_text_field("title", options.clone());
        let body = schema.add_text_field("body", options);
        let index = Index::create_in_ram(schema.build());
        let analyzer = TextAnalyzer::builder(SimpleTokenizer::default())
            .filter(LowerCaser)
            .filter(Stemmer::new(Language::Danish))
            .build();
        index.tokenizers().register(DANISH, analyzer);
        let mut writer = index.writer_with_num_threads(1, 20_000_000)?;
        for (key_text, title_text, body_text) in texts {
            let mut document = TantivyDocument::default();
            document.add_text(key, key_text);
            document.add_text(title, title_text);
            document.add_text(body, body_text);
            writer.add_document(document)?;
        }
        writer.commit()?;
        let mut parser = QueryParser::for_index(&index, vec![title, body]);
        parser.set_field_boost(title, 2.0);
        Ok(Self {
            reader: index.reader()?,
            parser,
            key,
        })
    }

    /// Keys, the best first.
    pub fn search(&self, text: &str) -> anyhow::Result<Vec<String>> {
        let (query, _) = self.parser.parse_query_lenient(text);
        let searcher = self.reader.searcher();
        let found = searcher.search(&query, &TopDocs::with_limit(DEPTH).order_by_score())?;
        found
            .into_iter()
            .map(|(_, place)| {
                let document: TantivyDocument = searcher.doc(place)?;
                let key = document
                    .get_first(self.key)
                    .and_then(|value| value.as_str());
                Ok(key.unwrap_or_default().to_owned())
            })
            .collect()
    }
}
