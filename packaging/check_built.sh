#!/bin/bash
# Checks a built folder on the system that it was built for: both programs, and the real window once.
#
#   packaging/check_built.sh FOLDER PICTURES
#
# FOLDER has the two programs; PICTURES gets what was seen.
set -euo pipefail

stop() { echo "What was built is not right: $1" >&2; exit 1; }

folder=${1:-}
pictures=${2:-}
[ -d "$folder" ] || stop "there is no folder \"$folder\"."
[ -n "$pictures" ] || stop "say where the pictures go."
mkdir -p "$pictures"
ending=""
case $(uname -s) in MINGW* | MSYS* | CYGWIN*) ending=.exe ;; esac
console="$folder/ubiquity-s3-setup$ending"
window="$folder/UbiQuity S3 Connection Setup$ending"
for program in "$console" "$window"; do
  [ -e "$program" ] || stop "there is no $program."
done
# A Linux without a screen gets one; every other runner has one.
shown=()
if [ "$(uname -s)" = Linux ] && [ -z "${DISPLAY:-}" ]; then shown=(xvfb-run --auto-servernum); fi

"$console" --version
"$console" self-check --picture "$pictures/first page.png"
${shown[@]+"${shown[@]}"} "$window" tour --out "$pictures"
count=$(find "$pictures" -name '*.png' | wc -l)
[ "$count" -gt 5 ] || stop "the window was seen on only $count pages."
echo "right: self-check, and $((count)) pages of the window"
