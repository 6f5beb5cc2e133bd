#!/bin/bash
# Signs an .app from the inside out, each part by itself, with the hardened runtime.
#
#   packaging/macos/sign.sh APP
#
# Whose signature it is, the environment says:
#   UBIQUITY_MAC_IDENTITY   "Developer ID Application: NAME (TEAM)", from a keychain that is unlocked
set -euo pipefail

stop() { echo "Nothing was signed: $1" >&2; exit 1; }

app=${1:-}
here=$(cd "$(dirname "$0")" && pwd)
[ -d "$app/Contents/MacOS" ] || stop "there is no app \"$app\". Build it first, and name it."
[ -n "${UBIQUITY_MAC_IDENTITY:-}" ] || stop "UBIQUITY_MAC_IDENTITY is not set. Set it to the name of a Developer ID Application certificate, and run it again."
command -v codesign >/dev/null || stop "the program codesign is missing. Run it on a Mac with Xcode's command line tools."

sign() { codesign --force --timestamp --options runtime --sign "$UBIQUITY_MAC_IDENTITY" "$@"; }

# Whether a file is a program or library: by its first bytes (of one or of several processors).
is_code() {
  case $(od -An -tx1 -N4 "$1" | tr -d ' \n') in
    cffaedfe | cafebabe | cafebabf) return 0 ;;
    *) return 1 ;;
  esac
}

# Deepest first: what is inside of something is signed before it.
deepest_first() { awk -F/ '{ print NF "\t" $0 }' | sort -rn -k1,1 | cut -f2-; }

# The libraries. --deep would give them the program's entitlements, and miss some.
find "$app/Contents" -type f ! -path "$app/Contents/MacOS/*" | deepest_first | while IFS= read -r file; do
  if is_code "$file"; then sign "$file"; fi
done
find "$app/Contents" -type d -name '*.framework' | deepest_first | while IFS= read -r framework; do
  sign "$framework"
done
# The programs, the window's last: it is signed with the app around it.
main=$(/usr/libexec/PlistBuddy -c 'Print :CFBundleExecutable' "$app/Contents/Info.plist" 2>/dev/null || basename "$app" .app)
find "$app/Contents/MacOS" -type f ! -name "$main" | deepest_first | while IFS= read -r program; do
  sign --entitlements "$here/entitlements.plist" "$program"
done
sign --entitlements "$here/entitlements.plist" "$app"

codesign --verify --deep --strict "$app"
echo "signed: $app"
