-- Who closed the issue i on r.met_on: the name, null if it is not known, or `auto`. Closed by itself means that
-- nobody closed it that day, or that somebody did who came too late: the newest result before that day is `solved`,
-- which nothing undid meanwhile, and nothing reopened the issue on the day itself.
case
  when not exists (select 1 from v_issue_event e where e.issue_id = i.id and e.what = 'close' and e.done_on = r.met_on)
  then 'auto'
  when exists (
         select 1 from v_issue_step p
          where p.issue_id = i.id and p.result = 'solved' and p.done_on < r.met_on
            and not exists (
                  select 1 from v_issue_step q
                   where q.issue_id = i.id and q.done_on <= r.met_on and q.result is not null
                     and (q.result <> 'solved' or q.done_on < r.met_on)
                     and (q.done_on > p.done_on or q.done_on = p.done_on and q.id > p.id))
            and not exists (
                  select 1 from v_issue_event e
                   where e.issue_id = i.id
                     and (e.what = 'close' and e.done_on = p.done_on
                          or e.what = 'reopen' and e.done_on > p.done_on and e.done_on <= r.met_on)))
  then 'auto'
  else (select e.by_name from v_issue_event e where e.issue_id = i.id and e.what = 'close' and e.done_on = r.met_on
         order by e.id desc limit 1)
end
