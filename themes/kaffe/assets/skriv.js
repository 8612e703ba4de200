// Nothing typed is lost: every form with `data-kladde` is kept on the device while one writes, comes
// back after a reload, and waits for a connection when there is none. Each draft is kept under its
// idempotency key (`noegle`), so that the server saves it once, however often it is sent.
(() => {
  "use strict";
  const DRAFT = "kaffe.kladde.";
  const SENT = "kaffe.sendt.";
  const DAYS = 7 * 24 * 3600e3; // then a draft is forgotten
  const PAUSE = 300; // ms of writing that may pass before the draft is kept
  const SURE = 20e3; // ms before a send without an answer is tried again
  const IDLE = 60e3; // a longer pause than this is no writing
  const MOST_MINUTES = 60;
  // Not part of what somebody wrote.
  const OURS = ["base", "noegle", "gem", "vis", "skrivetid_maalt"];

  const words = document.currentScript.dataset;
  const say = (text, places = {}) => text.replace(/\{(\w+)\}/g, (all, name) => places[name] ?? all);
  const make = (name, className, ...inside) => {
    const node = document.createElement(name);
    if (className) node.className = className;
    node.append(...inside); // strings become text, never markup
    return node;
  };
  const button = (className, text, act) => {
    const made = make("button", className, text);
    made.type = "button";
    made.addEventListener("click", act);
    return made;
  };
  const link = (href, text) => {
    const made = make("a", "", text);
    made.href = href;
    return made;
  };
  const fresh = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, "0")).join("");
  const clock = (time) => `${time.getHours()}.${String(time.getMinutes()).padStart(2, "0")}`;
  const when = (ms) => {
    const time = new Date(ms);
    const days = Math.round((new Date().setHours(0, 0, 0, 0) - new Date(ms).setHours(0, 0, 0, 0)) / 864e5);
    if (days === 0) return say(words.iDag, { time: clock(time) });
    if (days === 1) return say(words.iGaar, { time: clock(time) });
    const date = new Intl.DateTimeFormat(document.documentElement.lang, { day: "numeric", month: "long" }).format(time);
    return say(words.dato, { date, time: clock(time) });
  };

  // ---- What lies on the device

  const store = (() => {
    try {
      localStorage.getItem(DRAFT);
      return localStorage;
    } catch {
      return null; // the browser keeps nothing here: the forms work as without scripts
    }
  })();
  const tab = (() => {
    try {
      const name = sessionStorage.getItem("kaffe.fane") ?? fresh();
      sessionStorage.setItem("kaffe.fane", name);
      return sessionStorage;
    } catch {
      return null;
    }
  })();
  // What localStorage holds is on the disk only some time later (in Chromium after five seconds, and once
  // a minute while one goes on writing), and a dead battery does not wait. So each draft lies here too,
  // where the browser writes it down before it says that it has.
  const disk = (() => {
    let opening = null;
    const open = () => {
      opening ??= new Promise((resolve) => {
        try {
          const asked = indexedDB.open("kaffe", 1);
          asked.onupgradeneeded = () => asked.result.createObjectStore("kladder", { keyPath: "noegle" });
          asked.onsuccess = () => resolve(asked.result);
          asked.onerror = asked.onblocked = () => resolve(null);
        } catch {
          resolve(null); // then localStorage is all there is
        }
      });
      return opening;
    };
    const work = async (act) => {
      const base = store && await open();
      return base && new Promise((resolve) => {
        try {
          const turn = base.transaction("kladder", "readwrite", { durability: "strict" });
          const asked = act(turn.objectStore("kladder"));
          turn.oncomplete = () => resolve(asked.result);
          turn.onabort = () => resolve(null);
        } catch {
          resolve(null);
        }
      });
    };
    return {
      put: (draft) => work((drafts) => drafts.put(draft)),
      drop: (key) => work((drafts) => drafts.delete(key)),
      all: async () => (await work((drafts) => drafts.getAll())) ?? [],
      clear: () => work((drafts) => drafts.clear()),
    };
  })();
  const read = (prefix, key) => {
    try {
      return JSON.parse(store.getItem(prefix + key));
    } catch {
      return null;
    }
  };
  const all = (prefix = DRAFT) => Object.keys(store ?? {}).filter((k) => k.startsWith(prefix))
    .map((k) => read(prefix, k.slice(prefix.length))).filter(Boolean).sort((a, b) => b.tid - a.tid);
  let written = null; // on the disk, too
  const keep = (draft) => {
    written = disk.put(draft);
    try {
      store?.setItem(DRAFT + draft.noegle, JSON.stringify(draft));
      return Boolean(store);
    } catch {
      return false; // no room
    }
  };
  const drop = (key) => {
    disk.drop(key);
    store?.removeItem(DRAFT + key);
  };
  /** It has arrived: remembered for as long as a draft, so that no other tab sends it again. */
  const done = (key, adresse, titel) => {
    const draft = read(DRAFT, key);
    if (draft?.erstatter) drop(draft.erstatter);
    drop(key);
    try {
      store?.setItem(SENT + key, JSON.stringify({ noegle: key, adresse, titel: titel || draft?.titel, tid: Date.now() }));
    } catch { /* no room: the server knows the key too */ }
  };
  const sweep = () => {
    for (const old of all().filter((d) => Date.now() - d.tid > DAYS)) drop(old.noegle);
    for (const old of all(SENT).filter((d) => Date.now() - d.tid > DAYS)) store.removeItem(SENT + old.noegle);
  };

  /** Brings back what the disk has and localStorage has lost, for the device died before it was written there. */
  const recover = async () => {
    for (const draft of await disk.all()) {
      const known = read(DRAFT, draft.noegle);
      if (read(SENT, draft.noegle) || Date.now() - draft.tid > DAYS) disk.drop(draft.noegle);
      else if (!known || known.tid < draft.tid) store.setItem(DRAFT + draft.noegle, JSON.stringify(draft));
    }
  };

  // Ten digits that begin as a date, however they are parted. It may see too many: such a draft is
  // only not sent by itself.
  const cpr = (draft) => draft.felter.some(([, text]) => [...text.matchAll(/(?<!\d)\d(?:[\s.\-–_*]{0,3}\d){9}(?!\d)/g)]
    .some(([found]) => /^(?:0[1-9]|[12]\d|3[01]|6[1-9]|[78]\d|9[01])(?:0[1-9]|1[0-2])/.test(found.replace(/\D/g, ""))));

  // ---- Sending what waits

  const sent = []; // in this tab, since the page came
  let own = null; // the draft of this page's form

  const alone = (work) => (navigator.locks ? navigator.locks.request("kaffe-send", work) : work());
  const waits = (draft) => !draft.stop && (draft.venter || (draft.forsoegt > 0 && Date.now() - draft.forsoegt > SURE)) && !cpr(draft);
  const send = async (draft) => {
    const body = new URLSearchParams([["base", draft.base], ["noegle", draft.noegle], ...draft.felter, ["skrivetid_maalt", draft.minutter ?? ""], ["gem", "1"]]);
    let answer, page;
    try {
      answer = await fetch(draft.handling, { method: "POST", body, headers: { Accept: "text/html" }, signal: AbortSignal.timeout?.(30e3) });
      page = new DOMParser().parseFromString(await answer.text(), "text/html");
    } catch {
      return false; // still no connection
    }
    const saved = answer.ok && page.querySelector("[data-sendt]");
    if (saved) {
      done(draft.noegle, saved.dataset.adresse, saved.dataset.titel || draft.titel);
      sent.push({ noegle: draft.noegle, adresse: saved.dataset.adresse, titel: saved.dataset.titel || draft.titel });
    } else if (answer.status < 500 && answer.status !== 429) {
      // The server wants a person: to sign in, to answer, to choose. The text stays.
      keep({ ...draft, venter: false, forsoegt: 0, stop: true });
    }
    return true;
  };
  const flush = async () => {
    if (store && navigator.onLine && all().some((d) => waits(d) && !inHand(d))) {
      await alone(async () => {
        for (const { noegle } of all().reverse()) {
          const draft = read(DRAFT, noegle); // another tab may have been faster
          if (draft && waits(draft) && !inHand(draft) && !(await send(draft))) break;
        }
      });
    }
    tray();
  };
  /** Whether somebody is writing in it on this page just now. */
  const inHand = (draft) => own?.noegle === draft.noegle && !own.venter;

  // A quiet line over the page: what waits, what has been sent, what needs a look.
  let line = null;
  const lines = (...rows) => {
    if (!line) {
      line = make("div", "bakke");
      line.setAttribute("role", "status");
      document.querySelector("header.top")?.after(line);
    }
    line.replaceChildren(...rows.map((row) => make("div", "ramme", ...row)));
    line.hidden = rows.length === 0;
  };
  const tray = (extra = []) => {
    const waiting = all().filter((d) => (d.venter || waits(d)) && !d.stop);
    const stuck = all().filter((d) => d.stop && !d.skjult && d.noegle !== own?.noegle);
    const rows = [...extra];
    if (waiting.length) rows.push([make("p", "", make("b", "", words.venter), make("small", "", `${waiting.map((d) => d.titel).join(", ")}. ${words.venterMere}`))]);
    for (const d of sent) rows.push([make("p", "", make("b", "", words.afsendt), make("small", "", d.titel)), link(d.adresse || "/", words.se)]);
    for (const d of stuck) {
      rows.push([make("p", "", say(words.haenger, { title: d.titel })), link(d.adresse, words.aabn),
        button("knap-tekst", words.luk, () => { keep({ ...d, skjult: true }); tray(); })]);
    }
    if (rows.length || line) lines(...rows);
    const status = own?.venter && form.querySelector("[data-kladde-status]");
    if (status) status.textContent = `${words.venter}. ${words.venterMere}`;
    if (own && sent.some((d) => d.noegle === own.noegle)) close();
  };
  const warn = (text) => tray([[make("p", "", make("b", "", text))]]);

  // ---- The form of this page

  const form = document.querySelector("form[data-kladde]");
  let page = null; // what the form held when it came: { noegle, base, felter }
  let timer = 0;
  let busy = false;
  let boxes = [];

  const values = () => [...new FormData(form)].filter(([name, value]) => !OURS.includes(name) && typeof value === "string");
  const same = (a, b) => JSON.stringify(a.filter(([n]) => n !== time?.name)) === JSON.stringify(b.filter(([n]) => n !== time?.name));
  const hidden = (name) => form.elements.namedItem(name);
  const take = (draft) => {
    own = draft;
    if (hidden("noegle")) hidden("noegle").value = own.noegle;
    if (hidden("base")) hidden("base").value = own.base;
  };
  const fill = (felter) => {
    const left = new Map();
    for (const [name, value] of felter) left.set(name, [...(left.get(name) ?? []), value]);
    // Rows that somebody had added to a table.
    for (const table of form.querySelectorAll("[data-tabel]")) {
      for (let i = 0; i < 60 && [...left.keys()].some((n) => n.startsWith(`${table.dataset.tabel}.`) && !hidden(n)); i += 1) table.querySelector("[data-ny-linje]")?.click();
    }
    for (const control of form.elements) {
      if (!control.name || /^(hidden|submit|button|file|fieldset)$/.test(control.type)) continue;
      const here = left.get(control.name);
      if (/^(radio|checkbox)$/.test(control.type)) control.checked = Boolean(here?.includes(control.value));
      else if (here?.length) control.value = here.shift();
    }
    for (const fold of form.querySelectorAll("details.flere-felter:not([open])")) {
      fold.open = [...fold.querySelectorAll("input, textarea, select")].some((c) => (/^(radio|checkbox)$/.test(c.type) ? c.checked !== c.defaultChecked : c.type !== "hidden" && c.tagName !== "SELECT" && c.value !== c.defaultValue));
    }
    form.dispatchEvent(new CustomEvent("kaffe:kladde", { detail: own.titler ?? {} }));
  };

  const save = (always = false) => {
    clearTimeout(timer);
    timer = 0;
    if (!own) return;
    const felter = values();
    if (!always && same(felter, page.felter) && own.noegle === page.noegle) return drop(own.noegle);
    // What may have arrived already under its key must not be taken for the same when it has changed.
    if (read(SENT, own.noegle) || (own.brugt && !same(own.brugt, felter))) {
      drop(own.noegle);
      take({ ...own, noegle: fresh(), brugt: null });
    }
    const titler = Object.fromEntries([...form.querySelectorAll("[data-id]")].map((c) => [c.dataset.id, c.firstElementChild?.textContent ?? c.textContent]));
    own = { ...own, felter, titler, tid: Date.now(), minutter: minutes() };
    const kept = keep(own);
    const status = form.querySelector("[data-kladde-status]");
    if (!status || !store) return;
    const text = !kept ? words.fuld : cpr(own) ? words.cpr : say(words.gemt, { time: clock(new Date()) });
    written.then(() => {
      if (!own || own.venter) return;
      status.hidden = false;
      status.textContent = text;
    });
  };
  const typed = (event) => {
    // Who goes on writing has not finished: it waits until it is saved again.
    if (own.venter || own.stop) {
      own = { ...own, venter: false, stop: false };
      tray();
    }
    active(event);
    timer ||= setTimeout(save, PAUSE); // also while somebody dictates without a pause
  };
  const now = () => { if (timer) save(); };

  /** A quiet box over the form. */
  const box = (className, text, ...choices) => {
    const made = make("div", `kladde ${className}`, make("p", "", text), make("p", "kladde-valg", ...choices));
    boxes.forEach((old) => old.remove());
    boxes = [made];
    form.before(made);
    return made;
  };
  const use = (draft, title) => {
    const older = draft.base !== page.base;
    now(); // what has just been typed here is a draft of its own
    const before = { ...own, felter: values() };
    // What has never been sent goes on under this page's key: the tab that it began in may still be open.
    const tried = draft.forsoegt > 0 || draft.brugt;
    if (!tried) drop(draft.noegle);
    const free = read(DRAFT, page.noegle) ? fresh() : page.noegle;
    take({ ...draft, noegle: tried ? draft.noegle : free, forsoegt: 0, stop: false, venter: false, brugt: tried ? draft.brugt ?? draft.felter : null, adresse: page.adresse, fane: page.fane });
    fill(draft.felter);
    keep(own);
    showTime();
    const made = box("kladde-lille", say(words.tilbage, { when: when(draft.tid) }), button("knap-tekst", words.smid, () => {
      const thrown = own;
      drop(own.noegle);
      take(before);
      fill(before.felter);
      gone(thrown);
    }));
    if (older) made.append(make("p", "", words.rettet));
    tray();
  };
  const gone = (draft) => box("kladde-lille", words.vaek, button("knap-tekst", words.fortryd, () => use(draft)));
  const close = () => {
    own = null;
    boxes.forEach((old) => old.remove());
    const status = form.querySelector("[data-kladde-status]");
    if (status) status.hidden = true;
    form.inert = true; // it has been sent: what one now wants to change stands on its page
  };

  // ---- How long it took

  const time = form?.querySelector("[data-skrivetid]");
  const measured = form && "maal" in form.dataset;
  let last = 0;
  const minutes = () => (own?.ms && !own.tidFjernet ? Math.min(MOST_MINUTES, Math.ceil(own.ms / 60e3)) : "");
  const showTime = () => {
    if (!measured) return;
    hidden("skrivetid_maalt").value = minutes();
    if (!time) return;
    if (!own.tidRettet && minutes() !== "") time.value = minutes();
    form.querySelector("[data-skrivetid-fjern]").hidden = time.value === "";
  };
  const active = (event) => {
    if (!measured || document.hidden) return;
    if (event?.target === time) {
      own.tidRettet = true; // the person has said it themselves
      own.tidFjernet = time.value.trim() === "";
    }
    const at = Date.now();
    own.ms = (own.ms ?? 0) + (at - last < IDLE ? at - last : 1000);
    last = at;
    showTime();
  };

  const begin = async () => {
    sweep();
    for (const saved of document.querySelectorAll("[data-sendt]")) done(saved.dataset.sendt, saved.dataset.adresse, saved.dataset.titel);
    if (form && store) arrive();
    // A disk that does not answer must not keep anybody from writing.
    if (store) await Promise.race([recover().catch(() => {}), new Promise((resolve) => { setTimeout(resolve, 1000); })]);
    if (form && store) open();
    flush();
    clearing();
  };
  const arrive = () => {
    const fane = tab?.getItem("kaffe.fane");
    page = { id: form.dataset.kladde, noegle: hidden("noegle")?.value || fresh(), base: hidden("base")?.value ?? "", adresse: location.pathname + location.search, handling: form.action, titel: form.dataset.titel, felter: values(), fane, tid: Date.now() };
    form.autocomplete = "off"; // the draft comes back, not what the browser thinks it remembers
  };
  const open = () => {
    const { fane } = page;
    const early = !same(values(), page.felter); // somebody is faster than the disk
    if (measured) {
      const field = make("input");
      Object.assign(field, { type: "hidden", name: "skrivetid_maalt" });
      form.append(field);
      page.tidRettet = Boolean(time?.value);
      form.querySelector("[data-skrivetid-fjern]")?.addEventListener("click", () => {
        time.value = "";
        own.tidRettet = true;
        own.tidFjernet = true;
        time.focus();
        showTime();
        save(true);
      });
    }
    take({ ...page, ms: 0 });

    const before = read(DRAFT, tab?.getItem("kaffe.sidst"));
    const [entry] = performance.getEntriesByType?.("navigation") ?? [];
    const again = entry && entry.type !== "navigate";
    const since = again && all().find((d) => d.id === page.id && d.fane === fane && d.base === page.base && !same(d.felter, page.felter));
    if ("vendt" in form.dataset && since) {
      use(since); // sent once more by a reload, the server has given back what was sent then
    } else if ("vendt" in form.dataset) {
      // The server has given back what was just sent: the page holds it all.
      if (before && before.id !== page.id) {
        keep({ ...before, forsoegt: 0, stop: false });
        own.erstatter = before.noegle;
      } else if (before) {
        own.ms = before.ms;
        own.erstatter = before.erstatter;
        if (before.noegle !== own.noegle) drop(before.noegle);
      }
      save(true);
    } else {
      const found = all().filter((d) => d.id === page.id && !d.venter);
      for (const d of found.filter((d) => same(d.felter, page.felter))) drop(d.noegle);
      const drafts = found.filter((d) => !same(d.felter, page.felter));
      const back = drafts.find((d) => d.base === page.base && d.adresse === page.adresse && (again || d.fane === fane));
      if (back) use(back);
      else if (drafts[0]) {
        const [draft] = drafts;
        box("", say(words.fundet, { when: when(draft.tid) }),
          button("knap", words.brug, () => use(draft)),
          button("knap knap-stille", words.smid, () => { drop(draft.noegle); gone(draft); }));
      }
    }
    showTime();
    form.addEventListener("input", typed);
    form.addEventListener("change", typed);
    form.addEventListener("submit", submit);
    document.addEventListener("visibilitychange", () => { if (document.hidden) now(); });
    addEventListener("pagehide", now);
    if (early) typed();
  };
  const submit = (event) => {
    if (busy || !own) return event.preventDefault();
    const saving = event.submitter?.name !== "vis";
    showTime();
    save(true);
    if (!navigator.onLine) {
      event.preventDefault();
      if (!saving || cpr(own)) return warn(saving ? words.cpr : words.udenNet);
      own = { ...own, venter: true };
      if (!keep(own)) return warn(words.fuld);
      return tray();
    }
    own = { ...own, venter: false, stop: false, forsoegt: saving ? Date.now() : 0, brugt: saving ? own.felter : own.brugt };
    keep(own);
    tab?.setItem("kaffe.sidst", own.noegle);
    busy = true; // a second tap while the answer is on its way
    setTimeout(() => { busy = false; }, 8000);
  };

  // ---- What needs one tap, and what needs a connection

  document.addEventListener("submit", (event) => {
    const target = event.target;
    if (!target.matches("[data-et-tryk], [data-kraever-net]") || event.defaultPrevented) return;
    if (!navigator.onLine) {
      event.preventDefault();
      return warn(words.udenNet);
    }
    if ("undervejs" in target.dataset) return event.preventDefault();
    target.dataset.undervejs = "";
    if (!target.elements.namedItem("noegle")) {
      const key = make("input");
      Object.assign(key, { type: "hidden", name: "noegle", value: fresh() });
      target.append(key);
    }
  });

  // ---- "Ryd denne enhed"

  const clearing = () => {
    for (const place of store ? document.querySelectorAll("[data-ryd-enhed]") : []) {
      if ("klar" in place.dataset) continue;
      place.dataset.klar = "";
      const press = place.matches("button") ? place : place.querySelector("button");
      const list = place.querySelector("[data-ryd-liste]") ?? (() => {
        const made = make("ul", "ryd-liste");
        press.before(made);
        return made;
      })();
      const show = (text) => {
        const kept = all();
        list.replaceChildren(...kept.map((d) => make("li", "", make("b", "", d.titel), ` ${when(d.tid)}`)));
        if (!kept.length) list.append(make("li", "", text));
        press.hidden = !kept.length;
      };
      show(words.rydTom);
      press.addEventListener("click", async () => {
        for (const key of Object.keys(store).filter((k) => k.startsWith("kaffe."))) store.removeItem(key);
        await disk.clear();
        show(words.ryddet);
        const answer = place.querySelector("[data-ryd-svar]");
        if (answer) answer.textContent = words.ryddet;
        tray();
      });
      place.hidden = false;
    }
  };

  addEventListener("online", flush);
  addEventListener("offline", () => tray());
  document.addEventListener("kaffe:skiftet", clearing);
  addEventListener("storage", (event) => {
    if (event.key?.startsWith(SENT) && own && event.key === SENT + own.noegle && own.venter) sent.push(read(SENT, own.noegle));
    if (event.key?.startsWith("kaffe.")) tray();
  });
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    busy = false;
    for (const target of document.querySelectorAll("[data-undervejs]")) delete target.dataset.undervejs;
    // Gone back to after it was saved: a form from before would be a second one.
    if (own && read(SENT, own.noegle)) location.reload();
    else flush();
  });
  if (document.readyState === "complete") begin();
  else addEventListener("DOMContentLoaded", begin); // when the scripts of the fields stand ready
})();
