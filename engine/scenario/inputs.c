/* Which files a scenario was made from, for hashes and for telling whether one has changed. */
#include "placecast/scenario.h"

size_t pc_scenario_inputs(const pc_scenario *self, const char **out)
{
    const char *const named[] = {self->codes,        self->population,  self->weekly,    self->current,
                                 self->processes,    self->inflation,   self->contracts, self->income,
                                 self->reviews,      self->proceedings, self->budget,    self->actuals,
                                 self->year_effects, self->published,   self->priors,    self->out_of_area,
                                 self->workforce,    self->front_door};
    size_t n = 0;

    for (size_t f = 0; f < self->n_file; f++, n++) {
        if (out != NULL) {
            out[n] = self->read_file[f];
        }
    }
    for (size_t f = 0; f < sizeof named / sizeof named[0]; f++) {
        if (named[f] != NULL) {
            if (out != NULL) {
                out[n] = named[f];
            }
            n++;
        }
    }
    return n;
}
