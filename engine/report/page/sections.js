// sections.js - the sections, in the order of the page. Each returns nothing when the run does not hold what it shows.
function section(id, title, parts) {
    const heading = make("h2", { id: id + "-title" }, title);
    document.querySelector("main").append(make("section", { id: id, "aria-labelledby": id + "-title" }, [heading].concat(parts)));
    document.getElementById("contents").append(make("li", {}, make("a", { href: "#" + id }, title)));
}

// A chart with its words above it and its table beneath.
function figure(caption, words, config, details) {
    const element = make("figure", {}, make("figcaption", {}, caption));
    addChart(element, words, config);
    return make("div", {}, [element, details]); // in print the figure stays whole, a long table need not
}

function lastOf(list) { return list[list.length - 1]; }

// Children counted on each 31 March, from the returns.
function counted(category) {
    return pick("tieout", { category: category, age_band: "all" }).filter(function (row) {
        return row.engine !== "" && months.length && row.date < months[0].date;
    }).map(function (row) { return { x: place(row.date), y: number(row.engine), tip: sayCount(number(row.engine)) }; });
}

function fanWords(name, rows) {
    const last = lastOf(rows);
    return name + ": from " + sayWithRange(rows[0], sayCount) + " at the end of " + sayMonth(rows[0].date) + " to " +
        sayWithRange(last, sayCount) + " at the end of " + sayMonth(last.date) + (ranged ? "; in brackets the range of 8 of 10 simulated futures." : ".");
}

// Which scenario it is about, where there are several.
function ofScenario(name) { return scenarios.length > 1 ? ", scenario \u201c" + name + "\u201d" : ""; }

const bandWords = "The line is the average of the simulated futures. The darkest band holds the middle 5 of 10 futures, the next 8 of 10, the palest 19 of 20. The vertical scale need not start at nought. ";

const yearRows = years.filter(function (row) { return row.category === "all" && ["children", "starts", "ceases"].indexOf(row.measure) >= 0; });

function childrenSection() {
    const rows = pick("forecast", { scenario: reference, measure: "children", category: "all" });
    const past = counted("all");
    if (!rows.length) {
        return;
    }
    section("children", "Children in care over time", [
        figure((ranged ? bandWords : "") + (past.length ? "The dashed line is what was counted on each 31 March." : "") + (scenarios.length > 1 ? " Shown is scenario \u201c" + reference + "\u201d; all of them stand under \u201cScenarios side by side\u201d." : ""), fanWords("All children in care", rows), fanConfig(rows, past, false),
            makeDetails("Table: children in care by month", false, function () { return monthTable("Children in care at the end of each month", rows, sayCount); })),
        makeDetails("Table: children, starts and leavers by financial year", true, function () {
            return makeTable("Children in care at the end of the year, those who start and those who leave", [yearColumn,
                textColumn("What", function (row) { return measureLabel(row.measure); })].concat(statisticColumns(sayCount)),
            yearRows.filter(function (row) { return row.scenario === reference; }));
        }),
    ].concat(past.length ? [makeDetails("Table: children counted on each 31 March", false, function () {
        return makeTable("Children counted on each 31 March", [dateColumn, cell("Children", "engine", sayCount)], pick("tieout", { category: "all", age_band: "all" }));
    })] : []));
}

function categorySection() {
    const find = function (name) { return pick("forecast", { scenario: reference, measure: "children", category: name }); };
    if (!categories.length || !find(categories[0]).length) {
        return;
    }
    const last = categories.map(function (name) { return label(name) + " " + sayWithRange(lastOf(find(name)), sayCount); }).join("; ");
    const each = make("div", { class: "small" }, categories.map(function (name) {
        const element = make("figure", {}, [make("h3", {}, label(name)), make("figcaption", { class: "note" }, sayWithRange(lastOf(find(name)), sayCount) + " at the end of " + sayMonth(lastOf(find(name)).date))]);
        addChart(element, fanWords(label(name), find(name)), fanConfig(find(name), counted(name), true));
        return element;
    }));
    section("categories", "By kind of placement", [
        figure("Averages of the simulated futures, one above the other" + ofScenario(reference) + ".", "Children by kind of placement at the last month end: " + last + ".",
            stackConfig(categories, function (name) { return points(find(name), "mean"); }),
            makeDetails("Table: children by kind of placement and month", false, function () {
                return monthTable("Children by kind of placement at the end of each month", [].concat.apply([], categories.map(find)), sayCount);
            })),
        make("p", { class: "note" }, "Each alone, with the same bands as above. The vertical scales differ. Ranges of single kinds do not add up to the range of all: not all of them run high in the same future."), each,
    ]);
}

function moneyColumns() {
    const list = statisticColumns(sayMoney);
    if (years.some(function (row) { return row.budget_gbp && row.measure === "cost_gbp"; }) && !years.some(function (row) { return row.measure === "outturn_gbp"; })) {
        list.push(cell("Budget", "budget_gbp", sayMoney));
        list.push(cell("Gap (+ is over)", "gap_gbp", function (value) { return saySigned(sayMoney, value); }));
        list.push(cell("Chance of going over", "p_over_budget", sayChance));
    }
    return list;
}

function billSection() {
    const total = pick("annual", { measure: "cost_gbp", category: "all" });
    const names = unique(total.map(yearLabel));
    if (!total.length) {
        return;
    }
    const find = function (category, scenario, year) {
        return years.find(function (row) { return row.measure === "cost_gbp" && row.category === category && row.scenario === scenario && yearLabel(row) === year; });
    };
    const words = total.map(function (row) { return (scenarios.length > 1 ? row.scenario + ", " : "") + yearLabel(row) + ": " + sayWithRange(row, sayMoney); }).join("; ");
    const costly = categories.filter(function (name) { return names.some(function (year) { const row = find(name, reference, year); return row && number(row.mean) > 0; }); });
    section("bill", "Placement bill by financial year", [
        figure("A bar is the average of the simulated futures" + (ranged ? "; the thin line on it is the range of 8 of 10." : ".") + " A financial year runs from 1 April to 31 March; a part year is marked and not scaled up.",
            "Placement bill by financial year. " + words + ".", billConfig(scenarios, names, function (scenario, year) { return find("all", scenario, year); }),
            makeDetails("Table: placement bill by financial year", true, function () { return makeTable("Placement bill by financial year", withScenario([yearColumn]).concat(moneyColumns()), total); })),
        make("h3", {}, "Where the money goes"),
        figure("Averages of the simulated futures by kind of placement" + (scenarios.length > 1 ? ", " + reference + "." : "."),
            "Placement bill by kind in " + lastOf(names) + ": " + costly.map(function (name) { return label(name) + " " + sayWithRange(find(name, reference, lastOf(names)), sayMoney); }).join("; ") + ".",
            billStackConfig(costly, names, function (name, year) { return find(name, reference, year); }),
            makeDetails("Table: placement bill by kind and financial year", false, function () {
                return makeTable("Placement bill by kind and financial year", withScenario([yearColumn, categoryColumn]).concat(statisticColumns(sayMoney)), years.filter(function (row) { return row.measure === "cost_gbp"; }));
            })),
    ]);
}

function qualitySection() {
    const cleaned = run.cleaned;
    const ties = pick("tieout", { category: "all", age_band: "all" });
    const parts = [];
    if (cleaned) {
        parts.push(make("p", {}, sayCount(cleaned.rows_read) + " rows of the returns were read and " + sayCount(cleaned.episodes) + " episodes of " + sayCount(cleaned.children) + " children kept." +
            (run.children_left_out ? " " + sayCount(run.children_left_out) + " children in care are left out for want of a birth date." : "")));
        if (cleaned.rules && cleaned.rules.length) {
            parts.push(makeTable("What cleaning did: the command clean lists each row", [textColumn("Rule", function (rule) { return plain(rule.rule); }),
                textColumn("What it is", function (rule) { return plain(rule.meaning || ""); }), textColumn("What was done", function (rule) { return plain(rule.severity); }),
                { head: "Rows", number: true, text: function (rule) { return sayCount(rule.count); } }], cleaned.rules));
        }
    }
    if (ties.length) {
        parts.push(make("h3", {}, "Does it tie to the returns?"));
        parts.push(makeTable("Children in care on each 31 March", [dateColumn, cell("Counted here", "engine", sayCount), cell("By the national rules", "official_rule", sayCount),
            cell("As published", "published", sayCount), cell("Difference", "difference", function (value) { return saySigned(sayCount, value); })], ties));
    }
    if (parts.length) {
        section("quality", "Quality of the data", parts);
    }
}

const originWords = { council: "given in the files of this run", returns: "estimated from the returns", shipped: "table that comes with placecast", program: "built into placecast" };

// One row for each assumption, its source beside it; of the scenarios after the first what is different.
function sourcedTables() {
    const of = function (scenario) { return table("assumptions").filter(function (row) { return row.scenario === scenario; }); };
    const first = of(reference);
    const same = function (a, b) { return a.topic === b.topic && a.assumption === b.assumption && a.source === b.source; };
    const show = function (caption, rows) {
        return makeTable(caption, [textColumn("Assumed", function (row) { return row.assumption; }), textColumn("About", function (row) { return row.topic; }),
            textColumn("Where from", function (row) { return originWords[row.origin] || row.origin; }),
            textColumn("Source", function (row) { return row.source || "none stated"; }), textColumn("File and line", function (row) { return row.place || "\u2013"; })], rows);
    };
    return (first.length ? [show("What the forecast assumes, and the source of each" + (scenarios.length > 1 ? ": " + reference : ""), first)] : []).concat(scenarios.slice(1).map(function (scenario) {
        const own = of(scenario).filter(function (row) { return !first.some(function (other) { return same(row, other); }); });
        return own.length ? show("What " + scenario + " assumes instead", own) : null;
    }));
}

function assumptionSection() {
    const list = function (title, texts) {
        return texts && texts.length ? [make("h3", {}, title), make("ul", {}, texts.map(function (text) { return make("li", {}, text); }))] : [];
    };
    const sourced = sourcedTables();
    const parts = (sourced.length ? sourced : list("Assumed", run.assumptions)).concat(list("Warnings", run.warnings));
    if (parts.length) {
        section("assumptions", "Assumptions and warnings", parts);
    }
}

const layerWords = { process: "Chance: who starts, moves and leaves when", parameters: "Rates that are estimated from few children", year_effects: "Good and bad years", starts_overdispersion: "Uneven starts: sibling groups, waves" };

const glossary = [
    [/\bIFA\b/, "IFA", "independent fostering agency: foster carers of an agency, paid by the week"],
    [/\bDfE\b/, "DfE", "Department for Education"],
    [/\bCLA\b/, "CLA", "children looked after: the department\u2019s yearly statistics of them"],
    [/\bFOI\b/, "FOI", "freedom of information: figures that councils gave when asked"],
    [/\bUASC\b/, "UASC", "unaccompanied asylum-seeking children"],
    [/\bSSDA903\b/, "SSDA903", "the yearly return on children looked after that every council in England sends to the Department for Education"],
];

// Abbreviations that stand on this page, each spelled out once.
function glossarySection() {
    const text = document.querySelector("main").textContent + categories.map(label).join(" ");
    const found = glossary.filter(function (one) { return one[0].test(text); });
    if (found.length) {
        section("words", "Abbreviations", [make("dl", {}, [].concat.apply([], found.map(function (one) { return [make("dt", {}, one[1]), make("dd", {}, one[2])]; })))]);
    }
}

function madeSection() {
    if (!months.length && !years.length) {
        return;
    }
    const facts = [["Program", "placecast " + (run.placecast || "")]];
    const add = function (name, value) { if (value !== undefined && value !== null && value !== "") { facts.push([name, String(value)]); } };
    add("Scenario file", run.scenario && run.scenario.file);
    add("Returns known to", run.extract && sayDay(run.extract));
    add("Rates from", run.window && sayDay(run.window.from) + " to " + sayDay(run.window.to));
    add("Simulated futures", run.replicates_done && sayCount(run.replicates_done));
    add("Seed", run.seed);
    const parts = [make("p", {}, "The same inputs and the same seed give the same figures."), make("dl", {}, [].concat.apply([], facts.map(function (fact) { return [make("dt", {}, fact[0]), make("dd", {}, fact[1])]; })))];
    const layers = Object.keys(run.layers || {}).filter(function (name) { return run.layers[name].on; });
    if (layers.length) {
        parts.push(makeTable("What makes the ranges wide: share of the variance of all children at the last month end", [textColumn("Source", function (name) { return layerWords[name] || plain(name); }),
            { head: "Share", number: true, text: function (name) { const share = run.layers[name].variance_share; return share === null ? "not known" : fixed(100 * share, 0) + " in 100"; } }], layers));
    }
    if (run.inputs && run.inputs.length) {
        parts.push(makeDetails("Table: files read, with their SHA-256", false, function () {
            return makeTable("Files read. SHA-256 (Secure Hash Algorithm, 256 bits) is a fingerprint: it changes when the file does", [textColumn("File", function (one) { return one.path; }),
                { head: "SHA-256", wrap: true, text: function (one) { return make("span", { class: "hash" }, one.sha256 || "not known"); } }], run.inputs);
        }));
    }
    section("made-how", "How this was made", parts);
}
