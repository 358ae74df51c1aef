-- Issues closed from :first_day to :t and still closed on day :t: their newest issue.close was met then. `|| ''` keeps the
-- planner from going through every issue.close there was.
select count(*) as closed
from v_obligation o
where o.met_on >= :first_day and o.met_on <= :t and o.rule || '' = 'issue.close'
  and o.shown_on <= :t and (o.shown_until is null or o.shown_until >= :t)
  and not exists (select 1 from v_obligation n
                   where n.number = o.number and n.rule = 'issue.close' and n.shown_on <= :t and n.starts_on > o.starts_on)
