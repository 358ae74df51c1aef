"""Scores cost what a query written by hand costs: a store of 200,000 issues with three steps each.

    python tests/bench/scoring.py [issues]

Bar: `score quarter`, without what starting svcq costs, takes at most 1.5 times an SQL aggregate of that quarter on the
tables themselves that finds who owed each obligation. The others have no bar.
"""

import sys

import world
from issues import store
from measure import PYTHON, TODAY, Verdict, alternating, run, surroundings, svcq

BAR = 1.5
TIMES = 11
DAY = "case when o.met_on < o.breach_on then o.met_on else o.breach_on end"
HOLDER = (
    "(select s.name from assignment a join staff s on s.id = a.person_id where a.kind = {kind}"
    " and a.record_id = {record} and a.role = o.role and a.from_on <= {day} order by a.from_on desc, a.place limit 1)"
)
BY_HAND = f"""
select person, rule, count(*), sum(late), sum(late and let_off), sum(fine)
  from (select o.rule,
               case when o.role = 'qc'
                    then (select s.name from duty d join staff s on s.id = d.person_id where d.rule = o.rule
                            and d.from_on <= {DAY} order by d.region = '', d.from_on desc limit 1)
                    else coalesce({HOLDER.format(kind="o.process", record="o.record_id", day=DAY)},
                                  {HOLDER.format(kind="'customer'", record="o.customer_id", day=DAY)}) end as person,
               o.met_on is null or o.met_on > o.due_on as late,
               coalesce(o.waived_on <= :t, 0) as let_off,
               case when o.met_on is null or o.met_on > o.due_on then o.fine_fen else 0 end as fine
          from obligation o
         where o.rule in (select distinct rule from (select 'issue.close' as rule union select 'issue.urge'
                union select 'issue.follow_up' union select 'issue.request' union select 'issue.spot_check'))
           and o.due_on between '2026-07-01' and '2026-09-30' and o.due_on < :t
           and o.shown_on <= :t and (o.shown_until is null or o.shown_until >= :t))
 group by 1, 2 order by 1, 2
"""


SCRIPT = (
    "import sqlite3, sys; sqlite3.connect(sys.argv[1]).execute(sys.argv[2], {'t': sys.argv[3]}).fetchall()"
)


def main(count: int) -> None:
    """Make the store, time the commands and the query in the same run, judge."""
    path, small = store(count), store(200)
    person, quarter = world.PEOPLE[7], "2026Q3"
    scores = {
        "score quarter": svcq("score", "quarter", quarter, "-f", "json"),
        "score quarter --by team": svcq("score", "quarter", quarter, "--by", "team", "-f", "json"),
        "score year": svcq("score", "year", "2026", "-f", "json"),
        "score show": svcq("score", "show", person, "--quarter", quarter, "-f", "json"),
        "score fines": svcq("score", "fines", "-f", "json"),
    }
    commands = scores | {
        "start": scores["score quarter"],
        "by hand": [PYTHON, "-c", SCRIPT, str(path), BY_HAND, TODAY],
        "python": [PYTHON, "-c", SCRIPT, ":memory:", "select :t", TODAY],
    }
    where = dict.fromkeys(commands, surroundings(path)) | {"start": surroundings(small)}
    found = alternating(commands, where, TIMES)
    hand = found["by hand"] - found["python"]
    verdict = Verdict(f"scores on {count:,} issues, median of {TIMES} whole processes")
    verdict.ratio("score quarter, start-up taken off", found["score quarter"] - found["start"], hand, BAR)
    verdict.note(f"start-up (score quarter of 200 issues): {found['start']:.3f} s")
    for name in scores:
        verdict.note(
            f"{name}: {found[name]:.3f} s, {found[name] - found['start']:.3f} s without the start-up"
        )
    _took, said = run(scores["score quarter"], where["score quarter"])
    verdict.note(f"people scored: {said.count(b'{')}")
    verdict.end()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200_000)
