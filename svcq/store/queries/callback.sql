-- Callbacks as they stood on day :t. {from} names them as b; o is their callback.make.
select b.id, b.customer_id, b.number, b.quarter, b.engineer, b.customer,
       case when b.drawn_on <= :t then b.drawn_on end as drawn_on,
       case when b.asked_on <= :t then b.asked_on end as asked_on,
       case when b.asked_on <= :t then b.service end as service,
       case when b.asked_on <= :t then b.attitude end as attitude,
       case when b.asked_on <= :t then b.advice end as advice,
       case when b.asked_on <= :t then b.unsolved end as unsolved,
       {state} as state,
       b.region,
       (select c.contact from v_customer c where c.id = b.customer_id) as contact,
       (select c.phone from v_customer c where c.id = b.customer_id) as phone,
       o.due_on,
       (select count(*) from v_callback_try y where y.callback_id = b.id and y.tried_on <= :t) as tries,
       (select max(y.tried_on) from v_callback_try y where y.callback_id = b.id and y.tried_on <= :t) as tried_on,
       case when b.asked_on <= :t then b.issue end as issue,
       b.seed, b.void_reason
from v_callback b
{owed}
where (b.first_on is null or b.first_on <= :t) {where}
order by b.number
