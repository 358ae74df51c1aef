-- 三.3: the records that were drawn, and what was found; a missing record was not drawn (no sample_id). on_leave: work on
-- a day on which the person was away (1).
select f.id, f.number, substr(f.number, 1, 7) as month, f.sample_id, m.drawn_on, f.person_id, s.name as person, f.record,
       f.record_on, f.step_id, f.leave_id, c.name as customer, c.region, i.number as issue, p.what, p.result, l.kind,
       l.until_on, f.finding, f.found_on, f.found_by, f.note,
       case when f.record = 'work' and exists (select 1 from leave a where a.person_id = f.person_id
         and a.from_on <= f.record_on and a.until_on >= f.record_on) then 1 else 0 end as on_leave
from spot_finding f
join staff s on s.id = f.person_id
left join spot_sample m on m.id = f.sample_id
left join issue_step p on p.id = f.step_id
left join issue i on i.id = p.issue_id
left join leave l on l.id = f.leave_id
left join customer c on c.id = coalesce(f.customer_id, i.customer_id)
