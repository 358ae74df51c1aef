-- 七: published figures of people, teams and regions (kind); with a person: of the days of that person in one. Money is in fen.
select f.period, f.kind, f.name, f.person, f.role, f.team, f.region, f.people, f.score, f.compliance, f.satisfaction, f.resolution,
       f.points, f.breaches, f.waived, f.fines_fen, f.grade
from score_figure f
