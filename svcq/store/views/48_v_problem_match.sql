-- 三.4: what people decided about an entry of a hospital's problem list and an issue of ours: the same (1) or not (0).
select m.id, m.customer_id, c.name as customer, m.problem_key, m.problem, i.number as issue, m.issue_id, m.same,
       m.decided_on, m.decided_by
from problem_match m join customer c on c.id = m.customer_id join issue i on i.id = m.issue_id
