// The built folder, opened from the disk with the network cut.
import assert from "node:assert/strict";
import { readFile, readdir, stat } from "node:fs/promises";
import path from "node:path";
import { after, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { CONTENT, PHONE, ZOOMED, calm, open, visit } from "./harness.mjs";

const bench = await open();
after(() => bench.close());
const site = await bench.build(CONTENT);
const home = pathToFileURL(`${site}/`).href;

async function cut(settings) {
  const page = await bench.page(settings);
  page.home = "null";
  // Whatever asks for the network all the same is noted as a request outside.
  await page.context().setOffline(true);
  return page;
}

/** What a page leads to, shows, and is wrong about. */
const look = (page) => page.evaluate(async () => {
  const wrong = [];
  const style = getComputedStyle(document.body);
  if (["rgba(0, 0, 0, 0)", "rgb(255, 255, 255)"].includes(style.backgroundColor)) wrong.push("the style sheet does not apply");
  for (const img of document.images) img.loading = "eager";
  await Promise.all([...document.images].map((img) => img.decode().catch(() => {})));
  for (const img of document.images) if (!img.complete || img.naturalWidth === 0) wrong.push(`a picture does not load: ${img.getAttribute("src")}`);
  if (document.documentElement.scrollWidth > document.documentElement.clientWidth) wrong.push("it scrolls sideways at 320 px");
  if (document.querySelectorAll("h1").length !== 1) wrong.push("it has no single title");
  for (const part of document.querySelectorAll("[id]")) if (document.querySelectorAll(`[id="${CSS.escape(part.id)}"]`).length > 1) wrong.push(`an id stands twice: ${part.id}`);
  const links = [...document.querySelectorAll("a[href]")].map((a) => a.href);
  const parts = [...document.querySelectorAll("link[href], script[src], img[src]")].map((e) => e.href ?? e.src);
  return { wrong, links, parts, ids: [...document.querySelectorAll("[id]")].map((e) => e.id) };
});

test("every page of the built folder is reached from its front page, with the network cut", async () => {
  const crew = await Promise.all([1, 2, 3].map(() => cut({ viewport: ZOOMED })));
  const start = `${home}index.html`;
  const known = new Map([[start, "the start"]]);
  const seen = new Map();
  const files = new Set();
  const wrong = [];
  // Breadth first: a layer of pages at a time, shared by the crew.
  for (let layer = [start]; layer.length > 0;) {
    const next = [];
    await Promise.all(crew.map(async (page) => {
      for (let url = layer.shift(); url; url = layer.shift()) {
        await page.goto(url, { waitUntil: "load" });
        const told = await look(page);
        seen.set(url, told);
        wrong.push(...told.wrong.map((w) => `${url.slice(home.length)}: ${w}`), ...page.troubles.splice(0).map((w) => `${url.slice(home.length)}: ${w}`));
        for (const link of [...told.links, ...told.parts]) {
          const target = new URL(link);
          if (target.protocol !== "file:") {
            if (!["https:", "http:", "mailto:", "tel:"].includes(target.protocol)) wrong.push(`${url}: leads to ${link}`);
            continue;
          }
          target.hash = "";
          if (known.has(target.href)) continue;
          known.set(target.href, url.slice(home.length));
          if (target.pathname.endsWith(".html")) next.push(target.href);
          else files.add(target.href);
        }
      }
    }));
    // A page that is not there must be told by its name, not by a browser's error.
    for (const url of next) if (await isFile(url)) layer.push(url); else wrong.push(`${known.get(url)} leads to ${url.slice(home.length)}, which is not there`);
  }
  for (const url of files) if (!(await isFile(url))) wrong.push(`${known.get(url)} leads to ${url.slice(home.length)}, which is not there`);
  for (const [url, { links }] of seen) {
    for (const link of links) {
      const [target, part] = link.split("#");
      if (part && seen.has(target) && !seen.get(target).ids.includes(decodeURIComponent(part))) wrong.push(`${url.slice(home.length)} leads to a part that is not there: ${link.slice(home.length)}`);
    }
  }
  const all = (await readdir(site, { recursive: true })).filter((f) => f.endsWith(".html")).map((f) => pathToFileURL(path.join(site, f)).href);
  for (const url of all) {
    if (seen.has(url) || url === `${home}404.html`) continue;
    // Former addresses are for links from outside.
    if (!(await readFile(fileURLToPath(url), "utf8")).includes("http-equiv=\"refresh\"")) wrong.push(`nothing leads to ${url.slice(home.length)}`);
  }
  assert.deepEqual([...new Set(wrong)], []);
  assert.ok(seen.size > 100, `${seen.size} pages were opened`);
});

const isFile = (url) => stat(fileURLToPath(url)).then((s) => s.isFile(), () => false);

test("a reader clicks through the built folder without a server", async () => {
  const page = await cut();
  await page.goto(`${home}index.html`);
  await page.locator(".kapitel a").nth(1).click();
  await page.waitForURL(/\/katalog\/[^/]+\/index\.html$|\/kapitler\/|index\.html$/);
  await page.locator(".kort-titel a, .prosa a.henvisning").first().click();
  await page.locator("article h1").waitFor();
  await page.locator("a.navn").click();
  await page.waitForURL(`${home}index.html`);
  calm(page);
});

test("a reader searches in the built folder without a server, in spite of a typing error", async () => {
  const page = await cut({ viewport: PHONE });
  await page.goto(`${home}proevehandlinger/kaffe-foer-medicin/index.html`);
  await page.goto(`${home}soeg/index.html`);
  await page.locator("#soeg").fill("rolatorklubberne");
  await page.getByRole("listbox").getByRole("option").first().waitFor();
  await page.keyboard.press("Enter");
  const hit = page.locator(".fund-liste .fund").first();
  await hit.waitFor();
  assert.match(await page.locator(".mente-du").innerText(), /rollatorklub/i, "what was perhaps meant");
  assert.match(await hit.innerText(), /rollator/i);
  assert.ok(await hit.locator("mark").count() > 0, "what was found is marked");
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true);
  // A kind narrows, and its address can be kept.
  const chip = page.locator(".brikker a").first();
  const kind = (await chip.innerText()).replace(/\s*\d+$/, "");
  await chip.click();
  await page.locator(".brikker a[aria-current=true]", { hasText: kind }).waitFor();
  assert.match(page.url(), /soeg\/index\.html\?q=rolatorklubberne&kind=/);
  await page.locator(".fund-liste .fund a").first().click();
  await page.locator("article h1").waitFor();
  calm(page);
});

test("a phrase, a filter and a word that must not be there work without a server", async (t) => {
  const page = await cut();
  const titles = async (words) => {
    await page.goto(`${home}soeg/index.html?${new URLSearchParams({ q: words })}`);
    await page.waitForFunction(() => document.querySelector(".liste-antal")?.textContent !== "" );
    return page.locator(".fund-liste .fund h2").allInnerTexts();
  };
  await t.test("a kind", async () => {
    const found = await titles("kaffe type:prøvehandling");
    assert.ok(found.length > 0);
    assert.deepEqual(await page.locator(".fund .slags").evaluateAll((all) => [...new Set(all.map((one) => one.textContent))]), ["Prøvehandling"]);
  });
  await t.test("without", async () => {
    const [all, some] = [await titles("rollator"), await titles("rollator -klub")];
    assert.ok(some.length < all.length, `${some.length} of ${all.length}`);
  });
  await t.test("more answers than are shown at first", async () => {
    const first = await titles("kaffe");
    const more = page.getByRole("button", { name: "Vis flere" });
    await more.click();
    await page.waitForFunction((before) => document.querySelectorAll(".fund-liste .fund").length > before, first.length);
    assert.equal(await page.evaluate(() => document.activeElement.closest("li") === document.querySelectorAll(".fund-liste .fund")[20]), true, "the focus stands on the first new one");
  });
  await t.test("nothing at all", async () => {
    assert.deepEqual(await titles("xyzzyqvw"), []);
    await page.locator(".tomt-svar").waitFor();
  });
  calm(page);
});

test("serve --as-published shows the very pages of the built folder", async (t) => {
  const origin = await bench.serve(CONTENT, "--as-published");
  const [from, at] = await Promise.all([bench.page(), cut()]);
  for (const address of ["", "katalog/kerneelementer/", "proevehandlinger/kaffe-foer-medicin/"]) {
    await t.test(`on /${address}`, async () => {
      const answer = await visit(from, origin, `/${address}`);
      assert.equal(await answer.text(), await readFile(path.join(site, address, "index.html"), "utf8"));
      await at.goto(`${home}${address}index.html`);
      const shape = () => ({ words: document.body.innerText, boxes: [...document.querySelectorAll("main *")].map((e) => Object.values(e.getBoundingClientRect().toJSON()).map(Math.round).join()) });
      assert.deepEqual(await at.evaluate(shape), await from.evaluate(shape));
      calm(from);
      calm(at);
    });
  }
});
