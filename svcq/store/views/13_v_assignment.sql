-- Who holds a role on a record: of the rows up to a day, those of the newest from_on. No person: nobody from then on.
select a.kind, a.record_id, a.role, a.from_on, a.place, a.person_id, s.name as person
from assignment a left join staff s on s.id = a.person_id
