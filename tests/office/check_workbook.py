"""Checks workbook.xlsx beside the CSV files that it was made from, with LibreOffice: check_workbook.py FOLDER

Fails when LibreOffice does not open it or does not make a PDF of it; a cell is not the cell of its CSV; a formula that is
worked out anew gives another figure; the gap does not follow a changed budget line; a number is stored as text; text of a user
is a formula; a defined name leads to no cell or to another figure. tools/check-workbook calls it. Standard library only.
"""

import csv
import re
import subprocess
import sys
import tempfile
import zipfile
from datetime import date, timedelta
from pathlib import Path
from xml.etree import ElementTree

NS = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
failures = []
counts = {}


def expect(true, words):
    if not true:
        failures.append(words)


def column_number(letters):
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


class Cell:
    def __init__(self, value, formula, is_text):
        self.value, self.formula, self.is_text = value, formula, is_text


class Book:
    """The cells of every sheet: {sheet: {(row, column): Cell}}, from 0."""

    def __init__(self, path):
        with zipfile.ZipFile(path) as parts:
            strings = []
            if "xl/sharedStrings.xml" in parts.namelist():
                for item in ElementTree.fromstring(parts.read("xl/sharedStrings.xml")).findall("m:si", NS):
                    strings.append("".join(text.text or "" for text in item.iter("{%s}t" % NS["m"])))
            book = ElementTree.fromstring(parts.read("xl/workbook.xml"))
            targets = {one.get("Id"): one.get("Target") for one in ElementTree.fromstring(parts.read("xl/_rels/workbook.xml.rels"))}
            self.sheets, self.files = {}, {}
            for sheet in book.find("m:sheets", NS):
                file = "xl/" + targets[sheet.get(RELATION)].removeprefix("/xl/")
                self.files[sheet.get("name")] = file
                self.sheets[sheet.get("name")] = self.cells(parts.read(file), strings)
            names = book.find("m:definedNames", NS)
            self.names = {} if names is None else {one.get("name"): one.text for one in names if not one.get("name").startswith("_xlnm")}
            view = book.find("m:bookViews/m:workbookView", NS)
            self.opens_on = list(self.sheets)[int(view.get("activeTab", "0"))]

    @staticmethod
    def cells(xml, strings):
        out = {}
        for cell in ElementTree.fromstring(xml).iter("{%s}c" % NS["m"]):
            letters, row = re.fullmatch(r"([A-Z]+)(\d+)", cell.get("r")).groups()
            value, formula = cell.find("m:v", NS), cell.find("m:f", NS)
            kind, text = cell.get("t", "n"), None if value is None else value.text
            if kind == "s":
                text = strings[int(text)]
            is_text = kind in ("s", "str", "inlineStr")
            if text is None and formula is None:
                continue
            out[int(row) - 1, column_number(letters)] = Cell(
                (text or "") if is_text else float(text) if text not in (None, "") else "", formula is not None and (formula.text or ""), is_text)
        return out


def read_csv(path):
    with open(path, newline="", encoding="utf-8") as file:
        return [{key: cell[1:] if re.match(r"'[=+\-@\t\r]", cell) else cell for key, cell in row.items()} for row in csv.DictReader(file)]


def is_number(text):
    return re.fullmatch(r"-?\d+(\.\d+)?([eE][-+]?\d+)?", text) is not None


def same(cell, text):
    """Whether a cell is what the CSV says: the same number, day or text."""
    if cell is None:
        return text == ""
    if cell.is_text:
        return cell.value == text
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return date(1899, 12, 30) + timedelta(days=cell.value) == date.fromisoformat(text)
    return is_number(text) and abs(cell.value - float(text)) <= 1e-9 * max(1.0, abs(float(text)))


def heads_of(cells, row):
    return {cell.value: column for (at, column), cell in cells.items() if at == row and cell.is_text}


def check_whole_tables(book, folder):
    for sheet, name in {"Differences": "differences", "Interventions": "interventions", "Alone": "alone", "Why": "why", "Targets": "targets",
                        "Out of area": "out_of_area", "Budget needed": "budget_needed", "Workforce": "workforce"}.items():
        path = folder / (name + ".csv")
        if sheet not in book.sheets:
            continue
        rows = [row for row in read_csv(path) if row.get("la", "all") == "all"] if "la" in read_csv(path)[0] else read_csv(path)
        if name == "differences":
            rows = [row for row in rows if row["measure"] in ("children", "cost_gbp") or row["category"] == "all"]
        cells = book.sheets[sheet]
        expect(len({at for at, _ in cells if at > 3}) == len(rows), f"{sheet}: not {len(rows)} rows")
        for r, row in enumerate(rows):
            for c, (key, text) in enumerate(row.items()):
                counts["whole"] = counts.get("whole", 0) + 1
                expect(same(cells.get((4 + r, c)), text), f"{sheet}, row {5 + r}, {key}: not {text!r} of {path.name}")


def find(rows, **wanted):
    return next((row for row in rows if all(row[key] == text for key, text in wanted.items())), None)


def day_of(cell):
    return (date(1899, 12, 30) + timedelta(days=cell.value)).isoformat()


def check_forecasts(book, folder):
    forecast = [row for row in read_csv(folder / "forecast.csv") if row.get("la", "all") == "all"]
    annual = [row for row in read_csv(folder / "annual.csv") if row.get("la", "all") == "all"]
    by_month = {(row["scenario"], row["date"]): row for row in forecast if row["measure"] == "children" and row["category"] == "all"}
    cells = book.sheets["Children"]
    for column, key in enumerate(["mean", "p025", "p10", "p50", "p90", "p975"], 2):
        seen = 0
        for (row, at), cell in cells.items():
            if at == 1 and row > 3 and not cell.is_text:
                one = by_month[cells[row, 0].value, day_of(cell)]
                expect(same(cells.get((row, column)), one[key]), f"Children, row {row + 1}, {key}: not {one[key]}")
                seen += 1
        expect(seen == len(by_month), f"Children: {seen} of {len(by_month)} months, {key}")
        counts["children"] = counts.get("children", 0) + seen
    cells = book.sheets.get("Budget", {})
    heads = heads_of(cells, 3)
    for (row, at), cell in cells.items():
        if at != 1 or row < 4 or (row, heads.get("Months forecast")) not in cells or cells[row, heads["Months forecast"]].is_text:
            continue
        wanted = {"scenario": cells[row, 0].value, "year": cell.value, "category": "all"}
        bill = find(annual, measure="cost_gbp", **wanted)
        outturn = find(annual, measure="outturn_gbp", **wanted)
        if bill is None or row > 3 + len([one for one in annual if one["measure"] == "cost_gbp" and one["category"] == "all"]):
            continue
        for words, key in [("mean", "mean"), ("low (p10)", "p10"), ("middle (p50)", "p50"), ("high (p90)", "p90")]:
            expect(same(cells.get((row, heads["Bill: " + words])), bill[key]), f"Budget, row {row + 1}: bill {key} is not {bill[key]}")
            if outturn:
                at_outturn = cells.get((row, heads["Outturn: " + words]))
                expect(at_outturn is not None and abs(at_outturn.value - float(outturn[key])) < 0.011, f"Budget, row {row + 1}: outturn {key} is not {outturn[key]}")
                expect(bool(at_outturn and at_outturn.formula), f"Budget, row {row + 1}: the outturn is no formula")
        if bill["budget_gbp"]:
            gap = cells[row, heads["Gap: mean"]]
            expect(abs(gap.value - float(bill["gap_gbp"])) < 0.011, f"Budget, row {row + 1}: gap {gap.value} is not {bill['gap_gbp']}")
            expect(abs(cells[row, heads["Budget"]].value - float(bill["budget_gbp"])) < 0.011, f"Budget, row {row + 1}: not the budget of the file")
        counts["years"] = counts.get("years", 0) + 1


def check_sensitivity(book, folder):
    """Every row, by number; what changes at either end is a formula."""
    cells = book.sheets.get("Sensitivity", {})
    rows = read_csv(folder / "sensitivity.csv") if cells else []
    for r, row in enumerate(rows, 4):
        for column, key in [(1, "factor"), (2, "low_value"), (3, "high_value"), (4, "at_low"), (5, "at_middle"), (6, "at_high"), (9, "width"), (10, "first"),
                            (11, "first_low"), (12, "first_high"), (13, "total"), (14, "total_low"), (15, "total_high")]:
            expect(same(cells.get((r, column)), row[key]), f"Sensitivity, row {r + 1}, {key}: not {row[key]!r}")
        for column, key in [(7, "at_low"), (8, "at_high")]:
            cell = cells.get((r, column))
            expect(cell is not None and bool(cell.formula) and abs(cell.value - (float(row[key]) - float(row["at_middle"]))) < 0.011, f"Sensitivity, row {r + 1}: no change for {key}")
        counts["sensitivity"] = counts.get("sensitivity", 0) + 1


def check_assumptions(book, folder):
    """Each assumption of the first scenario with its source and place beside it."""
    if not (folder / "assumptions.csv").exists():
        return
    rows = read_csv(folder / "assumptions.csv")
    cells = book.sheets["Assumptions"]
    for r, row in enumerate([one for one in rows if one["scenario"] == rows[0]["scenario"]], 4):
        for column, text in enumerate([row["assumption"], row["source"] or "none stated", row["place"], row["topic"]]):
            expect(same(cells.get((r, column)), text) or (r, column) in cells and cells[r, column].value == text, f"Assumptions, row {r + 1}: not {text!r}")
        counts["assumptions"] = counts.get("assumptions", 0) + 1


def check_text(book, words):
    for sheet, cells in book.sheets.items():
        for (row, column), cell in cells.items():
            if cell.is_text and not cell.formula:
                # Holders, teams and names of scenarios may be numbers: words that people chose. Elsewhere none may.
                expect(not is_number(cell.value) or cell.value in words, f"{sheet}, row {row + 1}, column {column + 1}: the number {cell.value} is text")
            if cell.formula:
                expect(re.match(r"(IF\(AND\(|SUM\(|'Budget lines'!|-?[A-Z]+\d+|[A-Z]+\d+[-+])", cell.formula) is not None, f"{sheet}, row {row + 1}: unknown formula {cell.formula}")
                counts["formulas"] = counts.get("formulas", 0) + 1


def check_names(book, folder):
    annual = [row for row in read_csv(folder / "annual.csv") if row.get("la", "all") == "all"]
    scenarios = list(dict.fromkeys(row["scenario"] for row in annual))
    for name, leads in book.names.items():
        sheet, letters, row = re.fullmatch(r"'?([^'!]+)'?!\$([A-Z]+)\$(\d+)", leads).groups()
        cell = book.sheets[sheet].get((int(row) - 1, column_number(letters)))
        bill = re.fullmatch(r"bill_(\d{4})_(\d\d)_(mean|p10|p50|p90)(?:_(\d+))?", name)
        if bill:
            year, key, scenario = f"{bill[1]}/{bill[2]}", bill[3], scenarios[int(bill[4] or 1) - 1]
            one = find(annual, scenario=scenario, year=year, measure="cost_gbp", category="all")
            expect(same(cell, one[key]), f"{name}: not {one[key]}")
            counts["names"] = counts.get("names", 0) + 1
    expect(counts.get("names", 0) > 0 or not any(row["measure"] == "cost_gbp" for row in annual), "no defined name leads to a bill")


def office(*arguments, into):
    profile = (Path(into) / "profile").as_uri()
    return subprocess.run(["soffice", f"-env:UserInstallation={profile}", "--headless", *arguments, "--outdir", str(into)],
                          capture_output=True, text=True, timeout=240, check=False)


def rewrite(path, out, change):
    """A copy with the text of every sheet changed by change(sheet name, xml)."""
    names = {file: name for name, file in Book(path).files.items()}
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            data = old.read(item)
            if item.filename in names:
                data = change(names[item.filename], data.decode()).encode()
            new.writestr(item, data)


def forget(_, xml):
    """Without the figures of formulas: LibreOffice has to work them out."""
    return re.sub(r"(<c [^>]*?)( t=\"str\")?(>)(<f>[^<]*</f>)<v>[^<]*</v>", r"\1\3\4", xml)


def recalculated(path, scratch, name, change):
    source, out = Path(scratch) / f"{name}.xlsx", Path(scratch) / "out"
    rewrite(path, source, change)
    office("--convert-to", "xlsx", str(source), into=out)
    made = out / f"{name}.xlsx"
    expect(made.exists(), f"LibreOffice does not open the workbook ({name})")
    return Book(made) if made.exists() else None


def check_recalculation(book, path, scratch):
    again = recalculated(path, scratch, "again", forget)
    for sheet, cells in book.sheets.items() if again else []:
        for at, cell in cells.items():
            if cell.formula:
                new = again.sheets[sheet].get(at)
                value = new.value if new else ""
                expect(value == cell.value if "" in (value, cell.value) else abs(float(value) - cell.value) < 0.011,
                       f"{sheet}, row {at[0] + 1}, column {at[1] + 1}: {cell.formula} gives {value}, the file says {cell.value}")


def check_change(book, path, scratch):
    """A million more on a line of the budget, by hand: each gap of that year and the later ones that open with it is a million less."""
    lines = book.sheets.get("Budget lines")
    if not lines:
        return
    rows = sorted(row for (row, column), cell in lines.items() if column == 3 and row > 3 and cell.value == "budget" and (row, 6) in lines
                  and not lines[row, 6].formula and lines[row, 5].value not in ("closing", "modelled"))
    row = rows[-1]
    year, scenario = lines[row, 1].value, lines[row, 0].value
    tag = re.compile(rf'(<c r="G{row + 1}"[^>]*>)<v>[^<]*</v>')
    changed = recalculated(path, scratch, "changed",
                           lambda sheet, xml: tag.sub(rf"\g<1><v>{lines[row, 6].value + 1e6}</v>", forget(sheet, xml)) if sheet == "Budget lines" else forget(sheet, xml))
    heads = heads_of(book.sheets["Budget"], 3)
    for (at, column), cell in book.sheets["Budget"].items() if changed else []:
        if column == 1 and at > 3 and cell.value == year and book.sheets["Budget"][at, 0].value == scenario and getattr(book.sheets["Budget"].get((at, heads["Gap: mean"])), "formula", False):
            for words in ["mean", "low (p10)", "high (p90)"]:
                before, after = (one.sheets["Budget"][at, heads["Gap: " + words]].value for one in (book, changed))
                expect(abs(before - after - 1e6) < 0.011, f"Budget, {year}: a million more of budget moves the gap ({words}) from {before} to {after}")
                counts["moved"] = counts.get("moved", 0) + 1
    expect(counts.get("moved", 0) >= 3, "no gap follows the changed line")


def main():
    folder = Path(sys.argv[1])
    path = folder / "workbook.xlsx"
    book = Book(path)
    tables = [read_csv(one) for one in folder.glob("*.csv")]
    # Words of the files: every cell of a column that is not numbers alone, such as names and years.
    words = {row[key] for rows in tables if rows for key in rows[0] if not all(is_number(row[key]) or row[key] == "" for row in rows) for row in rows}
    of_run = (folder / "annual.csv").exists()  # else of a sensitivity analysis alone
    has_budget = of_run and any(row.get("budget_gbp") for row in read_csv(folder / "annual.csv"))
    expect(not of_run or book.opens_on == ("Budget" if has_budget else "Summary"), f"it opens on {book.opens_on}")
    check_whole_tables(book, folder)
    check_sensitivity(book, folder)
    check_assumptions(book, folder)
    check_text(book, words)
    if of_run:
        check_forecasts(book, folder)
        check_names(book, folder)
    with tempfile.TemporaryDirectory() as scratch:
        office("--convert-to", "pdf", str(path), into=Path(scratch) / "out")
        pdf = Path(scratch) / "out" / "workbook.pdf"
        expect(pdf.exists() and pdf.read_bytes().startswith(b"%PDF"), "LibreOffice makes no PDF of it")
        if len(sys.argv) > 2 and pdf.exists():
            Path(sys.argv[2]).write_bytes(pdf.read_bytes())
        check_recalculation(book, path, scratch)
        check_change(book, path, scratch)
    print(f"{path}: {len(book.sheets)} sheets, " + ", ".join(f"{n} {what}" for what, n in counts.items()))
    for words_ in failures[:20]:
        print(f"FAILED: {words_}")
    if len(failures) > 20:
        print(f"FAILED: and {len(failures) - 20} more")
    sys.exit(1 if failures else 0)


main()
