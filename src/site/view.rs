//! The site as one audience may see it. Only a [`SiteView`] is rendered, searched and published,
//! so a record that is not meant for the audience cannot slip into any of them.

use std::{
    collections::BTreeMap,
    sync::{Arc, OnceLock},
};

use jiff::civil::Date;
use rustc_hash::{FxHashMap, FxHashSet};

use super::{
    Owner, RecordIndex, Site,
    graph::{Found, LinkTarget},
    route::{FEED, ICS, Route},
    terms::Terms,
    without_ending,
};
use crate::{
    diag::Diagnostic,
    model::{
        Attachment, Audience, Broken, Definitions, Kind, KindKey, Link, Publication, Purpose,
        Record, RecordId, RecordRef, SiteConfig, SourcePath,
    },
    parse::record::counts,
    text::fold::{match_key, slug},
};

/// A site for one audience.
#[derive(Debug)]
pub struct SiteView {
    pub(super) site: Arc<Site>,
    pub(super) audience: Audience,
    pub(super) seen: Vec<bool>,
    pub(super) files: FxHashSet<SourcePath>,
    pub(super) sorted: OnceLock<FxHashMap<KindKey, Vec<RecordIndex>>>,
    pub(super) tags: OnceLock<BTreeMap<String, Tag>>,
    pub(super) terms: OnceLock<Terms>,
}

/// A record that the audience may see, with its place.
#[derive(Clone, Copy, Debug)]
pub struct Seen<'a> {
    /// Its place in the site.
    pub index: RecordIndex,
    /// The record.
    pub record: &'a Record,
}

/// A tag and the records that have it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag {
    /// As it is most often written.
    pub title: String,
    /// The records, in the order of their titles.
    pub records: Vec<RecordIndex>,
}

/// Where a link leads, for this audience.
#[derive(Clone, Debug)]
pub enum Destination<'a> {
    /// A record that the audience may see, and perhaps a heading in it.
    Record(Seen<'a>, Option<&'a str>),
    /// Another page of the site.
    Page(Route),
    /// A file.
    File(&'a Attachment),
    /// A heading of the same page.
    Heading(&'a str),
    /// Another site.
    Outside,
    /// Something that this audience sees as plain words: not for them, or not followed.
    Nowhere,
    /// A page that nobody has written yet.
    Unwritten,
}

impl SiteView {
    /// Looks at a site with the eyes of an audience.
    #[must_use]
    pub fn of(site: Arc<Site>, audience: Audience) -> Self {
        let purpose = site.definitions().config.purpose;
        let seen: Vec<bool> = site
            .records
            .iter()
            .map(|r| {
                r.is_seen_by(&audience)
                    && !r.is_held_from(&audience, site.today)
                    && counts(r, purpose)
            })
            .collect();
        let mut view = Self {
            site,
            audience,
            seen,
            files: FxHashSet::default(),
            sorted: OnceLock::new(),
            tags: OnceLock::new(),
            terms: OnceLock::new(),
        };
        view.files = view.visible_files();
        view
    }

    /// Inside the house a record's files have its audience; outside, only what a public record
    /// shows or links is there at all.
    fn visible_files(&self) -> FxHashSet<SourcePath> {
        let mut files = FxHashSet::default();
        for seen in self.records() {
            for target in self.site.graph.links(seen.index) {
                if let LinkTarget::File(path) = target
                    && self.may_have(path)
                {
                    files.insert(path.clone());
                }
            }
        }
        if self.audience != Audience::Public {
            let owned = |path: &&SourcePath| {
                self.site.owner_of(path) != Owner::Nobody && self.may_have(path)
            };
            files.extend(self.site.attachments.keys().filter(owned).cloned());
        }
        files
    }

    /// A file has the audience of its record. One that would take the place of a page is nobody's.
    fn may_have(&self, path: &SourcePath) -> bool {
        if path.file_name().eq_ignore_ascii_case("index.html") || self.is_place_of_a_feed(path) {
            return false;
        }
        match self.site.owner_of(path) {
            Owner::Record(owner) => self.sees(owner),
            Owner::Broken => self.audience != Audience::Public,
            Owner::Nobody => true,
        }
    }

    /// A file of a team that lies where its feed or its calendar is.
    fn is_place_of_a_feed(&self, path: &SourcePath) -> bool {
        let name = path.file_name();
        (name == FEED || name == ICS)
            && matches!(self.site.owner_of(path), Owner::Record(owner)
                if self.site.record(owner).is_some_and(|r| r.kind.key.as_str() == "team"))
    }

    /// Whose eyes these are.
    #[must_use]
    pub const fn audience(&self) -> &Audience {
        &self.audience
    }

    /// The site's settings.
    #[must_use]
    pub fn config(&self) -> &SiteConfig {
        &self.site.definitions.config
    }

    /// The definitions.
    #[must_use]
    pub fn definitions(&self) -> &Definitions {
        &self.site.definitions
    }

    /// The day of the site.
    #[must_use]
    pub fn today(&self) -> Date {
        self.site.today
    }

    /// Whether invented examples are shown and counted.
    #[must_use]
    pub fn is_demo(&self) -> bool {
        self.config().purpose == Purpose::Demo
    }

    fn sees(&self, index: RecordIndex) -> bool {
        self.seen.get(index.get()).copied().unwrap_or(false)
    }

    /// Every record that the audience may see, in the order of their files.
    pub fn records(&self) -> impl Iterator<Item = Seen<'_>> {
        self.site
            .indices()
            .filter(|(index, _)| self.sees(*index))
            .map(|(index, record)| Seen { index, record })
    }

    /// A record by its place, if the audience may see it.
    #[must_use]
    pub fn at(&self, index: RecordIndex) -> Option<Seen<'_>> {
        let record = self.site.record(index)?;
        self.sees(index).then_some(Seen { index, record })
    }

    /// A record by its name, if the audience may see it.
    #[must_use]
    pub fn get(&self, reference: &RecordRef) -> Option<Seen<'_>> {
        self.at(*self.site.by_reference.get(reference)?)
    }

    /// A record by the key of its kind and its id.
    #[must_use]
    pub fn find(&self, kind: &str, id: &str) -> Option<Seen<'_>> {
        self.get(&RecordRef {
            kind: KindKey::new(kind),
            id: RecordId::new(id),
        })
    }

    /// The records of a kind in the order of their titles.
    pub fn of_kind(&self, kind: &KindKey) -> impl Iterator<Item = Seen<'_>> {
        let sorted = self.sorted.get_or_init(|| {
            let mut map: FxHashMap<KindKey, Vec<RecordIndex>> = FxHashMap::default();
            for seen in self.records() {
                map.entry(seen.record.reference.kind.clone())
                    .or_default()
                    .push(seen.index);
            }
            #[expect(clippy::iter_over_hash_type, reason = "each list is sorted by itself")]
            for list in map.values_mut() {
                list.sort_by_cached_key(|&index| {
                    self.site
                        .record(index)
                        .map(|r| (r.sort_key.clone(), r.reference.id.clone()))
                });
            }
            map
        });
        sorted
            .get(kind)
            .into_iter()
            .flatten()
            .filter_map(|&index| self.at(index))
    }

    /// The kinds that have at least one record here.
    pub fn kinds_in_use(&self) -> impl Iterator<Item = &Arc<Kind>> {
        self.definitions()
            .kinds
            .iter()
            .filter(|kind| self.of_kind(&kind.key).next().is_some())
    }

    /// What a record points at in its fields: the field's key and the record, in the order of the
    /// file. What the audience may not see is neither shown nor counted.
    pub fn references(&self, index: RecordIndex) -> impl Iterator<Item = (&str, Seen<'_>)> {
        self.site
            .graph
            .references(index)
            .iter()
            .filter_map(|r| match r.found {
                Found::One(to) => Some((&*r.field, self.at(to)?)),
                _ => None,
            })
    }

    /// What points at a record in its fields: the field's key, its label seen from here, and the
    /// record that points.
    pub fn referring(
        &self,
        index: RecordIndex,
    ) -> impl Iterator<Item = (&str, Option<&str>, Seen<'_>)> {
        let list = self
            .site
            .graph
            .referring
            .get(index.get())
            .map_or(&[][..], Vec::as_slice);
        list.iter().filter_map(|&(from, number)| {
            let reference = self.site.graph.references(from).get(number)?;
            Some((
                &*reference.field,
                reference.inverse.as_deref(),
                self.at(from)?,
            ))
        })
    }

    /// The team that a record belongs to.
    #[must_use]
    pub fn team(&self, seen: Seen<'_>) -> Option<Seen<'_>> {
        let mut references = self.references(seen.index);
        references
            .find(|(key, _)| *key == "team")
            .map(|(_, team)| team)
    }

    /// The links in other bodies that lead to a record, one for each record.
    pub fn backlinks(&self, index: RecordIndex) -> impl Iterator<Item = (Seen<'_>, &Link)> {
        let list = self
            .site
            .graph
            .linking
            .get(index.get())
            .map_or(&[][..], Vec::as_slice);
        let mut latest = None;
        list.iter().filter_map(move |&(from, number)| {
            if latest == Some(from) || from == index {
                return None;
            }
            latest = Some(from);
            let seen = self.at(from)?;
            Some((seen, seen.record.document.links.get(number)?))
        })
    }

    /// A sentence of a record as people read it: a wikilink without words of its own is called by
    /// the title of what it leads to.
    #[must_use]
    pub fn spoken(&self, seen: Seen<'_>, sentence: &str) -> String {
        let mut spoken = sentence.to_owned();
        for (number, link) in seen
            .record
            .document
            .links
            .iter()
            .enumerate()
            .filter(|(_, link)| link.bare && sentence.contains(&link.words))
        {
            if let Destination::Record(to, _) = self.destination(seen.index, number) {
                spoken = spoken.replacen(&link.words, &to.record.title, 1);
            }
        }
        spoken
    }

    /// *Kort fortalt* of a record, as people read it.
    #[must_use]
    pub fn lead(&self, seen: Seen<'_>) -> String {
        let taken_from_body = seen.record.lead == seen.record.document.first_sentence;
        if taken_from_body {
            self.spoken(seen, &seen.record.lead)
        } else {
            seen.record.lead.clone()
        }
    }

    /// Where the n-th link of a record leads.
    #[must_use]
    pub fn destination(&self, index: RecordIndex, number: usize) -> Destination<'_> {
        let Some(target) = self.site.graph.links(index).get(number) else {
            return Destination::Nowhere;
        };
        match target {
            LinkTarget::Record(to, heading) => self.at(*to).map_or(Destination::Nowhere, |s| {
                Destination::Record(s, heading.as_deref())
            }),
            LinkTarget::Several(all) => all
                .iter()
                .find_map(|&to| self.at(to))
                .map_or(Destination::Nowhere, |s| Destination::Record(s, None)),
            LinkTarget::Page(address) => match self.route(address) {
                Route::Missing => Destination::Nowhere,
                route => Destination::Page(route),
            },
            LinkTarget::File(path) => self
                .file(path)
                .map_or(Destination::Nowhere, Destination::File),
            LinkTarget::Heading(id) => Destination::Heading(id),
            LinkTarget::Outside => Destination::Outside,
            LinkTarget::Refused => Destination::Nowhere,
            // The public is not told what is still to be written.
            LinkTarget::Missing if self.audience == Audience::Public => Destination::Nowhere,
            LinkTarget::Missing => Destination::Unwritten,
        }
    }

    /// A file, if the audience may have it.
    #[must_use]
    pub fn file(&self, path: &SourcePath) -> Option<&Attachment> {
        self.files
            .contains(path)
            .then(|| self.site.attachments.get(path))
            .flatten()
    }

    /// Whether any record has this id, seen or not: a new record must not take it.
    #[must_use]
    pub fn id_is_taken(&self, id: &RecordId) -> bool {
        self.site.by_id.contains_key(id)
    }

    /// Every file that the audience may have, in the order of their paths.
    pub fn files(&self) -> impl Iterator<Item = &Attachment> {
        self.site
            .attachments
            .values()
            .filter(|file| self.files.contains(&file.path))
    }

    /// The files that lie in a record's own folder.
    pub fn files_of<'a>(&'a self, record: &'a Record) -> impl Iterator<Item = &'a Attachment> {
        self.files()
            .filter(|file| file.path.is_within(record.path.without_extension()))
    }

    /// The tags by their slugs.
    #[must_use]
    pub fn tags(&self) -> &BTreeMap<String, Tag> {
        self.tags.get_or_init(|| {
            let mut tags: BTreeMap<String, Tag> = BTreeMap::new();
            let mut order: Vec<Seen<'_>> = self.records().collect();
            order.sort_by(|a, b| a.record.sort_key.cmp(&b.record.sort_key));
            for seen in order {
                for placed in seen.record.values("emneord") {
                    let title = placed.value.to_plain();
                    let tag = tags.entry(slug(&title)).or_insert_with(|| Tag {
                        title,
                        records: Vec::new(),
                    });
                    if tag.records.last() != Some(&seen.index) {
                        tag.records.push(seen.index);
                    }
                }
            }
            tags
        })
    }

    /// The glossary terms, for finding them in running text.
    #[must_use]
    pub fn terms(&self) -> &Terms {
        self.terms.get_or_init(|| Terms::of(self))
    }

    /// The files that could not be read as records; nothing of them is public.
    #[must_use]
    pub fn broken(&self) -> &[Arc<Broken>] {
        if self.audience == Audience::Public {
            &[]
        } else {
            &self.site.broken
        }
    }

    /// The broken file that has a record's name.
    #[must_use]
    pub fn broken_at(&self, reference: &RecordRef) -> Option<&Broken> {
        self.broken()
            .iter()
            .find(|b| b.reference == *reference)
            .map(|b| &**b)
    }

    /// The problems of the site, for those who can mend them.
    #[must_use]
    pub fn problems(&self) -> &[Diagnostic] {
        if self.audience == Audience::Public {
            &[]
        } else {
            self.site.diagnostics()
        }
    }

    /// Whether a file's problems may be shown: its record is not of another team.
    #[must_use]
    pub fn may_know_problems_of(&self, path: &str) -> bool {
        let hidden = self
            .site
            .record_at(without_ending(path))
            .is_some_and(|owner| !self.sees(owner));
        self.audience != Audience::Public && !hidden
    }

    /// The record that was read from a file, if the audience may see it.
    #[must_use]
    pub fn record_of_file(&self, path: &str) -> Option<Seen<'_>> {
        self.at(self.site.record_at(without_ending(path))?)
    }

    /// The text of a file whose problems may be shown.
    #[must_use]
    pub fn text_of(&self, path: &str) -> Option<&Arc<str>> {
        self.may_know_problems_of(path)
            .then(|| self.site.text_of(path))
            .flatten()
    }

    /// The publication that the catalogue shows: the first.
    #[must_use]
    pub fn publication(&self) -> Option<&Publication> {
        self.definitions().publications.first()
    }

    /// The record that a name in a wikilink would find, for links in templates.
    #[must_use]
    pub fn by_name(&self, name: &str) -> Option<Seen<'_>> {
        let list = self
            .site
            .by_id
            .get(&RecordId::new(name))
            .or_else(|| self.site.by_name.get(&match_key(name)))?;
        list.iter().find_map(|&index| self.at(index))
    }
}
