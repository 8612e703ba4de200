// The pages that stand for all: at least one of every template, on each of the faces that kaffe
// shows the same records with.
import { readFile } from "node:fs/promises";
import path from "node:path";
import { save } from "./harness.mjs";

/** A record whose front matter cannot be read. */
export const BROKEN = "---\ntitel: \"Gået i stykker\nteam: [team-aabrinken\n---\n\nTeksten står her stadig.\n";

/** The wiki as the project sees it. */
const LIVE = [
  ["the start page", "/"],
  ["a kind page", "/proevehandlinger/"],
  ["a kind page with a filter chosen", "/proevehandlinger/?gik-det=det-virkede"],
  ["a kind page of local offers", "/lokalt/"],
  ["a record", "/proevehandlinger/kaffe-foer-medicin/"],
  ["a record with a picture", "/lokalt/rollatorklubben-i-parken/"],
  ["a record with tables", "/maalinger/prem-efteraar-2021-aabrinken/"],
  ["a record with questions", "/spoergeskemaer/borgeroplevet-kvalitet-1/"],
  ["a page of text", "/sider/fortaellingen/"],
  ["an idea with a word of the glossary", "/ideer/rollator-race/"],
  ["a team", "/teams/team-aabrinken/"],
  ["an instruction", "/anvisninger/begynd-besoeget-med-samtalen/"],
  ["the figure of the onion", "/sider/loegmodellen/"],
  ["all tags", "/emner/"],
  ["one tag", "/emner/samtale/"],
  ["a search with hits", "/soeg/?q=rollator"],
  ["a search without hits", "/soeg/?q=xyzzyqvw"],
  ["an empty search", "/soeg/"],
  ["Oprydning", "/oprydning/"],
  ["the calendar", "/kalender/"],
  ["the calendar of an area", "/kalender/?omraade=midtby"],
  ["a team's meeting", "/teammoede/team-fjordvej/"],
  ["the catalogue", "/katalog/"],
  ["a chapter", "/katalog/kerneelementer/"],
  ["a missing page", "/ideer/rollator-rase/"],
  ["a broken record", "/ideer/gaaet-i-stykker/"],
];

/** The wiki as a citizen sees it. */
const PUBLIC = [
  ["the public start page", "/"],
  ["a public kind page", "/lokalt/"],
  ["a public record", "/sider/for-borgere-og-paaroerende/"],
  ["the public calendar", "/kalender/"],
  ["a public missing page", "/findes-ikke/"],
];

/** The folder that needs no server. */
const PUBLISHED = [
  ["the published front page", "/"],
  ["a published chapter", "/katalog/kerneelementer/"],
  ["a published kind page", "/proevehandlinger/"],
  ["a published record", "/proevehandlinger/kaffe-foer-medicin/"],
  ["the published search page", "/soeg/"],
  ["a published search with hits", "/soeg/?q=rollator"],
  ["a published search without hits", "/soeg/?q=xyzzyqvw"],
  ["a published missing page", "/404.html"],
];

/** Starts the three faces and gives every page of them as `{ name, origin, address }`. */
export async function faces(bench) {
  const own = await bench.content();
  await save(own, "ideer/gaaet-i-stykker.md", BROKEN);
  const open = await bench.content();
  const settings = await readFile(path.join(open, "kaffe.yaml"), "utf8");
  await save(open, "kaffe.yaml", settings.replace(/^læsning:.*$/m, "læsning: offentlig"));
  const origins = await Promise.all([bench.serve(own), bench.serve(open), bench.serve(open, "--as-published")]);
  return [LIVE, PUBLIC, PUBLISHED].flatMap((pages, i) => pages.map(([name, address]) => ({ name, address, origin: origins[i] })));
}
