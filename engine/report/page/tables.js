// tables.js - elements and tables. Text goes in as text nodes alone, so nothing that a user wrote can become markup.
let tableCount = 0;

function make(name, attributes, children) {
    const element = document.createElement(name);
    Object.keys(attributes || {}).forEach(function (key) { element.setAttribute(key, attributes[key]); });
    (Array.isArray(children) ? children : [children]).forEach(function (child) {
        if (child !== undefined && child !== null) {
            element.append(child);
        }
    });
    return element;
}

// Which row of which file this is: people do not see it, the tests of this page compare by it.
const identity = ["scenario", "la", "date", "year", "from", "to", "measure", "category", "intervention", "target", "definition", "origin", "horizon_months", "age_band",
    "size_band", "holder", "side", "line", "kind", "confidence", "layer", "driver", "structure", "team", "process", "result", "factor", "against", "basis"];
function nameRow(row) {
    return row.file ? row.file + ":" + identity.map(function (key) { return row[key]; }).filter(function (text) { return text !== undefined; }).join("|") : "";
}

// A column: {head, text(row), value(row), number, wrap}. `value` is the cell of the file, kept beside what is shown.
function makeTable(caption, list, rows) {
    const head = make("tr", {}, list.map(function (column) {
        return make("th", { scope: "col", class: column.number ? "number" : "" }, column.head);
    }));
    const mixed = rows.some(function (row) { return row.category !== undefined && row.category !== "all"; });
    const body = rows.map(function (row) {
        const about = nameRow(row) ? { "data-row": nameRow(row) } : {};
        if (mixed && row.category === "all") {
            about.class = "total";
        }
        return make("tr", about, list.map(function (column, c) {
            const attributes = column.key ? { "data-column": column.key } : {};
            Object.assign(attributes, { class: [column.number ? "number" : "", column.wrap ? "wrap" : "", column.range ? "range" : "", column.day ? "day" : "", column.pair ? "pair" : ""].join(" ").trim() });
            if (column.value) {
                attributes["data-value"] = column.value(row);
            }
            if (c === 0) {
                attributes.scope = "row";
            }
            return make(c === 0 ? "th" : "td", attributes, column.text(row));
        }));
    });
    return make("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": caption + ": table" },
        make("table", {}, [make("caption", {}, caption), make("thead", {}, head), make("tbody", {}, body)]));
}

// Rows are made when the table is first opened: a page of many charts stays quick.
function makeDetails(words, open, build) {
    const details = make("details", { id: "table-" + (++tableCount) }, make("summary", {}, words));
    let built = false;
    function fill() {
        if (!built) {
            built = true;
            details.append(build());
        }
    }
    details.addEventListener("toggle", function () {
        if (details.open) {
            fill();
        }
    });
    if (open) {
        fill();
        details.open = true;
    }
    details.fill = fill;
    return details;
}

function cell(head, key, say) {
    return {
        head: head, key: key, number: true, value: function (row) { return row[key] || ""; },
        text: function (row) { return row[key] ? say(number(row[key])) : "\u2013"; },
    };
}

function statisticColumns(say) {
    const list = [cell("Average", "mean", say)];
    if (ranged) {
        list.push(cell("Middle", "p50", say));
        list.push(cell("8 of 10: from", "p10", say), cell("to", "p90", say));
        list.push(cell("19 of 20: from", "p025", say), cell("to", "p975", say));
    }
    return list;
}

function textColumn(head, text) { return { head: head, text: text, wrap: true }; }

const scenarioColumn = textColumn("Scenario", function (row) { return shortName(row.scenario); });
const categoryColumn = textColumn("Kind of placement", function (row) { return label(row.category); });
const dateColumn = { head: "Date", text: function (row) { return sayDay(row.date); }, value: function (row) { return row.date; } };
const yearColumn = { head: "Financial year", text: yearLabel, value: function (row) { return row.year; } };

// The range goes to the next line where there is little room, and stays whole.
function pairWords(words) {
    const at = words.indexOf(" (");
    return at < 0 ? words : [words.slice(0, at) + " ", make("span", { class: "whole" }, words.slice(at + 1))];
}

// "63 (58 to 68)" of whichever row `find` gives.
function rangeColumn(head, find, say) {
    return { head: head, number: true, pair: true, text: function (row) { const one = find(row); return one && one.mean ? pairWords(sayWithRange(one, say)) : "\u2013"; } };
}

function chance(text) { return text === "" || text === undefined ? "\u2013" : sayChance(number(text)); }

function withScenario(list) { return scenarios.length > 1 ? [scenarioColumn].concat(list) : list; }

function monthTable(caption, rows, say) {
    return makeTable(caption, [dateColumn].concat(withScenario([categoryColumn])).concat(statisticColumns(say)), rows);
}

// A table as it stands in its file, for what the page has no form of its own for.
function plainTable(caption, name) {
    const rows = table(name);
    const shown = columns(name).filter(function (column) {
        return rows.some(function (row) { return row[column] !== ""; }) &&
            (column !== "scenario" || scenarios.length > 1) && !/^(sd|p025|p05|p25|p50|p75|p95|p975|replicates|months)$/.test(column);
    });
    const heads = { mean: "Average", p10: "8 of 10: from", p90: "to", p_fewer: "Chance of less", p_more: "Chance of more" };
    return makeTable(caption, shown.map(function (column) {
        const isNumber = rows.every(function (row) { return row[column] === "" || Number.isFinite(Number(row[column])); });
        return {
            head: heads[column] || plain(column).replace(/ gbp$/, " (\u00a3)"), number: isNumber, wrap: !isNumber,
            value: function (row) { return row[column]; },
            text: function (row) {
                const text = row[column];
                if (/^p_/.test(column)) {
                    return chance(text);
                }
                if (isNumber) {
                    return text === "" ? "\u2013" : Math.abs(number(text)) >= 1000 || isMoney(row.measure || "") ? sayFor(row.measure || "")(number(text)) :
                        String(Math.round(number(text) * 100) / 100);
                }
                return column === "category" ? label(text) : column === "measure" ? measureLabel(text) : /^\d{4}-\d\d-\d\d$/.test(text) ? sayDay(text) : text;
            },
        };
    }), rows);
}

// What `build` makes, anew whenever the reader chooses: its charts are dropped and drawn with it.
function replaceable(place, chooser, build) {
    let own = [];
    const show = function (redraw) {
        own.forEach(function (one) {
            charts.splice(charts.indexOf(one), 1);
            if (one.chart) {
                one.chart.destroy();
            }
        });
        const before = charts.length;
        place.replaceChildren(build());
        own = charts.slice(before);
        if (redraw) { // not while the page is being put together
            drawCharts();
        }
    };
    chooser.addEventListener("change", function () { show(true); });
    show(false);
}
