/* assumption_plan.c - places, interventions, the user's further tables, and what the run itself assumed. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/number_text.h"
#include "report/assumption_table.h"
#include "report/say.h"

enum { WORDS_SIZE = 600 };

static const char unstated[] = ""; /* the file gives a figure and no source: nothing is made up */

/* ---- places ---- */

static char *number(double value, char text[PC_NUMBER_TEXT_SIZE])
{
    return pc_number_format_significant(value, 6, text);
}

static void put_capacity(assumption_table *self, const pc_capacity *one)
{
    char key[SAY_SIZE], text[PC_NUMBER_TEXT_SIZE], day[SAY_SIZE];
    char share[SAY_SIZE] = "";

    snprintf(key, sizeof key, "capacity.%.80s", one->category);
    if (one->share < 1) {
        snprintf(share, sizeof share, ", of which %s in 100 can be used", number(100 * one->share, text));
    }
    for (size_t s = 0; s < one->n_step; s++) {
        const pc_capacity_step *step = &one->step[s];
        bool always = step->from == PC_DAY_NONE;

        assumption_put_key(self,
                           pc_format_text("%s: %s places%s%s%s%s%s%s", assumption_label(self, one->category),
                                          number(step->places, text), share, always ? "" : " from ",
                                          always ? "" : say_day(step->from, day),
                                          step->authority == NULL ? "" : " in ",
                                          step->authority == NULL ? "" : step->authority,
                                          one->block ? ", paid for whether filled or not" : ""),
                           key, unstated, "");
    }
}

static void put_overflow(assumption_table *self, const pc_overflow *one)
{
    char key[SAY_SIZE], *list = pc_copy_text("");

    snprintf(key, sizeof key, "overflow.%.80s", one->category);
    for (size_t t = 0; t < one->n_to && list != NULL; t++) {
        char *longer =
            pc_format_text("%s%s%s", list, t == 0 ? "" : ", then ", assumption_label(self, one->to[t]));

        free(list);
        list = longer;
    }
    assumption_put_key(self,
                       list == NULL ? NULL
                                    : pc_format_text("Where %s is full, children go to %s",
                                                     assumption_label(self, one->category), list),
                       key, unstated, "");
    free(list);
}

void assumption_put_places(assumption_table *self)
{
    const pc_scenario *scenario = self->scenario;
    char text[PC_NUMBER_TEXT_SIZE], key[SAY_SIZE];

    self->topic = "Places";
    if (scenario->n_capacity == 0) {
        assumption_put(self, pc_copy_text("There are places enough of every kind"), ASSUMPTION_PROGRAM,
                       "our judgement: no capacity is given", "");
    }
    for (size_t c = 0; c < scenario->n_capacity; c++) {
        put_capacity(self, &scenario->capacity[c]);
    }
    for (size_t o = 0; o < scenario->n_overflow; o++) {
        put_overflow(self, &scenario->overflow[o]);
    }
    for (size_t s = 0; s < scenario->n_substitute; s++) {
        const pc_substitute *one = &scenario->substitute[s];

        snprintf(key, sizeof key, "substitute.%.80s", one->category);
        assumption_put_key(self,
                           pc_format_text("Of children who would go to %s, %s in 100 take a free place of %s",
                                          assumption_label(self, one->category),
                                          number(100 * one->share, text), assumption_label(self, one->to)),
                           key, unstated, "");
    }
}

/* ---- interventions ---- */

/* What the effect is of, by kind; of the front door its volume. */
static const char *effect_of(const pc_intervention *one)
{
    static const char *const of[PC_N_INTERVENTION_KIND] = {[PC_INTERVENTION_PREVENT] = "fewer starts,",
                                                           [PC_INTERVENTION_DIVERT] = "placed elsewhere,",
                                                           [PC_INTERVENTION_EXIT_RATE] = "more leave,",
                                                           [PC_INTERVENTION_PRICE] = "price"};

    return of[one->kind] != NULL ? of[one->kind] : one->measure != NULL ? one->measure : "effect";
}

/* "fewer starts, 0% to 6%, most likely 3%" or "price +3%"; with what is pinned. */
static void effect_words(const pc_intervention *one, char words[WORDS_SIZE])
{
    static const char *const pinned[] = {"", " (the lowest is used)", " (the likeliest is used)",
                                         " (the highest is used)"};
    char low[PC_NUMBER_TEXT_SIZE], likely[PC_NUMBER_TEXT_SIZE], high[PC_NUMBER_TEXT_SIZE];

    number(100 * one->effect.low, low);
    number(100 * one->effect.likely, likely);
    number(100 * one->effect.high, high);
    if (one->effect.low < one->effect.high) {
        snprintf(words, WORDS_SIZE, "%s %s%% to %s%%, most likely %s%%%s", effect_of(one), low, high, likely,
                 pinned[one->point]);
    } else {
        snprintf(words, WORDS_SIZE, "%s %s%s%%", effect_of(one),
                 one->effect.likely > 0 && one->kind != PC_INTERVENTION_PREVENT &&
                         one->kind != PC_INTERVENTION_DIVERT
                     ? "+"
                     : "",
                 likely);
    }
}

static void add_words(char words[WORDS_SIZE], const char *format, ...) PC_PRINTF(2, 3);

static void add_words(char words[WORDS_SIZE], const char *format, ...)
{
    size_t length = strlen(words);
    va_list arguments;

    if (length > 0 && length + 2 < WORDS_SIZE) {
        memcpy(words + length, ", ", 3);
        length += 2;
    }
    va_start(arguments, format);
    vsnprintf(words + length, WORDS_SIZE - length, format, arguments);
    va_end(arguments);
}

/* What it does, how much of it, from when, at what cost. */
static void intervention_words(const pc_intervention *one, char words[WORDS_SIZE])
{
    const double cost[] = {one->cost_one_off, one->cost_annual, one->cost_per_child};
    static const char *const each[] = {"once", "a year", "a child"};
    char text[PC_NUMBER_TEXT_SIZE], day[SAY_SIZE];

    words[0] = '\0';
    if (one->kind == PC_INTERVENTION_CAPACITY) {
        add_words(words, "%s%s places", one->places > 0 ? "+" : "", number(one->places, text));
    } else if (one->kind == PC_INTERVENTION_DISCHARGE) {
        add_words(words, "%s children", number(one->children, text));
        add_words(words, "%s in 100 back within a year", number(100 * one->return_12m, text));
    } else if (one->kind != PC_INTERVENTION_MOVE) {
        effect_words(one, words);
    }
    if (isfinite(one->reach)) {
        add_words(words, "reaches %s children a year", number(one->reach, text));
        add_words(words, "of whom %s in 100 would have been cases", number(100 * one->would_have, text));
    }
    if (one->confidence < 1) {
        add_words(words, "comes off in %s of 100 futures", number(100 * one->confidence, text));
    }
    for (size_t c = 0; c < 3; c++) {
        if (cost[c] > 0) {
            add_words(words, "costs %s %s", say_money(cost[c], day), each[c]);
        }
    }
    if (one->from != PC_DAY_NONE) {
        add_words(words, "from %s", say_day(one->from, day));
    }
}

void assumption_put_interventions(assumption_table *self)
{
    const pc_scenario *scenario = self->scenario;

    self->topic = "Interventions";
    for (size_t i = 0; i < scenario->n_intervention; i++) {
        const pc_intervention *one = &scenario->intervention[i];
        char words[WORDS_SIZE], *key = pc_format_text("interventions.%s", one->name);

        intervention_words(one, words);
        if (key == NULL) {
            self->status = PC_ERR_NO_MEMORY;
            return;
        }
        assumption_put_key(self, pc_format_text("%s: %s", one->name, words), key,
                           one->source == NULL ? unstated : one->source, "");
        free(key);
    }
}

/* ---- further tables, and what the run said ---- */

static void put_budget(assumption_table *self)
{
    const pc_budget *budget = &self->scenario->budget_table;

    if (budget->n == 0) {
        return;
    }
    self->topic = "Budget";
    if (self->scenario->budget != NULL) {
        assumption_put_sources(self, "Lines of budget and outturn", self->scenario->budget, NULL, NULL, NULL);
    } else {
        assumption_put_key(self, pc_format_text("%zu lines of budget and outturn", budget->n), "budget",
                           unstated, "");
    }
    if (self->scenario->actuals != NULL) {
        assumption_put_sources(self, "Spend to date", self->scenario->actuals, NULL, NULL, NULL);
    }
}

/* Of this scenario's files, or of none in particular. */
static bool is_of_scenario(const assumption_table *self, const pc_message *message)
{
    const pc_scenario *scenario = self->scenario;

    if (message->file == NULL || self->record->comparison == NULL ||
        strcmp(message->file, scenario->file) == 0) {
        return true;
    }
    for (size_t at = 0; at < self->record->comparison->n; at++) {
        if (strcmp(message->file, self->record->compared[at]->file) == 0) {
            return false;
        }
    }
    return true;
}

static void put_messages(assumption_table *self)
{
    const pc_diagnostics *said = self->record->diagnostics;

    self->topic = "Said by this run";
    for (size_t m = 0; said != NULL && m < said->n; m++) {
        const pc_message *message = &said->message[m];
        char line[PC_NUMBER_TEXT_SIZE] = "", *place;

        if (message->severity != PC_ASSUMPTION || !is_of_scenario(self, message)) {
            continue;
        }
        if (message->line > 0) {
            snprintf(line, sizeof line, ":%ld", message->line);
        }
        place = pc_format_text("%s%s", message->file == NULL ? "" : message->file, line);
        if (place == NULL) {
            self->status = PC_ERR_NO_MEMORY;
            return;
        }
        assumption_put(self, pc_copy_text(message->text), ASSUMPTION_PROGRAM, "where the files leave it open",
                       place);
        free(place);
    }
}

void assumption_put_further(assumption_table *self)
{
    const pc_scenario *scenario = self->scenario;

    put_budget(self);
    if (scenario->out_of_area != NULL) {
        self->topic = "Out of area";
        assumption_put_sources(self, "Shares of place-days out of area", scenario->out_of_area, NULL, NULL,
                               NULL);
    }
    if (scenario->workforce != NULL) {
        self->topic = "Workforce";
        assumption_put(self, pc_copy_text("Volumes at the front door, case-loads, posts and pay"),
                       ASSUMPTION_COUNCIL, unstated, scenario->workforce);
    }
    if (scenario->front_door != NULL) {
        self->topic = "Workforce";
        assumption_put(self, pc_copy_text("Front door from published figures"), ASSUMPTION_COUNCIL, unstated,
                       scenario->front_door);
    }
    put_messages(self);
}
