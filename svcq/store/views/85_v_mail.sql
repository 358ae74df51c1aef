-- What went, is to go or could not go out: a mail per person and day, a message to the group per day (no person).
-- No join: a database then looks rows up by key also where the view itself is joined to something.
select m.id, m.channel, m.person_id, (select s.name from staff s where s.id = m.person_id) as person, m.day as day_on,
       m.to_address, m.cc, m.message_id, m.subject, m.state, m.attempts, m.error, m.claimed_at, m.claimed_by, m.sent_at
from mail m
