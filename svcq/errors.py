"""What svcq refuses, each kind with its published exit code.

The message is a catalogue entry in English with `{named}` values; it is translated once, where it is printed.
"""


def N_(message: str) -> str:  # noqa: N802 - gettext's own name
    """Mark `message` for the catalogue; it is translated when it is shown."""
    return message


class SvcqError(Exception):
    """A sentence for the user: what is wrong, which clause says so, what to do about it."""

    exit_code = 1

    def __init__(self, message: str, /, *, clause: str = "", **values: object) -> None:
        """`message`: msgid with `{names}`; `clause`: chapter and clause such as `二.1`; `values`: fill the names.

        A value may itself be a `Phrase`, to be translated first, or a tuple of values, told one after the other.
        """
        super().__init__(message)
        self.message = message
        self.clause = clause
        self.values = values

    @property
    def lines(self) -> tuple["SvcqError", ...]:
        """What is told on lines of their own."""
        return (self,)

    def __str__(self) -> str:
        """The English sentence, for logs and tests."""
        values = {k: ", ".join(map(str, v)) if isinstance(v, tuple) else v for k, v in self.values.items()}
        text = self.message.format(**values) if values else self.message
        return f"{text} [{self.clause}]" if self.clause else text


class Phrase(SvcqError):
    """A translatable part of a message or a warning: never raised, only printed."""


class Counted(Phrase):
    """A phrase about `{count}` of something: two English forms, as many in other languages as they have."""

    def __init__(self, one: str, many: str, /, *, count: int, **values: object) -> None:
        """`one`, `many`: msgids of the forms; `count` chooses between them and fills `{count}`."""
        super().__init__(one if count == 1 else many, clause="", count=count, **values)
        self.one = one
        self.many = many
        self.count = count


class StoreTrouble(SvcqError):
    """The store cannot be used: locked, newer, damaged, disk full (exit 1)."""


class Usage(SvcqError):
    """An argument or a file as a whole is not usable (exit 2)."""

    exit_code = 2


class NotFound(SvcqError):
    """No record of that number or name (exit 3)."""

    exit_code = 3


class Refused(SvcqError):
    """The process forbids it (exit 4)."""

    exit_code = 4


class RowsRefused(SvcqError):
    """Rows of a file were refused (exit 5)."""

    exit_code = 5


class Undelivered(SvcqError):
    """A message could not be delivered (exit 6)."""

    exit_code = 6


REASONS = (
    N_("No such file or directory"),
    N_("Permission denied"),
    N_("Is a directory"),
    N_("Not a directory"),
    N_("File name too long"),
    N_("File exists"),
    N_("No space left on device"),
    N_("Read-only file system"),
    N_("Input/output error"),
)
"""What systems say most; the catalogue has their words, others are repeated as they are."""


def reason(error: Exception) -> Phrase:
    """Why the system refused: its own words, else the name of the error's kind."""
    words = error.strerror if isinstance(error, OSError) else None
    return Phrase(words or type(error).__name__)
