-- 一.1: decisions (eligible, not_eligible) and follow-ups (no decision); of one day the highest id is the last.
-- No join: a database then looks rows up by key also where the view itself is joined to something.
select r.id, r.handover_id, (select h.number from handover h where h.id = r.handover_id) as number, r.done_on, r.by_name,
       r.decision, r.expected_on, r.note
from handover_trail r
