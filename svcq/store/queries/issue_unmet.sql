-- Issues of which :rule is not met on day :t, due from :from_day to :until_day: found from the ledger's open rows, from what
-- was met late since, and from what was due since and met; not from all issues. `coalesce` keeps the planner from going
-- through every row of the rule, the limit, which is none, from going through the issues instead.
(select o.number as late_number, o.due_on from v_obligation o
  where o.rule = :rule and o.met_on is null and o.due_on >= :from_day and o.due_on <= :until_day
    and o.shown_on <= :t and (o.shown_until is null or o.shown_until >= :t) {more}
 union all
 select o.number, o.due_on from v_obligation o
  where o.met_on > :t and o.met_on > o.due_on and coalesce(o.rule, '') = :rule and o.due_on < :t
    and o.due_on >= :from_day and o.due_on <= :until_day
    and o.shown_on <= :t and (o.shown_until is null or o.shown_until >= :t) {more}
 union all
 select o.number, o.due_on from v_obligation o
  where o.rule = :rule and o.due_on >= :t and o.due_on >= :from_day and o.due_on <= :until_day and o.met_on > :t
    and o.shown_on <= :t and (o.shown_until is null or o.shown_until >= :t) {more}
 limit 9223372036854775807) late
join v_issue i on i.number = late.late_number
