-- The first issues alone, so that only what is printed is looked up in full. {from} names the issues as i. `not` and
-- `coalesce` keep the planner from gathering all that was reported by day :t, or in a region, only to put it in order.
(select i.id as picked_id, {sort} as sort_on
   from {from} {owed}
  where not (i.reported_on > :t) {where} {mine}
  order by {order}
  limit {limit}) picked
join v_issue i on i.id = picked.picked_id
