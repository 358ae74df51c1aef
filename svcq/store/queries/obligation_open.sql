-- What is not met on day :t: rows never met, and rows met later than that day.
(select p.* from v_obligation p where p.met_on is null
 union all
 select p.* from v_obligation p where p.met_on > :t) o
