-- Obligations on day :t with their state, who owes them then, and what a breach costs. {from} names them as o.
select o.rule, o.clause, o.process, o.number, o.customer,
       {person} as person,
       o.starts_on, o.due_on,
       case when o.met_on <= :t then o.met_on end as met_on,
       {state} as state,
       {fine} as fine_fen,
       o.provisional,
       case when o.due_on < :live then 1 else 0 end as before_live,
       o.note, o.region, o.role
from {from}
where o.shown_on <= :t and (o.shown_until is null or o.shown_until >= :t) {where}
order by {order}
