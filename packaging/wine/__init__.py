"""The Windows build and its installer, tried on Linux under Wine, for want of a Windows.

In comes this clone with its ``.venv``; out come the Windows folder, the installer, and figures.
Nothing that is made here is shipped: Wine lacks parts of Windows, and what stands in for them is
left out of the build or is not Windows'. What a trial proves, and what not, is told in ``try_out``.
"""
