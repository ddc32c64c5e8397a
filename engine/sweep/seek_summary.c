/* seek_summary.c - what was found, as text and as JSON. */
#include <math.h>

#include "base/number_text.h"
#include "placecast/seek.h"
#include "report/json_parts.h"
#include "report/say.h"

static const char *number(double value, char text[PC_NUMBER_TEXT_SIZE])
{
    return pc_number_format_significant(value, 6, text);
}

static void say_chance(const pc_seek_point *point, FILE *stream)
{
    fprintf(stream, "%.0f%%", 100 * point->probability);
    if (point->high > point->low) {
        fprintf(stream, " (95%% interval %.0f%% to %.0f%%)", 100 * point->low, 100 * point->high);
    }
}

static const pc_seek_point *best(const pc_seek_result *result)
{
    const pc_seek_point *most = &result->point[0];

    for (size_t at = 1; at < result->n; at++) {
        most = result->point[at].probability > most->probability ? &result->point[at] : most;
    }
    return most;
}

static void say_answer(const pc_seek_result *result, FILE *stream)
{
    char a[PC_NUMBER_TEXT_SIZE], b[PC_NUMBER_TEXT_SIZE];

    if (!result->met) {
        fprintf(stream, "cannot be met within the bounds: at best a chance of %.0f%%, at %s\n",
                100 * best(result)->probability, number(best(result)->lever, a));
        return;
    }
    fprintf(stream, "%s: a chance of ", number(result->smallest.lever, a));
    say_chance(&result->smallest, stream);
    fputc('\n', stream);
    if (result->replicates > 0) {
        fprintf(stream, "          with more simulated futures it might be from %s %s%s\n",
                number(result->sure_from, a), isnan(result->sure_to) ? "up, beyond the bounds" : "to ",
                isnan(result->sure_to) ? "" : number(result->sure_to, b));
    }
}

static void say_curve(const pc_seek_result *result, FILE *stream)
{
    char lever[PC_NUMBER_TEXT_SIZE], mean[SAY_SIZE];

    fprintf(stream, "\n%16s  %6s  %16s\n", "lever", "chance", "mean");
    for (size_t at = 0; at < result->n; at++) {
        bool answer = result->met && !(result->point[at].lever < result->smallest.lever ||
                                       result->point[at].lever > result->smallest.lever);

        fprintf(stream, "%16s  %5.0f%%  %16s%s\n", number(result->point[at].lever, lever),
                100 * result->point[at].probability, say_count(result->point[at].mean, mean),
                answer ? "  <-" : "");
    }
    if (!result->monotone) {
        fputs("The chance falls somewhere along this curve; the first value that reaches it counts.\n",
              stream);
    }
}

static void say_frontier(const pc_seek *self, FILE *stream)
{
    char first[PC_NUMBER_TEXT_SIZE], second[PC_NUMBER_TEXT_SIZE];

    fprintf(stream, "\n%20s  %20s  %6s\n", "first lever", "second, at least", "chance");
    for (size_t at = 0; at < self->n_result; at++) {
        const pc_seek_result *result = &self->result[at];

        fprintf(stream, "%20s  %20s  %5.0f%%\n", number(self->first[at], first),
                result->met ? number(result->smallest.lever, second) : "cannot be met",
                100 * (result->met ? result->smallest.probability : best(result)->probability));
    }
}

void pc_seek_summary(const pc_seek *self, FILE *stream)
{
    char from[PC_NUMBER_TEXT_SIZE], to[PC_NUMBER_TEXT_SIZE], futures[SAY_SIZE];

    fprintf(stream, "Scenario  %s", self->scenario);
    if (self->replicates > 0) {
        fprintf(stream, ", %s simulated futures", say_count(self->replicates, futures));
    }
    fprintf(stream, "\nTarget    %s, with a chance of %.0f%%\n", self->target, 100 * self->confidence);
    for (size_t at = 0; at < self->n_lever; at++) {
        fprintf(stream, "Lever     %s from %s to %s\n", self->lever[at].key,
                number(self->lever[at].from, from), number(self->lever[at].to, to));
    }
    if (self->n_lever == 2) {
        say_frontier(self, stream);
    } else {
        fputs("Answer    ", stream);
        say_answer(&self->result[0], stream);
        say_curve(&self->result[0], stream);
    }
    if (self->round_to >= 2) {
        const pc_look plain = {0};
        const say_page page = say_page_of(&plain, stream);

        say_words(&page, "Rounded   ", SAY_ROUNDED, self->round_to);
    }
}

static json_t *point_json(const pc_seek_point *point)
{
    json_t *object = json_object();
    int failed = 0;

    report_json_set(object, "lever", report_json_number(point->lever), &failed);
    report_json_set(object, "probability", report_json_number(point->probability), &failed);
    report_json_set(object, "low", report_json_number(point->low), &failed);
    report_json_set(object, "high", report_json_number(point->high), &failed);
    report_json_set(object, "mean", report_json_number(point->mean), &failed);
    if (failed) {
        json_decref(object);
    }
    return failed ? NULL : object;
}

static json_t *result_json(const pc_seek *self, size_t which)
{
    const pc_seek_result *result = &self->result[which];
    json_t *object = json_object(), *curve = json_array();
    int failed = 0;

    for (size_t at = 0; at < result->n; at++) {
        report_json_append(curve, point_json(&result->point[at]), &failed);
    }
    if (self->n_lever == 2) {
        report_json_set(object, "first", report_json_number(self->first[which]), &failed);
    }
    report_json_set(object, "met", json_boolean(result->met), &failed);
    report_json_set(object, "smallest", result->met ? point_json(&result->smallest) : json_null(), &failed);
    report_json_set(object, "sure_from", report_json_number(result->sure_from), &failed);
    report_json_set(object, "sure_to", report_json_number(result->sure_to), &failed);
    report_json_set(object, "monotone", json_boolean(result->monotone), &failed);
    report_json_set(object, "curve", curve, &failed);
    if (failed) {
        json_decref(object);
    }
    return failed ? NULL : object;
}

pc_status pc_seek_summary_json(const pc_seek *self, FILE *stream)
{
    json_t *root = json_object(), *levers = json_array(), *results = json_array();
    int failed = 0;

    for (size_t at = 0; at < self->n_lever; at++) {
        json_t *lever = json_object();

        report_json_set(lever, "key", report_json_text(self->lever[at].key), &failed);
        report_json_set(lever, "from", report_json_number(self->lever[at].from), &failed);
        report_json_set(lever, "to", report_json_number(self->lever[at].to), &failed);
        report_json_set(lever, "step", report_json_number(self->lever[at].step), &failed);
        report_json_append(levers, lever, &failed);
    }
    for (size_t at = 0; at < self->n_result; at++) {
        report_json_append(results, result_json(self, at), &failed);
    }
    report_json_set(root, "verb", json_string("seek"), &failed);
    report_json_set(root, "scenario", report_json_text(self->scenario), &failed);
    report_json_set(root, "target", report_json_text(self->target), &failed);
    report_json_set(root, "confidence", report_json_number(self->confidence), &failed);
    report_json_set(root, "replicates", json_integer((json_int_t)self->replicates), &failed);
    if (self->round_to >= 2) {
        report_json_set(root, "rounded_to", json_integer(self->round_to), &failed);
    }
    report_json_set(root, "levers", levers, &failed);
    report_json_set(root, "results", results, &failed);
    return report_json_write(root, failed, JSON_COMPACT, stream);
}
