#include "intake/code_lists.h"

#include <string.h>

#include "base/memory.h"

static bool in_list(const char *code, const char *const *list)
{
    while (*list != NULL && strcmp(*list, code) != 0) {
        list++;
    }
    return *list != NULL;
}

static int exit_cause_of(const char *code)
{
    static const char *const adoption[] = {"E11", "E12", NULL};
    static const char *const home[] = {"E4A", "E4B", "E13", NULL};
    static const char *const order[] = {"E41", "E45", "E46", "E47", "E48", NULL};
    static const char *const other[] = {"E2", "E5", "E6", "E7", "E8", "E9", "E14", "E15", "E16", "E17", NULL};

    if (strcmp(code, "X1") == 0) {
        return PC_N_EXIT_CAUSE;
    }
    return in_list(code, adoption)   ? PC_EXIT_ADOPTION
           : in_list(code, home)     ? PC_EXIT_HOME
           : in_list(code, order)    ? PC_EXIT_ORDER
           : strcmp(code, "E3") == 0 ? PC_EXIT_TRANSFER
           : in_list(code, other)    ? PC_EXIT_OTHER
                                     : -1;
}

static intake_code_info look_up(const char *code, const pc_codes *codes)
{
    static const char *const temporary[] = {"T0", "T1", "T2", "T3", "T4", NULL};
    static const char *const no_provider[] = {"T0", "T1",  "T2",  "T3",  "T4",  "P1",
                                              "Z1", "Z11", "Z12", "Z13", "Z14", NULL};
    static const char *const short_break[] = {"V3", "V4", NULL};
    static const char *const legal_status[] = {"C1", "C2", "D1", "E1", "V2", "V3", "V4",
                                               "J1", "J2", "J3", "L1", "L2", "L3", NULL};
    static const char *const need[] = {"N1", "N2", "N3", "N4", "N5", "N6", "N7", "N8", NULL};
    static const char *const change[] = {"CARPL", "CLOSE", "ALLEG", "STAND",  "APPRR", "CREQB", "CREQO",
                                         "CHILD", "LAREQ", "PLACE", "CUSTOD", "OTHER", NULL};
    static const char *const started[] = {"S", "L", "P", "T", "B", "U", NULL};
    bool is_provider =
        strncmp(code, "PR", 2) == 0 && code[2] >= '0' && code[2] < '0' + PC_N_PROVIDER && code[3] == '\0';

    return (intake_code_info){.place = pc_codes_find_place(codes, code),
                              .provider = is_provider ? code[2] - '0' : -1,
                              .exit_cause = exit_cause_of(code),
                              .reason_started = in_list(code, started) ? code[0] : (char)0,
                              .temporary = in_list(code, temporary),
                              .provider_not_needed = in_list(code, no_provider),
                              .short_break = in_list(code, short_break),
                              .legal_status = in_list(code, legal_status),
                              .need = in_list(code, need),
                              .reason_change = in_list(code, change),
                              .status_only = strcmp(code, "PLACE") == 0};
}

intake_code_info *intake_code_table(const pc_names *code, const pc_codes *codes)
{
    intake_code_info *table = pc_new(code->n, sizeof *table);

    for (size_t c = 0; table != NULL && c < code->n; c++) {
        table[c] = look_up(code->text[c], codes);
    }
    return table;
}
