#include "intake_case.h"

#include "pc_test.h"

void case_open(intake_case *self)
{
    memset(self, 0, sizeof *self);
    self->folder = pc_test_folder();
    pc_diagnostics_init(&self->diagnostics);
}

void case_file(const intake_case *self, const char *name, const char *columns, const char *rows)
{
    size_t size = strlen(columns) + strlen(rows) + 1;
    char *text = malloc(size);

    assert_non_null(text);
    snprintf(text, size, "%s%s", columns, rows);
    pc_test_write(self->folder, name, text);
    free(text);
}

void case_clean(intake_case *self, const char *extract)
{
    pc_clean_options options = pc_clean_options_default();

    pc_episodes_free(&self->episodes);
    pc_quality_free(&self->quality);
    pc_diagnostics_free(&self->diagnostics);
    pc_diagnostics_init(&self->diagnostics);
    options.folder = self->folder;
    if (extract != NULL) {
        assert_true(pc_day_parse(extract, strlen(extract), &options.extract));
    }
    self->status = pc_clean(&options, &self->episodes, &self->quality, &self->diagnostics);
    if (self->status == PC_OK) {
        assert_ok(pc_episodes_check(&self->episodes));
    }
}

void case_close(intake_case *self)
{
    pc_episodes_free(&self->episodes);
    pc_quality_free(&self->quality);
    pc_diagnostics_free(&self->diagnostics);
    pc_test_remove(self->folder);
    free(self->folder);
    self->folder = NULL;
}

static char *finish(FILE *stream, char **text)
{
    assert_int_equal(fclose(stream), 0);
    return *text;
}

char *case_quality(const intake_case *self)
{
    char *text = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);

    assert_non_null(stream);
    for (size_t q = 0; q < self->quality.n; q++) {
        pc_quality_row row;

        pc_quality_read(&self->quality, &self->episodes, q, &row);
        fprintf(stream, "%s %s:%ld %s/%s %s\n", row.rule, pc_names_text(&self->quality.file, row.file),
                row.row, row.la, row.child, row.action);
    }
    return finish(stream, &text);
}

char *case_episodes(const intake_case *self)
{
    static const char *const transition[PC_N_TRANSITION] = {"start", "move", "status", "continue"};
    const pc_episodes *episodes = &self->episodes;
    char *text = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);

    assert_non_null(stream);
    for (size_t r = 0; r < episodes->n; r++) {
        const pc_episode *row = &episodes->row[r];
        const pc_child_record *child = &episodes->child[row->child];
        char day[2][PC_DAY_TEXT_SIZE];

        fprintf(stream, "%s/%s %s %s %s %s %u %s\n", pc_names_text(&episodes->la, child->la),
                pc_names_text(&episodes->child_name, child->name), pc_day_format(row->start, day[0]),
                row->end == PC_DAY_OPEN ? "open" : pc_day_format(row->end, day[1]),
                episodes->codes.category[row->category].name, transition[row->transition],
                (unsigned)row->placement,
                row->exit_cause == PC_N_EXIT_CAUSE ? "-"
                                                   : pc_exit_cause_name((pc_exit_cause)row->exit_cause));
    }
    return finish(stream, &text);
}

void case_assert(const intake_case *self, const char *quality, const char *episodes, const char *file,
                 int line)
{
    char *found_quality = case_quality(self), *found_episodes = case_episodes(self);
    bool same =
        strcmp(found_quality, quality) == 0 && (episodes == NULL || strcmp(found_episodes, episodes) == 0);

    pc_test_status(self->status, PC_OK, &self->diagnostics, file, line);
    if (!same) {
        print_error(
            "quality expected:\n%s\nquality found:\n%s\nepisodes expected:\n%s\nepisodes found:\n%s\n",
            quality, found_quality, episodes == NULL ? "(any)\n" : episodes, found_episodes);
    }
    free(found_quality);
    free(found_episodes);
    if (!same) {
        _fail(file, line);
    }
}
