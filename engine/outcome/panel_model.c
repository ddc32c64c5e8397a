/* One authority from published margins (docs/backtest.md, "The panel").
 *
 * Children by age and by type are published apart: proportional fitting joins them on a seed that says which
 * ages each type can have. Moves are set so that the mix of types at each age is kept while children grow
 * older; how it changes is for the trend. */
#include "outcome/panel_model.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "outcome/panel_join.h"

#define PRIOR_EXITS 20.0 /* exits' worth of the national level */
#define WINDOW_YEARS 3
#define AGE_17 0.62 /* of children of 16 and over, so that they turn 18 as fast as the national ones do */

bool panel_model_possible(const pc_panel *panel, size_t area, int year)
{
    return pc_panel_is_authority(panel, area) && panel_figure(panel, area, year, PC_PANEL_STOCK) >= 1.0 &&
           panel_figure(panel, area, year, PC_PANEL_STARTED) >= 0.0 &&
           panel_figure(panel, area, year, PC_PANEL_CEASED) >= 0.0;
}

/* Exits are ceases less the gap, so that starts less exits are what the stock gains. Rates are brought to the
 * children in care in `year`. */
bool panel_flows(const pc_panel *panel, size_t area, int year, double gap, double half_life,
                 panel_evidence *out)
{
    double now = panel_figure(panel, area, year, PC_PANEL_STOCK), weights = 0.0, years = 0.0;

    memset(out, 0, sizeof *out);
    for (int back = 0; back < WINDOW_YEARS; back++) {
        double weight = half_life > 0.0 ? exp2(-back / half_life) : back == 0;
        double stock = panel_figure(panel, area, year - back, PC_PANEL_STOCK);
        double started = panel_figure(panel, area, year - back, PC_PANEL_STARTED);
        double ceased = panel_figure(panel, area, year - back, PC_PANEL_CEASED);

        if (!(weight > 0.0) || !(stock > 0.0) || !(started >= 0.0) || !(ceased >= 0.0)) {
            continue;
        }
        weights += weight;
        years += weight * stock;
        out->starts_a_year += weight * started;
        out->exits_a_year += weight * fmax(ceased - gap * stock, 0.0);
        out->start_events += weight * started;
        out->exit_events += weight * ceased;
    }
    if (!(weights > 0.0)) {
        return false;
    }
    out->starts_a_year /= weights;
    out->exits_a_year *= now / years;
    return true;
}

/* Ages even over the years of a band; of 16 and over, more are 17. `u` in (0, 1). */
static double age_of(size_t band, double u)
{
    double from = pc_age_band_first_year[band], to = pc_age_band_first_year[band + 1];

    if (band + 1 < PC_N_AGE_BAND) {
        return from + u * (to - from);
    }
    return u < 1.0 - AGE_17 ? from + u / (1.0 - AGE_17) : from + 1.0 + (u - (1.0 - AGE_17)) / AGE_17;
}

static pc_status add_children(pc_authority_model *out, long whole[PC_N_AGE_BAND][PANEL_N_TYPE],
                              pc_day extract, long children)
{
    out->child = pc_new_zero((size_t)children, sizeof *out->child);
    if (out->child == NULL) {
        return PC_ERR_NO_MEMORY;
    }
    for (size_t band = 0; band < PC_N_AGE_BAND; band++) {
        for (size_t type = 0; type < PANEL_N_TYPE; type++) {
            for (long n = 0; n < whole[band][type]; n++) {
                double age = age_of(band, ((double)n + 0.5) / (double)whole[band][type]);
                pc_day birth = extract - (pc_day)(age * PC_DAYS_PER_YEAR);
                pc_day began = birth > extract - 365 ? birth : extract - 365;

                out->child[out->n_child++] = (pc_child){.birth = birth,
                                                        .care_start = began,
                                                        .placement_start = began,
                                                        .stream = PC_STREAM_LOCAL,
                                                        .category = (uint8_t)type,
                                                        .placement_number = 1};
            }
        }
    }
    return PC_OK;
}

/* Starts by age: the area's own ages of this year where they are published, else the national ones. */
static void set_starts(const pc_panel *panel, size_t area, const panel_known *known, double a_year,
                       pc_rates *rates)
{
    double share[PC_N_AGE_BAND], sum = 0.0;

    for (size_t age = 0; age < PC_N_AGE_BAND; age++) {
        double own = panel_figure(panel, area, known->year, (pc_panel_series)(PC_PANEL_STARTED_AGE_0 + age));

        share[age] = own >= 0.0 ? own : known->start_share[age] * a_year;
        sum += share[age];
    }
    for (size_t age = 0; age < PC_N_AGE_BAND; age++) {
        int first = pc_age_band_first_year[age], end = pc_age_band_first_year[age + 1];

        for (int year = first; year < end; year++) {
            rates->starts[PC_STREAM_LOCAL * PC_N_AGE_YEAR + year] =
                sum > 0.0 ? a_year * share[age] / sum / (end - first) : 0.0;
        }
    }
}

/* Destinations that keep the mix of each age: what comes in from the age band below has the mix of that. */
static void set_moves(const double age[PC_N_AGE_BAND], double mix[PC_N_AGE_BAND][PANEL_N_TYPE],
                      pc_rates *rates)
{
    double to[PC_N_AGE_BAND][PANEL_N_TYPE];

    for (size_t a = 0; a < PC_N_AGE_BAND; a++) {
        double years = a == 0 ? 1.0 : pc_age_band_first_year[a] - pc_age_band_first_year[a - 1];
        double from_below =
            a == 0 || !(age[a] > 0.0) ? 0.0 : age[a - 1] / years / (PANEL_MOVES_A_YEAR * age[a]);

        for (size_t t = 0; t < PANEL_N_TYPE; t++) {
            to[a][t] = fmax(mix[a][t] + (a == 0 ? 0.0 : from_below * (mix[a][t] - mix[a - 1][t])), 0.0);
        }
        panel_scale_to(to[a], PANEL_N_TYPE, PANEL_MOVES_A_YEAR);
    }
    for (size_t row = 0; row < (size_t)PC_N_STREAM * PC_N_AGE_BAND * PANEL_N_TYPE * PC_N_BAND; row++) {
        size_t a = row / (PANEL_N_TYPE * PC_N_BAND) % PC_N_AGE_BAND;

        memcpy(rates->move + row * PANEL_N_TYPE, to[a], sizeof to[a]);
    }
    for (size_t group = 0; group < (size_t)PC_N_STREAM * PC_N_AGE_BAND; group++) {
        memcpy(rates->first + group * PANEL_N_TYPE, mix[group % PC_N_AGE_BAND], sizeof mix[0]);
    }
}

/* National rates by age times one factor, so that exits and 18th birthdays together are those of the area. */
static void set_exits(const panel_known *known, const double age[PC_N_AGE_BAND], double birthdays,
                      const panel_evidence *evidence, pc_rates *rates)
{
    double expected = 0.0, wanted = fmax(evidence->exits_a_year - birthdays, 0.0), factor;

    for (size_t a = 0; a < PC_N_AGE_BAND; a++) {
        expected += known->exit_rate[a] * age[a];
    }
    factor = (PRIOR_EXITS + wanted) / (PRIOR_EXITS + expected);
    for (size_t row = 0; row < (size_t)PC_N_STREAM * PC_N_AGE_BAND * PANEL_N_TYPE * PC_N_BAND; row++) {
        size_t a = row / (PANEL_N_TYPE * PC_N_BAND) % PC_N_AGE_BAND;

        rates->exit[row * PC_N_EXIT_HAZARD + PC_EXIT_HOME] = known->exit_rate[a] * factor;
    }
}

static pc_status make_codes(pc_codes *out)
{
    out->category = pc_new_zero(PANEL_N_TYPE, sizeof *out->category);
    if (out->category == NULL) {
        return PC_ERR_NO_MEMORY;
    }
    out->n_category = PANEL_N_TYPE;
    for (size_t type = 0; type < PANEL_N_TYPE; type++) {
        out->category[type].name = pc_copy_text(panel_type_name[type]);
        out->category[type].label = pc_copy_text(panel_type_name[type]);
        if (out->category[type].name == NULL || out->category[type].label == NULL) {
            return PC_ERR_NO_MEMORY;
        }
    }
    return PC_OK;
}

static pc_status fill(const pc_panel *panel, size_t area, const panel_known *known, panel_evidence *evidence,
                      pc_model *out)
{
    double children = panel_figure(panel, area, known->year, PC_PANEL_STOCK), age[PC_N_AGE_BAND],
           type[PANEL_N_TYPE], cell[PC_N_AGE_BAND][PANEL_N_TYPE], mix[PC_N_AGE_BAND][PANEL_N_TYPE];
    double leavers = panel_figure(panel, area, known->year, PC_PANEL_CEASED_AGE_18);
    long whole[PC_N_AGE_BAND][PANEL_N_TYPE];
    pc_authority_model *authority = &out->authority[0];

    panel_find_ages(panel, area, known, children, age);
    panel_find_types(panel, area, known, children, type);
    panel_scale_to(age, PC_N_AGE_BAND, children);
    panel_scale_to(type, PANEL_N_TYPE, children);
    panel_join(age, type, cell);
    panel_mixes(cell, type, mix);
    panel_make_whole(cell, (long)children, whole);
    authority->birthday_leavers = leavers >= 0.0 ? leavers : (double)NAN;
    set_starts(panel, area, known, evidence->starts_a_year, &authority->mean);
    set_exits(known, age, leavers >= 0.0 ? leavers : known->birthdays * age[PC_N_AGE_BAND - 1], evidence,
              &authority->mean);
    set_moves(age, mix, &authority->mean);
    authority->start_dispersion[PC_STREAM_UASC] = (double)INFINITY;
    /* Judgement: brothers and sisters make the starts of a year vary half as much again. */
    authority->start_dispersion[PC_STREAM_LOCAL] = fmax(evidence->starts_a_year / 12.0 / 0.5, 0.5);
    return add_children(authority, whole, out->extract, (long)children);
}

pc_status panel_model_make(const pc_panel *panel, size_t area, const panel_known *known, double half_life,
                           pc_model *out, panel_evidence *evidence)
{
    static const int edge[PC_N_BAND - 1] = {28, 182, 365, 730};
    pc_status status;

    memset(out, 0, sizeof *out);
    if (!panel_model_possible(panel, area, known->year) ||
        !panel_flows(panel, area, known->year, known->gap, half_life, evidence)) {
        return PC_ERR_NO_DATA;
    }
    memcpy(out->care_edge, edge, sizeof edge);
    memcpy(out->placement_edge, edge, sizeof edge);
    out->extract = out->window_to = pc_financial_year_first_day(known->year) - 1;
    out->window_from = pc_financial_year_first_day(known->year - WINDOW_YEARS);
    out->authority = pc_new_zero(1, sizeof *out->authority);
    status = out->authority == NULL ? PC_ERR_NO_MEMORY : make_codes(&out->codes);
    if (status == PC_OK) {
        out->n_authority = 1;
        out->authority[0].la = pc_copy_text(panel->area[area].name);
        status = out->authority[0].la == NULL ? PC_ERR_NO_MEMORY
                                              : pc_rates_init(&out->authority[0].mean, PANEL_N_TYPE);
    }
    status = status == PC_OK ? fill(panel, area, known, evidence, out) : status;
    if (status != PC_OK) {
        pc_model_free(out);
    }
    return status;
}
