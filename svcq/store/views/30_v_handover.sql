-- 一: hand-overs, void ones too; decisions and follow-ups are in v_handover_trail, the dated people in v_assignment.
-- contract, customer_status: the row of the tracking table, as long as that is not void.
select h.id, h.number, h.project_number, h.project, h.customer_id, c.name as customer, c.region, h.phase, h.modules,
       h.accepted_on, h.application_on, h.worklog_on, h.documents_on, h.free_from, h.free_until, h.registered_on,
       h.notice_on, h.receipt_on, h.contract_id, k.number as contract, k.customer_status, h.first_on, h.void_on,
       h.void_reason
from handover h
join customer c on c.id = h.customer_id
left join contract k on k.id = h.contract_id and k.void_on is null
