//! Words of K101 to K110: a field has a value that does not fit it.

use super::{Entry, Words};

pub(super) const K101: Entry = Entry {
    da: Words {
        headline: "»{key}« er ikke et felt, kaffe kender her",
        label: "",
        fix: "ret feltets navn, eller skriv det i teksten i stedet",
        until: "linjen bliver stående i filen, men vises ikke",
        explain: "\
Hver slags post har sine egne felter. kaffe kender ikke dette, og det er tit bare en tastefejl.
Du kan skrive feltet, som det hedder i skemaet; store bogstaver og mellemrum er ligegyldige.
kaffe sletter aldrig en linje, den ikke kender.",
    },
    en: Words {
        headline: "\"{key}\" is not a field that kaffe knows here",
        label: "",
        fix: "correct the field's name, or write it in the text instead",
        until: "the line stays in the file but is not shown",
        explain: "\
Each kind of record has its own fields. kaffe does not know this one; often it is only a slip.
You may write the field as it is called in the form; capitals and spaces do not matter.
kaffe never deletes a line that it does not know.",
    },
    wrong: "beslutnig: stop",
    right: "beslutning: stop",
    more: false,
};

pub(super) const K102: Entry = Entry {
    da: Words {
        headline: "feltet »{field}« er ikke udfyldt",
        label: "",
        fix: "{key|feltets navn}: {example|…}",
        until: "posten vises uden det, men kan ikke komme med i kataloget",
        explain: "\
Feltet skal være udfyldt, før posten kan blive godkendt og komme med i kataloget.
Indtil da er beskeden kun en påmindelse: I kan gemme, læse og dele posten, som den er.
Ved I det ikke endnu, så lad feltet stå tomt.",
    },
    en: Words {
        headline: "the field \"{field}\" is not filled in",
        label: "",
        fix: "{key|the field's name}: {example|…}",
        until: "the record is shown without it but cannot enter the catalogue",
        explain: "\
The field must be filled in before the record can be approved and enter the catalogue.
Until then the message is only a reminder: you can save, read and share the record as it is.
If you do not know yet, leave the field empty.",
    },
    wrong: "til: 2021-04-20",
    right: "til: 2021-04-20\ngik_det: det-virkede",
    more: false,
};

pub(super) const K103: Entry = Entry {
    da: Words {
        headline: "»{value}« kan ikke bruges i feltet »{field}«: der skal stå {expected|noget andet}",
        label: "",
        fix: "{key|feltets navn}: {example|…}",
        until: "posten vises uden dette felt",
        explain: "\
Feltet tager imod en bestemt slags svar: et tal, en dato, ja eller nej, et tidsrum.
Det, der står nu, kan kaffe ikke regne med eller sortere efter.
Datoer skrives år-måned-dag, decimaltal med komma eller punktum, et tidsrum som 10-15.
Vil I forklare mere, så skriv det i teksten.",
    },
    en: Words {
        headline: "\"{value}\" cannot be used in the field \"{field}\": it takes {expected|something else}",
        label: "",
        fix: "{key|the field's name}: {example|…}",
        until: "the record is shown without this field",
        explain: "\
The field takes one sort of answer: a number, a date, yes or no, a range.
kaffe cannot count or sort with what stands there now.
Dates are written year-month-day, decimals with a comma or a point, a range as 10-15.
If you want to say more, write it in the text.",
    },
    wrong: "fra: i tirsdags",
    right: "fra: 2021-04-06",
    more: true,
};

pub(super) const K104: Entry = Entry {
    da: Words {
        headline: "»{value}« er ikke en af de {nouns|svarmuligheder}, kaffe kender",
        label: "",
        fix: "{key|feltets navn}: {example|…}",
        until: "posten vises uden {noun|svaret} og tælles ikke med i oversigten",
        explain: "\
Feltet har faste svar at vælge mellem, så alle teams' svar kan tælles sammen.
Skriv svaret, som det står på listen; store bogstaver, mellemrum og bindestreger er ligegyldige.
Mangler der et svar, så sig det til koordinatoren: listen kan udvides uden nyt program.",
    },
    en: Words {
        headline: "\"{value}\" is not one of the {nouns|answers} that kaffe knows",
        label: "",
        fix: "{key|the field's name}: {example|…}",
        until: "the record is shown without {noun|the answer} and is not counted in the overview",
        explain: "\
The field has fixed answers to choose from, so that the answers of all teams can be counted.
Write the answer as it stands on the list; capitals, spaces and hyphens do not matter.
If an answer is missing, tell the coordinator: the list can grow without a new program.",
    },
    wrong: "beslutning: færdig",
    right: "beslutning: stop",
    more: false,
};

pub(super) const K105: Entry = Entry {
    da: Words {
        headline: "teksten i »{field}« er {count|for mange} tegn lang; der er plads til {limit|færre}",
        label: "",
        fix: "skriv det korte her, og resten i teksten under felterne",
        until: "posten vises med hele teksten",
        explain: "\
Feltet vises på kort, i lister og i søgning, hvor der kun er plads til lidt.
En lang tekst går ikke tabt, men den gør listen svær at læse på en telefon.
Skriv det vigtigste her; resten hører til i teksten under felterne.",
    },
    en: Words {
        headline: "the text in \"{field}\" is {count|too many} characters long; there is room for {limit|fewer}",
        label: "",
        fix: "write it briefly here, and the rest in the text below the fields",
        until: "the record is shown with the whole text",
        explain: "\
The field is shown on cards, in lists and in search, where there is room for little.
A long text is not lost, but it makes the list hard to read on a phone.
Write what matters most here; the rest belongs in the text below the fields.",
    },
    wrong: "titel: Kaffe før medicin om morgenen, når vagten begynder, og vi har tid til det, og borgeren er vågen",
    right: "titel: Kaffe før medicin om morgenen",
    more: false,
};

pub(super) const K106: Entry = Entry {
    da: Words {
        headline: "{value} passer ikke i feltet »{field}«: det skal være {bounds|et andet tal}",
        label: "",
        fix: "ret tallet eller antallet, så det er {bounds|det, feltet tager imod}",
        until: "posten vises uden dette felt",
        explain: "\
Feltet har en mindste og en største værdi, eller plads til et bestemt antal svar.
Grænserne fanger tastefejl, fx et nul for meget.
Er tallet rigtigt, så sig det til koordinatoren: grænsen kan flyttes.",
    },
    en: Words {
        headline: "{value} does not fit the field \"{field}\": it must be {bounds|another number}",
        label: "",
        fix: "correct the number or the count, so that it is {bounds|what the field takes}",
        until: "the record is shown without this field",
        explain: "\
The field has a smallest and a largest value, or room for a certain number of answers.
The bounds catch slips, such as a zero too many.
If the number is right, tell the coordinator: the bound can be moved.",
    },
    wrong: "skrivetid: 500",
    right: "skrivetid: 5",
    more: false,
};

pub(super) const K107: Entry = Entry {
    da: Words {
        headline: "det slutter ({end|til}), før det begynder ({start|fra})",
        label: "",
        fix: "byt de to datoer om, eller ret årstallet",
        until: "posten vises uden slutdato",
        explain: "\
Slutdatoen skal være den samme dag som startdatoen eller senere.
Det er tit et årstal, der ikke er fulgt med, eller dag og måned, der er byttet om.
Er I stadig i gang, så lad slutdatoen være tom.",
    },
    en: Words {
        headline: "it ends ({end|til}) before it begins ({start|fra})",
        label: "",
        fix: "swap the two dates, or correct the year",
        until: "the record is shown without an end date",
        explain: "\
The end date must be the same day as the start date or later.
Often a year has not moved along, or day and month have changed places.
If you are still at it, leave the end date empty.",
    },
    wrong: "fra: 2021-04-20\ntil: 2021-04-06",
    right: "fra: 2021-04-06\ntil: 2021-04-20",
    more: false,
};

pub(super) const K108: Entry = Entry {
    da: Words {
        headline: "en måling må kun have samlede tal, ikke ét svar pr. række",
        label: "dette ligner svar fra enkelte personer",
        fix: "skriv antal svar og gennemsnit for hvert spørgsmål, og slet de enkelte svar",
        until: "tallene i feltet vises ikke og tælles ikke med",
        explain: "\
Enkelte svar kan pege på den, der har svaret, også uden navn. Derfor gemmer kaffe dem ikke.
Skriv for hvert spørgsmål, hvor mange der har svaret, og hvad gennemsnittet er.
De enkelte svar bliver hos den, der har spurgt.",
    },
    en: Words {
        headline: "a measurement may hold only summed figures, not one answer per row",
        label: "this looks like answers of single persons",
        fix: "write the number of answers and the mean for each question, and delete the single answers",
        until: "the figures in the field are not shown and not counted",
        explain: "\
A single answer can point at the one who gave it, even without a name. So kaffe does not keep them.
Write for each question how many have answered, and what the mean is.
The single answers stay with the one who asked.",
    },
    wrong: "resultater:\n  - {nøgle: bestemme, svar: 7}\n  - {nøgle: bestemme, svar: 9}",
    right: "resultater:\n  bestemme: {n: 22, snit: 7,6}",
    more: true,
};

pub(super) const K109: Entry = Entry {
    da: Words {
        headline: "datoen »{value}« findes ikke",
        label: "",
        fix: "{key|feltets navn}: {example|2021-04-06}",
        until: "posten vises uden datoen",
        explain: "\
En dato skrives som år-måned-dag: 2021-04-06 er den 6. april 2021.
Dag og måned er tit byttet om, eller måneden har færre dage.
Kender I kun måneden, så skriv det i teksten.",
    },
    en: Words {
        headline: "the date \"{value}\" does not exist",
        label: "",
        fix: "{key|the field's name}: {example|2021-04-06}",
        until: "the record is shown without the date",
        explain: "\
A date is written as year-month-day: 2021-04-06 is 6 April 2021.
Often day and month have changed places, or the month has fewer days.
If you know only the month, write it in the text.",
    },
    wrong: "fra: 2021-02-30",
    right: "fra: 2021-02-28",
    more: false,
};

pub(super) const K110: Entry = Entry {
    da: Words {
        headline: "der er {count|flere} svar i feltet »{field}«, men kun plads til ét",
        label: "",
        fix: "{key|feltets navn}: {example|behold det vigtigste svar}",
        until: "posten vises uden dette felt",
        explain: "\
Nogle felter har kun ét svar, så posten kan stå ét sted i oversigten.
Vælg det, der passer bedst, og fortæl om resten i teksten.
Er det to forsøg med hver sit svar, så del dem i to poster.",
    },
    en: Words {
        headline: "there are {count|several} answers in the field \"{field}\", but room for only one",
        label: "",
        fix: "{key|the field's name}: {example|keep the answer that matters most}",
        until: "the record is shown without this field",
        explain: "\
Some fields have only one answer, so that the record stands in one place in the overview.
Choose the one that fits best, and tell about the rest in the text.
If it is two trials with an answer each, divide them into two records.",
    },
    wrong: "beslutning: [justér, spred]",
    right: "beslutning: justér",
    more: false,
};
