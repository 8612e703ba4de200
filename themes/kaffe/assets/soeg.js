// Answers while you type, under every search field. Without this file the form leads to the search
// page, and Enter still does. The focus never leaves the field: a combobox as WAI-ARIA describes it.
(() => {
  "use strict";
  const FIELD = "form.soeg input[type=search]";
  const MOST = 8; // answers shown at a time
  const KEPT = 50; // answers remembered
  const ROOM = 220; // px; with less below the field, a list is no help
  const PAUSE = 700; // ms without a key before the number of suggestions is said aloud

  let field = null; // the field whose list is open
  let standing = null; // the option the arrow keys stand on
  let turn = 0; // counts questions, so that an old answer never comes over a new one
  let asking = null;
  let speaking = 0;
  const kept = new Map();

  const make = (name, className, ...inside) => {
    const node = document.createElement(name);
    if (className) node.className = className;
    node.append(...inside); // strings become text, never markup
    return node;
  };
  const say = (node, attributes) => {
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    return node;
  };
  const voice = say(make("p", "kun-oplaest"), { role: "status" });
  document.body.append(voice);
  const note = make("p", "soeg-tomt");
  const list = say(make("div", "soeg-liste"), { id: "soeg-liste", role: "listbox" });
  const popup = make("div", "soeg-svar", note, list);
  const options = () => [...list.querySelectorAll("[role=option]")];
  const enhance = () => {
    for (const input of document.querySelectorAll(`${FIELD}:not([role])`)) {
      say(input, { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id });
    }
  };

  // ---- Asking

  const fetched = async (q, signal) => {
    // A published site without a server brings its own search.
    if (globalThis.kaffeSoeg?.ask) return globalThis.kaffeSoeg.ask(q, { limit: MOST });
    const answer = await fetch(`/api/search?${new URLSearchParams({ q, limit: MOST })}`, { signal });
    if (!answer.ok) throw new Error(`the search answered ${answer.status}`);
    return answer.json();
  };
  // The list keeps showing the last answer until the next one is here, so nothing flickers.
  const ask = async (from) => {
    asking?.abort();
    asking = new AbortController();
    turn += 1;
    const mine = turn;
    const q = from.value.trim().replace(/\s+/g, " ");
    if (!q) return close();
    try {
      const answer = kept.get(q) ?? (await fetched(q, asking.signal));
      if (mine !== turn) return;
      kept.delete(q);
      kept.set(q, answer);
      if (kept.size > KEPT) kept.delete(kept.keys().next().value);
      show(from, q, answer);
    } catch {
      if (mine === turn) close(); // no connection: the form is still there
    }
  };

  // ---- The matching letters

  // Letters as the search reads them: no capitals, no accents, ae oe aa for æ ø å.
  const DANISH = { æ: "ae", ø: "oe", å: "aa" };
  const plain = (letter) => DANISH[letter.toLowerCase()] ?? letter.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "");
  const fold = (text) => Array.from(text.normalize(), plain).join("");
  const wordsOf = (q) => fold(q.replace(/\p{L}+:\S*/gu, " ")).split(/[^\p{L}\p{N}]+/u).filter(Boolean);

  // A text in pieces, what was typed in <mark>; one or two letters only where a word begins.
  const marked = (given, words) => {
    const text = given.normalize();
    const from = []; // where in the text each folded letter comes from
    let at = 0;
    for (const letter of text) {
      for (let i = plain(letter).length; i > 0; i -= 1) from.push(at);
      at += letter.length;
    }
    from.push(at);
    const folded = fold(text);
    const hot = new Uint8Array(at);
    for (const word of words) {
      for (let i = folded.indexOf(word); i >= 0; i = folded.indexOf(word, i + 1)) {
        if (word.length > 2 || !/[\p{L}\p{N}]/u.test(folded[i - 1] ?? "")) hot.fill(1, from[i], from[i + word.length]);
      }
    }
    const pieces = [];
    for (let i = 0, end = 0; i < at; i = end) {
      while (end < at && hot[end] === hot[i]) end += 1;
      pieces.push(hot[i] ? make("mark", "", text.slice(i, end)) : text.slice(i, end));
    }
    return pieces;
  };
  const shows = (pieces) => pieces.some((piece) => typeof piece !== "string");

  // ---- Showing

  // A real link, so that a new tab and a long press work as everywhere.
  const option = (href, className, ...inside) => {
    const link = say(make("a", `soeg-valg ${className}`, ...inside), { href, role: "option", "aria-selected": "false" });
    link.tabIndex = -1;
    return link;
  };
  const hitOption = (hit, words, form) => {
    const title = marked(hit.title, words);
    const link = option(hit.url, "", make("span", "soeg-titel", ...title));
    const about = [];
    if (hit.team) about.push(make("span", "", hit.team.title ?? hit.team), " ");
    if (hit.example) about.push(make("span", "maerke maerke-eksempel", form.dataset.eksempel));
    if (about.length) link.append(" ", make("span", "soeg-om", ...about));
    // Where the title does not show why it was found, the words around the match do.
    const why = shows(title) ? [] : marked(hit.snippet ?? "", words);
    if (!shows(why)) return link;
    if (why[0].length > 30) why[0] = `… ${why[0].slice(why[0].indexOf(" ", why[0].length - 30) + 1)}`;
    link.append(" ", make("span", "soeg-uddrag", ...why));
    return link;
  };
  const searchPage = (form, q) => {
    const page = new URL(form.action);
    page.search = new URLSearchParams({ q });
    return page.href;
  };
  const count = (one, many, n) => (n === 1 ? one : many).replace("{n}", n.toLocaleString(document.documentElement.lang));

  const show = (from, q, { total, hits, kinds = [], suggestions = [] }) => {
    const { form } = from;
    const { dataset } = form;
    const words = wordsOf(q);
    const shown = hits.slice(0, MOST);
    if (!shown.length && q.length < 2) return close(); // one letter is no question yet
    const before = standing?.href;
    const rows = [];

    const exact = shown.some((hit) => words.every((word) => fold(`${hit.title} ${hit.snippet ?? ""}`).includes(word)));
    if (suggestions.length && !exact) {
      const [meant] = suggestions;
      const [ahead, behind] = dataset.menteDu.split("{name}");
      rows.push(say(option(searchPage(form, meant), "soeg-mente", make("span", "", ahead, make("b", "", meant), behind)), { "data-ord": meant }));
    }
    // The kind of the best answer comes first; inside a kind the best answer does.
    for (const kind of new Set(shown.map((hit) => hit.kind))) {
      const inside = shown.filter((hit) => hit.kind === kind);
      const label = kinds.find((k) => k.kind === kind)?.label ?? inside[0].kind_label ?? kind;
      const name = say(make("div", "soeg-gruppe-navn", label), { id: `soeg-gruppe-${kind}`, role: "presentation" });
      rows.push(say(make("div", "soeg-gruppe", name, ...inside.map((hit) => hitOption(hit, words, form))), { role: "group", "aria-labelledby": name.id }));
    }
    rows.push(option(searchPage(form, q), "soeg-alle", shown.length ? count(dataset.alleEt, dataset.alle, total) : dataset.flere));

    note.textContent = shown.length ? "" : dataset.ingen;
    note.hidden = shown.length > 0;
    list.replaceChildren(...rows);
    say(list, { "aria-label": dataset.forslag });
    options().forEach((row, i) => { row.id = `soeg-valg-${i + 1}`; });
    const opening = !field;
    hang(from);
    list.scrollTop = 0;
    stand(options().find((row) => row.href === before));
    if (opening && fit() < ROOM) from.parentNode.scrollIntoView({ block: "start" });
    fit();

    voice.textContent = "";
    clearTimeout(speaking);
    speaking = setTimeout(() => { voice.textContent = note.textContent || count(dataset.antalEt, dataset.antal, shown.length); }, PAUSE);
  };
  const hang = (under) => {
    field = under;
    if (popup.parentNode !== field.parentNode) field.parentNode.append(popup);
    say(field, { "aria-expanded": "true" });
  };
  const stand = (row) => {
    standing?.setAttribute("aria-selected", "false");
    standing = row ?? null;
    if (!standing) return field?.removeAttribute("aria-activedescendant");
    say(standing, { "aria-selected": "true" }).scrollIntoView({ block: "nearest" });
    say(field, { "aria-activedescendant": standing.id });
  };
  const close = () => {
    turn += 1; // what is still on its way comes too late
    asking?.abort();
    clearTimeout(speaking);
    if (!field) return;
    stand(null);
    say(field, { "aria-expanded": "false" });
    field = null;
    popup.remove();
  };

  // No taller than what is seen below the field: a phone's keyboard covers the rest.
  const fit = () => {
    if (!field) return 0;
    const room = visualViewport.offsetTop + visualViewport.height - popup.getBoundingClientRect().top - 12;
    popup.style.setProperty("--plads", `${Math.max(room, 176)}px`);
    return room;
  };
  addEventListener("scroll", fit, { passive: true });
  visualViewport.addEventListener("scroll", fit, { passive: true });
  visualViewport.addEventListener("resize", fit, { passive: true });

  // ---- Hands

  document.addEventListener("input", (event) => {
    if (!event.target.matches(FIELD)) return;
    stand(null);
    ask(event.target);
  });
  document.addEventListener("keydown", (event) => {
    const { target, key, ctrlKey, metaKey, shiftKey, altKey } = event;
    if (!target.matches?.(FIELD) || event.isComposing) return;
    if (key === "Escape" && (field || target.value)) {
      event.preventDefault(); // some browsers would clear the field at once
      if (!field) target.value = "";
      close();
    } else if (key === "Tab") {
      close();
    } else if (key === "Enter" && standing) {
      event.preventDefault();
      standing.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, ctrlKey, metaKey, shiftKey }));
    } else if (/^(Home|End|ArrowLeft|ArrowRight)$/.test(key)) {
      stand(null); // back in the text
    } else if (/^Arrow(Down|Up)$/.test(key) && !(ctrlKey || metaKey || shiftKey || altKey)) {
      event.preventDefault();
      if (!field) return ask(target);
      const ring = [null, ...options()]; // past either end stands the field itself
      stand(ring.at((ring.indexOf(standing) + (key === "ArrowDown" ? 1 : -1)) % ring.length));
    }
  });
  // A press on the list must not take the focus from the field: the list would be gone before the
  // tap has landed.
  popup.addEventListener("mousedown", (event) => event.preventDefault());
  popup.addEventListener("click", (event) => {
    const word = event.target.closest("[data-ord]")?.dataset.ord;
    if (!word || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    field.value = word;
    stand(null);
    ask(field);
  });
  // A moment later it is known whether the focus has gone, or the window, or only the page was exchanged.
  document.addEventListener("focusout", () => queueMicrotask(() => {
    if (field && document.activeElement !== field) close();
  }));
  document.addEventListener("submit", close);
  addEventListener("pagehide", close); // so that it is closed when the reader comes back

  // Somebody has written something (live.js): what is remembered may be old, and the page under an
  // open list may have been exchanged.
  document.addEventListener("kaffe:nyt", () => kept.clear());
  document.addEventListener("kaffe:skiftet", () => {
    enhance();
    const now = field && document.getElementById(field.id);
    if (!now || now !== document.activeElement) return close();
    hang(now);
    stand(standing);
    fit();
  });
  enhance();
})();
