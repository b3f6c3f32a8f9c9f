#!/usr/bin/env bash
# Whether a release is the same bytes wherever it is built: builds the last commit twice, in two
# folders with names of different lengths and with two target folders, and compares. Takes two whole
# builds, some eight minutes on two processors, and is no part of tests/all for that.
#
# Where the sources and the crates are is left out of the binary by --remap-path-prefix; there is no
# build script of ours, and nothing in the crate asks for the time or the machine.
# It does not hold yet (28 November 2026): crates that include what their build script wrote, serde_core
# first, differ by that folder all the same.
#   tests/supply/reproducible.sh         prints the hash; ends with 1 where there are two
set -euo pipefail
cd "$(dirname "$0")/../.."

place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cargo_home=${CARGO_HOME:-$HOME/.cargo}

build() {
    local folder=$place/$1
    mkdir -p "$folder"
    git archive HEAD | tar -x -C "$folder"
    (
        cd "$folder"
        export RUSTFLAGS="--remap-path-prefix=$folder=/convene --remap-path-prefix=$cargo_home=/cargo"
        export SOURCE_DATE_EPOCH=0 CARGO_INCREMENTAL=0 CARGO_TARGET_DIR=$folder/target
        cargo build --locked --release --quiet
        sha256sum <target/release/convene
    )
}

first=$(build one)
second=$(build another-folder-with-a-longer-name)
echo "${first%% *}"
[ "$first" = "$second" ] || { echo "another folder gives ${second%% *}" >&2; exit 1; }
