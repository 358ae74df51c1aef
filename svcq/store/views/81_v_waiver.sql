-- Which obligation was let off by whom, when and why.
select w.rule, w.number, w.starts_on, w.waived_on, w.waived_by, w.reason
from waiver w
