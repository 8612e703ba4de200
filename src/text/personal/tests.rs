//! Names and numbers here are invented or made by loops.

use super::*;

#[track_caller]
fn found(text: &str) -> Vec<(&str, Kind)> {
    find(text)
        .into_iter()
        .map(|finding| (text.get(finding.range).unwrap(), finding.kind))
        .collect()
}

#[track_caller]
fn only(text: &str, wanted: &str, kind: Kind) {
    assert_eq!(found(text), [(wanted, kind)], "in {text:?}");
}

#[track_caller]
fn none(text: &str) {
    assert!(found(text).is_empty(), "{:?} in {text:?}", found(text));
}

#[test]
fn phone_numbers_are_found_as_danes_write_them() {
    for n in 0..90_usize {
        let (a, b, c, d) = (20 + n % 70, n * 7 % 100, n * 13 % 100, n * 29 % 100);
        let pairs = format!("{a} {b:02} {c:02} {d:02}");
        for phone in [
            pairs.clone(),
            pairs.replace(' ', "-"),
            pairs.replace(' ', "\u{a0}"),
            format!("{a}{b:02} {c:02}{d:02}"),
        ] {
            for text in [
                phone.clone(),
                format!("Ring til {phone}."),
                format!("({phone}), og 12 kom"),
                format!("| {phone} | 3 |"),
            ] {
                if !phone.starts_with("20") {
                    only(&text, &phone, Kind::Phone);
                }
            }
            for code in ["+45 ", "+45", "0045 ", "+45\u{a0}"] {
                only(
                    &format!("Kontakt: {code}{phone}"),
                    &format!("{code}{phone}"),
                    Kind::Phone,
                );
            }
        }
        let run = pairs.replace(' ', "");
        if a > 20 {
            only(&format!("[ring](tel:{run})"), &run, Kind::Phone);
            only(&format!("Tlf.: {run}"), &run, Kind::Phone);
        }
    }
    only(
        "Vi fik +49 171 2345678 af dem",
        "+49 171 2345678",
        Kind::Phone,
    );
    only("Mobil 123 45 678", "123 45 678", Kind::Phone);
    only("tlf. 12 34 56 78", "12 34 56 78", Kind::Phone);
}

#[test]
fn other_numbers_are_no_phone_numbers() {
    for text in [
        "CVR 12 34 56 78",
        "CVR-nr. 29189757",
        "EAN 5798 0001 2345 6",
        "sag 21/01234567",
        "sagsnr. 23456789",
        "1234-5678",
        "2021-2022 og 2020 2021",
        "20210301",
        "kl. 21.10-22.30",
        "01.02.2021-03.04.2021",
        "2021-03-01 1200",
        "25.000.000 kr.",
        "25 000 000 kr.",
        "ISSN 2345-6789",
        "billede_23456789.jpg",
        "https://eksempel.dk/23456789",
        "22334455,50",
        "1, 2, 3, 4, 5, 6, 7, 8",
        "1 2 3 4 5 6 7 8",
        "112 og 1813",
        "a23456789 23456789b",
        "21 22 23 24 25 26",
    ] {
        none(text);
    }
}

#[test]
fn a_cpr_number_is_no_phone_number() {
    let number = format!("{:06}-{:04}", 71_140, 1234);
    none(&number);
    none(&number.replace('-', " "));
}

#[test]
fn mail_addresses_are_found() {
    for name in [
        "a",
        "team.aabrinken",
        "fornavn_efternavn",
        "søren",
        "x+y",
        "o'x",
    ] {
        for domain in ["eksempel.dk", "post.eksempel-kommune.dk", "æøå.example"] {
            let mail = format!("{name}@{domain}");
            for text in [
                mail.clone(),
                format!("Skriv til {mail}."),
                format!("<mailto:{mail}>"),
                format!("**{mail}**"),
                format!("({mail})"),
            ] {
                only(&text, &mail, Kind::Mail);
            }
        }
    }
    for text in [
        "@",
        "a@",
        "@b.dk",
        "a@b",
        "a @ b.dk",
        "3 kaffe @ 12,50",
        "a@b..dk",
        "a@-.dk",
        "a@b.1",
    ] {
        none(text);
    }
}

#[test]
fn a_title_and_a_name_are_found() {
    for title in [
        "fru", "Fru", "FRU", "frk.", "Frk", "frøken", "hr.", "Hr.", "hr", "herr",
    ] {
        for name in [
            "Eksempelsen",
            "Åse Ømann",
            "E. Eksempel-Prøve",
            "Prøvesen Af Eksempel",
            "Ærlig",
        ] {
            let both = format!("{title} {name}");
            for text in [
                both.clone(),
                format!("Hos {both} var der kaffe."),
                format!("({both})"),
            ] {
                only(&text, &both, Kind::Name);
            }
        }
    }
    only(
        "hr. og fru **Eksempelsen** kom",
        "fru **Eksempelsen",
        Kind::Name,
    );
    only("fru\nEksempelsen", "fru\nEksempelsen", Kind::Name);
    for text in [
        "Vor Frue Kirke",
        "fru.",
        "hr. 12",
        "fruen Kaffe",
        "Herre Gud",
        "fru og hr.",
        "fru\n\nKaffe",
        "24 hr",
        "frugt Kaffe",
        "hun er frue. Vi gik",
        "HR-afdelingen",
        "fru eksempelsen",
    ] {
        none(text);
    }
}

#[test]
fn a_street_and_a_number_are_found() {
    for street in [
        "Eksempelvej",
        "Prøvegade",
        "Ølandsgaden",
        "Lille Åbrinken",
        "Kaffe Allé",
        "Store Torv",
        "Testparken",
        "Æblevænget",
    ] {
        let word = street.rsplit(' ').next().unwrap();
        let own = ["Allé", "Torv"].contains(&word);
        for number in ["1", "12", "240", "12B", "3 C", "nr. 7"] {
            let address = format!("{word} {number}");
            let context = if own {
                format!("{street} {number}")
            } else {
                address.clone()
            };
            for text in [
                context.clone(),
                format!("De bor på {context}, 2. sal."),
                format!("({context})"),
                format!("{context} i byen"),
            ] {
                only(&text, &address, Kind::Address);
            }
        }
    }
}

#[test]
fn ordinary_sentences_have_no_address() {
    for text in [
        "Team Fjordvej 12 borgere",
        "Fjordvej 12 borgere var med",
        "på vej 2 gange",
        "i haven 3 stole",
        "Torvet 3 gange om ugen",
        "Møllevej kl. 10",
        "Møllevej 10.30",
        "Møllevej 2021",
        "Møllevej 012",
        "Møllevej\n\n12",
        "Arbejdsgang 3",
        "Eksempelvej, og 12 kom",
        "gaaklub-vojens-vej 3",
        "Afsnit 5",
    ] {
        none(text);
    }
}

#[test]
fn findings_stand_in_the_order_of_the_text() {
    let text = "Fru Prøvesen, Eksempelvej 4, a@b.dk, 22 33 44 55";
    let kinds: Vec<Kind> = find(text).into_iter().map(|finding| finding.kind).collect();
    assert_eq!(kinds, [Kind::Name, Kind::Address, Kind::Mail, Kind::Phone]);
    assert_eq!(
        Kind::ALL.map(Kind::as_str),
        ["telefon", "mail", "adresse", "navn"]
    );
}

#[test]
fn any_text_is_read_without_harm() {
    let signs = [
        "0", "12", "+45", "-", ".", " ", "\n", "/", "@", "b.dk", "fru", "hr.", "Æ", "Testvej",
        "Allé", "nr.", "\u{301}", "*", "i", "å",
    ];
    let mut seed = 7_u32;
    for _ in 0..20_000 {
        let mut text = String::new();
        for _ in 0..16 {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            text.push_str(signs[(seed >> 16) as usize % signs.len()]);
        }
        for finding in find(&text) {
            assert!(
                text.get(finding.range)
                    .is_some_and(|found| !found.is_empty()),
                "{text:?}"
            );
        }
    }
}
