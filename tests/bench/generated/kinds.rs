//! The front matter and the body of each kind, with everything filled in that a kind requires.

use std::fmt::Write;

use super::{
    Plan, Planned, Random,
    words::{Form, Language, capitalised},
};

const TAGS: [&str; 40] = [
    "samtale",
    "morgen",
    "aften",
    "nat",
    "fællesskab",
    "foreninger",
    "faste kolleger",
    "overgange",
    "papirarbejde",
    "medicin",
    "gåtur",
    "rollator",
    "pårørende",
    "måltider",
    "ensomhed",
    "hverdag",
    "rehabilitering",
    "visitation",
    "planlægning",
    "telefon",
    "kørsel",
    "naboer",
    "frivillige",
    "musik",
    "haven",
    "køkkenet",
    "faldforebyggelse",
    "søvn",
    "tryghed",
    "tillid",
    "ledelse",
    "oplæring",
    "møder",
    "it-systemet",
    "notater",
    "sygepleje",
    "træning",
    "mad og drikke",
    "sommer",
    "vinter",
];

const FIRST_HALVES: [&str; 16] = [
    "Å", "Fjord", "Mølle", "Skov", "Bakke", "Eng", "Kirke", "Sø", "Hede", "Bro", "Birke", "Ege",
    "Havne", "Mark", "Strand", "Kilde",
];
const SECOND_HALVES: [&str; 10] = [
    "brinken", "vej", "bæk", "parken", "toften", "gården", "dalen", "lunden", "vangen", "engen",
];

/// The headings that a kind suggests.
const HEADINGS: [(&str, [&str; 3]); 2] = [
    (
        "proevehandling",
        [
            "Hvad prøvede vi?",
            "Hvad skete der?",
            "Hvad betød det for borgeren?",
        ],
    ),
    (
        "anvisning",
        [
            "Sådan gør I",
            "Sådan ser I, om det virker",
            "Sådan tilpassede vi det",
        ],
    ),
];

/// Kinds that a text may link to.
const LINKED: [&str; 8] = [
    "proevehandling",
    "ide",
    "ressource",
    "kerneelement",
    "side",
    "begreb",
    "anvisning",
    "dokumentationskrav",
];

/// The title of a record of a kind.
pub fn title(kind: &str, language: &Language, random: &mut Random) -> String {
    match kind {
        "team" => format!(
            "Team {}{}",
            random.word(&FIRST_HALVES),
            random.word(&SECOND_HALVES)
        ),
        "begreb" => capitalised(&language.compound(random, Form::One)),
        _ => language.title(random),
    }
}

/// What a record is written with.
pub struct Writing<'a> {
    pub(super) plan: &'a Plan,
    pub(super) language: &'a Language,
    pub(super) number: usize,
    pub(super) planned: &'a Planned,
}

impl Writing<'_> {
    /// The whole file.
    pub(super) fn text(&self, random: &mut Random, has_file: bool) -> String {
        let mut out = format!(
            "---\ntitel: {}\nresume: \"{}\"\n",
            self.planned.title,
            self.short(random, 180)
        );
        self.fields(random, &mut out);
        let tags = random.some(&TAGS, 3).join(", ");
        let _ = writeln!(out, "emneord: [{tags}]");
        let (visibility, review) = match (self.planned.public, random.below(10)) {
            (true, _) => ("offentlig", "godkendt"),
            (false, 0) => ("team", "ikke-endnu"),
            (false, 1) => ("offentlig", "klar"),
            (false, _) => ("projekt", "ikke-endnu"),
        };
        let _ = write!(
            out,
            "synlighed: {visibility}\ngennemgang: {review}\neksempel: ja\nkommer_fra: eksempel\noprettet: {}\n---\n",
            day(random)
        );
        self.body(random, has_file, &mut out);
        out
    }

    /// The fields of its kind.
    fn fields(&self, random: &mut Random, out: &mut String) {
        match self.planned.kind {
            "proevehandling" => self.experiment(random, out),
            "ide" | "ressource" | "dokumentationskrav" | "maaling" => self.of_a_team(random, out),
            "fund" | "feedback" | "anvisning" | "genbrug" => self.about_others(random, out),
            _ => self.foundation(random, out),
        }
    }

    fn experiment(&self, random: &mut Random, out: &mut String) {
        self.one("team", "team", random, out);
        self.several("kerneelementer", "kerneelement", 3, random, out);
        let _ = writeln!(out, "fra: {}", day(random));
        if random.percent(85) {
            let how = random.word(&[
                "det-virkede",
                "både-og",
                "det-virkede-ikke",
                "vi-nåede-det-ikke",
            ]);
            let _ = write!(
                out,
                "til: 2021-11-{:02}\ngik_det: {how}\n",
                1 + random.below(28)
            );
            if how != "vi-nåede-det-ikke" {
                let _ = writeln!(
                    out,
                    "beslutning: {}",
                    random.word(&["fortsæt", "justér", "stop", "spred"])
                );
            }
        }
        let number = random.word(&["to", "fem", "seks", "otte"]);
        let _ = writeln!(out, "omfang: {number} borgere og {number} kolleger");
        let _ = writeln!(
            out,
            "ved_fra: [{}]",
            random
                .some(
                    &[
                        "borgeren-sagde-det",
                        "pårørende-sagde-det",
                        "vi-så-det",
                        "vores-indtryk"
                    ],
                    2
                )
                .join(", ")
        );
        let _ = write!(
            out,
            "aftalt: ja\nforventning: \"{}\"\nspor: \"2\"\nfase: \"3\"\nskrivetid: {}\n",
            self.short(random, 180),
            random.below(20)
        );
        if random.percent(35) {
            self.older("bygger_videre_på", "proevehandling", random, out);
        }
        if random.percent(25) {
            self.older("inspireret_af", "ide", random, out);
        }
        if random.percent(20) {
            self.several("dokumentation", "dokumentationskrav", 1, random, out);
        }
    }

    fn of_a_team(&self, random: &mut Random, out: &mut String) {
        self.one("team", "team", random, out);
        match self.planned.kind {
            "ide" => {
                self.several("kerneelementer", "kerneelement", 2, random, out);
                let _ = writeln!(
                    out,
                    "ønsker_hjælp: {}",
                    random.word(&["nej", "sparring", "tid"])
                );
                if random.percent(20) {
                    self.older("inspireret_af", "kilde", random, out);
                }
            }
            "ressource" => {
                let area = random.word(&[
                    "midtby",
                    "havnen",
                    "engene",
                    "nordbyen",
                    "søkvarteret",
                    "hele-kommunen",
                ]);
                let kind =
                    random.word(&["forening", "frivillig", "kommunal", "mødested", "transport"]);
                let place = capitalised(&self.language.compound(random, Form::TheOne));
                let _ = write!(
                    out,
                    "slags: {kind}\nområde: [{area}]\nsted: {place} i kvarteret\nhvornår: Hver tirsdag\npris: Gratis\nbekræftet: {}\n",
                    day(random)
                );
                let _ = writeln!(
                    out,
                    "gange:\n  - {{dag: tirsdag, kl: \"10.30-11.30\", hver: uge}}"
                );
                self.several("kerneelementer", "kerneelement", 1, random, out);
            }
            "dokumentationskrav" => {
                let _ = write!(
                    out,
                    "irriterer: \"{}\"\nhjemmel: {}\n",
                    self.short(random, 300),
                    random.word(&["kommunal-beslutning", "lokal-vane", "ved-ikke"])
                );
                let _ = write!(
                    out,
                    "minutter_før: {}\ngange_før: {}\ntallene_er: talt\n",
                    1 + random.below(15),
                    1 + random.below(20)
                );
                let _ = write!(
                    out,
                    "spild: {}\nforslag: {}\nstatus: foreslået\n",
                    random.word(&["dobbelt", "ventetid", "overgang"]),
                    random.word(&["behold", "forenkl", "drop"])
                );
            }
            _ => {
                let indicator = random.word(&[
                    "kontinuitet",
                    "tid-hos-borgeren",
                    "selvhjulpenhed",
                    "frigivet-tid",
                ]);
                let _ = write!(
                    out,
                    "slags: tal\nperiode: 2021-{:02}\nsvar: {}\n",
                    1 + random.below(11),
                    20 + random.below(60)
                );
                let _ = write!(
                    out,
                    "indikator: {indicator}\nværdi: {}.{}\ntalkilde: Udtræk af en plan, som findes i forvejen\n",
                    random.below(9),
                    random.below(10)
                );
            }
        }
    }

    fn about_others(&self, random: &mut Random, out: &mut String) {
        match self.planned.kind {
            "fund" => {
                self.several("bygger_på", "proevehandling", 3, random, out);
                self.one("kerneelement", "kerneelement", random, out);
                self.one("virkning", "virkning", random, out);
                let _ = writeln!(
                    out,
                    "retning: {}",
                    random.word(&["bedre", "ingen-forskel", "dårligere", "både-og"])
                );
                let _ = writeln!(
                    out,
                    "metode: [{}]",
                    random
                        .some(
                            &["egen-rapport", "observation", "interview", "registerdata"],
                            2
                        )
                        .join(", ")
                );
                let _ = writeln!(
                    out,
                    "datagrundlag: {}",
                    random.word(&["tyndt", "rimeligt", "godt"])
                );
                let _ = writeln!(
                    out,
                    "perspektiv: [{}]",
                    random
                        .some(&["borger", "pårørende", "medarbejder", "leder"], 2)
                        .join(", ")
                );
                self.several("rammevilkår", "rammevilkaar", 2, random, out);
            }
            "feedback" => {
                let about =
                    random.word(&["proevehandling", "ide", "ressource", "fund", "anvisning"]);
                self.several("om", about, 1, random, out);
                let _ = writeln!(
                    out,
                    "afsender: {}",
                    random.word(&[
                        "vive",
                        "følgegruppe",
                        "seniorråd",
                        "borger",
                        "pårørende",
                        "kollega"
                    ])
                );
                let _ = writeln!(
                    out,
                    "slags: {}",
                    random.word(&["kritisk-analyse", "spørgsmål", "forslag", "ros"])
                );
                match random.below(3) {
                    0 => out.push_str("status: åben\n"),
                    _ => {
                        let _ = writeln!(
                            out,
                            "status: besvaret\nsvar: \"{}\"",
                            self.short(random, 180)
                        );
                    }
                }
            }
            "anvisning" => {
                self.several("kerneelementer", "kerneelement", 2, random, out);
                self.several("bygger_på", "proevehandling", 3, random, out);
                let _ = write!(
                    out,
                    "indsats: \"{}\"\ntimer: 10-15\ntimer_note: \"{}\"\n",
                    1 + random.below(3),
                    self.short(random, 180)
                );
                out.push_str(
                    "hvem: [Hele teamet, Planlægger, Coach]\nkontakt: Den fælles postkasse\n",
                );
                self.several("forudsætninger", "rammevilkaar", 2, random, out);
                let _ = write!(
                    out,
                    "skal_bevares:\n  - \"{}\"\nmå_tilpasses:\n  - \"{}\"\n",
                    self.short(random, 120),
                    self.short(random, 120)
                );
            }
            _ => {
                let what = random.word(&["anvisning", "ide"]);
                self.one("hvad", what, random, out);
                let _ = write!(
                    out,
                    "kommune: Bakkekommunen (opdigtet)\ndato: {}\nændring: [sted]\nkerne_bevaret: ja\nresultat: virker\n",
                    day(random)
                );
            }
        }
    }

    fn foundation(&self, random: &mut Random, out: &mut String) {
        let number = self.number + 1;
        let _ = match self.planned.kind {
            "kerneelement" => {
                self.several("kræver", "rammevilkaar", 2, random, out);
                write!(out, "rækkefølge: {number}\nfor_borgeren: \"{}\"\nskal_bevares:\n  - \"{}\"\n", self.short(random, 300), self.short(random, 120))
            }
            "rammevilkaar" => write!(out, "niveau: {}\nemne: kultur\nstatus: delvist\n", random.word(&["team", "distrikt", "kommune", "stat"])),
            "virkning" => writeln!(out, "værdighedstema: {}", random.word(&["livskvalitet", "selvbestemmelse", "kvalitet", "ensomhed"])),
            "kilde" => write!(out, "slags: rapport\nudgiver: Et opdigtet institut\når: {}\n", 2010 + random.below(12)),
            "spoergeskema" => out.write_str(
                "valideret: nej\nversion: \"2021-1\"\nspørgsmål:\n  - {nøgle: tryg, tekst: Jeg er tryg., tema: relation, skala: \"0-10\", slags: erfaring}\n  - {nøgle: kender, tekst: Jeg kender dem., tema: kontinuitet, skala: \"0-10\", slags: erfaring}\n",
            ),
            "team" => write!(out, "kommune: Eksempelkommune\ndistrikt: Distrikt Midt\nslags: team\nfagligheder: [sosu-assistent, sygeplejerske]\n"),
            "milepael" => write!(out, "slags: milepæl\nfase: \"{}\"\nplanlagt_fra: {}\n", 1 + random.below(4), day(random)),
            "parathed" => write!(
                out,
                "enhed: team\ndato: {}\nsvar:\n  - {{nøgle: lyst, antal: [1, 3, 8, 13, {}]}}\n  - {{nøgle: tid, antal: [5, 9, {}, 8, 2]}}\n",
                day(random),
                random.below(12),
                random.below(12)
            ),
            "begreb" => write!(out, "original: {}\noriginalsprog: da\ndansk: {}\n", self.planned.title, self.planned.title),
            _ => write!(out, "læser: [{}]\nslags: vejledning\n", random.word(&["team", "coach", "kommune", "borger"])),
        };
    }

    fn one(&self, field: &str, kind: &str, random: &mut Random, out: &mut String) {
        let other = self.plan.other(random, kind, self.number, false);
        if let Some(other) = other {
            let _ = writeln!(out, "{field}: {}", other.id);
        }
    }

    fn several(&self, field: &str, kind: &str, most: usize, random: &mut Random, out: &mut String) {
        let count = 1 + random.below(most);
        let mut ids: Vec<&str> = (0..count)
            .filter_map(|_| self.plan.other(random, kind, self.number, false))
            .map(|r| r.id.as_str())
            .collect();
        ids.sort_unstable();
        ids.dedup();
        if !ids.is_empty() {
            let _ = writeln!(out, "{field}: [{}]", ids.join(", "));
        }
    }

    /// Only what was there before, so that no chain bites its tail.
    fn older(&self, field: &str, kind: &str, random: &mut Random, out: &mut String) {
        if let Some(other) = self.plan.other(random, kind, self.number, true) {
            let _ = writeln!(out, "{field}: [{}]", other.id);
        }
    }

    /// One sentence that is not longer than it may be.
    fn short(&self, random: &mut Random, most: usize) -> String {
        let sentence = (0..8)
            .map(|_| self.language.sentence(random))
            .find(|s| s.chars().count() <= most);
        sentence.unwrap_or_else(|| "Det gik, som det skulle.".to_owned())
    }

    /// 150 to 250 words in paragraphs, with what people put between them.
    fn body(&self, random: &mut Random, has_file: bool, out: &mut String) {
        let wanted = 135 + random.below(75);
        let headings = HEADINGS
            .iter()
            .find(|(kind, _)| *kind == self.planned.kind)
            .map_or(&[][..], |(_, list)| list.as_slice());
        let sections = headings.len().max(1);
        let mut words = 0;
        for section in 0..sections {
            if let Some(heading) = headings.get(section) {
                let _ = write!(out, "\n## {heading}\n");
            } else if random.percent(40) {
                let _ = write!(out, "\n## {}\n", self.language.title(random));
            }
            while words < wanted * (section + 1) / sections {
                words += self.paragraph(random, out);
                self.between(random, out);
            }
        }
        if has_file {
            out.push_str("\nTallene står i [optællingen](optaelling.csv).\n");
        }
        if self.planned.kind == "side" && random.one_in(3) {
            let kind = random.word(&["proevehandling", "ide", "ressource"]);
            let _ = write!(
                out,
                "\n```visning\nvis: liste\naf: [{kind}]\nsorter: -oprettet\nhøjst: 12\noverskrift: De nyeste\n```\n"
            );
        }
    }

    fn paragraph(&self, random: &mut Random, out: &mut String) -> usize {
        let sentences = 2 + random.below(4);
        let mut words = 0;
        out.push('\n');
        for number in 0..sentences {
            if number > 0 {
                out.push(' ');
            }
            let sentence = self.language.sentence(random);
            words += sentence.split_whitespace().count();
            out.push_str(&sentence);
        }
        if random.percent(55) {
            let kind = random.word(&LINKED);
            if let Some(other) = self.plan.other(random, kind, self.number, false) {
                let _ = match random.below(3) {
                    0 => write!(out, " Se også [[{}]].", other.id),
                    1 => write!(
                        out,
                        " Det hænger sammen med [[{}|det, de andre prøvede]].",
                        other.id
                    ),
                    _ => write!(out, " Læs mere under [[{}/{}]].", other.folder, other.id),
                };
                words += 4;
            }
        }
        out.push('\n');
        words
    }

    /// A list, a notice, a table or a quotation now and then.
    fn between(&self, random: &mut Random, out: &mut String) {
        match random.below(24) {
            0 | 1 => {
                out.push('\n');
                for _ in 0..3 {
                    let _ = writeln!(
                        out,
                        "- **{}** {}",
                        capitalised(&self.language.noun(random, Form::TheOne)),
                        self.language.compound(random, Form::Some)
                    );
                }
            }
            2 => {
                let _ = write!(out, "\n> [!TIP]\n> {}\n", self.language.sentence(random));
            }
            3 => {
                let cell = |random: &mut Random| self.language.any_noun(random, Form::Some);
                let _ = write!(
                    out,
                    "\n| Før | Efter |\n|---|---|\n| {} | {} |\n| {} | {} |\n",
                    cell(random),
                    cell(random),
                    cell(random),
                    cell(random)
                );
            }
            4 => {
                let _ = write!(out, "\n> {}\n", self.language.sentence(random));
            }
            _ => {}
        }
    }
}

/// A day of the year that the project was busy in.
fn day(random: &mut Random) -> String {
    format!(
        "2021-{:02}-{:02}",
        1 + random.below(10),
        1 + random.below(28)
    )
}
