// Keeps an open page fresh while somebody writes: when the site has changed, fetch this
// page again and put the new content in, without moving the reader.
(() => {
  "use strict";
  if (!("EventSource" in window)) return;

  const parts = ["#smuler", "#indhold"];
  const message = document.currentScript.dataset.besked;
  let seen = null;
  let busy = false;
  let again = false;

  const voice = document.createElement("p");
  voice.className = "kun-oplaest";
  voice.setAttribute("role", "status");
  document.body.append(voice);

  // Where the focus stands: by id, or as the n-th link to the same address.
  const place = (root, node) => {
    const find = node.id ? `#${CSS.escape(node.id)}` : node.hasAttribute("href") ? `a[href="${CSS.escape(node.getAttribute("href"))}"]` : node.localName;
    return [find, [...root.querySelectorAll(find)].indexOf(node)];
  };

  // What the reader has opened, written or stands on must survive the exchange.
  const keep = (root) => {
    const active = root.contains(document.activeElement) ? document.activeElement : null;
    return {
      open: [...root.querySelectorAll("details")].map((d) => d.open),
      typed: [...root.querySelectorAll("input[id], textarea[id]")].map((f) => [f.id, f.value]),
      focus: active && place(root, active),
      caret: active && "selectionStart" in active ? active.selectionStart : null,
    };
  };
  const restore = (root, kept) => {
    const folds = root.querySelectorAll("details");
    if (folds.length === kept.open.length) folds.forEach((d, i) => { d.open = kept.open[i]; });
    for (const [id, value] of kept.typed) {
      const field = document.getElementById(id);
      if (field && root.contains(field)) field.value = value;
    }
    const target = kept.focus && root.querySelectorAll(kept.focus[0])[kept.focus[1]];
    if (target) {
      target.focus({ preventScroll: true });
      if (kept.caret !== null) {
        try { target.setSelectionRange(kept.caret, kept.caret); } catch { /* not a text field */ }
      }
    }
  };

  // Mark what is new, so that the eye finds it.
  const blocks = (root) => root.querySelectorAll(".prosa > *, .kort, .raekke, .fakta-par, .problem");
  const mark = (root, before) => {
    for (const block of blocks(root)) if (!before.has(block.outerHTML)) block.classList.add("frisk");
  };

  const refresh = async () => {
    // What somebody writes on, or has just been answered, is never exchanged under their hands.
    if (document.querySelector("[data-bliv]")) return;
    if (busy) { again = true; return; }
    busy = true;
    try {
      const answer = await fetch(location.href.split("#")[0], { headers: { "X-Kaffe-Live": "1" }, cache: "no-store" });
      // Whatever cannot be asked for again, as the answer to a form, stays as it is.
      if (!answer.ok && answer.status !== 404) return;
      if (!(answer.headers.get("content-type") || "").includes("text/html")) return;
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (fresh.title !== document.title) document.title = fresh.title;
      let changed = false;
      for (const part of parts) {
        const now = document.querySelector(part);
        const next = fresh.querySelector(part);
        if (!now || !next) continue;
        now.querySelectorAll(".frisk").forEach((b) => {
          b.classList.remove("frisk");
          if (!b.className) b.removeAttribute("class");
        });
        if (plain(now) === plain(next)) continue;
        const kept = keep(now);
        const before = new Set([...blocks(now)].map((b) => b.outerHTML));
        const top = scrollY;
        now.replaceChildren(...document.adoptNode(next).childNodes);
        restore(now, kept);
        if (part === "#indhold") { changed = true; mark(now, before); }
        if (scrollY !== top) scrollTo({ top, behavior: "instant" });
      }
      if (changed) {
        voice.textContent = "";
        setTimeout(() => { voice.textContent = message; }, 50);
        document.dispatchEvent(new CustomEvent("kaffe:skiftet"));
      }
    } catch { /* the next change tries again */ } finally {
      busy = false;
      if (again) { again = false; refresh(); }
    }
  };

  // Compare without what the reader's own clicks, and soeg.js, have changed.
  const plain = (node) => {
    const copy = node.cloneNode(true);
    copy.querySelectorAll("details[open]").forEach((d) => d.removeAttribute("open"));
    copy.querySelectorAll("[tabindex]").forEach((d) => d.removeAttribute("tabindex"));
    copy.querySelectorAll(".soeg-svar").forEach((d) => d.remove());
    for (const field of copy.querySelectorAll("input[type=search]")) {
      for (const name of field.getAttributeNames()) if (/^(role|aria-)/.test(name)) field.removeAttribute(name);
    }
    return copy.innerHTML;
  };

  // One open line only while somebody looks: a browser allows few to the same server.
  let line = null;
  const listen = () => {
    if (line || document.hidden) return;
    line = new EventSource("/-/live");
    line.addEventListener("generation", (event) => {
      let generation;
      try { generation = JSON.parse(event.data).generation; } catch { return; }
      // The first one too: the page may have changed while it was on its way here.
      if (generation !== seen) {
        document.dispatchEvent(new CustomEvent("kaffe:nyt"));
        refresh();
      }
      seen = generation;
    });
  };
  const hush = () => { line?.close(); line = null; };
  document.addEventListener("visibilitychange", () => (document.hidden ? hush() : listen()));
  addEventListener("pagehide", hush);
  addEventListener("pageshow", listen);
  listen();
})();
