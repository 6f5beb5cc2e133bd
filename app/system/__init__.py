"""What belongs to the computer: files, the keyring, resources and translations.

Values of core and flow come in and are kept, or are read back; what can't be read or kept comes
back as a sentence or a problem, not as an exception. Open ``files`` first: every file is written
whole or not at all, and only its owner can read it. ``journal_files``, ``receipt_files`` and
``session_file`` each keep one kind of text. ``credential_store`` keeps pasted credentials, in the
keyring where it is one that can be trusted (``keyring_backend``, ``keyring_texts``) and in memory
otherwise. ``account_claim`` keeps two programs out of one account. ``components`` and
``practice_window`` tell what is installed.
"""
