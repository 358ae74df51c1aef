-- 三: development requests as they passed the norms; body is JSON.
select r.id, r.issue_id, i.number as issue, r.number, p.number as plan, r.checked_on, r.body
from issue_request r join issue i on i.id = r.issue_id join plan p on p.id = r.plan_id
