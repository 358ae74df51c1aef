-- Records of spot checks as they stood on day :t; {where} says which: drawn by then, or looked into by then.
select f.number, f.month, f.person, f.record, f.record_on, f.until_on, f.customer, f.region, f.issue,
       case f.record when 'leave' then f.kind else f.what end as what,
       f.result, f.on_leave,
       case when f.found_on <= :t then f.finding end as finding,
       case when f.found_on <= :t then f.found_on end as found_on,
       case when f.found_on <= :t then f.found_by end as found_by,
       case when f.found_on <= :t then f.note end as note
from v_spot_finding f
where {where}
order by {order}
