-- The first issues alone, so that only what is printed is looked up in full. {from} names the issues as i.
(select i.id as picked_id, {sort} as sort_on
   from {from} {owed}
  where i.reported_on <= :t {where}
  order by {order}
  limit {limit}) picked
join v_issue i on i.id = picked.picked_id
