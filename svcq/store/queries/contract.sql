-- A contract as it stood on day :t. {from} names the contracts as c; r is its contract.return.
select c.id, c.number, c.customer, c.project,
       {salesperson} as salesperson,
       c.amount_fen,
       case when c.sent_out_on <= :t then c.sent_out_on end as sent_out_on,
       case when c.sealed_on <= :t then c.sealed_on end as sealed_on,
       r.due_on as return_due_on,
       case when c.reminded_email_on <= :t then c.reminded_email_on end as reminded_email_on,
       case when c.reminded_phone_on <= :t then c.reminded_phone_on end as reminded_phone_on,
       (select max(a.called_on) from v_contract_call a where a.contract_id = c.id and a.called_on <= :t) as called_on,
       (select a.promised_on from v_contract_call a where a.contract_id = c.id and a.called_on <= :t
         order by a.called_on desc, a.id desc limit 1) as promised_on,
       case when c.returned_on <= :t then c.returned_on end as returned_on,
       c.starts_on, c.ends_on, c.customer_status,
       case when c.refused_on <= :t then c.refused_on end as refused_on,
       {state} as state,
       {fine} as fine_fen,
       c.project_number,
       {account_manager} as account_manager,
       c.free_from, c.free_until, c.follows, c.region, r.provisional, c.entered_on
from {from}
{owed}
where (c.first_on is null or c.first_on <= :t) {where}
order by {order}
