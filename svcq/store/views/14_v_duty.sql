-- Who at QC answers for a rule from a day on; an empty region stands for every region without a line of its own.
select d.rule, d.region, d.from_on, d.person_id, s.name as person
from duty d join staff s on s.id = d.person_id
