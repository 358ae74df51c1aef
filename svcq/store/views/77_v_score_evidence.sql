-- 七: the records behind the published figures: breaches (compliance), callbacks (satisfaction), problems (resolution).
select e.id, e.period, e.person, e.indicator, e.team, e.region, e.rule, e.clause, e.process, e.number, e.customer,
       e.starts_on, e.due_on, e.met_on, e.days_late, e.points, e.counted, e.waived, e.reason, e.asked_on, e.service,
       e.attitude
from score_evidence e
