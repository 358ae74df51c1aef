-- What was overdue at the end of each of some days, counted by process: {sums} has a sum for each. Found from what is
-- not met and from what was met late since the first of them, not from all obligations.
select u.process, {sums}
from (select p.process, p.due_on, p.met_on, p.shown_on, p.shown_until, p.waived_on from v_obligation p
       where p.met_on is null and p.due_on < :last_day
      union all
      select p.process, p.due_on, p.met_on, p.shown_on, p.shown_until, p.waived_on from v_obligation p
       where p.met_on > :first_day and p.due_on < p.met_on and p.due_on < :last_day) u
where u.due_on >= :live
group by u.process
