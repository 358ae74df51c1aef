select a.id, a.at, a.actor, a.command, a.table_name, a.number, a.action, a.changes, a.note
from audit a
