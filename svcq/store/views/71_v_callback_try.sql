-- 六: tries to reach a customer that found nobody; of one day the highest id is the last.
select t.id, t.callback_id, (select b.number from callback b where b.id = t.callback_id) as number, t.tried_on, t.by_name,
       t.note
from callback_try t
