-- 六: satisfaction callbacks, void ones too; tries that found nobody are in v_callback_try.
select b.id, b.number, b.quarter, b.engineer_id, s.name as engineer, b.customer_id, c.name as customer, c.region, b.drawn_on,
       b.seed, b.asked_on, b.service, b.attitude, b.advice, b.unsolved, b.issue_id, i.number as issue, b.first_on,
       b.void_on, b.void_reason
from callback b
join staff s on s.id = b.engineer_id
join customer c on c.id = b.customer_id
left join issue i on i.id = b.issue_id
