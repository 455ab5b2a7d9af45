"""Hostile files: none crashes, reads another file, takes much time or memory, or leaves a live formula."""

from __future__ import annotations

import random
import struct
import time
import zipfile
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from muster.kernel.tables import Limits, TableRefused, read_table, safe_cell, write_csv
from muster.kernel.tables.reading import shown_name
from tests.kernel.tables.files import HEAD, inline, packed, parts, sheet, workbook

GOOD = sheet(HEAD + f'<row r="2">{inline("A2", "A")}{inline("B2", "one")}</row>')
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "lol"}">' for n in range(10))


def refusal(content: bytes, name: str = "a.xlsx", **limits: int) -> str:
    """The reason for which a file is refused."""
    with pytest.raises(TableRefused) as refused:
        read_table(content, file_name=name, limits=Limits(**limits))
    assert str(refused.value)
    return refused.value.code


def test_a_workbook_made_by_hand_is_read_when_it_is_honest() -> None:
    assert read_table(packed(parts(GOOD)), file_name="a.xlsx").rows[0].cells == {"code": "A", "name": "one"}


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    started = time.perf_counter()
    bomb = packed(parts(GOOD, {"xl/media/zeros.bin": b"\0" * 30_000_000}))
    assert refusal(bomb) == "packed_too_tightly"
    assert refusal(packed(parts(GOOD, {"xl/a.xml": b"\0" * 60_000_000}))) == "too_large_unpacked"
    assert time.perf_counter() - started < 5


def test_a_bomb_of_many_small_parts_is_refused() -> None:
    assert refusal(packed(parts(GOOD, {f"xl/media/{n}.bin": b"x" for n in range(300)}))) == "too_many_parts"


def test_parts_that_share_their_bytes_are_refused() -> None:
    content = packed(parts(GOOD, {"xl/a.bin": random.Random(1).randbytes(5_000)}))
    first, *_rest = zipfile.ZipFile(BytesIO(content)).infolist()
    at = content.rindex(b"PK\x01\x02")  # the last entry of the directory is made to point at the first part's bytes
    forged = content[: at + 42] + struct.pack("<L", first.header_offset) + content[at + 46 :]
    assert refusal(forged) in {"workbook_hostile", "workbook_broken"}


def test_a_part_that_lies_about_its_size_does_not_unpack_to_more() -> None:
    content = packed(parts(sheet(HEAD + "<row/>" * 200_000)))
    entry = zipfile.ZipFile(BytesIO(content)).getinfo("xl/worksheets/sheet1.xml")
    size = struct.pack("<L", entry.file_size)
    assert refusal(content.replace(size, struct.pack("<L", 100))) == "workbook_broken"


@pytest.mark.parametrize("name", ["../../etc/cron.d/x", "/etc/passwd", "..\\..\\x", "C:\\x"])
def test_a_part_that_leaves_its_place_is_refused(name: str) -> None:
    assert refusal(packed(parts(GOOD, {name: "x"}))) == "workbook_hostile"


def test_a_link_among_the_parts_is_refused() -> None:
    file = BytesIO(packed(parts(GOOD)))
    with zipfile.ZipFile(file, "a") as archive:
        link = zipfile.ZipInfo("xl/link")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    assert refusal(file.getvalue()) == "workbook_hostile"


@pytest.mark.parametrize(
    "head",
    [
        f"<!DOCTYPE x [{LAUGHS}]>",
        '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">',
        f"<!-- {'x' * 70_000} --><!DOCTYPE x [{LAUGHS}]>",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_that_grow_or_read_files_are_refused(head: str, encoding: str) -> None:
    evil = sheet(HEAD + f'<row r="2">{inline("A2", "&l9;&e;")}</row>', head)
    evil = evil.replace('version="1.0"', f'version="1.0" encoding="{encoding}"')
    assert refusal(packed(parts(evil.encode(encoding)))) == "workbook_hostile"


def test_a_million_columns_are_refused() -> None:
    many = "".join(inline(f"A{n}", "x") for n in range(2)) + '<c t="inlineStr"><is><t>x</t></is></c>' * 1_000_000
    assert refusal(packed(parts(sheet(f"<row>{many}</row>"))), ratio=10_000, seconds=3) in {
        "too_many_columns",
        "took_too_long",
        "workbook_broken",
    }
    assert refusal(b"x," * 1_000_000 + b"\n1,2\n", "a.csv") == "too_many_columns"


def test_a_cell_far_out_costs_nothing() -> None:
    started = time.perf_counter()
    far = sheet(HEAD + f'<row r="999999999999">{inline("A999999999999", "x")}</row>')
    assert refusal(packed(parts(far))) == "too_many_rows"
    wide = sheet(f'<row r="1">{inline("A1", "x")}{inline("ZZZ1", "x")}</row>')
    assert refusal(packed(parts(wide))) in {"too_many_columns", "workbook_broken"}
    assert time.perf_counter() - started < 10


def test_a_million_merged_cells_are_not_looked_at() -> None:
    merged = "".join(f'<mergeCell ref="A{n}:Z{n}"/>' for n in range(1, 50_000))
    xml = GOOD.replace("</sheetData>", f"</sheetData><mergeCells>{merged}</mergeCells>")
    assert len(read_table(packed(parts(xml)), file_name="a.xlsx").rows) == 1


def test_too_many_rows_are_refused() -> None:
    assert refusal(b"a,b\n" + b"1,2\n" * 200_020, "a.csv") == "too_many_rows"
    assert refusal(workbook([["a", "b"], *([n, n] for n in range(30))]), rows=10) == "too_many_rows"


def test_a_file_that_is_too_large_is_refused_unread() -> None:
    assert refusal(b"a" * (20 * 1024 * 1024 + 1), "a.csv") == "file_too_large"


def test_a_parser_that_needs_too_much_memory_or_time_is_ended() -> None:
    rows = [["a", "b"], *([f"{n}", f"{n}" * 20] for n in range(20_000))]
    assert refusal(workbook(rows), memory_bytes=20 * 1024 * 1024) == "took_too_long"


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"%PDF-1.7 x", "a.csv", "name_and_content_differ"),
        (b"PK\x03\x04xxxx", "a.csv", "name_and_content_differ"),
        (b"\x89PNG\r\n", "a.xlsx", "name_and_content_differ"),
        (b"<html><table>", "a.xlsx", "name_and_content_differ"),
        (b"PK\x03\x04xxxx", "a.xlsx", "workbook_broken"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 99, "a.xlsx", "old_format"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "a.xlsx", "encrypted"),
        (b"x", "a.xls", "old_format"),
        (b"x", "a.ods", "old_format"),
        (b"x", "a.exe", "kind_unknown"),
        (b"x", "table", "kind_unknown"),
        (b"", "a.csv", "empty"),
        (b" \n \n", "a.csv", "empty"),
        (b"code,name\n", "a.csv", "no_rows"),
        (b"a,b\x00\n1,2\n", "a.csv", "text_unreadable"),
        (b"a,b\n\xff\xff\xff,2\n", "a.csv", "text_unreadable"),
        (b'a,b\n1,"open\n2,3\n', "a.csv", "quotes_open"),
        (b"a,b\n1," + b"x" * 200_000 + b"\n", "a.csv", "cell_too_long"),
        (b"a,b\n1," + b"x" * 40_000 + b"\n", "a.csv", "cell_too_long"),
    ],
)
def test_what_is_no_table_is_refused_with_its_reason(content: bytes, name: str, code: str) -> None:
    assert refusal(content, name) == code


def test_a_part_locked_with_a_password_is_told_apart() -> None:
    content = bytearray(packed(parts(GOOD)))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + offset] |= 1
    assert refusal(bytes(content)) == "encrypted"


def test_an_archive_that_is_no_workbook_is_refused() -> None:
    assert refusal(packed({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"})) == "old_format"
    assert refusal(packed({"xl/workbook.bin": b"x", "[Content_Types].xml": CONTENT})) == "old_format"


CONTENT = b"<Types/>"


def test_macros_and_outside_links_are_not_looked_at() -> None:
    more: dict[str, str | bytes] = {
        "xl/vbaProject.bin": b"\xd0\xcf\x11\xe0macro",
        "xl/externalLinks/externalLink1.xml": "<externalLink/>",
        "xl/nested.zip": packed({"a": b"\0" * 1_000_000}),
    }
    assert len(read_table(packed(parts(GOOD, more)), file_name="a.xlsm").rows) == 1


def test_random_damage_is_refused_or_read_and_never_crashes() -> None:
    dice = random.Random(20200120)
    honest = [packed(parts(GOOD)), workbook([["a", "b"], [1, 2]]), "编码,名称\nA,一所\n".encode("gbk")]
    for round_number in range(300):
        content = bytearray(honest[round_number % 3])
        for _ in range(dice.randint(1, 6)):
            content[dice.randrange(len(content))] = dice.randrange(256)
        try:
            read_table(bytes(content), file_name="a.csv" if round_number % 3 == 2 else "a.xlsx")
        except TableRefused:
            continue


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd.csv", "passwd.csv"),
        ("C:\\Users\\x\\a.csv", "a.csv"),
        ("people\u202evsc.exe", "peoplevsc.exe"),
        ("a\u200b.csv", "a.csv"),
        ("a\n\x00b.csv", "ab.csv"),
    ],
)
def test_the_name_of_a_file_cannot_hide_its_ending(name: str, shown: str) -> None:
    assert shown_name(name) == shown


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "＝"])
def test_no_export_holds_a_live_formula(start: str, tmp_path: Path) -> None:
    evil = f"{start}cmd|' /C calc'!A0"
    assert safe_cell(evil) == "'" + evil
    written = write_csv(["a"], [[evil]]).decode("utf-8-sig").split("\n", 1)[1].lstrip('"')
    assert written.startswith("'")
    book = openpyxl.Workbook()
    book.active.append([safe_cell(evil).replace("\r", " ")])
    book.save(tmp_path / "a.xlsx")
    assert openpyxl.load_workbook(tmp_path / "a.xlsx").active["A1"].data_type == "s"


@pytest.mark.parametrize("value", [-5, 1.5, None, "-5", "-0.25", "ST-1", "周一"])
def test_plain_values_go_out_as_they_are(value: object) -> None:
    assert safe_cell(value) == value


def test_cells_merged_over_and_over_are_followed_once() -> None:
    rows = "".join(f'<row r="{n}"><c r="B{n}"><v>1</v></c></row>' for n in range(2, 3_002))
    merges = '<mergeCell ref="A2:A3001"/>' * 3_000 + '<mergeCell ref="A1:A1048576"/><mergeCell ref="XFD1:XFD1048576"/>'
    text = sheet(HEAD + rows).replace("</sheetData>", f"</sheetData><mergeCells>{merges}</mergeCells>")
    started = time.perf_counter()
    table = read_table(packed(parts(text)), file_name="a.xlsx", limits=Limits(ratio=10_000))
    assert len(table.rows) == 3_000
    assert not any(row.merged for row in table.rows)  # the first of them shows nothing
    assert time.perf_counter() - started < 5
