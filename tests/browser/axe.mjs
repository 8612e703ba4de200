// axe-core, the checker of accessibility, on a page as it stands.
import axe from "axe-core/axe.min.js";

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** The rules that a change of colours can break. */
export const COLOURS = { type: "rule", values: ["color-contrast", "link-in-text-block"] };

/** What axe has against the page as it stands now, one line each. */
export async function complaints(page, only = { type: "tag", values: RULES }) {
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(axe.source);
  const violations = await page.evaluate(async (runOnly) => {
    const told = await globalThis.axe.run(document, { runOnly, resultTypes: ["violations"], preload: false });
    return told.violations.map((v) => ({ id: v.id, help: v.help, nodes: v.nodes.map((n) => ({ target: n.target.join(" "), why: n.any.concat(n.all, n.none).map((c) => c.message).join("; ") })) }));
  }, only);
  return violations.flatMap((v) => v.nodes.map((n) => `${v.id} (${v.help}): ${n.target} — ${n.why}`));
}
