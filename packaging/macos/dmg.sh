#!/bin/bash
# Makes the disk image that a person opens, with the app and the folder to drag it to.
#
#   packaging/macos/dmg.sh APP IMAGE
#
#   UBIQUITY_MAC_IDENTITY   signs the image too; without it the image is not signed, and says so
set -euo pipefail

stop() { echo "No disk image was made: $1" >&2; exit 1; }

app=${1:-}
image=${2:-}
[ -d "$app/Contents" ] || stop "there is no app \"$app\". Build it first, and name it."
[ -n "$image" ] || stop "the name of the image is missing. Name it after the app."
command -v hdiutil >/dev/null || stop "the program hdiutil is missing. Run it on a Mac."

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
ditto "$app" "$folder/$(basename "$app")"
ln -s /Applications "$folder/Applications"
rm -f "$image"
# On the runners hdiutil at times finds the image busy: it is tried three times.
for try in 1 2 3; do
  hdiutil create -volname "$(basename "$app" .app)" -srcfolder "$folder" -fs HFS+ -format UDZO -quiet "$image" && break
  [ "$try" -lt 3 ] || stop "hdiutil failed three times, for the reasons above."
  rm -f "$image"
  sleep "${UBIQUITY_PAUSE:-10}"
done
if [ -n "${UBIQUITY_MAC_IDENTITY:-}" ]; then
  codesign --force --timestamp --sign "$UBIQUITY_MAC_IDENTITY" "$image"
  echo "made and signed: $image"
else
  echo "made, not signed: $image"
fi
