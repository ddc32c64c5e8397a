#include "placecast/codes.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/embedded.h"
#include "base/memory.h"
#include "base/yaml.h"

#define SHIPPED "scenarios/codes/placements.yaml"
#define MAX_PLACE 4096

/* One rule while it is read. */
typedef struct rule {
    int category;
    bool provider[PC_N_PROVIDER];
    pc_day valid_from, valid_to;
} rule;

typedef struct loader {
    pc_codes *codes;
    size_t place_capacity;
    pc_diagnostics *diagnostics;
    bool wrong; /* some message was an error */
} loader;

static void complain(loader *self, const pc_yaml_node *node, const char *found, const char *expected)
{
    pc_diagnostics_add(self->diagnostics, PC_ERROR, pc_yaml_place(node), "%s, expected %s", found, expected);
    self->wrong = true;
}

/* Each key of a mapping must be one of `known`, which ends in NULL; `shown` is the same in words. */
static void check_keys(loader *self, const pc_yaml_node *node, const char *const known[], const char *shown)
{
    for (size_t item = 0; item < node->n; item++) {
        size_t k = 0;

        while (known[k] != NULL && strcmp(known[k], node->key[item]) != 0) {
            k++;
        }
        if (known[k] == NULL) {
            pc_place place = {node->file, node->key_line[item], node->key_column[item], NULL};

            pc_diagnostics_add(self->diagnostics, PC_ERROR, place, "unknown key `%s`, expected one of: %s",
                               node->key[item], shown);
            self->wrong = true;
        }
    }
}

/* Names are used in file names and columns of every output: small letters, digits and underscores. */
static bool name_ok(const char *name)
{
    if (!islower((unsigned char)name[0])) {
        return false;
    }
    for (const char *c = name; *c != '\0'; c++) {
        if (!islower((unsigned char)*c) && !isdigit((unsigned char)*c) && *c != '_') {
            return false;
        }
    }
    return strcmp(name, "all") != 0 && strlen(name) <= 40;
}

static bool is_text(const pc_yaml_node *node)
{
    return node != NULL && node->kind == PC_YAML_SCALAR && node->text[0] != '\0';
}

static pc_status read_category(loader *self, const pc_yaml_node *node)
{
    static const char *const known[] = {"name", "label", NULL};
    const pc_yaml_node *name = pc_yaml_get(node, "name"), *label = pc_yaml_get(node, "label");
    pc_category *category = &self->codes->category[self->codes->n_category];

    if (node->kind != PC_YAML_MAPPING || !is_text(name) || !name_ok(name->text)) {
        complain(self, name == NULL ? node : name, "category without a usable name",
                 "`name:` in small letters, digits and underscores, not `all`");
        return PC_OK;
    }
    check_keys(self, node, known, "name, label");
    if (pc_codes_find_category(self->codes, name->text) >= 0) {
        complain(self, name, "category named twice", "each name once");
        return PC_OK;
    }
    category->name = pc_copy_text(name->text);
    category->label = pc_copy_text(is_text(label) ? label->text : name->text);
    self->codes->n_category++;
    return category->name == NULL || category->label == NULL ? PC_ERR_NO_MEMORY : PC_OK;
}

static pc_status read_categories(loader *self, const pc_yaml_node *list)
{
    pc_status status = PC_OK;

    if (list->kind != PC_YAML_SEQUENCE || list->n == 0 || list->n > PC_MAX_CATEGORY) {
        complain(self, list, "not a list of 1 to 16 categories",
                 "`- {name: kinship, label: Kinship foster}`, ...");
        return PC_OK;
    }
    self->codes->category = pc_new_zero(list->n, sizeof *self->codes->category);
    if (self->codes->category == NULL) {
        return PC_ERR_NO_MEMORY;
    }
    for (size_t item = 0; item < list->n && status == PC_OK; item++) {
        status = read_category(self, list->child[item]);
    }
    return status;
}

static void read_providers(loader *self, const pc_yaml_node *list, rule *out)
{
    if (list->kind != PC_YAML_SEQUENCE || list->n == 0) {
        complain(self, list, "not a list", "providers, e.g. [PR2, PR4]");
        return;
    }
    for (size_t item = 0; item < list->n; item++) {
        const pc_yaml_node *node = list->child[item];

        if (is_text(node) && strlen(node->text) == 3 && strncmp(node->text, "PR", 2) == 0 &&
            node->text[2] >= '0' && node->text[2] < '0' + PC_N_PROVIDER) {
            out->provider[node->text[2] - '0'] = true;
        } else {
            complain(self, node, "not a provider", "PR0 to PR5");
        }
    }
}

static void read_day(loader *self, const pc_yaml_node *node, pc_day *out)
{
    if (node != NULL && (!is_text(node) || !pc_day_parse(node->text, strlen(node->text), out))) {
        complain(self, node, "not a date", "yyyy-mm-dd");
    }
}

static void read_valid(loader *self, const pc_yaml_node *node, rule *out)
{
    static const char *const known[] = {"from", "to", NULL};

    if (node->kind != PC_YAML_MAPPING) {
        complain(self, node, "not a pair of days",
                 "{from: 2023-10-28, to: 2025-03-31}, either may be absent");
        return;
    }
    check_keys(self, node, known, "from, to");
    read_day(self, pc_yaml_get(node, "from"), &out->valid_from);
    read_day(self, pc_yaml_get(node, "to"), &out->valid_to);
    if (out->valid_to != PC_DAY_OPEN) {
        out->valid_to++; /* the file gives the last day, the struct the day after */
    }
    if (out->valid_from != PC_DAY_NONE && out->valid_to <= out->valid_from) {
        complain(self, node, "`to` is before `from`", "the first and the last day of use");
    }
}

static pc_status apply_rule(loader *self, const pc_yaml_node *node, const rule *what)
{
    pc_codes *codes = self->codes;
    pc_place_code *place;
    int known;

    if (!is_text(node) || strlen(node->text) > 8) {
        complain(self, node, "not a place code", "e.g. U4");
        return PC_OK;
    }
    if (strlen(node->text) == 2 && node->text[0] == 'T' && node->text[1] >= '0' && node->text[1] <= '4') {
        complain(self, node, "a temporary code", "no rule: T0 to T4 keep the placement that they interrupt");
        return PC_OK;
    }
    known = pc_codes_find_place(codes, node->text);
    if (known < 0) {
        if (codes->n_place >= MAX_PLACE) {
            complain(self, node, "more than 4096 place codes", "fewer");
            return PC_OK;
        }
        if (pc_grow(&codes->place, &self->place_capacity, codes->n_place + 1, sizeof *codes->place) !=
            PC_OK) {
            return PC_ERR_NO_MEMORY;
        }
        place = &codes->place[codes->n_place];
        *place = (pc_place_code){pc_copy_text(node->text), {0}, what->valid_from, what->valid_to};
        if (place->code == NULL) {
            return PC_ERR_NO_MEMORY;
        }
        memset(place->category, PC_CATEGORY_NONE, sizeof place->category);
        known = (int)codes->n_place++;
    }
    place = &codes->place[known];
    if (place->valid_from != what->valid_from || place->valid_to != what->valid_to) {
        complain(self, node, "other valid dates than in an earlier rule",
                 "the same dates in each rule of a code");
    }
    for (int provider = 0; provider < PC_N_PROVIDER; provider++) {
        if (what->provider[provider] && place->category[provider] == PC_CATEGORY_NONE) {
            place->category[provider] = (unsigned char)what->category;
        }
    }
    return PC_OK;
}

static pc_status read_place(loader *self, const pc_yaml_node *node)
{
    static const char *const known[] = {"codes", "category", "providers", "valid", NULL};
    const pc_yaml_node *list = pc_yaml_get(node, "codes"), *category = pc_yaml_get(node, "category");
    const pc_yaml_node *providers = pc_yaml_get(node, "providers"), *valid = pc_yaml_get(node, "valid");
    rule what = {-1, {false}, PC_DAY_NONE, PC_DAY_OPEN};
    pc_status status = PC_OK;

    if (node->kind != PC_YAML_MAPPING || list == NULL || list->kind != PC_YAML_SEQUENCE || list->n == 0) {
        complain(self, node, "rule without codes", "{codes: [U1, U2], category: kinship}");
        return PC_OK;
    }
    check_keys(self, node, known, "codes, category, providers, valid");
    what.category = is_text(category) ? pc_codes_find_category(self->codes, category->text) : -1;
    if (what.category < 0) {
        complain(self, category == NULL ? node : category, "no known category",
                 "`category:` with a name from the list `categories`");
        return PC_OK;
    }
    for (int provider = 0; provider < PC_N_PROVIDER; provider++) {
        what.provider[provider] = providers == NULL;
    }
    if (providers != NULL) {
        read_providers(self, providers, &what);
    }
    if (valid != NULL) {
        read_valid(self, valid, &what);
    }
    for (size_t item = 0; item < list->n && status == PC_OK; item++) {
        status = apply_rule(self, list->child[item], &what);
    }
    return status;
}

static pc_status read_map(loader *self, const pc_yaml_node *root)
{
    static const char *const known[] = {"categories", "places", NULL};
    const pc_yaml_node *categories = pc_yaml_get(root, "categories"), *places = pc_yaml_get(root, "places");
    pc_status status = PC_OK;

    if (root->kind != PC_YAML_MAPPING || categories == NULL || places == NULL ||
        places->kind != PC_YAML_SEQUENCE || places->n == 0) {
        complain(self, root, "not a code map", "the lists `categories` and `places`");
        return PC_OK;
    }
    check_keys(self, root, known, "categories, places");
    status = read_categories(self, categories);
    for (size_t item = 0; item < places->n && status == PC_OK; item++) {
        status = read_place(self, places->child[item]);
    }
    return status;
}

pc_status pc_codes_load(const char *path, pc_codes *out, pc_diagnostics *diagnostics)
{
    loader self = {out, 0, diagnostics, false};
    pc_yaml_node *root = NULL;
    pc_status status;

    memset(out, 0, sizeof *out);
    if (path != NULL) {
        status = pc_yaml_read(path, path, &root, diagnostics);
    } else {
        const pc_embedded_file *shipped = pc_embedded_find(SHIPPED);

        status = shipped == NULL ? PC_ERR_INTERNAL
                                 : pc_yaml_read_bytes((const char *)shipped->bytes, shipped->size, SHIPPED,
                                                      &root, diagnostics);
    }
    if (status == PC_OK) {
        status = read_map(&self, root);
    }
    if (status == PC_OK && self.wrong) {
        status = PC_ERR_INPUT;
    }
    if (status != PC_OK) {
        pc_codes_free(out);
    }
    pc_yaml_free(root);
    return status;
}

int pc_codes_find_category(const pc_codes *self, const char *name)
{
    for (size_t category = 0; category < self->n_category; category++) {
        if (strcmp(self->category[category].name, name) == 0) {
            return (int)category;
        }
    }
    return -1;
}

int pc_codes_find_place(const pc_codes *self, const char *code)
{
    for (size_t place = 0; place < self->n_place; place++) {
        if (strcmp(self->place[place].code, code) == 0) {
            return (int)place;
        }
    }
    return -1;
}

int pc_codes_category(const pc_codes *self, int place, int provider)
{
    const unsigned char *category = self->place[place].category;

    for (int p = 0; p < PC_N_PROVIDER && category[provider] == PC_CATEGORY_NONE; p++) {
        provider = p;
    }
    return category[provider];
}

pc_status pc_codes_copy(const pc_codes *self, pc_codes *out)
{
    bool whole = true;

    memset(out, 0, sizeof *out);
    out->category = pc_new_zero(self->n_category, sizeof *out->category);
    out->place = pc_new_zero(self->n_place, sizeof *out->place);
    if (out->category == NULL || out->place == NULL) {
        pc_codes_free(out);
        return PC_ERR_NO_MEMORY;
    }
    out->n_category = self->n_category;
    out->n_place = self->n_place;
    for (size_t category = 0; category < self->n_category; category++) {
        out->category[category].name = pc_copy_text(self->category[category].name);
        out->category[category].label = pc_copy_text(self->category[category].label);
        whole = whole && out->category[category].name != NULL && out->category[category].label != NULL;
    }
    for (size_t place = 0; place < self->n_place; place++) {
        out->place[place] = self->place[place];
        out->place[place].code = pc_copy_text(self->place[place].code);
        whole = whole && out->place[place].code != NULL;
    }
    if (!whole) {
        pc_codes_free(out);
        return PC_ERR_NO_MEMORY;
    }
    return PC_OK;
}

void pc_codes_free(pc_codes *self)
{
    if (self == NULL) {
        return;
    }
    for (size_t category = 0; category < self->n_category; category++) {
        /* NOLINTNEXTLINE(clang-analyzer-core.NullDereference): counted only once there is room */
        free(self->category[category].name);
        free(self->category[category].label);
    }
    for (size_t place = 0; place < self->n_place; place++) {
        /* NOLINTNEXTLINE(clang-analyzer-core.NullDereference): the same */
        free(self->place[place].code);
    }
    free(self->category);
    free(self->place);
    memset(self, 0, sizeof *self);
}
