//! Words side by side.
//!
//! Takes a sequence of slots, each with one or more words that may stand there; tells how often the sequence occurs
//! in an area of a document. Documents must be asked for in order. Leaves out inflections: positions are kept of
//! exact words only.

use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, TERMINATED};

use super::SearchError;
use super::segment::WordList;

/// A sequence of words in one area of one segment.
pub(super) struct Sequence {
    slots: Vec<Vec<SegmentPostings>>,
    starts: Vec<u32>,
    here: Vec<u32>,
}

impl Sequence {
    /// Opens the sequence; none when the area lacks one of its words.
    pub(super) fn open(list: &WordList, slots: &[&[String]]) -> Result<Option<Self>, SearchError> {
        let mut opened = Vec::with_capacity(slots.len());
        for words in slots {
            let mut slot = Vec::with_capacity(words.len());
            for word in *words {
                if let Some(info) = list.terms().get(word)? {
                    let option = IndexRecordOption::WithFreqsAndPositions;
                    slot.push(list.read_postings_from_terminfo(&info, option)?);
                }
            }
            if slot.is_empty() {
                return Ok(None);
            }
            opened.push(slot);
        }
        Ok((!opened.is_empty()).then_some(Self {
            slots: opened,
            starts: Vec::new(),
            here: Vec::new(),
        }))
    }

    /// True when the sequence occurs in the document. Asked of rising document numbers.
    pub(super) fn occurs_in(&mut self, doc: DocId) -> bool {
        // All words must be there before any position is unpacked.
        for slot in &mut self.slots {
            let mut there = false;
            for word in slot {
                if word.doc() < doc {
                    word.seek(doc);
                }
                there |= word.doc() == doc;
            }
            if !there {
                return false;
            }
        }
        for (step, slot) in (0..).zip(&mut self.slots) {
            self.here.clear();
            for word in slot.iter_mut().filter(|word| word.doc() == doc) {
                word.append_positions_with_offset(0, &mut self.here);
            }
            if step == 0 {
                std::mem::swap(&mut self.starts, &mut self.here);
            } else {
                let here = &self.here;
                self.starts.retain(|start| here.contains(&(start + step)));
            }
            if self.starts.is_empty() {
                return false;
            }
        }
        true
    }

    /// Calls with each document in which the sequence occurs, deleted ones too.
    pub(super) fn each(mut self, mut call: impl FnMut(DocId)) {
        // The rarest word leads; a slot with a choice of words is not asked to.
        let leader = self.slots.iter().filter_map(|slot| match slot.as_slice() {
            [only] => Some(only),
            _ => None,
        });
        let Some(mut leader) = leader.min_by_key(|word| word.doc_freq()).cloned() else {
            return;
        };
        while leader.doc() != TERMINATED {
            let doc = leader.doc();
            if self.occurs_in(doc) {
                call(doc);
            }
            leader.advance();
        }
    }
}
