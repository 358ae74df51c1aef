-- 五.3: December checks that were held; the first of a year counts.
select k.id, k.year, k.checked_on, k.by_name, k.note
from migrate_check k
