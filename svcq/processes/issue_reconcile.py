"""三.4: the hospital's problem list beside our issues; what people decided about doubtful pairs is remembered."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from svcq.errors import Refused
from svcq.policy.model import Policy
from svcq.processes.issue import living
from svcq.processes.names import living_customer
from svcq.processes.work import Work
from svcq.rules.issue_problem import entry, entry_key, verdict, wording
from svcq.rules.pairing import Text, pair
from svcq.store.read import Reader
from svcq.store.tables.issue import Issue
from svcq.store.tables.issue_check import ProblemMatch

Row = dict[str, object]
ORDER = ("doubtful", "status_differs", "only_theirs", "only_ours", "matched")
"""What needs a person comes first."""


@dataclass(frozen=True, slots=True)
class Problem:
    """An entry of the hospital's list."""

    row: int
    """Its row in the file."""
    title: str
    reported_on: date | None = None
    status: str | None = None


def compare(
    reader: Reader,
    customer: str,
    ours: Sequence[Mapping[str, object]],
    problems: Sequence[Problem],
    policy: Policy,
) -> list[Row]:
    """The two lists, each entry once: match, ours, theirs, similarity, our_state, their_status, and what helps to see.

    `ours`: the customer's issues as a listing has them.
    """
    known = _decided(reader, customer, ours, problems)
    said = {key: int(policy.settings[f"issue.match_{key}"]) for key in ("least", "certain", "margin")}
    rows = []
    for found in pair(
        [Text(_words(one, customer), _day(one["reported_on"])) for one in ours],
        [Text(wording(one.title, None, customer), one.reported_on) for one in problems],
        known=known,
        **said,
    ):
        mine = None if found.ours is None else ours[found.ours]
        theirs = None if found.theirs is None else problems[found.theirs]
        rows.append(_row(mine, theirs, found.similarity, found.certain))
    return sorted(
        rows, key=lambda row: (ORDER.index(str(row["match"])), row["row"] or 0, str(row["ours"] or ""))
    )


def _row(ours: Mapping[str, object] | None, theirs: Problem | None, similarity: float, certain: bool) -> Row:
    if ours and theirs:
        match = verdict(certain, str(ours["state"]), theirs.status)
    else:
        match = "only_ours" if ours else "only_theirs"
    return {
        "match": match,
        "row": theirs.row if theirs else None,
        "theirs": theirs.title if theirs else None,
        "their_reported_on": theirs.reported_on if theirs else None,
        "their_status": theirs.status if theirs else None,
        "ours": ours["number"] if ours else None,
        "our_title": (ours["title"] or ours["description"]) if ours else None,
        "our_reported_on": ours["reported_on"] if ours else None,
        "our_state": ours["state"] if ours else None,
        "engineer": ours["engineer"] if ours else None,
        "closed_on": ours["closed_on"] if ours else None,
        "similarity": similarity if ours and theirs else None,
    }


def _words(issue: Mapping[str, object], customer: str) -> str:
    title, description = (str(issue[key] or "") for key in ("title", "description"))
    return wording(title, description, customer)


def _day(value: object) -> date | None:
    return value if isinstance(value, date) else None


def _decided(
    reader: Reader, customer: str, ours: Sequence[Mapping[str, object]], problems: Sequence[Problem]
) -> dict[tuple[int, int], bool]:
    """What people decided earlier: (place among ours, place among theirs) -> whether they are the same.

    Where decisions contradict each other the newest holds. One that says the same is about one entry, also where
    others have the same words and day. Where the list or the decision has no day the words alone tell.
    """
    sql = (
        "select problem_key, issue, same from v_problem_match where customer = :customer"
        " order by decided_on desc, id desc"
    )
    numbers = {str(one["number"]): place for place, one in enumerate(ours)}
    worded: dict[str, list[int]] = defaultdict(list)
    for place, problem in enumerate(problems):
        worded[entry_key(problem.title, None)].append(place)
    found: dict[tuple[int, int], bool] = {}
    settled_ours: set[int] = set()
    settled_theirs: set[int] = set()
    for row in reader.rows(sql, {"customer": customer}):
        mine = numbers.get(str(row["issue"]))
        said, day = entry(str(row["problem_key"]))
        for theirs in worded[said] if mine is not None else ():
            other_day = day and problems[theirs].reported_on not in (None, day)
            if mine is None or other_day or (mine, theirs) in found:
                continue
            if not row["same"]:
                found[mine, theirs] = False
            elif mine not in settled_ours and theirs not in settled_theirs:
                found[mine, theirs] = True
                settled_ours.add(mine)
                settled_theirs.add(theirs)
    return found


@dataclass(frozen=True, slots=True)
class Decision:
    """A person's word on an entry of the hospital's list and an issue of ours."""

    problem: Problem
    issue: str
    same: bool


def decide(work: Work, customer: str, problems: Sequence[Problem], decisions: Iterable[Decision]) -> int:
    """Remember what people decided about a list; how many of the decisions are new.

    Refused for another customer's issue. An issue is the same as one entry at most, and an entry as one issue: a new
    word takes the place of the old one. Entries of the same words and day are as many issues as there are of them.
    """
    owner = living_customer(work, customer)
    assert owner.id is not None
    alike = Counter(entry_key(one.title, one.reported_on) for one in problems)
    changed = 0
    for one in decisions:
        issue = living(work, one.issue)
        if issue.customer_id != owner.id:
            raise Refused(
                "issue {number} is not one of {customer}",
                clause="三.4",
                number=issue.number,
                customer=owner.name,
            )
        key = entry_key(one.problem.title, one.problem.reported_on)
        changed += _remember(work, issue, key, one, alike[key])
    return changed


def _remember(work: Work, issue: Issue, key: str, one: Decision, alike: int) -> bool:
    """Keep one decision, in the place of older ones that cannot be true beside it."""
    assert issue.id is not None
    about = select(ProblemMatch).where(
        ProblemMatch.customer_id == issue.customer_id,
        (ProblemMatch.problem_key == key) | (ProblemMatch.issue_id == issue.id),
    )
    row, others = None, []
    for known in work.session.exec(about.order_by(col(ProblemMatch.id).desc())).all():
        if known.problem_key == key and known.issue_id == issue.id:
            row = known
        elif known.same and one.same:
            others.append(known)
    beside = alike - 1
    for known in others:
        if known.issue_id != issue.id and beside > 0:
            beside -= 1
        else:
            work.remove(known, issue.number)
    told = {"same": one.same, "decided_on": work.today, "decided_by": work.actor}
    if row is not None:
        return row.same != one.same and work.change(row, issue.number, told)
    fresh = ProblemMatch(
        customer_id=issue.customer_id,
        issue_id=issue.id,
        problem_key=key,
        problem=one.problem.title,
        **told,  # type: ignore[arg-type]
    )
    work.insert(fresh, issue.number)
    return True
