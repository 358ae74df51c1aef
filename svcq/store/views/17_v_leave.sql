-- 三.3: days on which a person was away.
select l.id, l.person_id, s.name as person, l.from_on, l.until_on, l.kind
from leave l join staff s on s.id = l.person_id
