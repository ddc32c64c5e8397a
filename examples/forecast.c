/* forecast.c - a forecast from C: returns -> model -> forecast, and the children at the end of each month.
 *
 *   cc forecast.c $(pkg-config --cflags --libs placecast) -o forecast
 *   ./forecast /usr/share/placecast/scenarios/example/base.yaml
 */
#include <stdio.h>
#include <stdlib.h>

#include <placecast/episodes.h>
#include <placecast/forecast.h>
#include <placecast/library.h>
#include <placecast/model.h>
#include <placecast/priors.h>
#include <placecast/scenario.h>
#include <placecast/trend.h>

static void print_messages(const pc_diagnostics *said)
{
    for (size_t at = 0; at < said->n; at++) {
        char *line = pc_message_line(&said->message[at]);

        fprintf(stderr, "%s\n", line == NULL ? "out of memory" : line);
        free(line);
    }
}

static void print_children(const pc_forecast *forecast)
{
    for (size_t month = 0; month < forecast->n_month; month++) {
        const pc_statistics *children =
            pc_forecast_monthly(forecast, 0, PC_MEASURE_CHILDREN, forecast->n_category, month);
        char date[PC_DAY_TEXT_SIZE];

        printf("%s %.1f\n", pc_day_format(forecast->month_end[month], date), children->mean);
    }
}

int main(int argc, char **argv)
{
    pc_scenario scenario = {0};
    pc_clean_options clean = pc_clean_options_default();
    pc_fit_options fit = pc_fit_options_default();
    pc_run_options run = {.threads = 1};
    pc_episodes episodes = {0};
    pc_quality quality = {0};
    pc_codes codes = {0};
    pc_priors priors = {0};
    pc_model model = {0};
    pc_forecast forecast = {0};
    pc_diagnostics said;
    pc_status status;

    if (argc != 2) {
        fprintf(stderr, "usage: %s SCENARIO\n", argv[0]);
        return 2;
    }
    pc_library_init();
    pc_diagnostics_init(&said);
    status = pc_scenario_load(argv[1], NULL, &scenario, &said);
    clean.folder = scenario.ssda903;
    clean.codes = scenario.codes;
    clean.extract = scenario.extract;
    status = status == PC_OK ? pc_codes_load(scenario.codes, &codes, &said) : status;
    status = status == PC_OK ? pc_priors_load(scenario.priors, &codes, &priors, &said) : status;
    status = status == PC_OK ? pc_clean(&clean, &episodes, &quality, &said) : status;
    fit.window_from = scenario.window_from;
    fit.window_to = scenario.window_to;
    fit.priors = &priors; /* what is known of the country, where the returns are thin */
    status = status == PC_OK ? pc_fit(&episodes, &fit, &model, &said) : status;
    status = status == PC_OK ? pc_model_find_trend(&model, NULL, 1, &said) : status;
    status = status == PC_OK ? pc_run(&model, &scenario, NULL, &run, &forecast, &said) : status;
    print_messages(&said);
    if (status == PC_OK) {
        print_children(&forecast);
    }
    pc_forecast_free(&forecast);
    pc_model_free(&model);
    pc_priors_free(&priors);
    pc_codes_free(&codes);
    pc_quality_free(&quality);
    pc_episodes_free(&episodes);
    pc_scenario_free(&scenario);
    pc_diagnostics_free(&said);
    return pc_exit_code(status);
}
