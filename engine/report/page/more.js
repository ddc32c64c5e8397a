// more.js - sections of tables that only some runs have: interventions, targets, out of area, skill, one authority of several.
function lastYearOf(rows) { return rows.length ? lastOf(unique(rows.map(function (row) { return row.year; })).sort()) : ""; }

// Horizontal bars, a set for each scenario.
function barsConfig(names, sets, say) {
    return function () {
        const options = baseOptions(say);
        options.indexAxis = "y";
        options.scales = { y: { grid: { display: false }, ticks: { color: colour("text"), autoSkip: false } }, x: valueAxis(say, { ticks: { color: colour("quiet"), callback: say, maxTicksLimit: 7 } }) };
        options.plugins.legend.display = sets.length > 1;
        options.plugins.tooltip.callbacks.label = function (item) { return item.dataset.label + ": " + (item.dataset.tips ? item.dataset.tips[item.dataIndex] : say(item.raw)); };
        return { type: "bar", options: options, data: { labels: names, datasets: sets.map(function (set, n) { return Object.assign({ backgroundColor: colour("c" + n % 10) }, set); }) } };
    };
}

const MOST_BARS = 12;

function shorten(text, most) { return text.length > most ? text.slice(0, most - 1) + "\u2026" : text; }

function aloneParts() {
    const rows = table("alone");
    const year = lastYearOf(rows);
    const measure = rows.some(function (row) { return row.measure === "cost_gbp"; }) ? "cost_gbp" : "children";
    const say = sayFor(measure);
    const at = function (scenario, intervention, what) {
        return rows.find(function (row) { return row.scenario === scenario && row.intervention === intervention && row.measure === what && row.year === year; });
    };
    const names = unique(rows.map(function (row) { return row.intervention; })).filter(function (name) {
        return scenarios.some(function (scenario) { const row = at(scenario, name, measure); return row && number(row.mean) !== 0; });
    });
    // Of many the largest; the sum and all together come last.
    const last = ["sum of the parts", "all together"];
    const size = function (name) { return Math.max.apply(null, scenarios.map(function (scenario) { const row = at(scenario, name, measure); return row ? Math.abs(number(row.mean)) : 0; })); };
    const single = names.filter(function (name) { return last.indexOf(name) < 0; }).sort(function (a, b) { return size(b) - size(a); });
    const drawnNames = single.slice(0, MOST_BARS).concat(last.filter(function (name) { return single.length > 1 && names.indexOf(name) >= 0; }));
    const withAny = scenarios.filter(function (scenario) { return rows.some(function (row) { return row.scenario === scenario; }); });
    const sets = withAny.map(function (scenario) {
        const found = drawnNames.map(function (name) { return at(scenario, name, measure); });
        return { label: shortName(scenario), data: found.map(function (row) { return row ? number(row.mean) : NaN; }), tips: found.map(function (row) { return row ? sayWithRange(row, say) : "not in it"; }) };
    });
    const words = withAny.map(function (scenario) { const row = at(scenario, "all together", measure) || rows.find(function (one) { return one.scenario === scenario && one.measure === measure && one.year === year; }); return scenario + " " + sayWithRange(row, say); }).join("; ");
    const pairs = rows.filter(function (row) { return row.year === year && row.measure === "children"; });
    const of = function (what) { return function (row) { return at(row.scenario, row.intervention, what); }; };
    const signed = function (one) { return function (value) { return saySigned(one, value); }; };
    const list = withScenario([textColumn("Intervention", function (row) { return row.intervention; })]).concat([
        rangeColumn("Children at the end of " + year, of("children"), signed(sayCount)), rangeColumn("of them residential", of("children_residential"), signed(sayCount))]);
    if (measure === "cost_gbp") {
        list.push(rangeColumn("Placement bill " + year, of("cost_gbp"), signed(sayMoney)));
    }
    if (!names.length) {
        return [];
    }
    const drawn = figure("What each intervention changes without the others, in " + year + ", against the same scenario without any: " + measureLabel(measure).toLowerCase() + ". They do not simply add up where they meet: \u201call together\u201d is what counts." + (single.length > MOST_BARS ? " The chart shows the " + MOST_BARS + " largest, the table all." : ""),
        "Change of " + measureLabel(measure).toLowerCase() + " in " + year + " by all interventions together: " + words + ".", barsConfig(drawnNames.map(function (name) { return shorten(name, 34); }), sets, function (value) { return saySigned(say, value); }),
        makeDetails("Table: each intervention alone and all together, " + year, true, function () { return makeTable("Each alone, the sum of the parts, and all together; in brackets the range of 8 of 10 simulated futures", list, pairs); }));
    drawn.querySelector(".chart").style.height = (5 + 1.2 * drawnNames.length * Math.max(1, 0.55 * sets.length)) + "rem";
    return [make("h3", {}, "Each alone, and all together"), drawn, makeDetails("Table: all years", false, function () { return plainTable("Each intervention alone, by financial year", "alone"); })];
}

function treatedParts() {
    const rows = table("interventions").filter(isTheSum);
    const yearList = unique(rows.map(function (row) { return row.year; }));
    const treats = ["capacity", "price", "activity"];
    const pairs = rows.filter(function (row) { return row.measure === "treated" && row.year === yearList[0] && treats.indexOf(row.kind) < 0; });
    const find = function (row, year, measure) {
        return rows.find(function (one) { return one.scenario === row.scenario && one.intervention === row.intervention && one.year === year && one.measure === measure; });
    };
    if (!pairs.length) {
        return [];
    }
    return [make("h3", {}, "Children reached, and children whose path it changed"),
        makeTable("Of the children whom an intervention reached, those whose path it changed: \u201c4 of 10\u201d; in brackets the range of 8 of 10 simulated futures of those changed",
            withScenario([textColumn("Intervention", function (row) { return row.intervention; })]).concat(yearList.map(function (year) {
                return {
                    head: year, number: true, text: function (row) {
                        const changed = find(row, year, "changed");
                        const reached = find(row, year, "treated");
                        return changed && reached && number(reached.mean) >= 0.05 ? sayCount(number(changed.mean)) + " of " + sayCount(number(reached.mean)) + (changed.p10 ? " (" + sayRange(changed, sayCount) + ")" : "") : "\u2013";
                    },
                };
            })), pairs),
        makeDetails("Table: children reached and changed, with ranges", false, function () { return plainTable("Children reached and changed, by financial year", "interventions"); })];
}

function interventionSection() {
    const parts = aloneParts().concat(treatedParts());
    if (parts.length) {
        section("interventions", "Interventions", parts);
    }
}

function targetSection() {
    const rows = table("targets");
    if (!rows.length) {
        return;
    }
    section("targets", "Targets", [makeTable("How likely each target is to be met", [textColumn("Target", function (row) { return row.target; })].concat(withScenario([])).concat([
        textColumn("What", function (row) {
            return measureLabel(row.measure) + (row.category === "all" ? "" : ", " + label(row.category)) + (row.at_most ? ": at most " + sayFor(row.measure)(number(row.at_most)) : "") + (row.at_least ? ": at least " + sayFor(row.measure)(number(row.at_least)) : "");
        }),
        { head: "On", day: true, text: function (row) { return sayDayShort(row.date); } },
        { head: "Forecast", number: true, text: function (row) { return sayWithRange(row, sayFor(row.measure)); } },
        { head: "Chance that it is met", key: "probability", number: true, value: function (row) { return row.probability; }, text: function (row) { return chance(row.probability); } },
        textColumn("Met for good by half of the futures from", function (row) { return row.first_met ? sayMonth(row.first_met) : "not within this forecast"; }),
    ]), rows)]);
}

function outOfAreaSection() {
    const rows = table("out_of_area").filter(function (row) { return isTheSum(row) && row.measure === "children_average"; });
    const yearList = unique(rows.map(function (row) { return row.year; }));
    const words = { boundary: "outside the council\u2019s boundary", "20_miles": "more than 20 miles from home" };
    if (!rows.length) {
        return;
    }
    section("out-of-area", "Children placed out of area", [make("p", {}, "Children on an average day: those of each kind of placement times the share of that kind that is placed out of area. In brackets the range of 8 of 10 simulated futures, where it is known."),
        makeTable("Children placed out of area, average of the year", withScenario([textColumn("Where", function (row) { return words[row.definition] || plain(row.definition); }), categoryColumn]).concat(yearList.map(function (year) {
            return rangeColumn(year, function (row) { return rows.find(function (one) { return one.year === year && one.scenario === row.scenario && one.definition === row.definition && one.category === row.category; }); }, sayCount);
        })), rows.filter(function (row) { return row.year === yearList[0]; })),
        makeDetails("Table: days and children out of area, with shares", false, function () { return plainTable("Children placed out of area, by financial year", "out_of_area"); })]);
}

/* ---- skill ---- */

function skillConfig(rows) {
    return function () {
        const options = baseOptions(sayCount);
        options.scales = { x: { grid: { display: false }, ticks: { color: colour("quiet") } }, y: valueAxis(sayCount, { beginAtZero: false, grace: "10%" }) };
        options.plugins.tooltip.callbacks.label = function (item) { const raw = item.raw; return item.dataset.label + ": " + (Array.isArray(raw) ? sayCount(raw[0]) + " to " + sayCount(raw[1]) : sayCount(raw)); };
        const dot = function (name, key, ink, style) {
            return { type: "line", label: name, showLine: false, data: rows.map(function (row) { return number(row[key]); }), pointStyle: style, pointRadius: 6, pointBorderWidth: 2, borderColor: colour(ink), backgroundColor: colour(ink), order: 0 };
        };
        options.plugins.legend.labels.usePointStyle = true;
        return {
            type: "bar", options: options,
            data: {
                labels: rows.map(function (row) { return sayMonth(row.ends); }),
                datasets: [dot("What happened", "actual", "over", "circle"), dot("Forecast: average", "mean", "main", "rect"),
                    { label: "Forecast: 8 of 10 futures", data: rows.map(function (row) { return [number(row.p10), number(row.p90)]; }), backgroundColor: colour("fan-80"), maxBarThickness: 60, order: 1 }],
            },
        };
    };
}

// 31 March 2021 and 12 months: 31 March 2022.
function addMonths(iso, n) {
    const at = place(iso) + Number(n) - 1;
    return Math.floor(at / 12) + "-" + String(at % 12 + 1).padStart(2, "0") + "-28";
}

function skillSection() {
    const all = table("skill").filter(function (row) { return row.measure === "children" && row.category === "all"; });
    const horizons = unique(all.map(function (row) { return row.horizon_months; }));
    const far = horizons.indexOf("12") >= 0 ? "12" : lastOf(horizons);
    const rows = all.filter(function (row) { return row.horizon_months === far; });
    const summary = table("skill_summary").filter(function (row) { return row.category === "all" && row.measure === "children" && row.size_band === "all"; });
    const parts = run.skill && run.skill.sentence ? [make("p", {}, run.skill.sentence)] : [];
    if (!rows.length) {
        return;
    }
    rows.forEach(function (row) { row.ends = addMonths(row.origin, row.horizon_months); });
    parts.push(figure("Forecasts of all children made with what was known " + far + " months before, beside what happened. " + (rows.length < 8 ? "So few forecasts say little about how wide the ranges should be." : ""),
        "Past forecasts of all children " + far + " months ahead: " + rows.map(function (row) { return sayMonth(row.ends) + " forecast " + sayWithRange(row, sayCount) + ", happened " + sayCount(number(row.actual)); }).join("; ") + ".",
        skillConfig(rows), makeDetails("Table: past forecasts and what happened", true, function () {
            return makeTable("Past forecasts of all children; \u201clast value\u201d: as if the number of that day had stayed", [
                { head: "Made on what was known on", text: function (row) { return sayDay(row.origin); } }, { head: "Months ahead", number: true, text: function (row) { return row.horizon_months; } },
                cell("Forecast", "mean", sayCount), cell("8 of 10: from", "p10", sayCount), cell("to", "p90", sayCount), cell("Happened", "actual", sayCount), cell("Last value", "naive", sayCount)], all);
        })));
    if (summary.length) {
        parts.push(makeDetails("Table: how far forecasts were out, by months ahead", true, function () {
            return makeTable("How far forecasts of all children were out, on average", [{ head: "Months ahead", text: function (row) { return row.horizon_months; } }, cell("Forecasts", "forecasts", sayCount),
                cell("Missed by", "mape", percent), cell("Last value missed by", "naive_mape", percent), cell("Straight line missed by", "line_mape", percent), cell("8 of 10 range held", "held_80", sayChance)], summary);
        }));
    }
    section("skill", "How good past forecasts were", parts);
}

/* ---- one authority of several ---- */

function authoritySection() {
    const names = unique(table("annual").map(function (row) { return row.la; })).filter(function (name) { return name !== undefined && name !== "all"; });
    const year = lastYearOf(years);
    if (names.length < 2) {
        return;
    }
    const at = function (la, measure) { return lastOf(pick("annual", { la: la, scenario: reference, measure: measure, category: "all", year: year })); };
    const of = function (measure) { return function (one) { return at(one.name, measure); }; };
    const list = [textColumn("Authority", function (one) { return one.name === "all" ? "All together" : one.name; }), rangeColumn("Children at the end of " + year, of("children"), sayCount),
        rangeColumn("Starts in " + year, of("starts"), sayCount), rangeColumn("Leavers in " + year, of("ceases"), sayCount)];
    if (years.some(function (row) { return row.measure === "cost_gbp"; })) {
        list.push(rangeColumn("Placement bill " + year, of("cost_gbp"), sayMoney));
    }
    const chooser = make("select", { id: "choose-authority" }, names.map(function (name) { return make("option", { value: name }, name); }));
    const shown = make("div", { "aria-live": "polite" });
    const parts = [makeTable("Authorities in " + year + ", scenario " + reference + "; in brackets the range of 8 of 10 simulated futures. Ranges do not add up to that of all together", list, names.concat("all").map(function (name) { return { name: name }; }))];
    replaceable(shown, chooser, function () {
        const name = chooser.value;
        const rows = pick("forecast", { la: name, scenario: reference, measure: "children", category: "all" });
        const parts = make("div", {}, make("h3", {}, name));
        if (rows.length) {
            addChart(parts, fanWords(name, rows), fanConfig(rows, [], false));
        }
        parts.append(makeTable(name + ": by financial year and kind of placement, scenario " + reference, [yearColumn, categoryColumn, textColumn("What", function (row) { return measureLabel(row.measure); })].concat(statisticColumns(sayCount).map(function (column) {
            return Object.assign({}, column, { text: function (row) { const text = column.value(row); return text ? sayFor(row.measure)(number(text)) : "\u2013"; } });
        })), pick("annual", { la: name, scenario: reference })));
        return parts;
    });
    section("authorities", "Authorities", parts.concat([make("p", {}, [make("label", { for: "choose-authority" }, "One authority alone: "), chooser]), shown]));
}

/* ---- workforce ---- */

function oneDecimal(value) { return fixed(value, 1); }

function postsFigure(team, rows) {
    const first = rows[0];
    const last = lastOf(rows);
    const say = function (row) { return oneDecimal(number(row.posts_needed)) + " (" + oneDecimal(number(row.posts_needed_p10)) + " to " + oneDecimal(number(row.posts_needed_p90)) + ")"; };
    const config = function () {
        const options = baseOptions(oneDecimal);
        options.scales = { x: timeAxis(place(first.date), place(last.date)), y: valueAxis(sayCount, { beginAtZero: true }) };
        options.plugins.tooltip.callbacks.title = function (items) { return items.length ? "End of " + sayPlace(items[0].parsed.x) : ""; };
        const line = function (name, key, ink, dash) { return { label: name, data: points(rows, key), borderColor: colour(ink), backgroundColor: colour(ink), borderWidth: 2.5, segment: { borderDash: function () { return dash; } }, order: -1 }; };
        const range = band(rows, "posts_needed_p10", "posts_needed_p90", "Needed in 8 of 10 futures", colour("fan-80"));
        range[1].data.forEach(function (point, n) { point.tip = oneDecimal(number(rows[n].posts_needed_p10)) + " to " + oneDecimal(number(rows[n].posts_needed_p90)); });
        return { type: "line", options: options, data: { datasets: [line("Posts needed: average", "posts_needed", "main", [])].concat(last.posts ? [line("Posts there are", "posts", "over", [7, 4])] : []).concat(range) } };
    };
    const element = make("figure", {}, make("figcaption", {}, "Posts that the cases of the forecast need" + (last.posts ? ", beside the posts there are." : ".")));
    addChart(element, team + ": posts needed from " + say(first) + " at the end of " + sayMonth(first.date) + " to " + say(last) + " at the end of " + sayMonth(last.date) + "; in brackets the range of 8 of 10 simulated futures." + (last.posts ? " There are " + oneDecimal(number(last.posts)) + " then." : ""), config);
    return element;
}

// By team; the row `all` is the sum of those that hold cases.
function postsParts() {
    const all = table("posts").filter(function (row) { return row.scenario === reference; });
    const teams = unique(all.map(function (row) { return row.team; })).filter(function (team, n, list) { return team !== "all" || list.length === 1; });
    const of = function (team) { return all.filter(function (row) { return row.team === team; }); };
    if (!all.length) {
        return [];
    }
    const chooser = make("select", { id: "choose-team" }, teams.map(function (team) { return make("option", { value: team }, team); }));
    const shown = make("div", { "aria-live": "polite" });
    const last = lastOf(all).date;
    replaceable(shown, chooser, function () { return postsFigure(chooser.value, of(chooser.value)); });
    return [make("p", {}, [make("label", { for: "choose-team" }, "Team: "), chooser]), shown, makeDetails("Table: posts needed by team at the end of the forecast", true, function () {
        return makeTable("Posts needed at the end of " + sayMonth(last) + " by teams that hold cases; negative gap: too few posts", [textColumn("Team", function (row) { return row.team; }), cell("Needed", "posts_needed", oneDecimal), cell("8 of 10: from", "posts_needed_p10", oneDecimal), cell("to", "posts_needed_p90", oneDecimal),
            cell("Posts there are", "posts", oneDecimal), cell("Gap", "gap_posts", function (value) { return saySigned(oneDecimal, value); }), cell("Chance of too few", "p_over_target", sayChance), cell("Staff in post", "staff_in_post", oneDecimal), cell("Agency staff", "agency_posts", oneDecimal), cell("Cases for each worker", "case_load", oneDecimal)],
        all.filter(function (row) { return row.date === last && teams.indexOf(row.team) >= 0; }));
    }), makeDetails("Table: posts by month", false, function () { return plainTable("Posts needed and posts there, by month", "posts"); })];
}

function workforceSection() {
    const parts = postsParts();
    if (table("workforce").length) {
        parts.push(make("h3", {}, "What the posts cost, and who pays"), plainTable("Posts, their cost in a year and its funding, as the workforce file has them", "workforce"));
    }
    if (table("workforce_checks").length) {
        parts.push(makeDetails("Table: sums of the workforce file, checked", false, function () { return plainTable("Each sum as stated and as it adds up", "workforce_checks"); }));
    }
    if (parts.length) {
        section("workforce", "Workforce", parts);
    }
}

// Tables of money that have no form of their own here: shown as they stand.
function moneySections() {
    [["processes", "What social care processes cost", "Work on a child\u2019s case, from deciding to look after the child to leaving care: how often, at what cost."],
        ["income", "Income", "What partners and government pay towards the placements."],
        ["concentration", "Where the money is concentrated", "How much of the bill is due to few placements."]].forEach(function (one) {
        if (table(one[0]).length) {
            section(one[0].replace(/_/g, "-"), one[1], [make("p", {}, one[2]), makeDetails("Table: " + one[1].toLowerCase(), true, function () { return plainTable(one[1], one[0]); })]);
        }
    });
}
