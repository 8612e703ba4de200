// Answers while one types: under every search field, by keys, mouse and thumb, and never in the way.
import assert from "node:assert/strict";
import path from "node:path";
import { after, test } from "node:test";
import { complaints } from "./axe.mjs";
import { DESK, PHONE, ZOOMED, calm, open, save, visit } from "./harness.mjs";

const bench = await open();
after(() => bench.close());
const content = await bench.content();
const origin = await bench.serve(content);

const RECORD = "/ideer/rollator-race/";
const API = "**/api/search?*";
const TABLET = { width: 768, height: 1024 };
const HEADER = "#soeg-top";
const BIG = "#soeg";

const list = (page) => page.getByRole("listbox", { name: "Forslag" });
const options = (page) => list(page).getByRole("option");
const standing = (page) => list(page).locator("[aria-selected=true]");
const all = (page) => options(page).last();
const closed = async (page) => {
  await list(page).waitFor({ state: "detached" });
  assert.equal(await page.locator("[aria-expanded=true], [aria-activedescendant]").count(), 0, "the field says that it is closed");
};

/** A page with a search field that has the focus; `before` prepares it. */
async function field(settings = {}, where = "/", id = BIG, before = () => {}) {
  const page = await bench.page(settings);
  await before(page);
  await visit(page, origin, where);
  await page.locator(id).focus();
  return page;
}

/** Types as people do, and waits until the list is about all of it. */
async function type(page, words) {
  await page.keyboard.type(words);
  const asked = await page.evaluate(() => document.activeElement.value);
  await about(page, asked);
}
const about = (page, words) => page.locator(`.soeg-alle[href$="?${new URLSearchParams({ q: words })}"]`).waitFor();

const ask = async (words) => (await fetch(`${origin}/api/search?${new URLSearchParams({ q: words, limit: 8 })}`)).json();

/** An answer of our own making. */
const answer = (...titles) => ({
  total: titles.length,
  hits: titles.map((title, i) => ({ id: `nr-${i}`, kind: "ide", url: RECORD, title, snippet: "", score: 1, example: false })),
  kinds: [{ kind: "ide", count: titles.length }],
  suggestions: [],
});

/**
 * A page on which the test decides when each question is answered, and with what:
 * `await asked(words)` gives a function that answers.
 */
async function held() {
  const waiting = new Map();
  const slot = (words) => {
    if (!waiting.has(words)) {
      const made = {};
      made.came = new Promise((resolve) => { made.come = resolve; });
      waiting.set(words, made);
    }
    return waiting.get(words);
  };
  const page = await field({}, "/", BIG, (p) => p.route(API, (route) => slot(new URL(route.request().url()).searchParams.get("q")).come(route)));
  const asked = async (words) => {
    const route = await slot(words).came;
    // The page may have given up the question meanwhile; that is its right.
    return (json) => route.fulfill({ json }).catch(() => {});
  };
  return { page, asked };
}

/** Waits until the page has painted, and so done what was waiting. */
const painted = (page) => page.evaluate(() => new Promise((done) => { requestAnimationFrame(() => requestAnimationFrame(done)); }));

test("typing shows what there is, by kind, the best first", async (t) => {
  for (const [name, size, where, id] of [["the start page", PHONE, "/", BIG], ["the search page", TABLET, "/soeg/", BIG], ["the header", DESK, RECORD, HEADER]]) {
    await t.test(`from ${name} at ${size.width} px`, async () => {
      const page = await field({ viewport: size }, where, id);
      await type(page, "rolla");
      const told = await ask("rolla");
      assert.ok(told.hits.length > 3, "there is something to show");
      const kinds = [...new Set(told.hits.map((h) => h.kind))];
      const label = (kind) => told.kinds.find((k) => k.kind === kind)?.label ?? told.hits.find((h) => h.kind === kind).kind_label ?? kind;
      const seen = await list(page).getByRole("group").evaluateAll((groups) => groups.map((g) => [
        document.getElementById(g.getAttribute("aria-labelledby")).textContent,
        [...g.querySelectorAll("[role=option]")].map((o) => [o.getAttribute("href"), o.querySelector(".soeg-titel").textContent]),
      ]));
      assert.deepEqual(seen, kinds.map((kind) => [label(kind), told.hits.filter((h) => h.kind === kind).map((h) => [h.url, h.title])]));
      assert.equal(await options(page).count(), told.hits.length + 1);
      assert.match(await all(page).innerText(), new RegExp(`\\b${told.total}\\b`));
      assert.equal((await list(page).locator(".soeg-titel mark").first().innerText()).toLowerCase(), "rolla");

      const box = page.getByRole("combobox");
      assert.equal(await box.getAttribute("aria-expanded"), "true");
      assert.equal(await box.getAttribute("aria-controls"), await list(page).getAttribute("id"));
      assert.equal(await box.getAttribute("aria-autocomplete"), "list");
      assert.equal(await standing(page).count(), 0, "nothing is chosen for the reader");
      assert.ok(await box.evaluate((f) => f === document.activeElement), "the focus stays in the field");
      await page.getByRole("status").filter({ hasText: `${told.hits.length} forslag` }).waitFor({ state: "attached" });
      calm(page);
      await page.close();
    });
  }
});

test("the arrows go through the list, and Enter goes there", async () => {
  const page = await field();
  await type(page, "rolla");
  const box = page.locator(BIG);
  const rows = await options(page).count();
  const stands = async (nth) => {
    if (nth === null) {
      assert.equal(await standing(page).count(), 0);
      return assert.equal(await box.getAttribute("aria-activedescendant"), null);
    }
    assert.equal(await standing(page).count(), 1);
    assert.equal(await box.getAttribute("aria-activedescendant"), await options(page).nth(nth).getAttribute("id"));
    const [row, frame] = [await standing(page).boundingBox(), await list(page).boundingBox()];
    assert.ok(row.y >= frame.y - 1 && row.y + row.height <= frame.y + frame.height + 1, "it is in sight");
  };
  await stands(null);
  for (let i = 0; i < rows; i += 1) {
    await page.keyboard.press("ArrowDown");
    await stands(i);
  }
  await page.keyboard.press("ArrowDown");
  await stands(null);
  await page.keyboard.press("ArrowUp");
  await stands(rows - 1);
  await page.keyboard.press("ArrowUp");
  await stands(rows - 2);
  await page.keyboard.press("Home");
  await stands(null);
  assert.equal(await box.evaluate((f) => f.selectionStart), 0, "Home belongs to the text");
  await page.keyboard.press("End");
  assert.equal(await box.evaluate((f) => f.selectionStart), 5);

  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  const target = await options(page).nth(1).getAttribute("href");
  await page.keyboard.press("Enter");
  await page.waitForURL(origin + target);
  await page.goBack();
  await page.waitForURL(`${origin}/`);
  await closed(page);

  await page.locator(BIG).fill("rolla");
  await about(page, "rolla");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Enter");
  await page.waitForURL(`${origin}/soeg/?q=rolla`);
  await closed(page);
  calm(page);
});

test("Enter without a choice searches as ever", async () => {
  const page = await field();
  await type(page, "rolla");
  await page.keyboard.press("Enter");
  await page.waitForURL(`${origin}/soeg/?q=rolla`);
  assert.ok(await page.locator(".fund").count());
  calm(page);
});

test("Esc closes, then clears; Tab and a click beside it close; the arrows open again", async () => {
  const page = await field({}, RECORD, HEADER);
  const box = page.locator(HEADER);
  await type(page, "rolla");
  await page.keyboard.press("Escape");
  await closed(page);
  assert.equal(await box.inputValue(), "rolla");
  await page.keyboard.press("ArrowDown");
  await about(page, "rolla");
  await page.keyboard.press("Escape");
  await closed(page);
  await page.keyboard.press("Escape");
  assert.equal(await box.inputValue(), "");

  await type(page, "rolla");
  await page.keyboard.press("Tab");
  await closed(page);
  assert.equal(await page.evaluate(() => document.activeElement.type), "submit", "the next stop is the button");
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("ArrowUp");
  await about(page, "rolla");
  await page.locator("h1").click();
  await closed(page);
  await box.fill("");
  await type(page, "ro");
  await box.fill("");
  await closed(page);
  calm(page);
});

test("an option is a link: a click and a tap follow it, Ctrl opens a new tab", async (t) => {
  await t.test("with a mouse", async () => {
    const page = await field({}, RECORD, HEADER);
    await type(page, "kaffe");
    const link = options(page).first();
    const target = origin + await link.getAttribute("href");
    const [tab] = await Promise.all([page.context().waitForEvent("page"), link.click({ modifiers: ["ControlOrMeta"] })]);
    await tab.waitForURL(target);
    await tab.close();
    await page.bringToFront();
    const [other] = await Promise.all([page.context().waitForEvent("page"), link.click({ button: "middle" })]);
    await other.waitForURL(target);
    await other.close();
    assert.equal(page.url(), origin + RECORD);
    assert.ok(await page.locator(HEADER).evaluate((f) => f === document.activeElement), "the focus is still in the field");
    await link.click();
    await page.waitForURL(target);
    calm(page);
  });
  await t.test("with a thumb", async () => {
    const page = await field({ viewport: PHONE, hasTouch: true, isMobile: true });
    await type(page, "kaffe");
    const link = options(page).first();
    const target = origin + await link.getAttribute("href");
    await link.tap();
    await page.waitForURL(target);
    calm(page);
  });
});

test("an old answer never comes over a new one, and the list stays until the new one is here", async (t) => {
  await t.test("from the server", async () => {
    const { page, asked } = await held();
    await page.keyboard.type("a");
    const first = await asked("a");
    await page.keyboard.type("b");
    (await asked("ab"))(answer("Nummer to"));
    await options(page).filter({ hasText: "Nummer to" }).waitFor();
    await first(answer("Nummer et"));
    await painted(page);
    assert.deepEqual(await list(page).locator(".soeg-titel").allInnerTexts(), ["Nummer to"]);

    await page.keyboard.type("c");
    const third = await asked("abc");
    assert.deepEqual(await list(page).locator(".soeg-titel").allInnerTexts(), ["Nummer to"], "nothing flickers meanwhile");
    await third(answer("Nummer tre"));
    await options(page).filter({ hasText: "Nummer tre" }).waitFor();

    // What has been asked before needs no new question.
    await page.keyboard.press("Backspace");
    await options(page).filter({ hasText: "Nummer to" }).waitFor();
    calm(page);
  });
  await t.test("from a search that the page brings with it, and that cannot be called back", async () => {
    const page = await field({}, "/", BIG, (p) => p.addInitScript(() => {
      globalThis.held = {};
      globalThis.kaffeSoeg = { ask: (q, how) => new Promise((resolve) => { globalThis.held[q] = { how, resolve }; }) };
    }));
    const reply = (words, told) => page.evaluate(([q, a]) => globalThis.held[q].resolve(a), [words, told]);
    await page.keyboard.type("ab");
    assert.deepEqual(await page.evaluate(() => globalThis.held.ab.how), { limit: 8 });
    await reply("ab", answer("Nummer to"));
    await options(page).filter({ hasText: "Nummer to" }).waitFor();
    await reply("a", answer("Nummer et"));
    await painted(page);
    assert.deepEqual(await list(page).locator(".soeg-titel").allInnerTexts(), ["Nummer to"]);
    await page.keyboard.type("c");
    await page.keyboard.press("Escape");
    await reply("abc", answer("Nummer tre"));
    await painted(page);
    await closed(page);
    calm(page);
  });
});

test("every key is asked at once, and the one before is given up", async () => {
  const { page, asked } = await held();
  const gone = page.waitForEvent("requestfailed", (r) => r.url().includes("q=r&"));
  await page.keyboard.type("r");
  await asked("r");
  await page.keyboard.type("o");
  await asked("ro");
  assert.equal((await gone).failure().errorText, "net::ERR_ABORTED");
  await page.keyboard.press("Escape");
});

test("nothing on the page moves", async (t) => {
  for (const [name, size, where, id] of [["the start page", PHONE, "/", BIG], ["the start page", DESK, "/", BIG], ["the search page", TABLET, "/soeg/?q=samtale", BIG], ["a record", DESK, RECORD, HEADER]]) {
    await t.test(`on ${name} at ${size.width} px`, async () => {
      const page = await field({ viewport: size }, where, id);
      await page.locator(id).fill("");
      const places = () => page.evaluate(() => {
        const around = [...document.querySelectorAll("body *")].filter((el) => !el.closest(".soeg-svar, .kun-oplaest, .soeg-felt"));
        return { wide: document.documentElement.scrollWidth, high: document.documentElement.scrollHeight, top: scrollY, boxes: around.map((el) => JSON.stringify(el.getBoundingClientRect())) };
      });
      await painted(page);
      const before = await places();
      await page.evaluate(() => {
        globalThis.shifts = [];
        new PerformanceObserver((seen) => globalThis.shifts.push(...seen.getEntries().map((e) => e.value))).observe({ type: "layout-shift" });
      });
      for (const letters of ["ka", "f", "f", "e"]) {
        await type(page, letters);
        await painted(page);
        assert.deepEqual(await places(), before, `after ${letters}`);
      }
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("Escape");
      await painted(page);
      assert.deepEqual(await places(), before, "when it is closed again");
      assert.deepEqual(await page.evaluate(() => globalThis.shifts), []);
      calm(page);
      await page.close();
    });
  }
});

test("a phone shows it whole: as wide as the field, room for a thumb, above the keyboard", async () => {
  const page = await field({ viewport: PHONE });
  await type(page, "kaffe");
  const frame = page.locator(".soeg-svar");
  const felt = await page.locator(".soeg-felt").boundingBox();
  const fits = async (height) => {
    await page.waitForFunction((h) => document.querySelector(".soeg-svar").getBoundingClientRect().bottom <= h, height);
    const box = await frame.boundingBox();
    assert.ok(Math.abs(box.x - felt.x) <= 1 && Math.abs(box.width - felt.width) <= 2, `the list ${JSON.stringify(box)} under the field ${JSON.stringify(felt)}`);
    assert.ok(box.height >= 150, `${box.height} px high`);
  };
  await fits(PHONE.height);
  for (const row of await options(page).all()) assert.ok((await row.boundingBox()).height >= 44);

  // The keyboard comes up: the list takes what is left, and its last row can still be reached.
  const low = { width: 360, height: 420 };
  await page.keyboard.press("Escape");
  await page.setViewportSize(low);
  await page.locator(BIG).evaluate((f) => f.scrollIntoView({ block: "end" }));
  await page.keyboard.type("n");
  await about(page, "kaffen");
  await fits(low.height);
  await page.keyboard.press("ArrowUp");
  const last = await all(page).boundingBox();
  assert.ok(last.y + last.height <= low.height);

  await page.setViewportSize(ZOOMED);
  await painted(page);
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), ZOOMED.width, "nothing sticks out");
  calm(page);
});

test("axe finds nothing in an open list, and dark is dark", async (t) => {
  for (const [size, where, id] of [[PHONE, "/", BIG], [TABLET, "/soeg/?q=rollator", BIG], [DESK, RECORD, HEADER]]) {
    await t.test(`on ${where} at ${size.width} px`, async () => {
      const page = await field({ viewport: size }, where, id);
      const found = [];
      for (const words of ["kaffe", "rolator", "xyzzyqvw"]) {
        await page.locator(id).fill(words);
        await about(page, words);
        await page.keyboard.press("ArrowDown");
        const grounds = [];
        for (const colorScheme of ["light", "dark"]) {
          await page.emulateMedia({ colorScheme });
          for (const line of await complaints(page)) found.push(`${words}, ${colorScheme}: ${line}`);
          grounds.push(await page.locator(".soeg-svar").evaluate((p) => parseInt(getComputedStyle(p).backgroundColor.match(/\d+/)[0], 10)));
        }
        assert.ok(grounds[0] > 240 && grounds[1] < 60, `the grounds are ${grounds}`);
      }
      assert.deepEqual(found, []);
      calm(page);
      await page.close();
    });
  }
});

test("a slip of the finger is met with the right word", async () => {
  const page = await field();
  await type(page, "rolator");
  const hint = options(page).first();
  assert.equal(await hint.innerText(), "Mente du »rollator«?");
  assert.equal(await hint.getAttribute("href"), `${origin}/soeg/?q=rollator`);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await about(page, "rollator");
  assert.equal(await page.locator(BIG).inputValue(), "rollator");
  assert.equal(await list(page).locator(".soeg-mente").count(), 0);
  assert.equal(await standing(page).count(), 0);
  assert.equal(page.url(), `${origin}/`);
  calm(page);
});

test("nothing found is said quietly, with a way on", async () => {
  const page = await field();
  await type(page, "xyzzyqvw");
  const note = page.locator(".soeg-tomt");
  assert.equal(await note.innerText(), "Ingen svar endnu. Prøv et andet ord.");
  assert.equal(await options(page).count(), 1);
  await page.getByRole("status").filter({ hasText: "Ingen svar endnu" }).waitFor({ state: "attached" });
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.waitForURL(`${origin}/soeg/?q=xyzzyqvw`);
  await page.locator(".tomt-svar").waitFor();
  calm(page);
});

test("what people have written is shown as text", async () => {
  const { page, asked } = await held();
  const nasty = "<img src=x onerror=alert(1)> & »Kåffe«";
  await page.keyboard.type("kaaffe");
  const told = answer(nasty, "Uden ordet");
  told.hits[1].snippet = `${"Der står meget, før det kommer. ".repeat(3)}Så kåffe <b>fed</b>.`;
  told.hits[1].team = { title: "Team <i>skrå</i>" };
  await (await asked("kaaffe"))(told);
  await about(page, "kaaffe");
  assert.deepEqual(await list(page).locator(".soeg-titel").allInnerTexts(), [nasty, "Uden ordet"]);
  assert.deepEqual(await list(page).locator("mark").allInnerTexts(), ["Kåffe", "kåffe"], "aa is å");
  assert.match(await list(page).locator(".soeg-uddrag").textContent(), /^… .{0,30}kåffe <b>fed<\/b>\.$/);
  assert.equal(await list(page).locator("img, i, .soeg-uddrag b").count(), 0);
  await page.keyboard.press("Escape");
  calm(page);
});

test("a search that fails leaves the form as it was", async () => {
  const page = await field({}, "/", BIG, (p) => p.route(API, (route) => (route.request().url().includes("q=rol&") ? route.fulfill({ status: 503, json: {} }) : route.continue())));
  await type(page, "ro");
  await page.keyboard.type("l");
  await closed(page);
  page.troubles.splice(0); // the browser tells about the 503 by itself
  await page.keyboard.press("Enter");
  await page.waitForURL(`${origin}/soeg/?q=rol`);
  calm(page);
});

/** A record that only this test knows. */
const idea = (title) => `---\ntitel: ${title}\nteam: team-aabrinken\neksempel: ja\nkommer_fra: eksempel\n---\n\nEn lille tekst.\n`;
/** Waits until the page has looked at itself again after a change. */
const looked = (page) => page.waitForResponse((r) => r.request().headers()["x-kaffe-live"] === "1").then((r) => r.finished());

test("somebody else writes meanwhile", async (t) => {
  await t.test("the new text is found, though the same was asked before", async () => {
    const page = await field({ viewport: DESK });
    await type(page, "kvistgren");
    assert.equal(await page.locator(".soeg-tomt").count(), 1);
    await page.keyboard.press("Escape");
    const seen = looked(page);
    await save(content, "ideer/kvistgren.md", idea("Kvistgren i vasen"));
    await seen;
    await page.keyboard.press("ArrowDown");
    await options(page).filter({ hasText: "Kvistgren i vasen" }).waitFor();
    calm(page);
  });
  await t.test("the page under an open list is exchanged, and the list stays", async () => {
    const page = await field({ viewport: DESK });
    await type(page, "rolla");
    await page.keyboard.press("ArrowDown");
    const old = await page.locator(BIG).elementHandle();
    await page.evaluate(() => {
      globalThis.gaps = 0;
      new MutationObserver(() => { globalThis.gaps += document.querySelector(".soeg-svar") ? 0 : 1; }).observe(document, { subtree: true, childList: true });
    });
    await save(content, "proevehandlinger/aaa-ny.md", "---\ntitel: Aaa, noget helt nyt\nteam: team-aabrinken\nfra: 2021-11-30\neksempel: ja\nkommer_fra: eksempel\n---\n\nEn lille tekst.\n");
    await page.waitForFunction((f) => !f.isConnected, old);
    await painted(page);
    assert.equal(await page.evaluate(() => globalThis.gaps), 0, "it was there all the time");
    const box = page.locator(BIG);
    assert.equal(await box.getAttribute("role"), "combobox");
    assert.equal(await box.getAttribute("aria-expanded"), "true");
    assert.ok(await box.evaluate((f) => f === document.activeElement));
    assert.equal(await box.getAttribute("aria-activedescendant"), await standing(page).getAttribute("id"));
    await page.keyboard.type("t");
    await about(page, "rollat");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.waitForURL((url) => url.pathname !== "/");
    calm(page);
  });
  await t.test("a page that has not changed is left alone, open list or not", async () => {
    const page = await field({ viewport: DESK }, "/soeg/?q=xyzzyqvw");
    const box = await page.locator(BIG).elementHandle();
    for (const word of ["en", "to"]) {
      const seen = looked(page);
      await save(content, "ideer/kvistgren.md", idea(`Kvistgren nummer ${word}`));
      await seen;
      await painted(page);
      assert.ok(await box.evaluate((f) => f.isConnected), "the same field stands there");
      await page.locator(BIG).fill("rolla");
      await about(page, "rolla");
    }
    calm(page);
  });
});

test("without scripts the field is a plain one", async () => {
  const page = await bench.page({ javaScriptEnabled: false });
  await visit(page, origin, "/");
  const box = page.locator("main").getByRole("searchbox");
  await box.fill("rolla");
  assert.equal(await page.locator("[role=combobox], .soeg-svar").count(), 0);
  await page.keyboard.press("Enter");
  await page.waitForURL(`${origin}/soeg/?q=rolla`);
  assert.ok(await page.locator(".fund").count());
  calm(page);
});
