/* manual.c - the manual page (roff, man(7)) and the completion for bash, made from the tables of verbs and
 * options. */
#include <string.h>

#include "option_table.h"
#include "placecast/library.h"

/* A text that roff shall show as it stands: no escape, no hyphen that a terminal would make another sign of.
 */
static void put_roff(const char *text)
{
    for (const char *c = text; *c != '\0'; c++) {
        if (*c == '\\') {
            fputs("\\e", stdout);
        } else if (*c == '-') {
            fputs("\\-", stdout);
        } else if (*c == '\n') {
            fputs("\n\\&", stdout);
        } else {
            putchar(*c);
        }
    }
}

/* A line of its own. What stands at its beginning must not be taken for a request. */
static void put_line(const char *text)
{
    fputs("\\&", stdout);
    put_roff(text);
    putchar('\n');
}

static void put_option(const cli_option_row *row)
{
    printf(".TP\n\\fB\\-\\-");
    put_roff(row->name);
    printf("\\fR");
    if (row->value != NULL) {
        printf(" \\fI");
        put_roff(row->value);
        printf("\\fR");
    }
    putchar('\n');
    put_line(row->help);
}

static void put_verb(const cli_verb *verb)
{
    printf(".SS placecast %s ", verb->name);
    put_roff(verb->arguments);
    printf("\n\\&");
    put_roff(verb->summary);
    puts(".\n.PP");
    put_line(verb->details);
    for (size_t o = 0; cli_option_table[o].name != NULL; o++) {
        if ((cli_option_table[o].verbs & verb->bit) != 0 &&
            (cli_option_table[o].verbs & CLI_ALL) != CLI_ALL) {
            put_option(&cli_option_table[o]);
        }
    }
    puts(".PP\nExample:\n.PP\n.RS\n.nf");
    put_line(verb->example);
    puts(".fi\n.RE");
}

void cli_manual(void)
{
    printf(".TH PLACECAST 1 \"\" \"placecast %s\" \"User Commands\"\n", pc_library_version());
    puts(".SH NAME\nplacecast \\- forecasts of children looked after, their placements and their cost\n"
         ".SH SYNOPSIS\n.B placecast\n.I VERB\n[\\fIOPTIONS\\fR] \\fIARGUMENTS\\fR\n.SH DESCRIPTION\n"
         "Counts from a council's own SSDA903 returns how children come into care, move and leave, simulates "
         "every "
         "child day by day, and gives children, placements and pounds by month, each with a range. Results "
         "go to "
         "files and standard output, words and progress to standard error. Nothing leaves the computer.\n"
         ".SH OPTIONS OF EVERY VERB");
    for (size_t o = 0; cli_option_table[o].name != NULL; o++) {
        if ((cli_option_table[o].verbs & CLI_ALL) == CLI_ALL) {
            put_option(&cli_option_table[o]);
        }
    }
    puts(".SH VERBS");
    for (const cli_verb *verb = cli_verbs; verb->name != NULL; verb++) {
        put_verb(verb);
    }
    puts(".SH EXIT STATUS\n.TP\n0\ndone\n.TP\n1\nthe run failed: disk full, out of memory\n.TP\n2\nwrong "
         "usage\n"
         ".TP\n3\ninput rejected: a bad scenario, or no usable file or row\n.TP\n130\ninterrupted; finished "
         "work "
         "is kept\n.SH ENVIRONMENT\n.TP\nNO_COLOR\nno colour, whatever its value\n.SH SEE ALSO\n"
         "The folders docs and scenarios that came with the program: every key of a scenario, every file and "
         "column.");
}

void cli_completion(void)
{
    puts(
        "# Completion of placecast for bash; made by `placecast --completion`.\n"
        "_placecast()\n{\n    local word=\"${COMP_WORDS[COMP_CWORD]}\" verb=\"\" each options\n"
        "    for each in \"${COMP_WORDS[@]:1:COMP_CWORD-1}\"; do\n"
        "        case \"$each\" in -*) ;; *) verb=\"$each\"; break ;; esac\n    done\n    case \"$verb\" in");
    for (const cli_verb *verb = cli_verbs; verb->name != NULL; verb++) {
        printf("    %s) options=\"", verb->name);
        for (size_t o = 0; cli_option_table[o].name != NULL; o++) {
            if ((cli_option_table[o].verbs & verb->bit) != 0) {
                printf("--%s ", cli_option_table[o].name);
            }
        }
        puts("\" ;;");
    }
    printf("    *) options=\"");
    for (const cli_verb *verb = cli_verbs; verb->name != NULL; verb++) {
        printf("%s ", verb->name);
    }
    puts("--help --version --manual --completion\" ;;\n    esac\n    case \"$word\" in\n"
         "    -*) COMPREPLY=($(compgen -W \"$options\" -- \"$word\")) ;;\n"
         "    *) if [ -z \"$verb\" ]; then COMPREPLY=($(compgen -W \"$options\" -- \"$word\"));\n"
         "       else COMPREPLY=($(compgen -f -- \"$word\")); fi ;;\n    esac\n}\n"
         "complete -o filenames -F _placecast placecast");
}
