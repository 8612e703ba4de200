//! Queries that people have judged, and how well an answer fits a judgement.
//!
//! A file holds one query a line: its group, the words, and the texts that a person would want to
//! find, each with a grade: 3 is just what was sought, 2 clearly fits, 1 touches it.

use std::{collections::BTreeMap, fs, path::Path};

use anyhow::{Context, bail};

/// Hits that are looked at.
pub const DEPTH: usize = 10;
/// From this grade on a text is an answer.
const FITS: u8 = 2;

/// A query and what should be found.
#[derive(Clone, Debug)]
pub struct Judged {
    /// What is tried by it.
    pub group: String,
    /// What is typed.
    pub text: String,
    /// Grades by the key of a text.
    pub grades: BTreeMap<String, u8>,
}

/// Reads a file of judged queries.
pub fn read(path: &Path) -> anyhow::Result<Vec<Judged>> {
    let text = fs::read_to_string(path).with_context(|| path.display().to_string())?;
    let lines = text
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'));
    lines
        .map(|(number, line)| {
            judged(line).with_context(|| format!("{}:{}", path.display(), number + 1))
        })
        .collect()
}

fn judged(line: &str) -> anyhow::Result<Judged> {
    let mut columns = line.split('\t');
    let (Some(group), Some(text), Some(grades), None) = (
        columns.next(),
        columns.next(),
        columns.next(),
        columns.next(),
    ) else {
        bail!("group, query and grades, with tabs between, are wanted: {line}");
    };
    let grade = |written: &str| -> anyhow::Result<(String, u8)> {
        let (key, grade) = written
            .split_once('=')
            .with_context(|| written.to_owned())?;
        Ok((key.to_owned(), grade.parse()?))
    };
    Ok(Judged {
        group: group.trim().to_owned(),
        text: text.trim().to_owned(),
        grades: grades
            .split_whitespace()
            .map(grade)
            .collect::<Result<_, _>>()?,
    })
}

impl Judged {
    /// The query over the texts that `known` knows; none when nothing of them fits.
    pub fn among(&self, known: impl Fn(&str) -> bool) -> Option<Self> {
        let grades: BTreeMap<String, u8> = self
            .grades
            .iter()
            .filter(|(key, _)| known(key))
            .map(|(key, grade)| (key.clone(), *grade))
            .collect();
        let fits = grades.values().any(|grade| *grade >= FITS);
        fits.then(|| Self {
            grades,
            ..self.clone()
        })
    }

    fn grade(&self, key: &str) -> u8 {
        self.grades.get(key).copied().unwrap_or_default()
    }

    /// Measures an answer, the best first.
    pub fn measure(&self, answer: &[String]) -> Measures {
        let gain = |grade: u8| f64::from((1_u32 << grade) - 1);
        let sum = |grades: &mut dyn Iterator<Item = u8>| -> f64 {
            (2_u32..)
                .zip(grades.take(DEPTH))
                .map(|(place, grade)| gain(grade) / f64::from(place).log2())
                .sum()
        };
        let mut best: Vec<u8> = self.grades.values().copied().collect();
        best.sort_unstable_by(|a, b| b.cmp(a));
        let ideal = sum(&mut best.iter().copied());
        let first = answer
            .iter()
            .take(DEPTH)
            .position(|key| self.grade(key) >= FITS);
        let fitting = best.iter().filter(|grade| **grade >= FITS).count();
        let in_five = answer
            .iter()
            .take(5)
            .filter(|key| self.grade(key) >= FITS)
            .count();
        Measures {
            ndcg: sum(&mut answer.iter().map(|key| self.grade(key))) / ideal,
            mrr: first.map_or(0.0, |at| {
                1.0 / f64::from(u32::try_from(at + 1).unwrap_or(u32::MAX))
            }),
            success_1: share(usize::from(first == Some(0)), 1),
            success_3: share(usize::from(first.is_some_and(|at| at < 3)), 1),
            recall_5: share(in_five, fitting.min(5)),
        }
    }
}

/// How well an answer, or the mean of many, fits; each from 0 to 1.
#[derive(Clone, Copy, Debug, Default)]
pub struct Measures {
    /// Discounted cumulative gain of ten hits, beside the best order there is; gain 2^grade − 1.
    pub ndcg: f64,
    /// One through the place of the first hit that fits.
    pub mrr: f64,
    /// Whether the first hit fits.
    pub success_1: f64,
    /// Whether one of the first three fits.
    pub success_3: f64,
    /// How many of the fitting texts stand among the first five.
    pub recall_5: f64,
}

impl Measures {
    /// The mean.
    pub fn mean(all: &[Self]) -> Self {
        let mean =
            |of: fn(&Self) -> f64| all.iter().map(of).sum::<f64>() / share(all.len().max(1), 1);
        Self {
            ndcg: mean(|m| m.ndcg),
            mrr: mean(|m| m.mrr),
            success_1: mean(|m| m.success_1),
            success_3: mean(|m| m.success_3),
            recall_5: mean(|m| m.recall_5),
        }
    }
}

fn share(part: usize, whole: usize) -> f64 {
    let number = |n: usize| f64::from(u32::try_from(n).unwrap_or(u32::MAX));
    number(part) / number(whole)
}
