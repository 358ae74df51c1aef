"""A report as a workbook, a page for browsers and paper, and Markdown: three looks of one declaration."""
