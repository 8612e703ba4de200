// How a page lies in its window.

/** Opens every fold, so that what lies in it is looked at as well. */
export const unfold = (page) => page.evaluate(() => document.querySelectorAll("details").forEach((d) => { d.open = true; }));

/** Whatever sticks out of the window, unless it lies in a box of its own that scrolls. */
export const stickingOut = (page) => page.evaluate(() => {
  const wide = document.documentElement.clientWidth;
  const scrolls = (el) => {
    for (let up = el.parentElement; up && up !== document.body; up = up.parentElement) {
      if (getComputedStyle(up).overflowX !== "visible") return true;
    }
    return false;
  };
  const out = [];
  scrollTo(9999, 0);
  if (scrollX !== 0) out.push(`the page scrolls ${scrollX} px sideways`);
  scrollTo(0, 0);
  for (const el of document.body.querySelectorAll("*")) {
    const box = el.getBoundingClientRect();
    if (!box.width || !box.height || !el.checkVisibility() || scrolls(el) || el.closest("svg")) continue;
    if (box.right > wide + 1 || box.left < -1) out.push(`${el.localName}.${el.className} from ${Math.round(box.left)} to ${Math.round(box.right)}: ${el.textContent.trim().slice(0, 60)}`);
  }
  return out.slice(0, 6);
});
