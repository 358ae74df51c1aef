"""How values leave the store, whatever the driver: days as dates, flags as 0 and 1, money and sums as whole numbers."""

DATES = ("_on", "_from", "_until", "_since")
"""How the names of columns end whose values are days; a day of any other name is its ISO text."""
