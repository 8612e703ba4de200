// What every browser test stands on: a copy of the content that a test may change, kaffe on a
// free port, and one Chromium for a whole file of tests. Nothing here sleeps, and nothing leaves
// the machine.
import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { cp, mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { chromium } from "playwright-core";

const run = promisify(execFile);

export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
export const CONTENT = path.join(ROOT, "content");
export const THEME = path.join(ROOT, "themes/kaffe");

/** The program under test; tests/run has built it. */
const KAFFE = process.env.KAFFE_BIN ?? path.join(process.env.CARGO_TARGET_DIR ?? path.join(ROOT, "target"), "debug/kaffe");
export const CHROMIUM = process.env.KAFFE_CHROMIUM ?? "/usr/bin/chromium";

/** The wiki's day, so that "this week" and "six months old" mean the same whenever the tests run. */
const TODAY = "2021-12-01";

/** As the browser must be started where there is no screen and no way out. */
export const QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

/** Held in one hand, with a thumb. */
export const THUMB = { viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true };
export const PHONE = { width: 360, height: 740 };
export const DESK = { width: 1280, height: 900 };
/** 1280 × 1024 at 400 % zoom leaves 320 × 256 CSS pixels: zooming and a narrow screen are one. */
export const ZOOMED = { width: 320, height: 256 };

/** How long a page may take on a busy machine before a test gives up. */
const PATIENCE = 30_000;

/**
 * Starts a browser for a file of tests and gives what they need; everything it has opened goes
 * away with `close()`.
 */
export async function open() {
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: QUIET });
  const undo = [];
  const bench = {
    browser,

    /** A new temporary folder. */
    async folder(name) {
      const made = await mkdtemp(path.join(tmpdir(), `kaffe-${name}-`));
      undo.push(() => rm(made, { recursive: true, force: true, maxRetries: 3 }));
      return made;
    },

    /** A copy of the shipped content that a test may change. */
    async content() {
      const folder = path.join(await bench.folder("content"), "content");
      await cp(CONTENT, folder, { recursive: true });
      return folder;
    },

    /** A server on a free port; gives its address without the last slash. */
    async serve(content, ...flags) {
      const server = await start(content, flags);
      undo.push(server.stop);
      return server.origin;
    },

    /**
     * A server where nobody has an account yet: its address, the link by which the person at the
     * keyboard signs in, once, and `die()`, which is a lost power cable; it gives what starts the same
     * server again, at the same address.
     */
    async house(content, ...flags) {
      let server = await start(content, flags);
      undo.push(() => server.stop());
      const { origin } = server;
      const die = async () => {
        await server.stop("SIGKILL");
        return async () => { server = await start(content, flags, new URL(origin).host); };
      };
      return { origin, link: await server.link, die };
    },

    /** What is to be undone when the tests are over. */
    later: (step) => undo.push(step),

    /** The published site as a folder. */
    async build(content, ...flags) {
      const out = path.join(await bench.folder("site"), "site");
      try {
        await run(KAFFE, ["build", content, "--out", out, "--today", TODAY, ...flags]);
      } catch (error) {
        assert.fail(`kaffe build failed:\n${error.stdout}${error.stderr}`);
      }
      return out;
    },

    /**
     * A page in a context of its own, which notes all that should not happen on it.
     * `settings`: viewport, colorScheme, javaScriptEnabled and the like.
     */
    async page(settings = {}) {
      const context = await browser.newContext({ viewport: DESK, locale: "da-DK", reducedMotion: "reduce", ...settings });
      context.setDefaultTimeout(PATIENCE);
      return bench.tab(context);
    },

    /** One more page of a context. */
    async tab(context) {
      const page = await context.newPage();
      page.troubles = await watch(page);
      return page;
    },

    async close() {
      await browser.close();
      for (const step of undo.reverse()) await step();
    },
  };
  return bench;
}

for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"]) process.once(signal, () => process.exit(1));

async function start(content, flags, listen = "127.0.0.1:0") {
  const child = spawn(KAFFE, ["serve", content, "--listen", listen, "--today", TODAY, ...flags], { stdio: ["ignore", "pipe", "pipe"] });
  // However the tests end, no server outlives them.
  const kill = () => child.kill();
  process.on("exit", kill);
  let log = "";
  child.stderr.on("data", (text) => { log += text; });
  const link = new Promise((resolve) => {
    child.stderr.on("data", () => {
      const found = log.match(/http:\S+\/ind\/foerste\/[^\s/]+\//);
      if (found) resolve(found[0]);
    });
  });
  const gone = new Promise((resolve) => child.once("exit", resolve));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const first = await Promise.race([lines.next(), gone.then(() => ({ done: true }))]);
  if (first.done) assert.fail(`kaffe serve ended before it had an address:\n${log}`);
  const stop = async (signal = "SIGTERM") => {
    child.kill(signal);
    await gone;
    process.off("exit", kill);
  };
  return { origin: new URL(first.value).origin, stop, link };
}

/**
 * Notes what no page may do: write to the console, fail, ask for anything outside its own origin,
 * break its own content policy, open a dialogue. Read and emptied by `calm()`.
 */
async function watch(page) {
  const troubles = [];
  page.on("console", (message) => {
    // What is missing or refused is told below, by its answer: the page itself may be just what was asked for.
    if (!/status of (404|409|422)/.test(message.text())) troubles.push(`console ${message.type()}: ${message.text()}`);
  });
  page.on("pageerror", (error) => troubles.push(`script error: ${error.message}`));
  page.on("dialog", (dialog) => {
    troubles.push(`dialogue: ${dialog.message()}`);
    dialog.dismiss().catch(() => {});
  });
  page.on("request", (request) => {
    const home = page.home ?? new URL(request.url()).origin;
    const url = new URL(request.url());
    const own = url.protocol === "file:" ? home === "null" : url.origin === home;
    if (!own) troubles.push(`request outside: ${request.url()}`);
  });
  page.on("requestfailed", (request) => {
    const reason = request.failure()?.errorText;
    // Leaving a page ends its open line to the server.
    if (reason !== "net::ERR_ABORTED") troubles.push(`request failed: ${request.url()} ${reason}`);
  });
  page.on("response", (response) => {
    // The page itself, or the page asking for itself again, may be what is missing.
    const inner = response.request().resourceType() !== "document" && response.url() !== page.url();
    if (inner && response.status() >= 400) troubles.push(`missing: ${response.status()} ${response.url()}`);
  });
  await page.exposeBinding("__kaffeTrouble", (_, what) => { troubles.push(what); }).catch(() => {});
  await page.addInitScript(() => {
    addEventListener("securitypolicyviolation", (e) => globalThis.__kaffeTrouble?.(`content policy: ${e.violatedDirective} ${e.blockedURI} ${e.sample}`), true);
  });
  return troubles;
}

/** Asserts that nothing has gone wrong on the page since it was last asked. */
export function calm(page, where = page.url()) {
  const found = page.troubles.splice(0);
  assert.deepEqual(found, [], `something happened on ${where} that should not`);
}

/** Goes to an address of a site and waits until everything on the page has come. */
export async function visit(page, origin, address) {
  page.home = new URL(origin).origin;
  const answer = await page.goto(origin + address, { waitUntil: "load" });
  return answer;
}

/** Writes a file as editors do: whole, beside, and moved over the old one. */
export async function save(folder, name, text) {
  const file = path.join(folder, name);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(`${file}.ny~`, text);
  await rename(`${file}.ny~`, file);
}

/** Lets `crew` workers share a list; gives nothing, and throws what the first one threw. */
export async function share(list, crew, work) {
  const rest = [...list];
  await Promise.all(crew.map(async (worker) => {
    while (rest.length > 0) await work(worker, rest.shift());
  }));
}
