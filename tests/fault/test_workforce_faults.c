/* Reading a workforce file, adding it up and running it: every allocation fails in turn. */
#include "pc_test.h"

#include "failing_allocation.h"
#include "outcome/workload_take.h"
#include "placecast/establishment.h"
#include "sim_case.h"

static const char text[] =
    "workforce: 1\n"
    "funding: [service, external]\n"
    "front_door:\n"
    "  - {stage: referrals, volume: 240, returns: 0.2, stay: {days: 30}}\n"
    "  - {stage: assessments, conversion: 0.5, stay: {bands: [{days: 20, share: 0.5}, {days: 50, share: "
    "0.5}]}}\n"
    "care: {leavers: {now: [{age: 18, persons: 2}], pathways: [{name: P, ages: 18-20, share: 1, weekly_gbp: "
    "1}]}}\n"
    "teams: [{name: T, cases: {assessments: 1, children_in_care: 1}, case_load: 12, guarantee: 15}]\n"
    "structures:\n"
    "  - {name: A, from: 2012-04-01, teams: [{name: T, posts: 5, cost_per_post: 50000, premium: 9, funding: "
    "{service: "
    "1}}],\n"
    "     stated: {posts: 6, cost: 1, true_cost: 2}, funding: {service: 3}}\n"
    "  - {name: B, stated: {posts: 6, cost: 1, premium: 9, true_cost: 2}, funding: {service: 3, external: "
    "4}}\n"
    "premium_from: A\n"
    "staff: {staffed: 0.5, leavers: [{share: 0.2}], retention: [{name: R, share_of_pay: 0.1}], pay_awards: "
    "[{year: "
    "2013/14, share: 0.1}]}\n"
    "allowance: {stated: 5, posts: 2}\n"
    "sums: [{name: S, parts: [1, 2], stated: 4}]\n";

static pc_status load(void *context)
{
    pc_workforce workforce;
    pc_establishment sums = {0};
    pc_status status = pc_workforce_load(context, &workforce, NULL);

    if (status == PC_OK) {
        status = pc_establishment_make(&workforce, &sums);
        assert_int_equal(status == PC_OK ? 4 : 0, sums.n_row + (status == PC_OK));
    }
    pc_establishment_free(&sums);
    pc_workforce_free(&workforce);
    return status;
}

typedef struct run_case {
    hand_plan hand;
    pc_workforce workforce;
} run_case;

/* Plan, scratch, two replicates, statistics. */
static pc_status run(void *context)
{
    run_case *of = context;
    replicate_workspace workspace;
    workload_plan plan;
    workload work = {0};
    tally tally_of = {0};
    pc_forecast out = {0};
    pc_status status = workload_plan_make(&plan, &of->workforce, &of->hand.plan);

    status = status != PC_OK ? status : workload_init(&work, &plan);
    status = status != PC_OK
                 ? status
                 : tally_init_plain(&tally_of, plan.n_cell, plan.n_money * (plan.n_month + plan.n_year), 2);
    if (status == PC_OK) {
        status = replicate_workspace_init(&workspace, &of->hand.plan);
        for (uint32_t replicate = 0; replicate < 2 && status == PC_OK; replicate++) {
            status = replicate_run(&workspace, replicate);
            if (status == PC_OK) {
                workload_run(&work, &workspace, 1, replicate);
                status = tally_add(&tally_of, replicate, work.cell);
            }
        }
        replicate_workspace_free(&workspace);
    }
    status = status != PC_OK ? status : workload_take(&plan, NULL, &tally_of, &out);
    workload_result_free(&out.workload);
    tally_free(&tally_of);
    workload_free(&work);
    workload_plan_free(&plan);
    return status;
}

static char *write_file(char **folder)
{
    *folder = pc_test_folder();
    pc_test_write(*folder, "workforce.yaml", text);
    return pc_test_path(*folder, "workforce.yaml");
}

static void a_workforce_file_survives_any_failing_allocation(void **state)
{
    char *folder, *path = write_file(&folder);

    (void)state;
    assert_true(walk_failing_allocations(load, path) > 100);
    pc_test_remove(folder);
    free(path);
    free(folder);
}

static void a_run_of_it_survives_any_failing_allocation(void **state)
{
    char *folder, *path = write_file(&folder);
    run_case of;

    (void)state;
    assert_ok(pc_workforce_load(path, &of.workforce, NULL));
    sim_case_rich(&of.hand, 14, 81);
    of.hand.plan.keep_stays = true;
    assert_true(walk_failing_allocations(run, &of) > 100);
    sim_case_free(&of.hand);
    pc_workforce_free(&of.workforce);
    pc_test_remove(folder);
    free(path);
    free(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_workforce_file_survives_any_failing_allocation),
        cmocka_unit_test(a_run_of_it_survives_any_failing_allocation),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
