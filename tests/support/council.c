#include "council.h"

#include <stdlib.h>
#include <string.h>

#include "pc_test.h"
#include "placecast/synth.h"

void council_make(council *self, uint64_t seed, int children)
{
    pc_synth_options synth = pc_synth_options_default();
    pc_clean_options clean = pc_clean_options_default();
    pc_fit_options fit = pc_fit_options_default();
    char *folder = pc_test_folder(), *returns = pc_test_path(folder, "ssda903");

    memset(self, 0, sizeof *self);
    pc_diagnostics_init(&self->diagnostics);
    synth.seed = seed;
    synth.children = children;
    synth.years = 6;
    synth.core_tables = true;
    clean.folder = returns;
    assert_ok(pc_synth(&synth, folder, &self->diagnostics), &self->diagnostics);
    assert_ok(pc_synth_truth(&synth, &self->truth, &self->diagnostics), &self->diagnostics);
    assert_ok(pc_clean(&clean, &self->episodes, &self->quality, &self->diagnostics), &self->diagnostics);
    assert_ok(pc_codes_load(NULL, &self->codes, &self->diagnostics), &self->diagnostics);
    assert_ok(pc_priors_load(NULL, &self->codes, &self->priors, &self->diagnostics), &self->diagnostics);
    fit.priors = &self->priors;
    assert_ok(pc_fit(&self->episodes, &fit, &self->model, &self->diagnostics), &self->diagnostics);
    assert_ok(pc_prices_load(PC_SOURCE_DIR "/scenarios/example/data/weekly.csv", NULL, &self->codes,
                             pc_financial_year(self->model.extract + 1), &self->prices, &self->diagnostics),
              &self->diagnostics);
    pc_test_remove(folder);
    free(folder);
    free(returns);
}

void council_unmake(council *self)
{
    pc_model_free(&self->model);
    pc_rates_free(&self->truth);
    pc_quality_free(&self->quality);
    pc_episodes_free(&self->episodes);
    pc_prices_free(&self->prices);
    pc_priors_free(&self->priors);
    pc_codes_free(&self->codes);
    pc_diagnostics_free(&self->diagnostics);
}
