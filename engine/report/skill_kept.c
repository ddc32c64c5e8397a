/* A back-test is not repeated while nothing that it depends on has changed: run.json holds its key, what it
 * said, and the hashes of its tables, so that a table of another run is never taken for its own. */
#include "report/skill_kept.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "placecast/version.h"
#include "report/json_file.h"
#include "report/json_parts.h"

const char *const report_skill_table[REPORT_N_SKILL_TABLE] = {"skill.csv", "skill_summary.csv"};

bool report_skill_hashes(const char *folder, char hash[REPORT_N_SKILL_TABLE][PC_HASH_TEXT_SIZE])
{
    bool all = true;

    for (size_t t = 0; t < REPORT_N_SKILL_TABLE; t++) {
        char *path = pc_format_text("%s/%s", folder, report_skill_table[t]);

        all = path != NULL && pc_file_hash(path, hash[t]) && all;
        free(path);
    }
    return all;
}

/* ---- the key ---- */

/* A file by its content; its name does not matter, but whether there is one. */
static bool put_file(FILE *stream, const char *what, const char *path)
{
    char hash[PC_HASH_TEXT_SIZE] = "none";

    if (path != NULL && !pc_file_hash(path, hash)) {
        return false;
    }
    fprintf(stream, "%s %s\n", what, hash);
    return true;
}

static void put_options(FILE *stream, const pc_run_record *record, const pc_backtest_options *options)
{
    const pc_scenario *scenario = record->scenario;

    fprintf(stream, "placecast %s\nseed %llu\nreplicates %d\norigins %d\nlayers %d %d %d\ntrend %d %d\n",
            PC_VERSION, (unsigned long long)scenario->seed, options->replicates, options->most_origins,
            scenario->uncertainty.parameters, scenario->uncertainty.year_effects,
            scenario->uncertainty.starts_overdispersion, scenario->trend.drift, scenario->trend.mix);
    fprintf(stream, "extract %d\nwindow %d %d\n", (int)record->episodes->extract, (int)scenario->window_from,
            (int)scenario->window_to);
    if (record->round_to > 1) {
        fprintf(stream, "rounded %d\n", record->round_to);
    }
    for (size_t h = 0; h < options->n_horizon; h++) {
        fprintf(stream, "horizon %d\n", options->horizon[h]);
    }
    for (size_t a = 0; a < scenario->n_authority; a++) {
        fprintf(stream, "authority %zu %s\n", strlen(scenario->authority[a]), scenario->authority[a]);
    }
}

pc_status pc_skill_key(const pc_run_record *record, const pc_backtest_options *options,
                       char key[PC_SKILL_KEY_SIZE])
{
    const pc_scenario *scenario = record->scenario;
    const pc_quality *quality = record->quality;
    char *text = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);
    bool read = true, whole;

    key[0] = '\0';
    if (stream == NULL) {
        return PC_ERR_NO_MEMORY;
    }
    put_options(stream, record, options);
    read = put_file(stream, "codes", scenario->codes);
    read = put_file(stream, "weekly", scenario->weekly) && read;
    read = put_file(stream, "year_effects", scenario->year_effects) && read;
    read = put_file(stream, "priors", scenario->priors) && read;
    for (uint32_t f = 0; f < quality->n_read && read; f++) {
        const char *name = pc_names_text(&quality->file, f);

        fprintf(stream, "return %zu %s\n", strlen(name), name); /* a year may stand in the name */
        read = put_file(stream, "content", pc_names_text(&quality->path, f));
    }
    whole = ferror(stream) == 0;
    whole = fclose(stream) == 0 && whole;
    if (whole && read) {
        pc_bytes_hash(text, size, key);
    }
    free(text);
    return whole ? PC_OK : PC_ERR_NO_MEMORY;
}

/* ---- what an earlier run said ---- */

static bool take_headline(const json_t *skill, pc_skill_headline *out)
{
    const json_t *mape = json_object_get(skill, "mape"), *naive = json_object_get(skill, "naive_mape");
    const json_t *n = json_object_get(skill, "forecasts"), *held = json_object_get(skill, "held_80");

    if (!json_is_integer(n) || !json_is_integer(held) || json_integer_value(n) < 0 ||
        json_integer_value(held) < 0 || json_integer_value(held) > json_integer_value(n)) {
        return false;
    }
    *out = (pc_skill_headline){.n = (size_t)json_integer_value(n),
                               .mape = json_is_number(mape) ? json_number_value(mape) : (double)NAN,
                               .naive_mape = json_is_number(naive) ? json_number_value(naive) : (double)NAN,
                               .held_80 = (size_t)json_integer_value(held)};
    return true;
}

static bool says(const json_t *object, const char *key, const char *text)
{
    const char *found = json_string_value(json_object_get(object, key));

    return found != NULL && strcmp(found, text) == 0;
}

bool pc_report_skill_kept(const char *folder, const char *key, pc_skill_headline *out)
{
    char *path = pc_format_text("%s/run.json", folder);
    json_t *root = NULL;
    bool read = path != NULL && report_json_load(path, &root, NULL) == PC_OK;
    const json_t *skill = json_object_get(root, "skill");
    char hash[REPORT_N_SKILL_TABLE][PC_HASH_TEXT_SIZE];
    bool kept = read && key[0] != '\0' && says(skill, "key", key) && report_skill_hashes(folder, hash);

    for (size_t t = 0; t < REPORT_N_SKILL_TABLE && kept; t++) {
        kept = says(skill, report_skill_table[t], hash[t]);
    }
    kept = kept && take_headline(skill, out);
    json_decref(root);
    free(path);
    return kept;
}
