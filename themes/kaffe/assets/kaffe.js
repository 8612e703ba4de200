// Small comforts only. Every page works without this file.
(() => {
  "use strict";
  const menu = () => document.querySelector("details.menu-lille[open]");

  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
    // "/" goes to the search field, as in many other programs.
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      const field = [...document.querySelectorAll("input[type=search]")].find((f) => f.offsetParent);
      if (field) {
        event.preventDefault();
        field.focus();
        field.select();
      }
    }
    // Esc closes the small menu and puts the focus back where it was opened.
    if (event.key === "Escape" && menu()) {
      const open = menu();
      open.open = false;
      open.querySelector("summary").focus();
    }
  });

  // A tap beside the small menu closes it.
  document.addEventListener("click", (event) => {
    const open = menu();
    if (open && !open.contains(event.target)) open.open = false;
  });

  // A table wider than its place can be scrolled by keyboard.
  const reach = () => {
    for (const box of document.querySelectorAll(".tabel, pre")) {
      if (box.scrollWidth > box.clientWidth + 1) box.tabIndex = 0;
    }
  };
  reach();
  document.addEventListener("kaffe:skiftet", reach);
  addEventListener("resize", reach, { passive: true });

  // A device that waits to be let in looks by itself, and nothing moves until it is in.
  const look = async () => {
    if (!document.hidden) {
      try {
        const answer = await fetch(location.pathname, { cache: "no-store" });
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        if (answer.ok && !page.querySelector("[data-ser-efter]")) return location.replace(location.pathname);
      } catch { /* no connection: the next time */ }
    }
    return setTimeout(look, 5000);
  };
  if (document.querySelector("[data-ser-efter]")) setTimeout(look, 5000);

  // What is folded on screen is folded out on paper, and back again.
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("main details:not([open])")];
    for (const d of opened) d.open = true;
  });
  addEventListener("afterprint", () => {
    for (const d of opened) d.open = false;
  });
})();
