#include "sim_model.h"

#include <math.h>

#include "pc_test.h"

static char *copied(const char *text)
{
    char *copy = malloc(strlen(text) + 1);

    assert_non_null(copy);
    return strcpy(copy, text);
}

static void make_codes(pc_codes *out)
{
    static const char *const name[SIM_MODEL_N_CATEGORY] = {"foster", "residential_home", "other"};

    out->n_category = SIM_MODEL_N_CATEGORY;
    out->category = calloc(SIM_MODEL_N_CATEGORY, sizeof *out->category);
    assert_non_null(out->category);
    for (size_t category = 0; category < SIM_MODEL_N_CATEGORY; category++) {
        out->category[category].name = copied(name[category]);
        out->category[category].label = copied(name[category]);
    }
}

/* Everybody leaves at half a year's rate, a little more in the first months; moves in a ring and within. */
static void make_rates(pc_rates *out, double starts)
{
    assert_ok(pc_rates_init(out, SIM_MODEL_N_CATEGORY));
    for (size_t row = 0; row < (size_t)PC_N_STREAM * PC_N_AGE_BAND * SIM_MODEL_N_CATEGORY * PC_N_BAND;
         row++) {
        size_t band = row % PC_N_BAND, from = row / PC_N_BAND % SIM_MODEL_N_CATEGORY;

        out->exit[row * PC_N_EXIT_HAZARD + PC_EXIT_HOME] = band == 0 ? 1.2 : 0.35;
        out->exit[row * PC_N_EXIT_HAZARD + PC_EXIT_ORDER] = 0.1;
        out->move[row * SIM_MODEL_N_CATEGORY + from] = 0.2;
        out->move[row * SIM_MODEL_N_CATEGORY + (from + 1) % SIM_MODEL_N_CATEGORY] = band == 0 ? 0.9 : 0.3;
        out->status[row * SIM_MODEL_N_CATEGORY + (from + 2) % SIM_MODEL_N_CATEGORY] = 0.05;
    }
    for (size_t age = 0; age < PC_N_AGE_YEAR; age++) {
        out->starts[age] = starts / PC_N_AGE_YEAR;
    }
    out->starts[PC_N_AGE_YEAR + 16] = starts / 10.0;
    for (size_t group = 0; group < (size_t)PC_N_STREAM * PC_N_AGE_BAND; group++) {
        out->first[group * SIM_MODEL_N_CATEGORY] = 0.7;
        out->first[group * SIM_MODEL_N_CATEGORY + 1] = 0.2;
        out->first[group * SIM_MODEL_N_CATEGORY + 2] = 0.1;
    }
}

static void make_authority(pc_authority_model *out, size_t number, int children, pc_day extract)
{
    char name[2] = {(char)('A' + number), '\0'};

    out->la = copied(name);
    make_rates(&out->mean, 0.5 * children);
    out->n_child = (size_t)children;
    out->child = calloc(out->n_child + 1, sizeof *out->child);
    assert_non_null(out->child);
    for (int child = 0; child < children; child++) {
        int age_days = 200 + (child * 6300) / (children + 1);
        int in_care = child % 5 == 0 ? 0 : child * 37 % (age_days < 1500 ? age_days : 1500);

        out->child[child] = (pc_child){.birth = extract - age_days,
                                       .care_start = extract - in_care,
                                       .placement_start = extract - in_care / 2,
                                       .stream = child % 9 == 8,
                                       .category = (uint8_t)(child % SIM_MODEL_N_CATEGORY),
                                       .placement_number = 1};
    }
    out->start_dispersion[PC_STREAM_LOCAL] = 20.0;
    out->start_dispersion[PC_STREAM_UASC] = (double)INFINITY;
}

void sim_model_make(pc_model *out, size_t n_authority, int children, bool mid_month)
{
    static const int edge[PC_N_BAND - 1] = {28, 182, 365, 730};

    memset(out, 0, sizeof *out);
    make_codes(&out->codes);
    memcpy(out->care_edge, edge, sizeof edge);
    memcpy(out->placement_edge, edge, sizeof edge);
    out->extract = pc_day_from_date((pc_date){2023, 3, mid_month ? 15 : 31});
    out->n_authority = n_authority;
    out->authority = calloc(n_authority, sizeof *out->authority);
    assert_non_null(out->authority);
    for (size_t at = 0; at < n_authority; at++) {
        make_authority(&out->authority[at], at, children, out->extract);
    }
}

void sim_model_free(pc_model *self)
{
    for (size_t at = 0; at < self->n_authority; at++) {
        free(self->authority[at].la);
        free(self->authority[at].child);
        pc_rates_free(&self->authority[at].mean);
    }
    free(self->authority);
    pc_codes_free(&self->codes);
    memset(self, 0, sizeof *self);
}

pc_scenario sim_model_scenario(pc_day start, int months)
{
    static char name[] = "Made by hand", file[] = "hand.yaml";

    return (pc_scenario){.file = file,
                         .name = name,
                         .start = start,
                         .months = months,
                         .replicates = 40,
                         .seed = 3,
                         .method = PC_METHOD_SIMULATE};
}

const pc_prices *sim_model_prices(void)
{
    static double weekly[SIM_MODEL_N_CATEGORY];
    static int year[SIM_MODEL_N_CATEGORY] = {2022, 2022, 2022};
    static pc_inflation growth[] = {
        {-1, 2023, 0.10, 0.10, 0.10}, {1, 2024, 0.20, 0.20, 0.20}, {-1, 2024, 0.02, 0.05, 0.11}};
    static pc_prices prices = {.n_category = SIM_MODEL_N_CATEGORY,
                               .weekly_gbp = weekly,
                               .price_year = year,
                               .n_inflation = sizeof growth / sizeof growth[0],
                               .inflation = growth};

    weekly[0] = 700.0;
    weekly[1] = 7000.0;
    weekly[2] = (double)NAN;
    return &prices;
}
