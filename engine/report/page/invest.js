// invest.js - what interventions cost and save: over the whole forecast, one row each, and whether they pay back.
function investSection() {
    const all = table("invest_to_save").filter(function (row) { return row.year === "all"; });
    const key = function (row) { return [row.scenario, row.intervention, row.against, row.basis].join("|"); };
    const of = function (row, measure) { return all.find(function (one) { return one.measure === measure && key(one) === key(row); }); };
    const costs = function (row) { const one = of(row, "programme_cost_gbp"); return one ? number(one.mean) : 0; };
    // Those that cost something; what is all together comes last in each scenario, as in the file.
    const rows = all.filter(function (row) { return row.measure === "net_saving_gbp" && costs(row) > 0; });
    if (!table("invest_to_save").length) {
        return;
    }
    const name = function (row) { return (scenarios.length > 1 ? shortName(row.scenario) + ": " : "") + row.intervention + (row.against === "none" || row.against === "" ? "" : ", against " + shortName(row.against)) + (row.basis === "stated" ? " (saving as stated)" : ""); };
    const npv = function (row) { return of(row, "net_present_value_gbp"); };
    const find = function (measure) { return function (row) { return of(row, measure); }; };
    // By the end of the last year.
    const paid = function (row) { return lastOf(table("invest_to_save").filter(function (one) { return one.p_paid_back !== "" && key(one) === key(row); })); };
    const list = [textColumn("What", name), rangeColumn("Costs", find("programme_cost_gbp"), sayMoney), rangeColumn("Takes off the bill", find("gross_saving_gbp"), sayMoney),
        rangeColumn("Net saving", function (row) { return row; }, function (value) { return saySigned(sayMoney, value); }), rangeColumn("Present value", npv, function (value) { return saySigned(sayMoney, value); }),
        { head: "Paid back in", number: true, text: function (row) { const one = paid(row); return one ? chance(one.p_paid_back) : "\u2013"; } },
        { head: "Half have paid back by", text: function (row) { const one = npv(row); return one && one.payback ? sayMonth(one.payback) : "not within this forecast"; } }];
    const most = rows.slice(0, MOST_BARS);
    const parts = [make("p", {}, "Over the whole forecast: the cost of each intervention that has one, and what it takes off the placement bill. Present value: later years count less. Futures that have paid back are those in which savings have made up for the cost by the end, for good.")];
    if (rows.length) {
        parts.push(figure("Net saving over the whole forecast: the average of the simulated futures. Below nought it costs more than it saves.", "Net saving over the whole forecast. " + rows.map(function (row) { return name(row) + " " + sayWithRange(row, sayMoney); }).join("; ") + ".",
            barsConfig(most.map(function (row) { return shorten(name(row), 42); }), [{ label: "Net saving", data: most.map(function (row) { return number(row.mean); }), tips: most.map(function (row) { return sayWithRange(row, sayMoney); }) }], sayMoneyTick),
            makeDetails("Table: what interventions cost and save", true, function () { return makeTable("Costs and savings over the whole forecast; in brackets the range of 8 of 10 simulated futures", list, rows); })));
        parts[parts.length - 1].querySelector(".chart").style.height = (5 + 2 * most.length) + "rem";
    }
    parts.push(makeDetails("Table: every part and year", false, function () { return plainTable("Costs and savings of every part, by financial year", "invest_to_save"); }));
    section("invest-to-save", "What interventions cost and save", parts);
}
