"""Alembic's entry: it runs on the connection that the store hands it, inside the store's own transaction."""

from alembic import context

from svcq.store.tables.base import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata(),
    render_as_batch=True,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
