-- The first migrations alone, so that only what is printed is looked up in full.
(select m.id as picked_id
   from v_migrate m
  where m.done_on <= :t {where}
  order by m.number
  limit {limit}) picked
join v_migrate m on m.id = picked.picked_id
