// A person without a mouse: where the focus stands, whether one can see it, and how to get somewhere.
import assert from "node:assert/strict";

/** Where the focus stands, and whether a person can see that. */
export const focus = (page) => page.evaluate(() => {
  const el = document.activeElement;
  if (!el || el === document.body || el === document.documentElement) return null;
  const style = getComputedStyle(el);
  const after = getComputedStyle(el, "::after");
  const ring = (s) => (s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2) || s.boxShadow !== "none";
  const box = el.getBoundingClientRect();
  const around = el.closest(":focus-within:has(> :focus-visible)");
  return {
    what: `${el.localName}${el.id && `#${el.id}`}.${el.className} "${el.textContent.trim().slice(0, 40)}"`,
    ring: ring(style) || ring(after) || Boolean(around && ring(getComputedStyle(around))),
    seen: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    inMain: Boolean(el.closest("main")),
    inFooter: Boolean(el.closest("body > footer")),
  };
});

/** Presses Tab until the focus stands on `place`; every stop on the way must be seen. */
export async function tabTo(page, place) {
  const goal = await place.elementHandle();
  for (let stops = 0; stops < 300; stops += 1) {
    await page.keyboard.press("Tab");
    const now = await focus(page);
    if (!now) continue; // the browser's own bars
    assert.ok(now.ring, `no ring around ${now.what}`);
    assert.ok(now.seen, `the focus is out of sight on ${now.what}`);
    if (await goal.evaluate((el) => el === document.activeElement)) return;
  }
  assert.fail(`Tab never comes to ${place}`);
}

/** Chooses a card of a group by keys: into the group with Tab, then with the arrows. */
export async function choose(page, name, value) {
  const group = page.locator(`input[name="${name}"]`);
  const stop = page.locator(`input[name="${name}"]:checked`);
  await tabTo(page, (await stop.count()) ? stop : group.first());
  await page.keyboard.press("Space");
  const goal = page.locator(`input[name="${name}"][value="${value}"]`);
  for (let i = await group.count(); i > 0 && !(await goal.isChecked()); i -= 1) {
    await page.keyboard.press("ArrowDown");
    assert.ok((await focus(page)).ring, "the card with the focus is seen");
  }
  assert.ok(await goal.isChecked(), `${name} is ${value}`);
}
