#include "base/out_file.h"
#include "placecast/report.h"

static void write_codes(FILE *stream, const pc_episodes *episodes, const pc_episode *row)
{
    const uint16_t code[] = {row->place,       row->provider,       row->legal_status,
                             row->need,        row->reason_started, row->reason_place_change,
                             row->reason_ended};

    for (size_t c = 0; c < sizeof code / sizeof code[0]; c++) {
        fputc(',', stream);
        pc_out_text(stream, pc_names_text(&episodes->code, code[c]));
    }
}

pc_status pc_report_episodes(const pc_episodes *episodes, const char *folder, pc_diagnostics *diagnostics)
{
    pc_out_file file;
    pc_status status = pc_make_folder(folder, diagnostics);

    if (status == PC_OK) { /* child records: for their owner alone */
        status = pc_out_open(&file, folder, "episodes.csv", 0600, diagnostics);
    }
    if (status != PC_OK) {
        return status;
    }
    fputs("la,child,dob,stream,start,end,category,place,provider,legal_status,need,reason_started,"
          "reason_place_change,reason_ended,placement\n",
          file.stream);
    for (size_t r = 0; r < episodes->n; r++) {
        const pc_episode *row = &episodes->row[r];
        const pc_child_record *child = &episodes->child[row->child];
        char day[3][PC_DAY_TEXT_SIZE];

        pc_out_text(file.stream, pc_names_text(&episodes->la, child->la));
        fputc(',', file.stream);
        pc_out_text(file.stream, pc_names_text(&episodes->child_name, child->name));
        fprintf(file.stream, ",%s,%s,%s,%s,%s", pc_day_format(child->birth, day[0]),
                pc_stream_name((pc_stream)child->stream), pc_day_format(row->start, day[1]),
                pc_day_format(row->end, day[2]), episodes->codes.category[row->category].name);
        write_codes(file.stream, episodes, row);
        fprintf(file.stream, ",%u\n", (unsigned)row->placement);
    }
    return pc_out_commit(&file, diagnostics);
}
