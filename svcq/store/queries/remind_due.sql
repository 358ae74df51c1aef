-- What of day :t somebody may have to be reminded of: unmet obligations due by :until, and contracts to come back later,
-- for of those the salesperson is reminded before.
select o.rule, o.number, o.starts_on, o.due_on
from (select p.* from v_obligation p where p.met_on is null and p.due_on <= :until
      union all
      select p.* from v_obligation p where p.met_on > :t and p.due_on <= :until
      union all
      select p.* from v_obligation p where p.met_on is null and p.rule = 'contract.return' and p.due_on > :until) o
where o.shown_on <= :t and (o.shown_until is null or o.shown_until >= :t)
  and (o.waived_on is null or o.waived_on > :t) and o.due_on >= :live
