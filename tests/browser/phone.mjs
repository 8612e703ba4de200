// A browser of its own with a folder of its own, which can lose its battery.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { chromium } from "playwright-core";
import { CHROMIUM, QUIET } from "./harness.mjs";

/**
 * Starts a browser on a profile folder. Gives its one context, and `die()`: every process of it is
 * killed at once, and nothing is told to it before.
 */
export async function phone(bench, profile) {
  const flags = [...QUIET, "--headless=new", "--remote-debugging-port=0", `--user-data-dir=${profile}`, "--window-size=360,640", "--password-store=basic", "about:blank"];
  const child = spawn(CHROMIUM, flags, { stdio: ["ignore", "ignore", "pipe"], detached: true });
  const gone = new Promise((resolve) => child.once("exit", resolve));
  const kill = () => { try { process.kill(-child.pid, "SIGKILL"); } catch { /* it is gone */ } };
  process.on("exit", kill);
  let socket = null;
  for await (const line of createInterface({ input: child.stderr })) {
    socket = line.match(/DevTools listening on (ws:\S+)/)?.[1];
    if (socket) break;
  }
  assert.ok(socket, "the browser has not started");
  child.stderr.resume();
  const browser = await chromium.connectOverCDP(socket);
  const [context] = browser.contexts();
  context.setDefaultTimeout(30_000);
  const die = async () => {
    kill();
    await gone;
    process.off("exit", kill);
    await browser.close().catch(() => {});
  };
  bench.later(die);
  return { context, die };
}
