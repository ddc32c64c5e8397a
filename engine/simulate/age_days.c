/* age_days.c - run_all_alone of replicate.c where place-days are kept by age band. Apart, since the plain
 * loop has nothing to ask about them and is made for speed. */
#include "simulate/age_days.h"

#include "simulate/replicate.h"

/* One child from beginning to end, when no other child can matter to it. */
static void run_alone(life *child, const life_setting *setting, ledger *out, stays *log)
{
    uint8_t age = age_days_band(child); /* when the stay began */

    life_begin(child, setting);
    for (;;) {
        size_t from = child->category, to;
        life_event event = life_advance(child, setting, setting->horizon);
        int day = (int)child->time;
        bool is_move;

        if (event == LIFE_HORIZON) {
            age_days_go_on(out, child, from, age);
            return;
        }
        age_days_end(out, child, from, day, age);
        if (event != LIFE_PLACEMENT) {
            size_t cause = event == LIFE_EXIT ? life_exit_cause(child, setting) : PC_EXIT_AGE_OUT;

            ledger_cease(out, cause, from, day);
            if (log != NULL) {
                stays_cease(log, child->number, cause, day);
            }
            return;
        }
        to = life_destination(child, setting, &is_move);
        ledger_leave(out, is_move ? LEDGER_MOVES_OUT : LEDGER_STATUS_OUT, from, day);
        ledger_enter(out, is_move ? LEDGER_MOVES_IN : LEDGER_STATUS_IN, to, day);
        age_days_begin(out, child, to, day, &age);
        if (log != NULL) {
            stays_enter(log, child, is_move ? STAY_MOVE : STAY_STATUS, to, day);
        }
        life_settle(child, setting, to, is_move);
    }
}

void age_days_run_alone(replicate_workspace *self, const life_setting *setting)
{
    life child;
    uint8_t age;

    for (size_t number = 0; number < self->n_life; number++) {
        replicate_set_life(self, number, &child);
        if (number >= self->plan->n_child) {
            ledger_enter(&self->ledger, LEDGER_STARTS, child.category, (int)child.time);
            age_days_begin(&self->ledger, &child, child.category, (int)child.time, &age);
        }
        if (self->log != NULL) {
            stays_enter(self->log, &child, number < self->plan->n_child ? STAY_PRESENT : STAY_START,
                        child.category, (int)child.time);
        }
        run_alone(&child, setting, &self->ledger, self->log);
    }
}
