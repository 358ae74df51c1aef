-- The first hand-overs alone, so that only what is printed is looked up in full. {from} names the hand-overs as h.
(select h.id as picked_id
   from {from} {decided}
  where (h.first_on is null or h.first_on <= :t) {where}
  order by h.number
  limit {limit}) picked
join v_handover h on h.id = picked.picked_id
