// Asks the search of a published site in Node: `node offline.mjs FOLDER` reads queries.json there
// and writes the keys that each query finds.
import { readFile } from "node:fs/promises";
import path from "node:path";
import { runInThisContext } from "node:vm";

const folder = process.argv[2];
const run = async (name) => runInThisContext(await readFile(path.join(folder, name), "utf8"), name);
globalThis.kaffeHent = (name) => run(`soeg/indeks/${name}.js`);
await run("tema/soegeord.js");
await run("tema/soegning.js");

const found = [];
for (const query of JSON.parse(await readFile(path.join(folder, "queries.json"), "utf8"))) {
  const { hits } = await globalThis.kaffeSoeg.ask(query, { limit: 10, snippets: true });
  found.push(hits.map((hit) => `${hit.kind}/${hit.id}`));
}
process.stdout.write(JSON.stringify(found));
