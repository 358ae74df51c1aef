"""What the listings of the processes share: what is overdue, why it fell due, a record's history, near numbers."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import TYPE_CHECKING

from svcq.commands.shared import as_of, filters, limit, listed, provisional
from svcq.desk import Desk
from svcq.errors import Phrase
from svcq.locale import language, ngettext, say
from svcq.output.shape import Listing, Row

if TYPE_CHECKING:
    from svcq.store.read import Reader


def enough(desk: Desk) -> int | None:
    """One row more than asked for, so that the output can say that there are more."""
    most = limit(desk)
    return None if most is None else most + 1


def list_overdue(desk: Desk, process: str, listing: Listing, empty: str) -> None:
    """Print the obligations of a process that were due and have not been met; `empty`: the sentence for none."""
    from svcq.store.read_ledger import obligations

    with desk.read() as reader:
        chosen = filters(desk, reader, process=process)
        found = obligations(reader, as_of(desk), states=("overdue",), filters=chosen, limit=enough(desk))
        rows: list[Row] = list(found)
        listed(desk, reader, listing, rows, empty=empty, summary=_duties)
    provisional(rows, "due_on")


def _duties(rows: list[Row]) -> str:
    return ngettext("{count} obligation", "{count} obligations", len(rows)).format(count=len(rows))


def owed_by(
    reader: "Reader", process: str, number: object, t: date, *, but: Collection[str] = ()
) -> list[Row]:
    """The obligations of a record, with why each falls due on its day; `but`: rules whose numbers are no records."""
    from svcq.store.read_ledger import obligations

    found = obligations(reader, t, states=None, filters={"number": number, "process": process})
    return explained(reader, [one for one in found if one["rule"] not in but])


def explained(reader: "Reader", rows: Iterable[Row]) -> list[Row]:
    """Obligations, with why each falls due on its day."""
    from svcq.processes.explain import reasons

    owed = list(rows)
    told = zip(owed, reasons(reader, owed, language()), strict=True)
    return [{**one, "explanation": say(why)} for one, why in told]


def history(reader: "Reader", number: object, tables: Collection[str]) -> list[Row]:
    """The changes of a record; those of another kind may have the same number."""
    from svcq.store.read_log import changes

    return [one for one in changes(reader, {"number": number}) if one["table"] in tables]


def near_numbers(reader: "Reader", view: str, name: str) -> Phrase | str:
    """`; did you mean …?` with the numbers in a view that are near one that is not known; blank without any."""
    from svcq.rules.matching import near

    numbers = (str(row["number"]) for row in reader.rows(f"select number from {view}"))
    return did_you_mean(near(name, (one for one in numbers if one != name), likeness=80))


def did_you_mean(names: Collection[str]) -> Phrase | str:
    """`; did you mean …?`, blank without names."""
    return Phrase("; did you mean {names}?", names=", ".join(names)) if names else ""
