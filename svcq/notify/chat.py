"""A digest to chat groups (WeCom, DingTalk, Feishu and whatever else the library apprise knows)."""

from importlib.util import find_spec

from svcq.errors import Undelivered, Usage

URLS = "SVCQ_CHAT_URL"


def available() -> bool:
    """Whether the library is installed: it comes with `svcq[notify]`."""
    return find_spec("apprise") is not None


def scheme(urls: str) -> str:
    """Which services are named, without their keys: `wecombot, feishu`."""
    kinds = (url.partition("://")[0] for url in urls.replace(",", " ").split())
    return ", ".join(dict.fromkeys(kinds))


class Group:
    """The chat groups behind one or more addresses, apart by commas or blanks."""

    def __init__(self, urls: str) -> None:
        """Usage if the library is missing, or does not know an address; keys in it are never repeated."""
        if not available():
            raise Usage("{name}: the chat needs a library: pip install 'svcq[notify]'", name=URLS)
        import apprise

        self._known = apprise.Apprise()
        for url in urls.replace(",", " ").split():
            if not self._known.add(url):
                raise Usage("{name}: an address that apprise does not know ({kind}://…)",
                            name=URLS, kind=url.partition("://")[0][:20])  # fmt: skip

    def send(self, title: str, text: str) -> None:
        """Send a text to every group. Undelivered if one of them did not take it."""
        import apprise

        if not self._known.notify(body=text, title=title, body_format=apprise.NotifyFormat.TEXT):
            raise Undelivered("the chat group did not take it")
