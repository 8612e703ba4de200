// How soon a slow phone finds something in a published folder: `node offline-speed.mjs FOLDER
// QUERIES`. Opened from the disk in Chromium with its processor slowed four times; every query is
// typed letter by letter. Prints [load, first, median, p95, longest] in milliseconds.
import path from "node:path";
import { pathToFileURL } from "node:url";
import { PHONE, open } from "./harness.mjs";

const [folder, queries] = process.argv.slice(2);
const bench = await open();
try {
  const page = await bench.page({ viewport: PHONE });
  const slow = await page.context().newCDPSession(page);
  await slow.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  await page.goto(pathToFileURL(path.join(folder, "soeg/index.html")).href, { waitUntil: "load" });
  const times = await page.evaluate(async (asked) => {
    const begun = performance.now();
    await globalThis.kaffeSoeg.warm();
    const load = performance.now() - begun;
    const all = [];
    for (const query of asked) {
      for (let end = 2; end <= query.length; end += 1) {
        const from = performance.now();
        await globalThis.kaffeSoeg.ask(query.slice(0, end), { limit: 8 });
        all.push(performance.now() - from);
      }
    }
    return { load, all };
  }, JSON.parse(queries));
  const sorted = [...times.all].sort((a, b) => a - b);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  process.stdout.write(JSON.stringify([times.load, times.all[0], at(0.5), at(0.95), sorted.at(-1)]));
} finally {
  await bench.close();
}
