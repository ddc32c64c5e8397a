/* The drift and the change of mix of a model, for fit.json and the summary. */
#include "report/trend_report.h"

#include <math.h>
#include <stdlib.h>

#include "base/memory.h"

/* Pounds and children need no more than this. */
static json_t *number(double value)
{
    return report_json_number(isfinite(value) ? nearbyint(value * 1e6) / 1e6 : (double)NAN);
}

static json_t *knots(const double value[PC_N_KNOT], int *failed)
{
    json_t *array = json_array();

    for (int knot = 0; knot < PC_N_KNOT; knot++) {
        report_json_append(array, number(value[knot]), failed);
    }
    return array;
}

json_t *report_trend_json(const pc_authority_model *authority, int *failed)
{
    const pc_trend *trend = &authority->trend;
    json_t *root, *homes;
    static const double months[PC_N_KNOT] = {12.0, 24.0, 36.0};

    if (!trend->found) {
        return json_null();
    }
    root = json_object();
    homes = json_object();
    report_json_set(root, "months", knots(months, failed), failed);
    report_json_set(root, "local_children", number(trend->now), failed);
    report_json_set(root, "birthday_leavers_a_year", number(authority->birthday_leavers), failed);
    report_json_set(root, "birthdays", knots(trend->birthdays, failed), failed);
    report_json_set(root, "implied", knots(trend->implied, failed), failed);
    report_json_set(root, "share_believed", knots(trend->share, failed), failed);
    report_json_set(root, "birthdays_share_believed", knots(trend->birthdays_share, failed), failed);
    report_json_set(root, "aim", knots(trend->aim, failed), failed);
    report_json_set(root, "aim_mean", knots(trend->aim_mean, failed), failed);
    report_json_set(root, "starts_multiplier", knots(trend->starts, failed), failed);
    report_json_set(root, "bounded", json_boolean(trend->bounded), failed);
    report_json_set(homes, "local_children", number(trend->homes_now), failed);
    report_json_set(homes, "implied", knots(trend->homes_implied, failed), failed);
    report_json_set(homes, "national_growth", knots(trend->homes_growth, failed), failed);
    report_json_set(homes, "aim", knots(trend->homes_aim, failed), failed);
    report_json_set(homes, "multiplier", knots(trend->homes, failed), failed);
    report_json_set(root, "homes", homes, failed);
    return root;
}

void summary_trend(const pc_model *model, const pc_scenario *scenario, const say_page *page)
{
    double now = 0.0, implied = 0.0, aim = 0.0;
    char first[SAY_SIZE], second[SAY_SIZE], third[SAY_SIZE];
    bool mix = scenario->trend.mix && scenario->method == PC_METHOD_SIMULATE;
    char *drift, *whole;

    for (size_t at = 0; at < model->n_authority; at++) {
        const pc_trend *trend = &model->authority[at].trend;

        now += trend->found ? trend->now : 0.0;
        implied += trend->found ? trend->implied[0] : 0.0;
        aim += trend->found ? trend->aim[0] : 0.0;
    }
    if (!(now > 0.0)) {
        return;
    }
    drift = !scenario->trend.drift
                ? NULL
                : pc_format_text("%s local children now; the rates alone lead to %s in a "
                                 "year, past forecasts bear out %s",
                                 say_count(now, first), say_count(implied, second), say_count(aim, third));
    whole = pc_format_text("%s%s%s", drift == NULL ? "" : drift, drift != NULL && mix ? "; " : "",
                           mix ? "homes grow" : "");
    if (whole != NULL && whole[0] != '\0') { /* a summary never fails */
        say_paragraph(page, "Trend     ", whole);
    }
    free(drift);
    free(whole);
}
