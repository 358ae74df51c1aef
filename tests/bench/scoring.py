"""The query by hand that `score quarter` is compared with: on the tables themselves, and it finds who owed what."""

from collections.abc import Iterable

SCRIPT = (
    "import sqlite3, sys; sqlite3.connect(sys.argv[1]).execute(sys.argv[2], {'t': sys.argv[3]}).fetchall()"
)
"""Asks a store, its path the first argument, the query that is the second."""
DAY = "case when o.met_on < o.breach_on then o.met_on else o.breach_on end"
HOLDER = (
    "(select s.name from assignment a join staff s on s.id = a.person_id where a.kind = {kind}"
    " and a.record_id = {record} and a.role = o.role and a.from_on <= {day} order by a.from_on desc, a.place limit 1)"
)


def by_hand(rules: Iterable[str], first: str, last: str) -> str:
    """SQL: what fell due of these rules from one day to the other, counted by person and rule."""
    return f"""
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
         where o.rule in ({", ".join(repr(rule) for rule in rules)})
           and o.due_on between '{first}' and '{last}' and o.due_on < :t
           and o.shown_on <= :t and (o.shown_until is null or o.shown_until >= :t))
 group by 1, 2 order by 1, 2
"""
