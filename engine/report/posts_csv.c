/* posts_csv.c - posts.csv: by month and team, posts needed beside posts there, and how likely case-loads pass
 * the target. Columns: docs/outputs.md. */
#include <math.h>
#include <string.h>

#include "base/out_file.h"
#include "placecast/report.h"

enum { P10 = 2, P50 = 4, P90 = 6 };

/* The month's statistics of a measure and team, or NULL. */
static const pc_statistics *find(const pc_forecast *forecast, pc_workload_measure measure, const char *team,
                                 size_t month, size_t *series)
{
    const pc_workload_result *from = &forecast->workload;

    for (size_t at = 0; at < from->n_series; at++) {
        if (from->measure[at] == measure && strcmp(from->category[at], team) == 0) {
            *series = at;
            return &from->monthly[at * forecast->n_month + month];
        }
    }
    return NULL;
}

static void put(FILE *stream, double value, int decimals)
{
    fputc(',', stream);
    if (isfinite(value)) {
        pc_out_number(stream, value, decimals);
    }
}

static double mean_of(const pc_forecast *forecast, pc_workload_measure measure, const char *team,
                      size_t month)
{
    size_t series;
    const pc_statistics *value = find(forecast, measure, team, month, &series);

    return value == NULL ? (double)NAN : value->mean;
}

/* The same; of `all` over the teams that hold cases, so that like stands beside like. NaN when one is not
 * known. */
static double of_holders(const pc_forecast *forecast, pc_workload_measure measure, const char *team,
                         size_t month)
{
    const pc_workload_result *from = &forecast->workload;
    double sum = 0.0;

    if (strcmp(team, "all") != 0) {
        return mean_of(forecast, measure, team, month);
    }
    for (size_t at = 0; at < from->n_series; at++) {
        if (from->measure[at] == PC_WORKLOAD_NEEDED && strcmp(from->category[at], "all") != 0) {
            sum += mean_of(forecast, measure, from->category[at], month);
        }
    }
    return sum;
}

static void put_team(FILE *stream, const pc_forecast *forecast, const char *team, size_t month)
{
    size_t series = 0;
    const pc_statistics *needed = find(forecast, PC_WORKLOAD_NEEDED, team, month, &series);
    double sure = forecast->workload.at_confidence[series * forecast->n_month + month];
    double posts = of_holders(forecast, PC_WORKLOAD_POSTS, team, month);
    double load = mean_of(forecast, PC_WORKLOAD_CASE_LOAD, team, month);
    char day[PC_DAY_TEXT_SIZE];

    pc_out_text(stream, forecast->scenario);
    fprintf(stream, ",%s,", pc_day_format(forecast->month_end[month], day));
    pc_out_text(stream, team);
    put(stream, needed->mean, 2);
    put(stream, needed->quantile[P10], 2);
    put(stream, needed->quantile[P50], 2);
    put(stream, needed->quantile[P90], 2);
    put(stream, sure, 2);
    put(stream, posts, 2);
    put(stream, posts - needed->mean, 2);
    put(stream, mean_of(forecast, PC_WORKLOAD_OVER_TARGET, team, month), 4);
    put(stream, of_holders(forecast, PC_WORKLOAD_IN_POST, team, month), 2);
    put(stream, of_holders(forecast, PC_WORKLOAD_AGENCY, team, month), 2);
    put(stream, load, 2);
    put(stream, mean_of(forecast, PC_WORKLOAD_OVER_TARGET_STAFFED, team, month), 4);
    put(stream, mean_of(forecast, PC_WORKLOAD_OVER_GUARANTEE, team, month), 4);
    fputc('\n', stream);
}

pc_status pc_report_posts(size_t n, const pc_forecast *forecast, const char *folder,
                          pc_diagnostics *diagnostics)
{
    pc_out_file file;
    pc_status status = pc_out_open(&file, folder, "posts.csv", 0644, diagnostics);

    if (status != PC_OK) {
        return status;
    }
    fputs("scenario,date,team,posts_needed,posts_needed_p10,posts_needed_p50,posts_needed_p90,"
          "posts_at_confidence,posts,gap_posts,p_over_target,staff_in_post,agency_posts,case_load,"
          "p_over_target_staffed,p_over_guarantee\n",
          file.stream);
    for (size_t at = 0; at < n; at++) {
        const pc_workload_result *from = &forecast[at].workload;

        for (size_t month = 0; from->n_series > 0 && month < forecast[at].n_month; month++) {
            for (size_t series = 0; series < from->n_series; series++) {
                if (from->measure[series] == PC_WORKLOAD_NEEDED) {
                    put_team(file.stream, &forecast[at], from->category[series], month);
                }
            }
        }
    }
    return pc_out_commit(&file, diagnostics);
}
