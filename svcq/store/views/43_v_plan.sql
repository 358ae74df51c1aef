-- 三: development plans.
select p.id, p.number, p.active, p.completion_on, p.release_on
from plan p
