"""Shell completion of numbers and names from the store; silent when there is none."""

import typer

from svcq.errors import SvcqError

MOST = 50


def _from_store(ctx: typer.Context, sql: str, incomplete: str) -> list[str]:
    """What the query gives; the desk is not laid during completion, so the store is found anew."""
    import os
    import sqlite3

    from svcq import settings
    from svcq.store.read import Reader

    try:
        reader = Reader(settings.place(ctx.find_root().params.get("db"), os.environ))
        start = incomplete.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        rows = list(reader.rows(f"{sql} limit {MOST}", {"start": f"{start}%"}))
        reader.close()
    except (SvcqError, OSError, sqlite3.Error):
        return []
    return [str(value) for row in rows for value in row.values()]


def contracts(ctx: typer.Context, args: list[str], incomplete: str) -> list[str]:
    """Contract numbers."""
    return _from_store(
        ctx, "select number from v_contract where number like :start escape '\\' order by number", incomplete
    )


def customers(ctx: typer.Context, args: list[str], incomplete: str) -> list[str]:
    """Customers by name."""
    return _from_store(
        ctx, "select name from v_customer where name like :start escape '\\' order by name", incomplete
    )


def people(ctx: typer.Context, args: list[str], incomplete: str) -> list[str]:
    """Staff by name."""
    return _from_store(
        ctx, "select name from v_staff where name like :start escape '\\' order by name", incomplete
    )


def numbers(ctx: typer.Context, args: list[str], incomplete: str) -> list[str]:
    """Numbers of records that something is owed for."""
    return _from_store(
        ctx,
        "select distinct number from v_obligation where number like :start escape '\\' order by number",
        incomplete,
    )


def issues(ctx: typer.Context, args: list[str], incomplete: str) -> list[str]:
    """Issue numbers."""
    return _from_store(
        ctx, "select number from v_issue where number like :start escape '\\' order by number", incomplete
    )


def plans(ctx: typer.Context, args: list[str], incomplete: str) -> list[str]:
    """Numbers of development plans."""
    return _from_store(
        ctx, "select number from v_plan where number like :start escape '\\' order by number", incomplete
    )


def findings(ctx: typer.Context, args: list[str], incomplete: str) -> list[str]:
    """Numbers of records of spot checks."""
    return _from_store(
        ctx,
        "select number from v_spot_finding where number like :start escape '\\' order by number",
        incomplete,
    )


def handovers(ctx: typer.Context, args: list[str], incomplete: str) -> list[str]:
    """Numbers of hand-overs."""
    return _from_store(
        ctx, "select number from v_handover where number like :start escape '\\' order by number", incomplete
    )


def upgrades(ctx: typer.Context, args: list[str], incomplete: str) -> list[str]:
    """Numbers of upgrades."""
    return _from_store(
        ctx, "select number from v_upgrade where number like :start escape '\\' order by number", incomplete
    )


def migrations(ctx: typer.Context, args: list[str], incomplete: str) -> list[str]:
    """Numbers of migrations."""
    return _from_store(
        ctx, "select number from v_migrate where number like :start escape '\\' order by number", incomplete
    )


def callbacks(ctx: typer.Context, args: list[str], incomplete: str) -> list[str]:
    """Numbers of callbacks."""
    return _from_store(
        ctx, "select number from v_callback where number like :start escape '\\' order by number", incomplete
    )
