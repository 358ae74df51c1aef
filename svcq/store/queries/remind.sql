-- Reminders up to day :t, with the mail that tells of them and the record's customer.
select r.rule, r.number, r.person, r.channel,
       case when r.channel = 'phone' then r.phone else m.to_address end as to_whom,
       r.due_on, r.state, case when r.state = 'sent' then m.sent_at end as sent_at,
       case when r.state = 'failed' then m.error when r.state = 'to_send' and r.person is null then 'nobody'
            when r.state = 'to_send' then m.error end as error,
       r.day_on, r.starts_on, r.caller, r.done_on, r.by_name, m.cc, m.attempts, m.subject, m.message_id,
       o.customer, o.region, o.clause
from v_reminder r
left join v_mail m on m.id = r.mail_id
left join v_obligation o on o.number = r.number and o.rule = r.rule and o.starts_on = r.starts_on
                        and o.shown_on <= :t and (o.shown_until is null or o.shown_until >= :t)
where r.day_on <= :t {where}
order by r.day_on desc, r.due_on, r.rule, r.number, r.id
{limit}
