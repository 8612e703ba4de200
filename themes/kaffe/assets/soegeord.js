// Danish words for the search of a published site: what a word is, the stem that its inflections
// share, and what a line of text asks for. The same rules as kaffe's own (src/search/analysis and
// src/search/query.rs); a test compares the two word by word.
(() => {
  "use strict";
  const LONGEST_WORD = 64, LONGEST_QUERY = 200, MOST_WORDS = 32, MOST_PARTS = 4;

  // ---- Letters

  const SPECIAL = { ä: "æ", ǽ: "æ", ǣ: "æ", ö: "ø", ǿ: "ø", œ: "ø", ǻ: "å", ß: "ss", þ: "th", ð: "d", đ: "d", ł: "l", ı: "i" };

  /** Small letters without accents, hyphens and apostrophes; æ, ø and å are kept. */
  const plain = (word) => {
    let out = "";
    for (const c of [...word.normalize("NFC").toLowerCase()].slice(0, LONGEST_WORD)) {
      if (c === "æ" || c === "ø" || c === "å") out += c;
      else out += SPECIAL[c] ?? c.normalize("NFKD").replace(/[^\p{L}\p{N}]/gu, "").toLowerCase();
    }
    return out;
  };
  const DOUBLE = { aa: "å", ae: "æ", oe: "ø" };
  const oneLetter = (word) => word.replace(/aa|ae|oe/g, (two) => DOUBLE[two]);

  /** The words of a text: [from, to, whether it is the whole of a hyphened word]. */
  const words = (text) => {
    const found = [];
    let chain = [];
    const close = () => {
      if (chain.length >= 2 && chain.length <= MOST_PARTS) found.push([chain[0][0], chain.at(-1)[1], true, chain.length]);
      chain = [];
    };
    const pattern = /[\p{L}\p{N}](?:[\p{L}\p{N}\p{M}\u00ad\u200b-\u200d\u2060\ufeff]|['’](?=[\p{L}\p{N}]))*/gu;
    for (const match of text.matchAll(pattern)) {
      const [from, to] = [match.index, match.index + match[0].length];
      const before = chain.at(-1);
      if (before && !(before[1] + 1 === from && /[-\u2010\u2011]/.test(text[before[1]]))) close();
      found.push([from, to, false, 0]);
      chain.push([from, to]);
      const next = text[to];
      if (!(next && /[-\u2010\u2011]/.test(next) && /[\p{L}\p{N}]/u.test(text.slice(to + 1, to + 3)[0] ?? ""))) close();
    }
    close();
    return found;
  };

  // ---- Stems: snowball's Danish rules, and what they leave out

  const VOWELS = "aeiouyæøå";
  const isVowel = (c) => VOWELS.includes(c);
  const hasVowel = (word) => [...word].some(isVowel);
  const MAIN = "erendes erende hedens ethed erede heden heder endes ernes erens erets ered ende erne eren erer heds enes eres eret hed ene ere ens ers ets en er es et e".split(" ");

  const snowball = (word) => {
    if (word.length < 3) return word;
    // The region in which endings are looked for: after the first consonant that follows a vowel.
    let at = 0;
    while (at < word.length && !isVowel(word[at])) at++;
    while (at < word.length && isVowel(word[at])) at++;
    const region = at < word.length ? Math.max(at + 1, 3) : word.length;
    const ends = (text, end) => text.endsWith(end) && text.length - end.length >= region;
    const pair = (text) => (["gd", "dt", "gt", "kt"].some((two) => ends(text, two)) ? text.slice(0, -1) : text);
    const main = MAIN.find((end) => ends(word, end));
    if (main) word = word.slice(0, -main.length);
    else if (ends(word, "s") && "abcdfghjklmnoprtvyzå".includes(word[word.length - 2] ?? "")) word = word.slice(0, -1);
    word = pair(word);
    if (word.endsWith("igst")) word = word.slice(0, -2);
    const other = ["elig", "løst", "lig", "els", "ig"].find((end) => ends(word, end));
    if (other === "løst") word = word.slice(0, -1);
    else if (other) word = pair(word.slice(0, -other.length));
    const last = word[word.length - 1];
    if (word.length - 1 >= region && !isVowel(last) && word[word.length - 2] === last) word = word.slice(0, -1);
    return word;
  };

  let table = { irregular: {}, endings: {}, prefixes: [], small: [] };
  let small = new Set();

  const lemma = (word) => {
    if (Object.hasOwn(table.irregular, word)) return table.irregular[word];
    for (const prefix of table.prefixes) {
      const rest = word.startsWith(prefix) && word.slice(prefix.length);
      if (rest && Object.hasOwn(table.irregular, rest)) return prefix + table.irregular[rest];
    }
    for (const [form, base] of table.endings) {
      if (word.length >= form.length + 2 && word.endsWith(form)) return word.slice(0, -form.length) + base;
    }
    return word;
  };
  const shortWord = (word) => {
    const ending = ["ernes", "erne", "enes", "ene", "ens", "ers", "en", "er", "et", "e"].find((end) => word.endsWith(end));
    const rest = ending && word.slice(0, -ending.length);
    const short = rest && (rest.length === 2 || rest.length === 3 || rest === "ø" || rest === "å");
    return short && "iouyæøå".includes(rest.at(-1)) ? rest : null;
  };
  const presentTense = (word) => {
    const verb = word.endsWith("de") ? word.slice(0, -2) : word.endsWith("des") ? word.slice(0, -3) : "";
    const bytes = verb.length + [...verb].filter((c) => c > "\x7f").length;
    return bytes >= 4 && verb.endsWith("e") && hasVowel(verb.slice(0, -1)) ? verb : word;
  };
  const mended = (stem) => {
    if (stem.endsWith("somt")) return stem.slice(0, -1);
    const before = stem.endsWith("el") ? stem.slice(0, -2) : "";
    const last = before.at(-1);
    if (before && hasVowel(before) && !isVowel(last)) {
      return `${before.length > 1 && before.at(-2) === last ? before.slice(0, -1) : before}l`;
    }
    return stem;
  };
  const stem = (word) => {
    if (/[0-9]/.test(word)) return word;
    const base = lemma(word);
    const short = shortWord(base);
    return short ?? mended(snowball(snowball(presentTense(base))));
  };

  const cache = new Map();
  /** The exact form of a word and every stem that it may have, the likeliest first; null for no word. */
  const forms = (word) => {
    let known = cache.get(word);
    if (known === undefined) {
      const letters = plain(word);
      const exact = oneLetter(letters);
      const stems = letters === exact ? [oneLetter(stem(letters))] : [...new Set([oneLetter(stem(letters)), oneLetter(stem(exact))])];
      known = letters ? { exact, stems } : null;
      if (cache.size > 20_000) cache.clear();
      cache.set(word, known);
    }
    return known;
  };
  const isSmall = (exact) => small.has(exact);

  // ---- Queries

  const QUOTE = /["“”„‟»«″]/;
  const NARROW = { K: ["type", "slags", "art", "kind"], T: ["team", "hold"], P: ["område", "omraade", "sted", "by", "area"], E: ["emne", "emneord", "tag"], X: ["eksempel", "example"] };
  const narrowNamed = (name) => Object.keys(NARROW).find((sign) => NARROW[sign].includes(name.toLowerCase()));

  const pieces = (text) => {
    const letters = [...text], found = [];
    let at = 0;
    while (at < letters.length) {
      if (/\s/.test(letters[at])) { at++; continue; }
      const piece = { text: "", quoted: false, negative: false, narrow: undefined };
      if (letters[at] === "-") {
        at++;
        piece.negative = at < letters.length && (/[\p{L}\p{N}]/u.test(letters[at]) || QUOTE.test(letters[at]));
      }
      for (; at < letters.length && !/\s/.test(letters[at]); at++) {
        const c = letters[at];
        if (QUOTE.test(c)) {
          if (piece.text === "") {
            piece.quoted = true;
            for (at++; at < letters.length && !QUOTE.test(letters[at]); at++) piece.text += letters[at];
            at++;
          }
          break;
        }
        const narrow = c === ":" && !piece.narrow && narrowNamed(piece.text);
        if (narrow) { piece.narrow = narrow; piece.text = ""; } else piece.text += c;
      }
      found.push(piece);
    }
    return found;
  };

  const askedWords = (text, quoted) => {
    const found = [];
    for (const [from, to, joined, parts] of words(text)) {
      const known = forms(text.slice(from, to));
      if (!known) continue;
      if (joined) for (const part of found.slice(-parts)) part.joined.push(known.exact);
      else found.push({ ...known, joined: [], quoted, open: false, small: isSmall(known.exact) });
    }
    return found;
  };

  /** What a line of text asks for: words, phrases, what must not be there, and filters. */
  const read = (text) => {
    const asked = { words: [], phrases: [], without: [], filters: [] };
    let left = MOST_WORDS;
    for (const piece of pieces([...text].slice(0, LONGEST_QUERY).join(""))) {
      const found = askedWords(piece.text, piece.quoted).slice(0, left);
      left -= found.length;
      if (found.length === 0) continue;
      if (piece.narrow) asked.filters.push({ sign: piece.narrow, words: found, negative: piece.negative });
      else if (piece.negative) asked.without.push({ words: found, phrase: piece.quoted || found.length > 1 });
      else {
        if (piece.quoted) asked.phrases.push(found.map((word) => word.exact));
        for (const word of asked.words) word.open = false;
        found.at(-1).open = !piece.quoted;
        asked.words.push(...found);
      }
    }
    return asked;
  };

  globalThis.kaffeOrd = {
    /** Takes irregular words and the like from the index. */
    use(tables) {
      table = { ...tables, endings: Object.entries(tables.endings) };
      small = new Set(tables.small);
      cache.clear();
    },
    words, forms, isSmall, read,
  };
})();
