"""Excel and CSV in and out. A kind of sheet is one declaration; nothing here knows the store."""
