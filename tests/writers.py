"""Several processes that write to one store at once, and the reckoning afterwards: what was confirmed is there once."""

import json
import os
import random
import re
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from svcq.store.address import Address
from tests.cli import Svcq
from tests.stores import faults

HOSPITAL = "江州市中心医院"
CALLED = ("HT-1", "HT-2")
WORKED = ("WT-1", "WT-2", "WT-3")
COUNTED = "WT-9"
FIELDS = (
    *(("issue", "WT-1", key, f"--{key}") for key in ("title", "system", "module", "description")),
    *(("customer", HOSPITAL, key, f"--{key}") for key in ("contact", "phone", "email", "version")),
)
"""Fields of few records: each writer mends one of them again and again."""
LISTINGS = (("contract", "list"), ("issue", "list"), ("due", "--all"), ("log", "--limit", "50"))


@dataclass(slots=True)
class Written:
    """One call of a writer that the store confirmed, or did not."""

    act: str
    mark: str
    code: int
    seconds: float
    number: str = ""
    """What a new record is called, as the command told."""
    said: str = ""


@dataclass
class Writer:
    """One of the processes: what it calls goes to its own file at once, before and after."""

    svcq: Svcq
    place: int
    folder: Path
    rounds: int = 0
    own: list[str] = field(default_factory=list)
    """Its contracts that are not back."""
    issues: list[str] = field(default_factory=list)
    """Its issues that are open."""

    def run(self, until: float) -> None:
        """Write until the hour strikes."""
        chance = random.Random(self.place)
        acts = (self.add, self.give_back, self.call, self.report, self.work, self.close, self.mend, self.mend)
        more = (*acts, self.count, self.take_in)
        with (self.folder / f"writer{self.place}.jsonl").open("a", encoding="utf-8") as self.file:
            while time.monotonic() < until:
                self.rounds += 1
                chance.choice(more)(f"w{self.place}-{self.rounds}")

    def tell(self, act: str, mark: str, *words: object) -> Written:
        """Call svcq, and keep what came of it where a power cut would not take it."""
        begin = time.monotonic()
        ran = self.svcq(act.split()[0], *words, code=None)
        took = time.monotonic() - begin
        number = re.search(r"(?:contract|issue) (\S+) entered", ran.err)
        done = Written(
            act, mark, ran.code, took, number[1] if number else "", "" if ran.code == 0 else ran.err
        )
        self.file.write(json.dumps([getattr(done, name) for name in Written.__slots__]) + "\n")
        self.file.flush()
        os.fsync(self.file.fileno())
        return done

    def add(self, mark: str) -> None:
        """A contract under the next number."""
        words = ("add", "--customer", HOSPITAL, "--project", mark, "--sealed", "2026-11-02")
        done = self.tell("contract add", mark, *words)
        self.own += [done.number] if done.code == 0 else []

    def give_back(self, mark: str) -> None:
        """A contract of its own comes back."""
        if self.own:
            self.tell("contract return", self.own[-1], "return", self.own.pop(), "--on", "2026-11-20")

    def call(self, mark: str) -> None:
        """One more call about a contract that others call about too."""
        number = CALLED[self.rounds % len(CALLED)]
        self.tell("contract call", mark, "call", number, "--on", "2026-11-20", "--by", "周静", "--note", mark)

    def report(self, mark: str) -> None:
        """An issue under the next number."""
        done = self.tell("issue add", mark, "add", "--customer", HOSPITAL, "--title", mark)
        self.issues += [done.number] if done.code == 0 else []

    def work(self, mark: str) -> None:
        """One more step on an issue that others work on too."""
        number = WORKED[self.rounds % len(WORKED)]
        self.tell("issue step", mark, "step", number, "--on", "2026-11-20", "--by", "李伟", "--what", mark)

    def close(self, mark: str) -> None:
        """An issue of its own is closed."""
        if self.issues:
            number = self.issues.pop()
            self.tell("issue close", number, "close", number, "--on", "today", "--reason", mark)

    def mend(self, mark: str) -> None:
        """Its own field of a record of which others mend other fields."""
        group, number, _, option = FIELDS[self.place % len(FIELDS)]
        self.tell(f"{group} edit", mark, "edit", number, option, mark, "--reason", "mend")

    def count(self, mark: str) -> None:
        """One more in a field that others count up too: whoever saw an older number has to look again."""
        for _ in range(100):
            seen = self.svcq("issue", "show", COUNTED, "-f", "json", code=None)
            if seen.code:
                return
            value, revision = int(seen.json["module"]), seen.json["revision"]
            words = ("edit", COUNTED, "--module", value + 1, "--reason", mark, "--revision", revision)
            if self.tell("issue count", mark, *words).code != 4:
                return

    def take_in(self, mark: str) -> None:
        """A small file with three contracts and a step."""
        path = self.folder / f"{mark}.csv"
        rows = "".join(f"{HOSPITAL},{mark}/{n},2026-11-0{n}\n" for n in (1, 2, 3))
        path.write_text(f"customer,project,sealed_on\n{rows}", "utf-8")
        self.tell("import", mark, path)
        path.unlink()


def prepare(svcq: Svcq) -> None:
    """The records that all of them write about; the store has people, hospitals and two contracts."""
    for number in (*WORKED, COUNTED):
        words = ("--customer", HOSPITAL, "--title", "慢", "--reported", "2026-11-02", "--module", "0")
        svcq("issue", "add", number, *words)


def look_on(svcq: Svcq, folder: Path, until: float) -> None:
    """Read listings, check the store and copy it while others write; what is wrong goes to a file."""
    rounds, wrong = 0, []
    while time.monotonic() < until:
        rounds += 1
        for words in LISTINGS:
            ran = svcq(*words, "-f", "json", code=None)
            wrong += [ran.err] if ran.code else []
        ran = svcq("db", "check", code=None)
        wrong += [ran.err + ran.out] if ran.code else []
        copy = folder / f"backup{rounds}.db"
        ran = svcq("db", "backup", copy, code=None)
        wrong += [ran.err] if ran.code else []
        ran = svcq("--db", copy, "db", "check", code=None)
        wrong += [f"a copy: {ran.err}{ran.out}"] if ran.code else []
        time.sleep(0.2)
    (folder / "reader.json").write_text(json.dumps([rounds, wrong]), "utf-8")


def together(store: Address, folder: Path, *, writers: int, seconds: float, **environ: str) -> "Reckoning":
    """Let so many processes write to a store for a time, one look on, and reckon up."""
    svcq = Svcq(store)  # type: ignore[arg-type]
    svcq.told |= environ
    prepare(svcq)
    for words in LISTINGS:
        svcq(*words, "-f", "json")  # what is imported now is there in every child
    until = time.monotonic() + seconds
    children = [
        forked(lambda place=place: Writer(svcq, place, folder).run(until)) for place in range(writers)
    ]
    children.append(forked(lambda: look_on(svcq, folder, until)))
    ended = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
    assert not any(ended), f"a process broke off: {ended}"
    return Reckoning(store, [_read(folder / f"writer{place}.jsonl") for place in range(writers)], folder)


def forked(act: Any) -> int:
    """The id of a process that does it, and ends with 0 if that went well."""
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        act()
        code = 0
    except BaseException:
        import traceback

        traceback.print_exc()
    finally:
        os._exit(code)


def _read(path: Path) -> list[Written]:
    return [Written(*json.loads(line)) for line in path.read_text("utf-8").splitlines()]


@dataclass
class Reckoning:
    """What the writers were told against what is in the store."""

    store: Address
    by_writer: list[list[Written]]
    folder: Path

    @property
    def calls(self) -> list[Written]:
        """Every call of every writer."""
        return [one for calls in self.by_writer for one in calls]

    @property
    def confirmed(self) -> list[Written]:
        """Those that ended well."""
        return [one for one in self.calls if one.code == 0]

    @property
    def gave_up(self) -> list[Written]:
        """Those that waited too long and were told so."""
        return [one for one in self.calls if one.code == 1 and "did not become free in" in one.said]

    def wrong(self) -> Iterator[str]:
        """Whatever is not as it was confirmed."""
        rows = {
            name: _dicts(self.store, name) for name in ("contract", "issue", "issue_step", "contract_call")
        }
        yield from self._unexpected()
        yield from self._numbers()
        yield from _once(
            "contract", Counter(str(row["project"]) for row in rows["contract"]), self._marks("contract add")
        )
        yield from _once(
            "call", Counter(str(row["note"]) for row in rows["contract_call"]), self._marks("contract call")
        )
        yield from _once(
            "issue", Counter(str(row["title"]) for row in rows["issue"]), self._marks("issue add")
        )
        yield from _once(
            "step", Counter(str(row["what"]) for row in rows["issue_step"]), self._marks("issue step")
        )
        yield from _once("row", Counter(str(row["project"]) for row in rows["contract"]), self._rows())
        yield from self._state(rows)
        yield from self._fields(rows)
        rounds, found = json.loads((self.folder / "reader.json").read_text("utf-8"))
        yield from (f"while others wrote: {one}" for one in found)
        if not rounds:
            yield "nobody looked on"
        yield from (f"db check: {one}" for one in faults(self.store))

    def _unexpected(self) -> Iterator[str]:
        refused = [one for one in self.calls if one.code == 4 and one.act == "issue count"]
        told = len(self.confirmed) + len(self.gave_up) + len(refused)
        for one in self.calls:
            if one.code and one not in refused and one not in self.gave_up:
                yield f"{one.act} {one.mark}: {one.code} {one.said}"
            if one.code and len(one.said.splitlines()) != 1:
                yield f"{one.act} {one.mark}: not one sentence: {one.said}"
        if told > len(self.calls):
            yield "calls were told twice"

    def _numbers(self) -> Iterator[str]:
        given = Counter(one.number for one in self.confirmed if one.number)
        yield from (f"{number} was given {times} times" for number, times in given.items() if times > 1)

    def _marks(self, act: str) -> dict[str, bool]:
        """Mark of each call -> whether it was confirmed."""
        return {one.mark: one.code == 0 for one in self.calls if one.act == act}

    def _rows(self) -> dict[str, bool]:
        return {f"{mark}/{n}": well for mark, well in self._marks("import").items() for n in (1, 2, 3)}

    def _state(self, rows: dict[str, list[dict[str, Any]]]) -> Iterator[str]:
        back = {row["number"] for row in rows["contract"] if row["returned_on"]}
        returned = {one.mark for one in self.confirmed if one.act == "contract return"}
        yield from (f"contract {number} is not back" for number in returned - back)
        yield from (f"contract {number} is back unasked" for number in back - returned)
        closed = {one.mark for one in self.confirmed if one.act == "issue close"}
        events = {row["issue_id"] for row in _dicts(self.store, "issue_event")}
        shut = {row["number"] for row in rows["issue"] if row["id"] in events}
        yield from (f"issue {number} is not closed" for number in closed ^ shut)

    def _fields(self, rows: dict[str, list[dict[str, Any]]]) -> Iterator[str]:
        """Each writer's own field holds what it wrote last; the one that all count up, how often they did."""
        for place, calls in enumerate(self.by_writer):
            group, number, key, _ = FIELDS[place % len(FIELDS)]
            written = [one.mark for one in calls if one.code == 0 and one.act == f"{group} edit"]
            table = rows.get(group) or _dicts(self.store, group)
            value = next(row[key] for row in table if number in (row.get("number"), row.get("name")))
            if written and value != written[-1]:
                yield f"{group} {number}: {key} is {value}, the last confirmed was {written[-1]}"
        counted = sum(one.code == 0 for one in self.calls if one.act == "issue count")
        value = next(row["module"] for row in rows["issue"] if row["number"] == COUNTED)
        if int(value) != counted:
            yield f"{COUNTED} was counted up {counted} times and stands at {value}"

    def table(self, name: str, seconds: float) -> str:
        """The figures of the run."""
        waits = sorted(one.seconds for one in self.calls)
        each = [sum(one.code == 0 for one in calls) for calls in self.by_writer]
        rounds, _ = json.loads((self.folder / "reader.json").read_text("utf-8"))
        looked = [one for one in self.calls if one.code == 4]
        return (
            f"{name:<11} {len(each)} writers {seconds:5.1f} s  confirmed {len(self.confirmed):6}"
            f" ({len(self.confirmed) / seconds:6.1f}/s, {min(each)}..{max(each)} each)"
            f"  had to look again {len(looked):4}  gave up {len(self.gave_up):3}"
            f"  median {waits[len(waits) // 2] * 1000:5.0f} ms  p99 {waits[int(len(waits) * 0.99)] * 1000:5.0f} ms"
            f"  longest {waits[-1]:5.2f} s  checks and backups meanwhile {rounds}"
        )


def _once(what: str, found: Counter[str], marks: dict[str, bool]) -> Iterator[str]:
    """A confirmed mark is there once, another not at all."""
    for mark, confirmed in marks.items():
        if found[mark] != confirmed:
            yield f"{what} {mark} is there {found[mark]} times, {'' if confirmed else 'not '}confirmed"


def _dicts(store: Address, table: str) -> list[dict[str, Any]]:
    """The rows of a table by column."""
    from svcq.store.read import Reader

    reader = Reader(store)
    try:
        return list(reader.rows(f"select * from {table}"))
    finally:
        reader.close()
