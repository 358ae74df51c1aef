-- 四.1-2: steps of upgrades that were done though others before them were missing; of one day the highest id is the last.
select k.id, k.upgrade_id, (select u.number from upgrade u where u.id = k.upgrade_id) as number, k.done_on, k.step, k.skipped,
       k.reason, k.by_name
from upgrade_skip k
