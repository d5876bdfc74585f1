#!/bin/sh
# Everything `make test` checks, in order, with the seconds each step took; stops at the first step that fails.
# Never sets anything up: packaging/setup.sh does that.
set -u
cd "$(dirname "$0")/.." || exit
bin=.venv/bin

step() {
    title=$1
    shift
    printf '\n== %s\n' "$title"
    begun=$(date +%s)
    "$@"
    code=$?
    seconds=$(($(date +%s) - begun))
    if [ "$code" -ne 0 ]; then
        printf '== %s: failed after %s s\n' "$title" "$seconds"
        exit "$code"
    fi
    printf '== %s: passed in %s s\n' "$title" "$seconds"
}

# pytest’s word for "no tests at all" is a failure too.
step "Format" "$bin/ruff" format --check .
step "Lint" "$bin/ruff" check .
step "Types" "$bin/mypy"
step "Types of the benchmark" "$bin/mypy" packaging/bench/__main__.py
step "Translations" "$bin/python" packaging/check_translations.py
# One process more than there are cores: many tests wait for processes of their own.
cores=$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)
step "Tests" env QT_QPA_PLATFORM=offscreen "$bin/python" -m pytest -n $((cores + 1))
