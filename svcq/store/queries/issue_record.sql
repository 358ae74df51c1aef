-- Work records up to day :t: the steps of issues that are not void, in the order in which they were done.
select p.person, p.done_on, i.customer, i.number as issue, p.what, p.result, i.region
from v_issue_step p join v_issue i on i.id = p.issue_id
where p.done_on <= :t and i.void_on is null {where}
order by p.done_on, p.id
