-- Who changed which record when; changes is JSON: field to value, for an update field to [before, after].
select a.id, a.at, a.actor, a.command, a.table_name, a.number, a.action, a.changes, a.note
from audit a
