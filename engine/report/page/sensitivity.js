// sensitivity.js - which assumption moves the results: a tornado for each result, and its table with the Sobol indices.
const sensitivityOf = data.sensitivity || {};

const sensitivityWords = {
    cost_gbp: "Placement bill over the whole forecast", gap_gbp: "Budget gap over the whole forecast",
    children_residential: "Children in residential care at the end", children: "Children in care at the end",
    p_over_budget: "Chance of overspending in the last year of the budget", posts_needed: "Posts needed at the end", open_cases: "Open cases at the end",
};

function sayMoved(result) { return isMoney(result) ? sayMoney : result === "p_over_budget" ? percent : oneDecimal; }

// From the middle to the result at the low and at the high value of each factor, the widest at the top.
function tornadoConfig(rows, say) {
    return function () {
        const options = baseOptions(say);
        const side = function (name, key, value, ink) {
            return {
                label: name, grouped: false, backgroundColor: colour(ink), barPercentage: 0.85, categoryPercentage: 0.85,
                data: rows.map(function (row) { return [number(row.at_middle), number(row[key])]; }),
                tips: rows.map(function (row) { return row[value] + ": " + say(number(row[key])); }),
            };
        };
        options.indexAxis = "y";
        options.interaction = { mode: "nearest", intersect: true };
        options.scales = {
            y: { grid: { display: false }, ticks: { color: colour("text"), autoSkip: false } },
            x: valueAxis(say, { beginAtZero: false, ticks: { color: colour("quiet"), callback: say, maxTicksLimit: 7 } }),
        };
        options.plugins.tooltip.callbacks.label = function (item) { return item.dataset.label + " " + item.dataset.tips[item.dataIndex]; };
        return { type: "bar", options: options, data: { labels: rows.map(function (row) { return shorten(plain(row.factor), 40); }), datasets: [side("At its low value", "at_low", "low_value", "c0"), side("At its high value", "at_high", "high_value", "c1")] } };
    };
}

function sayShare(value) { return fixed(value, 2); }

function intervalColumn(key) {
    return { head: "95% interval", number: true, text: function (row) { return row[key + "_low"] ? sayShare(number(row[key + "_low"])) + " to " + sayShare(number(row[key + "_high"])) : "\u2013"; } };
}

// The first sentence of a page that holds nothing else.
function sensitivityHeadline() {
    const most = unique(table("sensitivity").map(function (row) { return row.result; })).map(function (result) {
        const row = table("sensitivity").find(function (one) { return one.result === result; });
        const say = sayMoved(result);
        return number(row.width) > 0 ? (sensitivityWords[result] || plain(result)) + ": " + plain(row.factor).toLowerCase() + " moves it most, from " + say(number(row.at_low)) + " at " + row.low_value + " to " + say(number(row.at_high)) + " at " + row.high_value + "." : "";
    }).filter(function (words) { return words !== ""; });
    most.forEach(function (words, n) { document.getElementById("how-sure").before(make("p", n === 0 ? { class: "first" } : {}, words)); });
}

function tornado(result) {
    const rows = table("sensitivity").filter(function (row) { return row.result === result; });
    const say = sayMoved(result);
    const title = sensitivityWords[result] || plain(result);
    const drawn = rows.slice(0, MOST_BARS);
    const most = rows[0];
    const words = number(most.width) > 0 ? plain(most.factor) + " moves it most: " + say(number(most.at_low)) + " at " + most.low_value + ", " + say(number(most.at_high)) + " at " + most.high_value + "." : "No factor moves it.";
    const indexed = rows.some(function (row) { return row.first !== ""; });
    const list = [textColumn("Assumption", function (row) { return plain(row.factor); }), { head: "Low value", number: true, text: function (row) { return row.low_value; } },
        { head: "High value", number: true, text: function (row) { return row.high_value; } }, cell("At low", "at_low", say), cell("At high", "at_high", say), cell("Moves it by", "width", say)]
        .concat(indexed ? [cell("First-order index", "first", sayShare), intervalColumn("first"), cell("Total index", "total", sayShare), intervalColumn("total")] : []);
    const element = figure("In the middle " + say(number(most.at_middle)) + ". " + words, title + ", with each assumption at its low and its high value: " + drawn.map(function (row) { return plain(row.factor) + " " + say(number(row.at_low)) + " to " + say(number(row.at_high)); }).join("; ") + ".",
        tornadoConfig(drawn, say), makeDetails("Table: " + title.toLowerCase(), true, function () {
            return makeTable(title + ": " + say(number(most.at_middle)) + " in the middle" , list, rows);
        }));
    element.querySelector(".chart").style.height = (5 + 2.2 * drawn.length) + "rem";
    return [make("h3", {}, title), element];
}

function sensitivitySection() {
    const results = unique(table("sensitivity").map(function (row) { return row.result; }));
    if (!results.length) {
        return;
    }
    const indexed = table("sensitivity").some(function (row) { return row.first !== ""; });
    if (!months.length && !years.length) {
        sensitivityHeadline();
    }
    section("sensitivity", "Which assumption moves the results", [make("p", {}, "Averages of the futures" + (sensitivityOf.sweep ? " of the sweep \u201c" + sensitivityOf.sweep + "\u201d" : "") + (sensitivityOf.end ? ", to " + sayDay(sensitivityOf.end) : "") + (sensitivityOf.runs ? ": " + sayCount(sensitivityOf.runs) + " runs" + (sensitivityOf.replicates ? " of " + sayCount(sensitivityOf.replicates) + " futures" : "") : "") + ". The scales need not start at nought."),
        indexed ? make("p", { class: "note" }, "The first-order index (Sobol) is the share of the variance over all ranges that goes with this assumption alone, the total index that with all it acts together with. Assumptions that are choices, not ranges, have none.") : null,
        sensitivityOf.rounded_to ? make("p", { class: "note" }, "Every number of children here is rounded to the nearest " + sensitivityOf.rounded_to + ", each by itself. Money is not rounded; the indices are of unrounded numbers.") : null].concat([].concat.apply([], results.map(tornado))));
}
