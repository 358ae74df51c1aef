"""Pure rules of the process: dates, numbers and frozen dataclasses in and out."""
