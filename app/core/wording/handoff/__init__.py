"""What an AWS administrator is sent, in words.

A draft comes in; the mail (``forms``) or the page that explains it all (``administrator_page``,
made of ``page_blocks``) goes out. How a page looks is decided by whoever draws it.
"""
