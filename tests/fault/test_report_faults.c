/* Everything that is written, with every allocation of ours failing in turn: no leak, no crash, and no file
 * that is half there. */
#include <sys/stat.h>
#include <unistd.h>

#include "failing_allocation.h"
#include "made_comparison.h"
#include "made_why.h"
#include "pc_test.h"

typedef struct written {
    made made;
    char *folder;
    const char *file; /* the file that the call under test writes */
    pc_status (*table)(const pc_forecast *forecast, const char *folder, pc_diagnostics *diagnostics);
    void (*tell)(const pc_run_record *record, FILE *stream);
    pc_status (*tell_json)(const pc_run_record *record, FILE *stream);
} written;

static void set_up(written *self)
{
    memset(self, 0, sizeof *self);
    made_record(&self->made, 2, 8);
    self->folder = pc_test_folder();
}

static void tear_down(written *self)
{
    made_record_free(&self->made);
    pc_test_remove(self->folder);
    free(self->folder);
}

/* After a failure the file is not there, nor a temporary one; after a success it is. */
static pc_status judged(written *self, pc_status status)
{
    char *path;

    pause_failing();
    path = pc_test_path(self->folder, self->file);
    assert_true(pc_test_exists(path) == (status == PC_OK));
    pc_test_remove(path);
    free(path);
    assert_int_equal(rmdir(self->folder), 0); /* it is empty */
    assert_int_equal(mkdir(self->folder, 0700), 0);
    resume_failing();
    return status;
}

static pc_status write_table(void *context)
{
    written *self = context;

    return judged(self, self->table(&self->made.forecast, self->folder, NULL));
}

static pc_status write_run(void *context)
{
    written *self = context;

    return judged(self, pc_report_run(&self->made.record, self->folder, NULL));
}

static pc_status tell(void *context)
{
    written *self = context;
    FILE *nowhere;
    pc_status status = PC_OK;

    pause_failing();
    nowhere = fopen("/dev/null", "w");
    assert_non_null(nowhere);
    resume_failing();
    if (self->tell != NULL) {
        self->tell(&self->made.record, nowhere);
    } else {
        status = self->tell_json(&self->made.record, nowhere);
    }
    pause_failing();
    fclose(nowhere);
    resume_failing();
    return status;
}

static void tables_are_whole_or_not_there(void **state)
{
    written self;

    (void)state;
    set_up(&self);
    self.table = pc_report_forecast;
    self.file = "forecast.csv";
    assert_true(walk_failing_allocations(write_table, &self) >= 5);
    self.table = pc_report_annual;
    self.file = "annual.csv";
    assert_true(walk_failing_allocations(write_table, &self) >= 5);
    self.table = pc_report_exits;
    self.file = "exits.csv";
    assert_true(walk_failing_allocations(write_table, &self) >= 5);
    tear_down(&self);
}

static void run_json_is_whole_or_not_there(void **state)
{
    written self;

    (void)state;
    set_up(&self);
    self.file = "run.json";
    assert_true(walk_failing_allocations(write_run, &self) > 4);
    tear_down(&self);
}

static void summaries_do_without_what_does_not_fit(void **state)
{
    written self;

    (void)state;
    set_up(&self);
    self.tell = pc_report_summary;
    assert_true(walk_failing_allocations(tell, &self) > 4);
    self.tell = pc_report_clean_summary;
    assert_true(walk_failing_allocations(tell, &self) > 2);
    self.tell = NULL;
    self.tell_json = pc_report_summary_json;
    assert_true(walk_failing_allocations(tell, &self) > 2);
    self.tell_json = pc_report_clean_summary_json;
    assert_true(walk_failing_allocations(tell, &self) > 2);
    tear_down(&self);
}

/* Every file that one call writes, so that none is left half written. */
static pc_status write_comparison(void *context)
{
    made_comparison *self = context;
    char *folder;
    pc_status status;

    pause_failing();
    folder = pc_test_folder();
    resume_failing();
    status = pc_report_comparison(&self->comparison, folder, NULL);
    status = status == PC_OK ? pc_report_interventions(2, self->forecast, folder, NULL) : status;
    status = status == PC_OK ? pc_report_alone(2, self->alone, folder, NULL) : status;
    status = status == PC_OK ? pc_report_targets(2, self->forecast, folder, NULL) : status;
    status = status == PC_OK ? pc_report_why(&self->comparison.why, folder, NULL) : status;
    status = status == PC_OK ? pc_report_run(&self->made.record, folder, NULL) : status;
    pause_failing();
    pc_test_remove(folder);
    free(folder);
    resume_failing();
    return status;
}

static pc_status tell_comparison(void *context)
{
    made_comparison *self = context;
    FILE *nowhere;

    pause_failing();
    nowhere = fopen("/dev/null", "w");
    assert_non_null(nowhere);
    resume_failing();
    pc_report_compare_summary(&self->made.record, nowhere);
    pause_failing();
    fclose(nowhere);
    resume_failing();
    return PC_OK;
}

static pc_status tell_comparison_json(void *context)
{
    made_comparison *self = context;
    FILE *nowhere;
    pc_status status;

    pause_failing();
    nowhere = fopen("/dev/null", "w");
    assert_non_null(nowhere);
    resume_failing();
    status = pc_report_compare_summary_json(&self->made.record, nowhere);
    pause_failing();
    fclose(nowhere);
    resume_failing();
    return status;
}

static void a_comparison_survives_any_failing_allocation(void **state)
{
    made_comparison self;

    (void)state;
    made_comparison_make(&self, 2, 8);
    self.comparison.why = made_why();
    assert_true(walk_failing_allocations(write_comparison, &self) > 40);
    assert_true(walk_failing_allocations(tell_comparison, &self) > 20);
    assert_true(walk_failing_allocations(tell_comparison_json, &self) > 2);
    made_comparison_free(&self);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tables_are_whole_or_not_there),
        cmocka_unit_test(run_json_is_whole_or_not_there),
        cmocka_unit_test(summaries_do_without_what_does_not_fit),
        cmocka_unit_test(a_comparison_survives_any_failing_allocation),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
