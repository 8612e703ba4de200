// The same page on paper.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { CONTENT, open, visit } from "./harness.mjs";

const bench = await open();
after(() => bench.close());
const wiki = await bench.serve(CONTENT);

test("a printed record has its words and its badge, and none of the house around it", async () => {
  const page = await bench.page({ viewport: { width: 700, height: 990 } });
  await visit(page, wiki, "/ideer/rollator-race/");
  await page.emulateMedia({ media: "print" });
  for (const hidden of ["header.top nav", ".spring", ".smuler", "nav.indhold", ".bund-links", "form.soeg", ".ordkort"]) {
    for (const piece of await page.locator(hidden).all()) assert.equal(await piece.isVisible(), false, `${hidden} is not printed`);
  }
  assert.ok(await page.getByRole("heading", { level: 1 }).isVisible());
  assert.ok(await page.locator(".hoved .maerke-eksempel", { hasText: "EKSEMPEL – ikke et resultat" }).isVisible());
  const words = await page.locator("main button.ord").allInnerTexts();
  const listed = (await page.locator(".ordliste").innerText()).toLowerCase();
  assert.ok(words.length > 0);
  assert.ok(await page.locator(".ordliste").isVisible());
  for (const word of words) assert.ok(listed.includes(word.toLowerCase()), `${word} is explained on paper`);
});

test("every badge and every card of a printed list stands within the sheet", async () => {
  const page = await bench.page({ viewport: { width: 660, height: 990 } });
  await visit(page, wiki, "/proevehandlinger/");
  await page.emulateMedia({ media: "print" });
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(wide <= 0, `${wide} px too wide`);
  const cards = await page.locator(".kort").count();
  const badges = await page.locator(".kort .maerke-eksempel:visible").count();
  assert.ok(cards > 0);
  assert.equal(badges, cards, "every example on the list says so");
  assert.equal(await page.locator(".filtre").isVisible(), false);
});

test("dark screens print black on white", async () => {
  const page = await bench.page({ colorScheme: "dark" });
  await visit(page, wiki, "/proevehandlinger/kaffe-foer-medicin/");
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  const [ink, paper] = await page.evaluate(() => [getComputedStyle(document.body).color, getComputedStyle(document.body).backgroundColor]);
  assert.deepEqual([ink, paper], ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]);
});
