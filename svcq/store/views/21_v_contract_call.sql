-- 二.2.C: calls to hospitals; of one day the highest id is the last.
select t.id, k.number, t.contract_id, t.called_on, t.by_name, t.promised_on, t.note
from contract_call t join contract k on k.id = t.contract_id
