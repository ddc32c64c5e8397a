/* What the published figures tell by a year, as rows of a table. */
#include "outcome/panel_estimates.h"

#include <stdlib.h>
#include <string.h>

void pc_panel_estimates_free(pc_panel_estimates *self)
{
    if (self != NULL) {
        free(self->row);
        memset(self, 0, sizeof *self);
    }
}

/* One row for each knot. */
static void list_knots(const panel_estimates *from, const char *what, const double value[PC_N_KNOT],
                       const size_t n[PC_N_KNOT], pc_panel_estimates *out)
{
    for (int knot = 0; knot < PC_N_KNOT; knot++) {
        out->row[out->n++] =
            (pc_panel_estimate){from->year, what, 12 * (knot + 1), PC_SIZE_ALL, value[knot], n[knot]};
    }
}

static void list_one(const panel_estimates *from, const char *what, int horizon, int band, double value,
                     size_t n, pc_panel_estimates *out)
{
    out->row[out->n++] = (pc_panel_estimate){from->year, what, horizon, band, value, n};
}

void panel_list_estimates(const panel_estimates *from, pc_panel_estimates *out)
{
    static const char *const sigma_type[PANEL_N_TYPE] = {"sigma_foster",    "sigma_residential",
                                                         "sigma_supported", "sigma_parents",
                                                         "sigma_adoption",  "sigma_other"};
    size_t n_mix[PC_N_KNOT];

    for (int knot = 0; knot < PC_N_KNOT; knot++) {
        n_mix[knot] = from->n_mix;
    }
    list_knots(from, "drift_share", from->factors.share, from->n_drift, out);
    list_knots(from, "birthdays_share", from->factors.birthdays, from->n_drift, out);
    list_knots(from, "homes_growth", from->factors.homes_growth, n_mix, out);
    list_knots(from, "skew_shared", from->factors.skew_shared, from->n_skew, out);
    list_knots(from, "skew_single", from->factors.skew_single, from->n_skew, out);
    list_one(from, "phi", 0, PC_SIZE_ALL, from->phi, from->n_sigma[PC_SIZE_ALL], out);
    for (int band = 0; band < PC_N_SIZE_BAND; band++) {
        list_one(from, "sigma", 0, band, from->sigma[band], from->n_sigma[band], out);
    }
    list_one(from, "phi_mix", 0, PC_SIZE_ALL, from->phi_mix, 0, out);
    list_one(from, "sigma_mix", 0, PC_SIZE_ALL, from->sigma_mix, from->n_mix, out);
    for (int type = 0; type < PANEL_N_TYPE; type++) {
        if (type != PANEL_RESIDENTIAL) {
            list_one(from, sigma_type[type], 0, PC_SIZE_ALL, from->sigma_type[type], from->n_type[type], out);
        }
    }
    for (int at = 0; at < PANEL_N_HALF_LIFE; at++) {
        list_one(from, "half_life_error", panel_half_life[at], PC_SIZE_ALL, from->half_life_error[at],
                 from->n_half_life, out);
    }
    list_one(from, "half_life_months", 0, PC_SIZE_ALL, 12.0 * from->half_life, from->n_half_life, out);
}
