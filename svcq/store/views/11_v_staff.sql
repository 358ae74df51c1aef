-- The people, those who left or are void too; name_key is the name as it is compared.
select s.id, s.name, s.name_key, s.team, s.region, s.email, s.phone, s.joined_on, s.left_on, s.trained_on,
       s.certified_on, s.void_on, s.void_reason, s.language
from staff s
