-- The hospitals, void ones too (void_on, void_reason); name_key is the name as it is compared.
select c.id, c.code, c.name, c.name_key, c.level, c.region, c.contact, c.phone, c.email, c.running_since, c.version,
       c.void_on, c.void_reason
from customer c
