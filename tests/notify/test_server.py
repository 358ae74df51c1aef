"""Where mail goes out, as the environment says it; a password is never repeated."""

from pathlib import Path

import pytest

from svcq.errors import Usage
from svcq.notify.address import address
from svcq.notify.server import Server, server

FROM = {"SVCQ_MAIL_FROM": "svcq@fuwu.example"}


def read(url: str, **more: str) -> Server:
    found = server({**FROM, "SVCQ_SMTP_URL": url, **more})
    assert found is not None
    return found


def test_without_a_url_there_is_no_server() -> None:
    assert server({}) is None
    assert server({"SVCQ_SMTP_URL": " "}) is None


@pytest.mark.parametrize(
    ("url", "host", "port", "secure", "user", "password", "timeout"),
    [
        ("smtp://mail", "mail", 25, "no", None, None, 30.0),
        ("smtp://mail:2525/", "mail", 2525, "no", None, None, 30.0),
        ("smtps://u:p%40w%2F@mail.x", "mail.x", 465, "tls", "u", "p@w/", 30.0),
        ("smtp://a%40b.c:p@mail:587?starttls=1&timeout=5", "mail", 587, "starttls", "a@b.c", "p", 5.0),
        ("smtp://[::1]:25", "::1", 25, "no", None, None, 30.0),
    ],
)
def test_a_url_says_how_to_reach_it(
    url: str, host: str, port: int, secure: str, user: str | None, password: str | None, timeout: float
) -> None:
    found = read(url)
    assert (found.host, found.port, found.secure) == (host, port, secure)
    assert (found.user, found.password, found.timeout) == (user, password, timeout)
    assert "password" not in repr(found)


@pytest.mark.parametrize(
    "url",
    [
        *("mail:25", "http://mail", "smtp://", "smtp://mail:port", "smtp://mail:99999", "smtp://mail/inbox"),
        *("smtp://mail?tls=1", "smtp://mail?starttls=yes", "smtp://mail?timeout=0", "smtp://[", "x" * 9999),
        *(
            "smtp://u:geheim@mail?x=1",
            "smtp://u:geheim@",
            "smtp://mail?timeout=-1",
            "smtp://mail?timeout=999999",
        ),
    ],
)
def test_a_url_that_cannot_be_used_is_refused_without_repeating_it(url: str) -> None:
    with pytest.raises(Usage) as why:
        read(url)
    assert "geheim" not in str(why.value)
    assert "SVCQ_SMTP_URL" in str(why.value)


@pytest.mark.parametrize("sender", ["", "svcq", "a@b, c@d", "a@b\nBcc: c@d", "svcq <a@b>"])
def test_mail_comes_from_one_address(sender: str) -> None:
    with pytest.raises(Usage, match="SVCQ_MAIL_FROM"):
        read("smtp://mail", SVCQ_MAIL_FROM=sender)


def test_a_password_may_stand_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "password"
    file.write_text("geheim 1\r\nmore\n", "utf-8")
    assert read("smtp://u@mail", SVCQ_SMTP_PASSWORD_FILE=str(file)).password == "geheim 1"
    assert read("smtp://u:p@mail", SVCQ_SMTP_PASSWORD_FILE=str(file)).password == "p"
    file.write_text("", "utf-8")
    for named in (file, tmp_path / "nothing", tmp_path):
        with pytest.raises(Usage, match=str(named)):
            read("smtp://u@mail", SVCQ_SMTP_PASSWORD_FILE=str(named))


KEYRING = """
def get_password(service, login):
    if login == "boom@mail":
        raise RuntimeError("geheim")
    return {("svcq", "u@mail"): "geheim"}.get((service, login))
"""


def test_a_password_may_be_in_the_keyring_if_there_is_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(Usage, match="names a user but no password"):
        read("smtp://nobody@mail")
    (tmp_path / "keyring.py").write_text(KEYRING, "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(__import__("sys").modules, "keyring", raising=False)
    assert read("smtp://u@mail").password == "geheim"
    with pytest.raises(Usage, match="names a user but no password"):
        read("smtp://v@mail")
    with pytest.raises(Usage, match="the keyring: RuntimeError$"):
        read("smtp://boom@mail")


@pytest.mark.parametrize("text", ["a@b", " chen.li+x@mail.x.example ", "陈立@例.公司", "o'neil@x.ie"])
def test_one_address_is_an_address(text: str) -> None:
    assert address(text) == text.strip()


@pytest.mark.parametrize(
    "text",
    [
        *(
            None,
            "",
            "a",
            "@b",
            "a@",
            "a@b@c",
            "a b@c",
            "a@b c",
            "a@b,c@d",
            "a@b;c@d",
            "a@b、c@d 、",
            "<a@b>",
            "A <a@b>",
        ),
        *(
            "a@b\n",
            "a\r\n@b",
            "a@b\x00",
            "a@.b",
            "a@-b",
            'a"@b',
            "x" * 250 + "@b.cc",
            "a@b\u2028c",
            "a@\u202eb",
        ),
    ],
)
def test_anything_else_is_none(text: str | None) -> None:
    if text == "a@b\n":
        assert address(text) == "a@b", "blanks around it are no part of it"
    else:
        assert address(text) is None
