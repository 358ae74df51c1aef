-- 三: steps, which are the work records: who did what when for whom; of one day the highest id is the last.
-- No join: what a query does not ask for is not looked up, and steps are found by their own keys.
select p.id, p.issue_id,
       (select i.number from issue i where i.id = p.issue_id) as number,
       (select i.customer_id from issue i where i.id = p.issue_id) as customer_id,
       (select c.name from issue i join customer c on c.id = i.customer_id where i.id = p.issue_id) as customer,
       (select c.region from issue i join customer c on c.id = i.customer_id where i.id = p.issue_id) as region,
       p.done_on, p.person_id,
       (select s.name from staff s where s.id = p.person_id) as person,
       p.what, p.result,
       (select i.void_on from issue i where i.id = p.issue_id) as void_on
from issue_step p
