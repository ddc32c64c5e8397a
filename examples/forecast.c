/* forecast.c - a forecast from C: data -> model, prices -> forecast, and the children at the end of each
 * month.
 *
 *   cc forecast.c $(pkg-config --cflags --libs placecast) -o forecast
 *   ./forecast /usr/share/placecast/scenarios/example/base.yaml
 */
#include <stdio.h>
#include <stdlib.h>

#include <placecast/data.h>
#include <placecast/forecast.h>
#include <placecast/library.h>

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
    pc_run_options run = {.threads = 1};
    pc_data data = {0};
    pc_model model = {0};
    pc_prices prices = {0};
    bool has_prices = false;
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
    status = status == PC_OK ? pc_data_read(&scenario, &data, &said) : status;
    status = status == PC_OK ? pc_data_fit(&data, &scenario, 1, &model, &said) : status;
    status = status == PC_OK ? pc_prices_open(&scenario, &model.codes, &prices, &has_prices, &said) : status;
    status = status == PC_OK && has_prices ? pc_data_match(&data, &model, &prices, &said) : status;
    status = status == PC_OK ? pc_run(&model, &scenario, has_prices ? &prices : NULL, &run, &forecast, &said)
                             : status;
    print_messages(&said);
    if (status == PC_OK) {
        print_children(&forecast);
    }
    pc_forecast_free(&forecast);
    pc_prices_free(&prices);
    pc_model_free(&model);
    pc_data_free(&data);
    pc_scenario_free(&scenario);
    pc_diagnostics_free(&said);
    return pc_exit_code(status);
}
