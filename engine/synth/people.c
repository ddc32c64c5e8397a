/* people.c - names, dates and postcodes of children who do not exist. */
#include <stdio.h>
#include <string.h>

#include "synth/returns.h"

#define FIRST_CHILD 200001
#define SEX_LETTERS_FROM 2024 /* the return of 2024/25 has M and F, earlier ones 1 and 2 */

void synth_child_text(uint32_t person, char text[24])
{
    snprintf(text, 24, "%lu", (unsigned long)FIRST_CHILD + person);
}

void synth_day_text(pc_day day, char text[24])
{
    pc_date date;

    text[0] = '\0';
    if (day != PC_DAY_OPEN && day != PC_DAY_NONE) {
        date = pc_date_from_day(day);
        snprintf(text, 24, "%02d/%02d/%04d", date.day, date.month, date.year);
    }
}

/* The area ZZ has never been given out. */
void synth_postcode_text(uint32_t number, char text[24])
{
    static const char letter[] = "ABDEFGHJLNPQRSTUWXYZ";

    snprintf(text, 24, "ZZ%u %u%c%c", number % 90 + 1, number / 90 % 9 + 1, letter[number / 810 % 20],
             letter[number / 16200 % 20]);
}

pc_random_block synth_person_draw(const synth_authority *authority, uint32_t person, uint32_t draw)
{
    return pc_random(authority->key, SYNTH_ENTITY_PERSON + person, PC_PURPOSE_SYNTH, draw);
}

/* Boys are 56% of those in care (DfE 2025), 96% of unaccompanied children. */
static bool is_boy(const synth_authority *authority, uint32_t person)
{
    double share = authority->population.person[person].stream == PC_STREAM_UASC ? 0.96 : 0.53;

    return pc_uniform(synth_person_draw(authority, person, 0).word[0]) < share;
}

const char *synth_person_sex(const synth_authority *authority, uint32_t person, int year)
{
    bool boy = is_boy(authority, person);

    return year >= SEX_LETTERS_FROM ? (boy ? "M" : "F") : (boy ? "1" : "2");
}

static const char *ethnic(const synth_authority *authority, uint32_t person)
{
    static const char *const local[] = {"WBRI", "WBRI", "WBRI", "WBRI", "WBRI", "WBRI", "WBRI", "WBRI",
                                        "WBRI", "WBRI", "WBRI", "WBRI", "WBRI", "WOTH", "MWBC", "MWBA",
                                        "MWAS", "MOTH", "BCRB", "BAFR", "APKN", "ABAN", "AIND", "OOTH",
                                        "WROM", "WIRI", "BOTH", "AOTH", "WBRI", "WBRI"};
    static const char *const uasc[] = {"OOTH", "AOTH", "BAFR", "OOTH", "BAFR",
                                       "WOTH", "AOTH", "BOTH", "REFU", "OOTH"};
    uint32_t word = synth_person_draw(authority, person, 0).word[1];

    return authority->population.person[person].stream == PC_STREAM_UASC
               ? uasc[word % (sizeof uasc / sizeof uasc[0])]
               : local[word % (sizeof local / sizeof local[0])];
}

/* Twelve digits under the authority number 999, which is nobody's, and the check letter of the pupil number
 * scheme. */
static void pupil_number(const synth_authority *authority, uint32_t person, pc_day last_day, char text[24])
{
    static const char letter[] = "ABCDEFGHJKLMNPQRTUVWXYZ";
    const synth_person *who = &authority->population.person[person];
    uint32_t word = synth_person_draw(authority, person, 0).word[2];
    unsigned sum = 0;

    if (pc_age_years(who->birth, last_day) < 5) {
        snprintf(text, 24, "UN1"); /* too young for one */
        return;
    }
    if (who->stream == PC_STREAM_UASC && word % 4 == 0) {
        snprintf(text, 24, "UN4"); /* not yet in school */
        return;
    }
    snprintf(text, 24, "?999%09lu", (unsigned long)(word % 1000000000u));
    for (unsigned at = 1; at < 13; at++) {
        sum += (unsigned)(text[at] - '0') * (at + 1);
    }
    text[0] = letter[sum % 23];
}

/* Girls who became mothers: a few at 16 or 17. */
static bool mother_on(const synth_authority *authority, uint32_t person, pc_day last_day, pc_day *born)
{
    const synth_person *who = &authority->population.person[person];
    pc_random_block word = synth_person_draw(authority, person, 1);

    *born = pc_birthday(who->birth, 16) + (pc_day)(word.word[1] % 800);
    return !is_boy(authority, person) && pc_uniform(word.word[0]) < 0.03 && *born <= last_day;
}

void synth_person_header(const synth_authority *authority, uint32_t person, int year, synth_cells *out)
{
    const synth_person *who = &authority->population.person[person];
    pc_day last_day = pc_financial_year_first_day(year + 1) - 1, born;
    bool mother = mother_on(authority, person, last_day, &born);

    for (int column = 0; column < SYNTH_MAX_COLUMN; column++) {
        out->own[column][0] = '\0';
        out->text[column] = out->own[column];
    }
    out->person = person;
    synth_child_text(person, out->own[0]);
    out->text[1] = synth_person_sex(authority, person, year);
    synth_day_text(who->birth, out->own[2]);
    out->text[3] = ethnic(authority, person);
    pupil_number(authority, person, last_day, out->own[4]);
    out->text[5] = mother ? "1" : is_boy(authority, person) ? "" : "0";
    synth_day_text(mother ? born : PC_DAY_NONE, out->own[6]);
}
