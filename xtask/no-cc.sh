#!/bin/sh
# no-cc.sh: stands in for the C compiler and the archiver of a target whose Rust is only checked, never linked. Whatever
# it is asked to make comes out empty.
made=
for word; do
  case $word in
    # What the crate cc asks to learn what it deals with.
    -E) echo '"clang"' && exit ;;
    -\?) exit 1 ;;
    *.a) printf '!<arch>\n' >"$word" ;;
  esac
  [ "$made" != next ] || : >"$word"
  made=
  [ "$word" != -o ] || made=next
done
