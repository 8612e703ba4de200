//! Numbers here are made by loops, so that none is written down as somebody's.

use super::*;

/// Six digits of a date, and four.
fn number(day: usize, month: usize, year: usize, serial: usize) -> (String, String) {
    (
        format!("{day:02}{month:02}{year:02}"),
        format!("{serial:04}"),
    )
}

/// Numbers of many days, months, years and serials, with the check digit right and wrong.
fn numbers() -> impl Iterator<Item = (String, String)> {
    let days = [1, 5, 9, 10, 12, 19, 20, 21, 28, 30, 31, 61, 75, 91];
    days.into_iter().enumerate().flat_map(|(i, day)| {
        (1..=12).map(move |month| {
            number(
                day,
                month,
                (i * 17 + month * 5) % 100,
                (i * 733 + month * 619 + 7) % 10_000,
            )
        })
    })
}

/// Asserts that exactly this part of a text is found.
#[track_caller]
fn only(text: &str, wanted: &str) {
    let found: Vec<&str> = find(text)
        .into_iter()
        .map(|range| text.get(range).unwrap())
        .collect();
    assert_eq!(found, [wanted], "in {text:?}");
}

#[track_caller]
fn none(text: &str) {
    let found: Vec<&str> = find(text)
        .into_iter()
        .map(|range| text.get(range).unwrap())
        .collect();
    assert!(found.is_empty(), "{found:?} in {text:?}");
}

#[test]
fn a_number_is_found_between_six_and_four_in_any_dress() {
    let parted = [
        "",
        "-",
        " ",
        ".",
        " - ",
        " – ",
        "–",
        "\u{2011}",
        "\u{2212}",
        "\u{a0}",
        "\u{202f}",
        "\t",
        "  ",
        "\n",
        "\r\n",
        "-\n",
        "\n-",
        " \n  ",
        "**",
        "-**",
        "**-**",
        "_",
        "`-`",
        "~~",
        "\\-",
        "\u{ad}",
        "\u{200b}",
        "-\u{feff}",
        "&nbsp;",
        "&#45;",
        "&shy;",
        "%20",
        "\n> ",
        ". ",
        ".-",
        "--",
    ];
    for (date, serial) in numbers() {
        for sign in parted {
            let written = format!("{date}{sign}{serial}");
            for text in [
                written.clone(),
                format!("Borgeren ({written}) ville selv."),
                format!("| navn | {written} | 12 |"),
                format!("cpr: \"{written}\"\n"),
                format!("![{written}](a.jpg)"),
                format!("Besøg 3. {written}, og så 4."),
                format!("/billeder/{written}.jpg"),
                format!("CPR-nr.:{written}"),
                format!("1. {written}"),
                format!("**{written}**"),
            ] {
                only(&text, &written);
            }
        }
    }
}

#[test]
fn a_number_is_found_with_one_sign_between_any_two_digits() {
    for (date, serial) in numbers() {
        let digits = format!("{date}{serial}");
        for sign in [
            " ", "\u{a0}", "*", "**", "_", "`", "~~", "\n", "\u{200b}", "\\",
        ] {
            for at in 1..10 {
                let (head, tail) = digits.split_at(at);
                // A whole date and two digits are read as a date and a count.
                let year_month_day = at == 8 && (head.starts_with("19") || head.starts_with("20"));
                if !year_month_day {
                    let written = format!("{head}{sign}{tail}");
                    only(&written, &written);
                    only(&format!("Hos {written} var der kaffe."), &written);
                }
            }
        }
    }
}

#[test]
fn a_number_is_found_with_signs_in_several_places() {
    let forms = [
        "## ## ## ####",
        "##.##.##-####",
        "##-##-##-####",
        "##-##-## ####",
        "## ## ##-####",
        "###### ## ##",
        "######-##-##",
        "#### ##-####",
        "## #### ####",
        "##.##.##.####",
        "**##**####-####",
        "######-**####**",
        "#### #### ##",
        "### ### ####",
        "# # # # # # # # # #",
        "## ## ## ## ##",
        "######-#\n###",
        "##\n####-####",
        "##*##*##-####",
        "######- # # # #",
        "##. ##. ##. ####",
    ];
    for (date, serial) in numbers() {
        for form in forms {
            let mut digits = date.chars().chain(serial.chars());
            let written: String = form
                .chars()
                .map(|c| if c == '#' { digits.next().unwrap() } else { c })
                .collect();
            if digits.next().is_none() && !is_two_years(&date, &serial, form) {
                let wanted = written.trim_matches('*');
                only(&written, wanted);
                only(&format!("Ved døren: {written}."), wanted);
            }
        }
    }
}

/// `#### #### ##` with two years in it is a span of years.
fn is_two_years(date: &str, serial: &str, form: &str) -> bool {
    let digits = format!("{date}{serial}");
    let century = |at: usize| {
        digits
            .get(at..)
            .is_some_and(|d| d.starts_with("19") || d.starts_with("20"))
    };
    form.starts_with("#### #### ") && century(0) && century(4)
}

#[test]
fn a_failed_check_digit_clears_nothing() {
    let weights = [4, 3, 2, 7, 6, 5, 4, 3, 2, 1];
    let mut remainders = [0; 11];
    for serial in 0..200 {
        let (date, serial) = number(14, 3, 52, serial * 47);
        let digits = date
            .chars()
            .chain(serial.chars())
            .filter_map(|c| c.to_digit(10));
        let sum: u32 = digits
            .zip(weights)
            .map(|(digit, weight)| digit * weight)
            .sum();
        remainders[sum as usize % 11] += 1;
        only(&format!("{date}-{serial}"), &format!("{date}-{serial}"));
    }
    assert!(remainders.iter().all(|count| *count > 0));
}

#[test]
fn several_numbers_are_found_each() {
    let all: Vec<String> = numbers()
        .take(40)
        .map(|(date, serial)| format!("{date}-{serial}"))
        .collect();
    for sign in [
        ", ", " ", "\n", "; ", " og ", ",", "/", "\n- ", " | ", "\n\n",
    ] {
        let text = all.join(sign);
        let found: Vec<&str> = find(&text)
            .into_iter()
            .map(|range| text.get(range).unwrap())
            .collect();
        assert_eq!(found, all, "{sign:?}");
    }
    let table = all.join("\n").replace('-', "");
    assert_eq!(find(&table).len(), all.len());
    assert_eq!(find(&table.replace('\n', ",")).len(), all.len());
}

#[test]
fn a_number_is_found_beside_other_numbers() {
    let (date, serial) = number(21, 10, 38, 4);
    let written = format!("{date}-{serial}");
    for text in [
        format!("{written} 72 år"),
        format!("kl. 10 {written}"),
        format!("2021-03-01 {written}"),
        format!("{written} 12 34 56 78"),
        format!("5,{written},7"),
        format!("{written}. 2 besøg"),
        format!("+4512345678 {written}"),
        format!("foto_2021_{written}.jpg"),
    ] {
        only(&text, &written);
    }
}

#[test]
fn what_no_date_begins_is_no_number() {
    for day in [0, 32, 45, 60, 92, 99] {
        let (date, serial) = number(day, 5, 40, 1234);
        none(&format!("{date}-{serial}"));
    }
    for month in [0, 13, 20, 99] {
        let (date, serial) = number(12, month, 40, 1234);
        none(&format!("{date}-{serial}"));
    }
}

#[test]
fn a_piece_of_a_longer_number_is_no_number() {
    for (date, serial) in numbers() {
        for text in [
            format!("7{date}{serial}"),
            format!("{date}{serial}7"),
            format!("7{date}-{serial}"),
            format!("{date}-{serial}7"),
            format!("21/{date}-{serial}"),
            format!("2021/{date}-{serial}"),
            format!("21-{date}-{serial}"),
            format!("2021-{date}-{serial}"),
            format!("{date}-{serial}-12"),
            format!("{date}-{serial}.5"),
            format!("{date}-{serial}/2"),
            format!("3.{date}{serial}"),
            format!("3,{date}{serial}"),
            format!("+{date}{serial}"),
            format!("+{date} {serial}"),
            format!("+49 {date} {serial}"),
            format!("5**{date}-{serial}**"),
            format!("{date}\n\n{serial}"),
            format!("{date}, {serial}"),
            format!("- {date}\n- {serial}"),
            format!("{date} | {serial}"),
        ] {
            none(&text);
        }
    }
}

#[test]
fn phone_numbers_are_no_numbers() {
    for a in [12, 20, 21, 30, 31, 61, 75, 91] {
        for b in 1..=12 {
            let (c, d) = ((a * 7 + b) % 100, (a + b * 31) % 100);
            for phone in [
                format!("{a}{b:02}{c:02}{d:02}"),
                format!("{a} {b:02} {c:02} {d:02}"),
                format!("{a}{b:02} {c:02}{d:02}"),
                format!("{a}-{b:02}-{c:02}-{d:02}"),
            ] {
                for text in [
                    format!("+45 {phone}"),
                    format!("+45{phone}"),
                    format!("0045 {phone}"),
                    format!("(+45) {phone}"),
                    format!("Tlf. {phone}"),
                    format!("telefon: {phone}"),
                    format!("Ring {phone} / {phone} eller {phone}, {phone}"),
                    format!("{phone}\n{phone}\n{phone}"),
                    format!("{phone} {phone}"),
                    format!("Ring {phone}. 12 kolleger svarer."),
                    format!("CVR {phone}"),
                ] {
                    none(&text);
                }
                if a >= 20 {
                    none(&format!("Tlf. {phone} 24 timer i døgnet"));
                    none(&format!("Vagttelefonen {phone} 12 måneder om året"));
                }
            }
        }
    }
}

#[test]
fn dates_and_clock_times_are_no_numbers() {
    for day in 1..=28 {
        for month in 1..=12 {
            for year in [1999, 2001, 2010, 2012, 2021, 2026] {
                let (other, yy) = (day % 28 + 1, year % 100);
                for text in [
                    format!("{day:02}.{month:02}.{year}-{other:02}.{month:02}.{year}"),
                    format!("{day:02}.{month:02}.{year} {other:02}.{month:02}.{year}"),
                    format!("{day}.{month}.{year}–{other}.{month}.{year}"),
                    format!("{day:02}.{month:02}.{year} kl. 12.30"),
                    format!("{day:02}.{month:02}.{year} 12.30"),
                    format!("{day:02}.{month:02}.{year} 12 borgere"),
                    format!("{day:02}-{month:02}-{year} 12 borgere"),
                    format!("{day:02}.{month:02} {year} 12 borgere"),
                    format!("kl. 10 {day:02}.{month:02}.{year}"),
                    format!("uge 12 {day:02}-{month:02}-{year}"),
                    format!("{other:02}.-{day:02}.{month:02}.{year}"),
                    format!("{other:02}-{day:02}.{month:02}.{year}"),
                    format!("{other:02}.{month:02}-{day:02}.{month:02}.{year}"),
                    format!("{year}-{month:02}-{day:02} 1200"),
                    format!("{year}-{month:02}-{day:02} 12"),
                    format!("{year}-{month:02}-{day:02} 12.30"),
                    format!("{year}-{month:02}-{day:02}T12:30:00"),
                    format!("{year}-{month:02}-{day:02}-1200"),
                    format!("{year}-{month:02}-{day:02}\n{year}-{month:02}-{other:02}"),
                    format!("{year}{month:02}{day:02} 12"),
                    format!("IMG_{year}{month:02}{day:02}_101530"),
                    format!("{day}. {month}. {yy}"),
                    format!("{year}-{} 12 teams", year + 1),
                    format!("{year} {} 12 teams", year + 1),
                ] {
                    none(&text);
                }
            }
        }
    }
    for hour in 8..20 {
        for minute in [0, 5, 10, 12, 30, 45] {
            let (h, m) = (hour, minute);
            none(&format!("kl. {h:02}.{m:02}-{:02}.{m:02}", h + 1));
            none(&format!("kl. {h:02}.{m:02}-{:02}.{m:02} 12 borgere", h + 1));
            none(&format!("kl. {h:02}.{m:02}–{:02}.{m:02} 12 borgere", h + 1));
            none(&format!("den 12 {h:02}.{m:02}-{:02}.{m:02}", h + 1));
        }
    }
}

#[test]
fn numbers_of_cases_goods_and_books_are_no_numbers() {
    for n in 0..60_usize {
        let (a, b) = (n * 37 % 12 + 1, n * 91 % 28 + 1);
        for text in [
            format!("EAN 5798{:09}", n * 1_010_203),
            format!("EAN 5798 {a:04} {b:04} 3"),
            format!("579 8{a:02} {b:03} {a:03} 5"),
            format!("Sag {}/{:06}-{:04}", 15 + n % 12, n * 1013, n * 97),
            format!("Sag {}-{a:02}{:03}-{:03}", 15 + n % 12, n * 13, n * 7),
            format!("Sag {}-{a:02}{:06}", 15 + n % 12, n * 1013),
            format!("Sag 20{}-{:06}", 10 + n % 3, n * 1013),
            format!("{}/{}", 15 + n % 12, n * 1013),
            format!("29.09.{a:02}-A{b:02}-1-21"),
            format!("ISBN 978-87-{a:02}-{:05}-7", n * 97),
            format!("ISBN 87-{a:02}-{:05}-7", n * 97),
            format!("ISBN-10: 87{a:02}{:06}", n * 97),
            format!("doi.org/10.1234/abc.{b:02}{a:02}{:06}", n * 97),
            format!("https://doi.org/10.1016/{b:02}{a:02}{:06}", n * 97),
            format!("1.{:03}.{:03}.{:03}", 100 + a, n * 7, n * 11),
            format!("10.{}.1{:02}.1{:02}", 10 + n % 3, a, b),
            format!("[{b}, {a}, 12, 34, 56, 78]"),
            format!(
                "sha: {:08x}{b:02}{a:02}{:06}{:08x}abcdef0123",
                0xabcd_ef00_u32 + 1,
                n * 97,
                0xfedc_ba98_u32
            ),
            format!("{}.{}", b, "5 ".repeat(11)),
            format!("DK50 0040 0440 {a:04} {b:02}"),
        ] {
            none(&text);
        }
    }
}

#[test]
fn clean_prose_has_no_numbers() {
    for text in [
        "1.112677853 og 2.512748043 sekunder",
        "64 * 1024 * 1024 og 12 * 10 * 202020",
        "7.6 1.1 1.3 1.1 2.2 og 1.2 1.1 2.3 4.5 6.7",
        "Team af 10-12 med 6 borgere og 3 kolleger, 2021-2022, kl. 8.30-9.30.",
        "Fra 140 til 53 minutter om ugen (talt). Sparet 88. 7,6 (6,8 til 8,4), 22 svar.",
        "1 2 3 4 5 6 7 8 9 10",
        "10 9 8 7 6 5 4 3 2 1",
        "0 1 2 3 4 5 6 7 8 9 10",
        "Lov nr. 1010 af 12. december 2012, § 83, stk. 1-3, jf. § 9.",
        "- 12\n- 10\n- 2021\n- 15\n",
        "1. 12\n2. 10\n3. 20\n",
        "| 12 | 10 | 2021 | 15 |\n| 12 | 10 | 2021 | 15 |",
        "skala: [1, 2, 3, 4, 5]\nn: [9, 14, 8, 5, 1]\n",
        "Ring 112. 12 kolleger kom. 10 gik. 2012 var året. 14 blev.",
        "",
        "æøå",
        "10",
    ] {
        none(text);
    }
}

#[test]
fn wide_digits_are_digits() {
    let (date, serial) = number(7, 11, 40, 1234);
    let wide: String = date
        .chars()
        .map(|c| char::from_u32(c as u32 - 0x30 + 0xff10).unwrap())
        .collect();
    only(&format!("{wide}-{serial}"), &format!("{wide}-{serial}"));
}

#[test]
fn a_name_of_a_file_joins_words_with_hyphens() {
    let (date, serial) = number(7, 11, 40, 1234);
    for name in [
        format!("besoeg-2-{date}-{serial}.md"),
        format!("{date}{serial}.jpg"),
        format!("2021-{date}-{serial}-3.md"),
        format!("ideer/07-11-40-{serial}/a.md"),
        format!("x_{date}_{serial}_y"),
    ] {
        assert_eq!(find_in_name(&name).len(), 1, "{name}");
        assert!(!mask_name(&name).contains(&serial), "{name}");
    }
    for name in [
        "2021-03-01-1200.md",
        "2012-03-01-12.md",
        "img_20120315_101530.jpg",
        "maalinger/prem-2021-q3.md",
    ] {
        assert!(find_in_name(name).is_empty(), "{name}");
        assert!(matches!(mask_name(name), Cow::Borrowed(_)));
    }
}

#[test]
fn a_masked_text_has_the_same_places_and_no_number() {
    for (date, serial) in numbers() {
        let text = format!("Æble {date}-\n{serial} og 12.");
        let masked = mask(&text);
        assert_eq!(masked, "Æble xxxxxx-\nxxxx og 12.");
        assert_eq!(masked.len(), text.len());
        assert!(find(&masked).is_empty());
    }
    assert!(matches!(mask("kl. 10"), Cow::Borrowed("kl. 10")));
}

#[test]
fn any_text_is_read_without_harm() {
    let signs = [
        "0", "1", "12", "2012", "-", ".", " ", "\n", "/", "+", ",", "&", "%20", "&#45;", "æ",
        "\u{301}", "*", ">",
    ];
    let mut seed = 1_u32;
    for _ in 0..20_000 {
        let mut text = String::new();
        for _ in 0..24 {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            text.push_str(signs[(seed >> 16) as usize % signs.len()]);
        }
        let found = find(&text);
        assert!(
            found.windows(2).all(|pair| pair[0].end <= pair[1].start),
            "{text:?}"
        );
        for range in found {
            let digits = text
                .get(range)
                .unwrap()
                .replace("%20", " ")
                .replace("&#45;", "-");
            assert_eq!(
                digits.chars().filter(char::is_ascii_digit).count(),
                10,
                "{text:?}"
            );
        }
        let _ = (find_in_name(&text), mask(&text), mask_name(&text));
    }
}

/// Anything that grew with the square of the text would take many minutes here.
#[test]
fn a_large_text_is_read_to_its_end() {
    let (date, serial) = number(7, 11, 40, 1234);
    for (part, in_each) in [
        (format!("{date}-{serial},"), 1),
        (format!("{date}-{serial} "), 1),
        (format!("{date}{serial}\n"), 1),
        (format!("{date}{serial}a"), 0),
        (format!("{date}/{serial}/"), 0),
        ("0*1*0*2*".to_owned(), 0),
        ("12 ".to_owned(), 0),
        ("1".to_owned(), 0),
        ("f\u{301}".to_owned(), 0),
        ("10.1234/".to_owned(), 0),
    ] {
        let count = 150_000 / part.len();
        let text = part.repeat(count);
        assert_eq!(find(&text).len(), count * in_each, "{part:?}");
        assert_eq!(mask(&text).len(), text.len());
        assert!(crate::text::personal::find(&text).is_empty(), "{part:?}");
    }
}
