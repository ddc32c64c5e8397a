/* Margins by age and by type joined: proportional fitting on a seed that says which ages each type can have.
 */
#include "outcome/panel_join.h"

#include <math.h>
#include <string.h>

#define FITTED 1e-9

/* Judgement: which ages a type has, relative to one another within an age band. */
static const double seed[PC_N_AGE_BAND][PANEL_N_TYPE] = {
    {1.0, 0.0, 0.0, 1.0, 1.0, 1.0}, {1.0, 0.0, 0.0, 1.0, 1.6, 0.3}, {1.0, 0.15, 0.0, 1.0, 0.3, 0.1},
    {1.0, 1.0, 0.0, 1.0, 0.0, 0.4}, {1.0, 1.0, 1.0, 1.0, 0.0, 1.0},
};

void panel_scale_to(double *value, size_t n, double sum)
{
    double now = 0.0;

    for (size_t at = 0; at < n; at++) {
        now += value[at];
    }
    for (size_t at = 0; at < n; at++) {
        value[at] = now > 0.0 ? value[at] * sum / now : sum / (double)n;
    }
}

/* Margins of one area, summing to its children. */
void panel_find_ages(const pc_panel *panel, size_t area, const panel_known *known, double children,
                     double age[PC_N_AGE_BAND])
{
    double given = 0.0, missing = 0.0;

    for (size_t a = 0; a < PC_N_AGE_BAND; a++) {
        age[a] = panel_figure(panel, area, known->year, (pc_panel_series)(PC_PANEL_STOCK_AGE_0 + a));
        given += age[a] >= 0.0 ? age[a] : 0.0;
        missing += age[a] >= 0.0 ? 0.0 : known->stock_share[a];
    }
    for (size_t a = 0; a < PC_N_AGE_BAND; a++) {
        if (!(age[a] >= 0.0)) {
            age[a] = fmax(children - given, 0.5) * known->stock_share[a] / missing;
        }
    }
}

void panel_find_types(const pc_panel *panel, size_t area, const panel_known *known, double children,
                      double type[PANEL_N_TYPE])
{
    double given = 0.0, missing = 0.0;

    for (size_t t = 0; t < PANEL_N_TYPE; t++) {
        type[t] = panel_type_children(panel, area, known->year, (panel_type)t);
        given += type[t] >= 0.0 ? type[t] : 0.0;
        missing += type[t] >= 0.0 ? 0.0 : known->type_share[t];
    }
    for (size_t t = 0; t < PANEL_N_TYPE; t++) {
        if (!(type[t] >= 0.0)) {
            type[t] = fmax(children - given, 0.0) * known->type_share[t] / fmax(missing, 1e-9);
        }
    }
}

/* Iterative proportional fitting: rows by age, columns by type. Where the margins contradict the seed the
 * ages are kept. */
void panel_join(const double age[PC_N_AGE_BAND], const double type[PANEL_N_TYPE],
                double cell[PC_N_AGE_BAND][PANEL_N_TYPE])
{
    memcpy(cell, seed, sizeof seed);
    for (int round = 0; round < 200; round++) {
        double change = 0.0;

        for (size_t t = 0; t < PANEL_N_TYPE; t++) {
            double sum = FITTED;

            for (size_t a = 0; a < PC_N_AGE_BAND; a++) {
                sum += cell[a][t];
            }
            for (size_t a = 0; a < PC_N_AGE_BAND; a++) {
                cell[a][t] *= type[t] / sum;
            }
            change = fmax(change, fabs(type[t] / sum - 1.0) * type[t]);
        }
        for (size_t a = 0; a < PC_N_AGE_BAND; a++) {
            panel_scale_to(cell[a], PANEL_N_TYPE, age[a]);
        }
        if (round > 0 && change < 1e-6) {
            break;
        }
    }
}

/* Whole children: the parts that are cut off go to the cells with the largest of them. */
void panel_make_whole(double cell[PC_N_AGE_BAND][PANEL_N_TYPE], long children,
                      long whole[PC_N_AGE_BAND][PANEL_N_TYPE])
{
    long left = children;

    for (size_t at = 0; at < (size_t)PC_N_AGE_BAND * PANEL_N_TYPE; at++) {
        size_t a = at / PANEL_N_TYPE, t = at % PANEL_N_TYPE;

        whole[a][t] = (long)floor(cell[a][t] + 1e-9);
        left -= whole[a][t];
    }
    for (; left > 0; left--) {
        size_t a = 0, t = 0;

        for (size_t at = 1; at < (size_t)PC_N_AGE_BAND * PANEL_N_TYPE; at++) {
            size_t a2 = at / PANEL_N_TYPE, t2 = at % PANEL_N_TYPE;

            if (cell[a2][t2] - (double)whole[a2][t2] > cell[a][t] - (double)whole[a][t]) {
                a = a2;
                t = t2;
            }
        }
        whole[a][t]++;
    }
}

/* The mix of types at each age, from the joined table; an age without children takes that of all. */
void panel_mixes(double cell[PC_N_AGE_BAND][PANEL_N_TYPE], const double type[PANEL_N_TYPE],
                 double mix[PC_N_AGE_BAND][PANEL_N_TYPE])
{
    for (size_t age = 0; age < PC_N_AGE_BAND; age++) {
        double sum = 0.0;

        for (size_t t = 0; t < PANEL_N_TYPE; t++) {
            sum += cell[age][t];
        }
        for (size_t t = 0; t < PANEL_N_TYPE; t++) {
            mix[age][t] = sum > 0.0 ? cell[age][t] : seed[age][t] * type[t];
        }
        panel_scale_to(mix[age], PANEL_N_TYPE, 1.0);
    }
}
