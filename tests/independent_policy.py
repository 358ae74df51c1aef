"""What the second calculators of chapters 四 to 七 know of numbers: those of the written process, and versions of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tests.independent_common import days_after, months_after, working_days_after

PERIODS = {
    "upgrade.report": (7, "days"),
    "upgrade.paper": (30, "days"),
    "upgrade.callback": (2, "workdays"),
    "upgrade.second_callback": (3, "days"),
    "upgrade.inform": (1, "workdays"),
    "migrate.register": (3, "workdays"),
    "callback.sample": (15, "workdays"),
    "contract.feedback": (5, "workdays"),
}
SETTINGS = {
    "migrate.level": 2,
    "migrate.years": 3,
    "callback.tries": 3,
    "callback.per_engineer": 5,
    "callback.yearly_most": 2,
    "score.points": 5,
    "score.points_most": 20,
    "score.weight_compliance": 60,
    "score.weight_satisfaction": 25,
    "score.weight_resolution": 15,
    "score.grade_a": 90,
    "score.grade_b": 75,
    "score.grade_c": 60,
}
FINES = {"contract.return": 100}
YEARLY = ("upgrade", "migrate")
"""Processes whose breaches count at the year's end only (四.5, 五.4)."""

Version = Mapping[tuple[str, str], object]
"""What a version says otherwise, e.g. ("points", "issue.close") -> 10, ("setting", "score.grade_a") -> 95."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """Versions by the day from which they hold; each says only how it differs from the written process."""

    versions: Sequence[tuple[date, Version]] = ()

    def said(self, day: date, what: str, name: str, otherwise: object) -> object:
        """What the version of a day says of something."""
        newest: Version = {}
        for since, version in self.versions:
            if since <= day:
                newest = version
        return newest.get((what, name), otherwise)

    def setting(self, day: date, name: str) -> int:
        """A number that is no period."""
        value = self.said(day, "setting", name, SETTINGS[name])
        assert isinstance(value, int)
        return value

    def due(self, rule: str, starts: date) -> date:
        """When the period of a rule that starts on a day ends."""
        period = self.said(starts, "period", rule, PERIODS[rule])
        assert isinstance(period, tuple)
        amount, unit = period
        if unit == "workdays":
            return working_days_after(starts, amount)
        return days_after(starts, amount) if unit == "days" else days_after(months_after(starts, amount), 0)

    def fine(self, rule: str, starts: date) -> int:
        """What a breach costs, in CNY."""
        value = self.said(starts, "fine", rule, FINES.get(rule, 0))
        assert isinstance(value, int)
        return value

    def points(self, rule: str, last: date) -> tuple[int, int]:
        """What a breach costs, and the rule at most, in a period that ends on a day."""
        each = self.said(last, "points", rule, self.setting(last, "score.points"))
        most = self.said(last, "points_most", rule, self.setting(last, "score.points_most"))
        assert isinstance(each, int)
        assert isinstance(most, int)
        return each, most

    def scored(self, rule: str, last: date) -> object:
        """Where a breach counts: quarter, year or none."""
        usual = "year" if rule.partition(".")[0] in YEARLY else "quarter"
        return self.said(last, "score", rule, usual)


WRITTEN = Numbers()
"""The process as it is written."""


def first_full(live: date, months: int) -> date:
    """The first day of the first full month (1), quarter (3) or year (12) from `live` on."""
    day = date(live.year, (live.month - 1) // months * months + 1, 1)
    return day if day == live else months_after(day, months)
