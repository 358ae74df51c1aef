-- 七: quarters whose scores were published, and by which policy they were scored.
select p.period, p.published_on, p.published_by, p.policy, p.body, p.note
from score_publication p
