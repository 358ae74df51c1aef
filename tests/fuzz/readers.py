"""Any bytes as a file: the readers give rows or one sentence, and nothing else.

`python -m tests.fuzz.readers [FOLDER] [-max_total_time=600 …]` searches with atheris, from the checkout, for bytes that
do otherwise; FOLDER keeps what it finds interesting. `test_readers.py` replays `corpus/` without atheris.
"""

import io
import os
import sys
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

CORPUS = Path(__file__).parent / "corpus"
SCRATCH = Path(tempfile.gettempdir()) / f"svcq-fuzz-{os.getpid()}"


def one_input(data: bytes) -> None:
    """The first byte says what the others are: a whole file, a part of a workbook, the text of a cell."""
    if data:
        WAYS[data[0] % len(WAYS)](data[1:])


def _read(data: bytes) -> None:
    """Read a file with these bytes: rows, or a sentence on one line."""
    from svcq.errors import SvcqError, Usage
    from svcq.sheets.reader import read_file

    SCRATCH.write_bytes(data)
    try:
        found = read_file(str(SCRATCH))
    except Usage as why:
        text = str(why)
        text.encode()
        if "\n" in text.replace(str(SCRATCH), ""):
            raise AssertionError(text) from None
        return
    finally:
        SCRATCH.unlink(missing_ok=True)
    for sheet in found.sheets:
        for refused in sheet.refused:
            if not isinstance(refused.why, SvcqError):
                raise AssertionError(refused.why)
            str(refused.why).encode(errors="backslashreplace")
            sheet.raw(refused.row)


def _part(name: str, good: Callable[[], bytes]) -> Callable[[bytes], None]:
    """Read a good workbook with one part replaced by the bytes."""

    def read(data: bytes) -> None:
        out = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(good())) as source, zipfile.ZipFile(out, "w") as to:
            for one in source.infolist():
                if one.filename != name:
                    to.writestr(one.filename, source.read(one))
            to.writestr(name, data)
        _read(out.getvalue())

    return read


def _old(data: bytes) -> None:
    """Read an old workbook of which the bytes are the stream."""
    from tests.hostile.olds import packed

    _read(packed(data[: 2**20]))


def _text(data: bytes) -> None:
    """Read the bytes under the header of a contract."""
    _read("合同编号,客户名称,敲章日期,合同金额,类型,负责销售\n".encode() + data)


def _cell(data: bytes) -> None:
    """Read the text of one cell in every field of every kind."""
    from svcq.errors import RowsRefused
    from svcq.sheets.cells import parser
    from svcq.sheets.kinds import KINDS

    text = data.decode("utf-8", "surrogatepass" if data[:1] == b"\xed" else "replace")
    for kind in KINDS.values():
        for field in kind.fields:
            try:
                parser(field)[text]
            except RowsRefused as why:
                str(why).encode(errors="backslashreplace")


def _good(name: str) -> Callable[[], bytes]:
    made: list[bytes] = []

    def good() -> bytes:
        from tests.sheets.hostile import files

        if not made:
            table = f'<table:table table:name="a">{files.ods_row(files.HEAD)}{files.ods_row(files.ROW)}</table:table>'
            made.append(files.ods(table) if name == "ods" else getattr(files, name)())
        return made[0]

    return good


WAYS: tuple[Callable[[bytes], None], ...] = (
    _read,
    _text,
    _cell,
    _old,
    _part("xl/worksheets/sheet1.xml", _good("xlsx")),
    _part("xl/sharedStrings.xml", _good("xlsx")),
    _part("xl/workbook.xml", _good("xlsx")),
    _part("xl/_rels/workbook.xml.rels", _good("xlsx")),
    _part("xl/styles.xml", _good("xlsx")),
    _part("xl/worksheets/sheet1.bin", _good("xlsb")),
    _part("xl/workbook.bin", _good("xlsb")),
    _part("xl/sharedStrings.bin", _good("xlsb")),
    _part("content.xml", _good("ods")),
)


def seeds() -> dict[str, bytes]:
    """A good input of each way, by name."""
    from tests.hostile.olds import book, word
    from tests.sheets.hostile import files

    found = {
        "csv": b"\0" + files.CSV.encode(),
        "gbk": b"\0" + files.CSV.encode("gbk"),
        "utf-16": b"\0" + files.CSV.encode("utf-16"),
        "xls": b"\0" + files.xls(),
        "xlsx": b"\0" + files.xlsx(),
        "text": '\1HT-1,"一院",2026-3-5,1.5万,免费,\'=陈立\n'.encode(),
        "day": "\2二〇二六年三月五日".encode(),
        "amount": "\2￥1,234.50 万元".encode(),
        "stream": b"\3" + book(files.xls()[1024:1600], word(b"HT-1", 3)),
    }
    for number, (name, part) in enumerate(
        (
            *(("xlsx", "xl/worksheets/sheet1.xml"), ("xlsx", "xl/sharedStrings.xml")),
            *(("xlsx", "xl/workbook.xml"), ("xlsx", "xl/_rels/workbook.xml.rels"), ("xlsx", "xl/styles.xml")),
            *(("xlsb", "xl/worksheets/sheet1.bin"), ("xlsb", "xl/workbook.bin"), ("ods", "content.xml")),
        )
    ):
        with zipfile.ZipFile(io.BytesIO(_good(name)())) as source:
            data = source.read(part) if part in source.namelist() else b""
        way = 4 + number + (part == "content.xml")
        found[part.replace("/", "-")] = bytes([way]) + data
    return found


def main() -> None:
    """Search until the time is over or something is found."""
    import atheris

    with atheris.instrument_imports(include=["svcq.sheets"]):
        import svcq.sheets.reader  # noqa: F401
    with tempfile.TemporaryDirectory() as folder:
        for name, data in seeds().items():
            (Path(folder) / name).write_bytes(data)
        atheris.Setup([*sys.argv, folder, str(CORPUS)], one_input)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
