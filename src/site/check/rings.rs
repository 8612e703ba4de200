//! Rings: a record that, over fields where that makes no sense, is built on itself.

use crate::{
    diag::{Code, Diagnostic},
    site::{RecordIndex, Site, graph::Found},
};

/// Where a record stands in the walk.
#[derive(Clone, Copy, PartialEq)]
enum Mark {
    New,
    OnTheWay,
    Done,
}

pub(super) fn check(site: &Site, out: &mut Vec<Diagnostic>) {
    let mut marks = vec![Mark::New; site.records.len()];
    for (index, _) in site.indices() {
        walk(site, index, &mut marks, out);
    }
}

/// Walks without recursion, so that a chain of a hundred thousand records is no danger.
fn walk(site: &Site, start: RecordIndex, marks: &mut [Mark], out: &mut Vec<Diagnostic>) {
    if marks.get(start.get()) != Some(&Mark::New) {
        return;
    }
    let mut way: Vec<(RecordIndex, usize)> = vec![(start, 0)];
    set(marks, start, Mark::OnTheWay);
    while let Some((here, number)) = way.last_mut() {
        let here = *here;
        let reference = site.graph.references(here).get(*number);
        *number += 1;
        let Some(reference) = reference else {
            set(marks, here, Mark::Done);
            way.pop();
            continue;
        };
        let Found::One(to) = reference.found else {
            continue;
        };
        if !reference.acyclic {
            continue;
        }
        match marks.get(to.get()) {
            Some(Mark::New) => {
                set(marks, to, Mark::OnTheWay);
                way.push((to, 0));
            }
            Some(Mark::OnTheWay) => {
                let ring = way.iter().map(|(i, _)| *i).skip_while(|i| *i != to);
                // It ends where it began.
                let files: Vec<&str> = ring
                    .chain([to])
                    .filter_map(|i| site.record(i))
                    .map(|r| r.path.as_str())
                    .collect();
                if let Some(record) = site.record(here) {
                    out.push(
                        Diagnostic::new(Code::K205, record.path.as_str())
                            .at(reference.span)
                            .arg("chain", files.join(" → "))
                            .in_field(&*reference.field),
                    );
                }
            }
            _ => {}
        }
    }
}

fn set(marks: &mut [Mark], index: RecordIndex, mark: Mark) {
    if let Some(place) = marks.get_mut(index.get()) {
        *place = mark;
    }
}
