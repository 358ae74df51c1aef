-- Issues of which :rule is not met on day :t, due from :from_day to :until_day: found from the ledger's open rows and
-- from what was met since, not from all issues; `|| ''` keeps the planner from going through every row of the rule.
(select o.number as late_number, o.due_on from v_obligation o
  where o.rule = :rule and o.met_on is null and o.due_on >= :from_day and o.due_on <= :until_day
    and o.shown_on <= :t and (o.shown_until is null or o.shown_until >= :t) {more}
 union all
 select o.number, o.due_on from v_obligation o
  where o.met_on > :t and o.rule || '' = :rule and o.due_on >= :from_day and o.due_on <= :until_day
    and o.shown_on <= :t and (o.shown_until is null or o.shown_until >= :t) {more}) late
join v_issue i on i.number = late.late_number
