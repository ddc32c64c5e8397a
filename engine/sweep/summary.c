/* summary.c - what the commands say of a sweep, as text and as JSON. */
#include <math.h>

#include "report/json_parts.h"
#include "report/say.h"
#include "sweep/sweep_impl.h"

/* "0.4 s", "25 s", "3 min 20 s", "2 h 05 min" */
static char *say_duration(double seconds, char text[SAY_SIZE])
{
    long whole = (long)(seconds + 0.5);

    if (seconds < 9.95) {
        snprintf(text, SAY_SIZE, "%.1f s", seconds);
    } else if (whole < 60) {
        snprintf(text, SAY_SIZE, "%ld s", whole);
    } else if (whole < 3600) {
        snprintf(text, SAY_SIZE, "%ld min %02ld s", whole / 60, whole % 60);
    } else {
        snprintf(text, SAY_SIZE, "%ld h %02ld min", whole / 3600, whole % 3600 / 60);
    }
    return text;
}

static char *say_size(double bytes, char text[SAY_SIZE])
{
    if (bytes < 1e6) {
        snprintf(text, SAY_SIZE, "%.0f KB", bytes / 1e3);
    } else {
        snprintf(text, SAY_SIZE, bytes < 1e9 ? "%.1f MB" : "%.1f GB", bytes / (bytes < 1e9 ? 1e6 : 1e9));
    }
    return text;
}

static void say_what(const pc_sweep *sweep, FILE *stream)
{
    char number[SAY_SIZE];

    fprintf(stream, "%s run%s of ", say_count((double)sweep->n_run, number), sweep->n_run == 1 ? "" : "s");
    if (sweep->replicates == 0) {
        fputs("expected values\n", stream);
    } else {
        fprintf(stream, "%s simulated futures\n", say_count(sweep->replicates, number));
    }
}

void pc_sweep_summary(const pc_sweep *sweep, const char *database, const pc_sweep_outcome *outcome,
                      FILE *stream)
{
    char number[SAY_SIZE], duration[SAY_SIZE];
    size_t done = outcome->n_before + outcome->n_done;

    if (sweep != NULL) {
        fprintf(stream, "Sweep     %s: ", sweep->name);
        say_what(sweep, stream);
        if (outcome->n_run < sweep->n_run) {
            fprintf(stream, "Shard     runs %zu to %zu\n", outcome->first_run,
                    outcome->first_run + outcome->n_run - 1);
        }
        fprintf(stream, "Done      %s run%s in %s", say_count((double)outcome->n_done, number),
                outcome->n_done == 1 ? "" : "s", say_duration(outcome->seconds, duration));
        if (outcome->n_done > 0 && outcome->seconds > 0) {
            fprintf(stream, ", %.1f a second on %d thread%s", (double)outcome->n_done / outcome->seconds,
                    outcome->threads, outcome->threads == 1 ? "" : "s");
        }
        if (outcome->n_before > 0) {
            fprintf(stream, "; %s were there", say_count((double)outcome->n_before, number));
        }
        fputc('\n', stream);
    } else {
        fprintf(stream, "Joined    %s runs\n", say_count((double)done, number));
    }
    if (done < outcome->n_run) {
        fprintf(stream, "Left      %s runs: call it again and it goes on\n",
                say_count((double)(outcome->n_run - done), number));
    } else {
        fprintf(stream, "Results   %s rows\n", say_count((double)outcome->n_result, number));
    }
    if (outcome->round_to >= 2) {
        const pc_look plain = {0};
        const say_page page = say_page_of(&plain, stream);

        say_words(&page, "Rounded   ", SAY_ROUNDED, outcome->round_to);
    }
    fprintf(stream, "Written to %s\n", database);
}

pc_status pc_sweep_summary_json(const pc_sweep *sweep, const char *database, const pc_sweep_outcome *outcome,
                                FILE *stream)
{
    json_t *root = json_object();
    size_t done = outcome->n_before + outcome->n_done;
    int failed = 0;

    report_json_set(root, "verb", json_string("sweep"), &failed);
    report_json_set(root, "sweep", sweep == NULL ? json_null() : report_json_text(sweep->name), &failed);
    report_json_set(root, "database", report_json_text(database), &failed);
    report_json_set(root, "finished", json_boolean(done == outcome->n_run), &failed);
    report_json_set(root, "first_run", json_integer((json_int_t)outcome->first_run), &failed);
    report_json_set(root, "runs", json_integer((json_int_t)outcome->n_run), &failed);
    report_json_set(root, "done_before", json_integer((json_int_t)outcome->n_before), &failed);
    report_json_set(root, "done", json_integer((json_int_t)outcome->n_done), &failed);
    report_json_set(root, "results", json_integer((json_int_t)outcome->n_result), &failed);
    if (outcome->round_to >= 2) {
        report_json_set(root, "rounded_to", json_integer(outcome->round_to), &failed);
    }
    report_json_set(root, "replicates",
                    sweep == NULL ? json_null() : json_integer((json_int_t)sweep->replicates), &failed);
    report_json_set(root, "threads", json_integer((json_int_t)outcome->threads), &failed);
    report_json_set(root, "seconds", json_real(outcome->seconds), &failed);
    report_json_set(root, "simulation_seconds", json_real(outcome->simulation_seconds), &failed);
    return report_json_write(root, failed, JSON_COMPACT, stream);
}

void pc_sweep_check_summary(const char *file, const pc_sweep *sweep, const pc_sweep_estimate *estimate,
                            const pc_diagnostics *diagnostics, FILE *stream)
{
    static const char *const before[] = {"", "warning: ", "assumed: "};
    char text[SAY_SIZE], size[SAY_SIZE];

    for (int severity = 0; severity < PC_N_SEVERITY; severity++) {
        for (size_t m = 0; m < diagnostics->n; m++) {
            if ((int)diagnostics->message[m].severity == severity) {
                fputs(before[severity], stream);
                pc_message_write(&diagnostics->message[m], stream);
                putc('\n', stream);
            }
        }
    }
    if (sweep == NULL) {
        fprintf(stream, "%s: %zu problem%s\n", file, diagnostics->count[PC_ERROR],
                diagnostics->count[PC_ERROR] == 1 ? "" : "s");
        return;
    }
    fprintf(stream, "%s: no problems\nWould run: %s, ", file, sweep->name);
    say_what(sweep, stream);
    fprintf(stream, "About %s on %d thread%s here, a database of about %s (measured on %zu run%s)\n",
            say_duration(estimate->seconds, text), estimate->threads, estimate->threads == 1 ? "" : "s",
            say_size(estimate->bytes, size), estimate->n_sample, estimate->n_sample == 1 ? "" : "s");
}

pc_status pc_sweep_check_json(const char *file, const pc_sweep *sweep, const pc_sweep_estimate *estimate,
                              const pc_diagnostics *diagnostics, FILE *stream)
{
    json_t *root = json_object();
    int failed = 0;

    report_json_set(root, "verb", json_string("check"), &failed);
    report_json_set(root, "file", report_json_text(file), &failed);
    report_json_set(root, "ok", json_boolean(sweep != NULL), &failed);
    report_json_set(root, "sweep", sweep != NULL ? report_json_text(sweep->name) : json_null(), &failed);
    if (sweep != NULL) {
        report_json_set(root, "runs", json_integer((json_int_t)sweep->n_run), &failed);
        report_json_set(root, "replicates", json_integer((json_int_t)sweep->replicates), &failed);
        report_json_set(root, "seconds", json_real(estimate->seconds), &failed);
        report_json_set(root, "bytes", json_real(estimate->bytes), &failed);
        report_json_set(root, "threads", json_integer((json_int_t)estimate->threads), &failed);
        report_json_set(root, "sampled", json_integer((json_int_t)estimate->n_sample), &failed);
    }
    report_json_set(root, "errors", report_json_messages(diagnostics, PC_ERROR), &failed);
    report_json_set(root, "warnings", report_json_messages(diagnostics, PC_WARNING), &failed);
    report_json_set(root, "assumptions", report_json_messages(diagnostics, PC_ASSUMPTION), &failed);
    return report_json_write(root, failed, JSON_COMPACT, stream);
}
