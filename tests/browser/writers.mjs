// A house where people live: a wiki with a history, and the browsers of those who write in it, let in
// as they are in the world, through the pages for it.
import { execFile } from "node:child_process";
import { readFile, readdir } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { DESK, THUMB, visit } from "./harness.mjs";

const run = promisify(execFile);

/** Opens a house over `content`; with a history, as `kaffe init` would have made it. */
export async function house(bench, content, ...flags) {
  await run("git", ["init", "--quiet", "--initial-branch=main", content]);
  const { origin, link, die } = await bench.house(content, ...flags);
  const home = {
    origin,
    content,
    die,
    /** The one who came in by the link on the terminal. */
    admin: await admitted(bench, link),

    /** A page of somebody: of `home.admin`, or of what `device()` and `account()` gave. */
    async page(who, settings = {}) {
      const page = await bench.page({ ...THUMB, ...settings });
      await page.context().addCookies(who);
      return page;
    },

    /** The address that stands on a team's board. */
    async board(team) {
      const page = await home.page(home.admin, { viewport: DESK });
      await visit(page, origin, "/personer/");
      await unfold(page, page.locator("#link-team"));
      await page.locator("#link-team").selectOption(team);
      await page.getByRole("button", { name: "Lav linket" }).click();
      await page.locator(".teamlink-adresse b").waitFor();
      const address = await page.locator(".teamlink-adresse b").innerText();
      await page.context().close();
      return address;
    },

    /** Lets the device of an address in whose code is `code`. */
    async letIn(code) {
      const page = await home.page(home.admin, { viewport: DESK });
      await visit(page, origin, "/personer/");
      await page.locator("#venter li", { hasText: code }).getByRole("button", { name: /Lad den komme ind/ }).click();
      await page.waitForURL(/gjort=ind/);
      await page.context().close();
    },

    /** A phone of a team, let in. */
    async device(team) {
      const page = await bench.page(THUMB);
      await page.goto(await home.board(team));
      await page.locator("main form button.stor-knap").tap();
      await home.letIn(await page.locator(".adgang-tal").innerText());
      return keep(page);
    },

    /** Somebody with a name and a password. */
    async account(name, role, ...teams) {
      const admin = await home.page(home.admin, { viewport: DESK });
      await visit(admin, origin, "/personer/");
      await unfold(admin, admin.locator("#ny-navn"));
      await admin.locator("#ny-navn").fill(name);
      await admin.locator("#ny-rolle").selectOption(role);
      for (const team of teams) await admin.locator(`#ny-t-${team}`).check();
      await admin.locator("#ny-konto button[type=submit]").click();
      const password = await admin.locator(".adgang-hemmelig code").innerText();
      await admin.context().close();
      const page = await bench.page();
      await visit(page, origin, "/ind/");
      await page.locator("#navn").fill(name);
      await page.locator("#kodeord").fill(password);
      await page.keyboard.press("Enter");
      await page.waitForURL((url) => url.pathname !== "/ind/");
      return keep(page);
    },

    /** The text of a file of the content. */
    file: (name) => readFile(path.join(content, name), "utf8"),
    /** The records of a folder whose name begins with `start`. */
    async records(folder, start = "") {
      const all = await readdir(path.join(content, folder));
      return all.filter((name) => name.endsWith(".md") && name.startsWith(start)).sort();
    },
    /** The messages of all commits, newest first. */
    async commits() {
      const { stdout } = await run("git", ["-C", content, "log", "--format=%an: %s"]);
      return stdout.trim().split("\n");
    },
  };
  return home;
}

async function admitted(bench, link) {
  const page = await bench.page();
  await page.goto(link);
  await page.locator("main form button").click();
  await page.waitForURL(/\/personer\//);
  return keep(page);
}

/** Closes a page, and gives what makes another browser the same visitor. */
async function keep(page) {
  const { cookies } = await page.context().storageState();
  await page.context().close();
  return cookies;
}

/** Opens the fold that something lies in. */
async function unfold(page, place) {
  if (!(await place.isVisible())) await page.locator("details", { has: place }).locator("summary").click();
}

// ---- What a form holds, and what the browser keeps of it

/** The button that saves. */
export const press = (page) => page.locator(".knap-gem");

/** A card to choose, by its words. */
export const card = (page, words) => page.locator("label.valgkort", { hasText: words });

/** Fills a new idea. */
export async function idea(page, title, words) {
  await page.locator("#f-titel").fill(title);
  await page.locator(".felt-boks textarea").first().fill(words);
}

/** The drafts on this device, whole. */
export const drafts = (page) => page.evaluate(() => Object.keys(localStorage).filter((k) => k.startsWith("kaffe.kladde.")).map((k) => JSON.parse(localStorage[k])));

/** Waits until some words lie in a draft on this device. */
export const kept = (page, words) => page.waitForFunction((w) => Object.entries(localStorage).some(([k, v]) => k.startsWith("kaffe.kladde.") && v.includes(w)), words);
