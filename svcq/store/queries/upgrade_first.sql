-- The first upgrades alone, so that only what is printed is looked up in full.
(select u.id as picked_id
   from v_upgrade u
  where (u.first_on is null or u.first_on <= :t) {where}
  order by u.number
  limit {limit}) picked
join v_upgrade u on u.id = picked.picked_id
