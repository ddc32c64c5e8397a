/* What interventions themselves cost, by month. */
#include "outcome/programme.h"

#include <math.h>
#include <string.h>

/* Authorities in which it happens: each has its whole cost. */
static double authorities_of(const outcome_case *of, const pc_intervention *intervention)
{
    double n = 0.0;

    for (size_t at = 0; at < of->n_plan; at++) {
        bool here = intervention->n_authority == 0;

        for (size_t a = 0; a < intervention->n_authority; a++) {
            here |= strcmp(intervention->authority[a], of->model->authority[at].la) == 0;
        }
        n += here;
    }
    return n;
}

int64_t programme_fixed_pence(const outcome_case *of, size_t intervention, size_t month)
{
    const pc_intervention *this = &of->scenario->intervention[intervention];
    const plan_period *period = &of->plan[0].period[of->shape.first_period + month];
    pc_day first = of->plan[0].origin + period->first, end = of->plan[0].origin + period->end;
    pc_day from = this->from == PC_DAY_NONE ? of->scenario->start : this->from;
    pc_day begin = from > first ? from : first, stop = this->until < end ? this->until : end;
    int year = period->financial_year;
    double pounds = 0.0;

    if (from >= first && from < end) {
        pounds += this->cost_one_off * (1.0 + this->cost_contingency);
    }
    if (stop > begin) {
        pounds += this->cost_annual * (double)(stop - begin) /
                  (double)(pc_financial_year_first_day(year + 1) - pc_financial_year_first_day(year));
    }
    return (int64_t)llround(pounds * authorities_of(of, this) * 100.0);
}

int64_t programme_reached_pence(const outcome_case *of, size_t intervention, size_t month,
                                const int64_t *cell)
{
    const grid *shape = &of->shape;

    return (int64_t)llround(of->scenario->intervention[intervention].cost_per_child * 100.0 *
                            (double)cell[shape->treated_at + intervention * 2 * shape->n_month + month]);
}
