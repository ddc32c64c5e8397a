#include "intake/rules.h"

#include <string.h>

static const struct {
    const char *name, *severity, *meaning;
} rule_table[INTAKE_N_RULE] = {
#define INTAKE_RULE_ROW(constant, name, severity, meaning) {name, severity, meaning},
    INTAKE_RULE_LIST(INTAKE_RULE_ROW)
#undef INTAKE_RULE_ROW
};

const char *intake_rule_name(intake_rule rule)
{
    return rule_table[rule].name;
}

const char *intake_rule_severity(intake_rule rule)
{
    return rule_table[rule].severity;
}

const char *intake_rule_meaning(const char *name)
{
    for (size_t r = 0; r < INTAKE_N_RULE; r++) {
        if (strcmp(rule_table[r].name, name) == 0) {
            return rule_table[r].meaning;
        }
    }
    return "";
}
