#!/bin/bash -eu
# Builds every target and puts it into $OUT with its seeds and dictionary. The base image sets SRC and OUT.

cd "$SRC/onem2m-conform/fuzz"
cargo fuzz build -O

for wrapper in fuzz_targets/*.rs; do
    target=$(basename "$wrapper" .rs)
    cp "../target/x86_64-unknown-linux-gnu/release/$target" "$OUT/"
    zip -qj "$OUT/${target}_seed_corpus.zip" "corpus/$target"/*
done
for target in coap_message esprim_object esprim_rand http_request http_response; do
    cp "dictionaries/${target%%_*}.dict" "$OUT/$target.dict"
done
for target in identifier psk_identity; do
    cp dictionaries/identifier.dict "$OUT/$target.dict"
done
