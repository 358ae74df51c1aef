"""Mail over a real server: secret if it is asked for, with a login, and every failure has its reason."""

import socket
import threading
from collections.abc import Iterator
from contextlib import closing

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP

from svcq.errors import Undelivered
from svcq.notify.mail import Letter, Post, message
from svcq.notify.server import Server
from tests.mailbox import TRUSTED, Mailbox, free_port, mailbox

NOW = "2026-11-23T00:30:00.000Z"
LETTER = Letter("chen@x.example", "陈立", "一项待办", "正文\n", "<p>正文</p>\n", "<1@fuwu.example>")


def server(port: int, **more: object) -> Server:
    return Server(
        **{
            "host": "localhost",
            "port": port,
            "secure": "no",
            "sender": "svcq@fuwu.example",
            "timeout": 5.0,
            **more,
        }
    )  # type: ignore[arg-type]


def refused(where: Server, letter: Letter = LETTER) -> str:
    with Post(where) as post, pytest.raises(Undelivered) as why:
        post.send(letter, NOW)
    return str(why.value)


@pytest.fixture
def box() -> Iterator[Mailbox]:
    with mailbox() as made:
        yield made


def test_a_mail_arrives_as_text_and_html_with_its_headers(box: Mailbox) -> None:
    with Post(server(box.port)) as post:
        assert post.send(LETTER, NOW) is None
    (mail,) = box.mails
    assert (mail["To"], mail["From"]) == ("陈立 <chen@x.example>", "svcq <svcq@fuwu.example>")
    assert (mail["Subject"], mail["Message-ID"]) == ("一项待办", "<1@fuwu.example>")
    assert mail["Date"] == "Mon, 23 Nov 2026 00:30:00 +0000"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Cc"] is None
    assert (box.body(), box.body(kind="html")) == ("正文\n", "<p>正文</p>\n")


def test_one_connection_carries_many_mails_also_after_one_was_refused(box: Mailbox) -> None:
    box.refuses["no@x.example"] = "550 no such user"
    with Post(server(box.port)) as post:
        post.send(LETTER, NOW)
        with pytest.raises(Undelivered, match="550 no such user"):
            post.send(Letter("no@x.example", "无", "s", "t", "h", "<2@b>"), NOW)
        post.send(Letter("wang@x.example", "王敏", "s", "t", "h", "<3@b>"), NOW)
    assert box.envelopes == [("chen@x.example",), ("wang@x.example",)]


def test_a_copy_that_is_refused_is_remarked_and_the_mail_goes_out_all_the_same(box: Mailbox) -> None:
    box.refuses["boss@x.example"] = "550 no such user"
    with Post(server(box.port)) as post:
        remark = post.send(Letter("chen@x.example", "陈立", "s", "t", "h", "<1@b>", cc="boss@x.example"), NOW)
    assert remark == "cc boss@x.example: 550 no such user"
    assert box.envelopes == [("chen@x.example",)]


def test_nobody_gets_a_copy_of_a_mail_that_the_addressee_cannot_have(box: Mailbox) -> None:
    box.refuses["chen@x.example"] = "550 no such user"
    refused(server(box.port), Letter("chen@x.example", "陈立", "s", "t", "h", "<1@b>", cc="boss@x.example"))
    assert box.mails == []


def test_a_server_that_takes_no_mail_today_says_why(box: Mailbox) -> None:
    box.answer = "452 the disk\tis full"
    assert refused(server(box.port)) == "452 the disk is full"


@pytest.mark.parametrize(
    "name",
    [
        "陈立\r\nBcc: all@x.example",
        "\n\n<script>",
        "a@b.c, d",
        '"; x',
        "名" * 300,
        "\x00\x1b[31m",
        "=?utf-8?q?x?=",
    ],
)
def test_a_name_never_becomes_a_header(box: Mailbox, name: str) -> None:
    with Post(server(box.port)) as post:
        post.send(Letter("chen@x.example", name, "s\r\nX-Evil: 1", "t", "h", "<1@b>"), NOW)
    (mail,) = box.mails
    assert {"Bcc", "X-Evil"} & set(mail.keys()) == set()
    assert box.envelopes == [("chen@x.example",)]
    assert [one.addr_spec for one in mail["To"].addresses] == ["chen@x.example"]


def test_a_name_in_the_code_of_headers_is_not_decoded(box: Mailbox) -> None:
    with Post(server(box.port)) as post:
        post.send(Letter("chen@x.example", "=?utf-8?b?5p2O?=", "s", "t", "h", "<1@b>"), NOW)
    assert box.mails[0]["To"].addresses[0].display_name == "= ?utf-8?b?5p2O?="


def test_the_whole_mail_is_ascii_on_the_wire_and_no_line_is_too_long() -> None:
    made = message(
        Letter("chen@x.example", "陈立" * 50, "待办" * 50, "正文" * 2000, "<p>" * 999, "<1@b>"), "a@b.c", NOW
    )
    lines = made.as_bytes().split(b"\r\n")
    assert all(len(line) <= 998 for line in lines)
    assert made.as_bytes().isascii()


@pytest.mark.parametrize(("way", "secure"), [("tls", "tls"), ("starttls", "starttls")])
def test_the_way_is_secret_if_that_is_asked_for(
    monkeypatch: pytest.MonkeyPatch, way: str, secure: str
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(TRUSTED))
    with mailbox(**{way: True}) as box, Post(server(box.port, secure=secure)) as post:
        post.send(LETTER, NOW)
        assert len(box.mails) == 1


@pytest.mark.parametrize(("way", "secure"), [("tls", "tls"), ("starttls", "starttls")])
def test_a_server_whose_certificate_nobody_vouches_for_gets_nothing(way: str, secure: str) -> None:
    with mailbox(**{way: True}) as box:
        assert "self-signed certificate" in refused(server(box.port, secure=secure))
        assert box.mails == []


def test_a_server_that_cannot_keep_a_secret_gets_nothing(box: Mailbox) -> None:
    assert "STARTTLS" in refused(server(box.port, secure="starttls"))
    assert box.mails == []


def test_a_login_is_needed_and_right() -> None:
    with mailbox(login=("svcq", "geheim")) as box:
        with Post(server(box.port, user="svcq", password="geheim")) as post:
            post.send(LETTER, NOW)
        assert len(box.mails) == 1
        wrong = refused(server(box.port, user="svcq", password="falsch"))
        assert wrong.startswith("535")
        assert "falsch" not in wrong
        assert refused(server(box.port)).startswith("530")


def test_a_server_that_is_down_is_asked_once() -> None:
    where = server(free_port())
    with Post(where) as post:
        for _mail in range(3):
            with pytest.raises(Undelivered, match="localhost.*refused"):
                post.send(LETTER, NOW)


def test_a_server_that_does_not_answer_is_not_waited_for_long() -> None:
    with closing(socket.socket()) as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        assert "timed out" in refused(server(silent.getsockname()[1], host="127.0.0.1", timeout=0.3))


def test_a_connection_that_breaks_is_made_anew_for_the_next_mail() -> None:
    """The first talk is cut after the greeting; the next one is with a server that works."""
    with closing(socket.socket()) as door:
        door.bind(("127.0.0.1", 0))
        door.listen()

        def cut() -> None:
            for _time in range(2):
                line, _whence = door.accept()
                line.sendall(b"220 hello\r\n")
                line.recv(100)
                line.sendall(b"250 hello\r\n")
                line.recv(100)
                line.close()

        thread = threading.Thread(target=cut)
        thread.start()
        with Post(server(door.getsockname()[1], host="127.0.0.1")) as post:
            for _mail in range(2):
                with pytest.raises(Undelivered, match="connection lost"):
                    post.send(LETTER, NOW)
        thread.join()


def test_a_mail_that_is_refused_before_it_is_said_is_no_matter_to_the_next() -> None:
    """A server that weighs a mail at the word DATA: its sender and recipient are forgotten before the next one."""

    class Weighing(SMTP):
        async def smtp_DATA(self, arg: str | None) -> None:  # noqa: N802
            if self.envelope is not None and "no@x.example" in self.envelope.rcpt_tos:
                await self.push("451 4.7.1 try again later")
            else:
                await super().smtp_DATA(arg)

    class Door(Controller):
        def factory(self) -> SMTP:
            return Weighing(self.handler)

    box = Mailbox(free_port())
    door = Door(box, hostname="127.0.0.1", port=box.port)
    door.start()
    try:
        with Post(server(box.port, host="127.0.0.1")) as post:
            with pytest.raises(Undelivered, match="451 4.7.1 try again later"):
                post.send(Letter("no@x.example", "x", "s", "t", "h", "<2@b>"), NOW)
            post.send(Letter("yes@x.example", "x", "s", "t", "h", "<3@b>"), NOW)
    finally:
        door.stop()
    assert box.envelopes == [("yes@x.example",)]


def test_why_a_mail_was_refused_is_known_also_if_the_server_hangs_up_then() -> None:
    with closing(socket.socket()) as door:
        door.bind(("127.0.0.1", 0))
        door.listen()

        def curt() -> None:
            line, _whence = door.accept()
            with line:
                line.sendall(b"220 hello\r\n")
                line.recv(100)
                line.sendall(b"250 hello\r\n")
                line.recv(100)
                line.sendall(b"550 not you\r\n")

        thread = threading.Thread(target=curt)
        thread.start()
        assert refused(server(door.getsockname()[1], host="127.0.0.1")) == "550 not you"
        thread.join()


def test_an_address_with_letters_of_the_world_is_sent_where_the_server_knows_them(box: Mailbox) -> None:
    with Post(server(box.port)) as post:
        post.send(Letter("陈立@x.example", "陈立", "s", "t", "h", "<1@b>"), NOW)
    assert box.envelopes == [("陈立@x.example",)]
