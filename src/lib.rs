//! **kaffe**: a folder of Markdown goes in; out come a live wiki that a care worker can use on a
//! phone, and a public catalogue that another municipality can act on. One binary, no database.
//!
//! This page is the architecture. What stands here is true now; what is planned stands in the
//! project's issues.
//!
//! # One path
//!
//! ```text
//! disk → source → store → parse → drafts → assemble + check → Site → view(audience) → SiteView
//!                                                                                        │
//!                                 search (answers) · render (route → bytes) · publish (files)
//! ```
//!
//! A file becomes a [`Draft`](model::Draft): a [`Record`](model::Record) or what is left of it,
//! **and** its diagnostics, never only one of them. All drafts become one [`Site`](site::Site),
//! seen through a [`SiteView`](site::SiteView) for one [`Audience`](model::Audience). Only a view
//! is searched, rendered or published.
//!
//! `serve` and `build` make pages with the same function, [`Renderer::page`](render::Renderer::page).
//! A change on the disk goes through the [`Engine`](engine::Engine), which reads the one file,
//! assembles the whole site again in memory with the function that was used at the start, and swaps
//! one [`Snapshot`](engine::Snapshot): site, search and renderer of one generation.
//!
//! # Invariants
//!
//! 1. Between the bytes of files and the bytes of pages nothing does input or output, reads the
//!    clock, or fails because of content. (`Store::load` to `Renderer::page` take and give values.)
//! 2. A [`Site`](site::Site) never changes; a change makes a new one.
//! 3. The pages and answers of one request belong to one generation: a request holds one snapshot.
//! 4. One function makes pages (and one the parts of the offline index); the bytes of `build` and `serve --as-published` are the same
//!    (parity test over the shipped content).
//! 5. Renderer, search and publication accept only `&SiteView`; its site is private. What is not for
//!    the audience is neither shown nor counted (property test with marker words).
//! 6. Changes applied one by one give the same site as loading from nothing (property test).
//! 7. The same content and options give the same bytes on every machine: the day is an input, maps
//!    are sorted before they are shown.
//! 8. Each outside package has one door (tidy test).
//!
//! # Layers
//!
//! Arrows of dependency point downward only; a test reads the sources and holds it.
//!
//! | layer | module | purpose |
//! |---|---|---|
//! | 6 | [`cli`], `main` | arguments, one file a command, printing, exit codes |
//! | 6 | [`serve`] | axum: pages, search, events, headers |
//! | 5 | [`engine`] | state over time: changes in, snapshots out |
//! | 5 | [`writing`] | the one door of writing: rights, merging, file, version, site |
//! | 5 | [`form`] | a text as a form, and what a form sends as a text |
//! | 5 | [`mail`] | letters: when they are due, the queue in which they wait, the mail server |
//! | 5 | [`people`] | accounts, sessions, team links, limits, the log of who did what |
//! | 5 | [`publish`] | what may go out, and the folder it is written to |
//! | 4 | [`render`] | routes to bytes, with a theme |
//! | 4 | [`search`] | Danish full-text index and queries |
//! | 3 | [`site`] | assemble, graph, routes, audience view, answers, checks |
//! | 2 | [`parse`] | text to model, pure |
//! | 2 | [`starter`] | the embedded content |
//! | 1 | [`model`] | the nouns |
//! | 1 | [`history`] | git: each save a commit; versions, forgetting, joining, word differences |
//! | 1 | [`source`] | the disk: walk, watch, save |
//! | 0 | [`diag`], [`text`] | diagnostics and their words; slugs, Danish order and dates, likeness |
//!
//! Doors: `serde_yaml` in `parse::yaml`; pulldown-cmark in `parse::markdown` and `render::body`; tera
//! in `render::templates`; tantivy in `search`; axum and tower-http in `serve`; notify in
//! `source::watch`; walkdir in `source::folder`; gix in `history`; similar in `history::diff` and `text::sequence`;
//! clap in `cli`; image in `parse::attachment` (what is it?) and `engine::picture` (clean it); argon2, governor and
//! getrandom in `people`; lettre in `mail`; qrcode in `serve::people::qr`; rust-embed in `render::theme` and `starter`; the file system in
//! `source`, `history`, `publish::folder`, `render::theme`.
//!
//! # Where new things go
//!
//! | new | touch | held by |
//! |---|---|---|
//! | kind of record | one file in `content/_typer/`, no Rust | a test with a kind that exists only as data |
//! | vocabulary | one file in `content/_ord/` | the same |
//! | rule over the site | `site/check/<rule>.rs`, one line in `RULES`, one code in `diag` | every code has a fixture in both languages |
//! | page | one [`Route`](site::Route), one file in `render/pages/`, one template | exhaustive matches, parity test |
//! | rule of the search | one module of `search`, and the same in `soegning.js` | judged queries, live and offline (`tests/search`) |
//! | way of showing a `visning` | one [`Show`](model::Show), one arm in `render::visning` | content tests |
//! | right | one method of [`Actor`](model::Actor); handlers ask it and decide nothing | a table of all roles |
//! | command | `cli/<name>.rs` and one variant | snapshot of the help |
//!
//! # Errors have three readers
//!
//! Authors read a [`Diagnostic`](diag::Diagnostic), collected, which never stops the site. Operators
//! read an error chain that names the path at each step. Visitors read a friendly page; the detail
//! is written to the log, once.
//!
//! # Judgements that differ from the papers, with the reason
//!
//! - `serde_yaml` is the name of *serde-saphyr* in the manifest: the original is deprecated, and this
//!   reader alone gives the place of every value. [`parse::yaml`] takes values as they were *written*
//!   (`+45…`, `1.10`), by their place in the text, because only a field's type can say what they mean.
//! - Traps of YAML are found line by line *before* YAML is read ([`parse::traps`]): a reader stops at
//!   its first error, and an author should be told of all of them.
//! - Photos are cleaned (decoded, turned upright, encoded again) wherever they are shown, also in the
//!   live wiki, so that there is one rule and not two.
//! - Team links are signed with a key and not kept as tokens, so that the sheet for the board can be shown again; what
//!   opens a session (cookies, tokens of programs) is kept as a hash alone.
//! - Each audience that is looked at has a snapshot and a search index of its own, which follow every change: memory is
//!   paid so that no count, suggestion or score can tell of what is not for the reader.
//! - A feed names its entries by their whole address where the site knows its own (`adresse`), and by
//!   `urn:kaffe:SITE:KIND:ID` where it does not; then its links begin at the root, which a program
//!   reads against the address it asked ([`render`], `feed`). A published site without `adresse` has
//!   no feeds. Calendars for other programs are live only: an edition never changes.
//! - What comes once a month and begins on a fifth weekday comes on the last one of each month: not
//!   every month has a fifth ([`site::rhythm`]). What does not come every week and has no first day
//!   has no days, and the calendar says so to the project.
//! - `hjælp_status` (ny, taget, løst) is a field more than the papers list, on whatever can ask for
//!   help; `udfyldes_af: coach` is who fills it.
//! - The search of a published site is an own index as scripts ([`search::Offline`], `soegeord.js` and
//!   `soegning.js` of the theme): a page opened from a disk may load scripts and no files. Everything
//!   Danish that can be done beforehand is done when it is made; the script reckons with the numbers
//!   that stand in `search`, and a test compares the two, query by query and word by word.
//! - The mail queue holds which letter is meant for whom and not its words: it is written when it is sent, for what its
//!   reader may see then, and so a forgotten text is in no queue and a right that was taken away is gone at once.
//! - On the Monday of the weekly letter nobody gets a mail of their own about an experiment: it stands in the letter.
//! - The search index lives in memory: building it again takes less than a second for thousands of
//!   records, and no folder on the disk can be stale or broken.
//! - Kind files have five keys more than the papers list: `skrives_af` (who begins such records), `kort` (fields on cards and as columns),
//!   `uden_kredse` (a ring over the field is an error), `enhed` (what a number counts) and `beskrivelse`; a vocabulary has `ord`,
//!   `ord_en` (what its values are called in a message) and `menes_med` (words that people write).

pub mod cli;
pub mod diag;
pub mod engine;
pub mod form;
pub mod history;
pub mod mail;
pub mod model;
pub mod parse;
pub mod people;
pub mod publish;
pub mod render;
pub mod search;
pub mod serve;
pub mod site;
pub mod source;
pub mod starter;
pub mod text;
pub mod writing;
