-- 七: in which team and region a person is, from a day on.
select u.staff_id, s.name as person, u.from_on, u.team, u.region
from staff_unit u join staff s on s.id = u.staff_id
