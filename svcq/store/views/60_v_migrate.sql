-- 五: data migrations, void ones too; the dated engineer is in v_assignment.
select m.id, m.number, m.customer_id, c.name as customer, c.region, m.system, m.done_on, m.reindexed_on, m.registered_on,
       m.void_on, m.void_reason
from migrate m join customer c on c.id = m.customer_id
