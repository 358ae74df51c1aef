-- The first contracts alone, so that only what is printed is looked up in full. {from} names the contracts as c.
(select c.id as picked_id, {sort} as sort_on
   from {from} {owed}
  where (c.first_on is null or c.first_on <= :t) {where}
  order by {order}
  limit {limit}) picked
join v_contract c on c.id = picked.picked_id
