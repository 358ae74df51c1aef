-- 三: the worklog, void entries too. Steps are in v_issue_step, closings by hand, reopenings and urges in v_issue_event;
-- whether and when an issue is closed, automatically or not, is the met_on of its issue.close in v_obligation.
select i.id, i.number, i.customer_id, c.name as customer, c.region, i.system, i.module, i.title, i.description,
       i.reported_by, i.reported_on, i.priority, i.priority_on, i.request, i.request_on, i.tested_by_test_dept_on,
       i.test_result_on, i.passed_on, i.void_on, i.void_reason
from issue i join customer c on c.id = i.customer_id
