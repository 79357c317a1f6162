#!/usr/bin/env bash
# Runs fuzz targets for a while, makes their corpora small, measures what those reach, and writes it all down.
#
# usage: fuzz/nightly.sh SECONDS-A-TARGET [TARGET]...
#
# Into fuzz/target/nightly: results.jsonl, junit.xml and coverage.txt, and for each target its log, its small corpus and what
# broke a promise. What was found before is gone on with. Exits with 1 if something broke a promise.
set -euo pipefail
cd "$(dirname "$0")"

seconds=$1
shift
out=target/nightly
toolchain=nightly
cargo_fuzz=0.13.2
# The crates whose parsers the targets are about.
crates='access envelope identity primitive'

main() {
    local targets=("$@")
    [ $# -gt 0 ] || mapfile -t targets < <(basename -s .rs fuzz_targets/*.rs)
    tools
    mkdir -p "$out"
    rm -f "$out"/results.jsonl "$out"/*/result.json
    cargo +$toolchain fuzz build -s none
    # Each on a core of its own.
    printf '%s\n' "${targets[@]}" | xargs -P "$(nproc)" -I{} bash -c 'fuzzed {}'
    cat "$out"/*/result.json >"$out/results.jsonl"
    cargo run --quiet -p onem2m-fuzz --example report -- "$out/results.jsonl" "$out/junit.xml"
    coverage
    ! grep -q '"crashes":\["' "$out/results.jsonl"
}

tools() {
    rustup toolchain list | grep -q "^$toolchain" || rustup toolchain install $toolchain --profile minimal
    cargo fuzz --version >/dev/null 2>&1 || cargo install cargo-fuzz --version $cargo_fuzz --locked
    rustup component list --installed | grep -q '^llvm-tools' || rustup component add llvm-tools
}

# The program of a target, as cargo-fuzz has built it.
program() {
    echo "../target/$(rustc -vV | sed -n 's/^host: //p')/release/$1"
}

fuzzed() {
    local target=$1 folder=$out/$1 dictionary ended=0
    local options=(-max_total_time="$seconds" -print_final_stats=1 -rss_limit_mb=2048 -timeout=25)
    mkdir -p "$folder/finds" "$folder/crashes" "corpus/$target"
    dictionary=$(./dictionary "$target")
    [ -z "$dictionary" ] || options+=(-dict="$dictionary")
    "$(program "$target")" "${options[@]}" -artifact_prefix="$folder/crashes/" "$folder/finds" "corpus/$target" \
        >"$folder/log" 2>&1 || ended=$?
    rm -rf "$folder/corpus"
    mkdir "$folder/corpus"
    "$(program "$target")" -merge=1 "$folder/corpus" "corpus/$target" "$folder/finds" >"$folder/merge.log" 2>&1 || true
    local crashes
    crashes=$(find "$folder/crashes" -type f -printf '"%f",' | sed 's/,$//')
    [ "$ended" = 0 ] || [ -n "$crashes" ] || crashes='"log"'
    printf '{"target":"%s","seconds":%s,"executions":%s,"per_second":%s,"corpus":%s,"crashes":[%s]}\n' \
        "$target" "$seconds" "$(statistic "$folder/log" number_of_executed_units)" \
        "$(statistic "$folder/log" average_exec_per_sec)" "$(find "$folder/corpus" -type f | wc -l)" "$crashes" \
        >"$folder/result.json"
}

statistic() {
    sed -n "s/^stat::$2: *//p" "$1" | tail -1 | grep . || echo 0
}

# Lines that the committed corpora and the small ones reach, by crate.
coverage() {
    local tools profile=$PWD/$out/coverage binaries=()
    tools=$(rustc --print sysroot)/lib/rustlib/$(rustc -vV | sed -n 's/^host: //p')/bin
    rm -rf "$profile"
    mkdir -p "$profile"
    local target
    export RUSTFLAGS='-C instrument-coverage' CARGO_TARGET_DIR=$PWD/target/coverage LLVM_PROFILE_FILE="$profile/%p.profraw"
    cargo build --quiet -p onem2m-fuzz --bins
    for target in $(basename -s .rs fuzz_targets/*.rs); do
        for folder in "corpus/$target" "$out/$target/corpus"; do
            [ ! -d "$folder" ] || "target/coverage/debug/$target" "$folder" >/dev/null
        done
        binaries+=(-object "target/coverage/debug/$target")
    done
    "$tools/llvm-profdata" merge -sparse "$profile"/*.profraw -o "$profile/all.profdata"
    for crate in $crates; do
        printf '%s: ' "$crate"
        "$tools/llvm-cov" report "${binaries[@]}" -instr-profile="$profile/all.profdata" --sources "../reference/$crate/src" |
            awk '/^TOTAL/ { print $10 " of lines" }'
    done | tee "$out/coverage.txt"
}

export -f fuzzed program statistic
export seconds out
main "$@"
