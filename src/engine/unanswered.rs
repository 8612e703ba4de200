//! Searches that found nothing: what the site lacks, told to those who can write it.
//!
//! Takes what was searched in vain; gives what may be shown. A search can hold anything, so nothing of it is shown that
//! may point at a person, and a word that the site does not know only when three devices have asked for it. Until then it
//! is in memory alone; a device is a number that nobody can trace back and that is forgotten with the process.

use std::{
    collections::{BTreeMap, BTreeSet, hash_map::RandomState},
    hash::{BuildHasher, Hash},
    path::PathBuf,
    sync::Mutex,
};

use serde_json::{Value, json};

use super::lock;
use crate::{
    source::save,
    text::{cpr, personal},
};

/// Devices that must have asked for a word that the site does not know.
const ENOUGH_DEVICES: usize = 3;
/// Letters of the shortest search that tells anything.
const SHORTEST: usize = 3;
/// Letters of the longest one.
const LONGEST: usize = 60;
/// Searches that are remembered.
const MOST: usize = 500;
/// The file, in the data folder.
const FILE: &str = "soegninger.json";

/// The searches that found nothing.
pub(super) struct Unanswered {
    file: Option<PathBuf>,
    devices: RandomState,
    kept: Mutex<BTreeMap<String, Asked>>,
}

/// A search that found nothing.
#[derive(Debug, Default)]
struct Asked {
    /// As it was typed last.
    text: String,
    devices: BTreeSet<u64>,
    times: u64,
    /// Whether it may be shown.
    shown: bool,
}

impl Unanswered {
    /// Goes on with what an earlier process kept in a data folder.
    pub(super) fn of(data: Option<&std::path::Path>) -> Self {
        let file = data.map(|folder| folder.join(FILE));
        let mut kept = BTreeMap::new();
        // What cannot be read is begun anew: it is a list of wishes and no knowledge.
        let read = file.as_ref().and_then(|file| save::read(file).ok());
        let all = read.and_then(|text| serde_json::from_slice::<Vec<(String, u64)>>(&text).ok());
        for (text, times) in all.unwrap_or_default().into_iter().take(MOST) {
            let asked = Asked {
                text: text.clone(),
                times,
                shown: true,
                ..Asked::default()
            };
            kept.insert(key(&text), asked);
        }
        Self {
            file,
            devices: RandomState::new(),
            kept: Mutex::new(kept),
        }
    }

    /// Takes a search that found nothing. `known` says whether the site uses all of its words, `device` whatever tells
    /// two devices apart.
    pub(super) fn note(&self, text: &str, known: bool, device: impl Hash) {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let length = text.chars().count();
        if !(SHORTEST..=LONGEST).contains(&length) || !is_impersonal(&text) {
            return;
        }
        let device = self.devices.hash_one(device);
        let mut kept = lock(&self.kept);
        let key = key(&text);
        if kept.len() >= MOST && !kept.contains_key(&key) {
            return;
        }
        let asked = kept.entry(key).or_default();
        asked.text = text;
        asked.times += 1;
        asked.devices.insert(device);
        let shown = asked.shown || known || asked.devices.len() >= ENOUGH_DEVICES;
        if shown {
            asked.shown = true;
            asked.devices.clear();
            self.save(&kept);
        }
    }

    /// What may be shown, the most wanted first.
    pub(super) fn shown(&self) -> Vec<String> {
        let kept = lock(&self.kept);
        let mut shown: Vec<&Asked> = kept.values().filter(|asked| asked.shown).collect();
        shown.sort_by(|a, b| b.times.cmp(&a.times).then_with(|| a.text.cmp(&b.text)));
        shown.into_iter().map(|asked| asked.text.clone()).collect()
    }

    fn save(&self, kept: &BTreeMap<String, Asked>) {
        let Some(file) = &self.file else { return };
        let shown = kept.values().filter(|asked| asked.shown);
        let all: Value = shown
            .map(|asked| json!([asked.text, asked.times]))
            .collect();
        if let Err(error) = save::replace(file, all.to_string().as_bytes()) {
            tracing::warn!(
                path = %file.display(),
                error = &error as &dyn std::error::Error,
                "the searches without an answer could not be kept"
            );
        }
    }
}

/// Two spellings of one search are one.
fn key(text: &str) -> String {
    crate::text::fold::match_key(text)
}

fn is_impersonal(text: &str) -> bool {
    personal::find(text).is_empty() && cpr::find(text).is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_word_is_shown_when_three_devices_have_asked() {
        let unanswered = Unanswered::of(None);
        for device in [1, 1, 1, 2] {
            unanswered.note("seniordans", false, device);
        }
        assert!(unanswered.shown().is_empty());
        unanswered.note("Senior-dans", false, 3);
        assert_eq!(unanswered.shown(), ["Senior-dans"]);
    }

    #[test]
    fn known_words_are_shown_at_once_and_the_most_wanted_first() {
        let unanswered = Unanswered::of(None);
        for text in ["kaffe om natten", "te og kage", "te og kage"] {
            unanswered.note(text, true, 1);
        }
        assert_eq!(unanswered.shown(), ["te og kage", "kaffe om natten"]);
    }

    #[test]
    fn what_may_point_at_a_person_is_never_kept() {
        let unanswered = Unanswered::of(None);
        for text in [
            "fru Eksempelsen",
            "ring 12 34 56 78",
            "kaffe@eksempel.dk",
            "ab",
            &"lang ".repeat(30),
        ] {
            for device in 0..5 {
                unanswered.note(text, true, device);
            }
        }
        assert!(unanswered.shown().is_empty(), "{:?}", unanswered.shown());
    }

    #[test]
    fn what_is_shown_survives_the_process_and_the_rest_does_not() {
        let folder = tempfile::tempdir().expect("a folder");
        let data = folder.path().join(".kaffe");
        let unanswered = Unanswered::of(Some(&data));
        unanswered.note("te og kage", true, 1);
        unanswered.note("ukendt", false, 1);
        assert_eq!(Unanswered::of(Some(&data)).shown(), ["te og kage"]);
        let text =
            String::from_utf8(save::read(&data.join(FILE)).expect("the file")).expect("text");
        assert!(!text.contains("ukendt"), "{text}");
    }
}
