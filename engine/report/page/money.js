// money.js - budget beside outturn, and why the bill changed.

/* ---- budget ---- */

// The outturn less the budget: its range is that of the outturn, for the budget is one number.
function gapWords(row) {
    const budget = number(row.budget_gbp);
    const mean = saySigned(sayMoney, number(row.gap_gbp));
    return row.p10 && row.p10 !== row.p90 ? mean + " (" + saySigned(sayMoney, number(row.p10) - budget) + " to " + saySigned(sayMoney, number(row.p90) - budget) + ")" : mean;
}

function neededColumn(confidence) {
    return {
        head: "Budget to be kept in " + fixed(100 * Number(confidence), 0) + " of 100 futures", number: true, text: function (row) {
            const found = table("budget_needed").find(function (one) {
                return one.scenario === row.scenario && one.year === row.year && one.measure === "budget" && one.confidence === confidence && (one.holder === "all" || !severalHolders);
            });
            return found ? sayMoney(number(found.needed_gbp)) : "\u2013";
        },
    };
}

const severalHolders = table("budget_needed").some(function (row) { return row.holder === "all"; });

function reserveWords() {
    const rows = table("budget_needed").filter(function (row) { return row.measure === "reserve" && row.scenario === reference; });
    if (!rows.length) {
        return null;
    }
    return make("p", {}, "To meet the overspends of all years together, with underspends put back, a reserve at the start would have to hold " +
        rows.map(function (row) { return sayMoney(number(row.needed_gbp)) + " to suffice in " + fixed(100 * number(row.confidence), 0) + " of 100 simulated futures"; }).join(", ") + "." +
        (rows[0].given_gbp ? " The reserve is " + sayMoney(number(rows[0].given_gbp)) + ": it does not suffice in " + sayChance(number(rows[0].p_over)) + "." : ""));
}

function budgetSection() {
    const outturn = pick("annual", { measure: "outturn_gbp", category: "all" });
    const rows = outturn.length ? outturn : pick("annual", { measure: "cost_gbp", category: "all" }).filter(function (row) { return row.budget_gbp; });
    const names = unique(rows.map(yearLabel));
    const lines = table("budget_lines").filter(function (row) { return row.scenario === reference; });
    if (!rows.length) {
        return;
    }
    const find = function (scenario, year) { return rows.find(function (row) { return row.scenario === scenario && yearLabel(row) === year; }); };
    const words = rows.map(function (row) { return (scenarios.length > 1 ? shortName(row.scenario) + ", " : "") + yearLabel(row) + ": outturn " + sayWithRange(row, sayMoney) + (row.budget_gbp ? ", budget " + sayMoney(number(row.budget_gbp)) + ", gap " + gapWords(row) : ""); }).join("; ");
    const list = withScenario([yearColumn]).concat([cell("Budget", "budget_gbp", sayMoney), { head: "Outturn", number: true, text: function (row) { return row.p10 === row.p90 ? sayMoney(number(row.mean)) : sayWithRange(row, sayMoney); } },
        { head: "Gap (+ is over budget)", number: true, key: "gap_gbp", value: function (row) { return row.gap_gbp; }, text: function (row) { return row.gap_gbp ? saySigned(sayMoney, number(row.gap_gbp)) : "\u2013"; } },
        { head: "Gap in 8 of 10 futures", number: true, text: function (row) { return row.gap_gbp && row.p10 ? row.p10 === row.p90 ? "certain" : gapWords(row).replace(/^.*\((.*)\)$/, "$1") : "\u2013"; } },
        cell("Chance of going over", "p_over_budget", sayChance)]);
    const parts = [figure("The outturn is what would be spent: the modelled bill and the other lines of the budget. A bar is the average of the simulated futures" + (ranged ? "; the thin line on it is the range of 8 of 10" : "") + ", the thick mark is the budget.",
        "Budget and outturn by financial year. " + words + ".", billConfig(scenarios, names, find),
        makeDetails("Table: budget, outturn and gap by financial year", true, function () { return makeTable("Budget, outturn and gap. In brackets the range of 8 of 10 simulated futures", list, rows); }))];
    if (table("budget_needed").length) {
        parts.push(makeDetails("Table: what budget would be enough", true, function () {
            return makeTable("The least budget that is kept in so many simulated futures", withScenario([yearColumn, cell("Budget", "budget_gbp", sayMoney)]).concat(["0.50", "0.80", "0.90"].map(neededColumn)), rows);
        }), reserveWords());
    }
    if (lines.length) {
        parts.push(makeDetails("Table: the budget line by line" + (scenarios.length > 1 ? ", " + shortName(reference) : ""), false, function () {
            return makeTable("Each line as it counts, and as stated. \u201cNot explained\u201d: stated less computed", [
                { head: "Financial year", text: function (row) { return row.year || "all years"; } }].concat(lines.some(function (row) { return row.holder !== ""; }) ? [textColumn("Holder", function (row) { return row.holder; })] : []).concat([
                textColumn("Side", function (row) { return plain(row.side); }), textColumn("Line", function (row) { return measureWords[row.line] || row.line; }), textColumn("Kind", function (row) { return plain(row.kind); }),
                cell("Counts", "computed_gbp", sayPounds), cell("8 of 10: from", "p10_gbp", sayPounds), cell("to", "p90_gbp", sayPounds), cell("Stated", "stated_gbp", sayPounds),
                cell("Not explained", "residual_gbp", sayPounds), textColumn("Note", function (row) { return row.note; })]), lines);
        }));
    }
    section("budget", "Budget and outturn", parts);
}

/* ---- why ---- */

const driverWords = {
    days_covered: "Days of the year that are forecast", children_at_start: "Children in care at the start of the year", starts: "More or fewer starts", length_of_stay: "Longer or shorter stays",
    age: "Ages of the children", category: "Kinds of placement", price: "Price of a placement", not_by_child: "Empty places, contracts, set-up costs",
    prices: "Prices", population: "Population", capacity: "Places", other: "Everything else",
};
const layerTitle = { accounting: "what made it up", causes: "what caused it" };

function driverLabel(row) { return row.kind === "capacity" && row.driver !== "capacity" ? row.driver : driverWords[row.driver] || row.driver; }

// One question: from where, to where, in which year, at which layer.
function whyGroups() {
    const groups = [];
    table("why").forEach(function (row) {
        const key = [row.from, row.to, row.year, row.layer].join("|");
        let group = groups.find(function (one) { return one.key === key; });
        if (!group) {
            group = { key: key, from: row.from, to: row.to, year: row.year, layer: row.layer, rows: [] };
            groups.push(group);
        }
        group.rows.push(row);
    });
    return groups;
}

function whyTitle(group) {
    const between = scenarios.indexOf(group.to) >= 0 ? shortName(group.to) + " against " + shortName(group.from) + ", " + group.year : group.to + " against " + group.from;
    return between + ": " + (layerTitle[group.layer] || group.layer);
}

function billOf(scenario, year) { return pick("annual", { scenario: scenario, year: year, measure: "cost_gbp", category: "all" })[0]; }

// The bill it starts from, each contribution from where the last one ended, and the bill it comes to.
function waterfall(group) {
    const against = scenarios.indexOf(group.to) >= 0;
    const start = billOf(against ? group.from : reference, against ? group.year : group.from);
    const shown = group.rows.filter(function (row) { return Math.abs(number(row.contribution_gbp)) >= 0.5; });
    let at = start ? number(start.mean) : 0;
    const steps = start ? [{ label: against ? shortName(group.from) : group.from, bar: [0, at], words: sayMoney(at), whole: true }] : [];
    shown.forEach(function (row) {
        const size = number(row.contribution_gbp);
        steps.push({ label: driverLabel(row), bar: [at, at + size], words: saySigned(sayMoney, size), over: size > 0 });
        at += size;
    });
    steps.push({ label: against ? shortName(group.to) : group.to, bar: [0, at], words: sayMoney(at), whole: true });
    return steps;
}

function waterfallConfig(steps) {
    return function () {
        const options = baseOptions(sayMoney);
        // From nought the steps would not be seen: the scale begins below the least of them, and says so.
        const all = [].concat.apply([], steps.map(function (one) { return one.whole ? [one.bar[1]] : one.bar; }));
        const low = Math.min.apply(null, all);
        const high = Math.max.apply(null, all);
        options.indexAxis = "y";
        options.plugins.legend.display = false;
        options.scales = {
            y: { grid: { display: false }, ticks: { color: colour("text"), autoSkip: false } },
            x: valueAxis(sayMoneyTick, { beginAtZero: false, min: low > 0 ? Math.max(0, low - 0.35 * (high - low)) : undefined, ticks: { color: colour("quiet"), callback: sayMoneyTick, maxTicksLimit: 6, includeBounds: false } }),
        };
        options.plugins.tooltip.callbacks.label = function (item) { return steps[item.dataIndex].words; };
        return {
            type: "bar", options: options,
            data: {
                labels: steps.map(function (one) { return shorten(one.label, 42) + ": " + one.words; }),
                datasets: [{ label: "Bill", data: steps.map(function (one) { return one.bar; }), backgroundColor: steps.map(function (one) { return colour(one.whole ? "main" : one.over ? "over" : "under"); }), barPercentage: 0.9, categoryPercentage: 0.9 }],
            },
        };
    };
}

function whySection() {
    const groups = whyGroups();
    if (!groups.length) {
        return;
    }
    // The last year first: causes where there are any.
    const year = lastOf(groups.map(function (group) { return group.year; }).sort());
    const best = groups.find(function (group) { return group.year === year && group.layer === "causes"; }) || groups.find(function (group) { return group.year === year; });
    const shown = make("div", { "aria-live": "polite" });
    const chooser = make("select", { id: "choose-why" }, groups.map(function (group) { return make("option", { value: group.key }, whyTitle(group)); }));
    chooser.value = best.key;
    replaceable(shown, chooser, function () {
        const group = groups.find(function (one) { return one.key === chooser.value; });
        const steps = waterfall(group);
        const sum = group.rows.reduce(function (total, row) { return total + number(row.contribution_gbp); }, 0);
        const drawn = figure("From the bill at the top to the one at the bottom: what each step adds (+) or takes off (\u2212). Averages of the simulated futures; the scale need not start at nought.",
            "Why the bill changed, " + whyTitle(group) + ": " + steps.map(function (one) { return one.label + " " + one.words; }).join("; ") + ".", waterfallConfig(steps),
            makeTable(whyTitle(group) + ". The steps add up to " + saySigned(sayMoney, sum) + "; averages, for which no ranges are known", [textColumn("Step", driverLabel), textColumn("Kind", function (row) { return plain(row.kind); }),
                cell("Adds to the bill", "contribution_gbp", function (value) { return saySigned(sayPounds, value); })], group.rows));
        drawn.querySelector(".chart").style.height = (3.5 + 1.7 * steps.length) + "rem";
        return drawn;
    });
    section("why", "Why the bill changes", [make("p", {}, [make("label", { for: "choose-why" }, "Show: "), chooser]), shown]);
}
