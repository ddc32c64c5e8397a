// places.js - when places are full, and scenarios side by side.
// The first month in which every place is taken on half of the days or more, on average; "" when there is none.
function firstFull(rows) {
    const first = rows.find(function (row) {
        const part = row.date.split("-");
        return number(row.mean) >= 0.5 * Number(part[2]);
    });
    return first ? first.date : "";
}

function mostFull(rows) {
    return rows.reduce(function (most, row) { return number(row.mean) > number(most.mean) ? row : most; }, rows[0]);
}

// When is it full? One row for each scenario and kind that is ever full.
function fullTable(list, rows) {
    const of = function (one) { return rows.filter(function (row) { return row.category === one.name && row.scenario === one.scenario; }); };
    return makeTable("When is it full? Kinds of placement whose places run out in some simulated future", withScenario([
        textColumn("Kind of placement", function (one) { return label(one.name); }),
        textColumn("Full for half of a month or more from", function (one) { const first = firstFull(of(one)); return first ? sayMonth(first) : "not within this forecast, on average"; }),
        textColumn("Fullest month", function (one) { const most = mostFull(of(one)); return sayMonth(most.date) + ": " + sayWithRange(most, sayCount) + " days"; }),
    ]).concat(unique(years.map(function (row) { return row.year; })).map(function (year) {
        return rangeColumn("Children who found it full, " + year, function (one) {
            return years.find(function (row) { return row.measure === "overflow" && row.category === one.name && row.year === year && row.scenario === one.scenario; });
        }, sayCount);
    })), list);
}

// The days of each month on which the places of a scenario are all taken.
function fullFigure(scenario, rows) {
    const names = unique(rows.map(function (row) { return row.category; }));
    const dates = unique(months.map(function (row) { return row.date; }));
    const series = function (name) {
        return dates.map(function (date) {
            const row = rows.find(function (one) { return one.category === name && one.date === date; });
            return { x: place(date), y: row ? number(row.mean) : 0, tip: row ? sayWithRange(row, sayCount) : "0" };
        });
    };
    const words = names.map(function (name) { const last = lastOf(rows.filter(function (row) { return row.category === name; })); return label(name) + " " + sayWithRange(last, sayCount) + " days in " + sayMonth(last.date); }).join("; ");
    return figure("Days of each month on which every place of a kind is taken" + ofScenario(scenario) + ": average of the simulated futures. The table has the ranges.",
        "Days full by month" + ofScenario(scenario) + ". At the end: " + words + ".", linesConfig(names, series, sayCount, false, true),
        makeDetails("Table: days full by month" + ofScenario(scenario), false, function () { return monthTable("Days on which every place was taken; months without any are left out", rows, sayCount); }));
}

function capacitySection() {
    const rows = pick("forecast", { measure: "days_full" }).filter(function (row) { return row.category !== "all"; });
    const short = years.filter(function (row) { return (row.measure === "unmet" || row.measure === "overflow") && row.category !== "all" && number(row.mean) > 0; });
    const list = [], parts = [];
    scenarios.forEach(function (scenario) {
        unique(rows.filter(function (row) { return row.scenario === scenario; }).map(function (row) { return row.category; })).forEach(function (name) { list.push({ name: name, scenario: scenario }); });
    });
    const several = (run.authorities || []).length > 1; // their days full add up to more than a month has
    if (several ? !short.length : !list.length) {
        return;
    }
    unique(several ? [] : list.map(function (one) { return one.scenario; })).forEach(function (scenario) {
        parts.push(fullFigure(scenario, rows.filter(function (row) { return row.scenario === scenario; })));
    });
    if (short.length) {
        parts.push(makeDetails("Table: children who found a kind full", true, function () {
            return makeTable("Children who found a kind full, and those of them for whom nothing on its list was free, by financial year",
                withScenario([yearColumn, categoryColumn, textColumn("What", function (row) { return measureLabel(row.measure); })]).concat(statisticColumns(sayCount)), short);
        }));
    }
    section("capacity", "Places and when they are full", (several ? [] : [fullTable(list, rows)]).concat([
        make("p", { class: "note" }, "A child who finds a kind full goes to the first kind with a place on its overflow list: placed by availability and not by need. Where nothing on the list is free the child is placed in the last kind of it all the same, and without a list in the one that is full.")], parts));
}

function lastYearRow(file, scenario, measure) {
    return lastOf(pick(file, { scenario: scenario, measure: measure, category: "all" }));
}

// What changes? One row for each scenario, of the last year.
function changeTable() {
    const year = lastOf(years).year;
    const difference = function (measure) { return function (one) { return lastYearRow("annual_differences", one.name, measure); }; };
    const list = [textColumn("Scenario", function (one) { return shortName(one.name); }),
        rangeColumn("Children at the end of " + year, function (one) { return lastYearRow("annual", one.name, "children"); }, sayCount),
        rangeColumn("Against " + shortName(reference), difference("children"), function (value) { return saySigned(sayCount, value); }),
        { head: "Chance of fewer children", number: true, text: function (one) { const row = difference("children")(one); return chance(row && row.p_fewer); } }];
    if (years.some(function (row) { return row.measure === "cost_gbp"; })) {
        list.push(rangeColumn("Placement bill " + year, function (one) { return lastYearRow("annual", one.name, "cost_gbp"); }, sayMoney),
            rangeColumn("Against " + shortName(reference), difference("cost_gbp"), function (value) { return saySigned(sayMoney, value); }));
    }
    return makeTable("What changes from one scenario to the other" + (ranged ? "; in brackets the range of 8 of 10 simulated futures" : ""), list, scenarios.map(function (name) { return { name: name }; }));
}

function scenarioSection() {
    if (scenarios.length < 2) {
        return;
    }
    const find = function (name) { return pick("forecast", { scenario: name, measure: "children", category: "all" }); };
    const end = scenarios.map(function (name) { return name + " " + sayWithRange(lastOf(find(name)), sayCount); }).join("; ");
    const parts = [changeTable(), figure("All children in care: average of the simulated futures of each scenario. The same random numbers are used for each, so that differences are due to the scenarios.",
        "Children in care at the last month end by scenario: " + end + ".", linesConfig(scenarios, function (name) { return points(find(name), "mean"); }, sayCount, true, false),
        makeDetails("Table: scenarios by financial year", true, function () {
            return makeTable("Children at the year\u2019s end and placement bill, by scenario", [yearColumn, scenarioColumn,
                textColumn("What", function (row) { return measureLabel(row.measure); })].concat(statisticColumns(sayCount).map(function (column) {
                return Object.assign({}, column, { text: function (row) { const text = column.value(row); return text ? sayFor(row.measure)(number(text)) : "\u2013"; } });
            })), years.filter(function (row) { return row.category === "all" && (row.measure === "children" || row.measure === "cost_gbp"); }));
        }))];
    parts.push(makeDetails("Table: children in care by scenario and month", false, function () {
        return monthTable("Children in care at the end of each month", pick("forecast", { measure: "children", category: "all" }), sayCount);
    }), makeDetails("Table: children by scenario, kind of placement and financial year", false, function () {
        return makeTable("Children at the year\u2019s end by scenario and kind of placement", [yearColumn, scenarioColumn, categoryColumn].concat(statisticColumns(sayCount)),
            years.filter(function (row) { return row.measure === "children"; }));
    }));
    if (table("annual_differences").length) {
        parts.push(makeDetails("Table: differences from " + reference, false, function () { return plainTable("Differences from " + reference + ", future by future", "annual_differences"); }));
    }
    section("scenarios", "Scenarios side by side", parts);
}
