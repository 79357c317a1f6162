#!/bin/bash -eu
# Builds every target and puts it into $OUT with its seeds and dictionary. The base image sets SRC and OUT.

cd "$SRC/onem2m-conform/fuzz"
cargo fuzz build -O

for wrapper in fuzz_targets/*.rs; do
    target=$(basename "$wrapper" .rs)
    cp "../target/x86_64-unknown-linux-gnu/release/$target" "$OUT/"
    zip -qj "$OUT/${target}_seed_corpus.zip" "corpus/$target"/*
    dictionary=$(./dictionary "$target")
    [ -z "$dictionary" ] || cp "$dictionary" "$OUT/$target.dict"
done
