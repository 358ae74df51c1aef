"""From a policy file's tables to a policy: what each key may say, and what stands where it says nothing."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from svcq.errors import Phrase, SvcqError, Usage
from svcq.policy import values
from svcq.policy.mistakes import Notebook, plain, shown
from svcq.policy.model import Origin, Period, Policy, Rule
from svcq.policy.places import Path
from svcq.policy.values import Setting

Table = dict[str, Any]

SOME = 12
"""Known keys that a message lists at most."""
SECTIONS = ("country", "rules", "settings")
RULE: Mapping[str, values.Reader] = {
    "title": values.text,
    "clause": values.text,
    "owner": values.role,
    "period": values.period,
    "roll": values.flag,
    "lead": values.period,
    "fine": values.money,
    "score": values.score,
    "points": values.points,
    "points_most": values.points,
    "remind_before": values.days,
    "remind_every": values.days,
    "origin": values.origin,
    "fine_origin": values.origin,
}
"""The keys of a rule, in the order in which a file has them."""
SETTING: Mapping[str, values.Reader] = {
    "clause": values.text,
    "origin": values.origin,
    "kind": values.kind,
    "least": lambda value: values.whole(value, 0, 10**9),
    "most": lambda value: values.whole(value, 0, 10**9),
    "longest": lambda value: values.whole(value, 1, values.LONGEST_TEXT),
}
"""The keys of a setting besides its `value`."""
SIMPLE = ("clause", "owner", "fine", "score", "points", "points_most", "remind_before", "remind_every")
"""The keys of a rule that stand as they are said."""
BOUNDS = ("kind", "least", "most", "longest")


@dataclass(frozen=True, slots=True)
class House:
    """The house's own policy, and what each of its settings may hold."""

    policy: Policy
    kinds: Mapping[str, Setting]


class Pages:
    """The tables of one text, read with every mistake noted."""

    def __init__(self, tree: Table, book: Notebook) -> None:
        self.tree = tree
        self.book = book

    def keys(self, path: Path, table: object, readers: Mapping[str, values.Reader]) -> Table:
        """The keys of a table, each read; what is unknown or wrong is noted and left out."""
        if not isinstance(table, dict):
            self.book.add(path, Phrase("a table is wanted, not {value}", value=shown(table)))
            return {}
        found: Table = {}
        for key, value in table.items():
            reader = readers.get(key)
            if reader is None:
                self.unknown((*path, key), key, readers)
            else:
                self.value((*path, key), key, reader, value, found)
        return found

    def value(self, path: Path, key: str, reader: values.Reader, value: object, into: Table) -> None:
        """Put one value into a dict, or note what is wrong with it."""
        try:
            into[key] = reader(value)
        except Usage as why:
            self.wrong(path, why)

    def wrong(self, path: Path, why: SvcqError) -> None:
        """Note a mistake about the value of the key at `path`."""
        self.book.add(path, Phrase("{key}: {why}", key=dotted(path), why=why))

    def unknown(self, path: Path, name: str, known: Mapping[str, object]) -> None:
        """Note a key or id that is none, with the one that was probably meant."""

        def why() -> SvcqError:
            from difflib import get_close_matches

            near = get_close_matches(name[:100], known, n=1)
            if near:
                return Phrase("{key}: not known; is {near} meant?", key=dotted(path), near=near[0])
            some = [*list(known)[:SOME], *(["…"] if len(known) > SOME else [])]
            return Phrase("{key}: not known; known are: {known}", key=dotted(path), known=", ".join(some))

        self.book.add(path, why)

    def entries(self, section: str) -> Iterator[tuple[str, Path, object]]:
        """The entries of `rules` or `settings`: id, path, what stands there.

        An id has one dot; `[rules.contract.return]` and `[rules."contract.return"]` are the same.
        """
        seen: set[str] = set()
        for process, group in self.table((section,), self.tree.get(section, {})):
            path: Path = (section, process)
            members = [(process, path, group)] if "." in process else []
            if not members:
                members = [
                    (f"{process}.{name}", (*path, name), value) for name, value in self.table(path, group)
                ]
            for found, where, value in members:
                if found in seen:
                    self.book.add(where, Phrase("{key}: stands here twice", key=dotted(where)))
                else:
                    seen.add(found)
                    yield found, where, value

    def table(self, path: Path, found: object) -> list[tuple[str, Any]]:
        """The items of what has to be a table."""
        if isinstance(found, dict):
            return list(found.items())
        self.book.add(path, Phrase("a table is wanted, not {value}", value=shown(found)))
        return []


def dotted(path: Path) -> str:
    """The path as a person would write it."""
    return ".".join(plain(str(key)) for key in path)


def lay(tree: Table, book: Notebook, name: str, base: Policy, house: House) -> Policy:
    """The base with what the tree says instead. Mistakes are noted in `book`; the result then means nothing."""
    pages = Pages(tree, book)
    known = dict.fromkeys(SECTIONS)
    for key in tree:
        if key not in known:
            pages.unknown((key,), key, known)
    top: Table = {"country": base.country}
    if "country" in tree:
        pages.value(("country",), "country", values.country, tree["country"], top)
    rules = dict(base.rules)
    for id_, path, table in pages.entries("rules"):
        if id_ not in house.policy.rules:
            pages.unknown(path, id_, house.policy.rules)
        else:
            rules[id_] = _rule(pages, path, table, rules[id_], house.policy.rules[id_])
    settings, notes = dict(base.settings), dict(base.notes)
    for id_, path, said in pages.entries("settings"):
        if id_ not in house.kinds:
            pages.unknown(path, id_, house.kinds)
        else:
            settings[id_], notes[id_] = _setting(pages, path, said, settings[id_], house, id_)
    return Policy(name, top["country"], rules, settings, notes)


def _rule(pages: Pages, path: Path, table: object, base: Rule, house: Rule) -> Rule:
    """One rule, laid over the base; its origins follow from the house's numbers.

    A score that is said without points costs what every rule costs: so a whole file takes points back. A title,
    which only a whole file has a reason to say, takes back when the rule is reminded of, likewise.
    """
    said = pages.keys(path, table, RULE)
    if said.get("title", house.title) != house.title:
        pages.wrong((*path, "title"), Phrase("cannot be changed"))
    for key in ("period", "roll"):
        if key in said and house.period is None:
            pages.wrong((*path, key), Phrase("this rule is due on a date of its own and has no period"))
    if "lead" in said and house.lead is None:
        pages.wrong((*path, "lead"), Phrase("this rule does not start ahead of a date"))
    if "score" in said:
        base = replace(base, points=None, points_most=None)
    if "title" in said:
        base = replace(base, remind_before=None, remind_every=None)
    rule = replace(base, **{key: said[key] for key in SIMPLE if key in said})
    period = said.get("period", base.period)
    if period and base.period:
        rule = replace(rule, period=Period(period.amount, period.unit, said.get("roll", base.period.roll)))
    if "lead" in said:
        rule = replace(rule, lead=replace(said["lead"], roll=False))
    counted = (rule.period, rule.lead) == (house.period, house.lead)
    return replace(
        rule,
        origin=house.origin if counted else "company",
        fine_origin=house.fine_origin if rule.fine == house.fine else "company",
    )


def _setting(
    pages: Pages,
    path: Path,
    said: object,
    base: str | int,
    house: House,
    id_: str,
) -> tuple[str | int, tuple[str, Origin]]:
    """One setting, given as a bare value or as a table with `value`."""
    kind = house.kinds[id_]
    found: Table = {"value": base}
    if isinstance(said, dict):
        found |= pages.keys(path, said, {"value": kind.read, **SETTING})
        fixed: Table = {"clause": house.policy.notes[id_][0], **{key: getattr(kind, key) for key in BOUNDS}}
        for key, value in fixed.items():
            if found.get(key, value) != value:
                pages.wrong((*path, key), Phrase("cannot be changed"))
    else:
        pages.value(path, "value", kind.read, said, found)
    clause, origin = house.policy.notes[id_]
    same = found["value"] == house.policy.settings[id_]
    return found["value"], (clause, origin if same else "company")


def declare(tree: Table, book: Notebook, name: str) -> House:
    """The house's own file, which says what there is: every rule and setting whole, mistakes noted in `book`."""
    pages = Pages(tree, book)
    found: Table = {}
    pages.value(("country",), "country", values.country, tree.get("country"), found)
    rules = {}
    for id_, path, table in pages.entries("rules"):
        said = pages.keys(path, table, RULE)
        _whole(pages, path, said, ("title", "clause", "owner", "origin", "fine", "score"))
        if "period" in said:
            said["period"] = replace(said["period"], roll=said.pop("roll", True))
        if "lead" in said:
            said["lead"] = replace(said["lead"], roll=False)
        rules[id_] = Rule(**{"id": id_, "title": "", "clause": "", "owner": "", "origin": "house",
                             "period": None, **said})  # fmt: skip
    settings: dict[str, str | int] = {}
    notes: dict[str, tuple[str, Origin]] = {}
    kinds = {}
    for id_, path, table in pages.entries("settings"):
        said = pages.keys(path, table, {"value": lambda value: value, **SETTING})
        _whole(pages, path, said, ("value", "origin", "kind"))
        kinds[id_] = Setting(**{"kind": "text", **{key: said[key] for key in BOUNDS if key in said}})
        pages.value((*path, "value"), id_, kinds[id_].read, said.get("value"), settings)
        notes[id_] = (said.get("clause", ""), said.get("origin", "house"))
    return House(Policy(name, found.get("country", ""), rules, settings, notes), kinds)


def _whole(pages: Pages, path: Path, said: Table, needed: tuple[str, ...]) -> None:
    """Note what the house's file leaves out."""
    for key in needed:
        if key not in said:
            pages.book.add(path, Phrase("{key}: {missing} is missing", key=dotted(path), missing=key))
