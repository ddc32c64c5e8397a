/* rules.h - the cleaning rules: one table of names, severities and meanings, as they stand in quality.csv and
 * docs/cleaning.md. The order is the order in which they act. Names are fixed: scripts and planted.csv rely
 * on them.
 */
#ifndef PC_INTAKE_RULES_H
#define PC_INTAKE_RULES_H

#define INTAKE_SET_ASIDE "set_aside" /* a row is not used           */
#define INTAKE_REPAIRED "repaired"   /* a value is used changed     */
#define INTAKE_NOTED "noted"         /* used as it is, but look at it */

/* X(constant, name, severity, what it means) */
#define INTAKE_RULE_LIST(X)                                                                                  \
    /* files: row 0, no child */                                                                             \
    X(INTAKE_IGNORED_FILE, "ignored_file", INTAKE_NOTED, "not a CSV file, or hidden")                        \
    X(INTAKE_EMPTY_FILE, "empty_file", INTAKE_NOTED, "a CSV file without a single row")                      \
    X(INTAKE_UNKNOWN_FILE, "unknown_file", INTAKE_NOTED, "a CSV file whose columns are of no known kind")    \
    X(INTAKE_MISSING_COLUMN, "missing_column", INTAKE_NOTED,                                                 \
      "a column that is useful, not needed, is absent")                                                      \
    X(INTAKE_SAME_RETURN_TWICE, "same_return_twice", INTAKE_NOTED,                                           \
      "two files of one kind, authority and year")                                                           \
    X(INTAKE_YEAR_ORDER, "year_order", INTAKE_NOTED, "years of returns run against the dates in them")       \
    /* rows as they are read */                                                                              \
    X(INTAKE_UNREADABLE_YEAR, "unreadable_year", INTAKE_REPAIRED, "YEAR of a row cannot be read")            \
    X(INTAKE_BLANK_LA, "blank_la", INTAKE_NOTED, "LA blank in a file that has the column")                   \
    X(INTAKE_UNREADABLE_BIRTH, "unreadable_birth", INTAKE_NOTED, "DOB is not a date")                        \
    X(INTAKE_BIRTH_DATE_CONFLICT, "birth_date_conflict", INTAKE_REPAIRED, "two birth dates for a child")     \
    X(INTAKE_BIRTH_DATE_FROM_UASC, "birth_date_from_uasc", INTAKE_REPAIRED,                                  \
      "birth date only in the UASC file")                                                                    \
    X(INTAKE_BLANK_CHILD, "blank_child", INTAKE_SET_ASIDE, "CHILD is blank")                                 \
    X(INTAKE_UNREADABLE_DECOM, "unreadable_decom", INTAKE_SET_ASIDE, "DECOM is blank or not a date")         \
    X(INTAKE_DECOM_AFTER_EXTRACT, "decom_after_extract", INTAKE_SET_ASIDE, "began after the extract date")   \
    X(INTAKE_DECOM_BEFORE_BIRTH, "decom_before_birth", INTAKE_SET_ASIDE, "began before the birth date")      \
    X(INTAKE_DECOM_AT_18, "decom_at_18", INTAKE_SET_ASIDE, "began on or after the 18th birthday")            \
    X(INTAKE_UNREADABLE_DEC, "unreadable_dec", INTAKE_REPAIRED, "DEC is neither blank nor a date")           \
    X(INTAKE_DUPLICATE_EPISODE, "duplicate_episode", INTAKE_SET_ASIDE,                                       \
      "told again; the later return counts")                                                                 \
    /* kept rows, child by child */                                                                          \
    X(INTAKE_SHORT_BREAK, "short_break", INTAKE_SET_ASIDE, "legal status V3 or V4")                          \
    X(INTAKE_DEC_BEFORE_DECOM, "dec_before_decom", INTAKE_SET_ASIDE, "ended before it began")                \
    X(INTAKE_MISSING_DEC, "missing_dec", INTAKE_REPAIRED, "no DEC, but a later episode")                     \
    X(INTAKE_OVERLAP, "overlap", INTAKE_REPAIRED, "ended after the next episode began")                      \
    X(INTAKE_STALE_OPEN, "stale_open", INTAKE_REPAIRED, "open, but the child is in no later return")         \
    X(INTAKE_DEC_AFTER_EXTRACT, "dec_after_extract", INTAKE_REPAIRED, "ended after the extract date")        \
    X(INTAKE_CLOSED_AT_18, "closed_at_18", INTAKE_REPAIRED, "open or ended after the 18th birthday")         \
    X(INTAKE_NO_BIRTH_DATE, "no_birth_date", INTAKE_NOTED, "no header or UASC row gives a birth date")       \
    X(INTAKE_OPEN_NOT_REPEATED, "open_not_repeated", INTAKE_NOTED,                                           \
      "open, and absent from the newest return of the child")                                                \
    /* codes of kept rows */                                                                                 \
    X(INTAKE_UNKNOWN_PLACE, "unknown_place", INTAKE_NOTED, "PLACE blank or not in the code map")             \
    X(INTAKE_PLACE_OUT_OF_DATE, "place_out_of_date", INTAKE_NOTED, "PLACE not in use in those days")         \
    X(INTAKE_UNKNOWN_PROVIDER, "unknown_provider", INTAKE_REPAIRED, "PLACE_PROVIDER blank or not possible")  \
    X(INTAKE_TEMPORARY_ALONE, "temporary_alone", INTAKE_NOTED, "T0-T4 interrupts no placement")              \
    X(INTAKE_UNKNOWN_LEGAL_STATUS, "unknown_legal_status", INTAKE_NOTED, "LS blank or unknown")              \
    X(INTAKE_UNKNOWN_NEED, "unknown_need", INTAKE_NOTED, "CIN blank or unknown")                             \
    X(INTAKE_UNKNOWN_REASON_STARTED, "unknown_reason_started", INTAKE_NOTED, "RNE blank or unknown")         \
    X(INTAKE_UNKNOWN_REASON_CHANGE, "unknown_reason_place_change", INTAKE_NOTED,                             \
      "REASON_PLACE_CHANGE unknown")                                                                         \
    X(INTAKE_UNKNOWN_REASON_ENDED, "unknown_reason_ended", INTAKE_NOTED, "REC unknown")                      \
    /* dates against reasons */                                                                              \
    X(INTAKE_START_WITHOUT_S, "start_without_s", INTAKE_NOTED, "first row after a gap without RNE S")        \
    X(INTAKE_S_IN_CARE, "s_in_care", INTAKE_NOTED, "RNE S on the day the row before ended")                  \
    X(INTAKE_ENDED_WITHOUT_REASON, "ended_without_reason", INTAKE_NOTED, "care ended with REC blank or X1")  \
    X(INTAKE_REASON_WITHOUT_END, "reason_without_end", INTAKE_NOTED, "still open, yet with a REC")

typedef enum intake_rule {
#define INTAKE_RULE_ENUM(constant, name, severity, meaning) constant,
    INTAKE_RULE_LIST(INTAKE_RULE_ENUM)
#undef INTAKE_RULE_ENUM
        INTAKE_N_RULE
} intake_rule;

const char *intake_rule_name(intake_rule rule);
const char *intake_rule_severity(intake_rule rule);
/* What the rule of that name is about, in words; "" when there is none. */
const char *intake_rule_meaning(const char *name);

#endif
