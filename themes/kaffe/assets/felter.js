// Small comforts while one fills a form. Everything works without this file.
(() => {
  "use strict";
  const words = document.currentScript.dataset;
  const NEAR = 0.8; // of the most letters: from here on it is said how many are left

  // How many letters are left, once it matters. The server has the last word.
  const count = (field) => {
    const most = Number(field.dataset.hoejst);
    const left = most - [...field.value].length;
    let note = field.parentNode.querySelector(":scope > .felt-tegn");
    if (!note) {
      note = document.createElement("p");
      note.className = "felt-tegn";
      note.setAttribute("aria-live", "polite");
      field.after(note);
    }
    const text = left < 0 ? words.over : field.value.length >= most * NEAR ? words.tilbage : "";
    note.textContent = text.replace("{n}", Math.abs(left));
    note.hidden = !text;
    note.toggleAttribute("data-over", left < 0);
  };
  for (const field of document.querySelectorAll("[data-hoejst]")) if (field.value) count(field);

  // Another row of a table: the last one again, empty, with the next number in its names.
  for (const add of document.querySelectorAll("[data-ny-linje]")) {
    add.hidden = false;
    add.addEventListener("click", () => {
      const table = add.closest("[data-tabel]");
      const rows = table.querySelectorAll(":scope > .tabel-linje");
      const row = rows[rows.length - 1].cloneNode(true);
      const next = rows.length;
      row.querySelector("legend").textContent = words.linje.replace("{n}", next + 1);
      for (const part of row.querySelectorAll("[name], [id], [for], [aria-describedby]")) {
        if (part.name) part.name = `${table.dataset.tabel}.${next}.${part.name.split(".").pop()}`;
        for (const attribute of ["id", "for", "aria-describedby"]) {
          const value = part.getAttribute(attribute);
          if (value) part.setAttribute(attribute, value.replace(/-\d+-(\d+)(-hjaelp)?$/, `-${next + 1}-$1$2`));
        }
        if ("value" in part && part.name) part.value = "";
      }
      rows[rows.length - 1].after(row);
      row.querySelector("input, select, textarea").focus();
    });
  }

  // Two texts for one place: the field shows what is chosen, and what is changed in it counts as mine.
  for (const place of document.querySelectorAll("[data-konflikt]")) {
    const field = place.querySelector("textarea");
    const empty = (text) => (text.querySelector("i") ? "" : text.textContent);
    const theirs = empty(place.querySelector("[data-deres]"));
    const mine = field.value;
    const both = [theirs, mine].filter(Boolean).join(field.rows > 2 ? "\n\n" : ", ");
    const texts = { deres: theirs, mit: mine, begge: both };
    const radios = [...place.querySelectorAll("input[type=radio]")];
    for (const words_ of place.querySelectorAll(".konflikt-uden, .konflikt-med")) words_.hidden = words_.matches(".konflikt-uden");
    const show = () => {
      const chosen = radios.find((r) => r.checked);
      if (chosen) field.value = texts[chosen.value];
    };
    place.addEventListener("change", (event) => { if (radios.includes(event.target)) show(); });
    document.addEventListener("kaffe:kladde", () => {
      if (radios.find((r) => r.value === "mit").checked) texts.mit = field.value;
      show();
    }, true);
    // "Both" is put together by the server, from theirs and from mine.
    field.form.addEventListener("submit", () => { if (radios.find((r) => r.value === "begge").checked) field.value = texts.mit; }, true);
    field.addEventListener("input", () => {
      texts.mit = field.value;
      radios.find((r) => r.value === "mit").checked = true;
    });
    show();
  }

  // From a problem to its line in the file.
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("[data-linje]");
    const field = link && document.querySelector(link.getAttribute("href"));
    if (!field) return;
    event.preventDefault();
    const lines = field.value.split("\n");
    const from = lines.slice(0, link.dataset.linje - 1).join("\n").length + (link.dataset.linje > 1 ? 1 : 0);
    field.focus();
    field.setSelectionRange(from, from + (lines[link.dataset.linje - 1] ?? "").length);
  });

  document.addEventListener("input", (event) => { if (event.target.matches?.("[data-hoejst]")) count(event.target); });
  document.addEventListener("kaffe:kladde", () => {
    for (const field of document.querySelectorAll("[data-hoejst]")) count(field);
  }, true);
})();
