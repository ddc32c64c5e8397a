/* From returns to a forecast: clean, fit, trend, run, on whatever files the bundle holds. */
#include <stdbool.h>
#include <stdlib.h>
#include <unistd.h>

#include "fuzz.h"
#include "placecast/episodes.h"
#include "placecast/forecast.h"
#include "placecast/library.h"
#include "placecast/model.h"
#include "placecast/priors.h"
#include "placecast/scenario.h"
#include "placecast/trend.h"

static const char scenario_text[] = "placecast: 1\nname: Fuzz\nstart: 2021-04-01\nmonths: 3\nreplicates: 3\n"
                                    "data: {ssda903: ., extract: 2021-03-31}\n";

static void run(const pc_model *model, pc_diagnostics *said)
{
    pc_run_options options = {.threads = 1};
    pc_scenario scenario;
    pc_forecast forecast;
    pc_status status;

    fuzz_write("scenario.yaml", scenario_text, sizeof scenario_text - 1);
    status = pc_scenario_load(fuzz_path("scenario.yaml"), NULL, &scenario, said);
    if (status == PC_OK) {
        status = pc_run(model, &scenario, NULL, &options, &forecast, said);
        pc_forecast_free(&forecast);
    }
    (void)status;
    pc_scenario_free(&scenario);
}

/* The shipped codes and priors, the same for every input: read once. */
static const pc_priors *shipped(void)
{
    static pc_codes codes;
    static pc_priors priors;
    static bool read;

    if (!read && (pc_codes_load(NULL, &codes, NULL) != PC_OK ||
                  pc_priors_load(NULL, &codes, &priors, NULL) != PC_OK)) {
        abort();
    }
    read = true;
    return &priors;
}

/* The trend costs several times what all the rest does, so it is found for inputs that ask for it: a file
 * `trend`. */
static void forecast(const pc_episodes *episodes, pc_diagnostics *said)
{
    pc_fit_options options = pc_fit_options_default();
    pc_model model;
    pc_status status;

    options.priors = shipped();
    status = pc_fit(episodes, &options, &model, said);
    if (status == PC_OK && access(fuzz_path("trend"), F_OK) == 0) {
        status = pc_model_find_trend(&model, NULL, 1, said);
    }
    if (status == PC_OK) {
        run(&model, said);
    }
    pc_model_free(&model);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    pc_clean_options clean = pc_clean_options_default();
    pc_episodes episodes;
    pc_quality quality;
    pc_tieout tieout;
    pc_diagnostics said;
    pc_status status;

    pc_library_init();
    (void)fuzz_unpack(data, size, "episodes.csv");
    pc_diagnostics_init(&said);
    clean.folder = fuzz_folder();
    status = pc_clean(&clean, &episodes, &quality, &said);
    if (status == PC_OK) {
        status = pc_tieout_make(&episodes, NULL, &tieout, &said);
        pc_tieout_free(&tieout);
        (void)status;
        forecast(&episodes, &said);
    }
    pc_quality_free(&quality);
    pc_episodes_free(&episodes);
    pc_diagnostics_free(&said);
    return 0;
}
