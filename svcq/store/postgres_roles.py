"""Who may do what on a server: the roles of a shared store, and rights that outlive a schema step."""

from collections.abc import Sequence
from importlib import resources
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import psycopg


def roles() -> str:
    """What the owner of the database runs once: the roles, and what they may do."""
    return f"{_text('roles')}\n{_text('grants')}"


OWNER = """
select set_config('role', pg_get_userbyid(relowner), true) from pg_class
where oid = to_regclass('alembic_version') and pg_has_role(relowner, 'member')
"""


def act_as_owner(connection: "psycopg.Connection[Any]") -> None:
    """What is made in this transaction belongs to whom the store belongs to, also if an administrator makes it."""
    connection.execute(OWNER)


GIVEN = """
select c.relname, format('grant %%s on %%I to %%s%%s', a.privilege_type, c.relname,
                         coalesce(quote_ident(r.rolname), 'public'),
                         case when a.is_grantable then ' with grant option' else '' end)
from pg_class c cross join lateral aclexplode(c.relacl) a left join pg_roles r on r.oid = a.grantee
where c.relnamespace = quote_ident(current_schema())::regnamespace and c.relkind = 'v' and c.relname = any(%s)
  and a.grantee <> c.relowner
order by 1, 2
"""


def given(connection: "psycopg.Connection[Any]", views: Sequence[str]) -> list[tuple[str, str]]:
    """The rights that somebody gave on views: (view, the statement that gives it again)."""
    return [(str(name), str(statement)) for name, statement in connection.execute(GIVEN, (list(views),))]


def give(
    connection: "psycopg.Connection[Any]", rights: Sequence[tuple[str, str]], views: Sequence[str]
) -> None:
    """Give the rights again on those of the views that were made anew, then the roles what is theirs."""
    for name, statement in rights:
        if name in views:
            connection.execute(statement.encode())
    connection.execute(_text("grants").encode())


def _text(name: str) -> str:
    return (resources.files("svcq.store") / f"{name}.sql").read_text("utf-8")
