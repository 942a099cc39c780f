#!/bin/sh
# debian-arm-python.sh DIR: Debian's Python for 64-bit ARM, with the C library it runs on, unpacked in DIR. Nothing in it
# is run to unpack it, so no emulator need be registered with the system.
set -eu
dir=$1
debian=http://deb.debian.org/debian
mirror=$(sed -n 's/^URIs: *//p' /etc/apt/sources.list.d/debian.sources 2>/dev/null | head -n 1)
rm -rf "$dir" "$dir.part"
mmdebstrap --quiet --variant=extract --architectures=arm64 --components=main \
  --aptopt='Apt::Install-Recommends "false"' --include=python3,libgcc-s1 bookworm "$dir.part" "${mirror:-$debian}"
rm -rf "$dir.part/var/cache/apt" "$dir.part/var/lib/apt/lists"
mv "$dir.part" "$dir"
