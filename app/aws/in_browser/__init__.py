"""Signing in with the browser of this computer, whatever service of AWS signs in.

The state that a sign-in goes by comes in; what the browser brought goes out. Open ``callback``
first: the page on this computer to which the browser comes back. ``callback_page`` is what it
shows, ``pkce`` the secrets of one sign-in.
"""
