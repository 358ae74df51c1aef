-- What the mails of day :t that are to go out tell of, the longest overdue first; not what was met or waived since it
-- was queued, by a run that was killed. Money is in fen.
select m.id as mail_id, m.person, m.to_address, m.cc, m.message_id, s.language,
       r.id as reminder_id, r.channel, r.rule, r.number, r.starts_on, r.due_on, r.person as reminded, r.phone,
       o.customer, o.clause, o.provisional, o.note, {fine} as fine_fen
from v_mail m
join v_staff s on s.id = m.person_id
join v_reminder r on r.mail_id = m.id and r.state in ('to_send', 'failed', 'to_call')
join v_obligation o on o.number = r.number and o.rule = r.rule and o.starts_on = r.starts_on
                   and o.due_on = r.due_on and o.shown_on <= :t and (o.shown_until is null or o.shown_until >= :t)
                   and (o.met_on is null or o.met_on > :t) and (o.waived_on is null or o.waived_on > :t)
where m.channel = 'email' and m.day_on = :t and m.to_address is not null
  and (m.state in ('to_send', 'sending') or m.state = 'failed' and m.error not in {problems})
order by m.id, r.due_on, o.clause, r.number, r.id
