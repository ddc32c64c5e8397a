"""Looks for children in outputs: privacy_scan.py plant FOLDER | scan PATH...

plant rewrites the returns in FOLDER so that nothing about a child can be taken for anything else: every identifier (child, UPN,
postcode, URN) becomes ZQ...QZ, every date of birth falls on the 13th of its month and no other date does.
scan prints each path (or part of a workbook) in which an identifier or such a date stands, by kind; nothing when there is none.
"""
import csv
import io
import os
import re
import sys
import zipfile

NAMES = {"CHILD", "UPN", "HOME_POST", "PL_POST", "URN"}
BIRTHS = {"DOB", "MC_DOB"}
DATE = re.compile(r"^(\d\d)/(\d\d)/(\d{4})$")
ISO = re.compile(r"^(\d{4}-\d\d-)(\d\d)$")
IDENTIFIER = re.compile(rb"ZQ[0-9A-Z %+_]{1,40}QZ", re.IGNORECASE)
BIRTH = re.compile(rb"(?<!\d)(?:(?:19|20)\d\d[-/.](?:0[1-9]|1[0-2])[-/.]13|13[-/.](?:0[1-9]|1[0-2])[-/.](?:19|20)\d\d"
                   rb"|(?:19|20)\d\d(?:0[1-9]|1[0-2])13|13 [A-Z][a-z]{2,8} (?:19|20)\d\d)(?!\d)")


def planted(column, cell):
    date, iso = DATE.match(cell), ISO.match(cell)
    if column in NAMES and cell:
        return "ZQ" + cell + "QZ"
    if column in BIRTHS and date:
        return f"13/{date[2]}/{date[3]}"
    if column in BIRTHS and iso:
        return iso[1] + "13"
    if date and date[1] == "13":
        return f"14/{date[2]}/{date[3]}"
    if iso and iso[2] == "13":
        return iso[1] + "14"
    return cell


def plant(folder):
    for top, _, files in os.walk(folder):
        for name in files:
            path = os.path.join(top, name)
            with open(path, newline="", encoding="utf-8-sig") as file:
                rows = list(csv.reader(file))
            if not rows:
                continue
            with open(path, "w", newline="") as file:
                writer = csv.writer(file)
                writer.writerow(rows[0])
                writer.writerows([planted(c, cell) for c, cell in zip(rows[0], row)] for row in rows[1:])


def parts(path):
    with open(path, "rb") as file:
        data = file.read()
    yield path, data
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in archive.namelist():
                yield f"{path}:{name}", archive.read(name)


def scan(paths):
    for start in paths:
        found = [start] if os.path.isfile(start) else [os.path.join(t, f) for t, _, fs in os.walk(start) for f in fs]
        for path in sorted(found):
            for where, data in parts(path):
                for kind, pattern in (("identifier", IDENTIFIER), ("birth", BIRTH)):
                    hit = pattern.search(data)
                    if hit:
                        print(kind, where, hit[0].decode(errors="replace"))


if sys.argv[1] == "plant":
    plant(sys.argv[2])
else:
    scan(sys.argv[2:])
