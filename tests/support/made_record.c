#include "made_record.h"

#include <math.h>

#include "intake/rules.h"
#include "pc_test.h"

static char program[] = "/somewhere/placecast", verb[] = "run", badly_encoded[] = "b\xff.yaml";
static char *argument[] = {program, verb, badly_encoded, NULL};
static char file_name[] = "base.yaml", scenario_name[] = "Made", la_name[] = "A";
static const char *const outputs[] = {"forecast.csv", "run.json"};

static pc_day day(int year, int month, int day_of_month)
{
    return pc_day_from_date((pc_date){year, month, day_of_month});
}

void made_record(made *self, size_t n_la, size_t n_month)
{
    static const intake_rule rule[] = {INTAKE_OVERLAP, INTAKE_SHORT_BREAK, INTAKE_DUPLICATE_EPISODE,
                                       INTAKE_DUPLICATE_EPISODE};
    uint32_t number;

    memset(self, 0, sizeof *self);
    made_forecast(&self->forecast, n_la, 3, 2011 * 12 + 9, n_month);
    self->forecast.variance_share[0] = 0.6;
    self->forecast.variance_share[1] = 0.4;
    self->forecast.variance_share[2] = self->forecast.variance_share[3] = (double)NAN;
    self->scenario = (pc_scenario){.file = file_name,
                                   .name = scenario_name,
                                   .start = day(2011, 10, 1),
                                   .months = (int)n_month,
                                   .replicates = 1000,
                                   .seed = 7,
                                   .uncertainty = {true, false, true}};
    self->authority.la = la_name;
    self->authority.left_out = 2;
    self->authority.n_child = 58;
    self->model = (pc_model){.extract = day(2011, 9, 30),
                             .window_from = day(2008, 4, 1),
                             .window_to = day(2011, 3, 31),
                             .n_authority = 1,
                             .authority = &self->authority};
    pc_names_init(&self->episodes.la);
    assert_ok(pc_names_add(&self->episodes.la, "A", 1, &number));
    self->episodes.rows_read = 3737;
    self->episodes.extract = self->model.extract;
    for (size_t q = 0; q < sizeof rule / sizeof rule[0]; q++) {
        char what[] = {(char)(rule[q] + 1)};

        self->line[q] = (pc_quality_line){PC_NAME_NONE, 0, PC_NAME_NONE, PC_NAME_NONE, 0, 0};
        assert_ok(pc_names_add(&self->quality.what, what, 1, &self->line[q].what));
    }
    self->quality.line = self->line;
    self->quality.n = sizeof rule / sizeof rule[0];
    self->tie[0] = (pc_tieout_row){day(2011, 3, 31), -1, -1, 61, 60, -1};
    self->tie[1] = (pc_tieout_row){day(2011, 3, 31), -1, 1, 9, 9, -1};
    self->tieout = (pc_tieout){self->tie, 2, 2};
    pc_diagnostics_init(&self->diagnostics);
    pc_diagnostics_add(&self->diagnostics, PC_ASSUMPTION, (pc_place){0},
                       "growth of prices is nil: none is given");
    pc_diagnostics_add(&self->diagnostics, PC_WARNING, (pc_place){"base.yaml", 3, 5, NULL}, "odd");
    self->record = (pc_run_record){.argc = 3,
                                   .argv = argument,
                                   .scenario = &self->scenario,
                                   .model = &self->model,
                                   .episodes = &self->episodes,
                                   .quality = &self->quality,
                                   .tieout = &self->tieout,
                                   .forecast = &self->forecast,
                                   .diagnostics = &self->diagnostics,
                                   .data = "returns",
                                   .folder = "out/Made",
                                   .n_output = 2,
                                   .output = outputs};
}

void made_record_free(made *self)
{
    made_forecast_free(&self->forecast);
    pc_names_free(&self->episodes.la);
    pc_names_free(&self->quality.what);
    pc_diagnostics_free(&self->diagnostics);
}
