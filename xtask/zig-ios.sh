#!/bin/sh
# zig-ios.sh: compiles C for an iPhone or its simulator without Apple's tools: the clang in Zig, at ZIG, with the headers
# Zig carries. Cargo says in TARGET for what; where Apple's own files would lie and what they are called is left out.
set -eu
case $TARGET in
  aarch64-apple-ios) target=aarch64-ios.17.0 ;;
  aarch64-apple-ios-sim) target=aarch64-ios.17.0-simulator ;;
  x86_64-apple-ios) target=x86_64-ios.17.0-simulator ;;
esac
left=$#
while [ "$left" -gt 0 ]; do
  word=$1
  shift
  left=$((left - 1))
  case $word in
    -isysroot | -arch | -target)
      shift
      left=$((left - 1))
      ;;
    --target=* | -march=* | -m*-version-min=*) ;;
    *) set -- "$@" "$word" ;;
  esac
done
exec "$ZIG/zig" cc -target "$target" -isystem "$ZIG/lib/libc/include/any-macos-any" "$@"
