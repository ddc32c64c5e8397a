/* rerun.c - run.json read back. */
#include "placecast/rerun.h"

#include <stdlib.h>
#include <string.h>

#include "base/file_hash.h"
#include "base/memory.h"
#include "base/regular_file.h"
#include "placecast/version.h"
#include "report/json_file.h"

static pc_status wrong(const char *path, const char *what, pc_diagnostics *diagnostics)
{
    pc_diagnostics_add(diagnostics, PC_ERROR, (pc_place){.file = path},
                       "%s, expected the run.json of `placecast run` or `compare`", what);
    return PC_ERR_INPUT;
}

static pc_status copy_text(const json_t *value, char **out)
{
    *out = pc_copy_text(json_string_value(value));
    return *out == NULL ? PC_ERR_NO_MEMORY : PC_OK;
}

static pc_status read_words(const json_t *root, pc_manifest *out, pc_diagnostics *diagnostics)
{
    const json_t *command = json_object_get(root, "command");
    size_t n = json_array_size(command);
    pc_status status = PC_OK;

    if (n < 2) {
        return wrong(out->path, "names no command", diagnostics);
    }
    out->word = pc_new_zero(n + 1, sizeof *out->word);
    if (out->word == NULL) {
        return PC_ERR_NO_MEMORY;
    }
    for (size_t w = 0; w < n && status == PC_OK; w++) {
        const json_t *word = json_array_get(command, w);

        status = json_is_string(word) ? copy_text(word, &out->word[w])
                                      : wrong(out->path, "has a command that is no text", diagnostics);
        out->n_word = w + 1;
    }
    return status;
}

static pc_status read_inputs(const json_t *root, pc_manifest *out, pc_diagnostics *diagnostics)
{
    const json_t *inputs = json_object_get(root, "inputs");
    size_t n = json_array_size(inputs);
    pc_status status = PC_OK;

    if (n == 0) {
        return wrong(out->path, "names no inputs", diagnostics);
    }
    out->input = pc_new_zero(n, sizeof *out->input);
    if (out->input == NULL) {
        return PC_ERR_NO_MEMORY;
    }
    for (size_t i = 0; i < n && status == PC_OK; i++) {
        const json_t *one = json_array_get(inputs, i);
        const json_t *path = json_object_get(one, "path"), *hash = json_object_get(one, "sha256");

        out->n_input = i + 1;
        status = json_is_string(path) ? copy_text(path, &out->input[i].path)
                                      : wrong(out->path, "has an input without a path", diagnostics);
        if (status == PC_OK && json_is_string(hash)) {
            status = copy_text(hash, &out->input[i].sha256);
        }
    }
    return status;
}

/* A name with a folder in it would lead out of the folder of the results. */
static bool is_plain_name(const json_t *value)
{
    const char *name = json_string_value(value);

    return name != NULL && name[0] != '\0' && strchr(name, '/') == NULL;
}

static pc_status read_outputs(const json_t *root, pc_manifest *out, pc_diagnostics *diagnostics)
{
    const json_t *outputs = json_object_get(root, "outputs");
    const json_t *hashes = json_object_get(root, "output_sha256");
    size_t n = json_array_size(outputs);
    pc_status status = PC_OK;

    out->output = pc_new_zero(n, sizeof *out->output);
    if (out->output == NULL) {
        return PC_ERR_NO_MEMORY;
    }
    for (size_t o = 0; o < n && status == PC_OK; o++) {
        const json_t *name = json_array_get(outputs, o);
        const json_t *hash = json_object_get(hashes, is_plain_name(name) ? json_string_value(name) : "");

        out->n_output = o + 1;
        status = is_plain_name(name) ? copy_text(name, &out->output[o].path)
                                     : wrong(out->path, "has an output that is no file name", diagnostics);
        if (status == PC_OK && json_is_string(hash)) {
            status = copy_text(hash, &out->output[o].sha256);
        }
    }
    return status;
}

static pc_status read_root(const json_t *root, pc_manifest *out, pc_diagnostics *diagnostics)
{
    const char *slash = strrchr(out->path, '/');
    size_t length = slash == NULL ? 0 : (size_t)(slash - out->path) + (slash == out->path);
    pc_status status;

    out->folder = slash == NULL ? pc_copy_text(".") : pc_copy_bytes_as_text(out->path, length);
    if (out->folder == NULL) {
        return PC_ERR_NO_MEMORY;
    }
    if (!json_is_string(json_object_get(root, "placecast"))) {
        return wrong(out->path, "names no version", diagnostics);
    }
    status = copy_text(json_object_get(root, "placecast"), &out->version);
    status = status == PC_OK ? read_words(root, out, diagnostics) : status;
    status = status == PC_OK ? read_inputs(root, out, diagnostics) : status;
    return status == PC_OK ? read_outputs(root, out, diagnostics) : status;
}

pc_status pc_manifest_read(const char *path, pc_manifest *out, pc_diagnostics *diagnostics)
{
    json_t *root = NULL;
    pc_status status;

    memset(out, 0, sizeof *out);
    out->path = pc_copy_text(path);
    status = out->path == NULL ? PC_ERR_NO_MEMORY : report_json_load(path, &root, diagnostics);
    status = status == PC_OK ? read_root(root, out, diagnostics) : status;
    json_decref(root);
    if (status != PC_OK) {
        pc_manifest_free(out);
    }
    return status;
}

static void free_files(size_t n, pc_manifest_file *file)
{
    for (size_t f = 0; f < n; f++) {
        free(file[f].path);
        free(file[f].sha256);
    }
    free(file);
}

void pc_manifest_free(pc_manifest *self)
{
    if (self == NULL) {
        return;
    }
    for (size_t w = 0; w < self->n_word; w++) {
        free(self->word[w]);
    }
    free(self->word);
    free_files(self->n_input, self->input);
    free_files(self->n_output, self->output);
    free(self->version);
    free(self->folder);
    free(self->path);
    memset(self, 0, sizeof *self);
}

bool pc_manifest_same_version(const pc_manifest *self)
{
    return strcmp(self->version, PC_VERSION) == 0;
}

pc_status pc_manifest_check_inputs(const pc_manifest *self, pc_diagnostics *diagnostics)
{
    pc_status status = PC_OK;

    for (size_t i = 0; i < self->n_input; i++) {
        const pc_manifest_file *input = &self->input[i];
        const pc_place place = {.file = input->path};
        char hash[PC_HASH_TEXT_SIZE];

        if (!pc_is_regular(input->path) || !pc_file_hash(input->path, hash)) {
            pc_diagnostics_add(
                diagnostics, PC_ERROR, place,
                "cannot be read, expected the input of the run (a relative path starts from the "
                "folder in which the command was given)");
        } else if (input->sha256 == NULL) {
            pc_diagnostics_add(diagnostics, PC_ERROR, place,
                               "%s has no hash of this input: it cannot be checked", self->path);
        } else if (strcmp(hash, input->sha256) != 0) {
            pc_diagnostics_add(diagnostics, PC_ERROR, place,
                               "changed since the run: its SHA-256 begins with %.12s, expected %.12s", hash,
                               input->sha256);
        } else {
            continue;
        }
        status = PC_ERR_INPUT;
    }
    return status;
}

pc_status pc_manifest_check_outputs(const pc_manifest *self, pc_diagnostics *diagnostics)
{
    for (size_t o = 0; o < self->n_output; o++) {
        const pc_manifest_file *output = &self->output[o];
        char *path = output->sha256 == NULL ? NULL : pc_format_text("%s/%s", self->folder, output->path);
        char hash[PC_HASH_TEXT_SIZE];

        if (output->sha256 == NULL) {
            continue;
        }
        if (path == NULL) {
            return PC_ERR_NO_MEMORY;
        }
        if (!pc_is_regular(path) || !pc_file_hash(path, hash)) {
            pc_diagnostics_add(diagnostics, PC_WARNING, (pc_place){.file = path},
                               "cannot be read, expected the file that run.json tells of");
        } else if (strcmp(hash, output->sha256) != 0) {
            pc_diagnostics_add(diagnostics, PC_WARNING, (pc_place){.file = path},
                               "is not the file that run.json tells of (its SHA-256 differs): changed since, "
                               "or of another run that was stopped");
        }
        free(path);
    }
    return PC_OK;
}
