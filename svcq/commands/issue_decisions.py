"""三.4: what people decide about a hospital's entries and our issues: typed as options, or asked on a terminal."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import typer

from svcq.commands.shared import done
from svcq.desk import Desk
from svcq.errors import Usage
from svcq.locale import _, ngettext
from svcq.output.shape import Row

if TYPE_CHECKING:
    from svcq.processes.issue_reconcile import Decision, Problem


def said(problems: "Sequence[Problem]", same: Sequence[str], different: Sequence[str]) -> "list[Decision]":
    """What --same and --different say, looked up; Usage for a row that the list has not, or if they contradict."""
    from svcq.processes.issue_reconcile import Decision

    found: dict[tuple[int, str], Decision] = {}
    for option, pairs in (("--same", same), ("--different", different)):
        for pair in pairs:
            problem, number = _pair(problems, option, pair)
            one = Decision(problem, number, option == "--same")
            for (row, known), other in found.items():
                both = row == problem.row and known == number
                either = row == problem.row or known == number
                if (one.same and other.same and either and not both) or (both and one.same != other.same):
                    raise Usage("{option} {pair} contradicts {row}={number}: give one of them",
                                option=option, pair=pair, row=row, number=known)  # fmt: skip
            found[problem.row, number] = one
    return list(found.values())


def _pair(problems: "Sequence[Problem]", option: str, pair: str) -> "tuple[Problem, str]":
    """The entry and the number that `ROW=NUMBER` names."""
    from svcq.rules.matching import tidy_number

    row, _equals, text = pair.partition("=")
    number = tidy_number(text)
    if not row.strip().isdecimal() or len(row) > 7 or not number:
        raise Usage("{option}: {text} is not ROW=NUMBER", option=option, text=repr(pair))
    there = [problem for problem in problems if problem.row == int(row)]
    if not there:
        raise Usage("{option}: the list has no row {row}", option=option, row=int(row))
    if len(there) > 1:
        raise Usage(
            "{option}: several sheets have a row {row}; name one with --sheet", option=option, row=int(row)
        )
    return there[0], number


def ask(
    desk: Desk,
    customer: str,
    problems: "Sequence[Problem]",
    compared: Callable[[], Sequence[Row]],
) -> None:
    """Ask about each doubtful pair of `compared`, also about those that the answers bring up; each is kept at once."""
    from svcq.processes.issue_reconcile import Decision, Problem

    seen: set[tuple[object, object]] = set()
    while True:
        doubtful = [row for row in compared() if row["match"] == "doubtful"]
        fresh = [row for row in doubtful if (row["row"], row["ours"]) not in seen]
        if not fresh:
            return
        for row in fresh:
            seen.add((row["row"], row["ours"]))
            answer = _asked(row)
            if answer == "q":
                return
            if answer != "s":
                on: Any = row["their_reported_on"]
                problem = Problem(int(str(row["row"])), str(row["theirs"]), on)
                keep_decisions(desk, customer, problems, [Decision(problem, str(row["ours"]), answer == "y")])


def _asked(row: Row) -> str:
    """What the user says of a doubtful pair: y, n, s or q."""
    from svcq.output.terminal import talk

    theirs, ours = (
        " ".join(str(row[key]) for key in keys if row[key] is not None)
        for keys in (("row", "their_reported_on", "theirs"), ("ours", "our_reported_on", "our_title"))
    )
    talk(_("theirs: {what}").format(what=theirs))
    talk(_("ours:   {what}").format(what=ours))
    text = _("similarity {similarity}; the same? y: yes, n: no, s: later, q: stop").format(**row)
    answer = ""
    while answer not in ("y", "n", "s", "q"):
        answer = typer.prompt(text, default="s", err=True).strip().casefold()
    return answer


def keep_decisions(
    desk: Desk, customer: str, problems: "Sequence[Problem]", decisions: "Sequence[Decision]"
) -> None:
    """Remember decisions, and say how many of them are new."""
    from svcq.processes.issue_reconcile import decide

    with desk.work() as work:
        changed = decide(work, customer, problems, decisions)
    text = ngettext("{count} decision remembered", "{count} decisions remembered", changed)
    done(desk, bool(changed), text, _("that is decided already: nothing to change"), count=changed)
