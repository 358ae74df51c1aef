-- The first issues of a person, found among those that {named} says. The inner limit, which is none, has them put in
-- order first; then it is asked of one after the other whose it is on the day, until there are enough.
(select had.id as picked_id, had.number as sort_on
   from (select i.id, i.number from v_issue i where {named} {where} order by i.number limit 9223372036854775807) had
  where (select count(*) from v_issue i {owed} where i.id = had.id and i.reported_on <= :t {mine}) > 0
  limit {limit}) picked
join v_issue i on i.id = picked.picked_id
