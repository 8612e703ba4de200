// "Andre har prøvet": while a title is written, what is like it stands under it.
(() => {
  "use strict";
  const { titel, et, flere, eksempel } = document.currentScript.dataset;
  const PAUSE = 350; // ms after the last key
  const LEAST = 4; // letters before it is worth asking
  const MOST = 4;
  const field = document.getElementById("f-titel");
  if (!field) return;

  const make = (name, className, ...inside) => {
    const node = document.createElement(name);
    if (className) node.className = className;
    node.append(...inside);
    return node;
  };
  const heading = make("p", "andre-titel", titel);
  const list = make("ul", "");
  list.setAttribute("role", "list");
  const place = make("div", "andre", heading, list);
  place.hidden = true;
  const voice = make("p", "kun-oplaest");
  voice.setAttribute("role", "status");
  field.parentNode.append(place, voice);

  let timer = 0;
  let asking = null;
  let asked = "";
  const show = (records) => {
    list.replaceChildren(...records.map((record) => {
      const link = make("a", "", make("b", "", record.title), make("small", "", `${record.kind_label}${record.example ? ` · ${eksempel}` : ""}${record.why ? ` · ${record.why}` : ""}`));
      link.href = record.url;
      return make("li", "", link);
    }));
    place.hidden = records.length === 0;
    const said = records.length ? `${titel}: ${(records.length === 1 ? et : flere).replace("{n}", records.length)}` : "";
    if (voice.textContent !== said) voice.textContent = said;
  };
  const ask = async () => {
    const text = field.value.trim();
    if (text === asked) return;
    asked = text;
    asking?.abort();
    if (text.length < LEAST) return show([]);
    asking = new AbortController();
    const mine = asking;
    try {
      const answer = await fetch(`/api/similar?${new URLSearchParams({ text, limit: MOST })}`, { signal: mine.signal });
      if (!answer.ok) throw new Error(`similar answered ${answer.status}`);
      const { records } = await answer.json();
      if (mine === asking) show(records.slice(0, MOST));
    } catch {
      if (mine === asking) { show([]); asked = ""; } // no connection: it is a help, no more
    }
  };
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  };
  field.addEventListener("input", later);
  document.addEventListener("kaffe:kladde", later, true);
  if (field.value.trim()) later();
})();
