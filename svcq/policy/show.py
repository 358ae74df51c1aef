"""A policy as a file again, and what differs between two."""

from collections.abc import Callable, Mapping

from svcq.policy.load import HOUSE
from svcq.policy.model import Policy, Rule
from svcq.policy.places import Path, places
from svcq.policy.values import quoted, said_flag, said_money, said_period

SAID: Mapping[str, Callable[[Rule], str]] = {
    "title": lambda rule: rule.title,
    "clause": lambda rule: rule.clause,
    "owner": lambda rule: rule.owner,
    "period": lambda rule: said_period(rule.period) if rule.period else "",
    "roll": lambda rule: said_flag(rule.period.roll) if rule.period else "",
    "lead": lambda rule: said_period(rule.lead) if rule.lead else "",
    "fine": lambda rule: said_money(rule.fine),
    "score": lambda rule: rule.score,
    "points": lambda rule: _number(rule.points),
    "points_most": lambda rule: _number(rule.points_most),
    "remind_before": lambda rule: _number(rule.remind_before),
    "remind_every": lambda rule: _number(rule.remind_every),
    "origin": lambda rule: rule.origin,
    "fine_origin": lambda rule: rule.fine_origin,
}
"""What each key of a rule says, without quotes; empty: the rule has none."""
BARE = ("roll", "fine", "points", "points_most", "remind_before", "remind_every")
"""The keys that a file has without quotes."""
OWN = ("points", "points_most", "remind_before", "remind_every")
"""The keys that the house's file leaves out: they follow the score of a rule that has some."""
DERIVED = ("origin", "fine_origin")


def _number(number: int | None) -> str:
    return "" if number is None else str(number)


def dump(policy: Policy) -> str:
    """The whole policy as a file with the house's comments; `parse` makes an equal policy of it."""
    text = HOUSE.read_text("utf-8")
    said: dict[Path, str] = {("country",): quoted(policy.country)}
    for id_, rule in policy.rules.items():
        for key, say in SAID.items():
            said["rules", *id_.split("."), key] = say(rule) if key in BARE else quoted(say(rule))
        own = [f"\n{key} = {number}" for key in OWN if (number := SAID[key](rule))]
        said["rules", *id_.split("."), "score"] += "".join(own)
    for id_, value in policy.settings.items():
        path: Path = ("settings", *id_.split("."))
        said[*path, "value"] = quoted(value) if isinstance(value, str) else str(value)
        said[*path, "origin"] = quoted(policy.notes[id_][1])
    parts, at = [], 0
    for path, place in sorted(places(text).items(), key=lambda one: one[1].start):
        if path in said:
            parts += [text[at : place.start], said[path]]
            at = place.end
    return "".join([*parts, text[at:]])


def differences(a: Policy, b: Policy) -> list[tuple[str, str, str]]:
    """What `b` changes: (dotted key of the file, before, after), as files say it, without quotes.

    Empty where one of them has nothing. Clauses and owners are among them, origins are not: they follow.
    """
    before, after = _lines(a), _lines(b)
    keys = dict.fromkeys((*before, *after))
    found = ((key, before.get(key, ""), after.get(key, "")) for key in keys)
    return [(key, was, now) for key, was, now in found if was != now]


def _lines(policy: Policy) -> dict[str, str]:
    """Every key that says something of its own, with its value without quotes."""
    lines = {"country": policy.country}
    for id_, rule in policy.rules.items():
        for key, say in SAID.items():
            if key not in DERIVED and (value := say(rule)):
                lines[f"rules.{id_}.{key}"] = value
    for id_, setting in policy.settings.items():
        lines[f"settings.{id_}"] = str(setting)
    return lines
