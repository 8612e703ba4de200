//! Words of K301 to K312: links, images and views in the text of a record.

use super::{Entry, Words};

const NO_LINK_DA: &str = "ordet vises uden link";
const NO_LINK_EN: &str = "the word is shown without a link";
const NO_VIEW_DA: &str = "denne besked står på siden i stedet for visningen";
const NO_VIEW_EN: &str = "this message stands on the page instead of the view";

pub(super) const K301: Entry = Entry {
    da: Words {
        headline: "der er ikke skrevet noget om »{target}« endnu",
        label: "",
        fix: "ret ordet, eller skriv posten, når I har tid",
        until: "ordet vises uden link og står på listen over det, der mangler at blive skrevet",
        explain: "\
Et ord i dobbelte kantede parenteser er et link til en anden post.
Det er i orden at linke til noget, der ikke findes endnu: så kommer det på listen i Oprydning.
Skulle det være noget, der findes, så se efter tastefejl.",
    },
    en: Words {
        headline: "nothing is written about \"{target}\" yet",
        label: "",
        fix: "correct the word, or write the record when you have time",
        until: "the word is shown without a link and stands on the list of what is still to be written",
        explain: "\
A word in double square brackets is a link to another record.
It is fine to link to what does not exist yet: it is put on the list in Oprydning.
If it should be something that exists, look for a slip.",
    },
    wrong: "Vi lærte det af [[rolator-race]].",
    right: "Vi lærte det af [[rollator-race]].",
    more: false,
};

pub(super) const K302: Entry = Entry {
    da: Words {
        headline: "linket »{target}« fører ikke til noget",
        label: "",
        fix: "ret adressen, eller brug [[id]], som kaffe selv holder styr på",
        until: NO_LINK_DA,
        explain: "\
Filen eller siden findes ikke der, hvor linket peger hen.
Filer til en post ligger i en mappe med postens id ved siden af den og nævnes kun ved deres navn.
Til andre poster er [[id]] det sikreste: det virker stadig, når en post får ny adresse.",
    },
    en: Words {
        headline: "the link \"{target}\" leads nowhere",
        label: "",
        fix: "correct the address, or use [[id]], which kaffe keeps track of",
        until: NO_LINK_EN,
        explain: "\
The file or page is not where the link points.
Files of a record lie beside it in a folder with the record's id and are named by their name alone.
For other records [[id]] is safest: it still works when a record gets a new address.",
    },
    wrong: "[skemaet](C:/Dokumenter/skema.pdf)",
    right: "[skemaet](skema.pdf)",
    more: false,
};

pub(super) const K303: Entry = Entry {
    da: Words {
        headline: "billedet »{target}« findes ikke",
        label: "",
        fix: "læg billedet i mappen {folder|med postens id}, eller ret navnet",
        until: "billedets beskrivelse vises i stedet for billedet",
        explain: "\
Billeder til en post ligger i en mappe med postens id ved siden af filen og nævnes ved deres navn.
Store og små bogstaver i filnavnet tæller: Torvet.JPG er ikke torvet.jpg.
kaffe henter ikke billeder fra andre hjemmesider.",
    },
    en: Words {
        headline: "the image \"{target}\" is not there",
        label: "",
        fix: "put the image in the folder {folder|with the record's id}, or correct the name",
        until: "the image's description is shown instead of the image",
        explain: "\
Images of a record lie beside it in a folder with the record's id and are named by their name.
Capitals in the file's name count: Torvet.JPG is not torvet.jpg.
kaffe does not fetch images from other web sites.",
    },
    wrong: "![Rollatorer på torvet](Torvet.JPG)",
    right: "![Rollatorer på torvet](torvet.jpg)",
    more: false,
};

pub(super) const K304: Entry = Entry {
    da: Words {
        headline: "billedet »{target|i teksten}« har ingen beskrivelse",
        label: "her skal der stå, hvad billedet viser",
        fix: "![skriv, hvad billedet viser]({target|billede.jpg})",
        until: "billedet vises, men ikke for den, der får siden læst op; posten kan ikke offentliggøres",
        explain: "\
Den, der ikke kan se billedet, får beskrivelsen læst op. Derfor skal hvert billede have en.
Skriv én sætning om det, man skal lægge mærke til; begynd ikke med »billede af«.
Er billedet kun pynt, så skriv \"pynt\" efter filnavnet, så springer oplæseren det over.",
    },
    en: Words {
        headline: "the image \"{target|in the text}\" has no description",
        label: "here it must say what the image shows",
        fix: "![write what the image shows]({target|billede.jpg})",
        until: "the image is shown, but not to those who have the page read aloud; the record cannot be published",
        explain: "\
Those who cannot see the image have the description read aloud. So each image must have one.
Write one sentence about what one should notice; do not begin with \"image of\".
If the image is only decoration, write \"pynt\" after the file's name, and the reader skips it.",
    },
    wrong: "![](torvet.jpg)",
    right: "![Tre ældre med rollatorer venter på startskuddet](torvet.jpg)\n![](kant.png \"pynt\")",
    more: false,
};

pub(super) const K305: Entry = Entry {
    da: Words {
        headline: "kaffe følger ikke links, der begynder med »{scheme|noget andet end https:}«",
        label: "dette link bliver ikke til et link",
        fix: "brug et link, der begynder med https:, mailto: eller tel:",
        until: NO_LINK_DA,
        explain: "\
Nogle links kan få browseren til at køre et program eller åbne filer på den maskine, man sidder ved.
Dem laver kaffe ikke, uanset hvem der har skrevet dem.
Brug https:, mailto:, tel:, et filnavn ved siden af posten eller [[id]].",
    },
    en: Words {
        headline: "kaffe does not follow links that begin with \"{scheme|something else than https:}\"",
        label: "this does not become a link",
        fix: "use a link that begins with https:, mailto: or tel:",
        until: NO_LINK_EN,
        explain: "\
Some links can make the browser run a program or open files on the machine one sits at.
kaffe does not make those, whoever has written them.
Use https:, mailto:, tel:, the name of a file beside the record, or [[id]].",
    },
    wrong: "[vis skemaet](javascript:skema)",
    right: "[vis skemaet](skema.pdf)",
    more: false,
};

pub(super) const K306: Entry = Entry {
    da: Words {
        headline: "HTML i teksten bliver ikke vist",
        label: "dette bliver udeladt",
        fix: "skriv det samme med Markdown: **fed**, *kursiv*, - liste, | tabel |",
        until: "resten af siden vises uden dette",
        explain: "\
Tekst i vinkler, som <b> eller <div>, er opskrifter til en browser. kaffe udelader dem,
så siden er sikker, kan læses op og kan trykkes.
Det meste kan skrives med Markdown. Skal du vise en vinkel, så sæt ` om den.",
    },
    en: Words {
        headline: "HTML in the text is not shown",
        label: "this is left out",
        fix: "write the same with Markdown: **bold**, *italic*, - list, | table |",
        until: "the rest of the page is shown without this",
        explain: "\
Text in angle brackets, such as <b> or <div>, is a recipe for a browser. kaffe leaves it out,
so that the page is safe, can be read aloud and can be printed.
Most of it can be written with Markdown. To show an angle bracket, put ` around it.",
    },
    wrong: "Vi <b>satte</b> os ned.",
    right: "Vi **satte** os ned.",
    more: false,
};

pub(super) const K307: Entry = Entry {
    da: Words {
        headline: "der er ingen overskrift »{heading}« på {page|siden}",
        label: "",
        fix: "ret ordet efter #, eller fjern det",
        until: "linket fører til toppen af siden",
        explain: "\
Det, der står efter # i et link, er en overskrift på den side, linket fører til.
Skriv overskriften med små bogstaver og bindestreg mellem ordene.
Bliver overskriften ændret, skal linket også ændres.",
    },
    en: Words {
        headline: "there is no heading \"{heading}\" on {page|the page}",
        label: "",
        fix: "correct the word after #, or remove it",
        until: "the link leads to the top of the page",
        explain: "\
What stands after # in a link is a heading on the page that the link leads to.
Write the heading in small letters with hyphens between the words.
When the heading changes, the link must change too.",
    },
    wrong: "[[kaffe-foer-medicin#Hvad sket der]]",
    right: "[[kaffe-foer-medicin#hvad-skete-der]]",
    more: false,
};

pub(super) const K308: Entry = Entry {
    da: Words {
        headline: "»{key}« er ikke en del af en visning",
        label: "",
        fix: "ret ordet før kolonet, eller slet linjen",
        until: NO_VIEW_DA,
        explain: "\
En visning er et spørgsmål til posterne: hvad skal vises, af hvilke slags og hvordan.
Kun få ord kan stå før kolonet, hvert på sin linje; beskeden nævner dem.
Betingelser om postens egne felter hører til under »hvor«.",
    },
    en: Words {
        headline: "\"{key}\" is not a part of a view",
        label: "",
        fix: "correct the word before the colon, or delete the line",
        until: NO_VIEW_EN,
        explain: "\
A view is a question to the records: what to show, of which kinds, and how.
Only a few words can stand before the colon, each on its line; the message names them.
Conditions on the records' own fields belong under \"hvor\".",
    },
    wrong: "vis: liste\nsortér_efter: fra",
    right: "vis: liste\nsorter: fra",
    more: false,
};

pub(super) const K309: Entry = Entry {
    da: Words {
        headline: "visningen kender ikke »{value}« som {what|felt eller værdi}",
        label: "",
        fix: "skriv et felt eller en værdi, som de viste slags poster har",
        until: NO_VIEW_DA,
        explain: "\
En visning kan kun spørge om slags, felter og svar, der findes, ellers ville den tie om det,
den ikke finder, og se tom ud.
Navnene er de samme som i felterne øverst i posten.",
    },
    en: Words {
        headline: "the view does not know \"{value}\" as {what|a field or a value}",
        label: "",
        fix: "write a field or a value that the shown kinds of record have",
        until: NO_VIEW_EN,
        explain: "\
A view can only ask for kinds, fields and answers that exist; otherwise it would be silent
about what it does not find, and look empty.
The names are the same as in the fields at the top of a record.",
    },
    wrong: "hvor: {beslutning: færdig}",
    right: "hvor: {beslutning: stop}",
    more: false,
};

pub(super) const K310: Entry = Entry {
    da: Words {
        headline: "ukendt visning »{value}«",
        label: "",
        fix: "vis: {example|liste}",
        until: NO_VIEW_DA,
        explain: "\
Efter »vis:« står, hvordan posterne skal vises: som en liste, en tabel eller et antal.
Ordet her kender denne udgave af kaffe ikke.
Beskeden nævner dem, der kan bruges.",
    },
    en: Words {
        headline: "unknown view \"{value}\"",
        label: "",
        fix: "vis: {example|list as liste}",
        until: NO_VIEW_EN,
        explain: "\
After \"vis:\" stands how the records are to be shown: as a list, a table or a number.
This edition of kaffe does not know the word here.
The message names those that can be used.",
    },
    wrong: "vis: lagkage",
    right: "vis: tabel",
    more: false,
};

pub(super) const K311: Entry = Entry {
    da: Words {
        headline: "kaffe kan ikke læse denne visning",
        label: "{reason|her går det galt}",
        fix: "skriv hvert ord på sin egen linje: ord, kolon, mellemrum, svar",
        until: NO_VIEW_DA,
        explain: "\
En visning skrives som felterne øverst i en post: et ord, et kolon, et mellemrum og et svar.
Flere svar står i kantede parenteser, betingelser i krøllede.
Der skal altid være en linje med »vis:«.",
    },
    en: Words {
        headline: "kaffe cannot read this view",
        label: "{reason|here it goes wrong}",
        fix: "write each word on its own line: word, colon, space, answer",
        until: NO_VIEW_EN,
        explain: "\
A view is written as the fields at the top of a record: a word, a colon, a space and an answer.
Several answers stand in square brackets, conditions in curly ones.
There must always be a line with \"vis:\".",
    },
    wrong: "vis liste af proevehandling",
    right: "vis: liste\naf: [proevehandling]",
    more: true,
};

pub(super) const K312: Entry = Entry {
    da: Words {
        headline: "posten er offentlig, men linker til »{target}«, som ikke er det",
        label: "",
        fix: "lad den anden post blive læst igennem og godkendt, eller fjern linket",
        until: "i kataloget vises ordet uden link",
        explain: "\
Det, der ikke er offentligt, kan ikke ses fra det, der er, heller ikke som et link eller et tal.
Linket virker for jer i projektet, men ikke for andre læsere.
Skal de følge linket, må den anden post også godkendes til offentliggørelse.",
    },
    en: Words {
        headline: "the record is public but links to \"{target}\", which is not",
        label: "",
        fix: "have the other record read and approved, or remove the link",
        until: "in the catalogue the word is shown without a link",
        explain: "\
What is not public cannot be seen from what is, not even as a link or a number.
The link works for you in the project, but not for other readers.
If they are to follow it, the other record must be approved for publication too.",
    },
    wrong: "",
    right: "",
    more: false,
};
