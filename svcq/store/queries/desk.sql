-- What is not met on day :t and not let off, counted by process. first_day: since when a change is news; soon_day: until
-- when it is due soon; what was due before :live is history and counted apart.
select u.process,
       sum(case when u.due_on >= :live and u.due_on >= :t then 1 else 0 end) as open,
       sum(case when u.due_on >= :live and u.due_on < :t then 1 else 0 end) as overdue,
       sum(case when u.due_on >= :live and u.due_on >= :t and u.due_on <= :soon_day then 1 else 0 end) as soon,
       sum(case when u.due_on < :live then 1 else 0 end) as history,
       sum(case when u.due_on >= :live and u.due_on < :t and u.breach_on >= :first_day then 1 else 0 end) as late_news,
       sum(case when u.due_on >= :live and u.due_on >= :t and u.shown_on >= :first_day then 1 else 0 end) as new_news
from (select p.process, p.due_on, p.breach_on, p.shown_on, p.shown_until, p.waived_on from v_obligation p
       where p.met_on is null
      union all
      select p.process, p.due_on, p.breach_on, p.shown_on, p.shown_until, p.waived_on from v_obligation p
       where p.met_on > :t) u
where u.shown_on <= :t and (u.shown_until is null or u.shown_until >= :t)
  and (u.waived_on is null or u.waived_on > :t)
group by u.process
