//! Two changes of one list, laid beside each other. The door to `similar` for lists.

use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

/// A stretch of a list and what became of it on two sides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// In the list as it was.
    pub base: Range<usize>,
    /// On the one side.
    pub left: Range<usize>,
    /// On the other side.
    pub right: Range<usize>,
}

/// Parts two changes of a list into stretches: those that nobody changed, and between them those that somebody did.
/// All stretches after one another are the three lists.
#[must_use]
pub fn three_way<T: std::hash::Hash + Eq + Ord>(
    base: &[T],
    left: &[T],
    right: &[T],
) -> Vec<Stretch> {
    let (to_left, to_right) = (matches(base, left), matches(base, right));
    let mut stretches: Vec<Stretch> = Vec::new();
    let mut at = (0, 0, 0);
    let changed_to =
        |stretches: &mut Vec<Stretch>, at: (usize, usize, usize), to: (usize, usize, usize)| {
            if at != to {
                stretches.push(Stretch {
                    base: at.0..to.0,
                    left: at.1..to.1,
                    right: at.2..to.2,
                });
            }
        };
    for place in 0..base.len() {
        let (Some(Some(l)), Some(Some(r))) = (to_left.get(place), to_right.get(place)) else {
            continue;
        };
        changed_to(&mut stretches, at, (place, *l, *r));
        stretches.push(Stretch {
            base: place..place + 1,
            left: *l..l + 1,
            right: *r..r + 1,
        });
        at = (place + 1, l + 1, r + 1);
    }
    changed_to(&mut stretches, at, (base.len(), left.len(), right.len()));
    stretches
}

/// For each part of the old list, where it stands in the new one.
fn matches<T: std::hash::Hash + Eq + Ord>(old: &[T], new: &[T]) -> Vec<Option<usize>> {
    let mut found = vec![None; old.len()];
    for op in capture_diff_slices(Algorithm::Myers, old, new) {
        if let DiffOp::Equal {
            old_index,
            new_index,
            len,
        } = op
        {
            for step in 0..len {
                if let Some(place) = found.get_mut(old_index + step) {
                    *place = Some(new_index + step);
                }
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stretches_are_the_three_lists() {
        let (base, left, right) = (
            ["a", "b", "c", "d"],
            ["a", "x", "c", "d"],
            ["a", "b", "c", "y", "z"],
        );
        let parts = three_way(&base, &left, &right);
        let joined = |pick: &dyn Fn(&Stretch) -> Range<usize>, list: &[&str]| -> Vec<String> {
            parts
                .iter()
                .flat_map(|s| {
                    list[pick(s)]
                        .iter()
                        .map(|w| (*w).to_owned())
                        .collect::<Vec<_>>()
                })
                .collect()
        };
        assert_eq!(joined(&|s| s.base.clone(), &base), base);
        assert_eq!(joined(&|s| s.left.clone(), &left), left);
        assert_eq!(joined(&|s| s.right.clone(), &right), right);
        assert_eq!(parts.len(), 4, "{parts:?}");
    }
}
