-- A migration as it stood on day :t. {from} names the migrations as m.
select m.id, m.customer_id, m.number, m.customer, m.system,
       {engineer} as engineer,
       m.done_on,
       case when m.reindexed_on <= :t then m.reindexed_on end as reindexed_on,
       case when m.registered_on <= :t then m.registered_on end as registered_on,
       {state} as state,
       m.region, m.void_on, m.void_reason
from {from}
where m.done_on <= :t {where}
order by m.number
