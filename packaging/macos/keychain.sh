#!/bin/bash
# Makes a keychain for one build, with the certificate that signs; and takes it away again.
#
#   packaging/macos/keychain.sh make     packaging/macos/keychain.sh delete
#
#   UBIQUITY_MAC_P12            the certificate with its key (.p12), as base64
#   UBIQUITY_MAC_P12_PASSWORD   its password
# A keychain of its own, so that nobody is asked for a password, and nothing of it stays.
set -euo pipefail

stop() { echo "There is no keychain to sign with: $1" >&2; exit 1; }

command -v security >/dev/null || stop "the program security is missing. Run it on a Mac."
keychain="${RUNNER_TEMP:-${TMPDIR:-/tmp}}/ubiquity-signing.keychain-db"
case ${1:-} in
  make)
    for name in UBIQUITY_MAC_P12 UBIQUITY_MAC_P12_PASSWORD; do
      [ -n "${!name:-}" ] || stop "$name is not set. Set the certificate and its password, and run it again."
    done
    folder=$(mktemp -d)
    trap 'rm -rf "$folder"' EXIT
    printf '%s' "$UBIQUITY_MAC_P12" | base64 --decode >"$folder/certificate.p12"
    password=$(openssl rand -hex 24)
    security create-keychain -p "$password" "$keychain"
    security set-keychain-settings -lut 21600 "$keychain"
    security unlock-keychain -p "$password" "$keychain"
    security import "$folder/certificate.p12" -k "$keychain" -P "$UBIQUITY_MAC_P12_PASSWORD" -T /usr/bin/codesign
    security set-key-partition-list -S apple-tool:,apple:,codesign: -s -k "$password" "$keychain" >/dev/null
    security list-keychains -d user -s "$keychain" login.keychain-db
    ;;
  delete)
    security delete-keychain "$keychain"
    security list-keychains -d user -s login.keychain-db
    ;;
  *) stop "say make or delete." ;;
esac
