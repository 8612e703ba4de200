// Can everybody read it? axe-core over every template, narrow screens, zoom, keys alone; and
// nothing on the console, no request outside, nothing against the content policy.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { complaints } from "./axe.mjs";
import { DESK, PHONE, ZOOMED, calm, open, share, visit } from "./harness.mjs";
import { faces } from "./sites.mjs";

const bench = await open();
after(() => bench.close());
const pages = await faces(bench);
const TWO = { concurrency: 2 };

async function inBothSchemes(page, size) {
  const found = [];
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme });
    for (const line of await complaints(page)) found.push(`${size.width} px ${colorScheme}: ${line}`);
  }
  return found;
}

/** Opens every fold, so that what lies in it is looked at as well. */
const unfold = (page) => page.evaluate(() => document.querySelectorAll("details").forEach((d) => { d.open = true; }));

test("axe would find something if there were something", async () => {
  const page = await bench.page();
  // A page that does not refresh itself.
  const { origin, address } = pages.find((p) => p.name === "the published front page");
  await visit(page, origin, address);
  await page.evaluate(() => {
    document.querySelector("main").insertAdjacentHTML("beforeend", "<img src=/tema/favicon.svg><p>grå</p>");
    document.querySelector("main > p:last-child").style.color = "#bbb";
  });
  assert.deepEqual((await complaints(page)).map((line) => line.split(" ")[0]).sort(), ["color-contrast", "image-alt"]);
});

test("axe finds nothing on any template, in light and dark, on a phone and a desk", TWO, async (t) => {
  const crew = await Promise.all([1, 2].map(() => bench.page()));
  await share(pages, crew, async (page, { name, origin, address }) => {
    await t.test(`on ${name}`, async () => {
      const found = [];
      for (const size of [PHONE, DESK]) {
        await page.setViewportSize(size);
        await visit(page, origin, address);
        found.push(...await inBothSchemes(page, size));
      }
      assert.deepEqual(found, [], `${address} has violations`);
      calm(page);
      const words = `${await page.title()}\n${await page.locator("body").innerText()}`;
      assert.deepEqual(words.match(/.*(\{[a-z_]+\}|\{\{|\bundefined\b|\bnull\b|\bNaN\b).*/g) ?? [], [], `${address} shows a place that was meant for a word`);
    });
  });
});

test("axe finds nothing when every fold and a glossary card are open", TWO, async (t) => {
  const crew = await Promise.all([1, 2].map(() => bench.page()));
  const some = pages.filter((p) => /^(the start page|a record$|a kind page with|an idea with|a page of text|a broken)/.test(p.name));
  await share(some, crew, async (page, { name, origin, address }) => {
    await t.test(`on ${name}`, async () => {
      const found = [];
      for (const size of [PHONE, DESK]) {
        await page.setViewportSize(size);
        await visit(page, origin, address);
        await unfold(page);
        const word = page.locator("main button.ord").first();
        if (await word.count()) await word.click();
        found.push(...await inBothSchemes(page, size));
      }
      assert.deepEqual(found, [], `${address} has violations`);
      calm(page);
    });
  });
});

/** Whatever sticks out of the window, unless it lies in a box of its own that scrolls. */
const stickingOut = (page) => page.evaluate(() => {
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

test("nothing sticks out at 320 px, which is also 1280 px at 400 % zoom", TWO, async (t) => {
  const crew = await Promise.all([1, 2].map(() => bench.page({ viewport: ZOOMED })));
  await share(pages, crew, async (page, { name, origin, address }) => {
    await t.test(`on ${name}`, async () => {
      await visit(page, origin, address);
      assert.deepEqual(await stickingOut(page), [], `${address} as served`);
      await unfold(page);
      assert.deepEqual(await stickingOut(page), [], `${address} with every fold open`);
    });
  });
});

/** Where the focus stands, and whether a person can see that. */
const focus = (page) => page.evaluate(() => {
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

test("keys alone are enough", async (t) => {
  const page = await bench.page();
  const of = (name) => pages.find((p) => p.name === name);

  await t.test("the first stop is the way past the menu, and it leads to the content", async () => {
    for (const name of ["the start page", "a record", "a kind page", "the published front page", "a missing page"]) {
      const { origin, address } = of(name);
      await visit(page, origin, address);
      await page.keyboard.press("Tab");
      const first = await focus(page);
      assert.match(first?.what ?? "nothing", /^a\.spring/, `on ${name}`);
      assert.ok(first.seen && first.ring, `the way past the menu is seen on ${name}`);
      await page.keyboard.press("Enter");
      assert.equal(await page.evaluate(() => document.activeElement.id), "indhold", `on ${name}`);
      await page.keyboard.press("Tab");
      assert.ok((await focus(page))?.inMain, `the next stop is in the content of ${name}`);
    }
  });

  for (const name of ["the start page", "a kind page with a filter chosen", "a record", "a page of text", "a search with hits", "Oprydning", "a chapter", "a broken record"]) {
    for (const size of [PHONE, DESK]) {
      await t.test(`every stop on ${name} is seen at ${size.width} px, and the last one is in the footer`, async () => {
        const { origin, address } = of(name);
        await page.setViewportSize(size);
        await visit(page, origin, address);
        let last = null;
        let stops = 0;
        for (; stops < 600; stops += 1) {
          await page.keyboard.press("Tab");
          const now = await focus(page);
          if (!now) break;
          assert.ok(now.ring, `no ring around ${now.what}`);
          assert.ok(now.seen, `the focus is out of sight on ${now.what}`);
          last = now;
        }
        assert.ok(stops > 5 && stops < 600, `${stops} stops`);
        assert.ok(last.inFooter, `the last stop is ${last.what}`);
      });
    }
  }

  await t.test("a slash goes to the search field, and Enter finds", async () => {
    await page.setViewportSize(DESK);
    const { origin } = of("a record");
    await visit(page, origin, of("a record").address);
    await page.keyboard.press("/");
    await page.keyboard.type("rollator");
    await page.keyboard.press("Enter");
    await page.waitForURL(`${origin}/soeg/?q=rollator`);
    assert.ok(await page.locator(".fund").count());
  });
});
