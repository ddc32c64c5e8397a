#include "price_people.h"

#include <stdlib.h>
#include <string.h>

#include "cohort.h"
#include "pc_test.h"

enum { FOSTER, HOME, N_CATEGORY };

static const char *const category[N_CATEGORY] = {"foster", "home"};

static uint16_t code(price_people_case *self, const char *text)
{
    uint32_t number;

    assert_ok(pc_names_add(&self->episodes.code, text, strlen(text), &number));
    return (uint16_t)number;
}

/* A period of care of one row. */
static void add_row(price_people_case *self, pc_date start, pc_day end, size_t where, const char *need,
                    const char *provider)
{
    pc_episode *row;

    cohort_add_row(&self->episodes, pc_day_from_date(start), end, where, PC_TRANSITION_START,
                   end == PC_DAY_OPEN ? PC_N_EXIT_CAUSE : PC_EXIT_HOME);
    row = &self->episodes.row[self->episodes.n - 1];
    row->need = code(self, need);
    row->provider = code(self, provider);
}

static void add_child(price_people_case *self, const char *la, const char *name)
{
    (void)cohort_add_child(&self->episodes, la, name, pc_day_from_date((pc_date){2011, 6, 1}),
                           PC_STREAM_LOCAL);
}

static void make_authority(pc_authority_model *out, const char *la, size_t n, const pc_child *child)
{
    out->la = strdup(la);
    out->n_child = n;
    out->child = calloc(n, sizeof *out->child);
    assert_non_null(out->la);
    assert_non_null(out->child);
    memcpy(out->child, child, n * sizeof *child);
}

void price_people_make(price_people_case *self, const char *weekly, const char *current)
{
    const pc_day birth = pc_day_from_date((pc_date){2011, 6, 1});
    const pc_day then = pc_day_from_date((pc_date){2023, 10, 1});
    const pc_child a[] = {{birth, then, then, PC_STREAM_LOCAL, HOME, 4, 1, 0},
                          {birth, then, then, PC_STREAM_LOCAL, FOSTER, 0, 1, 1}};
    const pc_child b[] = {{birth, then, then, PC_STREAM_LOCAL, FOSTER, 2, 1, 3}};

    memset(self, 0, sizeof *self);
    cohort_empty(&self->episodes, N_CATEGORY, category, pc_day_from_date((pc_date){2024, 3, 31}));
    add_child(self, "A", "7");
    add_row(self, (pc_date){2023, 10, 1}, PC_DAY_OPEN, HOME, "N4", "PR4");
    add_child(self, "A", "8");
    add_row(self, (pc_date){2022, 10, 1}, PC_DAY_OPEN, FOSTER, "N1", "PR1"); /* before the window */
    add_child(self, "A", "9");
    add_row(self, (pc_date){2023, 5, 1}, pc_day_from_date((pc_date){2023, 6, 1}), FOSTER, "N4", "PR2");
    add_row(self, (pc_date){2023, 7, 1}, pc_day_from_date((pc_date){2023, 8, 1}), FOSTER, "N2", "PR1");
    add_child(self, "B", "7");
    add_row(self, (pc_date){2023, 10, 1}, PC_DAY_OPEN, FOSTER, "N5", "PR1");
    self->model = (pc_model){.extract = self->episodes.extract,
                             .window_from = pc_day_from_date((pc_date){2023, 4, 1}),
                             .window_to = self->episodes.extract,
                             .n_authority = 2};
    self->model.codes = self->episodes.codes; /* borrowed */
    self->model.authority = calloc(2, sizeof *self->model.authority);
    assert_non_null(self->model.authority);
    make_authority(&self->model.authority[0], "A", 2, a);
    make_authority(&self->model.authority[1], "B", 1, b);
    self->folder = pc_test_folder();
    self->weekly = pc_test_path(self->folder, "weekly.csv");
    self->current = pc_test_path(self->folder, "current.csv");
    self->contracts = pc_test_path(self->folder, "contracts.csv");
    pc_test_write(self->folder, "weekly.csv", weekly);
    pc_test_write(self->folder, "current.csv", current);
    pc_test_write(self->folder, "contracts.csv",
                  "category,kind,gbp,places\nhome,block,100,2\nhome,setup,50,\n");
}

void price_people_free(price_people_case *self)
{
    for (size_t la = 0; la < 2; la++) {
        free(self->model.authority[la].la);
        free(self->model.authority[la].child);
    }
    free(self->model.authority);
    pc_episodes_free(&self->episodes);
    pc_test_remove(self->folder);
    free(self->folder);
    free(self->weekly);
    free(self->current);
    free(self->contracts);
}

pc_status price_people_load(price_people_case *self, pc_prices *out, pc_diagnostics *diagnostics)
{
    pc_status status = pc_prices_load(self->weekly, NULL, &self->episodes.codes, 2024, out, diagnostics);

    status = status != PC_OK
                 ? status
                 : pc_prices_load_contracts(self->contracts, &self->episodes.codes, 2024, out, diagnostics);
    status = status != PC_OK ? status : pc_prices_load_current(self->current, 2024, out, diagnostics);
    return status != PC_OK ? status : pc_prices_match(out, &self->episodes, &self->model, diagnostics);
}
