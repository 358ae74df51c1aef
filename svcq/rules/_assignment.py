"""The best one-to-one assignment: of all ways to pair rows with columns the one of the greatest total worth."""

from collections import defaultdict
from collections.abc import Mapping
from heapq import heappop, heappush


def assign(worth: Mapping[tuple[int, int], int]) -> dict[int, int]:
    """Row to column, no column twice, so that the total worth is as great as it can be.

    `worth`: a positive whole number for each (row, column) that may be paired; a row may stay alone, which is
    worth nothing. Exact, and the same for the same `worth` in whatever order. About rows x pairs at the worst.
    """
    rows: dict[int, list[tuple[int, int]]] = defaultdict(list)
    most = max(worth.values(), default=0)
    alone = max((column for _, column in worth), default=0) + 1
    for row, column in sorted(worth):
        rows[row].append((column, most - worth[row, column]))
    for place, row in enumerate(reversed(rows)):
        rows[row].append((alone + place, most))  # staying alone, as a column that no other row may have
    search = _Search(rows)
    for row in rows:
        search.place(row)
    return {row: column for row, column in search.column_of.items() if column < alone}


class _Search:
    """Rows placed one by one along the cheapest chain of moves (Kuhn and Munkres, with Dijkstra's search).

    Prices keep every cost minus the prices of its row and column at 0 or more, and at 0 where a row is placed:
    so what is placed is the cheapest there is, after each row.
    """

    def __init__(self, rows: Mapping[int, list[tuple[int, int]]]) -> None:
        """`rows`: for each row its (column, cost), costs of 0 or more."""
        self._rows = rows
        self._row_price = {row: 0 for row in rows}
        self._column_price: dict[int, int] = defaultdict(int)
        self._row_of: dict[int, int] = {}
        self.column_of: dict[int, int] = {}

    def place(self, start: int) -> None:
        """Place one more row, moving others where that is cheaper."""
        reached, came_from = {start: 0}, dict[int, int]()
        near, done = dict[int, int](), dict[int, int]()
        waiting: list[tuple[int, bool, int]] = []
        row = start
        while True:
            base = reached[row] - self._row_price[row]
            for column, cost in self._rows[row]:
                distance = base + cost - self._column_price[column]
                if column not in done and distance < near.get(column, distance + 1):
                    near[column], came_from[column] = distance, row
                    heappush(waiting, (distance, column in self._row_of, column))
            distance, taken, column = heappop(waiting)
            while column in done:
                distance, taken, column = heappop(waiting)
            if not taken:
                break
            done[column] = distance
            row = self._row_of[column]
            reached[row] = distance
        for row, so_far in reached.items():
            self._row_price[row] += distance - so_far
        for other, so_far in done.items():
            self._column_price[other] -= distance - so_far
        while True:
            row = came_from[column]
            self._row_of[column] = row
            before = self.column_of.get(row)
            self.column_of[row] = column
            if before is None:
                return
            column = before
