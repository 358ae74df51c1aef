select d.day as day_on, d.working, d.note
from company_day d
