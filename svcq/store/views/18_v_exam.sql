-- 三.1: examinations taken, passed (1) or not (0).
select e.id, e.person_id, s.name as person, e.taken_on, e.passed, e.note
from exam e join staff s on s.id = e.person_id
