#!/bin/sh
# Opens the window on the embedded backend with sample data, signed in; without a display it runs the tour instead.
# Never sets anything up: packaging/setup.sh does that.
set -eu
cd "$(dirname "$0")/.."
if [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] && [ "$(uname -s)" = Linux ]; then
    echo "There is no display to open a window on, so the tour runs instead; its pictures go to the folder tour."
    exec .venv/bin/yearadmin tour --out tour
fi
exec .venv/bin/yearadmin --demo --sample
