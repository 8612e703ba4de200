// The search of a published site, without a server, also from a disk: loads the index in parts, as
// scripts, and answers as kaffe's own search does (src/search). Gives globalThis.kaffeSoeg.ask().
(() => {
  "use strict";
  const { read, forms, isSmall, words: wordsOf } = globalThis.kaffeOrd;
  const LINKS = ["", "s", "e", "er"];
  const MOST_CARE = 8, MOST_NEAR = 5, MOST_LONGER = 40, MOST_LOOKED_AT = 120, LONGEST_WALK = 4000, TWICE = 100;

  // ---- Parts: scripts that call kaffeDel(name, content)

  const waiting = new Map();
  globalThis.kaffeDel = (name, content) => { waiting.get(name)?.done(content); };
  const base = globalThis.document?.currentScript?.dataset.indeks ?? "";
  const root = base.replace(/soeg\/indeks\/$/, "");
  const fetchPart = globalThis.kaffeHent ?? ((name) => new Promise((_, fail) => {
    const script = document.createElement("script");
    script.src = `${base}${name}.js`;
    script.onerror = () => { script.remove(); waiting.delete(name); fail(new Error(name)); };
    script.onload = () => script.remove();
    document.head.append(script);
  }));
  const part = (name) => {
    let entry = waiting.get(name);
    if (!entry) {
      entry = {};
      waiting.set(name, entry);
      entry.content = new Promise((done, fail) => {
        entry.done = done;
        Promise.resolve(fetchPart(name)).catch(fail);
      });
    }
    return entry.content;
  };

  // ---- Numbers and words in few characters: see src/search/offline/pack.rs

  const digit = (code) => (code === 33 ? 0 : code < 92 ? code - 34 : code - 35);
  /** Calls with each record and level of a list. */
  const unpack = (text, levels, each) => {
    let high = 0, next = 0;
    for (let i = 0; i < text.length; i++) {
      const n = digit(text.charCodeAt(i));
      if (n >= 60) { high = high * 32 + (n - 60) + 1; continue; }
      const number = high * 60 + n;
      high = 0;
      next += Math.floor(number / levels);
      each(next, number % levels);
      next++;
    }
  };

  const start = async () => {
    const [head, [text, strange], [titles, ids]] = await Promise.all([part("start"), part("ord"), part("titler")]);
    globalThis.kaffeOrd.use(head);
    const words = [], stems = [], often = [], formsOf = new Map();
    let before = "";
    for (let at = 0; at < text.length;) {
      let end = at + 2;
      while (end < text.length && (text.charCodeAt(end) < 65 || text.charCodeAt(end) > 90)) end++;
      const word = before.slice(0, text.charCodeAt(at) - 65) + text.slice(at + 2, end);
      const code = text[at + 1] === "~" ? -1 : digit(text.charCodeAt(at + 1));
      const known = strange[words.length];
      const stem = known ? known[0] : word.slice(0, word.length - (code >> 3));
      formsOf.get(stem)?.push(words.length) ?? formsOf.set(stem, [words.length]);
      often.push(known ? known[1] : code & 7);
      stems.push(stem);
      words.push(word);
      before = word;
      at = end;
    }
    const kinds = [];
    let from = 0;
    for (const [key, [one, plural, folder], many] of head.kinds) {
      kinds.push({ key, one, plural, folder, from, to: from + many });
      from += many;
    }
    const examples = new Set();
    unpack(head.examples, head.levels.length, (record) => examples.add(record));
    return {
      ...head, kinds, examples, words, stems, often, formsOf,
      distinct: [...formsOf.keys()], titles: titles.split("\n"), ids: ids.split("\n"), lists: new Map(), exact: new Map(),
      number: (name) => head.numbers[name],
    };
  };
  let ready = null;
  const index = () => (ready ??= start().catch((error) => { ready = null; throw error; }));

  const slug = (title) => title.toLowerCase().replace(/æ/g, "ae").replace(/ø/g, "oe").replace(/å/g, "aa").replace(/[’']/g, "").replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");

  // ---- The words that records use

  const place = (ix, word) => {
    let low = 0, high = ix.words.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (ix.words[middle] < word) low = middle + 1; else high = middle;
    }
    return low;
  };
  const idOf = (ix, word) => { const at = place(ix, word); return ix.words[at] === word ? at : -1; };
  const beginning = (ix, start) => {
    const found = [];
    for (let at = place(ix, start); at < ix.words.length && ix.words[at].startsWith(start) && found.length < LONGEST_WALK; at++) {
      if (ix.words[at] !== start) found.push(at);
    }
    return found;
  };

  /** Words within so many typing errors, the commonest first; a swap of neighbours is one error. */
  const near = (ix, word, errors, unfinished) => {
    const found = [], n = word.length, rows = [Array.from({ length: n + 1 }, (_, i) => i)];
    let before = "", dead = Infinity, hit = Infinity;
    for (let id = 0; id < ix.words.length; id++) {
      const here = ix.words[id];
      let shared = 0;
      while (shared < before.length && shared < here.length && before[shared] === here[shared]) shared++;
      before = here;
      if (hit <= shared) { found.push(id); continue; }
      if (dead <= shared) continue;
      dead = hit = Infinity;
      for (let i = shared; i < here.length; i++) {
        const above = rows[i], row = (rows[i + 1] ??= new Array(n + 1));
        let least = (row[0] = i + 1);
        for (let j = 1; j <= n; j++) {
          let cost = Math.min(row[j - 1] + 1, above[j] + 1, above[j - 1] + (here[i] === word[j - 1] ? 0 : 1));
          if (i > 0 && j > 1 && here[i] === word[j - 2] && here[i - 1] === word[j - 1]) cost = Math.min(cost, rows[i - 1][j - 2] + 1);
          row[j] = cost;
          if (cost < least) least = cost;
        }
        if (unfinished && row[n] <= errors) { hit = i + 1; break; }
        if (least > errors) { dead = i + 1; break; }
      }
      if (unfinished ? hit < Infinity : dead === Infinity && rows[here.length][n] <= errors) found.push(id);
      if (found.length >= LONGEST_WALK) break;
    }
    return found.sort((a, b) => ix.often[b] - ix.often[a] || a - b);
  };
  const distance = (a, b) => {
    const table = Array.from({ length: a.length + 1 }, (_, i) => [i]);
    for (let j = 0; j <= b.length; j++) table[0][j] = j;
    for (let i = 1; i <= a.length; i++) {
      for (let j = 1; j <= b.length; j++) {
        table[i][j] = Math.min(table[i - 1][j] + 1, table[i][j - 1] + 1, table[i - 1][j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) table[i][j] = Math.min(table[i][j], table[i - 2][j - 2] + 1);
      }
    }
    return table[a.length][b.length];
  };

  // ---- Compounds: see src/search/compound.rs

  const knownForm = (ix, word) => {
    const known = word.length >= 3 && forms(word);
    return known && !isSmall(known.exact) && known.stems.some((stem) => stem.length >= 3 && ix.formsOf.has(stem)) ? known : null;
  };
  const partOf = (ix, text, strip) => {
    for (const link of LINKS) {
      const bare = strip(text, link);
      const known = bare !== null && bare.length >= 3 && knownForm(ix, bare);
      if (known) return known.stems;
    }
    return [];
  };
  const withoutEnd = (text, link) => (text.endsWith(link) ? text.slice(0, text.length - link.length) : null);
  const withoutStart = (text, link) => (text.startsWith(link) ? text.slice(link.length) : null);
  const best = (found) => found.sort((a, b) => (b.other.length > 0) - (a.other.length > 0) || bytes(a.word) - bytes(b.word) || (a.word < b.word ? -1 : 1)).slice(0, MOST_LONGER);
  const bytes = (word) => new TextEncoder().encode(word).length;

  /** Of many words only the shortest are looked at. */
  const shortest = (found) => found.map((word) => [bytes(word), word]).sort((a, b) => a[0] - b[0] || (a[1] < b[1] ? -1 : 1)).slice(0, MOST_LOOKED_AT).map(([, word]) => word);

  const endingIn = (ix, stem) => {
    if (stem.length < 3) return [];
    const found = [];
    for (const word of shortest(ix.distinct.filter((word) => word.length > stem.length && word.endsWith(stem)))) {
      const first = word.slice(0, -stem.length);
      const other = partOf(ix, first, withoutEnd);
      if (other.length || (stem.length >= 5 && first.length >= 3 && /[aeiouyæøå]/.test(first))) found.push({ word, ids: ix.formsOf.get(word), other });
    }
    return best(found);
  };
  const beginningWith = (ix, stem) => {
    const found = [];
    const form = (ix.formsOf.get(stem) ?? []).map((id) => ix.words[id]).sort((a, b) => bytes(a) - bytes(b))[0];
    for (const start of form && !form.startsWith(stem) ? [form, stem] : [stem]) {
      if (start.length <= 3) continue;
      for (const word of shortest(beginning(ix, start).map((id) => ix.words[id]))) {
        const id = idOf(ix, word);
        let rest = word.slice(start.length);
        if (rest.startsWith(start.at(-1)) && rest[1] === "e") rest = rest.slice(1);
        const other = partOf(ix, rest, withoutStart);
        if (other.length || (start.length >= 5 && rest.length > 5)) found.push({ word, ids: [id], other });
      }
    }
    return best(found);
  };
  const split = (ix, word) => {
    let chosen = null, most = [-1, -1];
    for (let cut = word.length - 3; cut >= 3; cut--) {
      const last = knownForm(ix, word.slice(cut));
      if (!last) continue;
      const first = LINKS.map((link) => withoutEnd(word.slice(0, cut), link)).filter((bare) => bare !== null && bare.length >= 3).map((bare) => knownForm(ix, bare)).find(Boolean);
      if (!first) continue;
      const likely = [[first, last].filter((one) => idOf(ix, one.exact) >= 0).length, Math.min(bytes(first.exact), bytes(last.exact))];
      if (likely[0] > most[0] || (likely[0] === most[0] && likely[1] >= most[1])) [chosen, most] = [[first, last], likely];
    }
    return chosen;
  };

  /** The longest beginning and end of a word that are words of their own, when the rest is none. */
  const knownParts = (ix, word) => {
    const parts = [];
    for (let cut = word.length - 3; cut >= 4; cut--) {
      const stems = partOf(ix, word.slice(0, cut), withoutEnd);
      if (stems.length) { parts.push(stems); break; }
    }
    for (let cut = 3; cut <= word.length - 4; cut++) {
      const known = knownForm(ix, word.slice(cut));
      if (known) { parts.push(known.stems); break; }
    }
    return parts;
  };

  // ---- What a word may mean: see src/search/expand.rs

  /** A word on the board: lists of words and phrases with weights. */
  class Unit {
    constructor(ix, letter) { Object.assign(this, { ix, letter, meanings: [], seen: new Set(), own: null, phrases: [] }); }
    add(key, ids, weight) {
      if (this.seen.has(key)) return;
      this.seen.add(key);
      if (ids.length) this.meanings.push({ ids, weight });
    }
    exact(word, weight) { const id = idOf(this.ix, word); this.add(`=${word}`, id < 0 ? [] : [id], weight); }
    stem(stem, weight) { this.add(`~${stem}`, this.ix.formsOf.get(stem) ?? [], weight); }
    get found() { return this.meanings.length > 0 || this.phrases.length > 0; }
    /** What stands so far is the word itself: it tells how rare it is. */
    settle() { if (this.meanings.length) this.own = this.meanings.length; return this; }
  }

  const plan = (ix, asked) => {
    const n = ix.number, units = [], nearest = [];
    const onlySmall = asked.every((word) => word.small);
    let cared = 0;

    const compounds = (unit, at, stems, weight) => {
      const isAsked = (other) => asked.some((word, i) => i !== at && !word.small && word.stems.some((stem) => other.includes(stem)));
      const share = (found, part) => weight * (isAsked(found.other) ? n("BOTH_PARTS") : part * (found.other.length ? 1 : n("UNSURE")));
      let sure = false;
      for (const stem of stems) {
        for (const found of endingIn(ix, stem)) { sure ||= found.other.length > 0; unit.add(`~${found.word}`, found.ids, share(found, n("LAST_PART"))); }
        for (const found of beginningWith(ix, stem)) { sure ||= found.other.length > 0; unit.add(`=${found.word}`, found.ids, share(found, n("FIRST_PART"))); }
      }
      return sure;
    };
    const slips = (unit, at, word, errors) => {
      const weight = n(errors === 1 ? "ONE_ERROR" : "TWO_ERRORS");
      if (word.exact.length < (errors === 1 ? 4 : 8)) return false;
      const ids = near(ix, word.exact, errors, false).sort((a, b) => (ix.words[a][0] !== word.exact[0]) - (ix.words[b][0] !== word.exact[0])).slice(0, MOST_NEAR);
      if (ids.length) nearest.push(ix.words[ids[0]]);
      for (const id of ids) unit.exact(ix.words[id], weight * n("LETTER"));
      let stems = ids.map((id) => ix.stems[id]);
      if (!ids.length) {
        for (const stem of word.stems.filter((stem) => stem.length >= 5 * errors)) {
          for (const id of near(ix, stem, errors, true)) if (distance(ix.stems[id], stem) <= errors) stems.push(ix.stems[id]);
        }
        stems = [...new Set(stems)].slice(0, MOST_NEAR);
        const shortest = (ix.formsOf.get(stems[0]) ?? []).map((id) => ix.words[id]).sort((a, b) => bytes(a) - bytes(b))[0];
        if (shortest) nearest.push(shortest);
      }
      stems = [...new Set(stems)].sort();
      for (const stem of stems) unit.stem(stem, weight * n("STEM"));
      compounds(unit, at, stems, weight);
      return stems.length > 0;
    };
    const together = (unit, word, at) => {
      const joined = [...word.joined];
      for (const [first, last] of [[asked[at - 1], word], [word, asked[at + 1]]]) {
        if (!first || !last || first.small || last.small || first.quoted || last.quoted) continue;
        for (const link of ["", "s", "e"]) joined.push(first.exact + link + last.exact);
      }
      for (const text of joined) {
        const known = forms(text);
        for (const stem of known?.stems ?? []) {
          if ((ix.formsOf.get(stem) ?? []).includes(idOf(ix, known.exact))) unit.exact(known.exact, n("JOINED") * n("LETTER"));
          unit.stem(stem, n("JOINED") * n("STEM"));
        }
      }
    };
    const synonyms = (unit, at) => {
      for (const group of ix.synonyms) {
        group.forEach((said, number) => {
          for (let from = Math.max(0, at - said.length + 1); from <= at; from++) {
            const here = asked.slice(from, from + said.length);
            if (here.length < said.length || !said.every(([, stem], i) => !here[i].quoted && here[i].stems.includes(stem))) continue;
            group.forEach((other, i) => {
              if (i === number) return;
              if (other.length === 1) return unit.stem(other[0][1], n("SYNONYM"));
              const phrase = other.map(([exact]) => exact).join(" ");
              if (ix.phrases[phrase] && !unit.seen.has(phrase)) {
                unit.seen.add(phrase);
                unit.phrases.push({ list: ix.phrases[phrase], weight: n("SYNONYM") });
              }
            });
          }
        });
      }
    };

    asked.forEach((word, at) => {
      const opens = word.open && word.exact.length >= 2;
      if (asked.slice(0, at).some((before) => before.exact === word.exact) || (!onlySmall && word.small && !opens)) return;
      const care = ++cared <= MOST_CARE;
      const unit = new Unit(ix, idOf(ix, word.exact));
      units.push(unit);
      unit.exact(word.exact, n("LETTER"));
      if (word.quoted) return;
      for (const stem of word.stems) unit.stem(stem, n("STEM"));
      unit.settle();
      const known = unit.meanings.length > 0;
      let begun = false;
      if (opens) {
        const everywhere = ix.records < 5000 || word.exact.length > 2;
        const ids = everywhere ? beginning(ix, word.exact) : [];
        begun = ids.length > 0;
        unit.add(`${word.exact}…`, ids, n(known ? "LONGER_OF_KNOWN" : "LONGER_OF_UNKNOWN"));
        unit.begins = word.exact;
      }
      if (!care) return;
      together(unit, word, at);
      synonyms(unit, at);
      const isPart = compounds(unit, at, word.stems, 1);
      if (known || begun || isPart) return;
      const otherwise = unit.found;
      if (slips(unit, at, word, 1)) return;
      const parts = word.exact.length >= 7 && split(ix, word.exact);
      if (parts) {
        if (!otherwise) units.pop();
        for (const one of parts) {
          const half = new Unit(ix, -1);
          half.exact(one.exact, n("PART") * n("LETTER"));
          for (const stem of one.stems) half.stem(stem, n("PART") * n("STEM"));
          half.settle();
          compounds(half, at, one.stems, n("PART"));
          units.push(half);
        }
      } else if (!otherwise && !slips(unit, at, word, 2)) {
        if (word.open && word.exact.length >= 4) for (const id of near(ix, word.exact, 1, true).slice(0, MOST_NEAR)) unit.exact(ix.words[id], n("ONE_ERROR"));
        if (!unit.found) {
          for (const stems of knownParts(ix, word.exact)) {
            for (const stem of stems) unit.stem(stem, n("PART") * n("STEM"));
            compounds(unit, at, stems, n("PART"));
          }
        }
      }
    });
    return { units, nearest };
  };

  // ---- Lists of records

  const shardOf = (ix, id) => {
    let low = 0;
    while (low + 1 < ix.shards.length && ix.shards[low + 1] <= id) low++;
    return low;
  };
  /** Loads the lists of these words. */
  const load = async (ix, ids) => {
    const shards = [...new Set([...ids].filter((id) => !ix.lists.has(id)).map((id) => shardOf(ix, id)))];
    await Promise.all(shards.map(async (shard) => {
      const lists = (await part(`o${shard}`)).split(" ");
      lists.forEach((list, i) => ix.lists.set(ix.shards[shard] + i, list));
    }));
  };
  const each = (ix, id, call) => unpack(ix.lists.get(id) ?? "", ix.levels.length, call);

  // ---- Scores: see src/search/score.rs and src/search/rank.rs

  const scores = (ix, units, telling) => {
    const n = ix.number, many = ix.records;
    const total = new Float32Array(many), found = new Float32Array(many), any = new Float32Array(many), letter = new Uint8Array(many);
    let full = 0;
    for (const unit of units) {
      any.fill(0);
      letter.fill(0);
      const count = () => { let sum = 0; for (let i = 0; i < many; i++) if (any[i] > 0) sum++; return sum; };
      if (unit.letter >= 0) each(ix, unit.letter, (record) => { letter[record] = 1; });
      let matching = 0;
      unit.meanings.forEach(({ ids, weight }, number) => {
        for (const id of ids) each(ix, id, (record, level) => { any[record] += weight * ix.levels[level]; });
        if (number + 1 === unit.own) matching = count();
      });
      for (const { list, weight } of unit.phrases) unpack(list, ix.levels.length, (record) => { any[record] += weight; });
      matching ||= count();
      if (!matching) continue;
      const rarity = Math.log(1 + Math.max(many - matching + 0.5, 0) / (matching + 0.5));
      const very = n(telling === 1 ? "VERY_WORD_ALONE" : "VERY_WORD");
      full += rarity;
      for (let i = 0; i < many; i++) {
        if (any[i] > 0) {
          total[i] += rarity * ((letter[i] ? very : 0) + (1 - very) * (any[i] / (any[i] + n("DAMPING"))));
          found[i] += rarity;
        }
      }
    }
    for (let i = 0; i < many; i++) if (total[i] > 0) total[i] *= 1 - n("COVERAGE") + n("COVERAGE") * (found[i] / full);
    return total;
  };

  const exactTitle = (ix, record) => {
    let title = ix.exact.get(record);
    if (!title) {
      const text = ix.titles[record];
      title = wordsOf(text).filter((word) => !word[2]).map(([from, to]) => forms(text.slice(from, to))?.exact ?? "");
      ix.exact.set(record, title);
    }
    return title;
  };
  /** What titles add: words side by side as in the query, and a title that is or begins with it. */
  const reward = (ix, asked, record) => {
    const n = ix.number, title = exactTitle(ix, record), exact = asked.slice(0, 12).map((word) => word.exact);
    const pairs = asked.slice(0, 12).flatMap((word, i) => (i + 1 < exact.length && !(word.small && asked[i + 1].small) ? [[exact[i], exact[i + 1]]] : []));
    const beside = pairs.filter(([a, b]) => title.some((word, i) => word === a && title[i + 1] === b)).length;
    const open = asked.at(-1).open;
    const starts = exact.length <= title.length && exact.every((word, i) => title[i] === word || (open && i === exact.length - 1 && title[i].startsWith(word)));
    return 1 + (pairs.length ? (n("SIDE_BY_SIDE") * beside) / pairs.length : 0) + (starts ? n("TITLE_STARTS") : 0) + (starts && exact.length === title.length ? n("TITLE_IS") : 0);
  };

  const allowed = async (ix, asked) => {
    const yes = new Uint8Array(ix.records).fill(1);
    const keep = (has, wanted) => yes.forEach((_, i) => { if (has.has(i) !== wanted) yes[i] = 0; });
    const having = (ids) => { const has = new Set(); for (const id of ids) each(ix, id, (record) => has.add(record)); return has; };
    const all = async (words) => {
      const known = ix.phrases[words.join(" ")];
      if (known) { const has = new Set(); unpack(known, ix.levels.length, (record) => has.add(record)); return has; }
      const told = words.filter((word) => !isSmall(word));
      const ids = told.map((word) => idOf(ix, word));
      if (ids.includes(-1) || !ids.length) return new Set();
      await load(ix, ids);
      return ids.map((id) => having([id])).reduce((a, b) => new Set([...a].filter((record) => b.has(record))));
    };
    for (const phrase of asked.phrases) keep(await all(phrase), true);
    for (const { words, phrase } of asked.without) {
      if (phrase) { keep(await all(words.map((word) => word.exact)), false); continue; }
      const ids = words.flatMap((word) => [idOf(ix, word.exact), ...word.stems.flatMap((stem) => ix.formsOf.get(stem) ?? [])]).filter((id) => id >= 0);
      await load(ix, ids);
      keep(having(ids), false);
    }
    const names = asked.filters.length ? await part("navne") : {};
    for (const { sign, words, negative } of asked.filters) {
      let has = null;
      for (const word of words) {
        const fits = new Set();
        for (const name of Object.keys(names)) {
          if (name[0] === sign && (word.stems.includes(name.slice(1)) || name.slice(1).startsWith(word.exact))) unpack(names[name], ix.levels.length, (record) => fits.add(record));
        }
        has = has ? new Set([...has].filter((record) => fits.has(record))) : fits;
      }
      keep(has, !negative);
    }
    return yes;
  };

  // ---- Answers

  /** A text in pieces, those that match marked with true. */
  const marked = (ix, text, units) => {
    const pieces = [];
    let at = 0;
    for (const [from, to, joined] of wordsOf(text)) {
      const known = !joined && forms(text.slice(from, to));
      const id = known ? idOf(ix, known.exact) : -1;
      const hit = known && !isSmall(known.exact) && units.some((unit) => unit.meanings.some((meaning) => meaning.ids.includes(id)));
      if (!hit) continue;
      pieces.push([text.slice(at, from), false], [text.slice(from, to), true]);
      at = to;
    }
    pieces.push([text.slice(at), false]);
    return pieces.filter(([piece]) => piece !== "");
  };

  /** Answers a query; `snippets` also loads a few words of each hit. */
  const ask = async (text, { limit = 8, kind = null, snippets = false } = {}) => {
    const ix = await index();
    const asked = read(text);
    const nothing = { total: 0, hits: [], kinds: [], suggestions: [] };
    if (!asked.words.length && !asked.filters.length) return nothing;
    const { units, nearest } = plan(ix, asked.words);
    await load(ix, new Set(units.flatMap((unit) => [unit.letter, ...unit.meanings.flatMap((meaning) => meaning.ids)]).filter((id) => id >= 0)));
    const yes = await allowed(ix, asked);
    const score = asked.words.length ? scores(ix, units, asked.words.filter((word) => !word.small).length) : yes;
    const kinds = ix.kinds.map(({ key, plural, from, to }) => {
      let count = 0;
      for (let i = from; i < to; i++) if (yes[i] && score[i] > 0) count++;
      return { kind: key, label: plural, count };
    }).filter((one) => one.count > 0).sort((a, b) => b.count - a.count);
    const fits = [];
    for (const one of ix.kinds) {
      if (kind && one.key !== kind) continue;
      for (let i = one.from; i < one.to; i++) if (yes[i] && score[i] > 0) fits.push([score[i], i, one]);
    }
    fits.sort((a, b) => b[0] - a[0] || a[1] - b[1]);
    const first = fits.slice(0, Math.max(TWICE, limit));
    if (asked.words.length) for (const fit of first.slice(0, TWICE)) fit[0] *= reward(ix, asked.words, fit[1]);
    first.sort((a, b) => b[0] - a[0] || a[1] - b[1]);
    const hits = await Promise.all(first.slice(0, limit).map(async ([points, record, one]) => {
      const id = ix.ids[record] || slug(ix.titles[record]);
      const hit = { id, kind: one.key, kind_label: one.one, url: `${root}${one.folder}/${id}/index.html`, title: ix.titles[record], score: points, example: ix.examples.has(record), snippet: "" };
      if (snippets) {
        const texts = (await part(`t${Math.floor(record / ix.shown)}`)).split("\n");
        hit.title_pieces = marked(ix, hit.title, units);
        hit.pieces = marked(ix, texts[record % ix.shown] ?? "", units);
        hit.snippet = hit.pieces.map(([piece]) => piece).join("");
      }
      return hit;
    }));
    return { total: fits.length, hits, kinds, suggestions: [...new Set(nearest)] };
  };

  globalThis.kaffeSoeg = {
    ask,
    /** Every word of the index with its stem, for the test that compares them with soegeord.js. */
    words: async () => { const ix = await index(); return ix.words.map((word, i) => [word, ix.stems[i]]); },
    /** Begins to load what every search needs. */
    warm: () => index().then(() => {}, () => {}),
  };
})();
