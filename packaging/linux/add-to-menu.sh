#!/bin/sh
# Puts the program of this folder into your own menu, and opens its files by a double click.
# With --remove it takes both away again. Nothing outside of your home is touched.
set -eu
here=$(dirname "$(readlink -f "$0")")
data=${XDG_DATA_HOME:-$HOME/.local/share}
entry=$data/applications/ubiquity-s3-setup.desktop
type=$data/mime/packages/ubiquity-s3-setup.xml
icon=$data/icons/hicolor/scalable/apps/ubiquity-s3-setup.svg

refresh() {
    # What is not there has nothing to refresh.
    update-desktop-database "$data/applications" 2>/dev/null || true
    update-mime-database "$data/mime" 2>/dev/null || true
}

case ${1:-} in
--remove)
    rm -f "$entry" "$type" "$icon"
    refresh
    echo "Removed from the menu. To remove the program itself, delete $here"
    ;;
"")
    mkdir -p "$(dirname "$entry")" "$(dirname "$type")" "$(dirname "$icon")"
    cp "$here/ubiquity-s3-setup.xml" "$type"
    cp "$here/ubiquity-s3-setup.svg" "$icon"
    # Exec has its own quotes: within them these four are escaped, and a percent sign is two.
    quoted=$(printf '%s' "$here/ubiquity-s3-setup" | sed 's/[\\"`$]/\\&/g; s/\\/\\\\/g; s/%/%%/g')
    while IFS= read -r line; do
        case $line in
        Exec=*) printf 'Exec="%s" %%f\n' "$quoted" ;;
        *) printf '%s\n' "$line" ;;
        esac
    done <"$here/ubiquity-s3-setup.desktop" >"$entry"
    refresh
    echo "Added to the menu."
    ;;
*)
    echo "Use: add-to-menu.sh [--remove]" >&2
    exit 2
    ;;
esac
