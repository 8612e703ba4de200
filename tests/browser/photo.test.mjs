// A photo from a phone: nobody who can be recognised, nothing but pixels, upright, and not public before
// a second person has looked.
import assert from "node:assert/strict";
import { readFile, readdir } from "node:fs/promises";
import path from "node:path";
import { after, test } from "node:test";
import { DESK, calm, open, save, visit } from "./harness.mjs";
import { corners, photo, segments } from "./pictures.mjs";
import { card, house, press } from "./writers.mjs";

const bench = await open();
after(() => bench.close());
const content = await bench.content();
const told = "titel: Kaffe på bænken\nteam: team-aabrinken\nfra: 2021-11-15\ntil: 2021-11-29\ngik_det: det-virkede\nbeslutning: fortsæt\nsynlighed: offentlig\n";
for (const name of ["kaffe-paa-baenken", "to-tryk"]) await save(content, `proevehandlinger/${name}.md`, `---\n${told}---\n\n## Hvad prøvede vi?\n\nVi tog kaffen med ud.\n\n## Hvad skete der?\n\nTo kom med.\n`);
const settings = await readFile(path.join(content, "kaffe.yaml"), "utf8");
await save(content, "kaffe.yaml", settings.replace(/^læsning:.*$/m, "læsning: offentlig"));
const home = await house(bench, content);
const { origin } = home;
const team = await home.device("team-aabrinken");
const coordinator = await home.account("koordinatoren", "editor");
const RECORD = "/proevehandlinger/kaffe-paa-baenken/";
const names = async () => (await readdir(path.join(content, "proevehandlinger/kaffe-paa-baenken"))).sort();
const attach = async (page) => page.locator("#fil").setInputFiles({ name: "IMG_20211129_1015.jpg", mimeType: "image/jpeg", buffer: await photo(page) });

test("what that photo tells is told in the first place", async () => {
  const page = await bench.page();
  await visit(page, origin, "/");
  assert.deepEqual(segments(await photo(page)).filter((name) => name === "Exif"), ["Exif"]);
});

for (const [how, choices] of [["with scripts", {}], ["without scripts", { javaScriptEnabled: false }]]) {
  test(`somebody may be recognised: it is not kept, and the words stay, ${how}`, async () => {
    const page = await home.page(team, choices);
    const drawing = await bench.page();
    await visit(page, origin, RECORD);
    await page.getByRole("link", { name: "Sæt et billede på" }).tap();
    await page.waitForURL(`${origin}/billede${RECORD}`);
    await page.locator("#fil").setInputFiles({ name: "IMG_1.jpg", mimeType: "image/jpeg", buffer: await photo(drawing) });
    await card(page, /^Ja/).tap();
    await page.locator("#alt").fill("En termokande på en bænk");
    await press(page).tap();
    await page.locator(".fejl-samling").waitFor();
    assert.equal(await page.locator("#alt").inputValue(), "En termokande på en bænk");
    await assert.rejects(names(), { code: "ENOENT" });
    calm(page);
  });
}

test("no answer, no words, no picture: each is said at its place", async () => {
  const page = await home.page(team);
  await visit(page, origin, `/billede${RECORD}`);
  await press(page).tap();
  await page.locator(".fejl-samling").waitFor();
  assert.deepEqual(await page.locator(".fejl-samling a").evaluateAll((all) => all.map((a) => a.hash).sort()), ["#alt", "#fil", "#genkende"]);
  await attach(page);
  await page.locator("#fil").setInputFiles({ name: "billede.jpg", mimeType: "image/jpeg", buffer: Buffer.from("<svg onload=alert(1)>") });
  await card(page, /^Nej/).tap();
  await page.locator("#alt").fill("Slet ikke et billede");
  await press(page).tap();
  await page.locator(".fejl-samling a[href='#fil']").waitFor();
  await assert.rejects(names(), { code: "ENOENT" });
  calm(page);
});

test("kept, it is pixels alone, upright and small, and it has its words", async () => {
  const page = await home.page(team);
  await visit(page, origin, `/billede${RECORD}`);
  await attach(page);
  await card(page, /^Nej/).tap();
  await page.locator("#alt").fill("En termokande på en bænk");
  await press(page).tap();
  await page.waitForURL(/\/gemt\//);
  await page.locator("a.gemt-side").tap();
  const image = page.locator("main .prosa img");
  await image.waitFor();
  assert.equal(await image.getAttribute("alt"), "En termokande på en bænk");
  const src = await image.evaluate((i) => i.src);
  assert.doesNotMatch(src, /IMG|20211129/, "its name does not tell when it was taken");
  const seen = await corners(page, src);
  assert.deepEqual(seen.corners, ["sand", "red", "sand", "sand"], "it stands upright");
  assert.ok(Math.max(seen.width, seen.height) <= 1600 && seen.height > seen.width, `${seen.width} × ${seen.height}`);
  const served = Buffer.from(await (await page.context().request.get(src)).body());
  assert.deepEqual(segments(served).filter((name) => !name.startsWith("JFIF")), [], "as served");
  const [name, ...more] = await names();
  assert.deepEqual(more, [], "one file");
  const file = await readFile(path.join(content, "proevehandlinger/kaffe-paa-baenken", name));
  assert.deepEqual(segments(file).filter((part) => !part.startsWith("JFIF")), [], "on the disk");
  await image.scrollIntoViewIfNeeded();
  await page.waitForFunction(() => document.querySelector("main .prosa img").complete);
  assert.ok((await image.boundingBox()).width <= 360);
  calm(page);

  await test("and the public sees neither it nor the page before a second person has looked", async () => {
    const visitor = await bench.page();
    const status = async (address) => (await visitor.context().request.get(address, { headers: { "cache-control": "no-cache" } })).status();
    assert.equal(await status(origin + RECORD), 404);
    assert.equal(await status(src), 404);
    await visit(page, origin, RECORD);
    assert.equal(await page.getByRole("button", { name: "Læst igennem og godkendt" }).count(), 0, "the team does not approve its own");

    const reader = await home.page(coordinator, { viewport: DESK });
    await visit(reader, origin, RECORD);
    await reader.getByRole("button", { name: "Læst igennem og godkendt" }).click();
    await reader.waitForURL(/\/gemt\//);
    assert.equal(await status(origin + RECORD), 200);
    assert.equal(await status(src), 200);
    await visit(visitor, origin, RECORD);
    assert.equal(await visitor.locator("main .prosa img").getAttribute("alt"), "En termokande på en bænk");

    // A changed text loses its approval, and the picture goes with it.
    await visit(page, origin, `/ret${RECORD}`);
    await page.locator("#b-hvad-skete-der").fill("Tre kom med.\n\n![En termokande på en bænk](en-termokande-paa-en-baenk.jpg)");
    await press(page).tap();
    await page.waitForURL(/\/gemt\//);
    assert.equal(await status(origin + RECORD), 404);
    assert.equal(await status(src), 404);
    calm(page);
    calm(reader);
  });
});

test("two taps on »Gem billedet« are one picture", async () => {
  const page = await home.page(team);
  await visit(page, origin, "/billede/proevehandlinger/to-tryk/");
  await attach(page);
  await card(page, /^Nej/).tap();
  await page.locator("#alt").fill("En kop");
  const posts = [];
  page.on("request", (request) => { if (request.method() === "POST") posts.push(request); });
  await press(page).dblclick({ noWaitAfter: true });
  await page.waitForURL(/\/gemt\//);
  assert.equal(posts.length, 1);
  assert.equal((await readdir(path.join(content, "proevehandlinger/to-tryk"))).length, 1);
  calm(page);
});
