"""`svcq remind`: the outbox and the call list as listings, ticking off, and what is promised of their JSON."""

from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import openpyxl
import pytest

from svcq import main
from svcq.commands.remind_answers import ANSWERS, answer
from svcq.policy.load import house
from tests.cli import Svcq
from tests.mailbox import mailbox
from tests.outbox import addressed

KEYS = ["rule", "number", "person", "channel", "to", "due_on", "state", "sent_at"]


@pytest.fixture
def svcq(tmp_path: Path) -> Svcq:
    """A store of which a morning has queued and sent the reminders."""
    made = Svcq(addressed(tmp_path / "svcq.db"))
    made("staff", "edit", "王敏", "--phone", "138 0000 0000", "--reason", "x")
    with mailbox() as box:
        made(
            "remind", "send", SVCQ_SMTP_URL=f"smtp://127.0.0.1:{box.port}", SVCQ_MAIL_FROM="svcq@fuwu.example"
        )
    return made


def test_the_json_is_as_promised(svcq: Svcq) -> None:
    listed = svcq("remind", "list", "-f", "json").json
    assert all(list(row)[: len(KEYS)] == KEYS for row in listed)
    (mailed,) = [row for row in listed if row["rule"] == "contract.return" and row["number"] == "HT-2"]
    assert mailed["sent_at"].endswith("Z")
    assert {key: mailed[key] for key in KEYS[:-1]} == {
        "rule": "contract.return",
        "number": "HT-2",
        "person": "王敏",
        "channel": "email",
        "to": "wang@x.example",
        "due_on": "2026-12-02",
        "state": "sent",
    }


def test_the_call_list_says_whom_to_call_and_is_a_workbook_if_asked(svcq: Svcq, tmp_path: Path) -> None:
    listed = svcq("remind", "list", "--channel", "phone", "--state", "to_call", "-f", "json").json
    assert [(row["number"], row["person"], row["to"], row["caller"]) for row in listed] == [
        ("HT-1", "陈立", None, "周静"),
        ("HT-2", "王敏", "138 0000 0000", "周静"),
    ]
    svcq("remind", "list", "--channel", "phone", "-o", tmp_path / "calls.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "calls.xlsx").worksheets[0]
    said = [cell for row in sheet.iter_rows(values_only=True) for cell in row]
    assert "HT-2" in said
    assert "138 0000 0000" in said


def test_a_call_is_ticked_off_once(svcq: Svcq) -> None:
    ran = svcq("remind", "log", "contract.remind", "HT-2", "--on", "today")
    assert ran.err == "contract.remind of HT-2: told on 2026-11-23\n"
    assert "already" in svcq("remind", "log", "contract.remind", "HT-2", "--on", "today").err
    (row,) = svcq("remind", "list", "--state", "called", "-f", "json").json
    assert (row["number"], row["on"], row["by"]) == ("HT-2", "2026-11-23", "茅洁")
    assert svcq("contract", "show", "HT-2", "-f", "json").json["reminded_phone_on"] == "2026-11-23"
    assert svcq("db", "check").out == ""


def test_a_call_that_the_contract_says_was_made_is_off_the_list(svcq: Svcq) -> None:
    svcq("contract", "remind", "HT-1", "--by", "phone", "--on", "today")
    svcq("contract", "return", "HT-2", "--on", "today")
    assert svcq("remind", "list", "--state", "to_call", "-f", "json").json == []
    states = {
        row["number"]: row["state"] for row in svcq("remind", "list", "--channel", "phone", "-f", "json").json
    }
    assert states == {"HT-1": "called", "HT-2": "dropped"}


def test_ticking_off_dry_changes_nothing(svcq: Svcq) -> None:
    before = svcq.dump()
    assert "dry run" in svcq("remind", "log", "contract.return", "HT-1", "--on", "today", "--dry-run").err
    assert svcq.dump() == before


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("list", "--channel", "pigeon"), 2, "--channel"),
        (("list", "--state", "lost"), 2, "to_call"),
        (("log", "contract.return", "HT-1", "--on", "tomorrow?"), 2, "--on"),
        (
            ("log", "contract.return", "HT-1", "--on", "today", "--channel", "chat"),
            2,
            "neither email nor phone",
        ),
        (("log", "contract.return", "HT-1", "--on", "+1d"), 4, "future"),
        (("log", "contract.return", "HT-9", "--on", "today"), 3, "svcq due --all"),
    ],
)
def test_what_cannot_be_is_refused_with_the_remedy(
    svcq: Svcq, words: tuple[str, ...], code: int, said: str
) -> None:
    assert said in svcq("remind", *words, code=code).err


def test_the_list_can_be_narrowed(svcq: Svcq) -> None:
    def numbers(*words: str) -> list[str]:
        return [row["number"] for row in svcq("remind", "list", *words, "-f", "json").json]

    assert numbers("--person", "王敏") == ["HT-2", "HT-2"]
    assert numbers("--customer", "H002") == ["HT-2", "HT-2"]
    assert set(numbers("--region", "华东")) == {"HT-1"}
    assert len(numbers("--person", "周静")) == 5, "who calls is found too"
    assert numbers("--number", "HT-1", "--channel", "email") == ["HT-1", "HT-1"]
    assert len(numbers("--limit", "2")) == 2
    assert numbers("--as-of", "2026-11-20") == []


def test_on_a_day_off_sending_says_that_nothing_goes_out(svcq: Svcq) -> None:
    assert "2026-11-28 is a day off" in svcq("--today", "2026-11-28", "remind", "send").err


def test_every_rule_has_an_answer_that_the_command_line_knows() -> None:
    assert ANSWERS.keys() == house().rules.keys()
    root = main.make()
    for rule in ANSWERS:
        words = answer(rule, "N-1").split()[1:]
        command = root.commands.get(words[0])
        at = 1
        if hasattr(command, "commands"):
            command, at = command.commands[words[1]], 2
        known = {option for param in command.params for option in param.opts}
        said = {word for word in words[at:] if word.startswith("-")}
        assert said <= known, (rule, said - known)


@pytest.mark.parametrize(
    ("number", "typed"),
    [("HT-1", "HT-1"), ("合同1", "合同1"), ("a b; rm", "'a b; rm'"), ("it's", "'it'\\''s'")],
)
def test_a_number_is_typed_as_the_shell_takes_it(number: str, typed: str) -> None:
    assert answer("contract.return", number) == f"svcq contract return {typed} --on DATE"


# ---- the chat group ----


class _Group(BaseHTTPRequestHandler):
    """What a chat service is to svcq: a server that takes a text."""

    got: list[str] = []  # noqa: RUF012 - filled by each request
    answer = 200

    def do_POST(self) -> None:  # noqa: N802 - the library's own name
        """A message."""
        self.got.append(self.rfile.read(int(self.headers["Content-Length"])).decode())
        self.send_response(self.answer)
        self.end_headers()

    def log_message(self, *args: object) -> None:
        """Silent."""


def test_the_group_gets_one_digest_a_day_and_a_failed_one_is_sent_again(tmp_path: Path) -> None:
    pytest.importorskip("apprise")
    svcq = Svcq(addressed(tmp_path / "svcq.db"))
    server = HTTPServer(("127.0.0.1", 0), _Group)
    Thread(target=server.serve_forever, daemon=True).start()
    _Group.got.clear()
    with mailbox() as box:
        ways = {
            "SVCQ_SMTP_URL": f"smtp://127.0.0.1:{box.port}",
            "SVCQ_MAIL_FROM": "svcq@fuwu.example",
            "SVCQ_CHAT_URL": f"json://user:geheim@127.0.0.1:{server.server_port}",
        }
        _Group.answer = 500
        ran = svcq("daily", code=6, **ways)
        assert "the chat group did not take it" in ran.out
        _Group.answer = 200
        svcq("daily", **ways)
        svcq("daily", **ways)
    server.shutdown()
    assert len(_Group.got) == 2
    assert "HT-1" in _Group.got[-1]
    (row,) = svcq("remind", "list", "--channel", "chat", "-f", "json").json
    assert (row["rule"], row["to"], row["state"]) == (None, "json", "sent")
    assert "geheim" not in "".join(svcq.dump())


def test_an_address_that_no_service_knows_is_refused_without_its_keys(tmp_path: Path) -> None:
    pytest.importorskip("apprise")
    ran = Svcq(addressed(tmp_path / "svcq.db"))("daily", code=2, SVCQ_CHAT_URL="nothing://geheim")
    assert "SVCQ_CHAT_URL" in ran.err
    assert "geheim" not in ran.err


# ---- the language of a person ----


def test_a_person_has_a_language_or_the_companys(svcq: Svcq) -> None:
    svcq("staff", "add", "Ann", "--role", "engineer", "--language", "en")
    assert svcq("staff", "show", "Ann", "-f", "json").json["language"] == "en"
    svcq("staff", "edit", "Ann", "--language", "none", "--reason", "x")
    assert svcq("staff", "show", "Ann", "-f", "json").json["language"] is None
    assert "--language" in svcq("staff", "edit", "Ann", "--language", "fr", "--reason", "x", code=2).err
