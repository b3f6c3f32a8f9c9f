#!/usr/bin/env bash
# Whether a release is the same bytes whoever builds it: builds the last commit twice, from two folders
# with names of different lengths, with other numbers of jobs, another umask, language and time zone, and
# compares. Takes two whole builds, some fifteen minutes on two processors, and is no part of tests/all for
# that.
#
# Where the crates of others are is left out of the binary by --remap-path-prefix, and cargo names our
# own sources by where they are within the folder; there is no build script of ours, and nothing in the
# crate asks for the time or the machine. Where cargo builds has to be one path for both,
# /tmp/convene-target, and RUSTFLAGS the same: crates that include what their build script wrote
# (serde_core is one) carry that path in their hash, and cargo's name for it has RUSTFLAGS in it.
#   tests/supply/reproducible.sh         prints the hash; ends with 1 where there are two
set -euo pipefail
cd "$(dirname "$0")/../.."

export CARGO_TARGET_DIR=/tmp/convene-target
mkdir "$CARGO_TARGET_DIR" || { echo "$CARGO_TARGET_DIR is there already: remove it, or let the other build end" >&2; exit 2; }
place=$(mktemp -d)
trap 'rm -rf "$place" "$CARGO_TARGET_DIR"' EXIT
cargo_home=${CARGO_HOME:-$HOME/.cargo}

build() {
    local folder=$place/$1
    mkdir -p "$folder"
    git archive HEAD | tar -x -C "$folder"
    (
        cd "$folder"
        umask "$3"
        export LC_ALL=$4 TZ=$5
        export RUSTFLAGS="--remap-path-prefix=$cargo_home=/cargo"
        export SOURCE_DATE_EPOCH=0 CARGO_INCREMENTAL=0
        cargo build --locked --release --quiet --jobs "$2"
        sha256sum <"$CARGO_TARGET_DIR/release/convene"
    )
    find "$CARGO_TARGET_DIR" -mindepth 1 -delete
}

first=$(build one 2 022 C UTC)
second=$(build another-folder-with-a-longer-name 3 077 C.UTF-8 Asia/Tokyo)
echo "${first%% *}"
[ "$first" = "$second" ] || { echo "the other build gives ${second%% *}" >&2; exit 1; }
