// Somebody saves a file; whoever has the page open sees it, without losing their place.
import assert from "node:assert/strict";
import { cp, mkdir, readFile, rm } from "node:fs/promises";
import path from "node:path";
import { after, test } from "node:test";
import { DESK, PHONE, THEME, calm, open, save, visit } from "./harness.mjs";
import { BROKEN } from "./sites.mjs";

const bench = await open();
after(() => bench.close());

/** A server on content of its own, and a page that listens to it. */
async function opened(address, { settings, theme } = {}) {
  const content = await bench.content();
  const origin = await bench.serve(content, ...(theme ? ["--theme", theme] : []));
  const page = await bench.page(settings);
  await listening(page, () => visit(page, origin, address));
  // A reload by hand, or by the page itself, would lose this.
  await page.evaluate(() => { globalThis.sameDocument = true; });
  return { content, origin, page };
}

/** Does something, and waits until the page has heard from the server. */
async function listening(page, act) {
  const line = await page.context().newCDPSession(page);
  await line.send("Network.enable");
  const heard = new Promise((resolve) => line.once("Network.eventSourceMessageReceived", resolve));
  await act();
  await heard;
  await line.detach();
}

const edit = async (content, name, change) => save(content, name, change(await readFile(path.join(content, name), "utf8")));
const shows = (page, words) => page.locator("main", { hasText: words }).waitFor();
const stayed = async (page) => assert.ok(await page.evaluate(() => globalThis.sameDocument), "the page was not loaded again");

const RECORD = "proevehandlinger/kaffe-foer-medicin.md";
const ADDRESS = "/proevehandlinger/kaffe-foer-medicin/";

test("a saved text stands on the open page, and the reader keeps their place", async (t) => {
  for (const size of [PHONE, DESK]) {
    await t.test(`at ${size.width} px`, async () => {
      const { content, page } = await opened(ADDRESS, { settings: { viewport: size } });
      const link = page.locator(".prosa a.henvisning").first();
      await link.focus();
      await page.locator("#hvad-skete-der").evaluate((h) => h.scrollIntoView({ behavior: "instant" }));
      const before = await page.evaluate(() => scrollY);
      assert.ok(before > 0, "there is something to keep");
      await edit(content, RECORD, (text) => text.replace("Fire borgere nævnte noget", "Fem borgere nævnte noget"));
      await shows(page, "Fem borgere nævnte noget");
      await stayed(page);
      assert.equal(await page.evaluate(() => scrollY), before, "the page stands where it stood");
      assert.ok(await link.evaluate((a) => a === document.activeElement), "the focus stands where it stood");
      calm(page);
    });
  }
});

test("what the reader has folded out and written stays", async () => {
  const { content, page } = await opened(ADDRESS, { settings: { viewport: PHONE } });
  await page.locator("nav.indhold summary").click();
  await edit(content, RECORD, (text) => text.replace("Fire borgere nævnte noget", "Fem borgere nævnte noget"));
  await shows(page, "Fem borgere nævnte noget");
  assert.equal(await page.locator("nav.indhold details").getAttribute("open"), "");

  await listening(page, () => visit(page, new URL(page.url()).origin, "/"));
  const field = page.locator("main").getByRole("searchbox");
  await field.fill("rollator");
  await field.evaluate((f) => f.setSelectionRange(3, 3));
  await save(content, "ideer/en-helt-ny-ide.md", idea("En helt ny idé om kaffe", "2021-11-30"));
  await shows(page, "En helt ny idé om kaffe");
  assert.deepEqual(await field.evaluate((f) => [f.value, f.selectionStart, f === document.activeElement]), ["rollator", 3, true]);
});

test("a new record appears on its kind page, and goes when its file goes", async () => {
  const { content, page } = await opened("/ideer/");
  const cards = page.locator(".kort");
  const before = await cards.count();
  await save(content, "ideer/en-helt-ny-ide.md", idea("En helt ny idé om kaffe", "2021-11-30"));
  await shows(page, "En helt ny idé om kaffe");
  assert.equal(await cards.count(), before + 1);
  await rm(path.join(content, "ideer/en-helt-ny-ide.md"));
  await page.waitForFunction((n) => document.querySelectorAll(".kort").length === n, before);
  await stayed(page);
  calm(page);
});

test("two hundred new files at once are all there", async () => {
  const { content, page } = await opened("/soeg/?q=kaffeklub&kind=ide");
  const names = Array.from({ length: 200 }, (_, i) => i);
  await Promise.all(names.map((i) => save(content, `ideer/kaffeklub-${i}.md`, idea(`Kaffeklub nummer ${i}`, "2021-11-30"))));
  await page.locator(".liste-antal", { hasText: /\b20[0-9]\b/ }).waitFor();
  await stayed(page);
});

test("a broken record shows what is wrong and where, and comes back when it is mended", async () => {
  const { content, page } = await opened(ADDRESS);
  const whole = await readFile(path.join(content, RECORD), "utf8");
  await save(content, RECORD, BROKEN);
  await page.locator(".problem").first().waitFor();
  assert.ok(await page.getByText("Teksten står her stadig.").isVisible(), "the text is not lost");
  assert.match(await page.locator(".problem").first().innerText(), /K\d{3}/, "with its code");
  await save(content, RECORD, whole);
  await shows(page, "Fire borgere nævnte noget");
  assert.equal(await page.locator(".problem").count(), 0);
  await stayed(page);
  calm(page);
});

test("a removed record says so on its open page", async () => {
  const { content, page } = await opened(ADDRESS);
  await rm(path.join(content, RECORD));
  await page.locator(".skabelon-notfound, main .til-forsiden").first().waitFor();
  await stayed(page);
});

test("a broken template keeps the last good page under a notice", async () => {
  const theme = path.join(await bench.folder("theme"), "theme");
  await mkdir(path.join(theme, "templates"), { recursive: true });
  await cp(path.join(THEME, "templates/record.html"), path.join(theme, "templates/record.html"));
  const { page } = await opened(ADDRESS, { theme });
  assert.equal(await page.locator("main > aside.boks-pas-paa").count(), 0);
  const good = await readFile(path.join(theme, "templates/record.html"), "utf8");
  await save(theme, "templates/record.html", good.replace("{% block main %}", "{% block main %}{{ der mangler noget"));
  const notice = page.locator("main > aside.boks-pas-paa");
  await notice.waitFor();
  assert.match(await notice.innerText(), /record\.html/);
  assert.ok(await page.getByText("Fire borgere nævnte noget").first().isVisible());
  await save(theme, "templates/record.html", good.replace("<h1>", "<h1>★ "));
  await shows(page, "★ Kaffe før medicin");
  assert.equal(await notice.count(), 0);
  await stayed(page);
  calm(page);
});

test("a change that comes before the page listens is not missed", async () => {
  const content = await bench.content();
  const origin = await bench.serve(content);
  const page = await bench.page();
  // The line to the server opens only after the change is in.
  let change;
  await page.route("**/-/live", async (route) => {
    change ??= (async () => {
      await edit(content, RECORD, (text) => text.replace("Fire borgere nævnte noget", "Fem borgere nævnte noget"));
      while (!(await (await fetch(origin + ADDRESS)).text()).includes("Fem borgere nævnte noget"));
    })();
    await change;
    await route.continue();
  });
  await visit(page, origin, ADDRESS);
  await shows(page, "Fem borgere nævnte noget");
});

const idea = (title, day) => `---\ntitel: ${title}\nteam: team-aabrinken\noprettet: ${day}\neksempel: ja\nkommer_fra: eksempel\n---\n\n## Hvad er idéen?\n\nEn lille tekst.\n`;
