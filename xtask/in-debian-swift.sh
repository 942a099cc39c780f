#!/bin/sh
# in-debian-swift.sh TREE ROOT TARGET CMD…: runs CMD in the Debian that debian-swift.sh made in TREE. The project at ROOT
# and cargo's TARGET are seen at the same places as outside. The mounts are in a namespace of their own and end with CMD.
set -eu
exec unshare --mount --propagation private -- sh -euc '
  tree=$1 root=$2 target=$3
  shift 3
  mount --bind /dev "$tree/dev"
  mount -t proc proc "$tree/proc"
  for place in "$root" "$target"; do
    mkdir -p "$tree$place"
    mount --bind "$place" "$tree$place"
  done
  cd "$root"
  exec chroot "$tree" /usr/bin/env -i --chdir "$root" HOME=/root PATH=/usr/bin:/bin LANG=C.UTF-8 "$@"
' sh "$@"
