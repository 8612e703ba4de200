//! Mail addresses: a name, an at sign, and a domain with at least one full stop.

use std::ops::Range;

pub(super) fn find(text: &str) -> Vec<Range<usize>> {
    text.match_indices('@')
        .filter_map(|(at, _)| address_around(text, at))
        .collect()
}

fn address_around(text: &str, at: usize) -> Option<Range<usize>> {
    let in_name = |c: &char| c.is_alphanumeric() || matches!(c, '.' | '_' | '%' | '+' | '-' | '\'');
    let in_domain = |c: &char| c.is_alphanumeric() || matches!(c, '.' | '-');
    let name: usize = text
        .get(..at)?
        .chars()
        .rev()
        .take_while(in_name)
        .map(char::len_utf8)
        .sum();
    let length: usize = text
        .get(at + 1..)?
        .chars()
        .take_while(in_domain)
        .map(char::len_utf8)
        .sum();
    let name = text
        .get(at - name..at)?
        .trim_start_matches(['.', '\'', '-', '_']);
    let domain = text
        .get(at + 1..at + 1 + length)?
        .trim_end_matches(['.', '-']);
    let (host, top) = domain.rsplit_once('.')?;
    let good = !name.is_empty()
        && !host.is_empty()
        && !domain.starts_with(['.', '-'])
        && !domain.contains("..")
        && top.chars().count() >= 2
        && top.chars().all(char::is_alphabetic);
    good.then(|| at - name.len()..at + 1 + domain.len())
}
