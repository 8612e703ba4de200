// Can everybody read it? axe-core over every template, narrow screens, zoom, keys alone; and
// nothing on the console, no request outside, nothing against the content policy.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { complaints } from "./axe.mjs";
import { DESK, PHONE, ZOOMED, calm, open, share, visit } from "./harness.mjs";
import { focus } from "./keys.mjs";
import { stickingOut, unfold } from "./layout.mjs";
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
