/* datapackage.c - datapackage.json: the tables of a run as a Frictionless Data Package with a Table Schema
 * each, so that other programs know their types without guessing. */
#include <string.h>

#include "placecast/version.h"
#include "report/json_parts.h"
#include "report/describe.h"

/* What the columns hold. Columns that are not here are numbers or text by what stands in them. */
static const struct {
    const char *name, *type, *description;
} known[] = {
    {"scenario", "string", "name of the scenario"},
    {"la", "string", "authority; all for their sum"},
    {"date", "date", "last day of the month, or the day counted"},
    {"year", "string", "financial year, 1 April to 31 March, such as 2011/12"},
    {"measure", "string", "what is counted"},
    {"category", "string", "kind of placement; all for their sum"},
    {"cause", "string", "why care ended"},
    {"age_band", "string", "age in completed years; all for their sum"},
    {"mean", "number", "mean over the simulated futures"},
    {"sd", "number", "standard deviation over the simulated futures"},
    {"p025", "number", "2.5% quantile"},
    {"p05", "number", "5% quantile"},
    {"p10", "number", "10% quantile"},
    {"p25", "number", "25% quantile"},
    {"p50", "number", "median"},
    {"p75", "number", "75% quantile"},
    {"p90", "number", "90% quantile"},
    {"p95", "number", "95% quantile"},
    {"p975", "number", "97.5% quantile"},
    {"months", "integer", "months of the year that the forecast covers"},
    {"budget_gbp", "number", "budget of the year, pounds"},
    {"gap_gbp", "number", "outturn less budget, pounds; positive: overspend"},
    {"p_over_budget", "number", "share of the simulated futures in which the budget is passed"},
    {"holder", "string", "budget holder; all for their sum"},
    {"side", "string", "budget, outturn, gap or reserve"},
    {"line", "string", "name of the budget line"},
    {"computed_gbp", "number",
     "pounds as the lines and the simulation give them; of an uncertain line the mean"},
    {"p10_gbp", "number", "10% quantile, pounds"},
    {"p90_gbp", "number", "90% quantile, pounds"},
    {"stated_gbp", "number", "pounds as stated by the user"},
    {"residual_gbp", "number", "stated less computed, pounds: what the lines do not explain"},
    {"note", "string", "what is to be known of the row"},
    {"confidence", "number", "share of the simulated futures in which it is enough"},
    {"needed_gbp", "number", "pounds needed for that"},
    {"given_gbp", "number", "pounds that there are"},
    {"short_gbp", "number", "needed less given, pounds"},
    {"p_over", "number", "share of the simulated futures in which what there is does not suffice"},
    {"against", "string",
     "what it is compared with: a scenario, or none for the same one without interventions"},
    {"basis", "string",
     "bill: what the bill saves; stated: the user's own figure for each placement avoided"},
    {"p_paid_back", "number",
     "share of the simulated futures that have paid back by the end of the year, for good"},
    {"payback", "date", "first month end by which half of the futures have paid back"},
    {"break_even", "number", "placement-years avoided that pay for it"},
    {"funding", "string", "who pays"},
    {"p_fewer", "number", "share of the simulated futures with fewer children than the reference"},
    {"p_more", "number", "share of the simulated futures with more children than the reference"},
    {"intervention", "string", "name of the intervention"},
    {"kind", "string", "kind of the intervention, or of what drives the bill"},
    {"from", "string", "year or scenario that the change is against"},
    {"to", "string", "year or scenario whose bill it is"},
    {"layer", "string", "accounting or causes; the drivers of a year and layer add up to the change"},
    {"driver", "string", "what drives the bill"},
    {"contribution_gbp", "number", "its part of the change, pounds"},
    {"replicates", "integer", "simulated futures"},
    {"target", "string", "what is to be met"},
    {"by", "date", "day by which it is to be met"},
    {"at_most", "number", "the target when the value is to be no more"},
    {"at_least", "number", "the target when the value is to be no less"},
    {"probability", "number", "share of the simulated futures in which the target is met on the date"},
    {"first_met", "date", "first month end from which the median meets the target to the end"},
    {"source", "string", "who pays the income; of an assumption, who says so"},
    {"topic", "string", "what the assumption is about"},
    {"assumption", "string", "what is assumed, in words"},
    {"origin", "string",
     "council: a file of the run; returns: estimated from them; shipped: a table of the program; program: "
     "built in"},
    {"place", "string", "file and line or row"},
    {"result", "string", "what the factor moves"},
    {"factor", "string", "factor of the sweep"},
    {"low_value", "string", "lowest value of the factor"},
    {"high_value", "string", "highest value of the factor"},
    {"at_low", "number", "the result with the factor at its low value"},
    {"at_middle", "number", "the result with all factors in the middle"},
    {"at_high", "number", "the result with the factor at its high value"},
    {"width", "number", "how far the result moves between the two"},
    {"first", "number", "Sobol first-order index"},
    {"first_low", "number", "lower end of its 95% interval"},
    {"first_high", "number", "upper end of its 95% interval"},
    {"total", "number", "Sobol total index"},
    {"total_low", "number", "lower end of its 95% interval"},
    {"total_high", "number", "upper end of its 95% interval"},
    {"process", "string", "process of the cost calculator; all for their sum"},
    {"engine", "integer", "children by this tool's count"},
    {"official_rule", "integer", "children by the national rules"},
    {"published", "integer", "children as published"},
    {"difference", "integer", "this tool's count less the other one"},
};

static json_t *field(const result_table *table, size_t column)
{
    const char *name = table->column[column];
    json_t *object = json_object();
    size_t k = 0;
    int failed = 0;

    while (k < sizeof known / sizeof known[0] && strcmp(known[k].name, name) != 0) {
        k++;
    }
    report_json_set(object, "name", report_json_text(name), &failed);
    if (k < sizeof known / sizeof known[0]) {
        report_json_set(object, "type", json_string(known[k].type), &failed);
        report_json_set(object, "description", json_string(known[k].description), &failed);
    } else {
        report_json_set(object, "type", json_string(table->numeric[column] ? "number" : "string"), &failed);
    }
    if (failed) {
        json_decref(object);
        return NULL;
    }
    return object;
}

/* What numbers of children are rounded to, or NULL: of a run, or of a sensitivity analysis by itself. */
static const json_t *rounded_to(const result_folder *results, result_file file)
{
    const json_t *from =
        file == RESULT_SENSITIVITY || results->run == NULL ? results->sensitivity : results->run;
    const json_t *to = json_object_get(from, "rounded_to");

    return json_is_integer(to) ? to : NULL;
}

/* Tables of money, shares or errors alone have nothing to round. */
static bool has_children(result_file file)
{
    static const result_file without[] = {RESULT_WHY,       RESULT_BUDGET_LINES,     RESULT_BUDGET_NEEDED,
                                          RESULT_WORKFORCE, RESULT_WORKFORCE_CHECKS, RESULT_SKILL_SUMMARY,
                                          RESULT_INCOME,    RESULT_CONCENTRATION,    RESULT_ASSUMPTIONS};

    for (size_t w = 0; w < sizeof without / sizeof without[0]; w++) {
        if (file == without[w]) {
            return false;
        }
    }
    return true;
}

static json_t *resource(const result_table *table, const json_t *rounded, int *failed)
{
    json_t *object = json_object(), *schema = json_object(), *fields = json_array();
    char name[64];

    snprintf(name, sizeof name, "%.*s", (int)strcspn(table->file, "."), table->file);
    for (size_t c = 0; c < table->n_column; c++) {
        report_json_append(fields, field(table, c), failed);
    }
    report_json_set(schema, "fields", fields, failed);
    report_json_set(schema, "missingValues", json_pack("[s]", ""), failed);
    report_json_set(object, "name", json_string(name), failed);
    report_json_set(object, "path", json_string(table->file), failed);
    report_json_set(object, "profile", json_string("tabular-data-resource"), failed);
    report_json_set(object, "format", json_string("csv"), failed);
    report_json_set(object, "mediatype", json_string("text/csv"), failed);
    report_json_set(object, "encoding", json_string("utf-8"), failed);
    if (rounded != NULL) { /* a property of our own, which the specification allows */
        report_json_set(object, "rounded_to", json_integer(json_integer_value(rounded)), failed);
    }
    report_json_set(object, "schema", schema, failed);
    return object;
}

static json_t *description(const result_folder *results)
{
    const json_t *to = rounded_to(results, RESULT_FORECAST);

    return to != NULL
               ? json_sprintf("Written by placecast " PC_VERSION
                              ". Numbers of children are rounded to the nearest %ld, each by itself: totals "
                              "may differ from the sum of their parts. Money is not rounded.",
                              (long)json_integer_value(to))
               : json_string("Written by placecast " PC_VERSION);
}

static json_t *document(const result_folder *results, int *failed)
{
    json_t *root = json_object(), *resources = json_array();

    for (int file = 0; file < RESULT_N_FILE; file++) {
        if (result_has(results, (result_file)file)) {
            const json_t *rounded =
                has_children((result_file)file) ? rounded_to(results, (result_file)file) : NULL;

            report_json_append(resources, resource(&results->table[file], rounded, failed), failed);
        }
    }
    report_json_set(root, "profile", json_string("tabular-data-package"), failed);
    report_json_set(root, "name", json_string("placecast-results"), failed);
    report_json_set(root, "title", report_json_text(result_run_text(results, "scenario", "name")), failed);
    report_json_set(root, "description", description(results), failed);
    report_json_set(root, "resources", resources, failed);
    return root;
}

pc_status datapackage_write(const result_folder *results, pc_diagnostics *diagnostics)
{
    int failed = 0;
    json_t *root = document(results, &failed);

    return report_json_file(root, failed, results->path, "datapackage.json", diagnostics);
}
