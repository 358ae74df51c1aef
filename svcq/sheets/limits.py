"""What a file may be at most, so that reading it takes bounded time and memory."""

FILE_BYTES = 100 * 2**20
"""Of a workbook on disk."""
TEXT_BYTES = 64 * 2**20
"""Of a csv or other text file."""
MEMBERS = 5_000
"""Files inside a workbook."""
MEMBER_BYTES = 300 * 2**20
"""One file inside a workbook, unpacked."""
UNPACKED_BYTES = 600 * 2**20
SHEET_BYTES = 256 * 2**20
"""One sheet's cells, unpacked; the words of the whole workbook may be a quarter of it."""
SHEETS_BYTES = 320 * 2**20
"""All sheets, each as often as the workbook names it."""
WORDS_BYTES = 64 * 2**20
STYLES_BYTES = 32 * 2**20
ROWS = 300_000
COLUMNS = 16_384
CELLS = 2_400_000
"""Cells with something in them in one sheet: 100,000 rows of 24."""
AREA = 4_000_000
"""Rows times columns of the used area of one sheet, blanks counted."""
CELL_LENGTH = 32_767
"""Excel's own limit."""
TEXT_IN_CELLS = 64 * 2**20
"""Bytes of the text in all cells of a file together, as much as a text file may have."""
SHEETS = 200
MERGES = 50_000
REFUSALS = 100_000
"""Cells refused in one sheet; beyond it the file is another one than was meant."""
