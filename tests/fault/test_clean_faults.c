/* From returns to episodes: every allocation fails in turn. */
#include "pc_test.h"

#include "failing_allocation.h"

#include "placecast/episodes.h"
#include "placecast/report.h"

/* Two returns with a repeat, an overlap, a short break, an unknown code, a stale open row and a lost header.
 */
static char *make_returns(void)
{
    char *folder = pc_test_folder();

    pc_test_write(folder, "2020/header.csv",
                  "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n"
                  "1,1,01/05/2010,WBRI,X1,,\n2,2,02/06/2012,WBRI,X2,,\n3,1,03/07/2004,WBRI,X3,,\n");
    pc_test_write(folder, "2020/uasc.csv", "CHILD,SEX,DOB,DUC\n3,1,03/07/2004,\n");
    pc_test_write(folder, "2020/episodes.csv",
                  "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE\n"
                  "1,01/04/2019,S,C2,N1,U4,PR1,01/09/2019,X1,OTHER\n"
                  "1,01/08/2019,P,C2,N1,K2,PR4,,,\n"
                  "2,01/10/2019,S,V3,N1,U4,PR1,05/10/2019,E4A,\n"
                  "2,01/11/2019,S,C2,N1,ZZ,PR9,,,\n"
                  "3,01/12/2019,S,V2,N8,H5,PR4,,,\n"
                  "9,bad,S,V2,N8,H5,PR4,,,\n"
                  "4,01/12/2019,S,V2,N8,T1,,,,\n");
    pc_test_write(folder, "2021/episodes.csv",
                  "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE\n"
                  "1,01/08/2019,P,C2,N1,K2,PR4,,,\n"
                  "3,01/12/2019,S,V2,N8,H5,PR4,31/01/2021,E4A,\n");
    return folder;
}

static pc_status clean(void *context)
{
    pc_clean_options options = pc_clean_options_default();
    pc_diagnostics diagnostics;
    pc_episodes episodes;
    pc_quality quality;
    pc_status status;

    options.folder = context;
    pc_diagnostics_init(&diagnostics);
    status = pc_clean(&options, &episodes, &quality, &diagnostics);
    if (status == PC_OK) {
        assert_ok(pc_episodes_check(&episodes));
        assert_int_equal(episodes.rows_read, 9);
        assert_true(quality.n > 5);
    } else {
        assert_int_equal(episodes.n, 0); /* on failure both are empty */
        assert_int_equal(quality.n, 0);
    }
    pc_episodes_free(&episodes);
    pc_episodes_free(&episodes);
    pc_quality_free(&quality);
    pc_quality_free(&quality);
    pc_diagnostics_free(&diagnostics);
    return status;
}

typedef struct cleaned {
    pc_episodes episodes;
    pc_quality quality;
    const char *folder;
} cleaned;

static pc_status tie_out_and_write(void *context)
{
    cleaned *self = context;
    pc_tieout tieout;
    pc_status status = pc_tieout_make(&self->episodes, NULL, &tieout, NULL);

    if (status == PC_OK) {
        status = pc_report_tieout(&tieout, &self->episodes.codes, self->folder, NULL);
    }
    if (status == PC_OK) {
        status = pc_report_episodes(&self->episodes, self->folder, NULL);
    }
    if (status == PC_OK) {
        status = pc_report_quality(&self->quality, &self->episodes, self->folder, NULL);
    }
    pc_tieout_free(&tieout);
    pc_tieout_free(&tieout);
    return status;
}

static pc_status load_codes(void *context)
{
    pc_codes codes;
    pc_status status = pc_codes_load(context, &codes, NULL);

    assert_true((status == PC_OK) == (codes.n_category > 0));
    pc_codes_free(&codes);
    return status;
}

static void the_code_map_survives_any_failing_allocation(void **state)
{
    (void)state;
    assert_true(walk_failing_allocations(load_codes, NULL) > 20);
}

static void cleaning_survives_any_failing_allocation(void **state)
{
    char *folder = make_returns();

    (void)state;
    assert_true(walk_failing_allocations(clean, folder) > 100);
    pc_test_remove(folder);
    free(folder);
}

static void writing_what_was_cleaned_survives_any_failing_allocation(void **state)
{
    char *folder = make_returns(), *out = pc_test_folder();
    pc_clean_options options = pc_clean_options_default();
    cleaned self = {.folder = out};

    (void)state;
    options.folder = folder;
    assert_ok(pc_clean(&options, &self.episodes, &self.quality, NULL));
    assert_true(walk_failing_allocations(tie_out_and_write, &self) > 6);
    pc_episodes_free(&self.episodes);
    pc_quality_free(&self.quality);
    pc_test_remove(folder);
    pc_test_remove(out);
    free(folder);
    free(out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_code_map_survives_any_failing_allocation),
        cmocka_unit_test(cleaning_survives_any_failing_allocation),
        cmocka_unit_test(writing_what_was_cleaned_survives_any_failing_allocation),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
