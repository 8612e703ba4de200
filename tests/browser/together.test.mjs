// Several people at once: the same place, different places, and a question that is answered where it was asked.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { complaints } from "./axe.mjs";
import { THUMB, calm, open, save, visit } from "./harness.mjs";
import { stickingOut } from "./layout.mjs";
import { card, drafts, house, press } from "./writers.mjs";

const bench = await open();
after(() => bench.close());
const content = await bench.content();
const walk = (title) => `---\ntitel: ${title}\nteam: team-aabrinken\nfra: 2021-11-15\nønsker_hjælp: nej\n---\n\n## Hvad prøvede vi?\n\nVi går en tur efter frokost.\n\n## Hvad skete der?\n\nDer kom to med.\n`;
for (const name of ["begge", "min", "deres", "rettet", "uden", "forskel", "spurgt"]) await save(content, `proevehandlinger/tur-${name}.md`, walk(`Tur ${name}`));
const home = await house(bench, content);
const { origin } = home;
const team = await home.device("team-aabrinken");
const neighbours = await home.device("team-fjordvej");
const tried = (page) => page.locator("#b-hvad-proevede-vi");

/** Two of a team, each with the same form in hand; the first has saved. */
const two = async (name, theirs, settings = {}) => {
  const [one, other] = [await home.page(team), await home.page(team, settings)];
  for (const page of [one, other]) await visit(page, origin, `/ret/proevehandlinger/tur-${name}/`);
  await tried(one).fill(theirs);
  await press(one).tap();
  await one.waitForURL(/\/gemt\//);
  return other;
};

const CHOICES = {
  begge: ["Behold begge", /Den første skrev det her\.\s+Den anden skrev noget andet\./],
  min: ["Brug min", /## Hvad prøvede vi\?\n\nDen anden skrev noget andet\.\n\n## Hvad skete der/],
  deres: ["Behold deres", /## Hvad prøvede vi\?\n\nDen første skrev det her\.\n\n## Hvad skete der/],
};
for (const [name, [choice, outcome]] of Object.entries(CHOICES)) {
  for (const settings of [{}, { javaScriptEnabled: false }]) {
    const plain = settings.javaScriptEnabled === false;
    test(`the same place: »${choice}« is what stands there${plain ? ", without scripts" : ""}`, async () => {
      const page = await two(name, plain ? "Den første skrev det her. " : "Den første skrev det her.", settings);
      await tried(page).fill("Den anden skrev noget andet.");
      // What was written elsewhere in the same form goes along.
      await page.locator("#b-hvad-skete-der").fill(`Der kom tre med ${plain ? "uden" : "med"} scripts.`);
      await press(page).tap();
      await page.locator("[data-konflikt]").waitFor();
      for (const words of ["Den første skrev det her.", "Den anden skrev noget andet."]) {
        const text = page.locator(".konflikt-ord", { hasText: words });
        await text.scrollIntoViewIfNeeded();
        const place = await text.boundingBox();
        assert.ok(place.x >= 0 && place.x + place.width <= 360, `»${words}« is seen whole`);
      }
      assert.match(await page.locator(".konflikt-tekst").first().innerText(), /Team Åbrinken/);
      await card(page, choice).tap();
      await press(page).tap();
      await page.waitForURL(/\/gemt\//);
      const text = await home.file(`proevehandlinger/tur-${name}.md`);
      assert.match(text, outcome);
      assert.match(text, /Der kom tre med/);
      if (!plain) assert.deepEqual(await drafts(page), []);
      calm(page);
      // For the next round.
      await save(content, `proevehandlinger/tur-${name}.md`, walk(`Tur ${name}`));
      const reader = await home.page(team);
      await visit(reader, origin, `/proevehandlinger/tur-${name}/`);
      await reader.getByText("Vi går en tur efter frokost.").first().waitFor();
    });
  }
}

test("what is changed on the page of a conflict is what stands there, and a reload keeps it", async () => {
  const page = await two("rettet", "Den første skrev det her.");
  await tried(page).fill("Den anden skrev noget andet.");
  await press(page).tap();
  const field = page.locator("[data-konflikt] textarea");
  await field.fill("Vi blev enige om det her.");
  assert.ok(await card(page, "Brug min").locator("input").isChecked(), "what one changes is one's own");
  await page.waitForFunction(() => Object.values(localStorage).some((v) => v.includes("Vi blev enige")));
  await page.reload();
  await page.getByText(/^Din kladde fra/).waitFor();
  assert.equal(await field.inputValue(), "Vi blev enige om det her.");
  assert.deepEqual(await complaints(page), []);
  assert.deepEqual(await stickingOut(page), []);
  await press(page).tap();
  await page.waitForURL(/\/gemt\//);
  assert.match(await home.file("proevehandlinger/tur-rettet.md"), /Vi blev enige om det her\./);
  assert.deepEqual(await drafts(page), []);
});

test("what is written after an error stays too, when the page is loaded again", async () => {
  const page = await home.page(team);
  await visit(page, origin, "/ny/ideer/");
  await page.locator(".felt-boks textarea").first().fill("Før fejlen.");
  await press(page).tap();
  await page.locator(".fejl-samling").waitFor();
  await page.locator(".felt-boks textarea").first().fill("Før fejlen, og så meget mere bagefter.");
  await page.waitForFunction(() => Object.values(localStorage).some((v) => v.includes("meget mere")));
  await page.reload();
  await page.getByText(/^Din kladde fra/).waitFor();
  assert.equal(await page.locator(".felt-boks textarea").first().inputValue(), "Før fejlen, og så meget mere bagefter.");
  await page.locator("#f-titel").fill("Efter fejlen");
  await press(page).tap();
  await page.waitForURL(/\/gemt\//);
  assert.match(await home.file("ideer/efter-fejlen.md"), /meget mere bagefter/);
  assert.deepEqual(await drafts(page), []);
});

test("different places are put together without a question", async () => {
  const page = await two("forskel", "Vi går en lang tur efter frokost.");
  await page.locator("#b-hvad-skete-der").fill("Der kom fire med.");
  await page.locator("#f-titel").fill("Tur til forskel");
  await press(page).tap();
  await page.waitForURL(/\/gemt\//);
  const text = await home.file("proevehandlinger/tur-forskel.md");
  assert.match(text, /titel: Tur til forskel/);
  assert.match(text, /Vi går en lang tur efter frokost\./);
  assert.match(text, /Der kom fire med\./);
  calm(page);
});

test("a device that waits comes in by itself when it is let in", async () => {
  const page = await bench.page(THUMB);
  await page.goto(await home.board("team-moellebaek"));
  await page.locator("main form button.stor-knap").tap();
  await home.letIn(await page.locator(".adgang-tal").innerText());
  await page.getByText("Enheden er med.").waitFor();
  calm(page);
});

test("a question from one team, an answer from the other, and both stand on the page", async () => {
  const asks = await home.page(neighbours);
  await visit(asks, origin, "/proevehandlinger/tur-spurgt/");
  await asks.getByRole("link", { name: "Skriv en kommentar" }).tap();
  await asks.waitForURL(/\/kommentar\//);
  await press(asks).tap();
  await asks.locator(".fejl-samling").waitFor();
  await card(asks, "Spørgsmål").first().tap();
  await asks.locator(".felt-boks textarea").first().fill("Hvor langt gik I, når det regnede?");
  await press(asks).tap();
  await asks.waitForURL(/\/gemt\//);
  assert.deepEqual(await drafts(asks), []);

  const answers = await home.page(team);
  await visit(answers, origin, "/teammoede/team-aabrinken/");
  await answers.getByRole("link", { name: /Hvor langt gik I/ }).first().waitFor();
  await visit(answers, origin, "/proevehandlinger/tur-spurgt/");
  await answers.getByRole("link", { name: /Hvor langt gik I/ }).first().tap();
  await answers.waitForURL(/\/feedback\//);
  await answers.getByRole("link", { name: /svar/i }).first().tap();
  await answers.waitForURL(/\/svar\//);
  await answers.locator(".felt-boks textarea").fill("Kun til hjørnet og hjem igen.");
  await press(answers).tap();
  await answers.waitForURL(/\/gemt\//);
  assert.deepEqual(await drafts(answers), []);

  await visit(asks, origin, "/proevehandlinger/tur-spurgt/");
  const words = await asks.locator("main").innerText();
  assert.match(words, /Hvor langt gik I, når det regnede\?/);
  assert.match(words, /Kun til hjørnet og hjem igen\./, "criticism and answer stand together");
  calm(asks);
  calm(answers);
});
