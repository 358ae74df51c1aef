-- What the callbacks of each quarter from :first to :last came to by day :t, by {key}; void ones do not count.
select {key} as who, b.quarter,
       count(*) as asked,
       sum(case when {state} = 'answered' then 1 else 0 end) as answered,
       sum(case when {state} = 'unreachable' then 1 else 0 end) as unreachable,
       sum(case when {state} in ('open', 'overdue') then 1 else 0 end) as open,
       sum(case when {state} = 'overdue' then 1 else 0 end) as overdue,
       sum(case when b.asked_on <= :t then b.service end) as service_sum,
       count(case when b.asked_on <= :t then b.service end) as service_count,
       sum(case when b.asked_on <= :t then b.attitude end) as attitude_sum,
       count(case when b.asked_on <= :t then b.attitude end) as attitude_count
from v_callback b
{owed}
where b.void_on is null and (b.first_on is null or b.first_on <= :t) and b.quarter between :first and :last {where}
group by {key}, b.quarter
