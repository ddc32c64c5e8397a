// start.js - puts the page together and draws it.
function about() {
    const parts = [];
    const places = (run.authorities || []).filter(function (name) { return name !== ""; });
    const dates = unique(months.map(function (row) { return row.date; }));
    if (places.length) {
        parts.push(places.length > 6 ? places.length + " authorities" : places.join(", "));
    }
    if (dates.length) {
        parts.push(sayMonth(dates[0]) + " to " + sayMonth(lastOf(dates)));
    }
    if (scenarios.length > 1) {
        parts.push("scenarios: " + scenarios.join(", "));
    }
    document.getElementById("about").textContent = parts.join(" \u00b7 ");
    document.getElementById("how-sure").textContent = !months.length && !years.length ?
        "One assumption at a time is set to its lowest and to its highest value, the others stay in the middle. Every run is made on the same simulated futures, so what differs is due to the assumption." : ranged ?
        "Nobody knows the future: " + (run.replicates_done ? sayCount(run.replicates_done) + " " : "many ") + "possible ones were simulated from the council\u2019s own past. A range that holds 8 of 10 of them leaves 1 in 10 below it and 1 in 10 above." :
        "These are averages: no futures were simulated, so there are no ranges.";
    document.getElementById("made").textContent = "Made by placecast " + (run.placecast || sensitivityOf.placecast || "") + (run.seed !== undefined ? ", seed " + run.seed : "") + ". Every figure is in the CSV (comma-separated values) files beside this page.";
}

about();
[childrenSection, categorySection, budgetSection, billSection, whySection, capacitySection, scenarioSection, sensitivitySection, interventionSection, targetSection, outOfAreaSection, authoritySection, investSection, moneySections, workforceSection, skillSection, qualitySection, assumptionSection, madeSection, glossarySection].forEach(function (build) { build(); });
drawCharts();
window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redrawCharts);
window.matchMedia("print").addEventListener("change", redrawCharts);
window.addEventListener("beforeprint", redrawCharts);
window.addEventListener("afterprint", redrawCharts);
