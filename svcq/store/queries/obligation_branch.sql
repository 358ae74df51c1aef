-- The first obligations of those that {which} says.
select f.* from (
  select o.number as picked_number, o.rule as picked_rule, o.starts_on as picked_on, o.due_on as picked_due
    from v_obligation o
   where {which} and o.shown_on <= :t and (o.shown_until is null or o.shown_until >= :t) {where}
   order by {order}
   limit {limit}) f
