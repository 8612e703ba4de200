//! Kind files (`content/_typer/*.yaml`) and vocabularies (`content/_ord/*.yaml`) to [`Kind`]s.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::{
    settings::Settings,
    yaml::{Node, PlacedNode},
};
use crate::{
    diag::{Code, Diagnostic},
    model::{Choice, Field, FieldType, Kind, KindKey, Placed, Requirement, Targets, Vocabulary},
    text::fold::{match_key, slug},
};

/// Vocabularies by folded name.
pub type Vocabularies = FxHashMap<String, Arc<Vocabulary>>;

/// Addresses of kaffe's own that no kind may use as its folder.
pub const RESERVED_FOLDERS: [&str; 12] = [
    "soeg",
    "emner",
    "oprydning",
    "katalog",
    "api",
    "tema",
    "ind",
    "healthz",
    "filer",
    "teammoede",
    "coach",
    "kalender",
];

const TYPE_NAMES: [&str; 16] = [
    "tekst",
    "langtekst",
    "heltal",
    "decimal",
    "dato",
    "periode",
    "interval",
    "ja-nej",
    "valg",
    "henvisning",
    "telefon",
    "mail",
    "adresse",
    "rolle",
    "tid",
    "tabel",
];

/// Reads the values of a vocabulary or of a field: words, or `{nøgle, navn, hjælp, tegn}`.
pub fn choices(
    path: &str,
    items: &[PlacedNode],
    code: Code,
    out: &mut Vec<Diagnostic>,
) -> Vec<Choice> {
    let mut list = Vec::new();
    for item in items {
        if let Node::Scalar(words) = &item.value {
            list.push(Choice {
                key: words.as_str().into(),
                label: words.clone(),
                help: None,
                sign: None,
                meant_by: Vec::new(),
            });
            continue;
        }
        let settings = Settings::of(path, item, code, out);
        let key = settings.words("nøgle").unwrap_or_default();
        let label = settings.words("navn").unwrap_or_else(|| key.clone());
        let choice = Choice {
            key: key.as_str().into(),
            label,
            help: settings.words("hjælp"),
            sign: settings.words("tegn"),
            meant_by: settings
                .list("menes_med")
                .into_iter()
                .map(|w| w.value)
                .collect(),
        };
        settings.finish(out);
        if choice.key.is_empty() {
            out.push(Settings::of(path, item, code, &mut Vec::new()).missing(item.span, "nøgle"));
        } else {
            list.push(choice);
        }
    }
    list
}

/// Reads one kind. Nothing comes back when it has no key.
pub fn read(
    path: &str,
    node: &PlacedNode,
    common: &[Field],
    vocabularies: &Vocabularies,
    out: &mut Vec<Diagnostic>,
) -> Option<Kind> {
    let settings = Settings::of(path, node, Code::K501, out);
    let Some(key) = settings.words("nøgle") else {
        out.push(settings.missing(node.span, "nøgle"));
        return None;
    };
    let folder = settings
        .words("mappe")
        .map_or_else(|| slug(&key), |folder| slug(&folder));
    if RESERVED_FOLDERS.contains(&folder.as_str()) {
        let span = settings.node("mappe").map_or(node.span, |n| n.span);
        let (da, en) = (
            format!("mappen »{folder}« er en af kaffes egne adresser"),
            format!("the folder \"{folder}\" is an address of kaffe's own"),
        );
        out.push(
            Diagnostic::new(Code::K501, path)
                .at(span)
                .arg_in("reason", da, en),
        );
        return None;
    }
    let mut fields = fields(path, settings.items("felter"), vocabularies, out);
    for field in common {
        let own = fields
            .iter()
            .any(|f| match_key(&f.key) == match_key(&field.key));
        if !own {
            fields.push(Field {
                common: true,
                ..field.clone()
            });
        }
    }
    let mut kind = Kind::new(KindKey::new(&key), folder, fields);
    if let Some(names) = settings.node("navn") {
        if let Node::Scalar(name) = &names.value {
            kind.name_one.clone_from(name);
            kind.name_many.clone_from(name);
        } else {
            let names = Settings::of(path, names, Code::K501, out);
            kind.name_one = names.words("ental").unwrap_or(kind.name_one);
            kind.name_many = names
                .words("flertal")
                .unwrap_or_else(|| kind.name_one.clone());
            names.finish(out);
        }
    }
    kind.description = settings.words("beskrivelse").unwrap_or_default();
    kind.written_by = settings
        .list("skrives_af")
        .into_iter()
        .map(|role| role.value)
        .collect();
    kind.headings = settings
        .list("overskrifter")
        .into_iter()
        .map(|h| h.value)
        .collect();
    for card in settings.list("kort") {
        match kind.field(&card.value) {
            Some(field) => {
                let key = Arc::clone(&field.key);
                kind.card.push(key);
            }
            None => out.push(settings.unknown(card.span, &card.value)),
        }
    }
    settings.finish(out);
    check_conditions(path, &kind, node, out);
    Some(kind)
}

/// Reads a list of fields.
pub fn fields(
    path: &str,
    items: &[PlacedNode],
    vocabularies: &Vocabularies,
    out: &mut Vec<Diagnostic>,
) -> Vec<Field> {
    items
        .iter()
        .filter_map(|item| field(path, item, vocabularies, out))
        .collect()
}

fn field(
    path: &str,
    node: &PlacedNode,
    vocabularies: &Vocabularies,
    out: &mut Vec<Diagnostic>,
) -> Option<Field> {
    let settings = Settings::of(path, node, Code::K501, out);
    let Some(key) = settings.words("nøgle") else {
        out.push(settings.missing(node.span, "nøgle"));
        return None;
    };
    let label = settings.words("navn").unwrap_or_else(|| key.clone());
    let many = settings.flag("flere", out).unwrap_or(false);
    let field_type = field_type(path, &settings, node, vocabularies, out);
    let (min, max) = (
        settings.number("mindst", out),
        settings.number("højst", out),
    );
    if let (Some(low), Some(high)) = (min, max)
        && low > high
    {
        out.push(
            Diagnostic::new(Code::K508, path)
                .at(node.span)
                .arg("field", &label)
                .arg_in(
                    "reason",
                    "mindst er større end højst",
                    "mindst is greater than højst",
                ),
        );
    }
    let field = Field {
        key: key.as_str().into(),
        label,
        question: settings.words("spørgsmål"),
        field_type,
        many,
        required: requirement(&settings, out),
        default: settings.words("standard"),
        min,
        max,
        unit: settings.words("enhed"),
        help: settings.words("hjælp"),
        filled_by: settings.words("udfyldes_af"),
        inverse: settings.words("omvendt"),
        acyclic: settings.flag("uden_kredse", out).unwrap_or(false),
        computed: settings.words("beregnes"),
        common: false,
    };
    settings.finish(out);
    Some(field)
}

fn requirement(settings: &Settings<'_>, out: &mut Vec<Diagnostic>) -> Requirement {
    let Some(node) = settings.node("krav") else {
        return Requirement::No;
    };
    if let Node::Map(entries) = &node.value {
        let words = |name: &str| {
            let found = entries
                .iter()
                .find(|(k, _)| match_key(&k.value) == match_key(name));
            found
                .map(|(_, node)| node.value.word_list())
                .unwrap_or_default()
        };
        let values: Vec<String> = words("er").into_iter().map(str::to_owned).collect();
        if let (Some(field), [first, ..]) = (words("når").first(), values.as_slice()) {
            let field: Arc<str> = (*field).into();
            return if match_key(first) == "sat" {
                Requirement::WhenSet(field)
            } else {
                Requirement::WhenIs(field, values)
            };
        }
        out.push(settings.expected(
            node,
            "et krav er ja, nej eller {når: felt, er: værdi}",
            "krav is ja, nej or {når: field, er: value}",
        ));
        return Requirement::No;
    }
    match settings.flag("krav", out) {
        Some(true) => Requirement::Yes,
        _ => Requirement::No,
    }
}

fn field_type(
    path: &str,
    settings: &Settings<'_>,
    node: &PlacedNode,
    vocabularies: &Vocabularies,
    out: &mut Vec<Diagnostic>,
) -> FieldType {
    let of = settings.node("af");
    let values = settings.node("værdier");
    let Some(name) = settings.words("type") else {
        return FieldType::Text;
    };
    match match_key(&name).as_str() {
        "tekst" => FieldType::Text,
        "langtekst" => FieldType::LongText,
        "heltal" => FieldType::Integer,
        "decimal" => FieldType::Decimal,
        "dato" => FieldType::Date,
        "periode" => FieldType::Period,
        "interval" => FieldType::Interval,
        "janej" => FieldType::Flag,
        "valg" => FieldType::Choice(field_choices(path, values, node, vocabularies, out)),
        "henvisning" => FieldType::Reference(targets(of)),
        "telefon" => FieldType::Phone,
        "mail" => FieldType::Mail,
        "adresse" => FieldType::Address,
        "rolle" => FieldType::Role,
        "tid" => FieldType::Time,
        "tabel" => match of {
            Some(Placed {
                value: Node::List(items),
                ..
            }) => FieldType::Table(fields(path, items, vocabularies, out)),
            _ => FieldType::Table(Vec::new()),
        },
        _ => {
            let span = settings.node("type").map_or(node.span, |n| n.span);
            let near = crate::text::likeness::nearest(&name, TYPE_NAMES).map(str::to_owned);
            out.push(
                Diagnostic::new(Code::K502, path)
                    .at(span)
                    .arg("value", &name)
                    .arg(
                        "example",
                        near.clone().unwrap_or_else(|| "tekst".to_owned()),
                    )
                    .with_choices(TYPE_NAMES)
                    .with_suggestion(near),
            );
            FieldType::Text
        }
    }
}

fn targets(of: Option<&PlacedNode>) -> Targets {
    let words = of.map(|n| n.value.word_list()).unwrap_or_default();
    if words.is_empty()
        || words
            .iter()
            .any(|w| matches!(match_key(w).as_str(), "alle" | "all"))
    {
        return Targets::Any;
    }
    Targets::Kinds(words.into_iter().map(KindKey::new).collect())
}

fn field_choices(
    path: &str,
    values: Option<&PlacedNode>,
    node: &PlacedNode,
    vocabularies: &Vocabularies,
    out: &mut Vec<Diagnostic>,
) -> Arc<Vocabulary> {
    match values.map(|v| (&v.value, v.span)) {
        Some((Node::List(items), _)) => Arc::new(Vocabulary {
            choices: choices(path, items, Code::K501, out),
            ..Vocabulary::default()
        }),
        Some((Node::Scalar(words), span)) => {
            let name = words.strip_prefix("ord:").unwrap_or(words).trim();
            vocabularies
                .get(&match_key(name))
                .cloned()
                .unwrap_or_else(|| {
                    let near = crate::text::likeness::nearest(
                        name,
                        vocabularies.keys().map(String::as_str),
                    )
                    .map(str::to_owned);
                    out.push(
                        Diagnostic::new(Code::K503, path)
                            .at(span)
                            .arg("name", name)
                            .with_suggestion(near),
                    );
                    Arc::default()
                })
        }
        _ => {
            out.push(Diagnostic::new(Code::K508, path).at(node.span).arg_in(
                "reason",
                "et valg uden værdier",
                "a choice without værdier",
            ));
            Arc::default()
        }
    }
}

/// A condition that names a field the kind does not have could never hold.
fn check_conditions(path: &str, kind: &Kind, node: &PlacedNode, out: &mut Vec<Diagnostic>) {
    for field in &kind.fields {
        let other = match &field.required {
            Requirement::WhenSet(other) | Requirement::WhenIs(other, _) => other,
            Requirement::No | Requirement::Yes => continue,
        };
        if kind.field(other).is_none() {
            out.push(
                Diagnostic::new(Code::K508, path)
                    .at(node.span)
                    .arg("field", &field.label)
                    .arg_in(
                        "reason",
                        format!("krav nævner »{other}«, som ikke findes"),
                        format!("krav names \"{other}\", which is not there"),
                    ),
            );
        }
    }
}
