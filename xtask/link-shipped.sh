#!/bin/sh
# link-shipped.sh: links a library as it ships. What bindings are generated from need not ship with it: taken off the list
# of exported names, it is nobody's, and the linker leaves it out.
for word; do
  case $word in
    -Wl,--version-script=*) sed -i '/UNIFFI_META_/d' "${word#*=}" ;;
  esac
done
exec cc "$@"
