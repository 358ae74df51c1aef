-- 三: closings by hand (close), reopenings by command (reopen), urges (urge); of one day the highest id is the last.
select e.id, e.issue_id, (select i.number from issue i where i.id = e.issue_id) as number, e.what, e.done_on, e.by_name,
       e.reason
from issue_event e
