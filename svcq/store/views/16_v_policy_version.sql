-- The policies that were applied, each in force from effective_on to the day before the next.
select p.effective_on, p.name, p.body
from policy_version p
