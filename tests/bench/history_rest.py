"""The rest of those twenty years: upgrades, migrations, callbacks, spot checks, who holds what, and the mails that went."""

import random
from collections.abc import Iterator
from datetime import timedelta

from history import DAYS, EVER, FIRST, LAST, Row, Size, _after, _day, _left, issue, person, table

from svcq.policy.load import house


def _quarters() -> list[tuple[str, str]]:
    """Name and middle day of each quarter that is over."""
    found = ((year, k) for year in range(FIRST.year + 1, LAST.year + 1) for k in range(1, 5))
    return [(f"{year}Q{k}", f"{year}-{3 * k - 1:02d}-15") for year, k in found if (year, k) < (LAST.year, 4)]


@table("upgrade", "id, number, customer_id, applied_on, arranged_on, planned_on, plan_on, registered_on, discussed_on,"
       " tested_on, approved_on, done_on, version, report_on, called_on, stable, solved, arranged, answer, informed_on,"
       " first_on")  # fmt: skip
def upgrades(size: Size, chance: random.Random) -> Iterator[Row]:
    """Six weeks from the application to the call."""
    for n in range(1, size.projects + 1):
        on = _day(n, size.projects)
        done = None if _left(n, size.projects) else _after(on, 30)
        called = _after(on, 40) if done else None
        yield (
            *(n, f"SJ-{n:06d}", 1 + n % size.hospitals, on.isoformat(), _after(on, 2)),
            *((on + timedelta(days=30)).isoformat(), *(_after(on, 10 + k) for k in range(5)), done),
            *(f"V{n % 9}" if done else None, _after(on, 33) if done else None, called),
            *((1, 1, 1, "yes") if called else (None,) * 4),
            *(_after(on, 41) if called else None, on.isoformat()),
        )


@table("upgrade_skip", "upgrade_id, done_on, step, skipped, reason")
def skips(size: Size, chance: random.Random) -> Iterator[Row]:
    """Every fortieth was done without a test."""
    for n in range(40, size.projects + 1, 40):
        if on := _after(_day(n, size.projects), 30):
            yield n, on, "done", "test", "院方要求"


@table("migrate", "id, number, customer_id, system, done_on, reindexed_on, registered_on")
def migrations(size: Size, chance: random.Random) -> Iterator[Row]:
    """Registered on the next day."""
    for n in range(1, size.projects + 1):
        on = _day(n, size.projects)
        registered = None if _left(n, size.projects) else _after(on, 1)
        yield n, f"QY-{n:06d}", 1 + n % size.hospitals, "HIS", on.isoformat(), on.isoformat(), registered


@table("migrate_check", "year, checked_on, by_name")
def december(size: Size, chance: random.Random) -> Iterator[Row]:
    """Held every year."""
    yield from ((f"{year}", f"{year}-12-20", person(6)) for year in range(FIRST.year, LAST.year))


@table(
    "callback",
    "id, number, quarter, engineer_id, customer_id, drawn_on, seed, asked_on, service, attitude, first_on",
)
def callbacks(size: Size, chance: random.Random) -> Iterator[Row]:
    """Two of each third person every quarter."""
    key = 0
    for name, day in _quarters():
        for who in range(1, size.people + 1, 3):
            for place in range(2):
                key += 1
                of = 1 + (who * 7 + place * 11 + key) % size.hospitals
                number = f"{name}-{person(who)}-{key:06d}"
                asked = day if key % 400 else None
                marks = (chance.randrange(2, 6), chance.randrange(3, 6)) if asked else (None, None)
                yield key, number, name, who, of, day, 1, asked, *marks, day


@table("callback_try", "callback_id, tried_on, by_name")
def tries(size: Size, chance: random.Random) -> Iterator[Row]:
    """Nobody was there at first, every fifth time."""
    each = 2 * len(range(1, size.people + 1, 3))
    for place, (_name, day) in enumerate(_quarters()):
        for key in range(place * each + 1, (place + 1) * each + 1, 5):
            yield key, day, person(6)


@table("leave", "id, person_id, from_on, until_on, kind")
def leave(size: Size, chance: random.Random) -> Iterator[Row]:
    """Five times a year each."""
    for n in range(1, 100 * size.people + 1):
        on = FIRST + timedelta(days=(n // size.people) * 73 + n % 60)
        if on <= LAST:
            yield n, 1 + n % size.people, on.isoformat(), (on + timedelta(days=n % 3)).isoformat(), "年假"


@table("exam", "person_id, taken_on, passed")
def exams(size: Size, chance: random.Random) -> Iterator[Row]:
    """Everybody passed."""
    yield from ((n, "2006-01-16", 1) for n in range(1, size.people + 1))


@table("spot_check", "month, customer_id, records_on, leave_on, list_asked_on, reconciled_on")
def checks(size: Size, chance: random.Random) -> Iterator[Row]:
    """A tenth of the hospitals each month."""
    for place, month in enumerate(size.months):
        for n in range(1 + place % 10, size.hospitals + 1, 10):
            yield month, n, *(f"{month}-{day}" for day in (20, 21, 22, 24))


@table("spot_sample", "id, month, drawn_on, seed, window_until")
def samples(size: Size, chance: random.Random) -> Iterator[Row]:
    """One a month."""
    for n, month in enumerate(size.months, 1):
        yield n, month, f"{month}-20", n, f"{month}-20"


@table(
    "spot_finding",
    "id, number, sample_id, person_id, record, record_on, step_id, finding, found_on, found_by",
)
def findings(size: Size, chance: random.Random) -> Iterator[Row]:
    """A hundredth of the issues, spread over the months."""
    each = max(1, size.issues // 100 // len(size.months))
    for n, month in enumerate(size.months, 1):
        for place in range(each):
            key = (n - 1) * each + place + 1
            said = "wrong" if key % 30 == 0 else "confirmed"
            who, step = 1 + key % size.people, 1 + key * 100 % (2 * size.issues)
            yield (
                key,
                f"{month}-{place + 1:04d}",
                n,
                who,
                "work",
                f"{month}-15",
                step,
                said,
                f"{month}-21",
                person(6),
            )


@table("assignment", "kind, record_id, role, from_on, place, person_id")
def assignments(size: Size, chance: random.Random) -> Iterator[Row]:
    """Hospitals change hands every five years; a third of the issues, and every other record, have people of their own."""

    def somebody() -> int:
        return 1 + chance.randrange(size.people)

    for n in range(1, size.hospitals + 1):
        for since in (
            EVER,
            *((FIRST + timedelta(days=part * DAYS // 4)).isoformat() for part in range(1, 4)),
        ):
            yield "customer", n, "engineer", since, 0, somebody()
            yield "customer", n, "engineer", since, 1, somebody()
            yield "customer", n, "account_manager", since, 0, somebody()
            yield "customer", n, "salesperson", since, 0, somebody()
    kinds = {
        "contract": (range(1, size.contracts + 1), ("salesperson", "account_manager")),
        "issue": (range(3, size.issues + 1, 3), ("engineer",)),
        "handover": (range(1, size.projects + 1), ("project_manager",)),
        "upgrade": (range(1, size.projects + 1), ("upgrader", "regional_manager")),
        "migrate": (range(1, size.projects + 1), ("engineer",)),
    }
    for kind, (records, roles) in kinds.items():
        yield from ((kind, n, role, EVER, 0, somebody()) for n in records for role in roles)


@table("duty", "rule, region, from_on, person_id")
def duties(size: Size, chance: random.Random) -> Iterator[Row]:
    """Somebody at QC answers for each rule, since ten years ago somebody else."""
    for place, rule in enumerate(one for one in house().rules.values() if one.owner == "qc"):
        yield rule.id, "", EVER, 6
        yield rule.id, "", "2016-11-21", 1 + place % size.people


@table("mail", "id, channel, person_id, day, to_address, message_id, state, attempts, sent_at")
def mails(size: Size, chance: random.Random) -> Iterator[Row]:
    """One in twenty issues was told in a mail of its own day and person."""
    for n in range(1, size.issues // 20 + 1):
        on, who = _day(n, size.issues // 20).isoformat(), 1 + n % size.people
        yield (
            n,
            "email",
            who,
            on,
            f"p{who}@fuwu.example",
            f"<{n}@fuwu.example>",
            "sent",
            1,
            f"{on}T08:00:00+08:00",
        )


@table("reminder", "id, rule, number, starts_on, due_on, channel, person_id, day, state, mail_id, done_on")
def reminders(size: Size, chance: random.Random) -> Iterator[Row]:
    """Four in each mail."""
    for n in range(1, size.issues // 5 + 1):
        mail = (n + 3) // 4
        on = _day(mail, size.issues // 20).isoformat()
        who = 1 + mail % size.people
        yield (
            n,
            "issue.close",
            issue(n * 5),
            on,
            on,
            "email",
            who,
            on,
            "sent",
            min(mail, size.issues // 20),
            on,
        )


@table("waiver", "rule, number, starts_on, waived_on, waived_by, reason")
def waivers(size: Size, chance: random.Random) -> Iterator[Row]:
    """Every thousandth issue."""
    for n in range(1000, size.issues + 1, 1000):
        on = _day(n, size.issues)
        if then := _after(on, 20):
            yield "issue.close", issue(n), on.isoformat(), then, person(6), "院方停电"
