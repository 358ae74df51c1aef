-- Hospitals in the year from :first_on to :last_on, with what was migrated by day :t. {which} and {where} choose them.
select y.id, y.name as customer, y.level, y.running_since, y.region, y.migrated_on, y.before_on,
       {engineer} as engineer, o.rule, o.waived_on
from (select c.id, c.name, c.level, c.running_since, c.region,
             (select min(m.done_on) from v_migrate m
               where m.customer_id = c.id and m.void_on is null
                 and m.done_on >= :first_on and m.done_on <= :last_on and m.done_on <= :t) as migrated_on,
             (select max(m.done_on) from v_migrate m
               where m.customer_id = c.id and m.void_on is null and m.done_on < :first_on and m.done_on <= :t) as before_on
        from v_customer c
       where c.void_on is null and {which}) y
left join v_obligation o
  on o.number = y.name || '-' || :year and o.rule = 'migrate.yearly' and o.starts_on = :first_on
where 1 = 1 {where}
order by y.name
