"""The pages of the wizard: one page is one module here and one line in ``page_list``."""
