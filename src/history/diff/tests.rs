//! Tests of the comparison: what a reader sees, and that no byte is lost.

use proptest::prelude::*;

use super::{Kind, Part, Piece, lines, words};

/// `[-gone-]` and `{+new+}` around what changed.
fn shown(pieces: &[Piece]) -> String {
    let one = |piece: &Piece| match piece.kind {
        Kind::Same => piece.text.clone(),
        Kind::Removed => format!("[-{}-]", piece.text),
        Kind::Added => format!("{{+{}+}}", piece.text),
    };
    pieces.iter().map(one).collect()
}

fn all(parts: &[Part]) -> Vec<String> {
    let one = |part: &Part| match part {
        Part::Paragraph { pieces } => shown(pieces).trim_end().to_owned(),
        Part::Folded { paragraphs } => format!("… {paragraphs}"),
    };
    parts.iter().map(one).collect()
}

#[test]
fn danish_words_are_whole() {
    for (old, new, expected) in [
        (
            "Vi går en tur på åen.",
            "Vi går en tur på æblegården.",
            "Vi går en tur på [-åen-]{+æblegården+}.",
        ),
        (
            "Kaffe kl. 10 i tv-stuen",
            "Kaffe kl. 11 i tv-stuen",
            "Kaffe kl. [-10-]{+11+} i tv-stuen",
        ),
        (
            "Røde Kors hjælper",
            "Røde  Kors hjælper",
            "Røde[- -]{+  +}Kors hjælper",
        ),
        (
            "to små ord her",
            "fire store ord her",
            "[-to små-]{+fire store+} ord her",
        ),
        ("", "nyt", "{+nyt+}"),
        ("væk", "", "[-væk-]"),
        ("ens", "ens", "ens"),
    ] {
        assert_eq!(shown(&words(old, new)), expected);
    }
}

#[test]
fn an_unchanged_stretch_is_folded_to_its_neighbours() {
    let text = |changed: &str| {
        format!(
            "---\ntitel: Kaffe\nfra: 2026-01-01\n---\n# Kaffe\nEt.\n\nTo.\n\nTre.\n\n{changed}\n\nFem.\n\nSeks.\n\nSyv.\n"
        )
    };
    let parts = lines(
        &text("Vi drikker kaffe om morgenen."),
        &text("Vi drikker te om morgenen."),
        1,
    );
    assert_eq!(
        all(&parts),
        [
            "… 7",
            "Tre.",
            "Vi drikker [-kaffe-]{+te+} om morgenen.",
            "Fem.",
            "… 2"
        ]
    );
    assert_eq!(lines("ens\n", "ens\n", 1), []);
}

#[test]
fn another_paragraph_in_the_same_place_is_not_mixed_with_the_old_one() {
    let parts = lines(
        "Borgeren ville gerne ud.\n\nSlut.\n",
        "Teamet har fået nye cykler i dag.\n\nSlut.\n",
        1,
    );
    assert_eq!(
        all(&parts),
        [
            "[-Borgeren ville gerne ud.\n\n-]",
            "{+Teamet har fået nye cykler i dag.\n\n+}",
            "Slut."
        ]
    );
    // Each line of the front matter stands by itself.
    let text = |how: &str| format!("---\nteam: å\ngik_det: {how}\nfra: 2026\n---\nTekst.\n");
    assert_eq!(
        all(&lines(&text("det-virkede"), &text("både-og"), 0)),
        ["… 2", "gik_det: [-det-virkede-]{+både-og+}", "… 3"]
    );
}

#[test]
fn a_very_long_text_is_shown_as_replaced_at_once() {
    let long = "ord ".repeat(40_000);
    let pieces = words(&long, &format!("{long}x"));
    assert_eq!(pieces.len(), 2);
}

proptest! {
    #[test]
    fn the_pieces_hold_both_texts_to_the_byte(
        old in "[a-cæøå \n.#-]{0,60}",
        new in "[a-cæøå \n.#-]{0,60}",
    ) {
        let without = |pieces: &[Piece], kind| -> String {
            pieces.iter().filter(|p| p.kind != kind).map(|p| p.text.as_str()).collect()
        };
        let pieces = words(&old, &new);
        prop_assert_eq!(without(&pieces, Kind::Added), &*old);
        prop_assert_eq!(without(&pieces, Kind::Removed), &*new);
        let paragraphs: Vec<Piece> = lines(&old, &new, usize::MAX / 4)
            .into_iter()
            .flat_map(|part| match part {
                Part::Paragraph { pieces } => pieces,
                Part::Folded { .. } => Vec::new(),
            })
            .collect();
        if old != new && !paragraphs.is_empty() {
            // What is folded at the ends is the same in both.
            prop_assert!(new.contains(&without(&paragraphs, Kind::Removed)));
            prop_assert!(old.contains(&without(&paragraphs, Kind::Added)));
        }
        prop_assert_eq!(lines(&old, &new, 1).is_empty(), old == new);
    }
}
