// The search page of a published site: shows what kaffeSoeg finds, with the words and the kind of
// the address, and keeps the address right while one types.
(() => {
  "use strict";
  const place = document.getElementById("soeg-svar");
  const field = document.getElementById("soeg");
  if (!place || !field || !globalThis.kaffeSoeg) return;
  const [count, maybe, kinds, list, empty] = [".liste-antal", ".mente-du", ".brikker", ".fund-liste", ".tomt-svar"].map((name) => place.querySelector(name));
  const around = [...document.querySelectorAll("main > .afsnit")];
  const MOST = 20; // answers at a time
  const more = place.querySelector(".videre");
  let most = MOST;
  let turn = 0;

  const choices = () => new URLSearchParams(location.search);
  const address = (q, kind) => `?${new URLSearchParams(kind ? { q, kind } : { q })}`;
  const make = (name, className, ...inside) => {
    const node = document.createElement(name);
    if (className) node.className = className;
    node.append(...inside); // strings become text, never markup
    return node;
  };
  const link = (href, ...inside) => Object.assign(make("a", "", ...inside), { href });

  const drawn = (pieces) => pieces.map(([text, marked]) => (marked ? make("mark", "", text) : text));
  const hitItem = (hit) => {
    const item = make("li", "fund", make("p", "fund-top", make("span", "slags", hit.kind_label)), make("h2", "", link(hit.url, ...drawn(hit.title_pieces))));
    item.append(make("p", "", ...drawn(hit.pieces)));
    if (hit.example) item.append(make("span", "maerke maerke-eksempel", place.dataset.eksempel));
    return item;
  };
  const kindItem = (one, q, chosen) => {
    const chip = link(address(q, one.kind === chosen ? null : one.kind), `${one.label} `, make("span", "tal", String(one.count)));
    chip.className = "brik";
    if (one.kind === chosen) chip.setAttribute("aria-current", "true");
    return make("li", "", chip);
  };

  const show = async () => {
    turn += 1;
    const mine = turn, q = (choices().get("q") ?? "").trim(), kind = choices().get("kind");
    if (document.activeElement !== field) field.value = q;
    for (const section of around) section.hidden = q !== "";
    if (!q) {
      for (const part of [maybe, kinds, list, empty, more]) part.hidden = true;
      count.textContent = "";
      return;
    }
    let answer;
    try {
      answer = await globalThis.kaffeSoeg.ask(q, { limit: most, kind, snippets: true });
    } catch {
      if (mine === turn) count.textContent = place.dataset.fejl;
      return;
    }
    if (mine !== turn) return;
    count.textContent = answer.total === 1 ? place.dataset.et : place.dataset.flere.replace("{n}", answer.total);
    maybe.replaceChildren(maybe.firstChild, ...answer.suggestions.flatMap((word) => [" ", link(address(word), word), "?"]));
    maybe.hidden = answer.suggestions.length === 0;
    kinds.replaceChildren(...answer.kinds.map((one) => kindItem(one, q, kind)));
    kinds.hidden = answer.kinds.length === 0;
    list.replaceChildren(...answer.hits.map(hitItem));
    list.hidden = answer.hits.length === 0;
    empty.hidden = answer.hits.length > 0;
    more.hidden = answer.hits.length >= answer.total;
  };

  more.querySelector("button").addEventListener("click", async () => {
    const before = most;
    most += MOST;
    await show();
    list.children[before]?.querySelector("a").focus();
  });

  field.form.addEventListener("submit", (event) => {
    event.preventDefault();
    history.pushState(null, "", address(field.value.trim(), null));
    most = MOST;
    show();
  });
  addEventListener("popstate", () => { most = MOST; show(); });
  show();
})();
