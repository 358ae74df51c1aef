-- 二.2.D: each contract in each table that went to the commerce centre, with its state in that table.
select f.month, f.sent_on, f.sent_by, f.file, k.number, r.state
from contract_feedback f
join contract_feedback_row r on r.feedback_id = f.id
join contract k on k.id = r.contract_id
