-- Contracts not back on day :t though they were due: found from the ledger's open rows and from what was met late since,
-- not from all contracts; `coalesce` keeps the planner from going through every contract.return there was.
(select o.number as late_number, o.due_on from v_obligation o
  where o.rule = 'contract.return' and o.met_on is null and o.due_on < :t
 union all
 select o.number, o.due_on from v_obligation o
  where o.met_on > :t and o.met_on > o.due_on and coalesce(o.rule, '') = 'contract.return' and o.due_on < :t) late
join v_contract c on c.number = late.late_number
