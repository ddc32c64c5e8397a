// Pictures for docs/: make_pictures.mjs WORK OUT. tools/make-pictures calls it, and puts into WORK what it takes pictures of.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const require = createRequire(resolve(process.env.NODE_FOLDER || ".", "package.json"));
const puppeteer = require("puppeteer-core");
const [, , work, out] = process.argv;

// The escape sequences that placecast writes, as elements.
function terminalHtml(text) {
    const inks = { 1: "font-weight:700;color:#fff", "1;31": "font-weight:700;color:#ff7b72", 32: "color:#7ee787", 36: "color:#79c0ff" };
    const body = text.replaceAll("\r", "").replace(/[&<>]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[c])
        // eslint-disable-next-line no-control-regex
        .replace(/\x1b\[([\d;]*)m/g, (_, code) => code === "0" ? "</span>" : `<span style="${inks[code] || ""}">`);
    return `<!doctype html><meta charset="utf-8"><body style="margin:0"><pre id="shot" style="display:inline-block;margin:0;padding:16px 20px;background:#11161d;color:#d5dde5;font:15px/1.32 'DejaVu Sans Mono',monospace">$ placecast run scenarios/example/budget.yaml\n${body.trimEnd()}</pre></body>`;
}

const browser = await puppeteer.launch({ executablePath: process.env.CHROMIUM || "/usr/bin/chromium", headless: true, args: ["--no-sandbox", "--disable-gpu", "--allow-file-access-from-files"] });
const tab = await browser.newPage();
const save = (name, quality) => ({ path: join(out, `${name}.webp`), type: "webp", quality });

await tab.setViewport({ width: 1000, height: 1000 });
await tab.setContent(terminalHtml(readFileSync(join(work, "terminal.txt"), "utf8")));
await (await tab.$("#shot")).screenshot(save("terminal", 40));

await tab.goto(pathToFileURL(join(work, "out/Example_budget/report.html")).href, { waitUntil: "load" });
await tab.screenshot({ ...save("page", 45), clip: { x: 0, y: 0, width: 1000, height: 1120 } });
await tab.goto(pathToFileURL(join(work, "out/leeds/report.html")).href, { waitUntil: "load" });
for (const [id, name] of [["why", "page-why"], ["scenarios", "page-scenarios"]]) {
    const section = await tab.$(`#${id}`);
    if (section) {
        await section.evaluate((one) => one.querySelectorAll("details").forEach((details) => { details.open = false; }));
        await section.screenshot(save(name, 45));
    }
}

// The part of the sheet that has something on it.
const sheet = readFileSync(join(work, "workbook.png")).toString("base64");
await tab.setViewport({ width: 1500, height: 700 });
await tab.setContent(`<body style="margin:0"><img src="data:image/png;base64,${sheet}">`, { waitUntil: "load" });
await tab.screenshot({ ...save("workbook", 55), clip: { x: 60, y: 70, width: 1420, height: 430 } });
await browser.close();
