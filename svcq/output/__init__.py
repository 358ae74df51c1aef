"""Rows to a table, tsv, csv, json, jsonl, md or xlsx. Knows rows, never tables of the store."""
