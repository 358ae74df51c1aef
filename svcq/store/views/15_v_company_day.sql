-- The company's own days: off (working 0) or on (working 1), against the country's calendar.
select d.day as day_on, d.working, d.note
from company_day d
