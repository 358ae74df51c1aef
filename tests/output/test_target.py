"""Files are whole or untouched; the standard output ends well."""

import os
import stat
import subprocess
import sys
from io import BytesIO, StringIO, TextIOWrapper

import pytest

from svcq.errors import SvcqError, Usage
from svcq.output.target import binary_file, standard, standard_binary, text_file


def test_a_file_appears_when_the_block_ends(tmp_path):
    path = tmp_path / "表.csv"
    with text_file(str(path), mark=True) as file:
        file.write("客户\n")
        assert not path.exists()
    assert path.read_bytes() == "\ufeff客户\n".encode()


def test_what_goes_wrong_midway_leaves_the_old_file_and_nothing_else(tmp_path):
    path = tmp_path / "a.tsv"
    path.write_text("old")

    def half():
        with text_file(str(path)) as file:
            file.write("new")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        half()
    assert path.read_text() == "old"
    assert os.listdir(tmp_path) == ["a.tsv"]


def test_a_replaced_file_keeps_its_permissions_and_a_link_its_place(tmp_path):
    real, link = tmp_path / "real.json", tmp_path / "link.json"
    real.write_text("old")
    real.chmod(0o640)
    link.symlink_to(real)
    with text_file(str(link)) as file:
        file.write("new")
    assert link.is_symlink()
    assert real.read_text() == "new"
    assert stat.S_IMODE(real.stat().st_mode) == 0o640


def test_a_new_file_has_the_permissions_of_any_other(tmp_path):
    other = tmp_path / "other"
    other.write_text("")
    with text_file(str(tmp_path / "new")):
        pass
    assert (tmp_path / "new").stat().st_mode == other.stat().st_mode


def test_a_device_is_written_and_not_replaced():
    with text_file(os.devnull) as file:
        file.write("x")
    assert stat.S_ISCHR(os.stat(os.devnull).st_mode)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        (".", "is a folder, not a file"),
        ("missing/a.csv", "the folder does not exist"),
        ("x" * 300 + ".csv", "cannot be written: File name too long"),
    ],
)
def test_a_place_that_cannot_be_written_is_named(tmp_path, name, words):
    path = str(tmp_path / name)
    with pytest.raises(Usage) as refused, binary_file(path):
        pass
    assert str(refused.value) == f"{path}: {words}"
    assert os.listdir(tmp_path) == []


def test_a_folder_without_permission_is_named(tmp_path, monkeypatch):
    def refuse(**_):
        raise PermissionError

    monkeypatch.setattr("tempfile.mkstemp", refuse)
    with pytest.raises(Usage, match="no permission to write there"), binary_file(str(tmp_path / "a")):
        pass


def test_what_an_encoding_lacks_is_spelled_out():
    raw = BytesIO()
    stream = TextIOWrapper(raw, encoding="ascii")
    with standard(stream) as out:
        out.write("瑞\n")
    assert raw.getvalue() == b"\\u745e\n"
    with standard(stream, "utf-8") as out:
        out.write("瑞\n")
    assert raw.getvalue() == b"\\u745e\n" + "瑞\n".encode()


def test_a_workbook_is_not_for_text():
    with pytest.raises(Usage, match=r"-o FILE\.xlsx"), standard_binary(StringIO()):
        pass


LONG = """
import sys
from svcq.output.emit import emit
from svcq.output.shape import Column, Listing, Look
listing = Listing("x", "x", (Column("n", "N", "number"),))
print(emit(listing, ({"n": i} for i in range(200_000)), Look(sys.argv[1])), file=sys.stderr)
"""


@pytest.mark.parametrize("form", ["json", "tsv", "table"])
def test_a_reader_that_has_seen_enough_ends_the_output_quietly(form):
    run = subprocess.Popen(
        [sys.executable, "-c", LONG, form], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    run.stdout.readline()
    run.stdout.close()
    said = run.stderr.read()
    run.stderr.close()
    assert run.wait() == 0
    assert said.strip().isdecimal()


class Full(StringIO):
    def flush(self):
        raise OSError(28, "No space left on device")


def test_a_full_disk_behind_the_standard_output_is_a_sentence():
    with pytest.raises(SvcqError) as refused, standard(Full()) as out:
        out.write("x")
    assert str(refused.value) == "the output cannot be written: No space left on device"
    assert refused.value.exit_code == 1
