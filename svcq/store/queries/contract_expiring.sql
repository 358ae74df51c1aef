-- Contracts and free maintenance of which nobody has decided on day :t what comes after.
(select o.number as end_number, max(o.due_on) as expires_on from v_obligation o
  where o.rule = 'contract.convert' and o.shown_on <= :t and (o.met_on is null or o.met_on > :t)
    and o.due_on >= :from_day and o.due_on <= :until_day
  group by o.number) ending
join v_contract c on c.number = ending.end_number
