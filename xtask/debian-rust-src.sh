#!/bin/sh
# debian-rust-src.sh VERSION DIR: unpacks Rust's library sources from Debian's rust-src of exactly VERSION under DIR.
# Debian's testing and backports carry new versions that the machine's own release lacks, so apt gets lists of its own
# in DIR and the system's stay as they are.
set -eu
version=$1 dir=$2
mirror=$(sed -n 's/^URIs: *//p' /etc/apt/sources.list.d/debian.sources | head -n 1)
mkdir -p "$dir/lists/partial" "$dir/cache/archives/partial"
: >"$dir/status"
echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror trixie-backports main" >"$dir/sources.list"
own() {
  tool=$1
  shift
  "$tool" -o Dir::State::lists="$dir/lists" -o Dir::Cache="$dir/cache" -o Dir::Etc::sourcelist="$dir/sources.list" \
    -o Dir::Etc::sourceparts=/dev/null -o Dir::State::status="$dir/status" -o APT::Sandbox::User=root "$@"
}
own apt-get update -qq
package=$(own apt-cache madison rust-src | awk -F' *[|] *' -v v="$version+dfsg" 'index($2, v) == 1 { print $2; exit }')
[ -n "$package" ] || { echo "Debian has no rust-src $version" >&2; exit 1; }
cd "$dir"
own apt-get download -qq "rust-src=$package"
dpkg-deb --fsys-tarfile rust-src_*.deb | tar -x "./usr/src/rustc-$version/library"
rm -f rust-src_*.deb
