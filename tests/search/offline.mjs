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

// The stems of the index were made by kaffe, those of queries are made here: they must be the same.
const strange = (await globalThis.kaffeSoeg.words()).filter(([word, stem]) => globalThis.kaffeOrd.forms(word)?.stems[0] !== stem);
if (strange.length > 0) {
  const some = strange.slice(0, 20).map(([word, stem]) => `${word}: kaffe says ${stem}, the script ${globalThis.kaffeOrd.forms(word)?.stems[0]}`);
  throw new Error(`${strange.length} words have another stem in the script:\n${some.join("\n")}`);
}

const found = [];
for (const query of JSON.parse(await readFile(path.join(folder, "queries.json"), "utf8"))) {
  const { hits } = await globalThis.kaffeSoeg.ask(query, { limit: 10, snippets: true });
  found.push(hits.map((hit) => `${hit.kind}/${hit.id}`));
}
process.stdout.write(JSON.stringify(found));
