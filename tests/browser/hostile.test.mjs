// Whatever somebody writes in a file, it is text to read: nothing of it runs, nothing of it asks
// for anything, and the content policy has nothing to stop.
import assert from "node:assert/strict";
import { cp, readdir } from "node:fs/promises";
import path from "node:path";
import { after, test } from "node:test";
import { pathToFileURL } from "node:url";
import { CONTENT, calm, open, save, visit } from "./harness.mjs";

const bench = await open();
after(() => bench.close());

/** Each one tries another way out of the place where it is written. */
const PAYLOADS = [
  "<script>pwned('script')</script>",
  "</script><script>pwned('after a script')</script>",
  "<img src=x onerror=pwned('image')>",
  "\"><svg onload=pwned('attribute')>",
  "'><body onload=pwned('quote')>",
  "\" autofocus onfocus=pwned('focus') x=\"",
  "</title><script>pwned('title')</script>",
  "</textarea></style><script>pwned('closing')</script>",
  "&lt;script&gt;pwned('entities')&lt;/script&gt;",
  "{{ pwned('template') }}{% raw %}<script>pwned('raw')</script>",
  "javascript:pwned('address')",
  "data:text/html,<script>pwned('data')</script>",
  "<a href=\"javascript:pwned('link')\">tryk</a>",
  "<iframe srcdoc=\"<script>parent.pwned('frame')</script>\"></iframe>",
  "<math><mtext><table><mglyph><style><img src=x onerror=pwned('mutation')>",
  "<!--><img src=x onerror=pwned('comment')>-->",
];

/** The same and more, by way of Markdown. */
const BODY = `## Overskrift <script>pwned('heading')</script>

${PAYLOADS.join("\n\n")}

[tryk](javascript:pwned('markdown')) [tryk](JaVaScRiPt:pwned('case')) [tryk](<java\tscript:pwned('tab')>) [tryk](&#106;avascript:pwned('entity')) [tryk](\\javascript:pwned('backslash'))
[tryk](vbscript:pwned('vb')) [tryk](data:text/html;base64,PHNjcmlwdD5wd25lZCgnYmFzZTY0Jyk8L3NjcmlwdD4=) [tryk](%6aavascript:pwned('percent')) [tryk](//ude.invalid/x) [tryk](https://ude.invalid/"onmouseover="pwned('mouse'))
<javascript:pwned('autolink')> <https://ude.invalid/'onclick='pwned('click')>

![billede](javascript:pwned('picture')) ![billede](data:image/svg+xml,%3Csvg%20xmlns='http://www.w3.org/2000/svg'%20onload='parent.pwned(1)'/%3E) ![" onerror="pwned('alt')](x.png "\\" onerror=\\"pwned('caption')") ![ude](https://ude.invalid/sporing.png) ![ude](//ude.invalid/sporing.png)

![tegning](tegning.svg) ![pæn](paen.svg) [tegningen](tegning.svg) [dokumentet](dokument.html) [xml](dokument.xhtml)

[[<script>pwned('wiki')</script>]] [[offer|<img src=x onerror=pwned('wikitext')>]] [[javascript:pwned('wikiaddress')|tryk]]

> [!NOTE] <img src=x onerror=pwned('callout')>
> <script>pwned('quote')</script>

| <script>pwned('head')</script> | b |
| --- | --- |
| <img src=x onerror=pwned('cell')> | [x](javascript:pwned('cell-link')) |

- [ ] <svg onload=pwned('task')>

Note[^<img src=x onerror=pwned(1)>] og en anden[^1].

[^1]: <script>pwned('footnote')</script> [x](javascript:pwned('footnote-link'))

[henvist][skjult]

[skjult]: javascript:pwned('reference') "\\"><script>pwned('reference title')</script>"

\`\`\`"><script>pwned('fence')</script>
<script>pwned('code')</script>
\`\`\`

Kom til kaffebord.

\`\`\`visning
vis: liste
af: [side]
overskrift: "<img src=x onerror=pwned('view')>"
\`\`\`

<base href="https://ude.invalid/"><meta http-equiv="refresh" content="0;url=javascript:pwned('refresh')"><form action="javascript:pwned('form')"><input type=submit autofocus onfocus=pwned('input')></form>
<style>@import "https://ude.invalid/stil.css"; body { background: url(https://ude.invalid/baggrund.png) }</style><link rel=stylesheet href=https://ude.invalid/stil.css>
<object data="tegning.svg"></object><embed src="tegning.svg"><video src=https://ude.invalid/film onerror=pwned('video')></video><details open ontoggle=pwned('toggle')>x</details>
`;

const ACTIVE = `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" onload="pwned('svg onload')"><script>pwned('svg script')</script><image href="https://ude.invalid/x.png"/><a xlink:href="javascript:pwned('svg link')"><text y="20">tryk</text></a><foreignObject><body xmlns="http://www.w3.org/1999/xhtml"><img src="x" onerror="pwned('foreign')"/></body></foreignObject><animate onbegin="pwned('begin')" attributeName="x" dur="1s"/></svg>`;
const CALM = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><circle cx="5" cy="5" r="4"/></svg>`;
const quoted = JSON.stringify;

/** A record with a payload in every value. */
const record = (payload, extra = "") => `---
titel: ${quoted(payload)}
resume: ${quoted(payload)}
emneord: [${PAYLOADS.slice(0, 4).map(quoted)}, ${quoted(payload)}]
også_kaldt: [${quoted(payload)}]
kommer_fra: ${quoted(payload)}
sprog: ${quoted(payload)}
tidligere: [${quoted(payload)}]
ukendt_felt: ${quoted(payload)}
${quoted(payload)}: ${quoted(payload)}
${extra}---
`;

/** A site made of nothing else, with the shipped kinds. */
async function hostile() {
  const content = path.join(await bench.folder("hostile"), "content");
  for (const definitions of ["_typer", "_ord"]) await cp(path.join(CONTENT, definitions), path.join(content, definitions), { recursive: true });
  await save(content, "kaffe.yaml", `titel: ${quoted(PAYLOADS[0])}\nundertitel: ${quoted(PAYLOADS[2])}\nslags: demo\nkontakt: ${quoted(PAYLOADS[3])}\nlicens: ${quoted(PAYLOADS[4])}\nwas_url: "javascript:pwned('was')"\nkommune: ${quoted(PAYLOADS[2])}\nområder: [${quoted(PAYLOADS[2])}]\nroller: [${quoted(PAYLOADS[0])}]\nstandard: {synlighed: offentlig, gennemgang: godkendt}\n`);
  await Promise.all([
    ...PAYLOADS.map((payload, i) => save(content, `sider/nummer-${i}.md`, `${record(payload)}\n${payload}\n\n[[offer]]\n`)),
    save(content, "sider/offer.md", `${record(PAYLOADS[2], "slags: vejledning\n")}\n${BODY}`),
    save(content, "sider/offer/tegning.svg", ACTIVE),
    save(content, "sider/offer/paen.svg", CALM),
    save(content, "sider/offer/dokument.html", "<script>pwned('attached page')</script>"),
    save(content, "sider/offer/dokument.xhtml", "<html xmlns='http://www.w3.org/1999/xhtml'><script>pwned('attached xml')</script></html>"),
    save(content, "teams/hold.md", record(PAYLOADS[3], `kommune: ${quoted(PAYLOADS[2])}\nvagttelefon: ${quoted(PAYLOADS[3])}\nslags: team\nfagligheder: [${quoted(PAYLOADS[0])}]\n`)),
    save(content, "kilder/kilde.md", record(PAYLOADS[0], `slags: hjemmeside\nadresse: "javascript:pwned('source')"\ndoi: "\\"><script>pwned('doi')</script>"\nudgiver: ${quoted(PAYLOADS[2])}\n`)),
    save(content, "kilder/kilde-2.md", record(PAYLOADS[1], `trukket_tilbage: {dato: 2021-11-01, grund: ${quoted(PAYLOADS[2])}}\nslags: hjemmeside\nadresse: "https://ude.invalid/\\" onmouseover=\\"pwned('source')"\n`)),
    save(content, "ordbog/ord.md", `${record("Kaffebord\"><script>pwned('term')</script>", `dansk: ${quoted(PAYLOADS[0])}\noriginal: ${quoted(PAYLOADS[2])}\noriginalsprog: nl\n`).replace(/^også_kaldt:.*$/m, "også_kaldt: [kaffebord]")}\n${PAYLOADS[2]} er et ord.\n`),
    save(content, "lokalt/tilbud.md", record(PAYLOADS[3], `sted: ${quoted(PAYLOADS[2])}\nhvornår: ${quoted(PAYLOADS[0])}\nkontakt: ${quoted(PAYLOADS[3])}\ngange: [{dag: onsdag, kl: ${quoted(PAYLOADS[2])}}]\n`)),
    save(content, "proevehandlinger/handling.md", `${record(PAYLOADS[4], `team: ${quoted(PAYLOADS[2])}\nfra: 2021-11-01\ntil: 2021-11-02\ngik_det: ${quoted(PAYLOADS[3])}\nkerneelementer: [${quoted(PAYLOADS[0])}]\n`)}\n${BODY}`),
    // Records that cannot be read are shown as they are.
    save(content, "ideer/brudt.md", `---\ntitel: "<script>pwned('broken')</script>\n<img src=x onerror=pwned('broken')>: [\n---\n${BODY}`),
    // The name of a file is text as well.
    save(content, "sider/<img src=x onerror=pwned(1)>.md", "# Et filnavn\n\nTekst\n"),
    save(content, "sider/\"><svg onload=pwned(2)>.md", `${record("Endnu et filnavn")}\nTekst\n`),
    save(content, "sider/javascript:pwned(3).md", `${record("javascript:pwned(4)")}\nTekst\n`),
    save(content, "<script>pwned(5)<&script>/fremmed.md", `---\ntitel: [\n---\n`),
    save(content, "_typer/ond.yaml", `nøgle: ond\nnavn: {ental: ${quoted(PAYLOADS[0])}, flertal: ${quoted(PAYLOADS[2])}}\nmappe: onde\nbeskrivelse: ${quoted(PAYLOADS[3])}\noverskrifter: [${quoted(PAYLOADS[0])}]\nkort: [valg]\nfelter:\n  - {nøgle: valg, navn: ${quoted(PAYLOADS[2])}, type: valg, værdier: [{nøgle: a, navn: ${quoted(PAYLOADS[0])}, tegn: "<b>"}], hjælp: ${quoted(PAYLOADS[3])}}\n`),
    save(content, "onde/post.md", `${record("Ond", "valg: a\n")}\n${BODY}`),
    save(content, "_ord/grim.yaml", `navn: ${quoted(PAYLOADS[0])}\nværdier: [{nøgle: ${quoted(PAYLOADS[2])}, navn: ${quoted(PAYLOADS[2])}}]\n`),
  ]);
  return content;
}

/** A page that tells when anything of the content has run. */
async function wary() {
  const page = await bench.page();
  await page.addInitScript(() => {
    globalThis.pwned = (what) => globalThis.__kaffeTrouble(`content ran: ${what}`);
    globalThis.alert = globalThis.pwned;
  });
  return page;
}

/** What must not stand in a page, whether or not it would run here; and where the page leads. */
const look = (page) => page.evaluate(() => {
  const wrong = [];
  const told = (el, why) => wrong.push(`${why}: ${el.outerHTML.slice(0, 160)}`);
  const own = (address) => { const url = new URL(address, location.href); return url.protocol === location.protocol && url.host === location.host; };
  for (const el of document.querySelectorAll("*")) {
    for (const { name, value } of el.attributes) {
      if (/^on/i.test(name)) told(el, "a handler");
      if (name === "style" || name === "srcdoc") told(el, name);
      if (["href", "src", "action", "formaction", "xlink:href", "data"].includes(name) && !/^(https?|mailto|tel|file):$/.test(new URL(value, location.href).protocol)) told(el, "an address that runs");
      if (["src", "data", "poster"].includes(name) && !own(value)) told(el, "a part from outside");
    }
    if (["iframe", "object", "embed", "base", "style", "video", "audio", "frame", "math", "foreignobject"].includes(el.localName.toLowerCase())) told(el, "an element");
    if (el.localName === "script" && !/\/tema\/[a-z]+\.js$/.test(new URL(el.src || "about:blank").pathname)) told(el, "a script");
    if (el.localName === "meta" && el.httpEquiv && !(el.httpEquiv === "refresh" && document.body.classList.contains("skabelon-moved") && /^0; url=(\.\.?\/|\/)/.test(el.content))) told(el, "an instruction to the browser");
    if (el.localName === "form" && !own(el.action)) told(el, "a form to outside");
    if (el.localName === "link" && !own(el.href) && el.rel !== "canonical") told(el, "a part from outside");
  }
  return { wrong, links: [...document.querySelectorAll("a[href]")].map((a) => a.href).filter(own) };
});

/** Follows every link from some addresses and gives what was wrong on the way. */
async function crawl(crew, starts, isPage) {
  const seen = new Set(starts);
  const rest = [...starts];
  const wrong = [];
  let opened = 0;
  while (rest.length > 0) {
    const layer = rest.splice(0);
    await Promise.all(crew.map(async (page) => {
      for (let url = layer.shift(); url; url = layer.shift()) {
        page.home = new URL(url).origin;
        // What is offered for download does not open at all.
        const answer = await page.goto(url, { waitUntil: "load" }).catch((error) => (/Download is starting|ERR_ABORTED/.test(error.message) ? null : Promise.reject(error)));
        wrong.push(...page.troubles.splice(0).map((w) => [url, w]));
        if (!answer) continue;
        opened += 1;
        if (!isPage(url, answer)) continue;
        const told = await look(page);
        wrong.push(...told.wrong.map((w) => [url, w]));
        for (const link of told.links) {
          const plain = link.split("#")[0];
          // One filter at a time: two of them show nothing new.
          if (!seen.has(plain) && !plain.includes("&")) {
            seen.add(plain);
            rest.push(plain);
          }
        }
      }
    }));
  }
  // One line for each trouble, with the first place that has it.
  const first = new Map();
  for (const [url, what] of wrong) if (!first.has(what)) first.set(what, url);
  return { wrong: [...first].map(([what, url]) => `${what} (on ${url})`), opened };
}

const content = await hostile();
const wiki = await bench.serve(content);

test("nothing that stands in a file runs in the wiki", async () => {
  const asked = ["soeg/?q=", "soeg/?kind=", "sider/?team=", "sider/?side=", "sider/?sort=", "", "sider/", "emner/"];
  const payloads = PAYLOADS.map(encodeURIComponent);
  const odd = [`${wiki}//ude.invalid/`, `${wiki}/%5c%5cude.invalid/`, `${wiki}/sider/offer/tegning.svg`, `${wiki}/sider/offer/dokument.html`, `${wiki}/sider/offer/dokument.xhtml`, `${wiki}/sider/offer.md`];
  const starts = [`${wiki}/`, `${wiki}/oprydning/`, `${wiki}/katalog/`, ...odd, ...asked.flatMap((a, i) => payloads.filter((_, p) => p % asked.length === i || p < 2).map((p) => `${wiki}/${a}${p}`))];
  const { wrong, opened } = await crawl(await Promise.all([1, 2].map(wary)), starts, (url, answer) => (answer.headers()["content-type"] ?? "").includes("text/html"));
  assert.deepEqual(wrong, []);
  assert.ok(opened > 60, `${opened} addresses opened`);
});

test("the names of files stay text on the page of what is broken", async () => {
  const page = await wary();
  await visit(page, wiki, "/oprydning/");
  const words = await page.locator("main").innerText();
  assert.match(words, /brudt\.md/, "the broken record is told");
  calm(page);
  await visit(page, wiki, "/ideer/brudt/");
  assert.match(await page.locator("pre").last().innerText(), /<script>pwned\('broken'\)<\/script>/, "its text is there to read");
  calm(page);
});

test("a card of the glossary shows what its record says, to the letter", async () => {
  const page = await wary();
  await visit(page, wiki, "/sider/offer/");
  await page.locator("button.ord", { hasText: "kaffebord" }).first().click();
  const card = page.locator(".ordkort:popover-open");
  await card.waitFor();
  assert.match(await card.innerText(), /<script>pwned\('term'\)<\/script>/);
  calm(page);
});

test("nothing that stands in a file runs as the published site, by server or from the disk", async (t) => {
  await t.test("by server", async () => {
    const origin = await bench.serve(content, "--as-published");
    const { wrong, opened } = await crawl(await Promise.all([1, 2].map(wary)), [`${origin}/`, `${origin}/404.html`, `${origin}/sider/`, `${origin}/emner/`], (url, answer) => (answer.headers()["content-type"] ?? "").includes("text/html"));
    assert.deepEqual(wrong, []);
    assert.ok(opened > 10, `${opened} addresses opened`);
  });
  await t.test("from the disk, where no policy helps", async () => {
    const site = await bench.build(await publishable());
    const files = (await readdir(site, { recursive: true, withFileTypes: true })).filter((f) => f.isFile()).map((f) => pathToFileURL(path.join(f.path ?? f.parentPath, f.name)).href);
    // The page for what is missing lives on a server only.
    const pages = files.filter((f) => /\.(html|svg|xhtml|xml)$/.test(f) && !/\/(404\.html|tema\/[^/]+)$/.test(f));
    const { wrong, opened } = await crawl(await Promise.all([1, 2].map(wary)), pages, (url) => url.endsWith(".html"));
    assert.deepEqual(wrong, []);
    assert.ok(opened > 10, `${opened} files opened`);
  });
});

test("a page attached to a record stops the publication", async () => {
  const folder = await publishable();
  await save(folder, "sider/nummer-0/dokument.html", "<script>pwned('attached page')</script>");
  await assert.rejects(bench.build(folder), /K407[\s\S]*dokument\.html/);
});

/** As much of it as may be published: a site with errors is never built. */
async function publishable() {
  const folder = path.join(await bench.folder("publishable"), "content");
  const value = (payload) => `---\ntitel: ${quoted(payload)}\nresume: ${quoted(payload)}\nemneord: [${quoted(payload)}]\nogså_kaldt: [${quoted(payload)}]\nkommer_fra: ${quoted(payload)}\n---\n\n`;
  await save(folder, "kaffe.yaml", `titel: ${quoted(PAYLOADS[0])}\nundertitel: ${quoted(PAYLOADS[2])}\nkontakt: ${quoted(PAYLOADS[3])}\nlicens: ${quoted(PAYLOADS[4])}\nstandard: {synlighed: offentlig, gennemgang: godkendt}\n`);
  await Promise.all(PAYLOADS.map((payload, i) => save(folder, `sider/nummer-${i}.md`, `${value(payload)}${payload.replaceAll("\n", " ")}\n\n${i === 0 ? "[tegning](tegning.svg)" : ""}\n`)));
  await save(folder, "sider/nummer-0/tegning.svg", CALM);
  return folder;
}
