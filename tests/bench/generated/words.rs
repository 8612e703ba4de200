//! Danish words and sentences: inflected, put together, and never the same for long.
//!
//! The sentences mean little, but they have the shape of the real ones: a few words that stand
//! everywhere, many that stand once, all forms of a word, and compounds that no dictionary holds.

use super::Random;

/// One noun a line: gender, then the four forms.
const NOUNS: &str = "\
en borger borgeren borgere borgerne
en kollega kollegaen kolleger kollegerne
et besøg besøget besøg besøgene
en samtale samtalen samtaler samtalerne
en dag dagen dage dagene
en uge ugen uger ugerne
et team teamet teams teamene
en vane vanen vaner vanerne
et bord bordet borde bordene
en kop koppen kopper kopperne
en gåtur gåturen gåture gåturene
en opgave opgaven opgaver opgaverne
en plan planen planer planerne
et notat notatet notater notaterne
en nabo naboen naboer naboerne
en datter datteren døtre døtrene
en søn sønnen sønner sønnerne
en rollator rollatoren rollatorer rollatorerne
en klub klubben klubber klubberne
et kvarter kvarteret kvarterer kvartererne
en have haven haver haverne
et køkken køkkenet køkkener køkkenerne
en stol stolen stole stolene
en trappe trappen trapper trapperne
en dør døren døre dørene
en nøgle nøglen nøgler nøglerne
en telefon telefonen telefoner telefonerne
en besked beskeden beskeder beskederne
et møde mødet møder møderne
en vagt vagten vagter vagterne
en morgen morgenen morgener morgenerne
en aften aftenen aftener aftenerne
en nat natten nætter nætterne
et ønske ønsket ønsker ønskerne
et spørgsmål spørgsmålet spørgsmål spørgsmålene
et svar svaret svar svarene
en aftale aftalen aftaler aftalerne
en planlægger planlæggeren planlæggere planlæggerne
en coach coachen coacher coacherne
en leder lederen ledere lederne
en sygeplejerske sygeplejersken sygeplejersker sygeplejerskerne
en hjælper hjælperen hjælpere hjælperne
en terapeut terapeuten terapeuter terapeuterne
en pårørende pårørende pårørende pårørende
en forening foreningen foreninger foreningerne
en frivillig frivilligen frivillige frivilligerne
et bibliotek biblioteket biblioteker bibliotekerne
en skole skolen skoler skolerne
en park parken parker parkerne
en sti stien stier stierne
en bus bussen busser busserne
en cykel cyklen cykler cyklerne
en bil bilen biler bilerne
et skema skemaet skemaer skemaerne
et system systemet systemer systemerne
et kryds krydset krydser krydserne
en liste listen lister listerne
en tavle tavlen tavler tavlerne
en regel reglen regler reglerne
en lov loven love lovene
en rutine rutinen rutiner rutinerne
et hjem hjemmet hjem hjemmene
en seng sengen senge sengene
et måltid måltidet måltider måltiderne
en suppe suppen supper supperne
et brød brødet brød brødene
en kage kagen kager kagerne
et glas glasset glas glassene
en avis avisen aviser aviserne
en sang sangen sange sangene
en historie historien historier historierne
et minde mindet minder minderne
et billede billedet billeder billederne
en hund hunden hunde hundene
en kat katten katte kattene
en ven vennen venner vennerne
en gæst gæsten gæster gæsterne
en tur turen ture turene
en pause pausen pauser pauserne
en time timen timer timerne
et øjeblik øjeblikket øjeblikke øjeblikkene
en erfaring erfaringen erfaringer erfaringerne
en oplevelse oplevelsen oplevelser oplevelserne
en forskel forskellen forskelle forskellene
en bekymring bekymringen bekymringer bekymringerne
en glæde glæden glæder glæderne
et fald faldet fald faldene
en øvelse øvelsen øvelser øvelserne
en forbinding forbindingen forbindinger forbindingerne
en recept recepten recepter recepterne
et fællesskab fællesskabet fællesskaber fællesskaberne
et netværk netværket netværk netværkene
en visitation visitationen visitationer visitationerne
en overgang overgangen overgange overgangene
et ansvar ansvaret ansvar ansvarene
en tillid tilliden tilliden tilliden
et arbejde arbejdet arbejder arbejderne
en strikkepind strikkepinden strikkepinde strikkepindene
et værksted værkstedet værksteder værkstederne
en udstilling udstillingen udstillinger udstillingerne
en høne hønen høns hønsene
et æble æblet æbler æblerne
en and anden ænder ænderne
";

/// First halves of compounds, with the letter that links them.
const HALVES: &str = "\
hjemme pleje kaffe rollator aften morgen natte weekend team samtale hverdags medicin køkken have gade landsby by \
skole forenings frivillig pårørende sygepleje dokumentations arbejds tids sommer vinter forårs efterårs tirsdags \
torsdags søndags fødselsdags gå sang læse musik cykel telefon prøve ledelses distrikts kommune uddannelses tillids \
trygheds hånd vand mad bage strikke slægts nabo vagt bil bade tøj lys rengørings indkøbs aktivitets trænings syns \
høre balance ernærings smerte søvn ensomheds livs minde årstids fælles lokal kvarters borger";

/// One verb a line: to do, does, did, done.
const VERBS: &str = "\
spørge spørger spurgte spurgt
drikke drikker drak drukket
lytte lytter lyttede lyttet
flytte flytter flyttede flyttet
skrive skriver skrev skrevet
læse læser læste læst
aftale aftaler aftalte aftalt
prøve prøver prøvede prøvet
huske husker huskede husket
glemme glemmer glemte glemt
vente venter ventede ventet
hjælpe hjælper hjalp hjulpet
følge følger fulgte fulgt
møde møder mødte mødt
besøge besøger besøgte besøgt
finde finder fandt fundet
hente henter hentede hentet
åbne åbner åbnede åbnet
lukke lukker lukkede lukket
dele deler delte delt
tælle tæller talte talt
vælge vælger valgte valgt
justere justerer justerede justeret
stoppe stopper stoppede stoppet
begynde begynder begyndte begyndt
øve øver øvede øvet
savne savner savnede savnet
opdage opdager opdagede opdaget
planlægge planlægger planlagde planlagt
forklare forklarer forklarede forklaret
undersøge undersøger undersøgte undersøgt
bage bager bagte bagt
dække dækker dækkede dækket
bære bærer bar båret
gribe griber greb grebet
kende kender kendte kendt
støtte støtter støttede støttet
fortælle fortæller fortalte fortalt
mærke mærker mærkede mærket
ændre ændrer ændrede ændret
";

/// One adjective a line: common, neuter, plural.
const ADJECTIVES: &str = "\
ny nyt nye
lille lille små
stor stort store
god godt gode
rolig roligt rolige
travl travlt travle
træt træt trætte
glad glad glade
tryg trygt trygge
svær svært svære
let let lette
kendt kendt kendte
fast fast faste
åben åbent åbne
stille stille stille
langsom langsomt langsomme
hurtig hurtigt hurtige
varm varmt varme
kold koldt kolde
gammel gammelt gamle
fælles fælles fælles
nødvendig nødvendigt nødvendige
dobbelt dobbelt dobbelte
tydelig tydeligt tydelige
ensom ensomt ensomme
selvstændig selvstændigt selvstændige
fleksibel fleksibelt fleksible
ærlig ærligt ærlige
";

const ADVERBS: [&str; 24] = [
    "igen",
    "sammen",
    "hver dag",
    "to gange",
    "med det samme",
    "først",
    "bagefter",
    "næsten altid",
    "sjældent",
    "uden videre",
    "som aftalt",
    "lidt senere",
    "i fællesskab",
    "helt af sig selv",
    "før tid",
    "en gang om ugen",
    "i ro og mag",
    "udenfor",
    "hjemme",
    "derhjemme",
    "for alvor",
    "nu og da",
    "ofte",
    "aldrig",
];

const PLACES: [&str; 12] = [
    "ved", "på", "i", "efter", "før", "uden", "bag", "under", "omkring", "til", "fra", "med",
];
const WHO: [&str; 10] = [
    "Vi",
    "Teamet",
    "Kollegerne",
    "Begge vagter",
    "De fleste",
    "En af os",
    "Alle",
    "Coachen",
    "Planlæggeren",
    "Naboen",
];
const ROLES: [&str; 8] = [
    "en borger",
    "en datter",
    "en kollega",
    "planlæggeren",
    "coachen",
    "en nattevagt",
    "en frivillig",
    "en nabo",
];
const NUMBERS: [&str; 10] = [
    "to", "tre", "fire", "fem", "seks", "syv", "otte", "ni", "ti", "tolv",
];

/// A noun.
#[derive(Clone, Debug)]
pub struct Noun {
    /// *et* instead of *en*.
    pub neuter: bool,
    /// One, the one, some, those.
    pub forms: [String; 4],
}

/// Which form of a noun.
#[derive(Clone, Copy, Debug)]
pub enum Form {
    /// *borger*
    One,
    /// *borgeren*
    TheOne,
    /// *borgere*
    Some,
    /// *borgerne*
    Those,
}

/// The words, ready to be picked from.
#[derive(Debug)]
pub struct Language {
    nouns: Vec<Noun>,
    halves: Vec<&'static str>,
    verbs: Vec<[&'static str; 4]>,
    adjectives: Vec<[&'static str; 3]>,
}

impl Language {
    /// Reads the tables.
    pub fn new() -> Self {
        let noun = |line: &str| {
            let mut parts = line.split_whitespace();
            let neuter = parts.next() == Some("et");
            Noun {
                neuter,
                forms: std::array::from_fn(|_| parts.next().unwrap_or_default().to_owned()),
            }
        };
        Self {
            nouns: NOUNS.lines().map(noun).collect(),
            halves: HALVES.split_whitespace().collect(),
            verbs: VERBS.lines().map(parts).collect(),
            adjectives: ADJECTIVES.lines().map(parts).collect(),
        }
    }

    /// A plain noun; the first of the table come most often.
    pub fn noun(&self, random: &mut Random, form: Form) -> String {
        self.form(random.skewed(self.nouns.len()), form)
    }

    /// A noun made of two words, such as *aftenkaffebord* may be.
    pub fn compound(&self, random: &mut Random, form: Form) -> String {
        let half = random.pick(&self.halves).copied().unwrap_or_default();
        let third = if random.one_in(9) {
            random.pick(&self.halves).copied().unwrap_or_default()
        } else {
            ""
        };
        format!(
            "{third}{half}{}",
            self.form(random.below(self.nouns.len()), form)
        )
    }

    /// A noun, three in ten a compound.
    pub fn any_noun(&self, random: &mut Random, form: Form) -> String {
        if random.percent(30) {
            self.compound(random, form)
        } else {
            self.noun(random, form)
        }
    }

    /// One sentence of eight to twenty words.
    pub fn sentence(&self, random: &mut Random) -> String {
        let the = |random: &mut Random| self.any_noun(random, Form::TheOne);
        let some = |random: &mut Random| self.any_noun(random, Form::Some);
        let those = |random: &mut Random| self.any_noun(random, Form::Those);
        let (past, now, doing) = (
            self.verb(random, 2),
            self.verb(random, 1),
            self.verb(random, 0),
        );
        let (again, adverb) = (self.verb(random, 2), random.word(&ADVERBS));
        let (place, number) = (random.word(&PLACES), random.word(&NUMBERS));
        match random.below(11) {
            0 => format!(
                "{} {past} {} {place} {}, og {} {again} {adverb}.",
                random.word(&WHO),
                the(random),
                the(random),
                those(random)
            ),
            1 => format!(
                "{} {past} {adverb} {place} {}, selv om {} {again}.",
                capitalised(&self.described(random)),
                the(random),
                those(random)
            ),
            2 => format!(
                "Når {} {now}, bliver {} {adverb} {}.",
                the(random),
                those(random),
                self.adjective(random, 2)
            ),
            3 => format!(
                "»{} {past} {}, og så {again} {} {adverb},« sagde {}.",
                random.word(&WHO),
                the(random),
                the(random),
                random.word(&ROLES)
            ),
            4 => format!(
                "Det er {} at {doing} {} {place} {}, når {} {now}.",
                self.adjective(random, 1),
                some(random),
                the(random),
                the(random)
            ),
            5 => format!(
                "Bagefter {past} vi {} og {again} {number} {} {place} {}.",
                the(random),
                some(random),
                the(random)
            ),
            6 => format!(
                "Spørgsmålet er, om {} kan {doing} {} {adverb}.",
                the(random),
                those(random)
            ),
            7 => format!(
                "Der var {number} {}, som {past} {} {adverb}, og {} blev {}.",
                some(random),
                the(random),
                those(random),
                self.adjective(random, 2)
            ),
            8 => format!(
                "Vi har {} {number} {} {place} {}, og det er {}.",
                self.verb(random, 3),
                some(random),
                the(random),
                self.adjective(random, 1)
            ),
            9 => format!(
                "Hverken {} eller {} {past} {}, før {} {again} {adverb}.",
                the(random),
                those(random),
                some(random),
                the(random)
            ),
            _ => format!(
                "Uden {} {past} {} ikke {}, og det {again} {} {place} {}.",
                the(random),
                those(random),
                some(random),
                random.word(&WHO).to_lowercase(),
                the(random)
            ),
        }
    }

    /// A title of two to seven words.
    pub fn title(&self, random: &mut Random) -> String {
        let place = random.word(&PLACES);
        let title = match random.below(6) {
            0 => format!(
                "{} {place} {}",
                self.any_noun(random, Form::TheOne),
                self.any_noun(random, Form::TheOne)
            ),
            1 => format!(
                "{} {} {place} {}",
                random.word(&NUMBERS),
                self.any_noun(random, Form::Some),
                self.noun(random, Form::TheOne)
            ),
            2 => format!(
                "{} {} {place} {}",
                self.adjective(random, 2),
                self.any_noun(random, Form::Some),
                self.any_noun(random, Form::TheOne)
            ),
            3 => format!(
                "vi {} {} {place} {}",
                self.verb(random, 2),
                self.any_noun(random, Form::TheOne),
                self.noun(random, Form::TheOne)
            ),
            4 => format!(
                "{} og {}",
                self.any_noun(random, Form::Some),
                self.compound(random, Form::Some)
            ),
            _ => format!(
                "{} til {}",
                self.compound(random, Form::One),
                self.any_noun(random, Form::Those)
            ),
        };
        capitalised(&title)
    }

    fn form(&self, number: usize, form: Form) -> String {
        self.nouns
            .get(number)
            .and_then(|noun| noun.forms.get(form as usize))
            .cloned()
            .unwrap_or_default()
    }

    /// An article, an adjective and a noun that fit each other.
    fn described(&self, random: &mut Random) -> String {
        let noun = random.pick(&self.nouns);
        let neuter = noun.is_some_and(|n| n.neuter);
        let word = noun
            .and_then(|n| n.forms.first())
            .map_or("", String::as_str);
        let (article, adjective) = if neuter {
            ("et", self.adjective(random, 1))
        } else {
            ("en", self.adjective(random, 0))
        };
        format!("{article} {adjective} {word}")
    }

    /// To do, does, did, done.
    fn verb(&self, random: &mut Random, form: usize) -> &'static str {
        self.verbs
            .get(random.skewed(self.verbs.len()))
            .and_then(|v| v.get(form))
            .copied()
            .unwrap_or_default()
    }

    /// Common, neuter, plural.
    fn adjective(&self, random: &mut Random, form: usize) -> &'static str {
        random
            .pick(&self.adjectives)
            .and_then(|a| a.get(form))
            .copied()
            .unwrap_or_default()
    }
}

fn parts<const N: usize>(line: &'static str) -> [&'static str; N] {
    let mut words = line.split_whitespace();
    std::array::from_fn(|_| words.next().unwrap_or_default())
}

/// With a capital in front.
pub fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}
