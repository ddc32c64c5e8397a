/* scale.c - starts scaled so that the expected stock in the long run is as asked.
 *
 * By Little's law the stock is starts x mean stay. The mean stay has no closed form (moves run on a clock of
 * their own), so it is the mean over lives from fixed draws, spread over streams and ages in proportion to
 * the starts: right to about 0.3%, and a function of the rates alone, not of the seed.
 */
#include <stdlib.h>

#include "synth/synth_impl.h"

#define N_LIFE 160000
#define N_START (PC_N_STREAM * PC_N_AGE_YEAR)

static pc_status mean_stay(const pc_rates *rates, double total, double *years)
{
    const pc_day day = 10957; /* 2000-01-01: any will do */
    synth_population scratch = {.horizon = day + 20 * 366};
    synth_hazards hazards = {0};
    gsl_rng *rng = pc_gsl_rng_new(pc_random_key_make(0, 0), SYNTH_ENTITY_SCALE, PC_PURPOSE_SYNTH);
    pc_status status = rng == NULL ? PC_ERR_NO_MEMORY : synth_hazards_init(&hazards, rates);
    double days = 0, passed = 0;
    size_t at = 0;

    for (size_t life = 0; status == PC_OK && life < N_LIFE; life++) {
        synth_period period = {0};
        double level = ((double)life + 0.5) / N_LIFE * total;

        while (at < N_START - 1 && passed + rates->starts[at] <= level) {
            passed += rates->starts[at++];
        }
        pc_gsl_rng_point(rng, pc_random_key_make(0, 0), SYNTH_ENTITY_SCALE + life, PC_PURPOSE_SYNTH);
        period.stream = (uint8_t)(at / PC_N_AGE_YEAR);
        scratch.n_stay = 0;
        status = synth_life(&hazards, rng, synth_birth(rng, day, (int)(at % PC_N_AGE_YEAR)), day, &period,
                            &scratch);
        days += (double)(period.end - day);
    }
    *years = days / N_LIFE / PC_DAYS_PER_YEAR;
    synth_population_free(&scratch);
    synth_hazards_free(&hazards);
    if (rng != NULL) {
        gsl_rng_free(rng);
    }
    return status;
}

pc_status synth_rates_scale(pc_rates *rates, double children, pc_diagnostics *diagnostics)
{
    double total = 0, years = 0;
    pc_status status;

    for (size_t at = 0; at < N_START; at++) {
        total += rates->starts[at];
    }
    if (!(total > 0)) {
        pc_diagnostics_add(
            diagnostics, PC_ERROR, (pc_place){0},
            "the rates have no starts, so that nobody would be in care; expected starts above 0");
        return PC_ERR_RANGE;
    }
    status = mean_stay(rates, total, &years);
    if (status == PC_OK) {
        for (size_t at = 0; at < N_START; at++) {
            rates->starts[at] *= children / (total * years);
        }
    }
    return status;
}
