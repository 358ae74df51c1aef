select p.effective_on, p.name, p.body
from policy_version p
