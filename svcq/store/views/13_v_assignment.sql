select a.kind, a.record_id, a.role, a.from_on, a.place, a.person_id, s.name as person
from assignment a left join staff s on s.id = a.person_id
