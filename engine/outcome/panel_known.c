#include "outcome/panel_known.h"

#include <string.h>

const char *const panel_type_name[PANEL_N_TYPE] = {"foster",  "residential", "supported",
                                                   "parents", "adoption",    "other"};

/* The published parts of each type, by the two lists; unused places repeat the first. */
enum { MOST_PARTS = 4 };
typedef struct type_parts {
    size_t n;
    pc_panel_series part[MOST_PARTS];
} type_parts;

static const type_parts new_parts[PANEL_N_TYPE] = {
    [PANEL_FOSTER] = {1, {PC_PANEL_FOSTER}},
    [PANEL_RESIDENTIAL] = {1, {PC_PANEL_RESIDENTIAL}},
    [PANEL_SUPPORTED] = {1, {PC_PANEL_SUPPORTED}},
    [PANEL_PARENTS] = {1, {PC_PANEL_PARENTS}},
    [PANEL_ADOPTION] = {1, {PC_PANEL_ADOPTION}},
    [PANEL_OTHER] = {3, {PC_PANEL_OTHER_RESIDENTIAL, PC_PANEL_SCHOOL, PC_PANEL_OTHER}},
};
static const type_parts old_parts[PANEL_N_TYPE] = {
    [PANEL_FOSTER] = {1, {PC_PANEL_FOSTER}},
    [PANEL_RESIDENTIAL] = {1, {PC_PANEL_OLD_RESIDENTIAL}},
    [PANEL_SUPPORTED] = {0, {PC_PANEL_FOSTER}},
    [PANEL_PARENTS] = {1, {PC_PANEL_PARENTS}},
    [PANEL_ADOPTION] = {1, {PC_PANEL_ADOPTION}},
    [PANEL_OTHER] = {4,
                     {PC_PANEL_OTHER_RESIDENTIAL, PC_PANEL_SCHOOL, PC_PANEL_OLD_COMMUNITY,
                      PC_PANEL_OLD_OTHER}},
};

double panel_type_children(const pc_panel *panel, size_t area, int year, panel_type type)
{
    const type_parts *parts = year < PANEL_FIRST_TYPES ? &old_parts[type] : &new_parts[type];
    double sum = 0.0;

    for (size_t at = 0; at < parts->n; at++) {
        double part = panel_figure(panel, area, year, parts->part[at]);

        if (!(part >= 0.0)) {
            return part;
        }
        sum += part;
    }
    return sum;
}

/* Sums of a series over authorities, where `with` is known too. */
static double sum_of(const pc_panel *panel, int year, pc_panel_series series, pc_panel_series with)
{
    double sum = 0.0;

    for (size_t area = 0; area < panel->n_area; area++) {
        double figure = panel_figure(panel, area, year, series);

        if (pc_panel_is_authority(panel, area) && figure >= 0.0 &&
            panel_figure(panel, area, year, with) >= 0.0) {
            sum += figure;
        }
    }
    return sum;
}

static double total(const pc_panel *panel, int year, pc_panel_series series)
{
    return sum_of(panel, year, series, series);
}

static int last_year(const pc_panel *panel)
{
    return panel->first_year + (int)panel->n_year - 1;
}

/* The latest year up to `year` with starts and leavers by age, else the first one after it. */
static int find_pattern_year(const pc_panel *panel, int year)
{
    for (int at = year; at >= panel->first_year; at--) {
        if (total(panel, at, PC_PANEL_STARTED_AGE_0) > 0.0 &&
            total(panel, at, PC_PANEL_CEASED_AGE_18) > 0.0) {
            return at;
        }
    }
    for (int at = year + 1; at <= last_year(panel); at++) {
        if (total(panel, at, PC_PANEL_STARTED_AGE_0) > 0.0 &&
            total(panel, at, PC_PANEL_CEASED_AGE_18) > 0.0) {
            return at;
        }
    }
    return year;
}

static void set_ages(const pc_panel *panel, panel_known *out)
{
    double stock[PC_N_AGE_BAND], started[PC_N_AGE_BAND], ceased[PC_N_AGE_BAND], all_started = 0.0,
                                                                                all_stock = 0.0;
    int year = out->pattern_year;

    for (size_t age = 0; age < PC_N_AGE_BAND; age++) {
        stock[age] = total(panel, year, (pc_panel_series)(PC_PANEL_STOCK_AGE_0 + age));
        started[age] = total(panel, year, (pc_panel_series)(PC_PANEL_STARTED_AGE_0 + age));
        ceased[age] = total(panel, year, (pc_panel_series)(PC_PANEL_CEASED_AGE_0 + age));
        all_started += started[age];
        all_stock += stock[age];
    }
    ceased[PC_N_AGE_BAND - 1] += total(panel, year, PC_PANEL_CEASED_AGE_17);
    for (size_t age = 0; age < PC_N_AGE_BAND; age++) {
        out->start_share[age] = all_started > 0.0 ? started[age] / all_started : 1.0 / PC_N_AGE_BAND;
        out->exit_rate[age] = stock[age] > 0.0 ? ceased[age] / stock[age] : 0.3;
        out->stock_share[age] = all_stock > 0.0 ? stock[age] / all_stock : 1.0 / PC_N_AGE_BAND;
    }
    out->start_events = all_started;
    out->birthdays = stock[PC_N_AGE_BAND - 1] > 0.0
                         ? total(panel, year, PC_PANEL_CEASED_AGE_18) / stock[PC_N_AGE_BAND - 1]
                         : 0.6;
}

/* Starts and ceases that are not counted: first and last of a child in a year only. */
static void set_gap(const pc_panel *panel, panel_known *out)
{
    double gain = 0.0, stock = 0.0;

    for (size_t area = 0; area < panel->n_area; area++) {
        for (int year = panel->first_year + 1; year <= out->year && pc_panel_is_authority(panel, area);
             year++) {
            double before = panel_figure(panel, area, year - 1, PC_PANEL_STOCK);
            double after = panel_figure(panel, area, year, PC_PANEL_STOCK);
            double started = panel_figure(panel, area, year, PC_PANEL_STARTED);
            double ceased = panel_figure(panel, area, year, PC_PANEL_CEASED);

            if (before >= 0.0 && after >= 0.0 && started >= 0.0 && ceased >= 0.0) {
                gain += after - before - (started - ceased);
                stock += before;
            }
        }
    }
    out->gap = stock > 0.0 ? gain / stock : 0.0;
}

static void set_growth(const pc_panel *panel, panel_known *out)
{
    double before = 0.0, after = 0.0;

    for (size_t area = 0; area < panel->n_area && out->year > PANEL_FIRST_TYPES; area++) {
        double first = panel_type_children(panel, area, out->year - 1, PANEL_RESIDENTIAL);
        double second = panel_type_children(panel, area, out->year, PANEL_RESIDENTIAL);

        if (pc_panel_is_authority(panel, area) && first >= 0.0 && second >= 0.0) {
            before += first;
            after += second;
        }
    }
    out->growth_known = before > 0.0;
    out->growth = before > 0.0 ? after / before - 1.0 : 0.0;
}

static void set_types(const pc_panel *panel, panel_known *out)
{
    double sum = 0.0;

    for (int type = 0; type < PANEL_N_TYPE; type++) {
        out->type_share[type] = 0.0;
        for (size_t area = 0; area < panel->n_area; area++) {
            double children = panel_type_children(panel, area, out->year, (panel_type)type);

            out->type_share[type] += pc_panel_is_authority(panel, area) && children >= 0.0 ? children : 0.0;
        }
        sum += out->type_share[type];
    }
    for (int type = 0; type < PANEL_N_TYPE; type++) {
        out->type_share[type] = sum > 0.0 ? out->type_share[type] / sum : 1.0 / PANEL_N_TYPE;
    }
}

void panel_known_by(const pc_panel *panel, int year, panel_known *out)
{
    memset(out, 0, sizeof *out);
    out->year = year;
    out->pattern_year = find_pattern_year(panel, year);
    set_ages(panel, out);
    set_gap(panel, out);
    set_growth(panel, out);
    set_types(panel, out);
}
