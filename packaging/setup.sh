#!/bin/sh
# Makes this clone ready to run (`setup.sh run`) or to be checked (`setup.sh test`), and does nothing when it is already.
# Never asks a question, never touches anything outside .venv except system packages, and those only when it may.
set -eu

mode=${1:-run}
case $mode in
    run) extra=embedded ;;
    test) extra=dev ;;
    *)
        echo "usage: packaging/setup.sh run|test" >&2
        exit 2
        ;;
esac
cd "$(dirname "$0")/.."
venv=.venv

# Libraries Qt loads, and the Debian package each comes in. Asked for one by one, because Qt blames xcb-cursor whichever
# of them is missing.
LIBRARIES='
libglib-2.0.so.0 libglib2.0-0
libgthread-2.0.so.0 libglib2.0-0
libgssapi_krb5.so.2 libgssapi-krb5-2
libbrotlidec.so.1 libbrotli1
libzstd.so.1 libzstd1
libGL.so.1 libgl1
libEGL.so.1 libegl1
libX11.so.6 libx11-6
libX11-xcb.so.1 libx11-xcb1
libxkbcommon.so.0 libxkbcommon0
libxkbcommon-x11.so.0 libxkbcommon-x11-0
libdbus-1.so.3 libdbus-1-3
libfontconfig.so.1 libfontconfig1
libfreetype.so.6 libfreetype6
libxcb.so.1 libxcb1
libxcb-cursor.so.0 libxcb-cursor0
libxcb-glx.so.0 libxcb-glx0
libxcb-icccm.so.4 libxcb-icccm4
libxcb-image.so.0 libxcb-image0
libxcb-keysyms.so.1 libxcb-keysyms1
libxcb-randr.so.0 libxcb-randr0
libxcb-render.so.0 libxcb-render0
libxcb-render-util.so.0 libxcb-render-util0
libxcb-shape.so.0 libxcb-shape0
libxcb-shm.so.0 libxcb-shm0
libxcb-sync.so.1 libxcb-sync1
libxcb-util.so.1 libxcb-util1
libxcb-xfixes.so.0 libxcb-xfixes0
libxcb-xkb.so.1 libxcb-xkb1
'
if [ -n "${WAYLAND_DISPLAY:-}" ]; then
    LIBRARIES="$LIBRARIES
libwayland-client.so.0 libwayland-client0
libwayland-cursor.so.0 libwayland-cursor0
libwayland-egl.so.1 libwayland-egl1
"
fi

say() {
    printf '%s\n' "$*"
}

stop() {
    printf '%s\n' "$@" >&2
    exit 1
}

# The first Python that is new enough; PYTHON=… decides when it is set.
find_python() {
    for name in ${PYTHON:-python3 python3.13 python3.12 python3.11}; do
        if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
            command -v "$name"
            return
        fi
    done
    return 1
}

# Packages for the libraries that cannot be loaded, for a missing venv module, for fonts, and for a virtual screen.
missing_packages() {
    if [ ! -x "$venv/bin/python" ] && ! "$python" -c 'import ensurepip, venv' >/dev/null 2>&1; then
        case $python in
            */python3) say python3-venv ;;
            *) say "$(basename "$python")-venv" ;;
        esac
    fi
    # Other systems carry these libraries inside the wheels or in the system itself.
    [ "$(uname -s)" = Linux ] || return 0
    say "$LIBRARIES" | "$python" -c '
import ctypes, sys
for line in sys.stdin:
    if line.strip():
        library, package = line.split()
        try:
            ctypes.CDLL(library)
        except OSError:
            print(package)
' | awk '!seen[$0]++'
    if ! find /usr/share/fonts /usr/local/share/fonts "$HOME/.fonts" "$HOME/.local/share/fonts" \
        \( -name '*.ttf' -o -name '*.otf' -o -name '*.ttc' \) 2>/dev/null | grep -q .; then
        say fonts-dejavu-core
    fi
    if [ "$mode" = test ]; then
        command -v Xvfb >/dev/null || say xvfb
        command -v xauth >/dev/null || say xauth
    fi
}

# apt_install COMMAND-PREFIX PACKAGES: without questions; the package lists are fetched when there are none, or when a
# first attempt fails (they may be out of date).
apt_install() {
    prefix=$1
    shift
    get="$prefix env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=120 -o Acquire::Retries=3"
    if find /var/lib/apt/lists -name '*_Packages*' 2>/dev/null | grep -q .; then
        # shellcheck disable=SC2086 # the prefix is a command with its options
        $get install --no-install-recommends "$@" </dev/null && return
        say "That did not work; once more with fresh package lists."
    fi
    # shellcheck disable=SC2086
    $get update </dev/null && $get install --no-install-recommends "$@" </dev/null
}

install_missing() {
    missing=$(missing_packages | tr '\n' ' ' | sed 's/ *$//')
    [ -n "$missing" ] || return 0
    if ! command -v apt-get >/dev/null; then
        stop "Some things this program needs are not on this computer, and it has no apt-get to fetch them with." \
            "Install what your system calls these Debian packages, then start again:" "" "    $missing" ""
    fi
    # shellcheck disable=SC2086 # a list of packages
    if [ "$(id -u)" = 0 ]; then
        say "Installing system packages: $missing"
        apt_install '' $missing >"$log" 2>&1 && return
    elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
        say "Installing system packages with sudo: $missing"
        apt_install 'sudo -n' $missing >"$log" 2>&1 && return
    else
        : >"$log"
    fi
    tail -n 5 "$log" >&2
    command="apt-get update && apt-get install -y --no-install-recommends $missing"
    if [ "$(id -u)" != 0 ]; then
        # Without sudo, su asks for the administrator’s password.
        if command -v sudo >/dev/null; then command="sudo sh -c '$command'"; else command="su -c '$command'"; fi
    fi
    stop "Some system packages are missing and could not be installed from here. Type this, then start again:" "" \
        "    $command" ""
}

# Programs that some tests need and the window does not: a keyring service, a database server. Installed where that may be
# done; where not, `make test` says at its end which tests could not run for want of them.
install_for_tests() {
    wished=""
    command -v gnome-keyring-daemon >/dev/null || wished="$wished gnome-keyring"
    command -v dbus-run-session >/dev/null || wished="$wished dbus-daemon"
    ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || wished="$wished postgresql"
    [ -n "$wished" ] && command -v apt-get >/dev/null || return 0
    if [ "$(id -u)" = 0 ]; then
        prefix=''
    elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
        prefix='sudo -n'
    else
        return 0
    fi
    say "Installing for the tests:$wished"
    # shellcheck disable=SC2086 # a list of packages
    apt_install "$prefix" $wished >"$log" 2>&1 || say "That did not work; the tests that need them will not run."
}

# The web engine that shows an institution's sign-on page, with its tests: an extra of some 400 MB on the disk. Without it
# everything else works, and `make test` says at its end what it could not test.
install_web_engine() {
    "$venv/bin/python" -c 'import PySide6.QtWebEngineWidgets' 2>/dev/null && return 0
    say "Installing the web engine for the tests of signing on."
    PIP_ROOT_USER_ACTION=ignore "$venv/bin/python" -m pip --disable-pip-version-check --no-input -q install \
        --no-build-isolation -e ".[sso]" </dev/null >"$log" 2>&1 || say "That did not work; its tests will not run."
    engine=$(echo "$venv"/lib/python3*/site-packages/PySide6/Qt/lib/libQt6WebEngineCore.so.6)
    [ -e "$engine" ] && command -v ldd >/dev/null || return 0
    wished=$(ldd "$engine" | sed -n 's/^[[:space:]]*\(.*\) => not found.*/\1/p' | while read -r library; do
        case $library in
            libnss3.so | libnssutil3.so | libsmime3.so) say libnss3 ;;
            libnspr4.so) say libnspr4 ;;
            libasound.so.2) say libasound2 ;;
            libXcomposite.so.1) say libxcomposite1 ;;
            libXdamage.so.1) say libxdamage1 ;;
            libXrandr.so.2) say libxrandr2 ;;
            libXtst.so.6) say libxtst6 ;;
            libxkbfile.so.1) say libxkbfile1 ;;
        esac
    done | sort -u | tr '\n' ' ')
    [ -n "$wished" ] && command -v apt-get >/dev/null || return 0
    # shellcheck disable=SC2086 # a list of packages
    if [ "$(id -u)" = 0 ]; then
        apt_install '' $wished >"$log" 2>&1 || say "That did not work; its tests will not run."
    elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
        apt_install 'sudo -n' $wished >"$log" 2>&1 || say "That did not work; its tests will not run."
    fi
}

# What the installed packages depend on: change any of it and set-up runs again.
fingerprint() {
    {
        cat pyproject.toml packaging/setup.sh
        pwd
        "$python" -V
    } | cksum | tr ' ' '-'
}

is_installed() {
    for done_mode in "$@"; do
        if [ "$(cat "$venv/.yearadmin-$done_mode" 2>/dev/null)" = "$wanted" ] && "$venv/bin/python" -c '' 2>/dev/null; then
            return 0
        fi
    done
    return 1
}

pip_install() {
    pip="$venv/bin/python -m pip --disable-pip-version-check --no-input"
    # shellcheck disable=SC2086 # a command with its options
    if ! PIP_ROOT_USER_ACTION=ignore $pip -q install "$@" </dev/null >"$log" 2>&1; then
        say "That did not work; once more, with all that pip says."
        PIP_ROOT_USER_ACTION=ignore $pip install "$@" </dev/null
    fi
}

install_python_packages() {
    usable='import sys, pip; sys.exit(sys.version_info < (3, 11))'
    # A virtual environment holds absolute paths, so one from before the clone was moved is of no use.
    if [ "$(cat "$venv/.place" 2>/dev/null)" != "$(pwd)" ] || ! "$venv/bin/python" -c "$usable" >/dev/null 2>&1; then
        say "Making a virtual environment in $venv with $("$python" -V)."
        "$python" -m venv --clear "$venv" || stop "The virtual environment could not be made; the lines above say why."
        pwd >"$venv/.place"
    fi
    say "Installing Python packages. This takes a minute or two, this once."
    # What building needs first (editables is what hatchling asks for by itself), so that the build does not download Qt
    # a second time for an environment of its own.
    "$venv/bin/python" -c '
import tomllib
for requirement in tomllib.load(open("pyproject.toml", "rb"))["build-system"]["requires"]:
    print(requirement)
print("editables")
' >"$venv/.build-requires"
    if ! pip_install -r "$venv/.build-requires" || ! pip_install --no-build-isolation -e ".[$extra]"; then
        stop "Python packages could not be installed; the lines above say why. Start again to go on from here."
    fi
    say "$wanted" >"$venv/.yearadmin-$mode"
}

# Last of all, ask the loader itself: whatever it does not find, the window would not either.
check_qt() {
    [ "$(uname -s)" = Linux ] && command -v ldd >/dev/null || return 0
    plugins=$(echo "$venv"/lib/python3*/site-packages/PySide6/Qt/plugins/platforms)
    lost=$(ldd "$plugins/libqxcb.so" "$plugins/libqoffscreen.so" 2>/dev/null | sed -n 's/^[[:space:]]*\(.*\) => not found.*/\1/p' | sort -u)
    [ -z "$lost" ] || stop "Qt does not find these system libraries, so no window can open:" "$lost"
}

python=$(find_python) || stop "Python 3.11 or newer is needed and was not found. On Debian 12 type this, then start again:" "" \
    "    sudo apt-get install -y python3 python3-venv" ""
wanted=$(fingerprint)
log=$(mktemp)
trap 'rm -f "$log"' EXIT
trap 'exit 130' INT TERM

install_missing
[ "$mode" = run ] || install_for_tests
# What `make test` needs includes what `make run` needs.
enough=$mode
[ "$mode" = test ] || enough="run test"
# shellcheck disable=SC2086 # a list of modes
if ! is_installed $enough; then
    install_python_packages
fi
[ "$mode" = run ] || install_web_engine
"$venv/bin/python" packaging/compile_translations.py
check_qt
