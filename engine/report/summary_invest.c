/* summary_invest.c - what the summary of a comparison tells of costs and savings. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "placecast/invest.h"
#include "report/compare_parts.h"
#include "report/json_parts.h"

enum { MOST_TOLD = 4 };

static void tell(const pc_invest *of, const pc_invest_part *part, const say_page *page)
{
    char cost[SAY_SIZE], gross[3 * SAY_SIZE], net[3 * SAY_SIZE], npv[3 * SAY_SIZE], day[SAY_SIZE],
        chance[SAY_SIZE], label[3 * SAY_SIZE], more[3 * SAY_SIZE] = "";

    snprintf(label, sizeof label, "%.100s, %.100s%s", of->scenario, part->name,
             part->stated ? " (saving as stated)" : "");
    say_money(pc_invest_value(of, part, PC_INVEST_COST, of->n_year)->mean, cost);
    summary_range(pc_invest_value(of, part, PC_INVEST_GROSS, of->n_year), say_money, gross);
    summary_range(pc_invest_value(of, part, PC_INVEST_NET, of->n_year), say_money, net);
    summary_range(&part->npv, say_money, npv);
    summary_chance(part->p_paid_back[of->n_year - 1], chance);
    if (part->payback != PC_DAY_NONE) {
        say_day_short(part->payback, day);
    }
    if (isfinite(part->break_even)) {
        snprintf(more, sizeof more,
                 "; %.1f placement-years avoided pay for it, %.1f (%.1f to %.1f) are forecast",
                 part->break_even, pc_invest_value(of, part, PC_INVEST_AVOIDED, of->n_year)->mean,
                 pc_invest_value(of, part, PC_INVEST_AVOIDED, of->n_year)->quantile[2],
                 pc_invest_value(of, part, PC_INVEST_AVOIDED, of->n_year)->quantile[6]);
    }
    say_words(page, "  ",
              "%s: costs %s, saves %s, net %s; present value %s; paid back in %s of futures%s%s%s", label,
              cost, gross, net, npv, chance, part->payback != PC_DAY_NONE ? ", half of all have by " : "",
              part->payback != PC_DAY_NONE ? day : "", more);
}

static size_t tell_all(const pc_invest *of, size_t told, const say_page *page)
{
    for (size_t at = 0; of != NULL && at < of->n; at++) {
        if (!of->part[at].costs) {
            continue;
        }
        if (told == 0) {
            say_newline(page);
            say_paragraph(
                page, "",
                "Invest to save, over the whole forecast (every part and year: invest_to_save.csv)");
        }
        if (told++ < MOST_TOLD) {
            tell(of, &of->part[at], page);
        }
    }
    return told;
}

void compare_invest(const pc_comparison *of, const pc_alone *parts, const say_page *page)
{
    size_t told = 0, first = 0;
    char count[SAY_SIZE];

    while (first + 1 < of->n && parts[first].invest == NULL) {
        first++;
    }
    told = tell_all(parts[first].invest, told, page); /* the others are like it */
    for (size_t at = 1; at < of->n && of->invest != NULL; at++) {
        told = tell_all(&of->invest[at], told, page);
    }
    if (told > MOST_TOLD) {
        say_words(page, "  ", "and %s more in invest_to_save.csv",
                  say_count((double)(told - MOST_TOLD), count));
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
