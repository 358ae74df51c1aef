"""Counting time: the working days of a country, with make-up days at weekends and the company's own days."""

import re
import warnings
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Literal

from svcq.errors import Usage
from svcq.rules.tally import Tally, days_of

if TYPE_CHECKING:
    from holidays import HolidayBase

Language = Literal["zh", "en"]
ReasonCode = Literal["workday", "weekend", "holiday", "makeup", "company_off", "company_on"]

NO_COUNTRY = "none"
"""In place of a country: Monday to Friday, no holidays."""
FINGERPRINTED = range(2000, 2046)
"""The years whose days go into a fingerprint."""
HOLES = {"CN": range(2000, 2001)}
"""Years whose make-up days the data lacks: China's starts with the notice for 2001, the practice before it."""

_AMERICAN_DATE = re.compile(r"\b(\d\d)/(\d\d)/(\d{4})\b")


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a day is worked or not. `name`: the holiday's, in the language asked for; else empty."""

    code: ReasonCode
    name: str = ""


class _Country:
    """What the `holidays` package says of one country: the only place that knows the package."""

    def __init__(self, code: str) -> None:
        """`code`: in capitals; Usage if unknown."""
        import holidays

        if code not in holidays.list_supported_countries():
            raise _unknown(code)
        options = getattr(holidays, code).get_supported_options()
        marked: dict[str, Any] = {name: True for name in options if name.endswith("_show_estimated")}
        speak = partial(holidays.country_holidays, code, **marked)
        self._plain = self._chinese = speak(language="en_US")
        if "zh_CN" in self._plain.supported_languages:
            self._chinese = speak(language="zh_CN")
        self.code = self._plain.country
        swaps = [
            year
            for year, days in getattr(self._plain, "special_public_holidays", {}).items()
            if any(len(day) > 3 for day in (days if isinstance(days[0], tuple) else (days,)))
        ]
        self._covered = range(self._plain.start_year, self._plain.end_year + 1)
        self._settled_until = max(swaps, default=self._plain.end_year)
        self._holes = set(HOLES.get(self.code, ()))
        self._flags: dict[int, bytes] = {}
        self._published: dict[int, bool] = {}

    def name(self, day: date, language: Language) -> str:
        """The name of the holiday on `day`, dates in it as ISO; empty if there is none."""
        names = self._filled(self._chinese if language == "zh" else self._plain, day.year)
        return _AMERICAN_DATE.sub(r"\3-\1-\2", names.get(day, ""))

    def is_weekend(self, day: date) -> bool:
        """Whether the country rests on that day of the week, at that time of its history."""
        return self._filled(self._plain, day.year).is_weekend(day)

    def flags(self, year: int) -> bytes:
        """A 1 for each working day of the year from 1 January on, else a 0."""
        if year not in self._flags:
            self._flags[year] = bytes(self._worked(year))
        return self._flags[year]

    def published(self, year: int) -> bool:
        """See `Calendar.published`."""
        if year not in self._published:
            self._published[year] = self._settled(year)
        return self._published[year]

    def _worked(self, year: int) -> bytearray:
        days, country = days_of(year), self._filled(self._plain, year)
        if year not in self._covered:
            return bytearray(day.weekday() not in country.weekend for day in days)
        flags = bytearray(not country.is_weekend(day) for day in days)
        for day in country:
            if day.year == year:
                flags[(day - days[0]).days] = 0
        for day in country.weekend_workdays:
            if day.year == year and country.is_weekend(day):
                flags[(day - days[0]).days] = 1
        return flags

    def _settled(self, year: int) -> bool:
        names = self._filled(self._plain, year)
        if year not in self._covered or year > self._settled_until or year in self._holes:
            return False
        return not any("estimated" in name for day, name in names.items() if day.year == year)

    def _filled(self, names: "HolidayBase", year: int) -> "HolidayBase":
        """`names` with the holidays of the year, if the data covers it; a year the package warns of is a hole."""
        if year in self._covered and year not in names.years:
            with warnings.catch_warnings(record=True) as said:
                warnings.simplefilter("always")
                names.get(date(year, 1, 1))
            if said:
                self._holes.add(year)
        return names


@cache
def _country(code: str) -> _Country:
    return _Country(code)


def _unknown(code: str) -> Usage:
    """The error of an unknown country, with the codes that look like it or whose country is called so."""
    from difflib import get_close_matches

    from holidays.registry import COUNTRIES

    known: dict[str, str] = {}
    for name, (_, short, long, *_more) in COUNTRIES.items():
        known |= dict.fromkeys((short, long, name.upper().replace("_", " ")), short)
    near = dict.fromkeys(known[found] for found in get_close_matches(code, known, n=4, cutoff=0.5))
    if not near:
        return Usage("{country}: not the code of a country; `none` counts Monday to Friday", country=code)
    return Usage(
        "{country}: not the code of a country; near it: {near}; `none` counts Monday to Friday",
        country=code,
        near=", ".join(near),
    )


class Calendar(Tally):
    """The working days of a country (`none`: Monday to Friday) and of a company."""

    def __init__(
        self, country: str = "CN", off: frozenset[date] = frozenset(), on: frozenset[date] = frozenset()
    ) -> None:
        """`country`: ISO 3166 code in any case, or `none`; `off`, `on`: days that the company rests or works.

        Usage for an unknown country or a day in both. China's data is loaded by the first question, not here.
        """
        super().__init__(self._flags)
        if both := off & on:
            raise Usage("{day}: given both as a day off and as a working day", day=min(both))
        self.off, self.on = off, on
        if country.lower() == NO_COUNTRY:
            self.country = NO_COUNTRY
        else:
            self.country = "CN" if country.upper() == "CN" else _country(country.upper()).code
        self._own: dict[int, list[date]] = {}
        for day in off | on:
            self._own.setdefault(day.year, []).append(day)
        self._silent: dict[tuple[int, int], tuple[int, ...]] = {}

    def why(self, day: date, language: Language = "en") -> Reason:
        """Why `day` is worked or not: the company's word before the country's, a holiday before a weekend."""
        if day in self.on:
            return Reason("company_on")
        if day in self.off:
            return Reason("company_off")
        if self.country == NO_COUNTRY:
            return Reason("workday" if day.weekday() < 5 else "weekend")
        country = _country(self.country)
        if self.is_workday(day):
            return Reason("makeup" if country.is_weekend(day) else "workday")
        name = country.name(day, language)
        return Reason("holiday", name) if name else Reason("weekend")

    def published(self, year: int) -> bool:
        """Whether the year's days off are settled, so that an answer in it stands.

        Not settled are: in a country with make-up days, a year after the last one that has any in the data,
        which is silent there until the notice comes; a year with a holiday marked as estimated, because its
        moon is not yet sighted or the sighting was never entered (for some countries that is every year, and
        their dates stay in doubt); a year outside the data, or that it warns of. Note that a year's notice may
        still move the last days of the December before it.
        """
        return self.country == NO_COUNTRY or _country(self.country).published(year)

    def unpublished(self, first: date, last: date) -> tuple[int, ...]:
        """The years that are not published from that of `first` to that of `last`."""
        key = (first.year, last.year)
        found = self._silent.get(key)
        if found is None:
            years = range(key[0], key[1] + 1)
            found = self._silent[key] = tuple(year for year in years if not self.published(year))
        return found

    def fingerprint(self) -> str:
        """16 hexadecimal digits that change when an answer could: a day, or whether its year is published.

        Over the country, the years 2000 to 2045 as the company works them, and company days of effect elsewhere.
        """
        seen = sha256(self.country.encode())
        for year in FINGERPRINTED:
            seen.update(self._flags(year) + bytes([self.published(year)]))
        for year in sorted(self._own.keys() - FINGERPRINTED):
            if (flags := self._flags(year)) != self._base(year):
                seen.update(str(year).encode() + flags)
        return seen.hexdigest()[:16]

    def _base(self, year: int) -> bytes:
        """A 1 for each day of the year that the country works."""
        if self.country == NO_COUNTRY:
            return bytes(day.weekday() < 5 for day in days_of(year))
        return _country(self.country).flags(year)

    def _flags(self, year: int) -> bytearray:
        """A 1 for each day of the year that the company works."""
        flags = bytearray(self._base(year))
        for day in self._own.get(year, ()):
            flags[day.timetuple().tm_yday - 1] = day in self.on
        return flags
