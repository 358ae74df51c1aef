-- Every obligation of every process, also those born by time alone: shown from starts_on on, breached on breach_on. Money is in fen.
select o.rule, o.clause, o.process, o.number, o.record_id, o.customer_id, c.name as customer, c.region, o.role,
       o.starts_on, o.due_on, o.breach_on, o.met_on, o.waived_on, o.fine_fen, o.provisional, o.note
from obligation o left join customer c on c.id = o.customer_id
