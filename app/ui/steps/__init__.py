"""The pages of the wizard: one step is one module here and one line in ``step_list``."""
