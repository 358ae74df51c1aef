-- 二: the contract tracking table, void rows too. Money is in fen; the dated people are in v_assignment.
select k.id, k.number, c.name as customer, k.customer_id, c.region, k.project, k.amount_fen, k.sent_out_on, k.sealed_on,
       k.reminded_email_on, k.reminded_phone_on, k.returned_on, k.starts_on, k.ends_on, k.customer_status,
       k.refused_on, k.refused_reason, k.project_number, k.free_from, k.free_until, f.number as follows, k.first_on,
       k.entered_on, k.void_on, k.void_reason
from contract k
join customer c on c.id = k.customer_id
left join contract f on f.id = k.follows_id
