"""The pages of the wizard: one page is one module here and one line in ``page_list``.

A page is a ``WizardPage`` (``app.ui.parts.wizard_page``): ``show_state`` draws it from the state,
``primary`` says what the big button does, and what the person does goes to the store. Which pages
a flow has, and what each waits for, is said in ``app.flow.wizard.pages``, under the same ids. No
page imports another: what two of them show lies in ``parts``, or in ``review``, ``report`` or
``sign_in``. Open ``method`` first (a short one), then ``details`` or ``create``.
"""
