"""svcq as a user types it, run in this process: the exit code, the standard output and the standard error."""

import csv
import io
import json
import os
import sqlite3
from contextlib import closing, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import cast
from unittest.mock import patch

import pytest

from svcq import main
from svcq.store.address import Address
from tests.places import at, tables, url
from tests.stores import copy as copy

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "examples"
BOOKS = EXAMPLES / "workbooks"
SAMPLES = tuple(
    str(BOOKS / name)
    for name in (
        *("客户名单.xlsx", "员工名册.xls", "维护合同跟踪表.xlsx", "致电记录.csv"),
        *("项目移交信息表.xlsx", "工作底稿.xlsx"),
        *("程序升级登记表.xlsx", "数据迁移登记表.xlsx", "满意度回访记录.xlsx"),
    )
)
TODAY = "2026-11-23"
OURS = ("SVCQ_", "NO_COLOR", "CLICOLOR", "COLUMNS", "_SVCQ")


@dataclass(frozen=True, slots=True)
class Ran:
    """What came of one call."""

    code: int
    out: str
    err: str
    raw: bytes

    @property
    def json(self):
        """The standard output as JSON."""
        return json.loads(self.out)

    @property
    def records(self):
        """The rows of an export, without the revisions, which are each store's own."""
        return records(self.raw)


def records(exported: bytes) -> list[dict[str, str]]:
    """The rows of an exported csv file, without the revisions, which are each store's own."""
    rows = csv.DictReader(io.StringIO(exported.decode("utf-8-sig"), newline=""))
    return [{key: value for key, value in row.items() if key not in ("revision", "修订号")} for row in rows]


def environment(**more: str) -> dict[str, str]:
    """The environment without what would change svcq's ways, and with what is given."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(OURS)}
    return kept | more


class Svcq:
    """The command line over one store; a call that ends otherwise than expected fails the test."""

    def __init__(self, store: Path, today: str = TODAY, lang: str = "en") -> None:
        self.store = cast(Path, at(store))
        self.told = {"SVCQ_DB": url(self.store), "SVCQ_TODAY": today, "SVCQ_LANG": lang, "SVCQ_USER": "茅洁"}

    def __call__(self, *words: object, code: int | None = 0, **environ: str) -> Ran:
        """Run `svcq WORDS…`; `code`: the exit code that is expected, None for any."""
        out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True)
        err = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True)
        with (
            patch.dict(os.environ, environment(**self.told, **environ), clear=True),
            redirect_stdout(out),
            redirect_stderr(err),
            pytest.raises(SystemExit) as ended,
        ):
            main.run([str(word) for word in words])
        raw = out.buffer.getvalue()
        said = err.buffer.getvalue().decode()
        ran = Ran(int(ended.value.code or 0), raw.decode("utf-8", "replace"), said, raw)
        assert "Traceback" not in said
        if code is not None:
            assert ran.code == code, f"svcq {' '.join(map(str, words))}: {ran.code}\n{said}{ran.out[:500]}"
        return ran

    def dump(self) -> list[str]:
        """Everything in the store, as SQL."""
        return dump(self.store)


def dump(store: Address) -> list[str]:
    """Everything in a store, row by row; nothing if it is not there."""
    store = at(store)
    if isinstance(store, Path):
        if not store.exists():
            return []
        with closing(sqlite3.connect(store)) as connection:
            return list(connection.iterdump())
    return [f"{name} {row}" for name, rows in sorted(tables(store).items()) for row in rows]
