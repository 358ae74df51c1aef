-- Who is, was or is to be reminded of which obligation on which day; calls are made by the caller. A call that was
-- recorded on the contract since is called, and what needs no call any more is dropped, whether or not a job ran.
select r.id, r.rule, r.number, r.starts_on, r.due_on, r.channel, r.person_id, s.name as person, s.phone as phone,
       c.name as caller, r.caller_id, r.day as day_on, r.mail_id,
       case when r.state <> 'to_call' then r.state
            when k.reminded_phone_on is not null then 'called'
            when exists (select 1 from obligation o where o.number = r.number and o.rule = r.rule
                            and o.starts_on = r.starts_on and o.due_on = r.due_on and o.met_on is null) then 'to_call'
            else 'dropped' end as state,
       case when r.state = 'to_call' then k.reminded_phone_on else r.done_on end as done_on, r.by_name
from reminder r
left join staff s on s.id = r.person_id
left join staff c on c.id = r.caller_id
left join contract k on r.channel = 'phone' and k.number = r.number
