-- A hand-over as it stood on day :t. {from} names the hand-overs as h; d is the newest decision, {heard} the newest words n.
select h.id, h.customer_id, h.number, h.project_number, h.project, h.customer, h.phase, h.modules,
       {project_manager} as project_manager,
       {account_manager} as account_manager,
       case when h.accepted_on <= :t then h.accepted_on end as accepted_on,
       case when h.application_on <= :t then h.application_on end as application_on,
       case when h.worklog_on <= :t then h.worklog_on end as worklog_on,
       case when h.documents_on <= :t then h.documents_on end as documents_on,
       d.decision, d.done_on as decided_on, d.by_name as decided_by,
       case when d.decision = 'not_eligible' then
         (select e.expected_on from v_handover_trail e
           where e.handover_id = h.id and e.done_on <= :t and e.expected_on is not null
           order by e.done_on desc, e.id desc limit 1) end as expected_on,
       d.note as reason,
       case when {free} then h.free_from end as free_from,
       case when {free} then h.free_until end as free_until,
       case when h.registered_on <= :t then h.registered_on end as registered_on,
       case when h.notice_on <= :t then h.notice_on end as notice_on,
       case when h.receipt_on <= :t then h.receipt_on end as receipt_on,
       {state} as state,
       h.region,
       case when d.decision = 'eligible' then h.contract end as contract,
       case when d.decision = 'eligible' then h.customer_status end as customer_status{heard}
from {from}
{decided}
where (h.first_on is null or h.first_on <= :t) {where}
order by h.number
