/* doubts.c - what is wrong with no single row, but makes the whole doubtful: a return that is not there, a
 * kind of file or a column that is missing, dates in another notation, an extract date that the returns do
 * not reach. */
#include "intake/doubts.h"

#include <stdio.h>

/* A rule that acts on so many rows, and on more than one in a hundred, is no matter of single rows. */
#define FEWEST_ROWS 10

static void say_no_birth(const intake *self, const pc_episodes *out)
{
    size_t no_birth = 0;

    for (size_t c = 0; c < out->n_child; c++) {
        no_birth += out->child[c].birth == PC_DAY_NONE;
    }
    if (no_birth > 0) {
        pc_diagnostics_add(self->diagnostics, PC_ASSUMPTION, (pc_place){0},
                           "%zu of %zu children (%.1f%%) have no birth date: kept, and left out of the fit",
                           no_birth, out->n_child, 100.0 * (double)no_birth / (double)out->n_child);
    }
}

/* "of Leeds ", or nothing where the returns name no authority. */
static const char *of_la(const intake *self, size_t la, char text[INTAKE_LA_TEXT])
{
    text[0] = '\0';
    if (la > 0) {
        (void)snprintf(text, INTAKE_LA_TEXT, "of %s ", pc_names_text(&self->la, (uint32_t)la));
    }
    return text;
}

static void say_old_returns(const intake *self)
{
    int32_t last_year = pc_financial_year(self->extract);

    for (size_t la = 0; la < self->n_la; la++) {
        uint32_t newest = self->newest_return[la];
        char year[PC_DAY_TEXT_SIZE], of[INTAKE_LA_TEXT];

        if (newest != INTAKE_NOT_FOUND && self->ret[newest].financial_year != INTAKE_NO_YEAR &&
            self->ret[newest].financial_year < last_year) {
            pc_diagnostics_add(
                self->diagnostics, PC_WARNING, (pc_place){0},
                "newest return %sis of %s, before the extract date: its open episodes count as open",
                of_la(self, la, of), pc_financial_year_format(self->ret[newest].financial_year, year));
        }
    }
}

/* A year between two returns of an authority, both by their names and by the dates in them. */
static void say_missing_years(const intake *self)
{
    for (size_t r = 1; r < self->n_ret; r++) {
        const intake_return *before = &self->ret[r - 1], *ret = &self->ret[r];
        char from[PC_DAY_TEXT_SIZE], to[PC_DAY_TEXT_SIZE], of[INTAKE_LA_TEXT];
        int32_t first, last;

        if (before->la != ret->la || before->financial_year == INTAKE_NO_YEAR ||
            ret->financial_year == INTAKE_NO_YEAR || ret->year <= before->year + 1) {
            continue;
        }
        first = before->financial_year + 1;
        last = ret->financial_year - 1;
        if (last < first) {
            continue;
        }
        pc_financial_year_format(first, from);
        pc_financial_year_format(last, to);
        pc_diagnostics_add(
            self->diagnostics, PC_WARNING, (pc_place){0},
            "no return %sof %s%s%s: children who left in it count as in care until the returns "
            "miss them, and those who came and left within it are unknown; add its episodes, or "
            "let data.window begin after it",
            of_la(self, ret->la, of), from, first == last ? "" : " to ", first == last ? "" : to);
    }
}

static size_t count_kind(const intake *self, intake_kind kind)
{
    size_t n = 0;

    for (size_t f = 0; f < self->n_file; f++) {
        n += self->file[f].kind == kind;
    }
    return n;
}

static void say_missing_kinds(const intake *self)
{
    if (count_kind(self, INTAKE_HEADER) == 0 &&
        count_kind(self, INTAKE_UASC) > 0) { /* neither is said before */
        pc_diagnostics_add(
            self->diagnostics, PC_WARNING, (pc_place){.file = self->options->folder},
            "no header file: birth dates are known from UASC files alone; expected a file with "
            "CHILD, SEX, DOB and ETHNIC or UPN");
    }
    if (count_kind(self, INTAKE_UASC) == 0) {
        pc_diagnostics_add(self->diagnostics, PC_ASSUMPTION, (pc_place){0},
                           "no file of unaccompanied asylum-seeking children (CHILD, DOB, DUC): all children "
                           "count as local");
    }
}

static void say_missing_columns(const intake *self)
{
    static const struct {
        intake_column column;
        const char *name, *then;
    } useful[] = {{INTAKE_PROVIDER, "PLACE_PROVIDER",
                   "who provides a placement is taken from the other files, and without any it counts as the "
                   "council's own"},
                  {INTAKE_LS, "LS", "short breaks cannot be told from care and count as care"},
                  {INTAKE_RNE, "RNE", "moves cannot be told from changes of legal status and count as moves"},
                  {INTAKE_REC, "REC", "how children left is not known"}};
    size_t n_episodes = count_kind(self, INTAKE_EPISODES);

    for (size_t c = 0; c < sizeof useful / sizeof useful[0]; c++) {
        size_t n = 0;

        for (size_t f = 0; f < self->n_file; f++) {
            n += self->file[f].kind == INTAKE_EPISODES && self->file[f].column[useful[c].column] < 0;
        }
        if (n > 0) {
            pc_diagnostics_add(self->diagnostics, PC_WARNING, (pc_place){0},
                               "no column %s in %zu of %zu files of episodes: %s", useful[c].name, n,
                               n_episodes, useful[c].then);
        }
    }
}

/* What was read wrongly throughout: dates of another country, of two digits, of words. */
static void say_unreadable(const intake *self)
{
    static const struct {
        intake_rule rule;
        const char *what;
    } whole[] = {{INTAKE_UNREADABLE_DECOM, "a DECOM that is blank or no date dd/mm/yyyy: not used"},
                 {INTAKE_UNREADABLE_DEC, "a DEC that is no date dd/mm/yyyy: read as blank"},
                 {INTAKE_UNREADABLE_BIRTH, "a DOB that is no date dd/mm/yyyy: read as blank"},
                 {INTAKE_DEC_BEFORE_DECOM, "a DEC before their DECOM: not used"}};

    for (size_t w = 0; w < sizeof whole / sizeof whole[0]; w++) {
        const pc_quality_line *first = NULL;
        long n = 0;

        for (size_t q = 0; q < self->quality->n; q++) {
            if (intake_rule_of(self->quality, &self->quality->line[q]) == whole[w].rule) {
                first = n++ == 0 ? &self->quality->line[q] : first;
            }
        }
        if (n >= FEWEST_ROWS && n * 100 > self->rows_read) {
            pc_diagnostics_add(self->diagnostics, PC_WARNING,
                               (pc_place){.file = pc_names_text(&self->quality->file, first->file),
                                          .line = (long)first->row},
                               "the first of %ld rows with %s; quality.csv of `placecast clean` lists them",
                               n, whole[w].what);
        }
    }
}

void intake_say_doubts(const intake *self, const pc_episodes *out)
{
    say_no_birth(self, out);
    say_old_returns(self);
    if (self->options->known_until == PC_DAY_NONE) { /* a back-test has said it once */
        say_missing_years(self);
        say_missing_kinds(self);
        say_missing_columns(self);
        say_unreadable(self);
    }
}
