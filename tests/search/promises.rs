//! What the figures must be, over all sets together.

use std::collections::BTreeSet;

use anyhow::ensure;

use super::{Asked, Figures, judged::Measures};

/// A figure of a group, what it is called, and the least it may be.
type Promise = (&'static str, &'static str, fn(&Measures) -> f64, f64);

/// What is promised of the live search.
const PROMISES: [Promise; 5] = [
    ("kendt", "in the first three", |m| m.success_3, 0.95),
    ("bøjning", "recall of the first five", |m| m.recall_5, 0.95),
    (
        "bogstaver",
        "recall of the first five",
        |m| m.recall_5,
        0.95,
    ),
    (
        "sammensat",
        "recall of the first five",
        |m| m.recall_5,
        0.90,
    ),
    ("slåfejl", "recall of the first five", |m| m.recall_5, 0.90),
];

/// What has not been reached, with the figure that has: it may not become worse unseen.
const NOT_YET: [(&str, f64); 1] = [("slåfejl", 0.86)];

/// How far the offline search may be behind the live one.
const BEHIND: f64 = 0.05;

/// Fails with every promise that is broken.
pub fn hold(all: &[Figures]) -> anyhow::Result<()> {
    let mut broken = Vec::new();
    println!("\nall sets together");
    for (group, name, of, least) in PROMISES {
        let measures = measures(all, Asked::Live, Some(group));
        let figure = of(&Measures::mean(&measures));
        let floor = NOT_YET
            .iter()
            .find(|(not_yet, _)| *not_yet == group)
            .map_or(least, |(_, floor)| *floor);
        let verdict = if figure >= least {
            "kept"
        } else {
            "not reached"
        };
        println!(
            "{group:<12} {name}: {figure:.3} of {least:.2} in {} queries, {verdict}",
            measures.len()
        );
        if figure < floor {
            broken.push(format!("{group}: {name} is {figure:.3} and was {floor:.3}"));
        }
    }
    for figures in all {
        for group in figures.groups.keys() {
            let one = std::slice::from_ref(figures);
            let of = |asked| Measures::mean(&measures(one, asked, Some(group))).ndcg;
            if of(Asked::Live) < of(Asked::Plain) {
                broken.push(format!(
                    "{}, {group}: tantivy as it comes is better",
                    figures.set
                ));
            }
        }
    }
    let of = |asked, group| Measures::mean(&measures(all, asked, group)).ndcg;
    let groups: BTreeSet<&String> = all
        .iter()
        .flat_map(|figures| figures.groups.keys())
        .collect();
    for group in groups {
        let (live, offline) = (
            of(Asked::Public, Some(group.as_str())),
            of(Asked::Offline, Some(group.as_str())),
        );
        println!("{group:<12} nDCG@10 of the public: live {live:.3}, offline {offline:.3}");
    }
    let (live, offline) = (of(Asked::Public, None), of(Asked::Offline, None));
    println!("all          nDCG@10 of the public: live {live:.3}, offline {offline:.3}");
    if live - offline > BEHIND {
        broken.push(format!(
            "the offline search has {offline:.3} where the live one has {live:.3}"
        ));
    }
    ensure!(broken.is_empty(), "\n{}", broken.join("\n"));
    Ok(())
}

fn measures(all: &[Figures], asked: Asked, group: Option<&str>) -> Vec<Measures> {
    let groups = all.iter().flat_map(|figures| &figures.groups);
    let wanted = groups.filter(|(name, _)| group.is_none_or(|group| group == name.as_str()));
    let of_asked = wanted.flat_map(|(_, of)| of.iter().filter(|(other, _)| *other == asked));
    of_asked
        .flat_map(|(_, measures)| measures.iter().copied())
        .collect()
}
