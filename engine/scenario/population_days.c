/* Persons on any day, from figures at mid-year. */
#include <string.h>

#include "placecast/population.h"

const pc_population_area *pc_population_find(const pc_population *self, const char *la)
{
    for (size_t a = 0; a < self->n_area; a++) {
        if (strcmp(self->area[a].la, la) == 0) {
            return &self->area[a];
        }
    }
    /* One table is everybody's when either side names nobody. */
    return self->n_area == 1 && (la[0] == '\0' || self->area[0].la[0] == '\0') ? &self->area[0] : NULL;
}

static double persons(const pc_population_area *self, size_t year, int age)
{
    return self->persons[year * PC_POPULATION_N_AGE + (size_t)age];
}

double pc_population_on(const pc_population_area *self, int age, pc_day day)
{
    size_t next = 0;
    double share;

    while (next < self->n_year && self->day[next] < day) {
        next++;
    }
    if (next == 0) {
        return persons(self, 0, age);
    }
    if (next == self->n_year) {
        return persons(self, next - 1, age);
    }
    share = (double)(day - self->day[next - 1]) / (double)(self->day[next] - self->day[next - 1]);
    return (1.0 - share) * persons(self, next - 1, age) + share * persons(self, next, age);
}

double pc_population_mean(const pc_population_area *self, int age, pc_day from, pc_day to)
{
    double sum = 0.0;

    for (pc_day day = from; day <= to; day++) {
        sum += pc_population_on(self, age, day);
    }
    return sum / ((double)to - from + 1.0);
}
