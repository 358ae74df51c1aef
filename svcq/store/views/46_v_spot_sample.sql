-- 三.3: samples of work and leave records, each from a window of days; of one person, or of every engineer (no person).
select m.id, m.month, m.drawn_on, m.seed, m.window_from, m.window_until, m.person_id, s.name as person
from spot_sample m left join staff s on s.id = m.person_id
