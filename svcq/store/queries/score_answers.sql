-- 七: callbacks of the quarter :quarter that were answered by day :t, with their marks.
select b.engineer_id as person_id, b.engineer as person, b.number, b.customer, b.asked_on, b.service, b.attitude, b.advice,
       b.unsolved
from v_callback b
where b.quarter = :quarter and b.asked_on <= :t and b.void_on is null
  and (b.service is not null or b.attitude is not null) {where}
order by b.engineer, b.number
