//! Words of K401 to K408: what may point at a person, and files that are not safe to show.

use super::{Entry, Words};

const UNTIL_DA: &str =
    "I kan gemme og dele i projektet, men posten kan ikke offentliggøres, før det er afklaret";
const UNTIL_EN: &str =
    "you can save and share in the project, but the record cannot be published until it is settled";

pub(super) const K401: Entry = Entry {
    da: Words {
        headline: "her står et tal, der ligner et CPR-nummer",
        label: "",
        fix: "slet nummeret; skriv »borgeren« eller slet ingenting i stedet",
        until: "filen bliver ikke vist, fundet i søgning eller sendt videre",
        explain: "\
CPR-numre hører ikke til i kaffe, heller ikke i et udkast eller i projektets egne noter.
kaffe ser efter seks og fire tal, uanset mellemrum, punktum, bindestreg eller linjeskift imellem,
og siger aldrig nummeret igen. At kontrolcifret ikke passer, frikender ikke.
Er det et sagsnummer eller et andet tal, så skriv det med en skråstreg i.
Har det været gemt før, så sig det til koordinatoren: »kaffe glem« fjerner det også fra historikken.",
    },
    en: Words {
        headline: "here is a number that looks like a CPR number",
        label: "",
        fix: "delete the number; write \"borgeren\", or nothing at all, instead",
        until: "the file is not shown, found in search or sent on",
        explain: "\
CPR numbers do not belong in kaffe, not even in a draft or in the project's own notes.
kaffe looks for six and four digits, whatever space, stop, hyphen or line break is between them,
and never says the number again. A check digit that does not fit does not clear it.
If it is a case number or another number, write it with a slash in it.
If it was saved before, tell the coordinator: \"kaffe glem\" removes it from history too.",
    },
    wrong: "Borgeren (DDMMÅÅ-LLLL) ville selv lave kaffen.",
    right: "Borgeren ville selv lave kaffen.",
    more: true,
};

pub(super) const K402: Entry = Entry {
    da: Words {
        headline: "her står et telefonnummer: kan det pege på en person?",
        label: "",
        fix: "slet nummeret, eller skriv det i et felt til telefon, hvis det er foreningens",
        until: UNTIL_DA,
        explain: "\
Et telefonnummer i teksten kan være en borgers, en pårørendes eller en kollegas.
Foreningens eller teamets nummer hører til i feltet til telefon.
Må nummeret gerne stå her, så skriv hvorfor under »frigivet«, og hvilken rolle der har sagt ja.",
    },
    en: Words {
        headline: "here is a phone number: can it point at a person?",
        label: "",
        fix: "delete the number, or write it in a phone field if it is the club's",
        until: UNTIL_EN,
        explain: "\
A phone number in the text may be a citizen's, a relative's or a colleague's.
The number of a club or a team belongs in the phone field.
If it may stand here, write why under \"frigivet\", and which role has said yes.",
    },
    wrong: "Ring til formandens kone på sit eget nummer.",
    right: "frigivet:\n  - {fund: telefon, grund: foreningens eget nummer, af_rolle: koordinator}",
    more: true,
};

pub(super) const K403: Entry = Entry {
    da: Words {
        headline: "her står en mailadresse: kan den pege på en person?",
        label: "",
        fix: "slet adressen, eller brug en fælles postkasse i feltet til mail",
        until: UNTIL_DA,
        explain: "\
En mailadresse indeholder ofte et navn. Brug hellere en fælles postkasse end en persons egen.
Den hører til i feltet til mail.
Må adressen gerne stå her, så skriv hvorfor under »frigivet«, og hvilken rolle der har sagt ja.",
    },
    en: Words {
        headline: "here is a mail address: can it point at a person?",
        label: "",
        fix: "delete the address, or use a shared mailbox in the mail field",
        until: UNTIL_EN,
        explain: "\
A mail address often holds a name. Use a shared mailbox rather than a person's own.
It belongs in the mail field.
If it may stand here, write why under \"frigivet\", and which role has said yes.",
    },
    wrong: "Skriv til fornavn.efternavn (hos) kommunen.",
    right: "frigivet:\n  - {fund: mail, grund: fælles postkasse, af_rolle: koordinator}",
    more: true,
};

pub(super) const K404: Entry = Entry {
    da: Words {
        headline: "her står en adresse med husnummer: bor der nogen?",
        label: "",
        fix: "skriv området i stedet for adressen, fx »i midtbyen«",
        until: UNTIL_DA,
        explain: "\
En adresse kan pege på den, der bor der, også når navnet er udeladt.
Skriv området i stedet. Et mødesteds adresse hører til i feltet »sted« på et lokalt tilbud.
Må adressen gerne stå her, så skriv hvorfor under »frigivet«, og hvilken rolle der har sagt ja.",
    },
    en: Words {
        headline: "here is an address with a house number: does somebody live there?",
        label: "",
        fix: "write the area instead of the address, such as \"i midtbyen\"",
        until: UNTIL_EN,
        explain: "\
An address can point at the one who lives there, even when the name is left out.
Write the area instead. A meeting place has its address in the field \"sted\" of a local offer.
If it may stand here, write why under \"frigivet\", and which role has said yes.",
    },
    wrong: "Borgeren på Eksempelvej 12 kom med.",
    right: "En borger i midtbyen kom med.",
    more: true,
};

pub(super) const K405: Entry = Entry {
    da: Words {
        headline: "her står en titel og et navn: kan det pege på en person?",
        label: "",
        fix: "skriv »en borger«, »en pårørende« eller rollen i stedet for navnet",
        until: UNTIL_DA,
        explain: "\
Navne på borgere, pårørende og kolleger hører ikke til i kaffe, heller ikke fornavne.
Skriv rollen: en borger, en datter, sygeplejersken. Historien er lige så god.
Er det et navn, som alle kender (fx en vej eller en forening), så skriv det under »frigivet«.",
    },
    en: Words {
        headline: "here is a title and a name: can it point at a person?",
        label: "",
        fix: "write \"en borger\", \"en pårørende\" or the role instead of the name",
        until: UNTIL_EN,
        explain: "\
Names of citizens, relatives and colleagues do not belong in kaffe, first names neither.
Write the role: a citizen, a daughter, the nurse. The story is just as good.
If it is a name that everyone knows (a street, a club), write it under \"frigivet\".",
    },
    wrong: "Fru Eksempelsen ville gerne gå med.",
    right: "En borger ville gerne gå med.",
    more: true,
};

pub(super) const K406: Entry = Entry {
    da: Words {
        headline: "filens navn har et tal, der ligner et CPR-nummer",
        label: "",
        fix: "giv filen et navn, der siger, hvad den handler om",
        until: "filen bliver ikke vist, fundet i søgning eller sendt videre",
        explain: "\
Filens navn bliver til en adresse, som andre kan se, og som bliver stående i historikken.
Giv filen et navn, der siger, hvad den handler om, og ikke hvem.
I beskeden er tallene i filens navn skiftet ud med x.",
    },
    en: Words {
        headline: "the file's name has a number that looks like a CPR number",
        label: "",
        fix: "give the file a name that says what it is about",
        until: "the file is not shown, found in search or sent on",
        explain: "\
The file's name becomes an address that others can see and that stays in the history.
Give the file a name that says what it is about, and not whom.
In the message the digits of the file's name are changed to x.",
    },
    wrong: "besoeg-DDMMÅÅ-LLLL.md",
    right: "besoeg-om-morgenen.md",
    more: true,
};

pub(super) const K407: Entry = Entry {
    da: Words {
        headline: "tegningen »{name|i filen}« indeholder noget, der kan køre som et program",
        label: "",
        fix: "gem tegningen som PNG, eller gem den igen uden scripts og links",
        until: "tegningen vises ikke",
        explain: "\
En tegning i SVG-format kan indeholde små programmer eller hente noget fra andre steder.
Dem viser kaffe ikke, uanset hvem der har lagt dem ind.
Åbn tegningen i et tegneprogram, og gem den som PNG eller som »almindelig SVG«.",
    },
    en: Words {
        headline: "the drawing \"{name|in the file}\" holds something that can run as a program",
        label: "",
        fix: "save the drawing as PNG, or save it again without scripts and links",
        until: "the drawing is not shown",
        explain: "\
A drawing in SVG format can hold small programs or fetch things from elsewhere.
kaffe does not show those, whoever has put them there.
Open the drawing in a drawing program, and save it as PNG or as \"plain SVG\".",
    },
    wrong: "",
    right: "",
    more: false,
};

pub(super) const K408: Entry = Entry {
    da: Words {
        headline: "billedet »{name|i filen}« kan ikke læses",
        label: "",
        fix: "åbn billedet, og gem det igen som JPEG eller PNG",
        until: "billedets beskrivelse vises i stedet for billedet",
        explain: "\
Filen er ikke et billede, som kaffe kender, den er gået i stykker, eller billedet er meget stort.
kaffe åbner hvert billede for at fjerne skjulte oplysninger, fx hvor det er taget,
og offentliggør ikke et billede, den ikke har kunnet åbne.",
    },
    en: Words {
        headline: "the image \"{name|in the file}\" cannot be read",
        label: "",
        fix: "open the image, and save it again as JPEG or PNG",
        until: "the image's description is shown instead of the image",
        explain: "\
The file is not an image that kaffe knows, it is damaged, or the image is very large.
kaffe opens every image to remove hidden information, such as where it was taken,
and does not publish an image that it could not open.",
    },
    wrong: "",
    right: "",
    more: false,
};
