// Nothing typed is lost: drafts through a reload, another tab, a killed browser, no network, a server
// that is killed in the middle of a save, and a session that has ended; and what must go, goes.
import assert from "node:assert/strict";
import { watch } from "node:fs";
import path from "node:path";
import { after, test } from "node:test";
import { calm, open, save, visit } from "./harness.mjs";
import { phone } from "./phone.mjs";
import { drafts, house, idea, kept, press } from "./writers.mjs";

const bench = await open();
after(() => bench.close());
const content = await bench.content();
await save(content, "ideer/kaffe-paa-hjul.md", "---\ntitel: Kaffe på hjul\nslags: idé\nteam: team-aabrinken\nønsker_hjælp: nej\n---\n\nEn vogn med kaffe.\n");
const home = await house(bench, content);
const { origin } = home;
const team = await home.device("team-aabrinken");

const box = (page) => page.locator(".felt-boks textarea").first();
const tray = (page, words) => page.locator(".bakke", { hasText: words });
const onDisk = (page) => page.locator("[data-kladde-status]", { hasText: "Kladden ligger på enheden" }).waitFor();
/** How many drafts the browser's second store holds. */
const deep = (page) => page.evaluate(() => new Promise((resolve) => {
  const asked = indexedDB.open("kaffe", 1);
  asked.onsuccess = () => {
    const count = asked.result.transaction("kladder").objectStore("kladder").count();
    count.onsuccess = () => resolve(count.result);
  };
}));
const shelf = (page, count) => page.waitForFunction((n) => Object.keys(localStorage).filter((k) => k.startsWith("kaffe.kladde.")).length === n, count);

test("a reload gives the draft back, and another tab is offered it", async () => {
  const page = await home.page(team);
  await visit(page, origin, "/ny/ideer/");
  await idea(page, "Kladde", "Halvt skrevet");
  await kept(page, "Halvt skrevet");
  await page.reload();
  await page.getByText(/^Din kladde fra/).waitFor();
  assert.equal(await page.locator("#f-titel").inputValue(), "Kladde");
  assert.equal(await box(page).inputValue(), "Halvt skrevet");
  const other = await bench.tab(page.context());
  await visit(other, origin, "/ny/ideer/?tekst=");
  await other.getByRole("button", { name: "Brug kladden" }).click();
  assert.equal(await other.locator("#f-titel").inputValue(), "Kladde");
  await other.getByRole("button", { name: "Smid den væk" }).click();
  assert.equal(await other.locator("#f-titel").inputValue(), "");
  await other.getByRole("button", { name: "Fortryd" }).click();
  assert.equal(await other.locator("#f-titel").inputValue(), "Kladde");
  calm(page);
  calm(other);
});

test("it is kept while somebody writes without a pause", async () => {
  const page = await home.page(team);
  await visit(page, origin, "/ny/ideer/");
  let writing = true;
  const long = box(page).pressSequentially("Begyndelsen står her, og så går det videre uden ophold. ".repeat(2), { delay: 30 }).then(() => { writing = false; });
  await kept(page, "Begyndelsen står her");
  assert.ok(writing, "it has not waited for the end");
  await long;
});

test("a browser that is killed brings the draft back", async () => {
  const profile = await bench.folder("profil");
  const first = await phone(bench, profile);
  await first.context.addCookies(team);
  const page = await first.context.newPage();
  await page.goto(`${origin}/ny/ideer/`);
  await idea(page, "Telefonen døde", "Lige før vi var færdige");
  await kept(page, "Lige før vi var færdige");
  await onDisk(page);
  await first.die();

  const second = await phone(bench, profile);
  await second.context.addCookies(team);
  const next = await second.context.newPage();
  await next.goto(`${origin}/ny/ideer/`);
  await next.getByRole("button", { name: "Brug kladden" }).click();
  assert.equal(await next.locator("#f-titel").inputValue(), "Telefonen døde");
  assert.equal(await box(next).inputValue(), "Lige før vi var færdige");
  await press(next).click();
  await next.waitForURL(/\/gemt\//);
  assert.deepEqual(await home.records("ideer", "telefonen-doede"), ["telefonen-doede.md"]);
  await second.die();
});

test("a browser that is killed while it waits for a network sends at its next page", async () => {
  const profile = await bench.folder("profil");
  const first = await phone(bench, profile);
  await first.context.addCookies(team);
  const page = await first.context.newPage();
  await page.goto(`${origin}/ny/ideer/`);
  await idea(page, "Tomt batteri", "Skrevet til sidst.");
  await first.context.setOffline(true);
  await press(page).click();
  await tray(page, "Sendes, når der er net").waitFor();
  await page.waitForFunction(() => new Promise((resolve) => {
    const asked = indexedDB.open("kaffe", 1);
    asked.onsuccess = () => {
      const all = asked.result.transaction("kladder").objectStore("kladder").getAll();
      all.onsuccess = () => resolve(all.result.some((d) => d.venter));
    };
  }));
  await first.die();
  assert.deepEqual(await home.records("ideer", "tomt-batteri"), []);

  const second = await phone(bench, profile);
  await second.context.addCookies(team);
  const next = await second.context.newPage();
  await next.goto(`${origin}/ideer/`);
  await tray(next, "Sendt").waitFor();
  assert.match(await home.file("ideer/tomt-batteri.md"), /Skrevet til sidst\./);
  assert.deepEqual(await home.records("ideer", "tomt-batteri"), ["tomt-batteri.md"]);
  await second.die();
});

test("no network: it waits, says so, and is sent once, though three tabs are open", async () => {
  const page = await home.page(team);
  await visit(page, origin, "/ny/ideer/");
  await idea(page, "Skrevet i kælderen", "Her er ikke net.");
  const others = [await bench.tab(page.context()), await bench.tab(page.context())];
  for (const [i, other] of others.entries()) await visit(other, origin, ["/ideer/", "/ny/ideer/?tekst="][i]);
  const posts = [];
  page.context().on("request", (request) => { if (request.method() === "POST") posts.push(request.url()); });
  await page.bringToFront();
  await page.context().setOffline(true);
  await press(page).click();
  await tray(page, "Sendes, når der er net").waitFor();
  assert.match(await tray(page, "Sendes").innerText(), /Ny idé|Skrevet i kælderen/);
  assert.equal((await drafts(page)).length, 1);
  await page.context().setOffline(false);
  await tray(page, "Sendt").waitFor();
  assert.deepEqual(await home.records("ideer", "skrevet-i-kaelderen"), ["skrevet-i-kaelderen.md"]);
  assert.equal(posts.length, 1, "one tab has sent it");
  await shelf(page, 0);
  assert.equal(await deep(page), 0);
  // The others know, and send nothing when they come to life.
  for (const other of others) {
    await other.reload();
    await other.evaluate(() => dispatchEvent(new Event("online")));
    await shelf(other, 0);
  }
  assert.equal(posts.length, 1);
  assert.equal((await home.commits()).filter((line) => line.includes("Skrevet i kælderen")).length, 1);
  await tray(page, "Sendt").getByRole("link", { name: "Se det" }).click();
  await page.getByRole("heading", { level: 1, name: "Skrevet i kælderen" }).waitFor();
});

/** When the server is killed while it saves: each gets the answer that will come, and ends when it is time. */
const MOMENTS = {
  "as the form is sent": async () => {},
  "as the file is written": (answer, name) => new Promise((resolve) => {
    const eye = watch(path.join(content, "ideer"), (_, changed) => {
      if (changed?.includes(name)) { eye.close(); resolve(); }
    });
    answer.then(() => { eye.close(); resolve(); });
  }),
  "as it answers": (answer) => answer,
};
for (const [moment, until] of Object.entries(MOMENTS)) {
  for (const kind of ["a new text", "a changed text"]) {
    test(`the server is killed ${moment}, with ${kind}: nothing is lost, and nothing is there twice`, async () => {
      const page = await home.page(team);
      const isNew = kind === "a new text";
      const words = `Ordene ${moment}`;
      const name = isNew ? `strom-${Object.keys(MOMENTS).indexOf(moment)}` : "kaffe-paa-hjul";
      const address = isNew ? "/ny/ideer/" : "/ret/ideer/kaffe-paa-hjul/";
      const before = await home.records("ideer");
      await visit(page, origin, address);
      if (isNew) await page.locator("#f-titel").fill(name);
      await box(page).fill(words);
      let again;
      const cut = new Promise((resolve, reject) => {
        page.route(`**${address}`, async (route) => {
          if (route.request().method() !== "POST") return route.continue();
          try {
            const answer = route.fetch({ maxRedirects: 0 }).catch(() => null);
            await until(answer, name);
            again = await home.die();
            await answer;
            await route.abort("connectionreset");
            resolve();
          } catch (error) { reject(error); }
        });
      });
      const failed = page.waitForEvent("requestfailed");
      await press(page).click({ noWaitAfter: true });
      await cut;
      await failed;
      await page.unroute(`**${address}`);
      await again();

      await page.goto(origin + address);
      // Saved, and so on the page; or back in the form; or offered.
      await page.waitForFunction((w) => document.querySelector(".felt-boks textarea").value === w || document.querySelector(".kladde button.knap"), words);
      const offered = page.getByRole("button", { name: "Brug kladden" });
      if (await offered.count()) await offered.click();
      assert.equal(await box(page).inputValue(), words, "the text is saved, or still in the browser");
      await press(page).click();
      await page.waitForURL(/\/gemt\//);
      const now = await home.records("ideer");
      assert.deepEqual(now.filter((file) => !before.includes(file)), isNew ? [`${name}.md`] : []);
      assert.equal((await home.file(`ideer/${name}.md`)).split(words).length, 2, "it stands there once");
      await shelf(page, 0);
    });
  }
}

test("what was sent without an answer is sent again by itself, and not twice", async () => {
  const page = await home.page(team);
  await visit(page, origin, "/ny/ideer/");
  await idea(page, "Svaret forsvandt", "Skrevet i elevatoren.");
  let done;
  const lost = new Promise((resolve) => { done = resolve; });
  await page.route("**/ny/ideer/", async (route) => {
    if (route.request().method() !== "POST") return route.continue();
    await route.fetch({ maxRedirects: 0 });
    await route.abort("connectionreset");
    done();
  });
  const failed = page.waitForEvent("requestfailed");
  await press(page).click({ noWaitAfter: true });
  await lost;
  await failed;
  await page.unroute("**/ny/ideer/");
  const later = await bench.tab(page.context());
  await later.addInitScript(() => { const now = Date.now; Date.now = () => now() + 60e3; });
  await visit(later, origin, "/ideer/");
  await tray(later, "Sendt").waitFor();
  assert.deepEqual(await home.records("ideer", "svaret-forsvandt"), ["svaret-forsvandt.md"]);
  await shelf(later, 0);
  calm(later);
});

test("a session that has ended: the text waits until somebody is in again", async () => {
  const page = await home.page(team);
  await visit(page, origin, "/ny/ideer/");
  await idea(page, "Logget ud", "Skrevet, mens døren gik i.");
  await page.context().clearCookies();
  await press(page).click();
  await page.waitForURL(/\/ind\//);
  assert.equal((await drafts(page)).length, 1);
  await page.context().addCookies(team);
  await visit(page, origin, "/ny/ideer/");
  await page.getByText(/^Din kladde fra/).waitFor();
  assert.equal(await box(page).inputValue(), "Skrevet, mens døren gik i.");
  await press(page).click();
  await page.waitForURL(/\/gemt\//);
  assert.deepEqual(await home.records("ideer", "logget-ud"), ["logget-ud.md"]);
});

test("a CPR number is never saved, and the text stays in the browser", async () => {
  const page = await home.page(team);
  await visit(page, origin, "/ny/ideer/");
  await idea(page, "Hos en borger", `Hendes nummer er ${["010203", "4567"].join("-")}.`);
  await press(page).click();
  await page.locator(".fejl-samling").waitFor();
  assert.doesNotMatch(await page.locator(".fejl-samling").innerText(), /4567/, "the message does not repeat it");
  assert.match(await box(page).inputValue(), new RegExp(["010203", "4567"].join("-")));
  assert.deepEqual(await home.records("ideer", "hos-en-borger"), []);
  assert.equal((await drafts(page)).length, 1);
  // Nor is it sent by itself, when there was no network.
  await page.context().setOffline(true);
  await press(page).click();
  await tray(page, "CPR").waitFor();
  await page.context().setOffline(false);
  assert.equal((await drafts(page))[0].venter ?? false, false);
  await box(page).fill("Hun vil gerne med ud.");
  await press(page).click();
  await page.waitForURL(/\/gemt\//);
  assert.deepEqual(await home.records("ideer", "hos-en-borger"), ["hos-en-borger.md"]);
  await shelf(page, 0);
});

test("»Ryd denne enhed« clears, everywhere", async () => {
  const page = await home.page(team);
  await visit(page, origin, "/ny/ideer/");
  await idea(page, "Kun for mig", "Det skal ikke ligge her.");
  await kept(page, "Det skal ikke ligge her.");
  await onDisk(page);
  await visit(page, origin, "/enhed/");
  const place = page.locator("[data-ryd-enhed]");
  await place.locator("li", { hasText: "Ny idé" }).waitFor();
  await place.getByRole("button").tap();
  await place.getByText("Enheden er ryddet.").first().waitFor();
  assert.deepEqual(await page.evaluate(() => Object.keys(localStorage).filter((k) => k.startsWith("kaffe."))), []);
  assert.equal(await deep(page), 0);
  await visit(page, origin, "/ny/ideer/");
  assert.equal(await page.locator("#f-titel").inputValue(), "");
  assert.equal(await page.locator(".kladde").count(), 0);
  calm(page);
});

test("a draft goes after seven days, and not before", async () => {
  const page = await home.page(team);
  await visit(page, origin, "/ny/ideer/");
  await idea(page, "Glemt", "Aldrig gjort færdig.");
  await kept(page, "Aldrig gjort færdig.");
  await onDisk(page);
  const after_ = async (days) => {
    const later = await bench.tab(page.context());
    await later.addInitScript((ms) => { const now = Date.now; Date.now = () => now() + ms; }, days * 864e5);
    await visit(later, origin, "/ny/ideer/?tekst=");
    return later;
  };
  const sixth = await after_(6.9);
  await sixth.getByRole("button", { name: "Brug kladden" }).waitFor();
  await sixth.close();
  const eighth = await after_(7.1);
  await shelf(eighth, 0);
  assert.equal(await deep(eighth), 0);
  assert.equal(await eighth.getByRole("button", { name: "Brug kladden" }).count(), 0);
});
