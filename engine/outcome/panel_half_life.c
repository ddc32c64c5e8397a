/* How figures of earlier years are weighed: the half-life that forecast the next year's starts and ceases
 * best. */
#include <math.h>

#include "outcome/panel_spread.h"

#define JUDGED_HALF_LIFE 1.0 /* years */

const int panel_half_life[PANEL_N_HALF_LIFE] = {0, 6, 12, 24, 36, 1200};

/* |error| / actual of next year's starts and ceases, added to *sum; false when either is not known. */
static bool add_flow_error(const pc_panel *panel, size_t area, int origin, double gap, double half_life,
                           double *sum)
{
    double started = panel_figure(panel, area, origin + 1, PC_PANEL_STARTED);
    double ceased = panel_figure(panel, area, origin + 1, PC_PANEL_CEASED);
    double stock = panel_figure(panel, area, origin, PC_PANEL_STOCK);
    panel_evidence flows;

    if (!(started >= 20.0) || !(ceased >= 20.0) || !panel_model_possible(panel, area, origin) ||
        !panel_flows(panel, area, origin, gap, half_life, &flows)) {
        return false;
    }
    *sum += fabs(flows.starts_a_year - started) / started;
    *sum += fabs(flows.exits_a_year + gap * stock - ceased) / ceased;
    return true;
}

void panel_estimate_half_life(const pc_panel *panel, const bool *use, const panel_known *known,
                              panel_estimates *out)
{
    double least = HUGE_VAL;

    out->half_life = JUDGED_HALF_LIFE;
    for (int at = 0; at < PANEL_N_HALF_LIFE; at++) {
        double sum = 0.0;
        size_t n = 0;

        for (size_t area = 0; area < panel->n_area; area++) {
            for (int origin = panel->first_year; origin < known->year && use[area]; origin++) {
                n += add_flow_error(panel, area, origin, known->gap, panel_half_life[at] / 12.0, &sum);
            }
        }
        out->n_half_life = n;
        out->half_life_error[at] = n > 0 ? sum / (2.0 * (double)n) : (double)NAN;
        if (n >= PANEL_FEWEST && out->half_life_error[at] < least) {
            least = out->half_life_error[at];
            out->half_life = panel_half_life[at] / 12.0;
        }
    }
}
