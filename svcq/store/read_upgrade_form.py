"""四: what the printed plan and report of an upgrade say: its record, its hospital, problems and earlier upgrades."""

from datetime import date

from svcq.store.read import Reader
from svcq.store.read_log import changes
from svcq.store.read_upgrade import PEOPLE, open_issues

ROLES = {"applied_by": "account_manager", "arranged_by": "regional_manager", "upgrader": "upgrader"}
WHO = ", ".join(f"{PEOPLE[role]} as {key}" for key, role in ROLES.items())
Row = dict[str, object]


def written(reader: Reader, number: str, t: date) -> Row | None:
    """The upgrade of that number with its people on day `t`, and what the forms say besides; None if there is none.

    contact; present_version and version_before (the same until it is done); open_issues (of the day it was done, until
    then of `t`) and solved_issues: number, title, reported_on of each; earlier: done_on, version, surprises,
    special_modifications of earlier upgrades, newest first.
    """
    sql = (
        f"select u.*, c.contact, c.version as present_version, {WHO} from v_upgrade u"
        " join v_customer c on c.id = u.customer_id where u.number = :number"
    )
    row = reader.one(sql, {"number": number, "t": t})
    if row is None:
        return None
    before = _version_before(reader, row)
    done_on = row["done_on"]
    return {
        **row,
        "version_before": before,
        "present_version": before if done_on else row["present_version"],
        "open_issues": open_issues(reader, row["customer"], done_on if isinstance(done_on, date) else t),
        "solved_issues": _solved(reader, row),
        "earlier": _earlier(reader, row),
    }


def _solved(reader: Reader, row: Row) -> list[Row]:
    """The issues that the record says are solved, in its order; those that nobody knows with their number alone."""
    numbers = [one.strip() for one in str(row["issues_solved"] or "").split("、") if one.strip()]
    sql = "select number, title, reported_on from v_issue where number = :number"
    return [reader.one(sql, {"number": number}) or {"number": number} for number in numbers]


def _earlier(reader: Reader, row: Row) -> list[Row]:
    """Earlier upgrades of the customer at which something out of the ordinary was met or made, newest first."""
    sql = (
        "select done_on, version, surprises, special_modifications from v_upgrade"
        " where customer_id = :customer_id and id <> :id and void_on is null and done_on is not null"
        " and (:done_on is null or done_on <= :done_on)"
        " and (surprises is not null or special_modifications is not null) order by done_on desc, id desc"
    )
    return list(reader.rows(sql, {key: row[key] for key in ("customer_id", "id", "done_on")}))


def _version_before(reader: Reader, row: Row) -> object:
    """The version that the customer had before the upgrade: until it is done the present one.

    Afterwards what the log says that its version took the place of, else that of the upgrade before.
    """
    if row["done_on"] is None:
        return row["present_version"]
    if row["version"] is not None:
        for one in changes(reader, {"table": "customer", "number": row["customer"]}):
            if one["field"] == "version" and one["action"] == "update" and one["after"] == row["version"]:
                return one["before"]
    sql = (
        "select version from v_upgrade where customer_id = :customer_id and id <> :id and void_on is null"
        " and done_on <= :done_on and version is not null order by done_on desc, id desc limit 1"
    )
    found = reader.one(sql, {key: row[key] for key in ("customer_id", "id", "done_on")})
    return found["version"] if found else None
