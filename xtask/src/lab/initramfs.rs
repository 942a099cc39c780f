//! What is in the guest: a shell, BlueZ, and the programs brought along. All of it is gathered anew at every start, which
//! takes a tenth of a second and cannot be stale.

use std::{
    collections::BTreeSet,
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, ensure};

use super::{cpio::Archive, kernel::Kernel};
use crate::install;

/// Debian packages, and a file of each that tells whether it is there.
const PACKAGES: [(&str, &str); 9] = [
    ("qemu-system-x86", "/usr/bin/qemu-system-x86_64"),
    ("bluez", BLUETOOTHD),
    ("bluez-test-tools", "/usr/bin/btvirt"),
    ("dbus-daemon", "/usr/bin/dbus-daemon"),
    ("dbus-bin", "/usr/bin/dbus-send"),
    ("busybox-static", BUSYBOX),
    ("kmod", "/sbin/depmod"),
    ("xz-utils", "/usr/bin/xz"),
    ("zstd", "/usr/bin/zstd"),
];
const BLUETOOTHD: &str = "/usr/libexec/bluetooth/bluetoothd";
const BUSYBOX: &str = "/bin/busybox";

/// What of those packages runs in the guest, beside the shell.
const TOOLS: [&str; 6] =
    [BLUETOOTHD, "/usr/bin/btvirt", "/usr/bin/btmon", "/usr/bin/btmgmt", "/usr/bin/dbus-daemon", "/usr/bin/dbus-send"];

/// Our own part of it.
const FILES: [(&str, &str); 7] = [
    ("/init", include_str!("../../lab/init")),
    ("/bin/bluetooth", include_str!("../../lab/bluetooth")),
    ("/etc/bluetooth/main.conf", include_str!("../../lab/main.conf")),
    ("/etc/dbus-1/guest.conf", include_str!("../../lab/bus.conf")),
    ("/etc/passwd", "root:x:0:0:root:/root:/bin/sh\n"),
    ("/etc/group", "root:x:0:\n"),
    ("/etc/hosts", "127.0.0.1 localhost\n"),
];

/// Installs what is missing.
pub(crate) fn install() -> Result<()> {
    let missing: Vec<_> =
        PACKAGES.iter().filter(|(_, file)| !Path::new(file).exists()).map(|(package, _)| *package).collect();
    if missing.is_empty() { Ok(()) } else { install::apt(&missing) }
}

/// Writes the archive. `settings` and `programs` are what init reads; `brought` lie where they lie on this machine.
pub(crate) fn write<W: Write>(
    output: W,
    kernel: &Kernel,
    settings: &str,
    programs: &str,
    brought: &BTreeSet<PathBuf>,
) -> Result<W> {
    let mut archive = Archive::new(output);
    for directory in ["/dev", "/proc", "/sys", "/tmp", "/root", "/run/dbus", "/var/lib/bluetooth"] {
        archive.directory(directory)?;
    }
    for (path, content) in FILES {
        archive.file(path, content.as_bytes())?;
    }
    archive.file("/lab/settings", settings.as_bytes())?;
    archive.file("/lab/programs", programs.as_bytes())?;
    archive.file(BUSYBOX, &read(Path::new(BUSYBOX))?)?;
    archive.link("/bin/sh", "busybox")?;
    archive.link("/var/run", "/run")?;
    for module in &kernel.modules {
        archive.file(&format!("/modules/{}", name(module)?), &read(module)?)?;
    }
    for tool in TOOLS {
        let tool = Path::new(tool);
        archive.file(&format!("/bin/{}", name(tool)?), &read(tool)?)?;
    }
    for file in brought {
        archive.file(text(file)?, &read(file)?)?;
    }
    for library in libraries(TOOLS.iter().map(Path::new).chain(brought.iter().map(PathBuf::as_path)))? {
        archive.file(&library, &read(Path::new(&library))?)?;
    }
    archive.finish()
}

/// The shared libraries of these, and of those.
fn libraries<'a>(files: impl Iterator<Item = &'a Path>) -> Result<BTreeSet<String>> {
    let output = Command::new("ldd").args(files).output().context("ldd cannot be started")?;
    let text = String::from_utf8(output.stdout)?;
    ensure!(!text.contains("not found"), "a library is missing:\n{text}");
    Ok(text.lines().filter_map(library).map(str::to_owned).collect())
}

/// A line is `NAME => /PATH (ADDRESS)`, or `/PATH (ADDRESS)` for the loader.
fn library(line: &str) -> Option<&str> {
    let line = line.strip_prefix('\t')?;
    let path = line.split_once("=> ").map_or(line, |(_, path)| path);
    path.split_once(" (").map(|(path, _)| path).filter(|path| path.starts_with('/'))
}

fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("reading {} for the guest", path.display()))
}

fn name(path: &Path) -> Result<&str> {
    text(Path::new(path.file_name().context("a path without a name")?))
}

fn text(path: &Path) -> Result<&str> {
    path.to_str().with_context(|| format!("{} is no text", path.display()))
}

#[cfg(test)]
mod tests {
    use super::library;

    #[test]
    fn libraries_and_the_loader_are_found_and_the_kernels_own_is_not() {
        assert_eq!(library("\tlibm.so.6 => /lib/libm.so.6 (0x00007f)"), Some("/lib/libm.so.6"));
        assert_eq!(library("\t/lib64/ld-linux-x86-64.so.2 (0x00007f)"), Some("/lib64/ld-linux-x86-64.so.2"));
        assert_eq!(library("\tlinux-vdso.so.1 (0x00007f)"), None);
        assert_eq!(library("/usr/bin/btvirt:"), None);
        assert_eq!(library("\tnot a dynamic executable"), None);
    }
}
