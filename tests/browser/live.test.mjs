// Somebody saves a file; whoever has the page open sees it, without losing their place.
import assert from "node:assert/strict";
import { cp, mkdir, readFile, rm } from "node:fs/promises";
import path from "node:path";
import { after, test } from "node:test";
import { DESK, PHONE, THEME, calm, open, save, visit } from "./harness.mjs";
import { BROKEN } from "./sites.mjs";

const bench = await open();
after(() => bench.close());

/** A report of its own for each test, so that the tests do not disturb each other. */
const report = (title, what = "Vi gik en tur, før vi satte os.") => `---
titel: ${title}
resume: Et forsøg, som kun findes i denne test.
team: team-aabrinken
fra: 2021-11-29
til: 2021-12-01
gik_det: det-virkede
beslutning: fortsæt
eksempel: ja
kommer_fra: eksempel
---

## Hvad prøvede vi?

${"Vi ville se, om det gjorde en forskel at begynde med kaffen, og skrev ned, hvad vi hørte.\n\n".repeat(12)}
## Hvad skete der?

${what} Se [[kaffe-foerst]].

${"Ugen efter gjorde vi det samme igen, og det gik på samme måde som den første gang.\n\n".repeat(12)}
## Hvad betød det for borgeren?

${"Det var rart at blive spurgt, sagde flere af dem, vi besøgte.\n\n".repeat(12)}`;
const REPORTS = ["stoler", "folder", "brister", "forsvinder", "skabelon", "kapløb"];
const file = (name) => `proevehandlinger/test-${name}.md`;
const address = (name) => `/proevehandlinger/test-${name}/`;

const content = await bench.content();
const theme = path.join(await bench.folder("theme"), "theme");
const TEMPLATE = "templates/record.html";
await mkdir(path.join(theme, "templates"), { recursive: true });
await cp(path.join(THEME, TEMPLATE), path.join(theme, TEMPLATE));
for (const name of REPORTS) await save(content, file(name), report(`Test ${name}`));
const origin = await bench.serve(content, "--theme", theme);

/** A page that listens to the server. */
async function opened(where, settings) {
  const page = await bench.page(settings);
  await listening(page, () => visit(page, origin, where));
  // A reload by hand, or by the page itself, would lose this.
  await page.evaluate(() => { globalThis.sameDocument = true; });
  return page;
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

const shows = (page, words) => page.locator("main", { hasText: words }).waitFor();
const stayed = async (page) => assert.ok(await page.evaluate(() => globalThis.sameDocument), "the page was not loaded again");

test("a saved text stands on the open page, and the reader keeps their place", async (t) => {
  for (const [size, words] of [[PHONE, "Vi blev hjemme og snakkede."], [DESK, "Vi løb en tur, før vi spiste."]]) {
    await t.test(`at ${size.width} px`, async () => {
      const page = await opened(address("stoler"), { viewport: size });
      const link = page.locator(".prosa a.henvisning").first();
      await link.focus();
      await page.locator("#hvad-skete-der").evaluate((h) => h.scrollIntoView({ behavior: "instant" }));
      const before = await page.evaluate(() => scrollY);
      assert.ok(before > 100, "there is a place to keep");
      await save(content, file("stoler"), report("Test stoler", words));
      await shows(page, words);
      await stayed(page);
      assert.equal(await page.evaluate(() => scrollY), before, "the page stands where it stood");
      assert.ok(await link.evaluate((a) => a === document.activeElement), "the focus stands where it stood");
      calm(page);
      await page.close();
    });
  }
});

test("what the reader has folded out and written stays", async () => {
  const page = await opened(address("folder"), { viewport: PHONE });
  await page.locator("nav.indhold summary").click();
  await save(content, file("folder"), report("Test folder", "Bænken var optaget."));
  await shows(page, "Bænken var optaget.");
  assert.equal(await page.locator("nav.indhold details").getAttribute("open"), "");

  await listening(page, () => visit(page, origin, "/"));
  const field = page.locator("main").getByRole("combobox");
  await field.fill("rollator");
  await field.evaluate((f) => f.setSelectionRange(3, 3));
  await save(content, file("folder"), report("Aaa, den nyeste af alle"));
  await save(content, "proevehandlinger/aaa-nyest.md", report("Aaa, den allernyeste"));
  await shows(page, "Aaa, den allernyeste");
  assert.deepEqual(await field.evaluate((f) => [f.value, f.selectionStart, f === document.activeElement]), ["rollator", 3, true]);
  calm(page);
});

test("a new record appears on its kind page, and goes when its file goes", async () => {
  const page = await opened("/lokalt/");
  const cards = page.locator(".kort");
  const before = await cards.count();
  await save(content, "lokalt/test-kaffevogn.md", "---\ntitel: Kaffevognen ved søen\nslags: mødested\nområde: [midtby]\nsted: Ved søen\nhvornår: Hver torsdag\nsynlighed: projekt\neksempel: ja\nkommer_fra: eksempel\n---\n\nEn vogn med kaffe.\n");
  await shows(page, "Kaffevognen ved søen");
  assert.equal(await cards.count(), before + 1);
  await rm(path.join(content, "lokalt/test-kaffevogn.md"));
  await page.waitForFunction((n) => document.querySelectorAll(".kort").length === n, before);
  await stayed(page);
  calm(page);
});

test("a broken record shows what is wrong and where, and comes back when it is mended", async () => {
  const page = await opened(address("brister"));
  await save(content, file("brister"), BROKEN);
  await page.locator(".problem").first().waitFor();
  assert.ok(await page.getByText("Teksten står her stadig.").isVisible(), "the text is not lost");
  assert.match(await page.locator(".problem").first().innerText(), /K\d{3}/, "with its code");
  await save(content, file("brister"), report("Test brister", "Så virkede den igen."));
  await shows(page, "Så virkede den igen.");
  assert.equal(await page.locator(".problem-error").count(), 0);
  await stayed(page);
  calm(page);
});

test("a removed record says so on its open page", async () => {
  const page = await opened(address("forsvinder"));
  await rm(path.join(content, file("forsvinder")));
  await page.locator("main .til-forsiden").waitFor();
  await stayed(page);
});

test("a change that comes before the page listens is not missed", async () => {
  const page = await bench.page();
  const words = "Det nåede vi lige.";
  let change;
  // The line to the server opens only when the change is in.
  await page.route("**/-/live", async (route) => {
    change ??= (async () => {
      await save(content, file("kapløb"), report("Test kapløb", words));
      while (!(await (await fetch(origin + address("kaploeb"))).text()).includes(words));
    })();
    await change;
    await route.continue();
  });
  await visit(page, origin, address("kaploeb"));
  await shows(page, words);
});

test("two hundred new files at once are all there", async () => {
  const page = await opened("/soeg/?q=kaffeklub&kind=ide");
  const idea = (i) => `---\ntitel: Kaffeklub nummer ${i}\nteam: team-aabrinken\neksempel: ja\nkommer_fra: eksempel\n---\n\nEn lille tekst.\n`;
  await Promise.all(Array.from({ length: 200 }, (_, i) => save(content, `ideer/kaffeklub-${i}.md`, idea(i))));
  await page.locator(".liste-antal", { hasText: /\b20[0-9]\b/ }).waitFor();
  await stayed(page);
});

test("a broken template keeps the last good page under a notice", async () => {
  const page = await opened(address("skabelon"));
  const notice = page.locator("main > aside.boks-pas-paa");
  assert.equal(await notice.count(), 0);
  const good = await readFile(path.join(theme, TEMPLATE), "utf8");
  await save(theme, TEMPLATE, good.replace("{% block main %}", "{% block main %}{{ der mangler noget"));
  await notice.waitFor();
  assert.match(await notice.innerText(), /record\.html/);
  assert.ok(await page.getByText("Vi gik en tur, før vi satte os.").first().isVisible());
  await save(theme, TEMPLATE, good.replace("<h1>", "<h1>★ "));
  await shows(page, "★ Test skabelon");
  assert.equal(await notice.count(), 0);
  await stayed(page);
  calm(page);
});
