//! Words of K501 to K511: the site's own files and the edition. Their readers are coordinators and IT.

use super::{Entry, Words};

const LAST_GOOD_DA: &str = "den sidste udgave, der virkede, bruges videre";
const LAST_GOOD_EN: &str = "the last version that worked is still used";
const NO_EDITION_DA: &str = "udgaven bliver ikke lavet; den forrige bliver liggende";
const NO_EDITION_EN: &str = "the edition is not made; the one before it stays";

pub(super) const K501: Entry = Entry {
    da: Words {
        headline: "beskrivelsen af en slags post eller en ordliste kan ikke bruges: {reason|noget i filen er ikke skrevet rigtigt}",
        label: "",
        fix: "ret linjen; de andre filer i _typer viser, hvordan det kan se ud",
        until: LAST_GOOD_DA,
        explain: "\
Filerne i _typer beskriver, hvilke slags poster der findes, og hvilke felter de har.
Filen skal have nøgle, navn, mappe og felter; andre ord kender kaffe ikke.
Har beskrivelsen aldrig virket, vises posterne i mappen som almindelige sider.",
    },
    en: Words {
        headline: "the description of a kind of record or of a list of words cannot be used: {reason|something in the file is not written right}",
        label: "",
        fix: "correct the line; the other files in _typer show what it can look like",
        until: LAST_GOOD_EN,
        explain: "\
The files in _typer describe which kinds of record there are, and which fields they have.
The file must have nøgle, navn, mappe and felter; other words are not known to kaffe.
If the description has never worked, the records in the folder are shown as ordinary pages.",
    },
    wrong: "nøgle: ide\nfeldter: []",
    right: "nøgle: ide\nfelter: []",
    more: true,
};

pub(super) const K502: Entry = Entry {
    da: Words {
        headline: "»{value}« er ikke en slags felt, kaffe kender",
        label: "",
        fix: "type: {example|tekst}",
        until: LAST_GOOD_DA,
        explain: "\
Et felts type siger, hvilket svar det tager imod, og hvordan det vises i skemaet.
Listen er fast; beskeden nævner alle.
Passer ingen, så brug »tekst« eller »langtekst«.",
    },
    en: Words {
        headline: "\"{value}\" is not a sort of field that kaffe knows",
        label: "",
        fix: "type: {example|text as tekst}",
        until: LAST_GOOD_EN,
        explain: "\
The type of a field says which answer it takes and how the form shows it.
The list is fixed; the message names them all.
If none fits, use \"tekst\" or \"langtekst\".",
    },
    wrong: "type: tal",
    right: "type: heltal",
    more: false,
};

pub(super) const K503: Entry = Entry {
    da: Words {
        headline: "ordlisten »{name}« findes ikke",
        label: "",
        fix: "opret filen _ord/{name}.yaml, eller ret navnet",
        until: "feltet tager imod alle svar, indtil listen er der",
        explain: "\
Svarene til et felt kan stå i en liste for sig i mappen _ord, så flere felter kan dele den.
Listen nævnes som »ord:« og filens navn uden .yaml.
Mangler filen, kan kaffe ikke se, om et svar er rigtigt.",
    },
    en: Words {
        headline: "the list of words \"{name}\" does not exist",
        label: "",
        fix: "make the file _ord/{name}.yaml, or correct the name",
        until: "the field takes any answer until the list is there",
        explain: "\
The answers of a field can stand in a list of their own in the folder _ord; fields can share it.
The list is named as \"ord:\" and the file's name without .yaml.
Without the file kaffe cannot tell whether an answer is right.",
    },
    wrong: "værdier: ord:beslutninger",
    right: "værdier: ord:beslutning",
    more: false,
};

pub(super) const K504: Entry = Entry {
    da: Words {
        headline: "to slags poster har samme {what|nøgle}: »{value}«",
        label: "den anden står i {other|en anden fil}",
        fix: "giv den ene en anden nøgle og en anden mappe",
        until: "kun {shown|den ene af dem} bruges",
        explain: "\
Nøglen er det ord, slagsen nævnes ved, og mappen er dér, posterne ligger.
To slags kan ikke dele dem, for så ved kaffe ikke, hvilke felter en post har.
Det sker tit, når en fil er kopieret for at lave en ny slags.",
    },
    en: Words {
        headline: "two kinds of record have the same {what|key}: \"{value}\"",
        label: "the other stands in {other|another file}",
        fix: "give one of them another key and another folder",
        until: "only {shown|one of them} is used",
        explain: "\
The key is the word that names the kind, and the folder is where its records lie.
Two kinds cannot share them, for then kaffe cannot tell which fields a record has.
It often happens when a file is copied to make a new kind.",
    },
    wrong: "ide.yaml:      mappe: ideer\nforslag.yaml:  mappe: ideer",
    right: "ide.yaml:      mappe: ideer\nforslag.yaml:  mappe: forslag",
    more: false,
};

pub(super) const K505: Entry = Entry {
    da: Words {
        headline: "»{value}« er ikke noget, kaffe kender i kaffe.yaml",
        label: "",
        fix: "ret ordet, eller slet linjen",
        until: LAST_GOOD_DA,
        explain: "\
kaffe.yaml beskriver hele siden: titel, sprog, menu, områder og hvem der må læse.
En linje, kaffe ikke kender, kan være en tastefejl, der ellers gør siden mere åben, end I tror.
Derfor bliver den meldt, også når resten er i orden.",
    },
    en: Words {
        headline: "\"{value}\" is not something that kaffe knows in kaffe.yaml",
        label: "",
        fix: "correct the word, or delete the line",
        until: LAST_GOOD_EN,
        explain: "\
kaffe.yaml describes the whole site: title, language, menu, areas and who may read.
A line that kaffe does not know may be a slip that would make the site more open than you think.
So it is reported, also when the rest is fine.",
    },
    wrong: "læsning: alle",
    right: "læsning: offentlig",
    more: false,
};

pub(super) const K506: Entry = Entry {
    da: Words {
        headline: "skabelonen »{name|til siden}« virker ikke: {reason|noget i den er ikke skrevet rigtigt}",
        label: "",
        fix: "ret skabelonen, eller slet den, så bruger kaffe sin egen",
        until: LAST_GOOD_DA,
        explain: "\
En skabelon bestemmer, hvordan en side ser ud. Egne skabeloner lægges i temaets mappe
og bruges i stedet for den, kaffe selv har med samme navn.
Beskeden siger, hvor i skabelonen det går galt.",
    },
    en: Words {
        headline: "the template \"{name|of the page}\" does not work: {reason|something in it is not written right}",
        label: "",
        fix: "correct the template, or delete it, and kaffe uses its own",
        until: LAST_GOOD_EN,
        explain: "\
A template decides what a page looks like. Templates of your own are put in the theme's folder
and are used instead of the one kaffe has by the same name.
The message says where in the template it goes wrong.",
    },
    wrong: "{% if side.titel %}<h1>{{ side.titel }}</h1>",
    right: "{% if side.titel %}<h1>{{ side.titel }}</h1>{% endif %}",
    more: false,
};

pub(super) const K507: Entry = Entry {
    da: Words {
        headline: "udgivelsen kan ikke laves: {reason|noget i filen er ikke skrevet rigtigt}",
        label: "",
        fix: "ret linjen i filen under _udgivelser",
        until: NO_EDITION_DA,
        explain: "\
En fil i _udgivelser beskriver et katalog: titel, udgave, dato, og hvilke kapitler der er.
Hvert kapitel har en nøgle, en titel og de sider og kort, det består af.
Nævner filen noget, der ikke findes, bliver kataloget ikke lavet.",
    },
    en: Words {
        headline: "the publication cannot be made: {reason|something in the file is not written right}",
        label: "",
        fix: "correct the line in the file under _udgivelser",
        until: NO_EDITION_EN,
        explain: "\
A file in _udgivelser describes a catalogue: title, edition, date, and which chapters there are.
Each chapter has a key, a title, and the pages and cards it is made of.
If the file names something that does not exist, the catalogue is not made.",
    },
    wrong: "kapitler:\n  - {nøgle: anvisninger, kort: [anvisnign]}",
    right: "kapitler:\n  - {nøgle: anvisninger, titel: Anvisninger, kort: [anvisning]}",
    more: false,
};

pub(super) const K508: Entry = Entry {
    da: Words {
        headline: "beskrivelsen af feltet »{field}« modsiger sig selv: {reason|to linjer kan ikke gælde samtidig}",
        label: "",
        fix: "ret den ene af de to linjer",
        until: LAST_GOOD_DA,
        explain: "\
Nogle linjer i beskrivelsen af et felt passer ikke sammen: »mindst« er større end »højst«,
et felt med faste svar har ingen svar, eller et krav afhænger af et felt, der ikke findes.
Ingen post kunne opfylde det, så beskrivelsen bliver ikke taget i brug.",
    },
    en: Words {
        headline: "the description of the field \"{field}\" contradicts itself: {reason|two lines cannot hold at once}",
        label: "",
        fix: "correct one of the two lines",
        until: LAST_GOOD_EN,
        explain: "\
Some lines in the description of a field do not go together: \"mindst\" is larger than \"højst\",
a field with fixed answers has no answers, or a demand depends on a field that does not exist.
No record could meet it, so the description is not taken into use.",
    },
    wrong: "mindst: 5\nhøjst: 3",
    right: "mindst: 3\nhøjst: 5",
    more: true,
};

pub(super) const K509: Entry = Entry {
    da: Words {
        headline: "adressen på tilgængelighedserklæringen (was_url) mangler",
        label: "",
        fix: "was_url: adressen fra WAS-Tool",
        until: "en prøveudgave laves uden link til erklæringen; en rigtig udgave bliver ikke lavet",
        explain: "\
Et offentligt websted skal have sin egen tilgængelighedserklæring, lavet i WAS-Tool.
kaffe kan ikke skrive den for jer, men viser linket til den nederst på hver side.
Skriv adressen i kaffe.yaml.",
    },
    en: Words {
        headline: "the address of the accessibility statement (was_url) is missing",
        label: "",
        fix: "was_url: the address from WAS-Tool",
        until: "a trial edition is made without a link to the statement; a real edition is not made",
        explain: "\
A public web site must have its own accessibility statement, made in WAS-Tool.
kaffe cannot write it for you, but shows the link to it at the foot of each page.
Write the address in kaffe.yaml.",
    },
    wrong: "was_url:",
    right: "was_url: https://www.was.digst.dk/eksempel",
    more: true,
};

pub(super) const K510: Entry = Entry {
    da: Words {
        headline: "»{id}« er et eksempel og kan ikke stå i en rigtig udgave",
        label: "",
        fix: "slet eksemplet, eller lav en prøveudgave",
        until: NO_EDITION_DA,
        explain: "\
Poster med »eksempel: ja« er opdigtede og viser, hvordan kaffe kan bruges.
I et rigtigt katalog kunne de forveksles med noget, der er prøvet.
Slet dem, når I har jeres egne, eller kald udgaven en prøveudgave.",
    },
    en: Words {
        headline: "\"{id}\" is an example and cannot stand in a real edition",
        label: "",
        fix: "delete the example, or make a trial edition",
        until: NO_EDITION_EN,
        explain: "\
Records with \"eksempel: ja\" are invented and show how kaffe can be used.
In a real catalogue they could be mistaken for something that has been tried.
Delete them when you have your own, or call the edition a trial.",
    },
    wrong: "udgave: 1. udgave",
    right: "udgave: prøveudgave 1",
    more: false,
};

pub(super) const K511: Entry = Entry {
    da: Words {
        headline: "anvisningen »{id|her}« bygger ikke på noget, der er offentligt",
        label: "",
        fix: "bygger_på: [{example|id på et godkendt fund, en prøvehandling eller en kilde}]",
        until: NO_EDITION_DA,
        explain: "\
En anvisning siger til andre, hvad de skal gøre. De skal kunne se, hvad den bygger på.
Nævn mindst ét fund, én prøvehandling eller én kilde, der er offentlig og godkendt.
Er det, den bygger på, ikke godkendt endnu, så vent med anvisningen.",
    },
    en: Words {
        headline: "the instruction \"{id|here}\" does not build on anything that is public",
        label: "",
        fix: "bygger_på: [{example|id of an approved finding, experiment or source}]",
        until: NO_EDITION_EN,
        explain: "\
An instruction tells others what to do. They must be able to see what it builds on.
Name at least one finding, one experiment or one source that is public and approved.
If what it builds on is not approved yet, wait with the instruction.",
    },
    wrong: "bygger_på: []",
    right: "bygger_på: [samtale-giver-ny-viden]",
    more: true,
};
