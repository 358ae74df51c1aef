-- Every obligation of every process, also those born by time alone: shown from shown_on to shown_until, breached on breach_on. Money is in fen.
-- No join: a database then looks rows up by key also where the view itself is joined to something.
select o.rule, o.clause, o.process, o.number, o.record_id, o.customer_id,
       (select c.name from customer c where c.id = o.customer_id) as customer,
       (select c.region from customer c where c.id = o.customer_id) as region,
       o.role, o.starts_on, o.due_on, o.breach_on, o.shown_on, o.shown_until, o.met_on, o.waived_on, o.fine_fen, o.provisional, o.note
from obligation o
