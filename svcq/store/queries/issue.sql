-- An issue as it stood on day :t. {from} names the issues as i; r is its newest issue.close.
select i.id, i.number, i.customer, i.system, i.module, i.title,
       {engineer} as engineer,
       i.reported_on,
       i.priority and coalesce(i.priority_on, i.reported_on) <= :t as priority,
       case when i.request_on is null or i.request_on <= :t then i.request end as request,
       (select count(*) from v_issue_step p where p.issue_id = i.id and p.done_on <= :t) as steps,
       (select max(p.done_on) from v_issue_step p where p.issue_id = i.id and p.done_on <= :t) as last_step_on,
       (select p.result from v_issue_step p where p.issue_id = i.id and p.done_on <= :t and p.result is not null
         order by p.done_on desc, p.id desc limit 1) as last_result,
       r.due_on as close_due_on,
       case when r.met_on <= :t then r.met_on end as closed_on,
       case when r.met_on <= :t then {closed_by} end as closed_by,
       {state} as state,
       i.region, i.description, i.reported_by,
       case when i.priority and coalesce(i.priority_on, i.reported_on) <= :t
            then coalesce(i.priority_on, i.reported_on) end as priority_on,
       case when i.request_on <= :t then i.request_on end as request_on,
       case when i.tested_by_test_dept_on <= :t then i.tested_by_test_dept_on end as tested_by_test_dept_on,
       case when i.test_result_on <= :t then i.test_result_on end as test_result_on,
       case when i.passed_on <= :t then i.passed_on end as passed_on,
       (select max(e.done_on) from v_issue_event e where e.issue_id = i.id and e.what = 'urge' and e.done_on <= :t)
         as urged_on,
       r.provisional
from {from}
{owed}
where i.reported_on <= :t {where}
order by {order}
