//! The stem that the inflections of a Danish word have in common.
//!
//! Snowball's Danish rules, as tantivy has them, and three things they leave out: the past tense on *-ede*, the *e*
//! that comes and goes in *cykel, cykler*, and words with forms of their own (*hånd, hænder*): see [`super::irregular`]. Takes and gives
//! words in plain letters. Leaves out compounds.

use tantivy::tokenizer::{Language, RawTokenizer, Stemmer, TextAnalyzer, TokenStream};

use super::irregular;

/// Finds stems. Made once for a build or a query: it keeps a buffer.
pub(super) struct Stems {
    snowball: TextAnalyzer,
}

impl Stems {
    pub(super) fn new() -> Self {
        Self {
            snowball: TextAnalyzer::builder(RawTokenizer::default())
                .filter(Stemmer::new(Language::Danish))
                .build(),
        }
    }

    /// The stem of a word in plain letters. A word with a digit is its own stem.
    pub(super) fn stem(&mut self, word: &str) -> String {
        if word.bytes().any(|b| b.is_ascii_digit()) {
            return word.to_owned();
        }
        let lemma = irregular::lemma(word);
        let word = lemma.as_deref().unwrap_or(word);
        if let Some(short) = short_word(word) {
            return short.to_owned();
        }
        let present = present_tense(word);
        // Twice, because a word may end in what looks like an ending: aftenen → aften, and aften → aft.
        let once = self.snowball_stem(present);
        mended(&self.snowball_stem(&once))
    }

    fn snowball_stem(&mut self, word: &str) -> String {
        let mut stream = self.snowball.token_stream(word);
        if stream.advance() {
            stream.token().text.clone()
        } else {
            word.to_owned()
        }
    }
}

/// *snakkede* → *snakke*; any other word as it is.
fn present_tense(word: &str) -> &str {
    match word.strip_suffix("de").or_else(|| word.strip_suffix("des")) {
        Some(verb)
            if verb.len() >= 4
                && verb.ends_with('e')
                && verb.strip_suffix('e').is_some_and(has_vowel) =>
        {
            verb
        }
        _ => word,
    }
}

/// *øerne* → *ø*, *byen* → *by*: snowball leaves words alone that are so short. None for any other word.
fn short_word(word: &str) -> Option<&str> {
    let endings = [
        "ernes", "erne", "enes", "ene", "ens", "ers", "en", "er", "et", "e",
    ];
    let rest = endings
        .iter()
        .find_map(|ending| word.strip_suffix(ending))?;
    // Two letters, or one that is a word by itself; the vowel is one that no other ending begins with.
    let short = matches!(rest.chars().count(), 2 | 3) || matches!(rest, "ø" | "å");
    (short && rest.ends_with(['i', 'o', 'u', 'y', 'æ', 'ø', 'å'])).then_some(rest)
}

/// The stem without the letters that some inflections of the word lack.
fn mended(stem: &str) -> String {
    // ensomt, langsomt → ensom, langsom
    if let Some(adjective) = stem.strip_suffix('t')
        && adjective.ends_with("som")
    {
        return adjective.to_owned();
    }
    // cykel → cykl, middel → midl, as cykler and midler have become already.
    if let Some(before) = stem.strip_suffix("el")
        && has_vowel(before)
        && let Some(last) = before.chars().next_back().filter(|c| !is_vowel(*c))
    {
        let single = before
            .strip_suffix(last)
            .filter(|rest| rest.ends_with(last))
            .unwrap_or(before);
        return format!("{single}l");
    }
    stem.to_owned()
}

fn has_vowel(word: &str) -> bool {
    word.chars().any(is_vowel)
}

const fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'æ' | 'ø' | 'å')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every group has one stem, and no two groups have the same.
    #[test]
    fn inflections_meet_and_different_words_do_not() {
        let groups: &[&[&str]] = &[
            &["klub", "klubben", "klubber", "klubberne", "klubbens"],
            &["besøg", "besøget", "besøgene", "besøgets"],
            &["snakke", "snakker", "snakkede", "snakket"],
            &["cykel", "cykler", "cyklen", "cyklerne", "cykle", "cyklede"],
            &["middel", "midler", "midlerne"],
            &["model", "modellen", "modeller"],
            &["hånd", "hånden", "hænder", "hænderne"],
            &["fod", "foden", "fødder"],
            &["ensom", "ensomt", "ensomme"],
            &["tryg", "trygt", "trygge"],
            &["video", "videoer", "videoen"],
            &["ide", "ideer", "ideen", "ideerne"],
            &["medicin", "medicinen"],
            &["måltid", "måltider", "måltidet"],
            &["ø", "øer", "øen", "øerne"],
            &["by", "byen", "byer", "byerne"],
            &["bro", "broen", "broer"],
            &["bue", "buen", "buer", "buerne"],
            &["ny", "nye", "nyt"],
            &["brandmand", "brandmænd", "brandmanden", "brandmændene"],
            &["kogebog", "kogebøger", "kogebogen"],
            &["køre", "kører", "kørte", "kørt"],
            &["indføre", "indførte", "indført"],
            &["syg", "sygt", "syge"],
            &["stor", "stort", "store", "større"],
            &["orkester", "orkestre", "orkestret"],
            &["tog", "toget", "togene"],
            &["vand", "vandet"],
            &["vinde", "vandt", "vundet"],
        ];
        let mut stems = Stems::new();
        let mut seen: Vec<String> = Vec::new();
        for group in groups {
            let mut of_group: Vec<String> = group.iter().map(|word| stems.stem(word)).collect();
            of_group.dedup();
            assert_eq!(of_group.len(), 1, "{group:?} gives {of_group:?}");
            seen.extend(of_group);
        }
        let all = seen.len();
        seen.sort();
        seen.dedup();
        assert_eq!(seen.len(), all, "{seen:?}");
    }

    #[test]
    fn numbers_and_short_words_stay() {
        let mut stems = Stems::new();
        for word in ["2021", "10a", "te", "øl", "del", "glæde"] {
            assert!(word.starts_with(&stems.stem(word)), "{word}");
        }
        assert_eq!(stems.stem("2021"), "2021");
        assert_eq!(stems.stem("del"), "del");
    }
}
