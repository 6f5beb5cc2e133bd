"""What several exports are made of.

Values and pieces of text go in and out; nothing here is an export of its own but ``policy_files``.
``exported_file`` is what every export yields. ``document_places`` puts a template's own parameters
into the policies, ``steps_text`` and ``key_steps`` write what is left to do by hand, and
``permissions_files`` what whoever does it has to be allowed.
"""
