/* summary_invest.c - what the summary of a comparison tells of costs and savings. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "placecast/invest.h"
#include "report/compare_parts.h"
#include "report/json_parts.h"

/* "Base: saves £3.8m (2.6-4.9) for £850k; paid back in 100% of futures" */
static void tell(const pc_invest *of, const pc_invest_part *part, const char *scenario, const say_page *page)
{
    char cost[SAY_SIZE], gross[3 * SAY_SIZE], chance[SAY_SIZE], name[2 * SAY_SIZE];

    say_money(pc_invest_value(of, part, PC_INVEST_COST, of->n_year)->mean, cost);
    summary_brief_money(pc_invest_value(of, part, PC_INVEST_GROSS, of->n_year), 0.0, gross);
    summary_chance(part->p_paid_back[of->n_year - 1], chance);
    snprintf(name, sizeof name, ", %.120s", part->name);
    say_words(page, "Invest    ", "%s%s%s: saves %s for %s; paid back in %s of futures", scenario,
              strcmp(part->name, "all together") == 0 ? "" : name, part->stated ? " (saving as stated)" : "",
              gross, cost, chance);
}

/* The last that costs something: all together, where there are several. */
static void tell_whole(const pc_invest *of, const char *scenario, const say_page *page)
{
    const pc_invest_part *whole = NULL;

    for (size_t at = 0; of != NULL && at < of->n; at++) {
        whole = of->part[at].costs ? &of->part[at] : whole;
    }
    if (whole != NULL) {
        tell(of, whole, scenario, page);
    }
}

void compare_invest(const pc_comparison *of, const pc_alone *parts, const say_page *page)
{
    for (size_t at = 0; at < of->n; at++) {
        tell_whole(parts[at].invest, compare_short_name(of, at), page);
    }
}

static void append_all(json_t *array, const pc_invest *of, int *failed)
{
    for (size_t at = 0; of != NULL && at < of->n; at++) {
        const pc_invest_part *part = &of->part[at];
        json_t *one = json_object();

        report_json_set(one, "scenario", report_json_text(of->scenario), failed);
        report_json_set(one, "intervention", report_json_text(part->name), failed);
        report_json_set(one, "against", report_json_text(of->against), failed);
        report_json_set(one, "basis", json_string(part->stated ? "stated" : "bill"), failed);
        for (int m = 0; m < PC_N_INVEST; m++) {
            if (m != PC_INVEST_CUMULATIVE) {
                report_json_set(
                    one, pc_invest_measure_name((pc_invest_measure)m),
                    report_json_range(pc_invest_value(of, part, (pc_invest_measure)m, of->n_year)), failed);
            }
        }
        report_json_set(one, "net_present_value_gbp", report_json_range(&part->npv), failed);
        report_json_set(one, "discount_rate", report_json_number(of->rate), failed);
        report_json_set(one, "general_inflation", report_json_number(of->general_inflation), failed);
        report_json_set(one, "p_paid_back", report_json_number(part->p_paid_back[of->n_year - 1]), failed);
        report_json_set(one, "payback", report_json_day(part->payback), failed);
        report_json_set(one, "break_even_placement_years", report_json_number(part->break_even), failed);
        report_json_append(array, one, failed);
    }
}

json_t *report_json_invest(const pc_comparison *of, const pc_alone *parts)
{
    json_t *array = json_array();
    int failed = 0;

    for (size_t at = 0; at < of->n; at++) {
        append_all(array, parts[at].invest, &failed);
    }
    for (size_t at = 1; at < of->n && of->invest != NULL; at++) {
        append_all(array, &of->invest[at], &failed);
    }
    if (failed) {
        json_decref(array);
        return NULL;
    }
    return array;
}
