"""六: customers placed with the engineers who share them: whether one more fits, and how shortage is made even."""

from collections import deque
from collections.abc import Container, Iterable, Mapping, Sequence

from svcq.rules.sampling import lot


class Places:
    """Customers placed with engineers, none with more than there is room for."""

    def __init__(self, room: Mapping[str, int], willing: Mapping[str, Sequence[str]], seed: int) -> None:
        """`room`: engineer -> places; `willing`: customer -> engineers, the first asked first."""
        self.room = room
        self.willing = willing
        self.given: dict[str, str] = {}
        """Customer -> engineer."""
        self.held: dict[str, dict[str, None]] = {name: {} for name in room}
        """Engineer -> customers."""
        self.closed: set[str] = set()
        """Engineers from whom no path leads to room: none ever will again."""
        self.seed = seed

    def take(self, customer: str) -> bool:
        """Place one more, moving others where that makes room; False if it cannot be done."""
        through: dict[str, str] = {}
        waiting = deque([customer])
        while waiting:
            one = waiting.popleft()
            for engineer in self.willing[one]:
                if engineer in through or engineer in self.closed:
                    continue
                through[engineer] = one
                if len(self.held[engineer]) < self.room[engineer]:
                    self._move(engineer, through)
                    return True
                waiting.extend(self.held[engineer])
        self.closed.update(through)
        return False

    def _move(self, engineer: str, through: Mapping[str, str]) -> None:
        """Give the engineer the customer that led there, whoever had that one the next, and so on to the first."""
        former: str | None = engineer
        while former is not None:
            engineer, customer = former, through[former]
            former = self._give(customer, engineer)

    def _give(self, customer: str, engineer: str) -> str | None:
        """Place a customer; who had it before."""
        former = self.given.get(customer)
        if former is not None:
            del self.held[former][customer]
        self.given[customer] = engineer
        self.held[engineer][customer] = None
        return former

    def level(self) -> None:
        """Move customers to who is short until no move makes the shortage more even.

        From the shortest on: where nobody can relieve one, nobody who was asked on the way can be relieved or will
        relieve anybody, for whoever could is at most one less short; so all of them are done.
        """
        shared: dict[str, list[str]] = {name: [] for name in self.room}
        for customer in self.given:
            for engineer in self.willing[customer]:
                shared[engineer].append(customer)
        undecided = dict.fromkeys(sorted(self.room, key=lambda name: (lot(self.seed, name), name)))
        while undecided:
            engineer = max(undecided, key=self._short)
            if self._short(engineer) < 2:
                return
            for name in self._relieve(engineer, shared, undecided):
                del undecided[name]

    def _short(self, engineer: str) -> int:
        return self.room[engineer] - len(self.held[engineer])

    def _relieve(
        self, engineer: str, shared: Mapping[str, Sequence[str]], among: Container[str]
    ) -> Iterable[str]:
        """Bring an engineer a customer at the cost of somebody who is less short even then.

        Nothing if that is done; else everybody who was asked in vain.
        """
        enough = self._short(engineer) - 2
        towards: dict[str, tuple[str, str] | None] = {engineer: None}
        """Engineer -> the customer that would leave there, and to whom."""
        waiting = deque([engineer])
        while waiting:
            one = waiting.popleft()
            for customer in shared[one]:
                holder = self.given[customer]
                if holder in towards or holder not in among:
                    continue
                towards[holder] = customer, one
                if self._short(holder) <= enough:
                    leaving = towards[holder]
                    while leaving is not None:
                        self._give(*leaving)
                        leaving = towards[leaving[1]]
                    return ()
                waiting.append(holder)
        return towards
