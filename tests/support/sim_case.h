/* sim_case.h - what tests of the simulation add to a plan made by hand: places, overflow, running replicates.
 */
#ifndef PC_TEST_SIM_CASE_H
#define PC_TEST_SIM_CASE_H

#include "hand_plan.h"
#include "simulate/replicate.h"

/* As hand_plan_make, with nothing capped and nothing substituted. Free with sim_case_free. */
void sim_case_make(hand_plan *self, size_t n_category, int months);
void sim_case_free(hand_plan *self);

/* Caps a category at `places` for all time; from `day` on. Both make the plan coupled. */
void sim_case_cap(hand_plan *self, size_t category, int places);
void sim_case_cap_from(hand_plan *self, size_t category, int day, int places);
/* Where a child goes whose category is full: the digits of `to` are category numbers, e.g. "21". */
void sim_case_overflow(hand_plan *self, size_t category, const char *to);

/* The same value for every stream, age band, category and duration band. */
void sim_case_exits(hand_plan *self, pc_exit_cause cause, double per_year);
void sim_case_moves(hand_plan *self, size_t from, size_t to, double per_year);
void sim_case_statuses(hand_plan *self, size_t from, size_t to, double per_year);
/* Every start of every stream and age begins in this category. */
void sim_case_first(hand_plan *self, size_t category);

/* A rich plan: five categories (two of them residential), made-up rates by both clocks, two streams, starts
 * at every age, about 120 children present with ages up to 17.95, some in care since today. */
void sim_case_rich(hand_plan *self, int months, uint64_t seed);

/* Fails the test unless the replicate runs. */
void sim_case_run(replicate_workspace *workspace, uint32_t replicate);
/* Sum over categories. */
int64_t sim_case_sum(const ledger *of, ledger_series series, size_t period);

/* Fails the test unless: by category, start + starts - ceases + moves and changes of status in and out = end;
 * ceases = exits by cause; what moves out moves in; no stock is negative; place-days lie between the least
 * and the most that the stocks allow when nothing happens, and equal stock x days then; place-days by
 * age band, where they are kept, add up and are never negative. `initial`
 * [n_category]. */
void sim_case_conserved(const ledger *of, const int32_t *initial);

#endif
