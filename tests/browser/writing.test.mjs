// Can one write with one thumb, and is nothing lost? The three flows on a phone with touch, with scripts
// off and by keys alone; drafts through a reload, another tab, a lost network and a dead phone; axe on
// every form, error and conflict page.
import assert from "node:assert/strict";
import { readFile, readdir } from "node:fs/promises";
import path from "node:path";
import { after, test } from "node:test";
import { complaints } from "./axe.mjs";
import { calm, open, save, visit } from "./harness.mjs";

const bench = await open();
after(() => bench.close());
const content = await bench.content();
await save(content, "proevehandlinger/gaatur-i-gaarden.md", "---\ntitel: Gåtur i gården\nteam: team-aabrinken\nfra: 2021-11-15\n---\n\n## Hvad prøvede vi?\n\nVi går en tur efter frokost.\n\n## Hvad skete der?\n");
await save(content, "ideer/kaffe-paa-hjul.md", "---\ntitel: Kaffe på hjul\nteam: team-aabrinken\n---\n\nEn vogn med kaffe.\n");
const { origin, link } = await bench.house(content);
const THUMB = { viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true };

// The link works once: everybody in this file shares what it gives.
const door = await bench.page();
await door.goto(link);
await door.locator("main form button").click();
await door.waitForURL(/\/personer\//);
const { cookies } = await door.context().storageState();
/** A page of somebody who may write. */
const writer = async (settings = {}) => {
  const page = await bench.page({ ...THUMB, ...settings });
  await page.context().addCookies(cookies);
  return page;
};
const file = (name) => readFile(path.join(content, name), "utf8");
const files = async (folder) => (await readdir(path.join(content, folder))).filter((name) => name.endsWith(".md"));
const drafts = (page) => page.evaluate(() => Object.keys(localStorage).filter((k) => k.startsWith("kaffe.kladde.")).map((k) => JSON.parse(localStorage[k])));
const kept = (page, words) => page.waitForFunction((w) => Object.entries(localStorage).some(([k, v]) => k.startsWith("kaffe.kladde.") && v.includes(w)), words);
const press = (page) => page.locator(".knap-gem");
/** Fills a new idea, its team too where one is asked for. */
const idea = async (page, title, words) => {
  await page.locator("#f-titel").fill(title);
  const team = page.locator("[name='f.team']");
  if (await page.locator("input[type=radio][name='f.team']").count()) await page.locator("label.valgkort", { has: page.locator("[name='f.team']") }).first().click();
  else if (await team.count()) await team.first().fill("team-aabrinken");
  await page.locator(".felt-boks textarea").first().fill(words);
};

test("flow c: how it went, in six taps and text", async () => {
  const page = await writer();
  let taps = 0;
  const tap = async (place) => { taps += 1; await place.tap(); };
  await visit(page, origin, "/");
  await tap(page.getByRole("link", { name: /Fortæl, hvordan det gik/ }));
  await page.waitForURL(`${origin}/fortael/`);
  await tap(page.locator(".vaelg", { hasText: "Gåtur i gården" }));
  await tap(page.locator("label.valgkort", { hasText: "Både og" }));
  await tap(page.locator("#b-hvad-skete-der"));
  await page.keyboard.type("Tre gik med. Det regnede.");
  await tap(page.locator("label.valgkort", { hasText: "Vi justerer" }));
  await tap(press(page));
  await page.waitForURL(/\/gemt\//);
  assert.ok(taps <= 6, `${taps} taps`);
  const text = await file("proevehandlinger/gaatur-i-gaarden.md");
  assert.match(text, /gik_det: både-og/);
  assert.match(text, /Tre gik med\. Det regnede\./);
  assert.deepEqual(await drafts(page), [], "the draft is gone when it is saved");
  assert.equal(await page.getByRole("link", { name: "Begynd næste runde" }).count(), 1);
  calm(page);
});

test("flow b: we try it too, in three taps", async () => {
  const page = await writer();
  const before = await files("proevehandlinger");
  await visit(page, origin, "/ideer/kaffe-paa-hjul/");
  await page.getByRole("button", { name: "Vi prøver det også" }).tap();
  await page.waitForURL(/\/(gemt|ny)\//);
  if (page.url().includes("/gemt/")) assert.equal((await files("proevehandlinger")).length, before.length + 1);
  else assert.equal(await page.locator("#f-titel").inputValue(), "Kaffe på hjul", "whoever has no one team says for whom");
  calm(page);
});

test("without scripts: a new idea, an error that keeps the text, and the whole way through", async () => {
  const page = await writer({ javaScriptEnabled: false });
  await visit(page, origin, "/ny/ideer/");
  await idea(page, "", "En tekst, der ikke må gå tabt.");
  await press(page).tap();
  await page.locator(".fejl-samling a").first().tap();
  assert.match(page.url(), /#f-titel$/);
  assert.equal(await page.locator(".felt-boks textarea").first().inputValue(), "En tekst, der ikke må gå tabt.");
  await idea(page, "Idé uden scripts", "En tekst, der ikke må gå tabt.");
  await press(page).tap();
  await page.waitForURL(/\/gemt\//);
  assert.match(await file("ideer/ide-uden-scripts.md"), /En tekst, der ikke må gå tabt\./);
});

test("keys alone write and save", async () => {
  const page = await writer();
  await visit(page, origin, "/ret/ideer/kaffe-paa-hjul/");
  await page.locator("#f-titel").focus();
  await page.keyboard.press("End");
  await page.keyboard.type(" igen");
  for (let i = 0; i < 60; i += 1) {
    await page.keyboard.press("Tab");
    if (await page.evaluate(() => document.activeElement.matches(".knap-gem"))) break;
  }
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/gemt\//);
  assert.match(await file("ideer/kaffe-paa-hjul.md"), /titel: Kaffe på hjul igen/);
  calm(page);
});

test("a reload gives the draft back, and another tab is offered it", async () => {
  const page = await writer();
  await visit(page, origin, "/ny/ideer/");
  await idea(page, "Kladde", "Halvt skrevet");
  await kept(page, "Halvt skrevet");
  await page.reload();
  assert.equal(await page.locator("#f-titel").inputValue(), "Kladde");
  const other = await page.context().newPage();
  await other.goto(`${origin}/ny/ideer/?tekst=`);
  await other.getByRole("button", { name: "Brug kladden" }).click();
  assert.equal(await other.locator("#f-titel").inputValue(), "Kladde");
  await other.getByRole("button", { name: "Smid den væk" }).click();
  await other.getByRole("button", { name: "Fortryd" }).click();
  assert.equal(await other.locator("#f-titel").inputValue(), "Kladde");
});

test("no network: it waits and is sent once, though two tabs are open", async () => {
  const page = await writer();
  await visit(page, origin, "/ny/ideer/");
  await idea(page, "Skrevet i kælderen", "Her er ikke net.");
  const other = await page.context().newPage();
  await other.goto(`${origin}/ideer/`);
  await page.bringToFront();
  await page.context().setOffline(true);
  await press(page).click();
  await page.getByText("Sendes, når der er net").first().waitFor();
  await page.context().setOffline(false);
  await page.locator(".bakke", { hasText: "Sendt" }).waitFor();
  assert.deepEqual((await files("ideer")).filter((name) => name.startsWith("skrevet-i-kaelderen")), ["skrevet-i-kaelderen.md"]);
  assert.deepEqual(await drafts(page), []);
});

test("a phone that dies while it waits sends at the next page", async () => {
  const page = await writer();
  await visit(page, origin, "/ny/ideer/");
  await idea(page, "Tomt batteri", "Skrevet til sidst.");
  await page.context().setOffline(true);
  await press(page).click();
  await page.getByText("Sendes, når der er net").first().waitFor();
  const context = page.context();
  await page.close();
  const next = await context.newPage();
  await context.setOffline(false);
  await next.goto(`${origin}/ideer/`);
  await next.locator(".bakke", { hasText: "Sendt" }).waitFor();
  assert.match(await file("ideer/tomt-batteri.md"), /Skrevet til sidst\./);
});

test("a CPR number is never saved, and the text stays in the browser", async () => {
  const page = await writer();
  await visit(page, origin, "/ny/ideer/");
  await idea(page, "Hos en borger", "Hendes nummer er 010203-4567.");
  await press(page).click();
  await page.locator(".fejl-samling").waitFor();
  assert.match(await page.locator(".felt-boks textarea").first().inputValue(), /010203-4567/);
  assert.equal((await files("ideer")).includes("hos-en-borger.md"), false);
  assert.equal((await drafts(page)).length, 1);
});

test("two at once: both texts, a choice, and nothing is lost", async () => {
  const [one, two] = [await writer(), await writer()];
  for (const page of [one, two]) await visit(page, origin, "/ret/proevehandlinger/gaatur-i-gaarden/");
  await one.locator("#b-hvad-proevede-vi").fill("Den første skrev det her.");
  await press(one).click();
  await one.waitForURL(/\/gemt\//);
  await two.locator("#b-hvad-proevede-vi").fill("Den anden skrev noget andet.");
  await press(two).click();
  await two.locator("[data-konflikt]").first().waitFor();
  assert.deepEqual(await complaints(two), []);
  assert.equal(await two.evaluate(() => document.documentElement.scrollWidth), 360);
  await two.locator("label.valgkort", { hasText: "Behold begge" }).first().tap();
  await press(two).tap();
  await two.waitForURL(/\/gemt\//);
  const text = await file("proevehandlinger/gaatur-i-gaarden.md");
  assert.match(text, /Den første skrev det her\.[\s\S]*Den anden skrev noget andet\./);
  assert.deepEqual(await drafts(two), []);
});

const FORMS = ["/ny/ideer/", "/ny/proevehandlinger/", "/ny/lokalt/", "/ret/ideer/kaffe-paa-hjul/", "/fortael/", "/markdown/ideer/kaffe-paa-hjul/", "/kommentar/ideer/kaffe-paa-hjul/", "/billede/ideer/kaffe-paa-hjul/", "/historik/ideer/kaffe-paa-hjul/", "/seneste/", "/slet/ideer/kaffe-paa-hjul/"];
test("axe finds nothing on any form, folded out, nor on its errors", async (t) => {
  const page = await writer();
  for (const address of FORMS) {
    await t.test(address, async () => {
      await visit(page, origin, address);
      await page.evaluate(() => document.querySelectorAll("main details").forEach((d) => { d.open = true; }));
      for (const colorScheme of ["light", "dark"]) {
        await page.emulateMedia({ colorScheme });
        assert.deepEqual(await complaints(page), [], `${address} ${colorScheme}`);
      }
      if (await press(page).count() && address.startsWith("/ny/")) {
        await press(page).click();
        await page.locator(".fejl-samling").waitFor();
        assert.deepEqual(await complaints(page), [], `${address} with errors`);
      }
    });
  }
});
