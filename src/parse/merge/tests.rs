use super::*;

const BASE: &str =
    "---\ntitel: A\n# en note\nfra: 2021-04-06\nemneord: [a]\n---\n\nEt.\n\nTo.\n\nTre.\n";

fn quiet(base: &str, yours: &str, theirs: &str) -> String {
    let merged = merge(base, yours, theirs, Keep::Yours);
    assert_eq!(merged.conflicts, [], "no conflict");
    merged.text
}

#[test]
fn different_fields_and_paragraphs_merge() {
    let yours = BASE
        .replace("titel: A", "titel: B")
        .replace("Et.", "Et, rettet.");
    let theirs = BASE
        .replace("fra: 2021-04-06", "fra: 2021-04-07")
        .replace("Tre.", "Tre, rettet.");
    let merged = quiet(BASE, &yours, &theirs);
    assert_eq!(
        merged,
        "---\ntitel: B\n# en note\nfra: 2021-04-07\nemneord: [a]\n---\n\nEt, rettet.\n\nTo.\n\nTre, rettet.\n"
    );
    assert_eq!(
        quiet(BASE, &theirs, &yours),
        merged,
        "the same from the other side"
    );
}

#[test]
fn new_fields_of_both_are_kept_in_their_places() {
    let yours = BASE.replace("fra:", "omfang: 6\nfra:");
    let theirs = BASE.replace("---\n\nEt", "til: 2021-04-20\n---\n\nEt");
    assert_eq!(
        quiet(BASE, &yours, &theirs),
        "---\ntitel: A\n# en note\nomfang: 6\nfra: 2021-04-06\nemneord: [a]\ntil: 2021-04-20\n---\n\nEt.\n\nTo.\n\nTre.\n"
    );
}

#[test]
fn the_same_place_gives_both_texts() {
    let yours = BASE
        .replace("titel: A", "titel: B")
        .replace("To.", "To, mit.");
    let theirs = BASE
        .replace("titel: A", "titel: C")
        .replace("To.", "To, deres.");
    let merged = merge(BASE, &yours, &theirs, Keep::Theirs);
    assert_eq!(merged.text, theirs);
    let places: Vec<&Place> = merged.conflicts.iter().map(|c| &c.place).collect();
    assert_eq!(
        places,
        [&Place::Field("titel".to_owned()), &Place::Paragraph(0)]
    );
    let body = merged.conflicts.last().expect("the paragraph");
    assert_eq!(
        (body.yours.trim(), body.theirs.trim()),
        ("To, mit.", "To, deres.")
    );
    assert_eq!(merge(BASE, &yours, &theirs, Keep::Yours).text, yours);
}

#[test]
fn new_paragraphs_of_both_in_one_place_are_both_kept() {
    let yours = format!("{BASE}\nMin.\n");
    let theirs = format!("{BASE}\nDeres.\n");
    assert!(quiet(BASE, &yours, &theirs).ends_with("Tre.\n\nDeres.\n\nMin.\n"));
}

#[test]
fn a_paragraph_that_one_removed_and_the_other_changed_is_a_conflict() {
    let yours = BASE.replace("To.\n\n", "");
    let theirs = BASE.replace("To.", "To, rettet.");
    let merged = merge(BASE, &yours, &theirs, Keep::Theirs);
    assert_eq!(merged.conflicts.len(), 1);
    assert!(merged.text.contains("To, rettet."));
}

#[test]
fn without_a_common_text_everything_that_differs_is_asked() {
    let merged = merge(
        "",
        "---\ntitel: A\n---\nEt.\n",
        "---\ntitel: B\n---\nEt.\n",
        Keep::Theirs,
    );
    assert_eq!(merged.conflicts.len(), 1);
    assert_eq!(merged.text, "---\ntitel: B\n---\nEt.\n");
}

#[test]
fn code_is_one_paragraph_and_paragraphs_are_the_body() {
    let body = "\nA.\n\n```\nx\n\ny\n```\n\n\nB.";
    let parts = paragraphs(body);
    assert_eq!(parts.concat(), body);
    assert_eq!(parts.len(), 4, "{parts:?}");
}
