#include <locale.h>

#include "made_record.h"
#include "pc_test.h"

/* A folder of results with hand-made tables: two scenarios, two years, a name that looks like a formula. */
static const char annual[] =
    "scenario,year,measure,category,mean,sd,p025,p05,p10,p25,p50,p75,p90,p95,p975,months,budget_gbp,gap_gbp,"
    "p_over_budget\n"
    "'=1+1,2025/26,cost_gbp,foster,400,1,1,1,300,1,400,1,500,1,1,12,,,\n"
    "'=1+1,2025/26,cost_gbp,all,1000.5,1,1,1,900,1,1000,1,1100,1,1,12,950,50.5,0.75\n"
    "Worst,2025/26,cost_gbp,all,2000,1,1,1,1900,1,2000,1,2100,1,1,12,,,\n";
static const char forecast[] =
    "scenario,date,measure,category,mean,sd,p025,p05,p10,p25,p50,p75,p90,p95,p975\n"
    "'=1+1,2026-03-31,children,foster,40,1,30,31,32,36,40,44,48,49,50\n"
    "'=1+1,2026-03-31,children,all,60,1,50,51,52,56,61,64,68,69,70\n";

static char *made_folder(void)
{
    char *folder = pc_test_folder();

    pc_test_write(folder, "annual.csv", annual);
    pc_test_write(folder, "forecast.csv", forecast);
    return folder;
}

/* A part of the workbook as text; NULL where the machine has no unzip. The caller frees. */
static char *part(const char *folder, const char *name)
{
    char *command = malloc(strlen(folder) + strlen(name) + 64), *text = NULL;
    size_t n = 0, got;
    FILE *pipe;

    assert_non_null(command);
    sprintf(command, "unzip -p '%s/workbook.xlsx' '%s' 2>/dev/null", folder, name);
    pipe = popen(command, "r");
    assert_non_null(pipe);
    do {
        text = realloc(text, n + 65537);
        assert_non_null(text);
        got = fread(text + n, 1, 65536, pipe);
        n += got;
    } while (got > 0);
    text[n] = '\0';
    free(command);
    if (pclose(pipe) != 0) {
        free(text);
        return NULL;
    }
    return text;
}

static char *part_or_skip(const char *folder, const char *name)
{
    char *text;

    if (system("unzip -v >/dev/null 2>&1") != 0) {
        print_message("skipped: no unzip on this machine\n");
        skip();
    }
    text = part(folder, name);
    assert_non_null(text);
    return text;
}

static void assert_holds(const char *text, const char *wanted)
{
    if (strstr(text, wanted) == NULL) {
        fail_msg("no %s in:\n%.3000s", wanted, text);
    }
}

static void has(const char *folder, const char *name, const char *wanted)
{
    char *text = part_or_skip(folder, name);

    assert_holds(text, wanted);
    free(text);
}

/* A number: a cell with another type than the default has t="..." in its tag. */
static void cell_is(const char *folder, const char *name, const char *cell, const char *number)
{
    char *text = part_or_skip(folder, name), tag[32], value[48];
    const char *at, *close;

    snprintf(tag, sizeof tag, "<c r=\"%s\" ", cell);
    snprintf(value, sizeof value, "><v>%s</v></c>", number);
    at = strstr(text, tag);
    assert_non_null(at);
    close = strchr(at, '>');
    assert_non_null(close);
    assert_memory_equal(close, value, strlen(value));
    assert_true(strstr(at, " t=\"") == NULL || strstr(at, " t=\"") > close);
    free(text);
}

static void end(char *folder)
{
    pc_test_remove(folder);
    free(folder);
}

static void has_the_sheets_of_what_is_there_and_opens_on_the_budget(void **state)
{
    char *folder = made_folder(), *book;
    (void)state;

    assert_ok(pc_report_workbook(folder, NULL));
    book = part_or_skip(folder, "xl/workbook.xml");
    assert_holds(book, "activeTab=\"1\"");
    assert_holds(book, "<sheet name=\"Summary\" sheetId=\"1\"");
    assert_holds(book, "<sheet name=\"Budget\" sheetId=\"2\"");
    assert_holds(book, "<sheet name=\"Scenarios\"");
    assert_null(strstr(book, "<sheet name=\"Capacity\""));
    assert_null(strstr(book, "<sheet name=\"Why\""));
    assert_null(strstr(book, "<sheet name=\"Assumptions\""));
    free(book);
    end(folder);
}

static void names_the_main_cells_so_that_others_can_link_to_them(void **state)
{
    char *folder = made_folder(), *book;
    (void)state;

    assert_ok(pc_report_workbook(folder, NULL));
    book = part_or_skip(folder, "xl/workbook.xml");
    assert_holds(book, "name=\"bill_2025_26_p50\">Budget!$F$5<");
    assert_holds(book, "name=\"bill_2025_26_p50_2\">Budget!$F$6<");
    assert_holds(book, "name=\"budget_2025_26\">Budget!$L$5<");
    assert_holds(book, "name=\"outturn_2025_26_p50\">Budget!$J$5<");
    assert_holds(book, "name=\"gap_2025_26_p90\">Budget!$P$5<");
    assert_holds(book, "name=\"children_2026_03_31_p50\">Children!$F$5<");
    free(book);
    /* and the cells hold the figures of the tables, as numbers */
    cell_is(folder, "xl/worksheets/sheet2.xml", "F5", "1000");
    cell_is(folder, "xl/worksheets/sheet2.xml", "D5", "1000.5");
    cell_is(folder, "xl/worksheets/sheet2.xml", "Q5", "0.75");
    cell_is(folder, "xl/worksheets/sheet3.xml", "F5", "61");
    end(folder);
}

static void gives_the_gap_as_a_formula_with_its_value_and_none_without_a_budget(void **state)
{
    char *folder = made_folder(), *sheet;
    (void)state;

    assert_ok(pc_report_workbook(folder, NULL));
    sheet = part_or_skip(folder, "xl/worksheets/sheet2.xml");
    assert_holds(sheet, "<f>IF(AND(ISNUMBER(L5),ISNUMBER(H5)),H5-L5,\"\")</f><v>50.5</v>"); /* 1000.5 - 950 */
    assert_holds(sheet, "<f>IF(AND(ISNUMBER(L5),ISNUMBER(K5)),K5-L5,\"\")</f><v>150</v>");
    assert_holds(sheet, "<f>IF(AND(ISNUMBER(L6),ISNUMBER(H6)),H6-L6,\"\")</f><v></v>");
    free(sheet);
    end(folder);
}

/* Two years of two lines: the second year opens with the closing of the first. The outturn has a range. */
static void adds_up_the_lines_of_the_budget_with_formulas(void **state)
{
    char *folder = made_folder(), *budget, *lines;
    (void)state;

    pc_test_write(folder, "annual.csv",
                  "scenario,year,measure,category,mean,p10,p50,p90,months,budget_gbp,gap_gbp,p_over_budget\n"
                  "A,2025/26,cost_gbp,all,1000,900,1000,1100,12,950,30,0.75\n"
                  "A,2025/26,outturn_gbp,all,980,880,975,1080,12,950,30,0.75\n");
    pc_test_write(
        folder, "budget_lines.csv",
        "scenario,year,holder,side,line,kind,computed_gbp,p10_gbp,p90_gbp,stated_gbp,residual_gbp,note\n"
        "A,2024/25,,budget,closing,closing,900,,,,,\n"
        "A,2025/26,,budget,before,opening,900,,,,,carried forward\n"
        "A,2025/26,,budget,=bid,growth,50,,,50,,\n"
        "A,2025/26,,budget,closing,closing,950,,,960,10,\n"
        "A,2025/26,,outturn,cost_gbp,modelled,1000,900,1100,,,\n"
        "A,2025/26,,outturn,fees,saving,-20,,,-20,,\n"
        "A,2025/26,,outturn,closing,closing,980,880,1080,,,\n"
        "A,2025/26,,gap,gap,gap,30,,,,,\n"
        "A,2025/26,,gap,other gap,gap,31,,,,,\n");
    assert_ok(pc_report_workbook(folder, NULL));
    budget = part_or_skip(folder, "xl/worksheets/sheet2.xml");
    assert_holds(budget, "<f>'Budget lines'!$G$8</f><v>950</v>");
    assert_holds(budget, "<f>'Budget lines'!$G$11</f><v>980</v>");
    assert_holds(budget, "<f>H5-100.00</f><v>880</v>");
    assert_holds(budget, "<f>H5+100.00</f><v>1080</v>");
    lines = part_or_skip(folder, "xl/worksheets/sheet3.xml");
    assert_holds(lines, "<f>G5</f><v>900</v>");
    assert_holds(lines, "<f>SUM(G6:G7)</f><v>950</v>");
    assert_holds(lines, "<f>SUM(G9:G10)</f><v>980</v>");
    assert_holds(lines, "<f>G11-G8</f><v>30</v>");
    cell_is(folder, "xl/worksheets/sheet3.xml", "G13", "31");
    cell_is(folder, "xl/worksheets/sheet3.xml", "G7", "50");
    free(budget);
    free(lines);
    end(folder);
}

static void opens_on_the_summary_without_a_budget(void **state)
{
    char *folder = made_folder();
    (void)state;

    pc_test_write(folder, "annual.csv",
                  "scenario,year,measure,category,mean,months,budget_gbp\nA,2025/26,cost_gbp,all,1000,12,\n");
    assert_ok(pc_report_workbook(folder, NULL));
    has(folder, "xl/worksheets/sheet1.xml", "tabSelected=\"1\"");
    end(folder);
}

/* workforce_checks.csv has neither a sheet of its own nor a title: it is shown all the same. */
static void leaves_no_table_out(void **state)
{
    char *folder = made_folder();
    (void)state;

    pc_test_write(folder, "workforce_checks.csv", "scenario,structure,check,stated\nA,now,posts,288\n");
    assert_ok(pc_report_workbook(folder, NULL));
    has(folder, "xl/workbook.xml", "<sheet name=\"Workforce checks\"");
    cell_is(folder, "xl/worksheets/sheet8.xml", "D5", "288");
    end(folder);
}

static void shows_why_and_skill_with_their_charts(void **state)
{
    char *folder = made_folder();
    (void)state;

    pc_test_write(folder, "why.csv",
                  "from,to,year,layer,driver,kind,contribution_gbp\n"
                  "'=1+1,Worst,2025/26,accounting,starts,child_years,1500\n"
                  "'=1+1,Worst,2025/26,accounting,price,price,-500.5\n");
    pc_test_write(folder, "skill.csv",
                  "origin,horizon_months,measure,category,actual,mean,p10,p50,p90,naive,line\n"
                  "2024-03-31,12,children,all,60,61.5,55,61,68,59,58.5\n"
                  "2024-03-31,12,cost_gbp,all,1,2,3,4,5,6,7\n"
                  "2024-03-31,3,children,all,59,60,57,60,63,59,58.5\n");
    pc_test_write(folder, "skill_summary.csv",
                  "horizon_months,measure,category,size_band,forecasts,mape,naive_mape,line_mape,held_80\n"
                  "12,children,all,all,1,0.025,0.016667,0.025,1\n12,children,all,1-99,1,0.5,0.5,0.5,1\n");
    assert_ok(pc_report_workbook(folder, NULL));
    has(folder, "xl/workbook.xml", "<sheet name=\"Why\"");
    has(folder, "xl/workbook.xml", "<sheet name=\"Skill\"");
    /* sheets: Summary, Budget, Children, Placements, Ranges, Flows, Scenarios, Why, Skill. The waterfall
     * begins at the reference's 1,000.50, goes up by 1,500, down by 500.50 to 2,000: it stands on 0, 1000.5,
     * 2000 and 0. */
    cell_is(folder, "xl/worksheets/sheet8.xml", "G5", "1500");
    cell_is(folder, "xl/worksheets/sheet8.xml", "L5", "1000.5");
    cell_is(folder, "xl/worksheets/sheet8.xml", "K6", "1000.5");
    cell_is(folder, "xl/worksheets/sheet8.xml", "M6", "1500");
    cell_is(folder, "xl/worksheets/sheet8.xml", "K7", "2000");
    cell_is(folder, "xl/worksheets/sheet8.xml", "N7", "500.5");
    cell_is(folder, "xl/worksheets/sheet8.xml", "L8", "2000");
    cell_is(folder, "xl/worksheets/sheet9.xml", "C5", "61.5");
    cell_is(folder, "xl/worksheets/sheet9.xml", "G5", "60");
    cell_is(folder, "xl/worksheets/sheet9.xml", "C6",
            "60"); /* the other horizon after it; the bill not at all */
    cell_is(folder, "xl/worksheets/sheet9.xml", "C9", "0.025");
    end(folder);
}

static void keeps_text_that_looks_like_a_formula_text(void **state)
{
    char *folder = made_folder(), *sheet;
    (void)state;

    assert_ok(pc_report_workbook(folder, NULL));
    has(folder, "xl/sharedStrings.xml", "<t>=1+1</t>");
    sheet = part_or_skip(folder, "xl/worksheets/sheet2.xml");
    assert_holds(sheet, "<c r=\"A5\" t=\"s\">");
    assert_null(strstr(sheet, "<f>1+1"));
    free(sheet);
    end(folder);
}

/* Every shared string of these tables that reads as a number would be one stored as text. */
static void stores_no_number_as_text(void **state)
{
    char *folder = made_folder(), *strings, *from;
    size_t n = 0;
    (void)state;

    assert_ok(pc_report_workbook(folder, NULL));
    strings = part_or_skip(folder, "xl/sharedStrings.xml");
    for (from = strings; (from = strstr(from, "<t>")) != NULL; from += 3, n++) {
        char *after;

        (void)strtod(from + 3, &after);
        assert_true(after == from + 3 || *after != '<');
    }
    assert_true(n > 20);
    free(strings);
    end(folder);
}

static void gives_the_same_bytes_twice_and_in_any_locale(void **state)
{
    char *folder = made_folder(), *once, *again;
    size_t n_once, n_again;
    char *path = pc_test_path(folder, "workbook.xlsx");
    (void)state;

    assert_ok(pc_report_workbook(folder, NULL));
    once = pc_test_read_file(path, &n_once);
    setlocale(LC_ALL, "de_DE.UTF-8"); /* where the machine has it */
    assert_ok(pc_report_workbook(folder, NULL));
    setlocale(LC_ALL, "C");
    again = pc_test_read_file(path, &n_again);
    assert_int_equal(n_once, n_again);
    assert_memory_equal(once, again, n_once);
    free(once);
    free(again);
    free(path);
    end(folder);
}

static void shows_a_whole_run_of_several_authorities_by_their_sum(void **state)
{
    char *folder = pc_test_folder(), *sheet;
    made run;
    (void)state;

    made_record(&run, 2, 6);
    assert_ok(pc_report_forecast(&run.forecast, folder, NULL));
    assert_ok(pc_report_annual(&run.forecast, folder, NULL));
    assert_ok(pc_report_exits(&run.forecast, folder, NULL));
    assert_ok(pc_report_run(&run.record, folder, NULL));
    assert_ok(pc_report_workbook(folder, NULL));
    has(folder, "xl/workbook.xml", "name=\"Flows\"");
    has(folder, "xl/workbook.xml", "name=\"Quality\"");
    has(folder, "xl/workbook.xml", "name=\"Assumptions\"");
    /* six months and the heading, whatever the number of authorities */
    sheet = part_or_skip(folder, "xl/worksheets/sheet3.xml");
    assert_holds(sheet, "<row r=\"10\"");
    assert_null(strstr(sheet, "<row r=\"11\""));
    free(sheet);
    made_record_free(&run);
    end(folder);
}

static void refuses_a_folder_without_results_and_leaves_no_file(void **state)
{
    char *folder = pc_test_folder(), *path = pc_test_path(folder, "workbook.xlsx");
    pc_diagnostics diagnostics;
    (void)state;

    pc_diagnostics_init(&diagnostics);
    assert_status(pc_report_workbook(folder, &diagnostics), PC_ERR_INPUT, &diagnostics);
    assert_message(&diagnostics, "forecast.csv");
    assert_false(pc_test_exists(path));
    pc_diagnostics_free(&diagnostics);
    free(path);
    end(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(has_the_sheets_of_what_is_there_and_opens_on_the_budget),
        cmocka_unit_test(names_the_main_cells_so_that_others_can_link_to_them),
        cmocka_unit_test(gives_the_gap_as_a_formula_with_its_value_and_none_without_a_budget),
        cmocka_unit_test(adds_up_the_lines_of_the_budget_with_formulas),
        cmocka_unit_test(opens_on_the_summary_without_a_budget),
        cmocka_unit_test(leaves_no_table_out),
        cmocka_unit_test(shows_why_and_skill_with_their_charts),
        cmocka_unit_test(keeps_text_that_looks_like_a_formula_text),
        cmocka_unit_test(stores_no_number_as_text),
        cmocka_unit_test(gives_the_same_bytes_twice_and_in_any_locale),
        cmocka_unit_test(shows_a_whole_run_of_several_authorities_by_their_sum),
        cmocka_unit_test(refuses_a_folder_without_results_and_leaves_no_file),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
