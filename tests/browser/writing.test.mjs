// Can one write with one thumb? What a team does between two visits, on a phone with touch, with scripts
// off, and by keys alone: *Vi prøver det også*, *Fortæl, hvordan det gik*, and what stands around them.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, test } from "node:test";
import { DESK, THUMB, calm, open, save, visit } from "./harness.mjs";
import { choose, tabTo } from "./keys.mjs";
import { card, drafts, house, idea, press } from "./writers.mjs";

const bench = await open();
after(() => bench.close());
const content = await bench.content();
const running = (title) => `---\ntitel: ${title}\nteam: team-aabrinken\nfra: 2021-11-15\n---\n\n## Hvad prøvede vi?\n\nVi går en tur efter frokost.\n\n## Hvad skete der?\n`;
const WALKS = { thumb: "Gåtur i gården", plain: "Gåtur om søen", keys: "Gåtur i skoven", large: "Gåtur til havnen", missed: "Gåtur i sneen" };
for (const [name, title] of Object.entries(WALKS)) await save(content, `proevehandlinger/gaatur-${name}.md`, running(title));
await save(content, "lokalt/gammelt-tilbud.md", (await readFile(`${content}/lokalt/besoegsven-ordning.md`, "utf8")).replace("Besøgsvenner", "Gammelt tilbud"));
await save(content, "ideer/kaffe-paa-hjul.md", "---\ntitel: Kaffe på hjul\nteam: team-aabrinken\n---\n\nEn vogn med kaffe.\n");
const home = await house(bench, content);
const { origin } = home;
const team = await home.device("team-aabrinken");

/** Counts what a thumb has to do. */
const thumb = () => {
  const tap = async (place) => { tap.count += 1; await place.tap(); };
  tap.count = 0;
  return tap;
};
/** One of the three large buttons of the start page. */
const big = (page, words) => page.locator("a.stor-knap", { hasText: words });
/** The new record that a page says was saved, as text. */
const saved = (page) => home.file(`${new URL(page.url()).pathname.split("/").slice(2, -1).join("/")}.md`);
const undone = async (page) => {
  await page.getByRole("button", { name: "Fortryd" }).click();
  await page.getByRole("heading", { name: "Fortrudt" }).waitFor();
};

const TRY = [
  ["with one thumb", {}, "En termokande i tasken", "termokande-i-tasken"],
  ["with one thumb and no scripts", { javaScriptEnabled: false }, "Naboens nøgle", "naboens-noegle"],
];
for (const [how, settings, wish, address] of TRY) {
  test(`we try it too: from the start page in three taps, ${how}`, async () => {
    const page = await home.page(team, settings);
    const [tap, before] = [thumb(), await home.records("proevehandlinger")];
    await visit(page, origin, "/");
    await tap(big(page, "Find en idé"));
    await page.waitForURL(`${origin}/ideer/`);
    await tap(page.getByRole("link", { name: wish }));
    await page.waitForURL(`${origin}/ideer/${address}/`);
    await tap(page.getByRole("button", { name: "Vi prøver det også" }));
    await page.waitForURL(/\/gemt\//);
    assert.ok(tap.count <= 3, `${tap.count} taps`);
    assert.equal((await home.records("proevehandlinger")).length, before.length + 1);
    const text = await saved(page);
    assert.match(text, new RegExp(`titel: ${wish}`));
    assert.match(text, /team: team-aabrinken/);
    assert.match(text, /fra: 2021-12-01/);
    assert.match(text, new RegExp(`inspireret_af: .*${address}`));
    assert.match(await page.locator("main").innerText(), /15\. december 2021/, "it says when it asks how it went");
    assert.match((await home.commits())[0], /^Team Åbrinken: /, "the team has written it, and no person");

    await undone(page);
    assert.deepEqual(await home.records("proevehandlinger"), before, "undone, it is gone");
    calm(page);
  });

  test(`how it went: from the start page in six taps and text, ${how}`, async () => {
    const page = await home.page(team, settings);
    const tap = thumb();
    const name = settings.javaScriptEnabled === false ? "plain" : "thumb";
    await visit(page, origin, "/");
    await tap(big(page, "Fortæl, hvordan det gik"));
    await page.waitForURL(`${origin}/fortael/`);
    await tap(page.locator(".vaelg", { hasText: WALKS[name] }));
    await page.waitForURL(/\/fortael\/proevehandlinger\//);
    await tap(card(page, "Både og"));
    await tap(page.locator("#b-hvad-skete-der"));
    await page.keyboard.type("Tre gik med. Det regnede.");
    await tap(card(page, "Vi justerer"));
    await tap(press(page));
    await page.waitForURL(/\/gemt\//);
    assert.ok(tap.count <= 6, `${tap.count} taps`);
    const text = await home.file(`proevehandlinger/gaatur-${name}.md`);
    assert.match(text, /gik_det: både-og/);
    assert.match(text, /beslutning: justér/);
    assert.match(text, /til: 2021-12-01/);
    assert.match(text, /## Hvad skete der\?\n\nTre gik med\. Det regnede\./);
    if (name === "thumb") assert.deepEqual(await drafts(page), [], "the draft is gone when it is saved");

    // What they adjust opens the next round, linked to this one.
    await page.getByRole("link", { name: "Begynd næste runde" }).tap();
    await page.waitForURL(/\/ny\/proevehandlinger\//);
    assert.equal(await page.locator("#f-titel").inputValue(), WALKS[name]);
    assert.equal(await page.locator("[name='f.bygger_videre_på']").inputValue(), `gaatur-${name}`);
    calm(page);
  });
}

test("two taps on one button are one wish, and whoever took it back may wish again", async () => {
  const page = await home.page(team);
  const before = await home.records("proevehandlinger");
  const wish = async () => {
    await visit(page, origin, "/ideer/laan-en-hund/");
    await page.getByRole("button", { name: "Vi prøver det også" }).tap();
    await page.waitForURL(/\/gemt\//);
  };
  await wish();
  await wish();
  assert.equal((await home.records("proevehandlinger")).length, before.length + 1);
  assert.ok(await page.getByRole("button", { name: "Fortryd" }).count(), "it can still be taken back");
  await undone(page);
  await wish();
  assert.equal((await home.records("proevehandlinger")).length, before.length + 1);
  await page.locator("a.gemt-side").tap();
  await page.getByRole("heading", { level: 1, name: "Lån en hund" }).waitFor();
});

test("we did not get to it: no decision is asked for, only what now", async () => {
  const page = await home.page(team);
  await visit(page, origin, "/fortael/proevehandlinger/gaatur-missed/");
  await card(page, "Vi nåede det ikke").tap();
  await card(page, "Vi bliver ved").waitFor({ state: "hidden" });
  await press(page).tap();
  await page.locator(".fejl-samling").waitFor();
  await page.locator(".fejl-samling a").first().tap();
  await card(page, /^Prøv igen om 14 dage$/).tap();
  await press(page).tap();
  await page.waitForURL(/\/gemt\//);
  const text = await home.file("proevehandlinger/gaatur-missed.md");
  assert.doesNotMatch(text, /beslutning/);
  assert.match(await page.locator("main").innerText(), /15\. december 2021/);
  calm(page);
});

for (const [size, name, settings] of [["360", "keys", { ...THUMB, hasTouch: false, isMobile: false }], ["1280", "large", { hasTouch: false, isMobile: false, viewport: DESK }]]) {
  test(`both flows by keys alone at ${size} px, and one sees where one is`, async () => {
    const page = await home.page(team, settings);
    const before = await home.records("proevehandlinger");
    const go = async (place, key = "Enter") => { await tabTo(page, place); await page.keyboard.press(key); };
    await visit(page, origin, "/");
    await go(big(page, "Find en idé"));
    await page.waitForURL(`${origin}/ideer/`);
    await go(page.getByRole("link", { name: "Min gode morgen" }));
    await page.waitForURL(`${origin}/ideer/min-gode-morgen/`);
    await go(page.getByRole("button", { name: "Vi prøver det også" }), "Space");
    await page.waitForURL(/\/gemt\//);
    assert.equal((await home.records("proevehandlinger")).length, before.length + 1);
    await go(page.getByRole("button", { name: "Fortryd" }));
    await page.getByRole("heading", { name: "Fortrudt" }).waitFor();

    await visit(page, origin, "/");
    await go(big(page, "Fortæl, hvordan det gik"));
    await page.waitForURL(`${origin}/fortael/`);
    await go(page.locator(".vaelg", { hasText: WALKS[name] }));
    await page.waitForURL(/\/fortael\/proevehandlinger\//);
    await choose(page, "f.gik_det", "det-virkede");
    await tabTo(page, page.locator("#b-hvad-skete-der"));
    await page.keyboard.type("To ville med igen.");
    await choose(page, "f.beslutning", "spred");
    await go(press(page));
    await page.waitForURL(/\/gemt\//);
    const text = await home.file(`proevehandlinger/gaatur-${name}.md`);
    assert.match(text, /gik_det: det-virkede\n/);
    assert.match(text, /beslutning: spred/);
    assert.match(text, /To ville med igen\./);
    calm(page);
  });
}

test("without scripts: an error keeps the text and leads to its place", async () => {
  const page = await home.page(team, { javaScriptEnabled: false });
  await visit(page, origin, "/ny/ideer/");
  await idea(page, "", "En tekst, der ikke må gå tabt.");
  await press(page).tap();
  await page.locator(".fejl-samling a").first().tap();
  assert.match(page.url(), /#f-titel$/);
  assert.equal(await page.locator(".felt-boks textarea").first().inputValue(), "En tekst, der ikke må gå tabt.");
  await idea(page, "Idé uden scripts", "En tekst, der ikke må gå tabt.");
  await press(page).tap();
  await page.waitForURL(/\/gemt\//);
  assert.match(await home.file("ideer/ide-uden-scripts.md"), /En tekst, der ikke må gå tabt\./);
});

for (const [how, settings] of TRY) {
  test(`the preview shows the page and saves nothing, ${how}`, async () => {
    const page = await home.page(team, settings);
    const title = `Forhåndsvist ${how}`;
    await visit(page, origin, "/ny/ideer/");
    await idea(page, title, "Se *her*, om [[kaffe-foerst]].");
    await page.getByRole("button", { name: "Hvad ser andre?" }).tap();
    const shown = page.locator(".forhaandsvisning");
    await shown.waitFor();
    assert.equal(await shown.locator("em").innerText(), "her", "it is the page and not its source");
    assert.equal(await shown.locator("a[href$='/kerneelementer/kaffe-foerst/']").count(), 1);
    assert.deepEqual(await home.records("ideer", "forhaandsvist"), []);
    assert.equal(await page.locator("#f-titel").inputValue(), title);
    await press(page).tap();
    await page.waitForURL(/\/gemt\//);
    assert.equal((await home.records("ideer", "forhaandsvist")).length, 1);
    await undone(page);
    assert.deepEqual(await home.records("ideer", "forhaandsvist"), []);
    calm(page);
  });
}

test("a changed text is taken back, and its history has both", async () => {
  const page = await home.page(team);
  await visit(page, origin, "/ideer/kaffe-paa-hjul/");
  await page.getByRole("link", { name: "Ret", exact: true }).tap();
  await page.waitForURL(/\/ret\//);
  await page.locator(".felt-boks textarea").first().fill("En vogn med kaffe og te.");
  await press(page).tap();
  await page.waitForURL(/\/gemt\//);
  assert.match(await home.file("ideer/kaffe-paa-hjul.md"), /kaffe og te/);
  await undone(page);
  assert.doesNotMatch(await home.file("ideer/kaffe-paa-hjul.md"), /kaffe og te/);
  await visit(page, origin, "/historik/ideer/kaffe-paa-hjul/");
  await page.locator(".version", { hasText: "Team Åbrinken" }).last().getByRole("link", { name: /Se, hvad der er ændret/ }).tap();
  await page.locator(".forskel").waitFor();
  assert.match((await page.locator(".forskel ins").allInnerTexts()).join(), /og te/);
  calm(page);
});

test("does it still fit? One tap", async () => {
  const neighbours = await home.device("team-fjordvej");
  for (const [settings, name] of [[{}, "besoegsven-ordning"], [{ javaScriptEnabled: false }, "gammelt-tilbud"]]) {
    const page = await home.page(neighbours, settings);
    await visit(page, origin, `/lokalt/${name}/`);
    await page.getByRole("button", { name: "Ja, det passer stadig" }).first().tap();
    await page.waitForURL(/\/gemt\//);
    assert.match(await home.file(`lokalt/${name}.md`), /bekræftet: 2021-12-01/);
    await visit(page, origin, `/lokalt/${name}/`);
    assert.equal(await page.getByRole("button", { name: "Ja, det passer stadig" }).count(), 0, "it has been answered");
    calm(page);
  }
});
