-- Who owes what of these records on day :t, who would if it fell due only now, and the salesperson of a contract.
select o.rule, o.number, o.starts_on, o.due_on,
       {person} as person,
       case when o.role = 'qc' then {duty} else {holder} end as holder,
       case when o.process = 'contract' then {salesperson} end as salesperson
from v_obligation o
where o.number in :numbers and (o.met_on is null or o.met_on > :t)
  and o.shown_on <= :t and (o.shown_until is null or o.shown_until >= :t)
