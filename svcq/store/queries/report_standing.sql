-- What is not met on day :t and not let off, counted by rule and region; what was due before :live is history.
select u.rule, c.region, sum(u.open) as open, sum(u.overdue) as overdue, sum(u.history) as history
from (select o.rule, o.customer_id,
             sum(case when o.due_on >= :live and o.due_on >= :t then 1 else 0 end) as open,
             sum(case when o.due_on >= :live and o.due_on < :t then 1 else 0 end) as overdue,
             sum(case when o.due_on < :live then 1 else 0 end) as history
        from (select p.rule, p.customer_id, p.due_on, p.shown_on, p.shown_until, p.waived_on from v_obligation p
               where p.met_on is null
              union all
              select p.rule, p.customer_id, p.due_on, p.shown_on, p.shown_until, p.waived_on from v_obligation p
               where p.met_on > :t) o
       where o.shown_on <= :t and (o.shown_until is null or o.shown_until >= :t)
         and (o.waived_on is null or o.waived_on > :t)
       group by o.rule, o.customer_id) u
left join v_customer c on c.id = u.customer_id
group by u.rule, c.region
