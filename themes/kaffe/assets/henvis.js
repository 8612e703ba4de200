// References: search as one types, chosen records as chips. What is sent stays the text field that
// works without this file: ids, one a line. A combobox as WAI-ARIA describes it.
(() => {
  "use strict";
  const words = document.currentScript.dataset;
  const PAUSE = 200; // ms after the last key
  const MOST = 8;
  const ROOM = 220; // px; with less below the field, a list is no help

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
  const ids = (field) => field.value.split("\n").map((line) => line.trim()).filter(Boolean);
  const fetched = async (q, kind, signal) => {
    const asked = new URLSearchParams({ q, limit: MOST });
    if (kind) asked.set("kind", kind);
    const answer = await fetch(`/api/search?${asked}`, { signal });
    if (!answer.ok) throw new Error(`the search answered ${answer.status}`);
    return (await answer.json()).hits;
  };

  const enhance = (place) => {
    const value = place.querySelector("textarea, input");
    const many = "flere" in place.dataset;
    const kinds = place.dataset.henvis.split(",").filter((kind) => kind && kind !== "alle");
    const most = many ? Number(place.dataset.antal) || Infinity : 1;
    const { id } = value;
    const titles = new Map();
    let chips = place.querySelector(".henvis-valgte");
    if (!chips) chips = say(make("ul", "henvis-valgte"), { role: "list" });
    for (const chip of chips.children) titles.set(chip.dataset.id, chip.textContent.trim());

    // The label now names the search; what is sent stands hidden beside it.
    value.id = `${id}-vaerdi`;
    value.classList.add("henvis-vaerdi");
    say(value, { "aria-label": place.querySelector(".felt-navn").textContent.trim() });
    const search = say(make("input", ""), { type: "text", id, role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": `${id}-liste`, autocomplete: "off", autocapitalize: "none", spellcheck: "false", placeholder: words.soeg });
    const about = value.getAttribute("aria-describedby")?.replace(`${id}-tale`, "").trim();
    if (about) say(search, { "aria-describedby": about });
    if (value.getAttribute("aria-invalid")) say(search, { "aria-invalid": "true" });
    const note = make("p", "soeg-tomt");
    const list = say(make("div", "soeg-liste"), { id: `${id}-liste`, role: "listbox", "aria-label": words.forslag });
    const popup = make("div", "soeg-svar", note, list);
    popup.hidden = true;
    const voice = say(make("p", "kun-oplaest"), { role: "status" });
    const box = make("div", "henvis", search, popup, voice);
    value.before(chips, box);
    place.dataset.klar = "";

    let standing = null;
    let timer = 0;
    let asking = null;
    const options = () => [...list.children];
    const stand = (row) => {
      standing?.setAttribute("aria-selected", "false");
      standing = row ?? null;
      if (!standing) return search.removeAttribute("aria-activedescendant");
      say(standing, { "aria-selected": "true" }).scrollIntoView({ block: "nearest" });
      say(search, { "aria-activedescendant": standing.id });
    };
    // No taller than what is seen below the field: a phone's keyboard covers the rest.
    const fit = () => {
      const room = visualViewport.offsetTop + visualViewport.height - popup.getBoundingClientRect().top - 12;
      popup.style.setProperty("--plads", `${Math.max(room, 176)}px`);
      return room;
    };
    visualViewport.addEventListener("resize", () => { if (!popup.hidden) fit(); }, { passive: true });
    const close = () => {
      asking?.abort();
      clearTimeout(timer);
      stand(null);
      popup.hidden = true;
      say(search, { "aria-expanded": "false" });
    };
    const draw = () => {
      chips.replaceChildren(...ids(value).map((key) => {
        const title = titles.get(key) ?? key;
        const off = say(make("button", "", "×"), { type: "button", "aria-label": words.fjern.replace("{name}", title) });
        off.addEventListener("click", () => {
          set(ids(value).filter((other) => other !== key));
          search.focus();
        });
        return say(make("li", titles.has(key) ? "henvis-valgt" : "henvis-valgt henvis-ukendt", make("span", "", title), off), { "data-id": key });
      }));
      chips.hidden = !chips.children.length;
      search.disabled = ids(value).length >= most && many;
      search.placeholder = search.disabled ? words.fuld : words.soeg;
    };
    const set = (keys) => {
      value.value = keys.join("\n");
      draw();
      value.dispatchEvent(new Event("input", { bubbles: true }));
    };
    const choose = (row) => {
      titles.set(row.dataset.valg, row.dataset.titel);
      const before = ids(value).filter((key) => key !== row.dataset.valg);
      search.value = "";
      close();
      set(many ? [...before, row.dataset.valg] : [row.dataset.valg]);
      voice.textContent = row.dataset.titel;
    };
    const show = (hits) => {
      const taken = new Set(ids(value));
      const rows = hits.filter((hit) => !taken.has(hit.id)).slice(0, MOST).map((hit, i) => {
        const row = say(make("div", "soeg-valg", make("span", "soeg-titel", hit.title), make("span", "soeg-om", [hit.kind_label, hit.team?.title ?? hit.team].filter(Boolean).join(" · "))), { role: "option", id: `${id}-valg-${i + 1}`, "aria-selected": "false", "data-valg": hit.id, "data-titel": hit.title });
        if (hit.example) row.append(make("span", "maerke maerke-eksempel", words.eksempel));
        return row;
      });
      note.textContent = rows.length ? "" : words.ingen;
      note.hidden = rows.length > 0;
      list.hidden = !rows.length;
      stand(null);
      list.replaceChildren(...rows);
      const opening = popup.hidden;
      popup.hidden = false;
      say(search, { "aria-expanded": "true" });
      if (opening && fit() < ROOM) place.querySelector(".felt-navn").scrollIntoView({ block: "start" });
      fit();
      voice.textContent = note.textContent || (rows.length === 1 ? words.fundetEt : words.fundet).replace("{n}", rows.length);
    };
    const ask = async () => {
      const q = search.value.trim();
      asking?.abort();
      if (!q) return close();
      asking = new AbortController();
      const mine = asking;
      try {
        const answers = await Promise.all((kinds.length && kinds.length < 6 ? kinds : [""]).map((kind) => fetched(q, kind, mine.signal)));
        if (mine === asking) show(answers.flat().sort((a, b) => b.score - a.score));
      } catch {
        if (mine === asking) close(); // no connection: a title that was typed is still sent
      }
    };

    search.addEventListener("input", (event) => {
      event.stopPropagation(); // a search is no part of the draft
      clearTimeout(timer);
      timer = setTimeout(ask, PAUSE);
    });
    search.addEventListener("change", (event) => event.stopPropagation());
    search.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      if (event.key === "Enter") {
        event.preventDefault(); // never sends the form from here
        const row = standing ?? (popup.hidden ? null : options()[0]);
        if (row) choose(row);
      } else if (event.key === "Escape" && !popup.hidden) {
        event.preventDefault();
        close();
      } else if (event.key === "Backspace" && !search.value && many && ids(value).length) {
        set(ids(value).slice(0, -1));
      } else if (/^Arrow(Down|Up)$/.test(event.key) && !popup.hidden) {
        event.preventDefault();
        const ring = [null, ...options()];
        stand(ring.at((ring.indexOf(standing) + (event.key === "ArrowDown" ? 1 : -1)) % ring.length));
      }
    });
    popup.addEventListener("mousedown", (event) => event.preventDefault()); // the focus stays
    popup.addEventListener("click", (event) => {
      const row = event.target.closest("[role=option]");
      if (row) choose(row);
    });
    // What was typed and not chosen is not lost: the server looks a title up.
    search.addEventListener("blur", () => {
      close();
      const text = search.value.trim();
      if (!text || search.disabled) return;
      search.value = "";
      set(many ? [...ids(value).filter((key) => key !== text), text] : [text]);
    });
    document.addEventListener("kaffe:kladde", (event) => {
      for (const [key, title] of Object.entries(event.detail ?? {})) if (!titles.has(key)) titles.set(key, title);
      draw();
    }, true);
    draw();
  };
  for (const place of document.querySelectorAll("[data-henvis]")) enhance(place);
})();
