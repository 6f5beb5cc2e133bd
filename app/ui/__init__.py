"""The window: the only room, with ``app.bootstrap``, that imports Qt.

A ``SetupState`` comes in and is drawn; what the person does goes out as a call of the store or of
an action (``app.flow.wizard``). Nothing here keeps state that the store could keep. The rooms,
from the bottom: ``look`` (colours and sizes), ``widgets`` (parts that know no wizard), ``paper``
(the administrator's page as a PDF), ``parts`` (what pages share), then ``report``, ``sign_in`` and
``review``, then ``pages``, ``window`` around them and ``menus`` over it; ``tour`` drives the whole.
Each imports those before it and never one after it (``tests/test_architecture.py``). Open
``pages/page_list`` first, then any page.
``application`` starts Qt with asyncio on its loop, ``saving`` keeps what was typed, and
``crash_dialog`` is where a mistake of ours ends.
"""
