#!/bin/bash
# Makes of a built app what people download for macOS: the disk image.
#
#   packaging/macos/release.sh DIST PROCESSOR
#
# DIST has the app, and gets the image. Where UBIQUITY_MAC_IDENTITY is set (sign.sh) both are signed, and
# where UBIQUITY_NOTARY_KEY (notarise.sh) or the key itself in UBIQUITY_NOTARY_KEY_TEXT is set they are
# notarised; what is not signed has "-unsigned" in its name, what is not notarised "-not-notarised".
set -euo pipefail

stop() { echo "There is nothing to download yet: $1" >&2; exit 1; }

dist=${1:-}
processor=${2:-}
here=$(cd "$(dirname "$0")" && pwd)
app="$dist/UbiQuity S3 Connection Setup.app"
[ -d "$app" ] || stop "there is no app in \"$dist\". Run packaging/build.py on a Mac first."
[ -n "$processor" ] || stop "say for which processor it was built: arm64 or x64."
version=$(sed -n 's/^__version__ = "\(.*\)"/\1/p' "$here/../../app/__init__.py")
[ -n "$version" ] || stop "app/__init__.py has no version."

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
if [ -n "${UBIQUITY_NOTARY_KEY_TEXT:-}" ]; then
  export UBIQUITY_NOTARY_KEY="$folder/key.p8"
  (umask 077 && printf '%s\n' "$UBIQUITY_NOTARY_KEY_TEXT" >"$UBIQUITY_NOTARY_KEY")
fi
kind=""
if [ -z "${UBIQUITY_MAC_IDENTITY:-}" ]; then
  kind=-unsigned
elif [ -z "${UBIQUITY_NOTARY_KEY:-}" ]; then
  kind=-not-notarised
fi
image="$dist/ubiquity-s3-setup-$version-macos-$processor$kind.dmg"
[ "$kind" = -unsigned ] || bash "$here/sign.sh" "$app"
if [ -z "$kind" ]; then bash "$here/notarise.sh" "$app"; fi
bash "$here/dmg.sh" "$app" "$image"
if [ -z "$kind" ]; then bash "$here/notarise.sh" "$image"; fi

# The build's own archive has what is neither signed nor notarised: the image is offered instead of it.
rm -f "$dist"/ubiquity-s3-setup-*.tar.xz
(cd "$dist" && shasum -a 256 -- ubiquity-s3-setup-*.dmg ubiquity-s3-setup-*.cdx.json >checksums.txt)
