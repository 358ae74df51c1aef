"""Which command answers an obligation: what a mail tells its reader to type, or to have typed, when it is done."""

from collections.abc import Mapping

ANSWERS: Mapping[str, str] = {
    "handover.apply": "handover apply {number} --application DATE --worklog DATE --documents DATE",
    "handover.decide": "handover decide {number} --eligible --on DATE --with NAME",
    "handover.follow_up": "handover follow-up {number} --on DATE --expected DATE --note TEXT",
    "handover.register": "handover register {number} --on DATE",
    "handover.notice": "handover notice {number} --on DATE",
    "handover.receipt": "handover receipt {number} --on DATE",
    "contract.remind": "remind log contract.remind {number} --on DATE",
    "contract.return": "contract return {number} --on DATE",
    "contract.call": "contract call {number} --on DATE --note TEXT",
    "contract.chase": "contract call {number} --on DATE --note TEXT",
    "contract.feedback": "contract feedback --month {number} -o FILE.xlsx",
    "contract.convert": "contract convert {number} --new NUMBER --sealed DATE",
    "issue.close": "issue close {number} --on DATE --reason TEXT",
    "issue.urge": "issue urge {number} --on DATE",
    "issue.follow_up": "issue step {number} --on DATE --by NAME --what TEXT",
    "issue.request": "issue request {number} --file FILE.toml --number NO",
    "issue.feedback": "issue test-result {number} --on DATE --passed DATE",
    "issue.spot_check": "issue check {number} --customer NAME --on DATE",
    "staff.exam": "staff exam {number} --on DATE --passed",
    "upgrade.order": "upgrade show {number}",
    "upgrade.plan": "upgrade plan {number} --on DATE",
    "upgrade.report": "upgrade report {number} --on DATE",
    "upgrade.paper": "upgrade report {number} --on DATE",
    "upgrade.callback": "upgrade callback {number} --on DATE --answer yes",
    "upgrade.second_callback": "upgrade callback {number} --on DATE --answer yes",
    "upgrade.inform": "upgrade inform {number} --on DATE",
    "migrate.reindex": "migrate reindex {number} --on DATE",
    "migrate.register": "migrate register {number} --on DATE",
    "migrate.yearly": "migrate add --customer NAME --on DATE",
    "migrate.check": "migrate check {number} --record",
    "callback.make": "callback record {number} --on DATE --service 5 --attitude 5",
    "callback.sample": "callback sample {number}",
}


def answer(rule: str, number: str) -> str:
    """The command line; empty for a rule that none answers."""
    words = ANSWERS.get(rule, "")
    return f"svcq {words}".replace("{number}", _typed(number)) if words else ""


def _typed(number: str) -> str:
    """A number as the shell takes it: in quotes where it has to be."""
    plain = all(letter.isalnum() or letter in "-_./:" for letter in number)
    return number if plain else "'" + number.replace("'", "'\\''") + "'"
