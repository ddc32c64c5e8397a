#include "workforce/findings.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/number_text.h"

#define GBP_SIZE 48

/* 1234567.5 -> "1,234,567.50"; whole numbers without pence. Returns `text`. */
static char *grouped(double value, char text[GBP_SIZE])
{
    char plain[PC_NUMBER_TEXT_SIZE];
    bool whole = fabs(value - round(value)) < 0.005;
    size_t out = 0, digits;

    pc_number_format(fabs(value), whole ? 0 : 2, plain);
    digits = strcspn(plain, ".");
    if (value < 0.0 && strspn(plain, "0.") < strlen(plain)) {
        text[out++] = '-';
    }
    for (size_t at = 0; plain[at] != '\0' && out + 2 < GBP_SIZE; at++) {
        if (at > 0 && at < digits && (digits - at) % 3 == 0) {
            text[out++] = ',';
        }
        text[out++] = plain[at];
    }
    text[out] = '\0';
    return text;
}

static pc_status add(pc_establishment *self, const finding_place *place, pc_finding finding)
{
    size_t capacity = self->n_finding;

    if (finding.text == NULL ||
        pc_grow(&self->finding, &capacity, self->n_finding + 1, sizeof finding) != PC_OK) {
        free(finding.text);
        return PC_ERR_NO_MEMORY;
    }
    finding.structure = place->structure == NULL ? "" : place->structure;
    finding.subject = place->subject;
    finding.file = place->file;
    finding.line = place->line;
    finding.column = place->column;
    self->finding[self->n_finding++] = finding;
    return PC_OK;
}

pc_status findings_compare(pc_establishment *self, const finding_place *place, const char *check,
                           double computed, double stated, double rounding, const char *has, const char *says)
{
    char a[GBP_SIZE], b[GBP_SIZE], c[GBP_SIZE];
    bool exact = fabs(computed - stated) <= 0.005, agrees = fabs(computed - stated) <= rounding + 0.005;
    char *text = pc_format_text("%s, %s: %s: %s %s, %s %s%s%s%s", place->structure, place->subject, check,
                                has, grouped(computed, a), says, grouped(stated, b), exact ? "" : ": ",
                                exact ? "" : grouped(fabs(computed - stated), c),
                                exact    ? ""
                                : agrees ? " apart, within rounding"
                                         : " apart");

    return add(self, place,
               (pc_finding){.check = check,
                            .computed = computed,
                            .stated = stated,
                            .within = rounding,
                            .verdict = agrees ? PC_AGREES : PC_DIFFERS,
                            .text = text});
}

pc_status findings_implied(pc_establishment *self, const finding_place *place, const char *check,
                           const char *names, bool several, double sum, double left)
{
    char a[GBP_SIZE], b[GBP_SIZE];

    return add(self, place,
               (pc_finding){.check = check,
                            .computed = left,
                            .stated = (double)NAN,
                            .verdict = several ? PC_MISSING : PC_IMPLIED,
                            .text = pc_format_text("%s: funding by %s is not given: the others add up to %s, "
                                                   "which leaves %s%s",
                                                   place->structure, names, grouped(sum, a), grouped(left, b),
                                                   several ? " for them together" : "")});
}

pc_status findings_premium(pc_establishment *self, const finding_place *place, const char *measure,
                           double posts, double premium, const pc_establishment_row *row)
{
    char a[GBP_SIZE], b[GBP_SIZE], c[GBP_SIZE], d[GBP_SIZE];
    bool same = fabs(row->premium - premium) <= 0.5 && fabs(row->posts - posts) > 1e-9;

    if (!same) {
        return PC_OK; /* another premium for other posts: both columns are in the table */
    }
    return add(self, place,
               (pc_finding){.check = "premium_by_posts",
                            .computed = row->premium_by_posts,
                            .stated = row->premium,
                            .verdict = PC_DIFFERS,
                            .text = pc_format_text("%s: the premium, %s, did not scale: it is that of %s, "
                                                   "which has %s posts and not %s; rescaled by posts it "
                                                   "would be %s",
                                                   place->structure, grouped(row->premium, a), measure,
                                                   grouped(posts, b), grouped(row->posts, c),
                                                   grouped(row->premium_by_posts, d))});
}

/* The keys of an allowance, three products. */
enum { N_PART = 3, N_KEY = 7 };

typedef struct allowance_key {
    const char *name;
    double value;
    int part;
} allowance_key;

static void list_keys(const pc_allowance *from, allowance_key key[N_KEY])
{
    key[0] = (allowance_key){"posts", from->posts, 0};
    key[1] = (allowance_key){"agency_share", from->agency_share, 0};
    key[2] = (allowance_key){"premium", from->premium, 0};
    key[3] = (allowance_key){"starters", from->starters, 1};
    key[4] = (allowance_key){"payment", from->payment, 1};
    key[5] = (allowance_key){"pay", from->pay, 2};
    key[6] = (allowance_key){"reward", from->reward, 2};
}

/* "4,500 x posts + 5,000 x starters + 600,000", and the keys that are missing. */
static char *write_equation(const allowance_key key[N_KEY], char **missing, int *n_missing, double *sum)
{
    char *equation = pc_copy_text("");

    *missing = pc_copy_text("");
    *n_missing = 0;
    *sum = 0.0;
    for (int part = 0; part < N_PART; part++) {
        double product = 1.0;
        char number[GBP_SIZE], *longer, *names = pc_copy_text("");

        for (int at = 0; at < N_KEY; at++) {
            if (key[at].part == part && isfinite(key[at].value)) {
                product *= key[at].value;
            } else if (key[at].part == part) {
                char *more = pc_format_text("%s x %s", names == NULL ? "" : names, key[at].name);
                char *all = pc_format_text("%s%s%s", *missing == NULL ? "" : *missing,
                                           *n_missing > 0 ? ", " : "", key[at].name);

                free(names);
                free(*missing);
                names = more;
                *missing = all;
                (*n_missing)++;
            }
        }
        *sum += names != NULL && names[0] == '\0' ? product : 0.0;
        longer = pc_format_text("%s%s%s%s", equation == NULL ? "" : equation, part > 0 ? " + " : "",
                                grouped(product, number), names == NULL ? "" : names);
        free(names);
        free(equation);
        equation = longer;
    }
    return equation;
}

/* The value that the one missing key would have. */
static double solve(const allowance_key key[N_KEY], double left)
{
    double product = 1.0;
    int part = 0;

    for (int at = 0; at < N_KEY; at++) {
        part = isfinite(key[at].value) ? part : key[at].part;
    }
    for (int at = 0; at < N_KEY; at++) {
        product *= key[at].part == part && isfinite(key[at].value) ? key[at].value : 1.0;
    }
    return product > 0.0 ? left / product : (double)NAN;
}

pc_status findings_allowance(pc_establishment *self, const pc_workforce *from)
{
    const pc_allowance *of = &from->allowance;
    finding_place place = {.structure = "", .subject = "allowance", .file = from->file};
    allowance_key key[N_KEY];
    char *equation, *missing, stated[GBP_SIZE], left[GBP_SIZE], number[GBP_SIZE];
    double sum;
    int n_missing;
    pc_finding finding = {.check = "allowance", .stated = of->stated, .within = 500.0};

    if (!of->given) {
        return PC_OK;
    }
    list_keys(of, key);
    equation = write_equation(key, &missing, &n_missing, &sum);
    finding.computed = n_missing == 0 ? sum : (double)NAN;
    grouped(of->stated, stated);
    grouped(of->stated - sum, left);
    if (equation == NULL || missing == NULL) {
        finding.text = NULL;
    } else if (n_missing == 0) {
        finding.verdict = fabs(sum - of->stated) <= finding.within ? PC_AGREES : PC_DIFFERS;
        finding.text = pc_format_text("allowance: %s = %s, stated %s: %s left", equation,
                                      grouped(sum, number), stated, left);
    } else if (n_missing == 1) {
        finding.verdict = PC_MISSING;
        finding.text = pc_format_text("allowance: %s is missing: %s = %s when it is %s", missing, equation,
                                      stated, grouped(solve(key, of->stated - sum), number));
    } else {
        finding.verdict = PC_MISSING;
        finding.text = pc_format_text("allowance: %s are missing: %s = %s, one equation for %d unknowns",
                                      missing, equation, stated, n_missing);
    }
    free(equation);
    free(missing);
    return add(self, &place, finding);
}

pc_status findings_sum(pc_establishment *self, const pc_sum *sum)
{
    finding_place place = {.subject = sum->name, .file = sum->file, .line = sum->line, .column = sum->column};
    char a[GBP_SIZE], b[GBP_SIZE], c[GBP_SIZE];
    double computed = 0.0, away;
    bool agrees;

    for (size_t at = 0; at < sum->n_part; at++) {
        computed += sum->part[at];
    }
    computed *= sum->times;
    away = fabs(computed - sum->stated);
    agrees = away <= sum->to / 2.0 + 1e-9 * fabs(computed);
    return add(
        self, &place,
        (pc_finding){.check = "sum",
                     .computed = computed,
                     .stated = sum->stated,
                     .within = sum->to / 2.0,
                     .verdict = agrees ? PC_AGREES : PC_DIFFERS,
                     .text = pc_format_text("%s: computed %s, stated %s%s%s%s", sum->name,
                                            grouped(computed, a), grouped(sum->stated, b), agrees ? "" : ": ",
                                            agrees ? "" : grouped(away, c), agrees ? "" : " apart")});
}
