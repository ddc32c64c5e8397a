// check_page.mjs - looks at a report.html as a browser does: node check_page.mjs REPORT.html [--pictures FOLDER]
//
// Fails when: anything is written to the console as an error; a request leaves the page; a chart is blank, has no text
// alternative or no table; a cell of a table is not the cell of forecast.csv or annual.csv beside the page, or is shown as
// another figure; something cannot be reached by the Tab key; axe-core finds a violation, in light or dark; the page is over 2 MB.
// tools/check-page installs what this needs below build/ and calls it.
import { createRequire } from "node:module";
import { readFileSync, readdirSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const require = createRequire(resolve(process.env.NODE_FOLDER || ".", "package.json"));
const puppeteer = require("puppeteer-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const page = resolve(process.argv[2]);
const pictures = process.argv[3] === "--pictures" ? process.argv[4] : null;
const failures = [];
const MOST_BYTES = 2e6;

function expect(true_, words) {
    if (!true_) {
        failures.push(words);
    }
}

// Quotes only where a field needs them, as placecast writes.
function readCsv(path) {
    const rows = [];
    for (const line of readFileSync(path, "utf8").split("\n").filter((one) => one !== "")) {
        const cells = [];
        for (const match of line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)) {
            const text = match[1] === undefined ? match[2] : match[1].replaceAll('""', '"');
            cells.push(/^'[=+\-@]/.test(text) ? text.slice(1) : text);
        }
        rows.push(cells);
    }
    const names = rows.shift();
    return rows.map((cells) => Object.fromEntries(names.map((name, n) => [name, cells[n]])));
}

// As in tables.js: what names a row of a table.
const identity = ["scenario", "la", "date", "year", "from", "to", "measure", "category", "intervention", "target", "definition", "origin", "horizon_months", "age_band",
    "size_band", "holder", "side", "line", "kind", "confidence", "layer", "driver", "structure", "team", "process", "result", "factor", "against", "basis"];

function csvCells() {
    const cells = new Map();
    for (const name of readdirSync(dirname(page)).filter((one) => one.endsWith(".csv"))) {
        for (const row of readCsv(join(dirname(page), name))) {
            cells.set(name.slice(0, -4) + ":" + identity.map((key) => row[key]).filter((text) => text !== undefined).join("|"), row);
        }
    }
    return cells;
}

// What a person is shown, worked out anew: the mantissa must be within half of its last place of the cell.
function saysSo(text, value) {
    if (value === "") {
        return text === "\u2013";
    }
    if (/^(over 99|under 1) in 100$/.test(text)) {
        return text.startsWith("over") ? Number(value) > 0.995 && Number(value) < 1 : Number(value) > 0 && Number(value) < 0.005;
    }
    const match = /^[+]?(\u2212?)\u00a3?([\d,]+(?:\.(\d+))?)(k|m|bn)?( in 100|%)?$/.exec(text);
    if (!match) {
        return false;
    }
    const unit = { k: 1e3, m: 1e6, bn: 1e9 }[match[4]] || (match[5] ? 0.01 : 1);
    const shown = Number(match[2].replaceAll(",", "")) * (match[1] ? -1 : 1) * unit;
    return Math.abs(shown - Number(value)) <= 0.5000001 * unit * 10 ** -(match[3] || "").length;
}

const browser = await puppeteer.launch({
    executablePath: process.env.CHROMIUM || "/usr/bin/chromium", headless: true,
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
});
const tab = await browser.newPage();
await tab.setViewport({ width: 1000, height: 1400 });
tab.on("console", (message) => expect(message.type() !== "error" && message.type() !== "warning", `console: ${message.text()}`));
tab.on("pageerror", (error) => failures.push(`script: ${error}`));
tab.on("request", (request) => expect(request.url() === pathToFileURL(page).href || request.url().startsWith("data:"), `a request leaves the page: ${request.url()}`));
await tab.goto(pathToFileURL(page).href, { waitUntil: "load" });
expect(statSync(page).size < MOST_BYTES, `the page has ${statSync(page).size} bytes`);
expect(await tab.evaluate(() => window.harm === undefined), "text of a user ran as a script");
expect(await tab.evaluate(() => document.querySelectorAll("script").length) === 3, "there are more scripts than the page's own three");
expect(await tab.evaluate(() => document.querySelectorAll("[src], [href]:not([href^='#'])").length) === 0, "something has an address outside the page");

// Charts: drawn, described, with a table.
const charts = await tab.evaluate(() => Array.from(document.querySelectorAll("canvas")).map((canvas) => {
    const pixels = new Uint32Array(canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data.buffer);
    return {
        words: canvas.getAttribute("aria-label"), role: canvas.getAttribute("role"), colours: new Set(pixels).size,
        filled: pixels.reduce((n, pixel) => n + (pixel !== 0), 0) / pixels.length, table: !!canvas.closest("section").querySelector("details, table"),
    };
}));
expect(charts.length >= 2, `${charts.length} charts`);
for (const chart of charts) {
    expect(chart.colours > 20 && chart.filled > 0.01, `blank chart: ${chart.words}`);
    expect(chart.role === "img" && /\d/.test(chart.words), `no figure in the text alternative: ${chart.words}`);
    expect(chart.table, `no table: ${chart.words}`);
}

// Every stop of the Tab key, and Enter on the tables.
const wanted = await tab.evaluate(() => document.querySelectorAll("a, summary, select, .scroll").length);
const reached = new Set();
for (let n = 0; n < wanted + 5; n++) {
    await tab.keyboard.press("Tab");
    reached.add(await tab.evaluate(() => {
        const element = document.activeElement;
        return element === document.body ? "" : element.tagName + Array.from(document.querySelectorAll("*")).indexOf(element);
    }));
}
reached.delete("");
expect(reached.size === wanted, `the Tab key reaches ${reached.size} of ${wanted} links and tables`);
const opened = await tab.evaluate(() => {
    const closed = Array.from(document.querySelectorAll("details:not([open]) > summary"));
    closed.forEach((summary) => summary.click());
    return closed.length;
});
await new Promise((done) => setTimeout(done, 300));
expect(await tab.evaluate(() => Array.from(document.querySelectorAll("details")).every((one) => one.open && one.querySelector("table"))), `one of ${opened} tables does not open`);

// Figures.
const cells = csvCells();
const shown = await tab.evaluate(() => Array.from(document.querySelectorAll("tr[data-row] td[data-column]")).map((cell) =>
    ({ row: cell.parentElement.dataset.row, column: cell.dataset.column, value: cell.dataset.value, text: cell.textContent })));
let wrong = 0;
for (const cell of shown) {
    const row = cells.get(cell.row);
    if ((!row || row[cell.column] !== cell.value || !saysSo(cell.text, cell.value)) && wrong++ < 5) {
        failures.push(`${cell.row} ${cell.column}: shown ${cell.text} (${cell.value}), in the file ${row && row[cell.column]}`);
    }
}
expect(wrong === 0, `${wrong} cells differ`);
for (const [key, row] of cells) {
    const wanted = /^(forecast|annual):/.test(key) && row.measure === "children" && row.category === "all" && (row.la === undefined || row.la === "all");
    expect(!wanted || shown.some((cell) => cell.row === key), `not in any table: ${key}`);
}

async function audit(name) {
    await tab.evaluate(axe);
    const found = await tab.evaluate(() => window.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }));
    found.violations.forEach((one) => failures.push(`axe, ${name}: ${one.id}: ${one.help}: ${one.nodes.slice(0, 3).map((node) => node.html.slice(0, 120)).join(" | ")}`));
    return found.passes.length;
}

await tab.evaluate(() => document.querySelectorAll("details").forEach((one, n) => { one.open = n === 2; }));
const passes = [];
for (const scheme of ["light", "dark"]) {
    await tab.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
    await new Promise((done) => setTimeout(done, 200));
    passes.push(await audit(scheme));
    if (pictures) {
        const height = await tab.evaluate(() => document.documentElement.scrollHeight);
        for (let top = 0; top < height; top += 1600) {
            await tab.screenshot({ path: join(pictures, `${scheme}-${1 + top / 1600}.png`), clip: { x: 0, y: top, width: 1000, height: Math.min(1600, height - top) } });
        }
    }
}
if (pictures) {
    await tab.reload({ waitUntil: "load" });
    await tab.setViewport({ width: 360, height: 1500 });
    await tab.screenshot({ path: join(pictures, "phone.png") });
    expect(await tab.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), "a phone must scroll sideways");
    await tab.setViewport({ width: 1000, height: 1400 });
    await tab.pdf({ path: join(pictures, "print.pdf"), format: "A4", preferCSSPageSize: true, printBackground: true });
}
await browser.close();
console.log(`${page}: ${charts.length} charts, ${shown.length} cells, ${reached.size} stops of the Tab key, ${statSync(page).size} bytes, axe rules passed ${passes.join(" and ")}`);
failures.forEach((words) => console.log(`FAILED: ${words}`));
process.exit(failures.length === 0 ? 0 : 1);
