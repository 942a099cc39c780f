#!/bin/sh
# debian-swift.sh DIR: a Debian 13 in DIR, to be entered with in-debian-swift.sh, whose swiftlang is Swift 6.0.
# Swift's own downloads are another way to it, but a machine that installs Debian's packages can install these too.
# Debian 12 cannot run that Swift itself: its C library is too old.
set -eu
dir=$1
debian=http://deb.debian.org/debian
mirror=$(sed -n 's/^URIs: *//p' /etc/apt/sources.list.d/debian.sources 2>/dev/null | head -n 1)
command -v mmdebstrap >/dev/null || {
  apt-get update -qq
  apt-get install --yes --no-install-recommends -qq mmdebstrap debian-archive-keyring
}
# What neither a build nor a test opens: two thirds of the whole.
toolchain=/usr/libexec/swift
for path in '/usr/share/doc/*' '/usr/share/man/*' '/usr/share/info/*' '/usr/share/locale/*' \
  "$toolchain/lib/swift_static/*" "$toolchain/lib/swift/embedded/*" "$toolchain/lib/liblldb*" \
  "$toolchain/lib/libsourcekitdInProc*" "$toolchain/lib/python3*" "$toolchain/bin/lldb*" "$toolchain/bin/repl_swift" \
  "$toolchain/bin/clangd" "$toolchain/bin/sourcekit-lsp"; do
  set -- "$@" "--dpkgopt=path-exclude=$path"
done
shift
rm -rf "$dir" "$dir.part"
mmdebstrap --quiet --variant=apt --components=main --aptopt='Apt::Install-Recommends "false"' \
  --aptopt='Acquire::Check-Valid-Until "false"' "$@" \
  --include=swiftlang,libc6-dev,libstdc++-14-dev,git,ca-certificates trixie "$dir.part" "${mirror:-$debian}"
rm -rf "$dir.part/var/cache/apt" "$dir.part/var/lib/apt/lists"
mv "$dir.part" "$dir"
