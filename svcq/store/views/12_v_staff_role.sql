-- The roles of a person, in the order of place.
select s.id as staff_id, s.name, r.role, r.place
from staff_role r join staff s on s.id = r.staff_id
