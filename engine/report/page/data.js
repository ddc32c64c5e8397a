// data.js - the tables of the run, as text: a cell is never changed, only shown in another form.
const data = JSON.parse(document.getElementById("data").textContent);
const run = data.run;

function table(name) {
    const found = data.tables[name];
    if (!found) {
        return [];
    }
    if (!found.list) {
        found.list = found.rows.map(function (line) {
            const cells = line.split("\t");
            const row = {};
            found.columns.forEach(function (column, c) { row[column] = cells[c]; });
            Object.defineProperty(row, "file", { value: name });
            return row;
        });
    }
    return found.list;
}

function columns(name) { return data.tables[name] ? data.tables[name].columns : []; }

// NaN for a blank: charts leave a gap there.
function number(text) { return text === undefined || text === "" ? NaN : Number(text); }

function unique(list) { return Array.from(new Set(list)); }

function pick(name, wanted) {
    const keys = Object.keys(wanted);
    return table(name).filter(function (row) {
        return (wanted.la !== undefined || isTheSum(row)) && keys.every(function (key) { return row[key] === wanted[key]; });
    });
}

// Of several authorities the sum is shown, but where one is chosen.
const authority = columns("annual").indexOf("la") < 0 && columns("forecast").indexOf("la") < 0 ? undefined :
    table("annual").concat(table("forecast")).some(function (row) { return row.la === "all"; }) ? "all" : (table("annual")[0] || table("forecast")[0]).la;
function isTheSum(row) { return row.la === undefined || row.la === authority; }
const months = table("forecast").filter(isTheSum);
const years = table("annual").filter(isTheSum);
const scenarios = unique((years.length ? years : months).map(function (row) { return row.scenario; }));
const reference = scenarios[0];

// Without the words that all names begin with: columns and legends are narrow.
const sharedWords = scenarios.length < 2 ? "" : scenarios.reduce(function (shared, name) {
    while (name.slice(0, shared.length) !== shared) {
        shared = shared.slice(0, -1);
    }
    return shared;
}).replace(/[^ ]*$/, "");
function shortName(scenario) { return scenario.slice(sharedWords.length) || scenario; }
const ranged = months.concat(years).some(function (row) { return row.p10 !== ""; });

// Without "all", and without those in which there is never anyone.
const categories = unique(months.concat(years).map(function (row) { return row.category; })).filter(function (name) {
    return name !== "all" && years.concat(months).some(function (row) {
        return row.category === name && row.measure === "children" && (number(row.mean) >= 0.5 || number(row.p90) >= 1);
    });
});
