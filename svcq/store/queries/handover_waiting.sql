-- Hand-overs of which more has to be heard on day :t, found from the ledger's open rows and from what was met since,
-- not from all hand-overs; `|| ''` and :first_day, which is before all days, keep the planner from going through
-- every handover.follow_up there was.
(select o.number as waiting_number from v_obligation o
  where o.rule = 'handover.follow_up' and o.met_on is null and o.due_on >= :first_day
    and o.shown_on <= :t
 union
 select o.number from v_obligation o
  where o.met_on > :t and o.rule || '' = 'handover.follow_up' and o.shown_on <= :t) waiting
join v_handover h on h.number = waiting.waiting_number
