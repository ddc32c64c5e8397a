/* help.c - the usage texts, made from the tables of verbs and options. */
#include <string.h>

#include "option_table.h"

static void print_wrapped(const char *text, size_t indent, size_t width)
{
    size_t column = indent;

    for (const char *word = text; *word != '\0';) {
        size_t length = strcspn(word, " ");

        if (column > indent && column + 1 + length > width) {
            printf("\n%*s", (int)indent, "");
            column = indent;
        } else if (column > indent) {
            putchar(' ');
            column++;
        }
        printf("%.*s", (int)length, word);
        column += length;
        word += length + strspn(word + length, " ");
    }
    putchar('\n');
}

static void print_options(unsigned verbs)
{
    for (size_t o = 0; cli_option_table[o].name != NULL; o++) {
        char left[40];

        if ((cli_option_table[o].verbs & verbs) == 0) {
            continue;
        }
        snprintf(left, sizeof left, "--%s%s%s", cli_option_table[o].name,
                 cli_option_table[o].value != NULL ? " " : "",
                 cli_option_table[o].value != NULL ? cli_option_table[o].value : "");
        printf("  %-20s  ", left);
        print_wrapped(cli_option_table[o].help, 24, 80);
    }
}

void cli_help(const cli_verb *verb)
{
    if (verb != NULL) {
        printf("placecast %s %s [OPTIONS]: %s\n\n", verb->name, verb->arguments, verb->summary);
        print_wrapped(verb->details, 0, 80);
        puts("\nOptions:");
        print_options(verb->bit);
        printf("\nExample:\n  %s\n", verb->example);
        if (verb->more_help != NULL) {
            verb->more_help();
        }
        return;
    }
    puts("placecast: forecasts of children looked after, their placements and their cost\n\n"
         "placecast VERB [OPTIONS] ARGUMENTS\n\nVerbs:");
    for (const cli_verb *each = cli_verbs; each->name != NULL; each++) {
        printf("  %-11s %-11s %s\n", each->name, each->arguments, each->summary);
    }
    puts("\n`placecast VERB --help` tells what a verb takes and gives, with an example.\n"
         "`placecast --version` prints the version, `--manual` the manual page,\n`--completion` the "
         "completion for bash.\n\n"
         "Exit codes: 0 done; 1 the run failed; 2 wrong usage; 3 input rejected; 130 interrupted.");
}
