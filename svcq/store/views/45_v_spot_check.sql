-- 三.3-4: what was checked at a hospital for a month.
select k.id, k.month, k.customer_id, c.name as customer, c.region, k.records_on, k.leave_on, k.list_asked_on,
       k.reconciled_on
from spot_check k join customer c on c.id = k.customer_id
