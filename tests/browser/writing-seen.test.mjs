// Can everybody use what one writes on? axe on every form, error, conflict and saved page and on the pages of
// people and of the week, on a phone and a desk, light and dark; and nothing sticks out at 320 px.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { COLOURS, complaints } from "./axe.mjs";
import { DESK, calm, open, save, share, visit } from "./harness.mjs";
import { stickingOut, unfold } from "./layout.mjs";
import { card, house, idea, press } from "./writers.mjs";

const bench = await open();
after(() => bench.close());
const content = await bench.content();
const running = "titel: Gåtur i gården\nteam: team-aabrinken\nfra: 2021-11-15\nønsker_hjælp: nej\n";
const body = "\n## Hvad prøvede vi?\n\nVi går en tur.\n\n## Hvad skete der?\n\nDer kom to.\n";
for (const name of ["gaatur", "sammen"]) await save(content, `proevehandlinger/${name}.md`, `---\n${running}---\n${body}`);
await save(content, "proevehandlinger/fortalt.md", `---\n${running}til: 2021-11-29\ngik_det: det-virkede\nbeslutning: justér\nsynlighed: offentlig\n---\n${body}`);
await save(content, "ideer/skrald.md", "---\ntitel: Kan slettes\nteam: team-aabrinken\n---\n\nSkrald.\n");
await save(content, "feedback/hvor-langt.md", "---\ntitel: Hvor langt gik I?\nom: [gaatur]\nafsender: kollega\nslags: spørgsmål\nstatus: åben\nteam: team-aabrinken\n---\n\nHvor langt gik I?\n");
const home = await house(bench, content);
const { origin } = home;
const team = await home.device("team-aabrinken");
const editor = await home.account("koordinatoren", "editor");
const TRIED = "proevehandlinger/gaatur/";

const at = (address) => (page) => visit(page, origin, address);
const refused = async (page) => {
  await press(page).click();
  await page.locator(".fejl-samling").waitFor();
};
/** A save that brings something new to every state that stands on it. */
const told = async (page, words) => {
  await visit(page, origin, "/ny/ideer/");
  await idea(page, words, "Ord.");
  await press(page).click();
  await page.waitForURL(/\/gemt\//);
};
const board = await home.board("team-fjordvej");
await (async () => {
  const page = await home.page(home.admin, { viewport: DESK });
  await visit(page, origin, "/personer/");
  const link = page.locator("#links li", { hasText: "Team Fjordvej" });
  await link.locator("summary").click();
  await link.locator("input[name=pin]").fill("482913");
  await link.getByRole("button").first().click();
  await page.waitForURL(/gjort=pin/);
  await page.context().close();
})();

/** What is looked at: who goes there, and how. */
const STATES = [
  ["a new idea", team, at("/ny/ideer/")],
  ["a new idea with errors", team, async (page) => { await at("/ny/ideer/")(page); await refused(page); }],
  ["a new experiment", team, at("/ny/proevehandlinger/")],
  ["a new experiment with errors", team, async (page) => { await at("/ny/proevehandlinger/")(page); await refused(page); }],
  ["a new offer", team, at("/ny/lokalt/")],
  ["a new offer with errors", team, async (page) => { await at("/ny/lokalt/")(page); await refused(page); }],
  ["a new finding", home.admin, at("/ny/fund/")],
  ["a new instruction", home.admin, at("/ny/anvisninger/")],
  ["a preview", team, async (page) => {
    await at("/ny/ideer/")(page);
    await idea(page, "Forhåndsvist", "Med *tryk* på og et [[kaffe-foerst]].");
    await page.locator("button[name=vis]").click();
    await page.locator(".forhaandsvisning").waitFor();
  }],
  ["a question about privacy", team, async (page) => {
    await at("/ny/ideer/")(page);
    await idea(page, "Hos fru Hansen", "Ring til fru Hansen på 20 30 40 50.");
    await refused(page);
  }],
  ["a CPR number", team, async (page) => {
    await at("/ny/ideer/")(page);
    await idea(page, "Nummer", `Nummeret er ${["010203", "4567"].join("-")}.`);
    await refused(page);
  }],
  ["similar records under a title", team, async (page) => {
    await at("/ny/ideer/")(page);
    await page.locator("#f-titel").pressSequentially("Termokande i tasken");
    await page.locator(".andre-titel").waitFor();
  }],
  ["a reference searched for", team, async (page) => {
    await at("/ny/proevehandlinger/")(page);
    await page.locator("details.flere-felter summary").click();
    await page.getByRole("combobox", { name: /^Hvor kom idéen fra/ }).click();
    await page.keyboard.type("rollator");
    await page.locator("[role=option]").first().waitFor();
  }],
  ["a draft that is offered", team, async (page) => {
    await at("/ny/ideer/")(page);
    await idea(page, "Kladden", "Halvt.");
    await page.locator("[data-kladde-status]:not([hidden])").waitFor();
    await at("/ny/ideer/?tekst=")(page);
    await page.getByRole("button", { name: "Brug kladden" }).waitFor();
  }],
  ["what waits for a network", team, async (page) => {
    await at("/ny/ideer/")(page);
    await idea(page, "Ventende", "Uden net.");
    await page.context().setOffline(true);
    await press(page).click();
    await page.locator(".bakke").waitFor();
  }],
  ["a text to change", team, at(`/ret/${TRIED}`)],
  ["which one to tell about", team, at("/fortael/")],
  ["how it went", team, at(`/fortael/${TRIED}`)],
  ["how it went, with errors", team, async (page) => { await at(`/fortael/${TRIED}`)(page); await refused(page); }],
  ["we did not get to it", team, async (page) => { await at(`/fortael/${TRIED}`)(page); await card(page, "Vi nåede det ikke").click(); }],
  ["a conflict", team, async (page) => {
    await at("/ret/proevehandlinger/sammen/")(page);
    const other = await home.page(team);
    await visit(other, origin, "/ret/proevehandlinger/sammen/");
    await other.locator("#b-hvad-proevede-vi").fill(`Den anden, ${Date.now()}.`);
    await press(other).click();
    await other.waitForURL(/\/gemt\//);
    await page.locator("#b-hvad-proevede-vi").fill("Den første.");
    await press(page).click();
    await page.locator("[data-konflikt]").waitFor();
  }],
  ["saved", team, (page) => told(page, "Gemt til axe")],
  ["undone", team, async (page) => {
    await told(page, "Fortrudt til axe");
    await page.getByRole("button", { name: "Fortryd" }).click();
    await page.getByRole("heading", { name: "Fortrudt" }).waitFor();
  }],
  ["a record of one's own", team, at(`/${TRIED}`)],
  ["a record that waits for a reader", editor, at("/proevehandlinger/fortalt/")],
  ["a history", team, at("/historik/proevehandlinger/sammen/")],
  ["what has changed", team, async (page) => {
    await at("/historik/proevehandlinger/sammen/")(page);
    await page.getByRole("link", { name: /Se, hvad der er ændret/ }).first().click();
    await page.locator(".forskel").waitFor();
  }],
  ["recent changes", team, at("/seneste/")],
  ["a comment", team, at(`/kommentar/${TRIED}`)],
  ["a comment with errors", team, async (page) => { await at(`/kommentar/${TRIED}`)(page); await refused(page); }],
  ["a comment on a place", team, at(`/kommentar/${TRIED}?overskrift=Hvad+skete+der%3F&citat=Der+kom+to.`)],
  ["an answer", team, at("/svar/feedback/hvor-langt/")],
  ["an answer with errors", team, async (page) => { await at("/svar/feedback/hvor-langt/")(page); await refused(page); }],
  ["deleting", team, at("/slet/ideer/skrald/")],
  ["a photo", team, at(`/billede/${TRIED}`)],
  ["a photo with errors", team, async (page) => { await at(`/billede/${TRIED}`)(page); await refused(page); }],
  ["the whole file", team, at(`/markdown/${TRIED}`)],
  ["the whole file with problems", team, async (page) => {
    await at(`/markdown/${TRIED}`)(page);
    await page.locator("#fil").fill("---\ntitel: Gåtur\nteam: team-som-ikke-er-der\nfra: i går\n---\n\nTekst.\n");
    await page.locator("button[name=vis]").click();
    await page.locator(".markdown-problemer").waitFor();
  }],
  ["signing in", [], at("/ind/")],
  ["a wrong password", [], async (page) => {
    await at("/ind/")(page);
    await page.locator("#navn").fill("koordinatoren");
    await page.locator("#kodeord").fill("helt forkert");
    await page.keyboard.press("Enter");
    await page.locator("#fejl").waitFor();
  }],
  ["a team's link", [], (page) => page.goto(board)],
  ["a device that waits", [], async (page) => {
    await page.goto(board);
    await page.locator("main form button.stor-knap").click();
    await page.locator(".adgang-tal").waitFor();
  }],
  ["a wrong PIN", [], async (page) => {
    await page.goto(board);
    await page.locator(".adgang-fold summary").click();
    await page.locator("#pin").fill("000000");
    await page.keyboard.press("Enter");
    await page.locator("#fejl").waitFor();
  }],
  ["a device let in by its PIN", [], async (page) => {
    await page.goto(board);
    await page.locator(".adgang-fold summary").click();
    await page.locator("#pin").fill("482913");
    await page.keyboard.press("Enter");
    await page.getByText("Enheden er med.").waitFor();
  }],
  ["a link that is none", [], at("/ind/abcdefghijklmnop/")],
  ["a team's device", team, at("/enhed/")],
  ["one's own account", editor, at("/enhed/")],
  ["nobody's device", [], at("/enhed/")],
  ["people and links", home.admin, at("/personer/")],
  ["the sheet for the board", home.admin, async (page) => {
    await at("/personer/")(page);
    await page.locator("#links li a.knap-anden").first().click();
    await page.locator(".teamlink-qr").waitFor();
  }],
  ["a new account's password", home.admin, async (page) => {
    await at("/personer/")(page);
    await unfold(page);
    await page.locator("#ny-navn").fill(`Prøve ${Date.now()}`);
    await page.locator("#ny-konto button[type=submit]").click();
    await page.locator(".adgang-hemmelig").waitFor();
  }],
  ["what is for others", team, at("/personer/")],
  ["the start page of a team", team, at("/")],
  ["the start page of the coordinator", editor, at("/")],
  ["a team's meeting", team, at("/teammoede/team-aabrinken/")],
  ["the coach's page", editor, at("/coach/")],
  ["the calendar", team, at("/kalender/")],
  ["Oprydning", editor, at("/oprydning/")],
];

test("axe finds nothing where one writes, and nothing sticks out", { concurrency: 2 }, async (t) => {
  await share(STATES, [1, 2], async (_, [name, who, go]) => {
    await t.test(name, async () => {
      const page = await home.page(who);
      await go(page);
      await unfold(page);
      const found = [];
      for (const [width, height] of [[360, 640], [1280, 900]]) {
        await page.setViewportSize({ width, height });
        for (const colorScheme of ["light", "dark"]) {
          await page.emulateMedia({ colorScheme });
          const all = colorScheme === "light" ? undefined : COLOURS;
          for (const line of await complaints(page, all)) found.push(`${width} px ${colorScheme}: ${line}`);
        }
      }
      assert.deepEqual(found, [], `${name} has violations`);
      await page.setViewportSize({ width: 320, height: 640 });
      assert.deepEqual(await stickingOut(page), [], `${name} at 320 px`);
      const words = `${await page.title()}\n${await page.locator("body").innerText()}`;
      assert.deepEqual(words.match(/.*(\{[a-z_]+\}|\{\{|\bundefined\b|\bnull\b|\bNaN\b).*/g) ?? [], [], `${name} shows a place that was meant for a word`);
      // Nobody is to hit two things with one thumb, or miss one.
      await page.setViewportSize({ width: 360, height: 640 });
      const small = await page.evaluate(() => [...document.querySelectorAll("main :is(button, .knap, .valgkort, input:not([type=hidden]), select, textarea, summary)")]
        .filter((el) => el.checkVisibility() && !el.closest(".valgkort:not(:scope)") && el.getBoundingClientRect().height < 24)
        .map((el) => `${el.localName}.${el.className} "${el.textContent.trim().slice(0, 30)}" is ${Math.round(el.getBoundingClientRect().height)} px high`));
      assert.deepEqual(small, [], `${name} has something too small for a thumb`);
      page.troubles.splice(0, page.troubles.length, ...page.troubles.filter((line) => !/status of 40[013]|ERR_INTERNET_DISCONNECTED/.test(line)));
      calm(page);
      await page.context().close();
    });
  });
});

for (const [name, address] of [["another team's record to change", "/ret/ideer/ti-minutter-ved-bordet/"], ["nothing to change", "/ret/ideer/findes-ikke/"]]) {
  test(`${name}: a page says so`, async () => {
    const page = await home.page(team);
    await visit(page, origin, address);
    assert.equal(await page.locator("h1").count(), 1);
    assert.deepEqual(await complaints(page), []);
  });
}
