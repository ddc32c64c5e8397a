// charts.js - the charts, by Chart.js. Colours are those of the style sheet, read anew for dark, light and print.
const charts = [];

function colour(name) { return getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim(); }

// Months since year 0, so that months stand evenly; the end of a month is its right edge.
function place(iso) {
    const part = iso.split("-");
    return Number(part[0]) * 12 + Number(part[1]);
}

function sayPlace(value) {
    const month = Math.round(value) - 1;
    return monthNames[month % 12].slice(0, 3) + " " + Math.floor(month / 12);
}

// Ticks at the ends of financial years, as many as there is room for.
function marchTicks(scale) {
    const ticks = [];
    for (let at = Math.ceil((scale.min - 3) / 12) * 12 + 3; at <= scale.max; at += 12) {
        ticks.push({ value: at });
    }
    const most = Math.max(2, Math.floor(scale.width / 75));
    const step = Math.ceil(ticks.length / most);
    scale.ticks = ticks.filter(function (tick, t) { return (ticks.length - 1 - t) % step === 0; });
}

function timeAxis(first, last) {
    return {
        type: "linear", min: first, max: last, afterBuildTicks: marchTicks, grid: { color: colour("grid") },
        ticks: { color: colour("quiet"), callback: sayPlace, maxRotation: 0, autoSkip: false },
    };
}

function valueAxis(say, options) {
    return Object.assign({
        beginAtZero: true, grid: { color: colour("grid") }, ticks: { color: colour("quiet"), callback: say, maxTicksLimit: 7 },
    }, options || {});
}

function baseOptions(say) {
    return {
        animation: false, responsive: true, maintainAspectRatio: false, devicePixelRatio: Math.max(2, window.devicePixelRatio || 1),
        interaction: { mode: "index", intersect: false },
        elements: { point: { radius: 0, hitRadius: 6 } },
        plugins: {
            legend: { position: "bottom", labels: { color: colour("text"), boxWidth: 14, boxHeight: 10, filter: function (item) { return item.text !== ""; } } },
            tooltip: {
                callbacks: {
                    label: function (item) {
                        const raw = item.raw && item.raw.tip !== undefined ? item.raw.tip : say(item.parsed.y);
                        return raw === "" || !item.dataset.label ? null : item.dataset.label + ": " + raw;
                    },
                },
            },
        },
    };
}

// `config` is a function, so that a chart can be drawn again in other colours.
function addChart(parent, words, config) {
    const canvas = make("canvas", { role: "img", "aria-label": words });
    const holder = make("div", { class: "chart" }, canvas);
    parent.append(holder);
    charts.push({ canvas: canvas, config: config, chart: null });
}

function drawCharts() {
    Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
    charts.forEach(function (one) {
        const config = one.config();
        if (one.chart) {
            one.chart.options = config.options;
            one.chart.data = config.data;
            one.chart.update("none");
        } else {
            one.chart = new Chart(one.canvas, config);
        }
    });
}

// Before printing the page is laid out anew in the print style; a chart must follow at once.
function redrawCharts() {
    drawCharts();
    charts.forEach(function (one) { one.chart.resize(); });
}

function points(rows, key) {
    return rows.map(function (row) { return { x: place(row.date), y: number(row[key]) }; });
}

// One band: its lower edge, and its upper edge filled down to it.
function band(rows, low, high, name, fill) {
    return [
        { label: "", data: points(rows, low), borderWidth: 0, fill: false },
        {
            label: name, borderWidth: 0, backgroundColor: fill, fill: "-1",
            data: rows.map(function (row) {
                return { x: place(row.date), y: number(row[high]), tip: sayCount(number(row[low])) + " to " + sayCount(number(row[high])) };
            }),
        },
    ];
}

function fanSets(rows, past) {
    let sets = [{ label: "Average of the futures", data: points(rows, "mean"), borderColor: colour("main"), backgroundColor: colour("main"), borderWidth: 2.5, order: -1 }];
    if (past.length) {
        sets.push({
            label: "Counted", data: past, borderColor: colour("past"), backgroundColor: colour("past"), borderWidth: 1.5,
            segment: { borderDash: function () { return [4, 3]; } }, pointRadius: 3.5, order: -2,
        });
    }
    if (ranged) {
        sets = sets.concat(band(rows, "p25", "p75", "5 of 10 futures", colour("fan-50")));
        sets = sets.concat(band(rows, "p10", "p90", "8 of 10 futures", colour("fan-80")));
        sets = sets.concat(band(rows, "p025", "p975", "19 of 20 futures", colour("fan-95")));
    }
    return sets;
}

// A scale from nought would flatten the fan of a large number; one of a small number starts there.
function fanFloor(rows, past) {
    const all = rows.map(function (row) { return number(row[ranged ? "p025" : "mean"]); }).concat(past.map(function (point) { return point.y; }));
    const low = Math.min.apply(null, all.filter(Number.isFinite));
    const high = Math.max.apply(null, rows.map(function (row) { return number(row[ranged ? "p975" : "mean"]); }).filter(Number.isFinite));
    const step = Math.pow(10, Math.floor(Math.log10(Math.max(high, 1))));
    return low < 0.5 * high ? 0 : Math.floor((low - 0.3 * (high - low)) / (step / 2)) * (step / 2);
}

// Half a child is no tick.
function sayWhole(value) { return Number.isInteger(value) ? sayCount(value) : ""; }

function fanConfig(rows, past, small) {
    return function () {
        const options = baseOptions(sayCount);
        const first = past.length ? past[0].x : place(rows[0].date);
        options.scales = {
            x: timeAxis(first, place(rows[rows.length - 1].date)),
            y: valueAxis(sayCount, { beginAtZero: false, min: fanFloor(rows, past), ticks: { color: colour("quiet"), callback: sayWhole, maxTicksLimit: small ? 5 : 7 } }),
        };
        options.plugins.tooltip.callbacks.title = function (items) { return items.length ? "End of " + sayPlace(items[0].parsed.x) : ""; };
        options.plugins.tooltip.mode = "x";
        options.plugins.legend.display = !small;
        return { type: "line", data: { datasets: fanSets(rows, past) }, options: options };
    };
}

function stackConfig(names, series) {
    return function () {
        const options = baseOptions(sayCount);
        options.scales = { x: timeAxis(place(months[0].date), place(months[months.length - 1].date)), y: valueAxis(sayCount, { stacked: true }) };
        options.plugins.legend.reverse = true;
        options.plugins.tooltip.callbacks.title = function (items) { return items.length ? "End of " + sayPlace(items[0].parsed.x) : ""; };
        options.plugins.tooltip.itemSort = function (a, b) { return b.datasetIndex - a.datasetIndex; };
        return {
            type: "line", options: options,
            data: {
                datasets: names.map(function (name, n) {
                    return { label: label(name), data: series(name), backgroundColor: colour("c" + n % 10), borderColor: colour("page"), borderWidth: 1, fill: n === 0 ? "origin" : "-1" };
                }),
            },
        };
    };
}

// The legend shows the dashes of a line as well as its colour.
function dashedLabels(chart) {
    return Chart.defaults.plugins.legend.labels.generateLabels(chart).map(function (item) {
        item.lineDash = chart.data.datasets[item.datasetIndex].borderDash;
        return item;
    });
}

function linesConfig(names, series, say, dashes, fromNought) {
    return function () {
        const options = baseOptions(say);
        options.scales = { x: timeAxis(place(months[0].date), place(months[months.length - 1].date)), y: valueAxis(say, { beginAtZero: fromNought }) };
        options.plugins.tooltip.callbacks.title = function (items) { return items.length ? sayPlace(items[0].parsed.x) : ""; };
        Object.assign(options.plugins.legend.labels, { usePointStyle: true, pointStyleWidth: 36, generateLabels: dashedLabels });
        return {
            type: "line", options: options,
            data: {
                datasets: names.map(function (name, n) {
                    return { label: dashes ? shortName(name) : label(name), data: series(name), borderColor: colour("c" + n % 10), backgroundColor: colour("c" + n % 10), borderWidth: 2.5, pointStyle: "line", borderDash: [[], [7, 4], [2, 3], [9, 3, 2, 3]][n % 4] };
                }),
            },
        };
    };
}

// Bars from nought to the average, over each the range of 8 of 10 futures, and a mark for the budget.
function billConfig(names, yearNames, find) {
    return function () {
        const options = baseOptions(sayMoney);
        const sets = [];
        options.scales = { x: { stacked: true, grid: { display: false }, ticks: { color: colour("quiet") } }, y: valueAxis(sayMoneyTick, { stacked: false }) };
        names.forEach(function (name, n) {
            const rows = yearNames.map(function (year) { return find(name, year); });
            const title = names.length > 1 ? shortName(name) : "Average of the futures";
            sets.push({
                label: title, stack: name, data: rows.map(function (row) { return row ? number(row.mean) : NaN; }), backgroundColor: colour("c" + n % 10),
                barPercentage: 0.8, categoryPercentage: 0.7, order: 2,
            });
            if (ranged) {
                sets.push({
                    label: n === 0 ? "8 of 10 futures" : "", stack: name, backgroundColor: colour("text"), barPercentage: 0.12, categoryPercentage: 0.7, order: 1,
                    data: rows.map(function (row) { return row && row.p10 ? [number(row.p10), number(row.p90)] : null; }),
                });
            }
        });
        if (yearNames.some(function (year) { return find(names[0], year) && find(names[0], year).budget_gbp && (find(names[0], year).measure === "outturn_gbp" || !years.some(function (row) { return row.measure === "outturn_gbp"; })); })) {
            sets.push({
                label: "Budget", type: "line", showLine: false, pointStyle: "line", pointRadius: 34, pointBorderWidth: 4, borderColor: colour("over"), backgroundColor: colour("over"), order: 0,
                data: yearNames.map(function (year) { const row = find(names[0], year); return row ? number(row.budget_gbp) : NaN; }),
            });
        }
        options.plugins.tooltip.callbacks.label = function (item) {
            const raw = item.raw;
            return item.dataset.label === "" ? null : item.dataset.label + ": " + (Array.isArray(raw) ? sayMoney(raw[0]) + " to " + sayMoney(raw[1]) : sayMoney(raw));
        };
        return { type: "bar", data: { labels: yearNames, datasets: sets }, options: options };
    };
}

function billStackConfig(names, yearNames, find) {
    return function () {
        const options = baseOptions(sayMoney);
        options.scales = { x: { stacked: true, grid: { display: false }, ticks: { color: colour("quiet") } }, y: valueAxis(sayMoneyTick, { stacked: true }) };
        options.plugins.legend.reverse = true;
        return {
            type: "bar", options: options,
            data: {
                labels: yearNames,
                datasets: names.map(function (name, n) {
                    return {
                        label: label(name), backgroundColor: colour("c" + n % 10), borderColor: colour("page"), borderWidth: 1, categoryPercentage: 0.7,
                        data: yearNames.map(function (year) { const row = find(name, year); return row ? number(row.mean) : 0; }),
                    };
                }),
            },
        };
    };
}
