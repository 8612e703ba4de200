//! Words of K201 to K208: one record names another, and it does not work out.

use super::{Entry, Words};

const UNTIL_DA: &str = "henvisningen vises som tekst uden link og tælles ikke med";
const UNTIL_EN: &str = "the reference is shown as text without a link and is not counted";

pub(super) const K201: Entry = Entry {
    da: Words {
        headline: "der er ingen {noun|post}, der hedder »{reference}«",
        label: "",
        fix: "ret navnet, eller skriv den {noun|post}, der mangler",
        until: UNTIL_DA,
        explain: "\
En post nævnes ved sit id: filens navn uden .md, som det også står sidst i sidens adresse.
Enten er id'et tastet forkert, eller også er posten slettet eller ikke skrevet endnu.
Titlen kan ikke bruges her, for den kan ændre sig.",
    },
    en: Words {
        headline: "there is no {noun|record} called \"{reference}\"",
        label: "",
        fix: "correct the name, or write the {noun|record} that is missing",
        until: UNTIL_EN,
        explain: "\
A record is named by its id: the file's name without .md, as it also ends the page's address.
Either the id is mistyped, or the record is deleted or not written yet.
The title cannot be used here, for it may change.",
    },
    wrong: "bygger_videre_på: [kaffe-før-medicinen]",
    right: "bygger_videre_på: [kaffe-foer-medicin]",
    more: false,
};

pub(super) const K202: Entry = Entry {
    da: Words {
        headline: "»{reference}« kan være flere forskellige poster",
        label: "",
        fix: "skriv mappen med: {example|mappe/id}",
        until: UNTIL_DA,
        explain: "\
To poster i hver sin mappe må gerne have samme id, men så skal mappen skrives med.
Den lange form er mappens navn, en skråstreg og id'et.
kaffe gætter ikke, for så kunne æren gå til det forkerte team.",
    },
    en: Words {
        headline: "\"{reference}\" may be several different records",
        label: "",
        fix: "write the folder too: {example|folder/id}",
        until: UNTIL_EN,
        explain: "\
Two records in different folders may have the same id, but then the folder must be written too.
The long form is the folder's name, a slash and the id.
kaffe does not guess, for then the credit might go to the wrong team.",
    },
    wrong: "inspireret_af: [rehabilitering]",
    right: "inspireret_af: [kerneelementer/rehabilitering]",
    more: false,
};

pub(super) const K203: Entry = Entry {
    da: Words {
        headline: "»{reference}« er en anden slags post ({actual|ukendt}), end feltet »{field}« tager imod ({expected|andre slags})",
        label: "",
        fix: "vælg en post af den rigtige slags, eller nævn den i teksten: [[{reference}]]",
        until: UNTIL_DA,
        explain: "\
Et felt kan bestemme, hvilke slags poster der må stå i det, så oversigterne giver mening:
en prøvehandling bygger videre på en anden prøvehandling, ikke på et lokalt tilbud.
I teksten kan du linke til alle slags poster.",
    },
    en: Words {
        headline: "\"{reference}\" is another kind of record ({actual|unknown}) than the field \"{field}\" takes ({expected|other kinds})",
        label: "",
        fix: "choose a record of the right kind, or name it in the text: [[{reference}]]",
        until: UNTIL_EN,
        explain: "\
A field can decide which kinds of record it takes, so that the overviews make sense:
an experiment builds on another experiment, not on a local offer.
In the text you can link to records of every kind.",
    },
    wrong: "bygger_videre_på: [rollatorklubben-i-parken]",
    right: "inspireret_af: [rollatorklubben-i-parken]",
    more: false,
};

pub(super) const K204: Entry = Entry {
    da: Words {
        headline: "to filer har samme id: »{id}«",
        label: "",
        fix: "giv den ene fil et andet navn (den anden er {other|i samme slags})",
        until: "kun {shown|den ene af dem} vises",
        explain: "\
Id'et er filens navn og adressen på siden, så to poster af samme slags kan ikke dele det,
heller ikke når de ligger i hver sin undermappe.
Giv den ene et andet navn. Er det samme post to gange, så slet den ene.",
    },
    en: Words {
        headline: "two files have the same id: \"{id}\"",
        label: "",
        fix: "give one of the files another name (the other is {other|of the same kind})",
        until: "only {shown|one of them} is shown",
        explain: "\
The id is the file's name and the address of the page, so two records of a kind cannot share it,
not even when they lie in different subfolders.
Give one of them another name. If it is the same record twice, delete one.",
    },
    wrong: "ideer/rollator-race.md\nideer/2021/rollator-race.md",
    right: "ideer/rollator-race.md\nideer/2021/rollator-race-om-vinteren.md",
    more: false,
};

pub(super) const K205: Entry = Entry {
    da: Words {
        headline: "posterne bygger på hinanden i ring: {chain}",
        label: "",
        fix: "fjern den henvisning, der peger fra noget gammelt til noget nyt",
        until: "kæden vises ikke, før ringen er brudt",
        explain: "\
Noget kan kun bygge videre på det, der kom før. Her fører kæden tilbage til sig selv,
så kaffe kan ikke se, hvad der var først.
Beskeden nævner alle filer i ringen. Se på datoerne, og fjern den henvisning, der vender forkert.",
    },
    en: Words {
        headline: "the records build on each other in a circle: {chain}",
        label: "",
        fix: "remove the reference that points from something old to something new",
        until: "the chain is not shown until the circle is broken",
        explain: "\
A thing can only build on what came before. Here the chain leads back to itself,
so kaffe cannot see what was first.
The message names all files of the circle. Look at the dates, and remove the reference that
goes the wrong way.",
    },
    wrong: "forsoeg-1.md:  bygger_videre_på: [forsoeg-2]\nforsoeg-2.md:  bygger_videre_på: [forsoeg-1]",
    right: "forsoeg-2.md:  bygger_videre_på: [forsoeg-1]",
    more: true,
};

pub(super) const K206: Entry = Entry {
    da: Words {
        headline: "teamet »{team}« findes ikke",
        label: "",
        fix: "ret teamets id, eller opret teamet i mappen teams",
        until: "posten vises uden team",
        explain: "\
En post hører til et team, der har sin egen side i mappen teams.
Teamet nævnes ved sit id, som også står i adressen på teamets side.
Er teamet nyt, så bed koordinatoren om at oprette det først.",
    },
    en: Words {
        headline: "the team \"{team}\" does not exist",
        label: "",
        fix: "correct the team's id, or create the team in the folder teams",
        until: "the record is shown without a team",
        explain: "\
A record belongs to a team that has its own page in the folder teams.
The team is named by its id, which also stands in the address of the team's page.
If the team is new, ask the coordinator to create it first.",
    },
    wrong: "team: Team Åbrinken!",
    right: "team: team-aabrinken",
    more: false,
};

pub(super) const K207: Entry = Entry {
    da: Words {
        headline: "den gamle adresse »{address}« er brugt to gange",
        label: "den bruges også af {other|en anden post}",
        fix: "lad adressen stå hos den post, den tilhørte, og fjern den hos den anden",
        until: "den gamle adresse fører til {shown|den ene af dem}",
        explain: "\
Under »tidligere« står de adresser, en post har haft før, så gamle links stadig virker.
En gammel adresse kan kun føre ét sted hen, og ikke til en adresse, som en anden post har nu.
Fjern linjen dér, hvor den ikke hører til.",
    },
    en: Words {
        headline: "the former address \"{address}\" is used twice",
        label: "it is also used by {other|another record}",
        fix: "leave the address with the record it belonged to, and remove it from the other",
        until: "the former address leads to {shown|one of them}",
        explain: "\
Under \"tidligere\" stand the addresses that a record had before, so that old links still work.
A former address can lead to one place only, and not to an address that another record has now.
Remove the line where it does not belong.",
    },
    wrong: "to poster med  tidligere: [kaffe-foerst]",
    right: "én post med  tidligere: [kaffe-foerst]",
    more: false,
};

pub(super) const K208: Entry = Entry {
    da: Words {
        headline: "»{name}« er navnet på flere poster",
        label: "",
        fix: "skriv hvilken: [[{example|mappe/id}|{name}]]",
        until: "ordet vises uden link",
        explain: "\
I dobbelte kantede parenteser kan du skrive en titel eller et andet navn, en post er kendt under.
Har flere poster samme navn, ved kaffe ikke, hvilken du mener.
Skriv mappe og id før stregen, og det ord, der skal stå i teksten, efter den.",
    },
    en: Words {
        headline: "\"{name}\" is the name of several records",
        label: "",
        fix: "write which one: [[{example|folder/id}|{name}]]",
        until: "the word is shown without a link",
        explain: "\
In double square brackets you can write a title or another name that a record is known by.
If several records have the same name, kaffe cannot tell which one you mean.
Write folder and id before the bar, and the word that shall stand in the text after it.",
    },
    wrong: "[[Rehabilitering]]",
    right: "[[ordbog/rehabilitering-begreb|rehabilitering]]",
    more: false,
};
