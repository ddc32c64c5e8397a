// words.js - dates, numbers and names as people say them.
const monthNames = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December"];

function sayDay(iso) {
    const part = /^(\d{4})-(\d\d)-(\d\d)$/.exec(iso || "");
    return part ? Number(part[3]) + " " + monthNames[part[2] - 1] + " " + part[1] : iso || "";
}

function sayDayShort(iso) {
    const part = /^(\d{4})-(\d\d)-(\d\d)$/.exec(iso || "");
    return part ? Number(part[3]) + " " + sayMonth(iso) : iso || "";
}

function sayMonth(iso) {
    const part = /^(\d{4})-(\d\d)-/.exec(iso || "");
    return part ? monthNames[part[2] - 1].slice(0, 3) + " " + part[1] : iso || "";
}

function fixed(value, decimals) {
    const text = Math.abs(value).toFixed(decimals);
    const point = text.indexOf(".");
    const whole = point < 0 ? text : text.slice(0, point);
    const sign = value < 0 && Number(text) !== 0 ? "\u2212" : "";
    return sign + whole.replace(/\B(?=(\d{3})+$)/g, ",") + (point < 0 ? "" : text.slice(point));
}

function sayCount(value) { return Number.isFinite(value) ? fixed(value, 0) : "\u2013"; }

function sayMoney(value) {
    const size = Math.abs(value);
    if (!Number.isFinite(value)) {
        return "\u2013";
    }
    const sign = value < 0 ? "\u2212" : "";
    if (size < 999.5) {
        return sign + "\u00a3" + fixed(size, 0);
    }
    if (size < 999.5e3) {
        return sign + "\u00a3" + fixed(size / 1e3, 0) + "k";
    }
    if (size < 99.95e6) {
        return sign + "\u00a3" + fixed(size / 1e6, 1) + "m";
    }
    return sign + "\u00a3" + (size < 999.5e6 ? fixed(size / 1e6, 0) + "m" : fixed(size / 1e9, 1) + "bn");
}

// Never "100 in 100" of what failed once, nor "0 in 100" of what came off once.
function sayChance(share) {
    return share < 1 && share > 0.995 ? "over 99 in 100" : share > 0 && share < 0.005 ? "under 1 in 100" : fixed(100 * share, 0) + " in 100";
}

function percent(share) { return Number.isFinite(share) ? fixed(100 * share, 1) + "%" : "\u2013"; }

// To the pound, where millions would hide what is looked for.
function sayPounds(value) { return Number.isFinite(value) ? (value < 0 ? "\u2212" : "") + "\u00a3" + fixed(Math.abs(value), 0) : "\u2013"; }

// On an axis "£20m", not "£20.0m".
function sayMoneyTick(value) { return sayMoney(value).replace(/\.0(?=[mb])/, ""); }

function saySigned(say, value) { return (value > 0 ? "+" : "") + say(value); }

function sayRange(row, say) {
    return row && row.p10 ? say(number(row.p10)) + " to " + say(number(row.p90)) : "";
}

function sayWithRange(row, say) {
    const range = sayRange(row, say);
    return say(number(row.mean)) + (range ? " (" + range + ")" : "");
}

const labels = {};
(run.categories || []).forEach(function (one) { labels[one.name] = one.label; });

function plain(name) {
    const text = String(name).replace(/_/g, " ");
    return text.charAt(0).toUpperCase() + text.slice(1);
}

function label(category) { return category === "all" ? "All children" : labels[category] || plain(category); }

const measureWords = {
    children: "Children in care", children_average: "Children in care, average of the year", place_days: "Days in placement",
    starts: "Children who start to be looked after", ceases: "Children who leave care", moves: "Placement moves",
    status_changes: "Changes of kind without a move", cost_gbp: "Placement bill", outturn_gbp: "Outturn",
    overflow: "Children who found it full", unmet: "Of these, children for whom nothing on the list was free",
    days_full: "Days on which every place was taken", displaced: "Children who live elsewhere for want of a place, at month end",
    treated: "Children reached", changed: "Children whose path it changed",
    unmet_days: "Days for which no listed kind had a place",
};

function measureLabel(name) { return measureWords[name] || plain(name); }

function isMoney(measure) { return /_gbp$/.test(measure); }

function sayFor(measure) { return isMoney(measure) ? sayMoney : sayCount; }

function yearLabel(row) {
    return row.months && row.months !== "12" ? row.year + " (" + row.months + " month" + (row.months === "1" ? "" : "s") + ")" : row.year;
}
