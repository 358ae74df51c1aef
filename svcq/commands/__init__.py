"""Typer only: parse, call one process or one view, emit."""
