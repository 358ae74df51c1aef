select d.rule, d.region, d.from_on, s.name as person
from duty d join staff s on s.id = d.person_id
