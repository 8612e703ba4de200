// Every page works before, and without, a single line of script.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { DESK, PHONE, calm, open, share, visit } from "./harness.mjs";
import { faces } from "./sites.mjs";

const bench = await open();
after(() => bench.close());
const pages = await faces(bench);
const wiki = pages[0].origin;
const plain = (settings) => bench.page({ javaScriptEnabled: false, ...settings });

test("every page says its piece without scripts", { concurrency: 2 }, async (t) => {
  const crew = await Promise.all([1, 2].map(() => plain()));
  await share(pages, crew, async (page, { name, origin, address }) => {
    await t.test(`on ${name}`, async () => {
      await visit(page, origin, address);
      assert.equal(await page.locator("h1").count(), 1, "one title");
      assert.ok((await page.locator("main").innerText()).trim().length > 40, "there is something to read");
      calm(page);
    });
  });
});

test("the menu leads from page to page", async (t) => {
  for (const size of [PHONE, DESK]) {
    await t.test(`at ${size.width} px`, async () => {
      const page = await plain({ viewport: size });
      await visit(page, wiki, "/");
      if (size === PHONE) await page.locator(".menu-lille > summary").click();
      await page.getByRole("banner").getByRole("link", { name: "Lokale tilbud" }).click();
      await page.waitForURL(`${wiki}/lokalt/`);
      await page.locator(".kort-titel a").first().click();
      await page.waitForURL(/\/lokalt\/[^/]+\/$/);
      await page.getByRole("navigation", { name: "Du er her" }).or(page.locator(".smuler")).first().getByRole("link").first().click();
      await page.waitForURL(`${wiki}/`);
      calm(page);
    });
  }
});

test("the search form finds, narrows and says when there is nothing", async () => {
  const page = await plain({ viewport: PHONE });
  await visit(page, wiki, "/");
  await page.locator("main").getByRole("searchbox").fill("rollator");
  await page.locator("main").getByRole("search").getByRole("button").click();
  await page.waitForURL(`${wiki}/soeg/?q=rollator`);
  const all = await page.locator(".fund").count();
  assert.ok(all > 1);
  await page.locator("a.brik").last().click();
  await page.locator("a.brik[aria-current]").waitFor();
  const some = await page.locator(".fund").count();
  assert.ok(some >= 1 && some < all, `${some} of ${all}`);
  await page.locator("main").getByRole("searchbox").fill("xyzzyqvw");
  await page.keyboard.press("Enter");
  await page.locator(".tomt-svar").waitFor();
  calm(page);
});

test("a filter can be chosen and taken away again", async (t) => {
  for (const size of [PHONE, DESK]) {
    await t.test(`at ${size.width} px`, async () => {
      const page = await plain({ viewport: size });
      await visit(page, wiki, "/proevehandlinger/");
      const all = await page.locator(".kort").count();
      if (size === PHONE) await page.locator(".filtre > summary").click();
      const facet = page.locator(".facet", { hasText: "Hvordan gik det?" });
      if (!(await facet.locator("a.valg").first().isVisible())) await facet.locator("summary").click();
      await facet.getByRole("link", { name: /Det virkede(?! ikke)/ }).click();
      await page.locator("a.valgt").waitFor();
      const some = await page.locator(".kort").count();
      assert.ok(some >= 1 && some < all, `${some} of ${all}`);
      assert.equal(await page.locator(".facet a.valg[aria-current=true]").count(), 1);
      await page.locator("a.valgt").click();
      await page.waitForURL(`${wiki}/proevehandlinger/`);
      assert.equal(await page.locator(".kort").count(), all);
      calm(page);
    });
  }
});

test("a word of the glossary opens by click and by key, and closes by Esc", async (t) => {
  for (const size of [PHONE, DESK]) {
    await t.test(`at ${size.width} px`, async () => {
      const page = await plain({ viewport: size });
      await visit(page, wiki, "/ideer/rollator-race/");
      const word = page.locator("main button.ord").first();
      const card = page.locator(`#${await word.getAttribute("popovertarget")}`);
      await card.waitFor({ state: "hidden" });

      await word.click();
      await card.waitFor({ state: "visible" });
      assert.ok((await card.innerText()).trim().length > 20, "the card explains");
      const box = await card.boundingBox();
      assert.ok(box.x >= 0 && box.y >= 0 && box.x + box.width <= size.width && box.y + box.height <= size.height, `the whole card is seen: ${JSON.stringify(box)}`);
      await page.keyboard.press("Escape");
      await card.waitFor({ state: "hidden" });

      await word.focus();
      await page.keyboard.press("Enter");
      await card.waitFor({ state: "visible" });
      await page.keyboard.press("Tab");
      assert.ok(await card.evaluate((c) => c.contains(document.activeElement)), "the next stop is in the card");
      await page.keyboard.press("Escape");
      await card.waitFor({ state: "hidden" });
      assert.ok(await word.evaluate((w) => w === document.activeElement), "the focus is back on the word");

      await word.click();
      await card.getByRole("button").click();
      await card.waitFor({ state: "hidden" });
      calm(page);
    });
  }
});

test("the table of contents leads to its parts", async (t) => {
  for (const size of [PHONE, DESK]) {
    await t.test(`at ${size.width} px`, async () => {
      const page = await plain({ viewport: size });
      await visit(page, wiki, "/proevehandlinger/kaffe-foer-medicin/");
      const link = page.locator("nav.indhold a").last();
      if (!(await link.isVisible())) await page.locator("nav.indhold summary").click();
      await link.click();
      const part = page.locator(`[id="${decodeURIComponent(new URL(page.url()).hash.slice(1))}"]`);
      const box = await part.boundingBox();
      assert.ok(box.y >= 0 && box.y < size.height, `the part stands at ${box.y} px`);
      calm(page);
    });
  }
});
