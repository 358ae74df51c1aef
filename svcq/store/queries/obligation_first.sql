-- The first obligations alone, so that only what is printed is looked up in full; {branches} each give the first
-- of their own, which an index has in that order.
(select b.* from ({branches}) b
  order by b.picked_due, b.picked_rule, b.picked_number, b.picked_on
  limit {limit}) picked
join v_obligation o
  on o.number = picked.picked_number and o.rule = picked.picked_rule and o.starts_on = picked.picked_on
