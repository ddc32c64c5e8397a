#include "intake/rules.h"

static const struct {
    const char *name, *severity;
} rule_table[INTAKE_N_RULE] = {
#define INTAKE_RULE_ROW(constant, name, severity, meaning) {name, severity},
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
