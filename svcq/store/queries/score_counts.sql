-- 七: obligations that fell due from :first to :last, counted for who owed them; day :t decides only what is waived.
-- {person} is an id, {since} the last day, up to the one that decides who owed it, on which anybody came into another
-- team or region; {where} chooses further.
select {person} as person_id, o.rule, {since} as since_on,
       count(*) as fell_due,
       sum(case when o.met_on is null or o.met_on > o.due_on then 1 else 0 end) as breached,
       sum(case when (o.met_on is null or o.met_on > o.due_on) and o.waived_on <= :t then 1 else 0 end) as waived,
       sum({fine}) as fines_fen
from v_obligation o
where o.rule in ({rules}) and o.due_on between :first and :last
  and o.shown_on <= :t and (o.shown_until is null or o.shown_until >= :t) {where}
group by 1, 2, 3
