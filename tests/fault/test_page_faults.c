/* The page and the data package with every allocation of ours failing in turn: no leak, no crash, and the old
 * page stays as it was until the new one is whole. */
#include "failing_allocation.h"
#include "pc_test.h"
#include "placecast/report.h"

static const char old[] = "the old page";

typedef struct folder_case {
    char *folder;
    const char *file;
    pc_status (*make)(const char *folder, pc_diagnostics *diagnostics);
} folder_case;

static pc_status make_again(void *context)
{
    folder_case *self = context;
    pc_status status = self->make(self->folder, NULL);
    char *found;

    pause_failing();
    found = pc_test_read(self->folder, self->file);
    assert_int_equal(strcmp(found, old) != 0, status == PC_OK);
    free(found);
    pc_test_write(self->folder, self->file, old);
    resume_failing();
    return status;
}

static int walk(const char *file, pc_status (*make)(const char *folder, pc_diagnostics *diagnostics))
{
    folder_case self = {pc_test_folder(), file, make};
    int n;

    pc_test_write(self.folder, "forecast.csv",
                  "scenario,date,measure,category,mean,p10,p90\n"
                  "Base,2012-03-31,children,kinship,6,5,7\nBase,2012-03-31,children,all,63,58,68\n"
                  "Base,2012-03-31,days_full,kinship,20,10,31\n");
    pc_test_write(self.folder, "annual.csv",
                  "scenario,year,measure,category,mean,p10,p90,months,budget_gbp,gap_gbp,p_over_budget\n"
                  "Base,2011/12,cost_gbp,all,3000000,2900000,3100000,12,2900000,100000,0.9\n"
                  "Best,2011/12,cost_gbp,all,2000000,1900000,2100000,12,,,\n");
    pc_test_write(self.folder, "run.json", "{\"seed\": 1, \"scenario\": {\"name\": \"Base\"}}");
    pc_test_write(self.folder, file, old);
    n = walk_failing_allocations(make_again, &self);
    pc_test_remove(self.folder);
    free(self.folder);
    return n;
}

static void the_page_is_whole_or_the_old_one(void **state)
{
    (void)state;

    assert_true(walk("report.html", pc_report_page) > 30);
}

static void the_data_package_is_whole_or_the_old_one(void **state)
{
    (void)state;

    assert_true(walk("datapackage.json", pc_report_datapackage) > 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_page_is_whole_or_the_old_one),
        cmocka_unit_test(the_data_package_is_whole_or_the_old_one),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
