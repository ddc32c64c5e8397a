/* Every row of the returns that synth makes is one that the return's own rules allow, and the returns add up.
 *
 * The rules are those of the SSDA903 guide and its validation (rule numbers in brackets), written here a
 * second time and apart from the code that makes the rows. */
#include "csv_table.h"
#include "pc_test.h"

#include "placecast/day.h"
#include "placecast/names.h"
#include "placecast/synth.h"

#define FIRST_YEAR 2021
#define YEARS 6 /* 2021/22 to 2026/27: over the changes of October 2023 and April 2025 */

typedef struct returns {
    csv_table *header, *episodes, *uasc, *reviews, *missing, *oc2, *oc3, *truth;
    pc_names child; /* of all tables */
    pc_day *birth;  /* [child.n]; from the header */
    bool *uasc_child;
    size_t *order; /* [episodes->n]; newest copy of each episode by child and DECOM, then the older ones */
    size_t n_newest;
} returns;

static pc_day day_of(const char *text)
{
    pc_day day = PC_DAY_OPEN;

    assert_true(text[0] == '\0' || (strlen(text) == 10 && text[2] == '/' && pc_day_parse(text, 10, &day)));
    return day;
}

static const char *get(const csv_table *table, size_t row, const char *column)
{
    return csv_table_get(table, row, column);
}

static int year_of(const csv_table *table, size_t row)
{
    int year = 0;
    const char *text = get(table, row, "YEAR");

    assert_true(pc_financial_year_parse(text, strlen(text), &year));
    return year;
}

static uint32_t child_of(const returns *self, const csv_table *table, size_t row)
{
    const char *text = get(table, row, "CHILD");
    uint32_t number = pc_names_find(&self->child, text, strlen(text));

    assert_true(number != PC_NAME_NONE); /* whoever is in a table is in the header */
    return number;
}

static bool one_of(const char *code, const char *list)
{
    const char *at = list;
    size_t length = strlen(code);

    while (length > 0 && (at = strstr(at, code)) != NULL) {
        if ((at == list || at[-1] == ' ') && (at[length] == ' ' || at[length] == '\0')) {
            return true;
        }
        at++;
    }
    return false;
}

static const returns *sorting; /* qsort has no context */

static int by_child_and_start(const void *a, const void *b)
{
    size_t x = *(const size_t *)a, y = *(const size_t *)b;
    const csv_table *table = sorting->episodes;
    int order = strcmp(get(table, x, "CHILD"), get(table, y, "CHILD"));
    pc_day start = day_of(get(table, x, "DECOM")), other = day_of(get(table, y, "DECOM"));

    if (order != 0) {
        return order;
    }
    return start != other ? (start < other ? -1 : 1) : year_of(table, y) - year_of(table, x);
}

static void list_children(returns *self)
{
    uint32_t number;

    pc_names_init(&self->child);
    for (size_t row = 0; row < self->header->n; row++) {
        const char *text = get(self->header, row, "CHILD");

        assert_ok(pc_names_add(&self->child, text, strlen(text), &number));
    }
    self->birth = calloc(self->child.n + 1, sizeof *self->birth);
    self->uasc_child = calloc(self->child.n + 1, sizeof *self->uasc_child);
    assert_non_null(self->birth);
    assert_non_null(self->uasc_child);
    for (size_t row = 0; row < self->header->n; row++) {
        pc_day birth = day_of(get(self->header, row, "DOB"));

        number = child_of(self, self->header, row);
        assert_true(self->birth[number] == 0 || self->birth[number] == birth); /* [202] */
        self->birth[number] = birth;
    }
    for (size_t row = 0; row < self->uasc->n; row++) {
        self->uasc_child[child_of(self, self->uasc, row)] = true;
    }
}

static void list_newest(returns *self)
{
    size_t n = self->episodes->n;

    self->order = calloc(n + 1, sizeof *self->order);
    assert_non_null(self->order);
    for (size_t row = 0; row < n; row++) {
        self->order[row] = row;
    }
    sorting = self;
    qsort(self->order, n, sizeof *self->order, by_child_and_start);
    for (size_t at = 0; at < n; at++) {
        size_t row = self->order[at];
        size_t last = self->n_newest == 0 ? 0 : self->order[self->n_newest - 1];

        if (self->n_newest > 0 &&
            strcmp(get(self->episodes, row, "CHILD"), get(self->episodes, last, "CHILD")) == 0 &&
            strcmp(get(self->episodes, row, "DECOM"), get(self->episodes, last, "DECOM")) == 0) {
            continue; /* an older copy */
        }
        self->order[self->n_newest++] = row;
    }
}

static returns make(uint64_t seed)
{
    pc_synth_options options = pc_synth_options_default();
    char *folder = pc_test_folder();
    pc_diagnostics diagnostics;
    returns self = {0};

    options.seed = seed;
    options.children = 300;
    options.first_year = FIRST_YEAR;
    options.years = YEARS;
    options.layout = PC_SYNTH_MERGED;
    pc_diagnostics_init(&diagnostics);
    assert_ok(pc_synth(&options, folder, &diagnostics), &diagnostics);
    pc_diagnostics_free(&diagnostics);
    self.header = csv_table_read(folder, "ssda903/header.csv");
    self.episodes = csv_table_read(folder, "ssda903/episodes.csv");
    self.uasc = csv_table_read(folder, "ssda903/uasc.csv");
    self.reviews = csv_table_read(folder, "ssda903/reviews.csv");
    self.missing = csv_table_read(folder, "ssda903/missing.csv");
    self.oc2 = csv_table_read(folder, "ssda903/oc2.csv");
    self.oc3 = csv_table_read(folder, "ssda903/oc3.csv");
    self.truth = csv_table_read(folder, "truth.csv");
    pc_test_remove(folder);
    free(folder);
    list_children(&self);
    list_newest(&self);
    return self;
}

static void release(returns *self)
{
    csv_table *const table[] = {self->header,  self->episodes, self->uasc, self->reviews,
                                self->missing, self->oc2,      self->oc3,  self->truth};

    for (size_t at = 0; at < sizeof table / sizeof table[0]; at++) {
        csv_table_free(table[at]);
    }
    pc_names_free(&self->child);
    free(self->birth);
    free(self->uasc_child);
    free(self->order);
}

/* ---- single rows ---- */

static void check_place(const returns *self, size_t row, int years, pc_day start, pc_day end)
{
    const char *place = get(self->episodes, row, "PLACE"),
               *provider = get(self->episodes, row, "PLACE_PROVIDER");
    const char *status = get(self->episodes, row, "LS");
    const pc_day registered = pc_day_from_date((pc_date){2023, 10, 28});
    int year = year_of(self->episodes, row);

    assert_true(one_of(
        place,
        "U1 U2 U3 U4 U5 U6 A3 A4 A5 A6 K1 K2 K3 H5 P1 P2 R1 R2 R3 R5 S1 T0 T1 T2 T3 T4 Z1 Z11")); /* [146] */
    assert_false(one_of(place, "H5 K3 P2") && years < 16); /* [370, 371] */
    assert_false(one_of(place, "R5 K1") && years < 10);    /* [372] */
    assert_false(one_of(place, "S1") && years < 4);        /* [373] */
    assert_false(one_of(place, "A3 A4 A5 A6") && years >= 18);
    assert_false(one_of(place, "P2") && start >= registered); /* [217] */
    assert_false(one_of(place, "K3") && end < registered);
    assert_false(one_of(place, "H5 P2 Z1") && year >= 2025);
    assert_false(one_of(place, "Z11") && year < 2025);
    assert_true(!one_of(place, "A5 A6") || one_of(status, "E1"));
    assert_true(!one_of(place, "P1") || one_of(status, "C1 C2"));
    if (one_of(place, "T0 T1 T2 T3 T4 Z1 Z11")) {
        assert_string_equal(provider, ""); /* [213] */
        return;
    }
    assert_true(one_of(provider, "PR0 PR1 PR2 PR3 PR4 PR5"));
    assert_int_equal(one_of(place, "P1"), one_of(provider, "PR0"));     /* [527] */
    assert_false(one_of(provider, "PR1") && one_of(place, "P1 R2 R5")); /* [528] */
    assert_false(one_of(provider, "PR3") &&
                 one_of(place, "P1 A3 A4 A5 A6 K1 K2 U1 U2 U3 U4 U5 U6")); /* [529] */
}

static void check_row(const returns *self, size_t row)
{
    const csv_table *table = self->episodes;
    uint32_t child = child_of(self, table, row);
    int year = year_of(table, row);
    pc_day start = day_of(get(table, row, "DECOM")), end = day_of(get(table, row, "DEC")),
           birth = self->birth[child];
    const char *ended = get(table, row, "REC"), *change = get(table, row, "REASON_PLACE_CHANGE");
    const char *need = get(table, row, "CIN");

    assert_true(start < pc_financial_year_first_day(year + 1));                     /* [385] */
    assert_true(end >= pc_financial_year_first_day(year));                          /* in the year */
    assert_true(end == PC_DAY_OPEN || end < pc_financial_year_first_day(year + 1)); /* [354] */
    assert_true(end > start);                                                       /* [355, 356] */
    assert_true(start >= birth && start < pc_birthday(birth, 18));                  /* [302, 352] */
    assert_true(end == PC_DAY_OPEN ? pc_birthday(birth, 18) >= pc_financial_year_first_day(year + 1)
                                   : end <= pc_birthday(birth, 18));
    assert_int_equal(end == PC_DAY_OPEN, ended[0] == '\0');             /* [148] */
    assert_true(one_of(get(table, row, "RNE"), "S L P T B U"));         /* [143] */
    assert_true(one_of(get(table, row, "LS"), "C1 C2 E1 V2 J1 L1 L2")); /* [144] */
    assert_true(one_of(need, "N1 N2 N3 N4 N5 N6 N7 N8"));               /* [145] */
    assert_true(end == PC_DAY_OPEN ||
                one_of(ended, "X1 E11 E12 E2 E3 E4A E4B E13 E41 E45 E46 E47 E48 E5 E6 E7 E8 E9 "
                              "E14 E15 E16 E17")); /* [149] */
    assert_true(change[0] == '\0' ||
                one_of(change, "CARPL CLOSE ALLEG STAND APPRR CREQB CREQO CHILD LAREQ PLACE "
                               "CUSTOD OTHER")); /* [1009] */
    assert_true(change[0] == '\0' || strcmp(ended, "X1") == 0);
    assert_false(strcmp(ended, "E17") == 0 && end < pc_birthday(birth, 18)); /* [460] */
    assert_false(one_of(ended, "E11 E12") && !one_of(get(table, row, "PLACE"), "A3 A4 A5 A6"));
    check_place(self, row, pc_age_years(birth, start), start, end);
    if (self->uasc_child[child]) {
        assert_true(pc_age_years(birth, start) >= 10);
        assert_string_equal(get(table, row, "HOME_POST"), "");
    } else {
        assert_memory_equal(get(table, row, "HOME_POST"), "ZZ", 2);
    }
}

/* ---- rows of a child ---- */

static void check_pair(const returns *self, size_t row, size_t next)
{
    const csv_table *table = self->episodes;
    pc_day end = day_of(get(table, row, "DEC")), start = day_of(get(table, next, "DECOM"));
    const char *ended = get(table, row, "REC"), *begun = get(table, next, "RNE"),
               *change = get(table, row, "REASON_PLACE_CHANGE");
    bool same_place = strcmp(get(table, row, "PL_POST"), get(table, next, "PL_POST")) == 0 &&
                      strcmp(get(table, row, "PLACE"), get(table, next, "PLACE")) == 0 &&
                      strcmp(get(table, row, "PLACE_PROVIDER"), get(table, next, "PLACE_PROVIDER")) == 0;
    bool renamed = one_of(get(table, row, "PLACE"), "H5 Z1") && one_of(get(table, next, "PLACE"), "K3 Z11") &&
                   day_of(get(table, next, "DEC")) >= pc_financial_year_first_day(2025);
    bool same_status = strcmp(get(table, row, "LS"), get(table, next, "LS")) == 0;

    assert_true(start >= end); /* [501] */
    if (strcmp(ended, "X1") != 0) {
        assert_true(start > end);
        assert_string_equal(begun, "S"); /* [432] */
        assert_false(one_of(ended, "E2 E11 E12 E15"));
        return;
    }
    assert_int_equal(start, end); /* [388, 433] */
    assert_string_not_equal(begun, "S");
    assert_string_equal(get(table, row, "CIN"), get(table, next, "CIN")); /* [504] */
    assert_int_equal(one_of(begun, "L B U"), !same_status);
    assert_false(strcmp(begun, "L") == 0 && !same_place && !renamed);
    assert_int_equal(strcmp(begun, "L") == 0, change[0] == '\0'); /* [225] */
    assert_int_equal(one_of(begun, "T U"), strcmp(change, "PLACE") == 0);
    if (get(table, row, "PLACE")[0] == 'T') {
        assert_true(one_of(begun, "P")); /* [383] */
    }
}

static void check_temporary(const returns *self, size_t before, size_t row, size_t after)
{
    const csv_table *table = self->episodes;
    const char *place = get(table, row, "PLACE");
    int days = day_of(get(table, after, "DECOM")) - day_of(get(table, row, "DECOM"));

    assert_string_equal(get(table, before, "PLACE"), get(table, after, "PLACE")); /* [383] */
    assert_string_equal(get(table, before, "PLACE_PROVIDER"), get(table, after, "PLACE_PROVIDER"));
    assert_true(days <= (strcmp(place, "T4") == 0   ? 7
                         : strcmp(place, "T1") == 0 ? 42
                                                    : 21)); /* [375, 376, 379] */
}

static void every_row_keeps_the_rules_of_the_return(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 3; seed++) {
        returns self = make(seed);
        size_t temporary = 0, k3 = 0, long_term = 0;

        for (size_t row = 0; row < self.episodes->n; row++) {
            check_row(&self, row);
        }
        for (size_t at = 0; at < self.n_newest; at++) {
            size_t row = self.order[at];
            const char *child = get(self.episodes, row, "CHILD");
            bool first = at == 0 || strcmp(get(self.episodes, self.order[at - 1], "CHILD"), child) != 0;
            bool last = at + 1 == self.n_newest ||
                        strcmp(get(self.episodes, self.order[at + 1], "CHILD"), child) != 0;
            bool away = get(self.episodes, row, "PLACE")[0] == 'T';

            k3 += strcmp(get(self.episodes, row, "PLACE"), "K3") == 0;
            long_term += strcmp(get(self.episodes, row, "PLACE"), "U4") == 0;
            if (first &&
                day_of(get(self.episodes, row, "DECOM")) >= pc_financial_year_first_day(FIRST_YEAR)) {
                assert_string_equal(get(self.episodes, row, "RNE"), "S"); /* [357] */
            }
            assert_false(away && first);                                                         /* [380] */
            assert_false(away && last && day_of(get(self.episodes, row, "DEC")) != PC_DAY_OPEN); /* [381] */
            if (!last) {
                check_pair(&self, row, self.order[at + 1]);
            } else {
                assert_string_not_equal(get(self.episodes, row, "REC"), "X1"); /* [388] */
            }
            if (away && !first && !last) {
                check_temporary(&self, self.order[at - 1], row, self.order[at + 1]);
                temporary++;
            }
        }
        assert_true(temporary > 20 && k3 > 20 && long_term > 20); /* what is tested is there */
        release(&self);
    }
}

/* ---- returns ---- */

/* An episode that runs over years is the same in each, open until the return in which it ended. */
static void an_episode_is_repeated_until_the_return_in_which_it_ended(void **state)
{
    static const char *const same[] = {"RNE", "LS", "CIN", "PLACE_PROVIDER", "HOME_POST", "PL_POST"};
    returns self = make(4);
    size_t *all = calloc(self.episodes->n, sizeof *all), repeated = 0;

    (void)state;
    assert_non_null(all);
    for (size_t row = 0; row < self.episodes->n; row++) {
        all[row] = row;
    }
    sorting = &self;
    qsort(all, self.episodes->n, sizeof *all, by_child_and_start);
    for (size_t at = 0; at + 1 < self.episodes->n; at++) {
        size_t newer = all[at], older = all[at + 1];

        if (strcmp(get(self.episodes, newer, "CHILD"), get(self.episodes, older, "CHILD")) != 0 ||
            strcmp(get(self.episodes, newer, "DECOM"), get(self.episodes, older, "DECOM")) != 0) {
            continue;
        }
        assert_int_equal(year_of(self.episodes, newer), year_of(self.episodes, older) + 1);
        assert_string_equal(get(self.episodes, older, "DEC"), "");
        assert_string_equal(get(self.episodes, older, "REC"), "");
        assert_string_equal(get(self.episodes, older, "REASON_PLACE_CHANGE"), "");
        for (size_t column = 0; column < sizeof same / sizeof same[0]; column++) {
            assert_string_equal(get(self.episodes, newer, same[column]),
                                get(self.episodes, older, same[column]));
        }
        repeated++;
    }
    assert_true(repeated > 500);
    free(all);
    release(&self);
}

/* Each return: the header has exactly the children of the episodes, the UASC file those of that stream. */
static void the_header_holds_the_children_of_the_episodes(void **state)
{
    returns self = make(5);

    (void)state;
    for (int year = FIRST_YEAR; year < FIRST_YEAR + YEARS; year++) {
        char *in_header = calloc(self.child.n, 1), *in_episodes = calloc(self.child.n, 1);

        assert_non_null(in_header);
        assert_non_null(in_episodes);
        for (size_t row = 0; row < self.header->n; row++) {
            const char *sex = get(self.header, row, "SEX");

            if (year_of(self.header, row) == year) {
                assert_int_equal(in_header[child_of(&self, self.header, row)]++, 0); /* once a return */
                assert_true(one_of(sex, year >= 2024 ? "M F" : "1 2"));
            }
        }
        for (size_t row = 0; row < self.episodes->n; row++) {
            if (year_of(self.episodes, row) == year) {
                in_episodes[child_of(&self, self.episodes, row)] = 1;
            }
        }
        assert_memory_equal(in_header, in_episodes, self.child.n);
        for (size_t row = 0; row < self.uasc->n; row++) {
            if (year_of(self.uasc, row) == year) {
                uint32_t child = child_of(&self, self.uasc, row);

                assert_int_equal(in_header[child], 1);
                assert_int_equal(day_of(get(self.uasc, row, "DOB")), self.birth[child]);
                assert_true(get(self.uasc, row, "DUC")[0] == '\0' ||
                            day_of(get(self.uasc, row, "DUC")) <=
                                pc_birthday(self.birth[child], 18)); /* [304] */
                in_header[child]++;
            }
        }
        for (size_t child = 0; child < self.child.n; child++) {
            assert_int_equal(in_header[child],
                             in_episodes[child] + (in_episodes[child] && self.uasc_child[child]));
        }
        free(in_header);
        free(in_episodes);
    }
    release(&self);
}

/* In care at the end of `day` by an episode of the child. */
static bool in_care(const returns *self, uint32_t child, pc_day day)
{
    for (size_t at = 0; at < self->n_newest; at++) {
        size_t row = self->order[at];

        if (child_of(self, self->episodes, row) == child &&
            day_of(get(self->episodes, row, "DECOM")) <= day &&
            day_of(get(self->episodes, row, "DEC")) > day) {
            return true;
        }
    }
    return false;
}

static void the_smaller_tables_speak_of_days_in_care(void **state)
{
    returns self = make(6);
    size_t checked = 0;

    (void)state;
    for (size_t row = 0; row < self.reviews->n; row += 7) {
        pc_day day = day_of(get(self.reviews, row, "REVIEW"));

        assert_int_equal(pc_financial_year(day), year_of(self.reviews, row));
        assert_true(in_care(&self, child_of(&self, self.reviews, row), day));
        assert_true(one_of(get(self.reviews, row, "REVIEW_CODE"), "PN0 PN1 PN2 PN3 PN4 PN5 PN6 PN7"));
        checked++;
    }
    for (size_t row = 0; row < self.missing->n; row++) {
        pc_day from = day_of(get(self.missing, row, "MIS_START")),
               to = day_of(get(self.missing, row, "MIS_END"));

        assert_true(to > from && in_care(&self, child_of(&self, self.missing, row), from));
        assert_true(one_of(get(self.missing, row, "MISSING"), "M A"));
        checked++;
    }
    for (size_t row = 0; row < self.oc2->n; row += 11) {
        uint32_t child = child_of(&self, self.oc2, row);
        pc_day first = pc_financial_year_first_day(year_of(self.oc2, row));

        assert_true(in_care(&self, child, first) &&
                    in_care(&self, child, pc_financial_year_first_day(year_of(self.oc2, row) + 1) - 1));
        checked++;
    }
    for (size_t row = 0; row < self.oc3->n; row++) {
        pc_day last = pc_financial_year_first_day(year_of(self.oc3, row) + 1) - 1;
        int years = pc_age_years(day_of(get(self.oc3, row, "DOB")), last);

        assert_true(years >= 17 && years <= 21);
        checked++;
    }
    assert_true(checked > 500);
    release(&self);
}

/* ---- counts ---- */

static long truth_children(const returns *self, pc_day day)
{
    char date[PC_DAY_TEXT_SIZE];

    pc_day_format(day, date);
    for (size_t row = 0; row < self->truth->n; row++) {
        if (strcmp(get(self->truth, row, "FAMILY"), "children") == 0 &&
            strcmp(get(self->truth, row, "CAUSE"), date) == 0) {
            return strtol(get(self->truth, row, "VALUE"), NULL, 10);
        }
    }
    fail_msg("no count of %s", date);
    return -1;
}

/* Stock by each return's own rows, starts by RNE S, leavers by REC: one year's stock follows from the last.
 */
static void the_returns_add_up_to_the_true_counts(void **state)
{
    returns self = make(7);

    (void)state;
    for (int year = FIRST_YEAR; year < FIRST_YEAR + YEARS; year++) {
        pc_day last = pc_financial_year_first_day(year + 1) - 1, first = pc_financial_year_first_day(year);
        long stock = 0, starts = 0, leavers = 0;

        for (size_t row = 0; row < self.episodes->n; row++) {
            pc_day start, end;

            if (year_of(self.episodes, row) != year) {
                continue;
            }
            start = day_of(get(self.episodes, row, "DECOM"));
            end = day_of(get(self.episodes, row, "DEC"));
            stock += end == PC_DAY_OPEN;
            starts += start >= first && strcmp(get(self.episodes, row, "RNE"), "S") == 0;
            leavers += end != PC_DAY_OPEN && strcmp(get(self.episodes, row, "REC"), "X1") != 0;
        }
        assert_int_equal(stock, truth_children(&self, last));
        assert_int_equal(truth_children(&self, first - 1) + starts - leavers, stock);
    }
    release(&self);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_row_keeps_the_rules_of_the_return),
        cmocka_unit_test(an_episode_is_repeated_until_the_return_in_which_it_ended),
        cmocka_unit_test(the_header_holds_the_children_of_the_episodes),
        cmocka_unit_test(the_smaller_tables_speak_of_days_in_care),
        cmocka_unit_test(the_returns_add_up_to_the_true_counts),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
