"""The page for an AWS administrator on paper: a PDF, made by Qt's own printing.

The content of ``app.core.wording.administrator_page`` comes in; a PDF's bytes go out. Open ``pdf``
first: it paints the pages of the document that ``page_document`` makes, where ``page_breaks`` has
seen to it that nothing is torn apart.
"""
