"""The page for an AWS administrator on paper: a PDF, made by Qt's own printing.

The content of ``app.core.wording.handoff.administrator_page`` comes in; a PDF's bytes go out. Open
``pdf`` first: it paints the document that ``page_document`` makes, cut into pages by
``page_breaks``; ``amended`` adds what Qt leaves out, and ``beside`` makes it beside the window.
"""
