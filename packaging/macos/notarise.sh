#!/bin/bash
# Has Apple look at a signed .app or .dmg, and fastens its answer to it.
#
#   packaging/macos/notarise.sh APP-OR-IMAGE
#
# First the app, then the image that is made of it: each then starts without asking Apple again.
# Who asks, the environment says (a key of App Store Connect's API):
#   UBIQUITY_NOTARY_KEY      the file with the key (.p8)
#   UBIQUITY_NOTARY_KEY_ID   its name
#   UBIQUITY_NOTARY_ISSUER   the name of who made it
set -euo pipefail

stop() { echo "Nothing was notarised: $1" >&2; exit 1; }

thing=${1:-}
[ -e "$thing" ] || stop "there is no \"$thing\". Build and sign it first, and name it."
for name in UBIQUITY_NOTARY_KEY UBIQUITY_NOTARY_KEY_ID UBIQUITY_NOTARY_ISSUER; do
  [ -n "${!name:-}" ] || stop "$name is not set. Set the three names of an App Store Connect key, and run it again."
done
command -v xcrun >/dev/null || stop "the program xcrun is missing. Run it on a Mac with Xcode's command line tools."

account=(--key "$UBIQUITY_NOTARY_KEY" --key-id "$UBIQUITY_NOTARY_KEY_ID" --issuer "$UBIQUITY_NOTARY_ISSUER")
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
sent=$thing
if [ -d "$thing" ]; then
  sent="$folder/$(basename "$thing").zip"
  ditto -c -k --keepParent "$thing" "$sent"
fi
answer=$(xcrun notarytool submit "$sent" "${account[@]}" --wait --timeout 40m --output-format json) || true
status=$(printf '%s' "$answer" | sed -n 's/.*"status" *: *"\([^"]*\)".*/\1/p')
id=$(printf '%s' "$answer" | sed -n 's/.*"id" *: *"\([^"]*\)".*/\1/p')
if [ "$status" != Accepted ]; then
  if [ -n "$id" ]; then xcrun notarytool log "$id" "${account[@]}" >&2 || true; fi
  stop "Apple answered \"${status:-nothing}\". Its reasons, if it gave any, are above."
fi
xcrun stapler staple -q "$thing"
xcrun stapler validate -q "$thing"
echo "notarised: $thing"
