//! Words of K001 to K015: the file and the fields at its top cannot be read as they stand.

use super::{Entry, Words};

const UNTIL_DA: &str = "posten vises kun for jer, med denne besked, og kommer ikke med i kataloget";
const UNTIL_EN: &str =
    "the record is shown only to you, with this message, and is left out of the catalogue";

pub(super) const K001: Entry = Entry {
    da: Words {
        headline: "felterne øverst i filen bliver ikke afsluttet",
        label: "her begynder felterne, men der kommer ikke en linje med kun --- efter dem",
        fix: "skriv --- på en linje for sig lige efter det sidste felt",
        until: UNTIL_DA,
        explain: "\
Felterne øverst i en fil står mellem to linjer, der kun består af tre bindestreger.
Mangler den anden linje, ved kaffe ikke, hvor felterne holder op, og hvor teksten begynder.
Skriv tre bindestreger på en linje for sig, uden mellemrum foran.",
    },
    en: Words {
        headline: "the fields at the top of the file are never closed",
        label: "the fields begin here, but no line with only --- follows them",
        fix: "write --- on a line of its own right after the last field",
        until: UNTIL_EN,
        explain: "\
The fields at the top of a file stand between two lines of three hyphens.
Without the second line kaffe cannot tell where the fields stop and the text begins.
Write three hyphens on a line of their own, with no space before them.",
    },
    wrong: "---\ntitel: Kaffe først\n\nVi satte os ned.",
    right: "---\ntitel: Kaffe først\n---\nVi satte os ned.",
    more: true,
};

pub(super) const K002: Entry = Entry {
    da: Words {
        headline: "kaffe kan ikke læse felterne øverst i filen",
        label: "{reason|her går det galt}",
        fix: "skriv hvert felt på sin egen linje: navn, kolon, mellemrum, værdi",
        until: UNTIL_DA,
        explain: "\
Hvert felt står på sin egen linje: feltets navn, et kolon, et mellemrum og så værdien.
Flere værdier skrives i kantede parenteser med komma imellem eller med en bindestreg på hver linje.
Se på den linje, kaffe peger på, og på linjen lige over: det er tit dér, der mangler noget.",
    },
    en: Words {
        headline: "kaffe cannot read the fields at the top of the file",
        label: "{reason|here it goes wrong}",
        fix: "write each field on its own line: name, colon, space, value",
        until: UNTIL_EN,
        explain: "\
Each field stands on its own line: its name, a colon, a space, and then the value.
Several values are written in square brackets with commas, or with a hyphen on each line.
Look at the line kaffe points to and at the one above it: often something is missing there.",
    },
    wrong: "emneord: [kaffe, morgen",
    right: "emneord: [kaffe, morgen]",
    more: true,
};

pub(super) const K003: Entry = Entry {
    da: Words {
        headline: "filen er gemt på en måde, så æ, ø og å ikke kan læses",
        label: "",
        fix: "åbn filen, og gem den igen som UTF-8 (Gem som → Kodning → UTF-8)",
        until: "filen vises ikke",
        explain: "\
En fil kan gemme bogstaver på flere måder. kaffe læser kun den, der hedder UTF-8.
Ældre programmer gemmer ofte på en anden måde, og så bliver æ, ø og å til andre tegn.
Er filen slet ikke tekst (fx et billede eller et Word-dokument), hører den til ved siden af posten
i en mappe med postens navn.",
    },
    en: Words {
        headline: "the file is saved in a way that makes æ, ø and å unreadable",
        label: "",
        fix: "open the file and save it again as UTF-8 (Save as → Encoding → UTF-8)",
        until: "the file is not shown",
        explain: "\
A file can store letters in several ways. kaffe reads only the one called UTF-8.
Older programs often use another, and then æ, ø and å turn into other signs.
If the file is not text at all (a picture, a Word document), put it beside the record,
in a folder with the record's name.",
    },
    wrong: "",
    right: "",
    more: true,
};

pub(super) const K004: Entry = Entry {
    da: Words {
        headline: "filen fylder for meget: {size|mere end kaffe læser}, og grænsen er {limit|nået}",
        label: "",
        fix: "del teksten i flere poster, og læg billeder som filer ved siden af",
        until: "filen vises ikke",
        explain: "\
For at siden kan svare hurtigt, læser kaffe ikke meget store filer.
En tekst bliver næsten kun så stor, når et billede er sat ind inde i selve teksten,
eller når et helt arkiv er klistret ind i én fil.
Del den i flere poster, og læg billeder i mappen med postens navn.",
    },
    en: Words {
        headline: "the file is too large: {size|more than kaffe reads}, and the limit is {limit|reached}",
        label: "",
        fix: "divide the text into several records, and put pictures beside it as files",
        until: "the file is not shown",
        explain: "\
To answer quickly, kaffe does not read very large files.
A text hardly ever grows that large unless a picture has been put inside the text itself,
or a whole archive has been pasted into one file.
Divide it into several records, and put pictures in the folder with the record's name.",
    },
    wrong: "![Torvet](data:image/png;base64,iVBORw0KGgo…)",
    right: "![Torvet](torvet.png)",
    more: false,
};

pub(super) const K005: Entry = Entry {
    da: Words {
        headline: "linjen begynder med et tabulatortegn",
        label: "her skal der være mellemrum",
        fix: "slet tabulatortegnet, og skriv to mellemrum i stedet",
        until: UNTIL_DA,
        explain: "\
I felterne øverst viser mellemrum foran en linje, hvad den hører til.
Et tabulatortegn ser ud som mellemrum, men er forskelligt bredt fra program til program,
så kaffe kan ikke se, hvor langt linjen er rykket ind. Brug mellemrumstasten.",
    },
    en: Words {
        headline: "the line begins with a tab",
        label: "there must be spaces here",
        fix: "delete the tab, and write two spaces instead",
        until: UNTIL_EN,
        explain: "\
In the fields at the top, spaces before a line show what it belongs to.
A tab looks like spaces, but its width differs from program to program,
so kaffe cannot tell how far the line is moved in. Use the space bar.",
    },
    wrong: "emneord:\n\t- kaffe",
    right: "emneord:\n  - kaffe",
    more: false,
};

pub(super) const K006: Entry = Entry {
    da: Words {
        headline: "der står et tegn, som ikke kan ses, i feltets navn »{key}«",
        label: "her står {character|et tegn, der ikke kan ses}",
        fix: "slet feltets navn, og skriv det igen med tastaturet",
        until: "feltet læses, som om tegnet ikke stod der",
        explain: "\
Når tekst kopieres fra en hjemmeside eller fra Word, kan der følge tegn med, som ikke kan ses.
Feltets navn ser så rigtigt ud, men er et andet ord for kaffe.
Skriv navnet forfra med tastaturet, også mellemrummet efter kolonet.",
    },
    en: Words {
        headline: "there is a character that cannot be seen in the field name \"{key}\"",
        label: "here is {character|a character that cannot be seen}",
        fix: "delete the field's name and type it again",
        until: "the field is read as if the character were not there",
        explain: "\
Text copied from a web page or from Word may bring along characters that cannot be seen.
The field's name then looks right but is another word to kaffe.
Type the name again on the keyboard, also the space after the colon.",
    },
    wrong: "ti·tel: Kaffe først      (· er et usynligt tegn)",
    right: "titel: Kaffe først",
    more: false,
};

pub(super) const K007: Entry = Entry {
    da: Words {
        headline: "feltet »{key}« står der to gange",
        label: "det står også på linje {line|ovenfor}",
        fix: "behold den ene linje, og slet den anden",
        until: UNTIL_DA,
        explain: "\
Hvert felt kan kun stå én gang øverst i filen. Ellers ved kaffe ikke, hvilket af svarene der gælder.
Store bogstaver, mellemrum, _ og - tæller ikke: »Kort fortalt« og »kort_fortalt« er samme felt.
Skal et felt have flere værdier, så skriv dem på én linje i kantede parenteser.",
    },
    en: Words {
        headline: "the field \"{key}\" stands there twice",
        label: "it also stands on line {line|above}",
        fix: "keep one of the lines and delete the other",
        until: UNTIL_EN,
        explain: "\
Each field can stand only once at the top of the file, or kaffe cannot tell which answer counts.
Capitals, spaces, _ and - do not matter: \"Kort fortalt\" and \"kort_fortalt\" are the same field.
If a field has several values, write them on one line in square brackets.",
    },
    wrong: "emneord: kaffe\nemneord: morgen",
    right: "emneord: [kaffe, morgen]",
    more: false,
};

pub(super) const K008: Entry = Entry {
    da: Words {
        headline: "teksten begynder med tegnet {sign|& eller *}, som har en særlig betydning her",
        label: "kaffe følger ikke denne slags henvisninger",
        fix: "sæt anførselstegn om hele teksten",
        until: UNTIL_DA,
        explain: "\
I felterne øverst betyder & og * først i en værdi »husk dette« og »gentag det dér«.
kaffe bruger det ikke, fordi få ord så kan blive til en fil uden ende.
Er det bare begyndelsen på en tekst, så sæt anførselstegn om den.",
    },
    en: Words {
        headline: "the text begins with the sign {sign|& or *}, which has a special meaning here",
        label: "kaffe does not follow references of this sort",
        fix: "put quotation marks around the whole text",
        until: UNTIL_EN,
        explain: "\
In the fields at the top, & and * first in a value mean \"remember this\" and \"repeat that\".
kaffe does not use them, because a few words could then become a file without end.
If it is only the beginning of a text, put quotation marks around it.",
    },
    wrong: "titel: *Kaffe* først",
    right: "titel: \"*Kaffe* først\"",
    more: true,
};

pub(super) const K009: Entry = Entry {
    da: Words {
        headline: "der er for mange værdier eller for mange lag i felterne øverst",
        label: "her bliver det for meget",
        fix: "skriv det lange i teksten under felterne i stedet",
        until: UNTIL_DA,
        explain: "\
Felterne øverst er til korte svar. kaffe læser nogle tusinde værdier og nogle få lag i en fil;
det er mange gange mere, end en post har brug for.
Er det en stor tabel, så læg den i teksten eller i en fil ved siden af posten.",
    },
    en: Words {
        headline: "there are too many values or too many layers in the fields at the top",
        label: "here it becomes too much",
        fix: "write what is long in the text below the fields instead",
        until: UNTIL_EN,
        explain: "\
The fields at the top are for short answers. kaffe reads some thousand values and a few layers
in a file; that is many times more than a record needs.
If it is a large table, put it in the text or in a file beside the record.",
    },
    wrong: "emneord: [[[[[[[[[kaffe]]]]]]]]]",
    right: "emneord: [kaffe]",
    more: false,
};

pub(super) const K010: Entry = Entry {
    da: Words {
        headline: "et anførselstegn bliver ikke lukket",
        label: "her begynder teksten, men der kommer ikke et anførselstegn efter den",
        fix: "sæt et anførselstegn af samme slags sidst i teksten",
        until: UNTIL_DA,
        explain: "\
En tekst, der begynder med et anførselstegn, skal også slutte med et af samme slags.
Ellers læser kaffe resten af felterne som en del af teksten.
Skal der stå et anførselstegn inde i teksten, så brug » og «, eller sæt ' om det hele.",
    },
    en: Words {
        headline: "a quotation mark is never closed",
        label: "the text begins here, but no quotation mark follows it",
        fix: "put a quotation mark of the same sort at the end of the text",
        until: UNTIL_EN,
        explain: "\
A text that begins with a quotation mark must also end with one of the same sort.
Otherwise kaffe reads the rest of the fields as part of the text.
If there is a quotation mark inside the text, use » and «, or put ' around it all.",
    },
    wrong: "titel: \"Kaffe først",
    right: "titel: \"Kaffe først\"",
    more: false,
};

pub(super) const K011: Entry = Entry {
    da: Words {
        headline: "der står et kolon midt i en tekst uden anførselstegn",
        label: "her tror kaffe, at et nyt felt begynder",
        fix: "sæt anførselstegn om hele teksten efter feltets navn",
        until: UNTIL_DA,
        explain: "\
Et kolon med et mellemrum efter skiller feltets navn fra det, der står i feltet.
Står der et kolon mere på linjen, tror kaffe, at et nyt felt begynder dér.
Sæt anførselstegn om hele teksten, så er kolonet bare et kolon.
Et kolon uden mellemrum efter, som i 10:30, gør ingen skade.",
    },
    en: Words {
        headline: "there is a colon inside a text without quotation marks",
        label: "here kaffe thinks that a new field begins",
        fix: "put quotation marks around the whole text after the field's name",
        until: UNTIL_EN,
        explain: "\
A colon with a space after it parts the field's name from what stands in the field.
With one more colon on the line, kaffe thinks that a new field begins there.
Put quotation marks around the whole text, and the colon is just a colon.
A colon with no space after it, as in 10:30, does no harm.",
    },
    wrong: "titel: Kaffe først: en prøve",
    right: "titel: \"Kaffe først: en prøve\"",
    more: true,
};

pub(super) const K012: Entry = Entry {
    da: Words {
        headline: "resten af linjen efter # bliver ikke læst",
        label: "her tror kaffe, at du skriver en note til dig selv",
        fix: "sæt anførselstegn om hele teksten efter feltets navn",
        until: "feltet vises som »{kept|teksten før #}«",
        explain: "\
Et # med et mellemrum foran begynder en note, som kun den ser, der har filen åben.
Hører det med til teksten, så sæt anførselstegn om det hele.
Er det en note, så behold den på en linje for sig, der begynder med #.",
    },
    en: Words {
        headline: "the rest of the line after # is not read",
        label: "here kaffe thinks that you write a note to yourself",
        fix: "put quotation marks around the whole text after the field's name",
        until: "the field is shown as \"{kept|the text before #}\"",
        explain: "\
A # with a space before it begins a note that only those see who have the file open.
If it belongs to the text, put quotation marks around it all.
If it is a note, keep it on a line of its own that begins with #.",
    },
    wrong: "kontakt: Team #3, Vojens",
    right: "kontakt: \"Team #3, Vojens\"",
    more: false,
};

pub(super) const K014: Entry = Entry {
    da: Words {
        headline: "det, der står mellem de to linjer med ---, er ikke felter",
        label: "her venter kaffe et felt: navn, kolon, mellemrum, værdi",
        fix: "titel: {title|skriv titlen her}",
        until: UNTIL_DA,
        explain: "\
Mellem de to linjer med --- øverst i filen skal der stå felter: et navn, et kolon og en værdi.
Almindelig tekst hører til under den anden linje med ---.
Skal --- bare være en streg i teksten, så lad ikke filen begynde med den.",
    },
    en: Words {
        headline: "what stands between the two lines of --- is not fields",
        label: "here kaffe expects a field: name, colon, space, value",
        fix: "titel: {title|write the title here}",
        until: UNTIL_EN,
        explain: "\
Between the two lines of --- at the top of the file there must be fields: a name, a colon, a value.
Ordinary text belongs below the second line of ---.
If --- is only meant as a rule in the text, do not let the file begin with it.",
    },
    wrong: "---\nVi satte os ned.\n---",
    right: "---\ntitel: Kaffe først\n---\nVi satte os ned.",
    more: true,
};

pub(super) const K015: Entry = Entry {
    da: Words {
        headline: "kaffe kan ikke bruge navnet »{name|på filen}«",
        label: "",
        fix: "giv filen et navn af små bogstaver, tal og bindestreger: {suggested|fx kaffe-foerst.md}",
        until: "filen vises ikke",
        explain:
            "\
Filens navn bliver til adressen på siden, så det skal kunne skrives i en adresse på alle maskiner.
Brug små bogstaver fra a til z, tal og bindestreger; skriv æ som ae, ø som oe og å som aa.
Navne, der begynder med punktum, eller som indeholder : ? * < > | eller skråstreg, kan ikke bruges.",
    },
    en: Words {
        headline: "kaffe cannot use the name \"{name|of the file}\"",
        label: "",
        fix: "give the file a name of small letters, digits and hyphens: {suggested|such as kaffe-foerst.md}",
        until: "the file is not shown",
        explain: "\
The file's name becomes the address of the page, so any machine must be able to write it.
Use small letters from a to z, digits and hyphens; write æ as ae, ø as oe and å as aa.
Names that begin with a full stop or hold : ? * < > | or a slash cannot be used.",
    },
    wrong: "Hvad nu?.md",
    right: "hvad-nu.md",
    more: false,
};
