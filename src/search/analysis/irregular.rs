//! Inflections of Danish words that no ending can tell.
//!
//! Lists of common words, each with the word that stands for all of its forms: strong verbs, verbs on *-te*, nouns that
//! change their vowel, adjectives that take a *-t*. Left out on purpose is what would merge two words that must stay
//! apart: *tog* is a train, *bad* is a bath, *brød* is bread, whatever verbs they may come from.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

/// Words with forms of their own.
const WORDS: &[(&str, &[&str])] = &[
    ("binde", &["bandt", "bundet", "bundne"]),
    ("bide", &["bidt"]),
    ("blive", &["blev", "blevet"]),
    ("bringe", &["bragte", "bragt"]),
    ("bryde", &["brudt"]),
    ("bære", &["båret", "bårne"]),
    ("drikke", &["drak", "drukket"]),
    ("drive", &["drev", "drevet"]),
    ("falde", &["faldt", "faldet", "faldne"]),
    ("finde", &["fandt", "fundet", "fundne"]),
    ("flyve", &["fløjet"]),
    ("forstå", &["forstod", "forstået", "forstår"]),
    ("fortælle", &["fortalte", "fortalt"]),
    ("fryse", &["frøs", "frosset", "frosne"]),
    ("følge", &["fulgte", "fulgt"]),
    ("give", &["gav", "givet"]),
    ("gribe", &["greb", "grebet"]),
    ("gå", &["gik", "gået", "går", "gående"]),
    ("hjælpe", &["hjalp", "hjulpet"]),
    ("holde", &["holdt"]),
    ("hænge", &["hang", "hængte", "hængt"]),
    ("knække", &["knak"]),
    ("komme", &["kom", "kommet"]),
    ("lade", &["ladet"]),
    ("ligge", &["lå", "ligget"]),
    ("lyve", &["løj", "løjet"]),
    ("lægge", &["lagde", "lagt"]),
    ("nyde", &["nydt"]),
    ("nå", &["nåede", "nået", "når"]),
    ("række", &["rakte", "rakt"]),
    ("ride", &["redet"]),
    ("rive", &["revet"]),
    ("se", &["så", "set", "ser"]),
    ("sidde", &["sad", "siddet"]),
    ("sige", &["sagde", "sagt"]),
    ("skrige", &["skreg", "skreget"]),
    ("skrive", &["skrev", "skrevet", "skrevne"]),
    ("skyde", &["skød", "skudt"]),
    ("skære", &["skar", "skåret", "skårne"]),
    ("slibe", &["sleb", "slebet", "slebne"]),
    ("slippe", &["slap", "sluppet"]),
    ("slå", &["slog", "slået", "slår"]),
    ("smøre", &["smurte", "smurt"]),
    ("sove", &["sovet"]),
    ("springe", &["sprang", "sprunget"]),
    ("spørge", &["spurgte", "spurgt"]),
    ("stjæle", &["stjal", "stjålet"]),
    ("strække", &["strakte", "strakt"]),
    ("stå", &["stod", "stået", "står", "stående"]),
    ("synge", &["sunget"]),
    ("sælge", &["solgte", "solgt"]),
    ("sætte", &["satte", "sat"]),
    ("træde", &["trådte", "trådt"]),
    ("træffe", &["traf", "truffet"]),
    ("tælle", &["talte", "talt"]),
    ("vinde", &["vandt", "vundet"]),
    ("vide", &["vidste", "vidst"]),
    ("vælge", &["valgte", "valgt"]),
    ("vække", &["vakte", "vakt"]),
    // Adjectives.
    ("bedst", &["bedste"]),
    ("gammel", &["gamle", "gammelt"]),
    ("god", &["godt"]),
    ("lang", &["langt", "længere", "længst", "længste"]),
    ("lille", &["små"]),
    ("stor", &["stort", "større", "størst", "største"]),
    ("tryg", &["trygt"]),
    ("ung", &["ungt", "yngre", "yngst", "yngste"]),
    // Nouns.
    ("bror", &["brødre", "brødrene", "broder"]),
    ("datter", &["døtre", "døtrene", "datteren", "datters"]),
    ("far", &["fædre", "faderen"]),
    ("gæs", &["gås", "gåsen"]),
    ("ko", &["køer", "køerne", "koen"]),
    ("mor", &["mødre", "moderen"]),
    ("søster", &["søstre", "søstrene", "søsteren", "søsters"]),
    ("tå", &["tæer", "tæerne", "tåen"]),
    ("øje", &["øjne", "øjnene", "øjet"]),
];

/// Nouns that change their vowel, also at the end of a compound: *brandmænd* as *brandmand*.
const ENDS: &[(&str, &[&str])] = &[
    ("barn", &["børn", "børnene", "børns", "børnenes"]),
    ("bog", &["bøger", "bøgerne", "bøgers", "bøgernes"]),
    ("bonde", &["bønder", "bønderne"]),
    ("center", &["centre", "centrene", "centret"]),
    ("finger", &["fingre", "fingrene"]),
    ("fod", &["fødder", "fødderne", "fødders"]),
    ("hammer", &["hamre", "hamrene"]),
    ("hånd", &["hænder", "hænderne", "hænders"]),
    ("kammer", &["kamre", "kamrene", "kammeret", "kamret"]),
    ("kloster", &["klostre", "klostrene", "klostret"]),
    ("kraft", &["kræfter", "kræfterne"]),
    ("kælder", &["kældre", "kældrene"]),
    ("mand", &["mænd", "mændene", "mænds", "mændenes"]),
    ("mester", &["mestre", "mestrene"]),
    ("mønster", &["mønstre", "mønstrene", "mønstret"]),
    ("nat", &["nætter", "nætterne"]),
    ("nummer", &["numre", "numrene", "nummeret"]),
    ("orkester", &["orkestre", "orkestrene", "orkestret"]),
    ("register", &["registre", "registrene", "registret"]),
    ("rod", &["rødder", "rødderne"]),
    ("skulder", &["skuldre", "skuldrene"]),
    ("sommer", &["somre", "somrene"]),
    ("stand", &["stænder", "stænderne"]),
    ("stang", &["stænger", "stængerne"]),
    ("tand", &["tænder", "tænderne", "tænders"]),
    ("tang", &["tænger", "tængerne"]),
    ("teater", &["teatre", "teatrene", "teatret"]),
    ("vinter", &["vintre", "vintrene"]),
];

/// Verbs on *-te*, without their endings.
const TE_VERBS: &[&str] = &[
    "bag", "begynd", "besøg", "bestem", "blæs", "brug", "del", "drøm", "fyld", "føl", "før", "gem",
    "glem", "hils", "hør", "indfør", "kald", "kend", "kog", "køb", "kør", "lær", "læs", "løs",
    "lån", "mød", "opfyld", "rejs", "ros", "rør", "råb", "send", "skab", "slæb", "smag", "spis",
    "stem", "styr", "sy", "søg", "tab", "tænd", "tænk", "tøm", "udfyld", "udfør", "vend", "vis",
];

/// Adjectives whose neuter ends in *-t*, without it, where snowball does not see it.
const T_ADJECTIVES: &[&str] = &[
    "blå", "blød", "bred", "brun", "dum", "dyb", "dyr", "fed", "fin", "flad", "frisk", "fuld",
    "grim", "grå", "grøn", "gul", "hvid", "høj", "hård", "klar", "klog", "kold", "lav", "mild",
    "mørk", "nem", "ny", "ren", "rolig", "rund", "rå", "rød", "sen", "sjov", "skarp", "skæv",
    "smal", "stille", "stiv", "sund", "sur", "svag", "svær", "syg", "sød", "tam", "tom", "tung",
    "tyk", "tynd", "tæt", "varm", "vild", "våd",
];

/// What stands before a verb or a noun and changes nothing of its inflection.
const PREFIXES: &[&str] = &[
    "af", "an", "be", "fra", "ind", "med", "ned", "om", "op", "over", "på", "til", "ud", "under",
];

/// A form with the word that stands for it.
type Forms = BTreeMap<String, &'static str>;

static WHOLE: LazyLock<FxHashMap<String, String>> = LazyLock::new(|| whole().into_iter().collect());

/// All forms of words that stand alone.
pub(in crate::search) fn whole() -> BTreeMap<String, String> {
    let mut forms: BTreeMap<String, String> = BTreeMap::new();
    for verb in TE_VERBS {
        for ending in ["te", "t", "tes"] {
            forms.insert(format!("{verb}{ending}"), format!("{verb}e"));
        }
    }
    for adjective in T_ADJECTIVES {
        forms.insert(format!("{adjective}t"), (*adjective).to_owned());
    }
    for (lemma, of) in WORDS.iter().chain(ENDS) {
        for form in *of {
            forms.insert((*form).to_owned(), (*lemma).to_owned());
        }
    }
    forms
}

/// Forms that are looked for at the end of compounds.
pub(in crate::search) fn ends() -> Forms {
    let pairs = ENDS
        .iter()
        .flat_map(|(lemma, forms)| forms.iter().map(|form| ((*form).to_owned(), *lemma)));
    pairs.collect()
}

/// What may stand before an irregular word.
pub(in crate::search) const fn prefixes() -> &'static [&'static str] {
    PREFIXES
}

/// The word that stands for a form; none when its endings tell.
pub(super) fn lemma(word: &str) -> Option<String> {
    if let Some(lemma) = WHOLE.get(word) {
        return Some(lemma.clone());
    }
    for prefix in PREFIXES {
        if let Some(lemma) = word.strip_prefix(prefix).and_then(|rest| WHOLE.get(rest)) {
            return Some(format!("{prefix}{lemma}"));
        }
    }
    ENDS.iter().find_map(|(lemma, forms)| {
        let first = forms.iter().find_map(|form| word.strip_suffix(form))?;
        (first.chars().count() >= 2).then(|| format!("{first}{lemma}"))
    })
}
