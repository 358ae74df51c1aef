-- What fell due from :first_day to :last_day and, on day :t, what has become of it, counted by rule and region.
select u.rule, c.region, sum(u.fell_due) as fell_due, sum(u.met) as met, sum(u.late) as late, sum(u.missed) as missed,
       sum(u.waived) as waived
from (select o.rule, o.customer_id, count(*) as fell_due,
             sum(case when {state} = 'met' then 1 else 0 end) as met,
             sum(case when {state} = 'late' then 1 else 0 end) as late,
             sum(case when {state} = 'overdue' then 1 else 0 end) as missed,
             sum(case when {state} = 'waived' then 1 else 0 end) as waived
        from v_obligation o
       where o.rule in ({rules}) and o.due_on >= :first_day and o.due_on <= :last_day and o.due_on >= :live
         and o.shown_on <= :t and (o.shown_until is null or o.shown_until >= :t)
       group by o.rule, o.customer_id) u
left join v_customer c on c.id = u.customer_id
group by u.rule, c.region
