"""The store: tables, schema steps, audit, and the read model."""
