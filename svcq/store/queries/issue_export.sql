-- Issues that are not void, with the newest urge, closing by hand and reopening by command of each.
select i.*,
       (select max(e.done_on) from v_issue_event e where e.issue_id = i.id and e.what = 'urge') as urged_on,
       c.done_on as closed_on, c.by_name as closed_by, c.reason as close_reason, c.id as close_id,
       o.done_on as reopened_on, o.id as reopen_id,
       (select count(*) from v_issue_event e where e.issue_id = i.id and e.what = 'close') as closings
from v_issue i
left join v_issue_event c on c.id = (select e.id from v_issue_event e where e.issue_id = i.id and e.what = 'close'
                                      order by e.done_on desc, e.id desc limit 1)
left join v_issue_event o on o.id = (select e.id from v_issue_event e where e.issue_id = i.id and e.what = 'reopen'
                                      order by e.done_on desc, e.id desc limit 1)
where i.void_on is null
order by i.number
