-- 七: obligations that fell due from :first to :last, with who owed them and since when they are let off by whom.
select {person} as person, {day} as owed_on, o.rule, o.clause, o.process, o.number, o.customer, o.starts_on, o.due_on,
       case when o.met_on <= :t then o.met_on end as met_on,
       o.met_on is null or o.met_on > o.due_on as breached,
       case when o.waived_on <= :t then o.waived_on end as waived_on,
       w.waived_by, w.reason, o.note, {fine} as fine_fen
from v_obligation o
left join v_waiver w on w.rule = o.rule and w.number = o.number and w.starts_on = o.starts_on
where o.rule in ({rules}) and o.due_on between :first and :last
  and o.shown_on <= :t and (o.shown_until is null or o.shown_until >= :t) {where}
order by o.due_on, o.rule, o.number, o.starts_on
