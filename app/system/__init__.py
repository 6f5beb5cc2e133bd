"""What belongs to the computer: files, the keyring, resources and translations.

Values of core and flow come in and are kept, or are read back; what can't be read or kept comes
back as a sentence or a problem, not as an exception. Open ``own_folders`` first (where things lie),
then ``own_file``: how a file that is read at each start outlives damage and other versions, which
``settings_file``, ``session_file`` and ``update_files`` keep. ``journal_files`` and
``receipt_files`` have a file for each run. ``credential_store`` keeps pasted credentials, in the
keyring where it is one that can be trusted (``keyring_backend``, ``keyring_texts``) and in memory
otherwise. ``account_claim`` keeps two programs out of one account, ``one_instance`` a second window
from opening. ``event_log`` writes the log, ``crash_report`` and
``hard_crash`` what a mistake of ours leaves. ``languages`` and ``translations`` choose the words
and read them. ``components`` and ``practice_window`` tell what is installed. ``one_heap``
is about the memory of threads.
"""
