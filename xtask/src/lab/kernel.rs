//! Debian's own kernel, unpacked but never installed, with the few modules that Bluetooth needs.

use std::{
    collections::HashMap,
    fs::{self, File},
    hash::{DefaultHasher, Hash, Hasher},
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context, Result, bail, ensure};

use super::pins;
use crate::{
    install, paths,
    run::{command, run},
};

/// What the guest loads. bluetooth wants elliptic curves, those a random generator, that one a counter mode and a hash; the
/// rest is what bluetoothd asks the kernel to encrypt with, and the driver of the pins.
const MODULES: [&str; 10] = [
    "ctr",
    "sha512_generic",
    "drbg",
    "cmac",
    "ecb",
    "algif_hash",
    "algif_skcipher",
    "bluetooth",
    "hci_vhci",
    "gpio-amdpt",
];

/// A kernel that QEMU can enter, and its modules.
pub(crate) struct Kernel {
    pub(crate) image: PathBuf,
    /// The table that tells it of the pins.
    pub(crate) pins: PathBuf,
    /// In the order in which they load.
    pub(crate) modules: Vec<PathBuf>,
}

/// The kernel that was made before, by the very code that would make it now; else it is made.
pub(crate) fn kernel() -> Result<Kernel> {
    let lab = paths::target()?.join("lab");
    let home = lab.join(format!("kernel-{:016x}", key(&[include_str!("kernel.rs"), include_str!("pins.rs")])));
    if !home.exists() {
        // What lies here is of other code, or half made.
        if lab.exists() {
            fs::remove_dir_all(&lab)?;
        }
        let part = home.with_extension("part");
        fs::create_dir_all(&part)?;
        make(&part).context("making the guest's kernel")?;
        // Only what is whole gets the name that counts.
        fs::rename(&part, &home)?;
    }
    let mut modules = fs::read_dir(home.join("modules"))?
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<Vec<_>>>()
        .context("the kernel's modules")?;
    modules.sort();
    Ok(Kernel { image: home.join("vmlinux"), pins: home.join("pins.aml"), modules })
}

/// What was made by other code than this has another name.
fn key(code: &[&str]) -> u64 {
    let mut hasher = DefaultHasher::new();
    code.hash(&mut hasher);
    hasher.finish()
}

fn make(place: &Path) -> Result<()> {
    let package = package()?;
    let version = package.trim_start_matches("linux-image-");
    println!("fetching {package} for the guest");
    let mut download = command("apt-get", &["-o", "APT::Sandbox::User=root", "download", "-qq", &package]);
    run(download.current_dir(place))?;
    let unpacked = place.join("unpacked");
    let archive = fs::read_dir(place)?.next().context("apt-get left no package")??.path();
    run(Command::new("dpkg-deb").arg("--extract").arg(&archive).arg(&unpacked))?;
    run(Command::new("/sbin/depmod").arg("--basedir").arg(&unpacked).arg(version))?;

    uncompressed_kernel(&unpacked.join(format!("boot/vmlinuz-{version}")), &place.join("vmlinux"))?;
    let tree = unpacked.join("lib/modules").join(version);
    let dependencies = fs::read_to_string(tree.join("modules.dep"))?;
    let needs = Needs::read(&dependencies);
    let built_in = fs::read_to_string(tree.join("modules.builtin"))?;
    fs::create_dir(place.join("modules"))?;
    for (index, module) in needs.in_order(&MODULES, &built_in)?.into_iter().enumerate() {
        let target = place.join(format!("modules/{index:02}-{}.ko", name(module)));
        let source = tree.join(module);
        let packed = source.extension().is_some_and(|extension| extension == "xz");
        fs::write(target, if packed { unpack("xz", &source)? } else { fs::read(source)? })?;
    }
    fs::write(place.join("pins.aml"), pins::TABLE)?;
    fs::remove_file(archive)?;
    Ok(fs::remove_dir_all(unpacked)?)
}

/// The kernel that Debian recommends, the generic one: that for clouds has no Bluetooth.
fn package() -> Result<String> {
    let ask = || {
        let output = Command::new("apt-cache").args(["depends", "linux-image-amd64"]).output()?;
        let text = String::from_utf8(output.stdout)?;
        let found = text.lines().find_map(|line| line.trim().strip_prefix("Depends: ").map(str::to_owned));
        Ok::<_, anyhow::Error>(found.filter(|package| package.starts_with("linux-image-")))
    };
    if let Some(package) = ask()? {
        return Ok(package);
    }
    install::update()?;
    ask()?.context("no package linux-image-amd64: the guest is made of Debian's")
}

/// Debian's kernel unpacks itself when it starts, which takes an emulated processor seconds: QEMU also enters the bare one.
fn uncompressed_kernel(source: &Path, target: &Path) -> Result<()> {
    let image = fs::read(source)?;
    let payload = payload(&image).context("the kernel's head is not as Linux describes it")?;
    let tool = match payload {
        [0xfd, b'7', b'z', b'X', b'Z', ..] => "xz",
        [0x28, 0xb5, 0x2f, 0xfd, ..] => "zstd",
        _ => bail!("the kernel is packed in a way not known here"),
    };
    let packed = target.with_extension("packed");
    fs::write(&packed, payload)?;
    let kernel = unpack(tool, &packed)?;
    fs::remove_file(packed)?;
    ensure!(kernel.starts_with(b"\x7fELF"), "what {tool} made of the kernel is no program");
    Ok(fs::write(target, kernel)?)
}

/// The packed kernel inside a bzImage (Documentation/arch/x86/boot.rst); the size of the unpacked one follows it.
fn payload(image: &[u8]) -> Option<&[u8]> {
    let word = |at: usize| usize::try_from(u32::from_le_bytes(*image.get(at..)?.first_chunk()?)).ok();
    let sectors = usize::from(*image.get(0x1f1)?).max(1) + 1;
    let start = (sectors * 512).checked_add(word(0x248)?)?;
    let end = start.checked_add(word(0x24c)?)?.checked_sub(4)?;
    image.get(start..end)
}

fn unpack(tool: &str, packed: &Path) -> Result<Vec<u8>> {
    let mut unpack = Command::new(tool);
    unpack.args(["--decompress", "--stdout"]).stdin(File::open(packed)?).stderr(Stdio::inherit());
    let output = unpack.output().with_context(|| format!("{tool} cannot be started"))?;
    ensure!(output.status.success(), "{tool} cannot unpack {} ({})", packed.display(), output.status);
    Ok(output.stdout)
}

/// Which module needs which, as depmod writes it down: `a.ko: b.ko c.ko`, where c comes before b.
struct Needs<'a>(HashMap<&'a str, (&'a str, Vec<&'a str>)>);

impl<'a> Needs<'a> {
    fn read(text: &'a str) -> Self {
        let modules = text.lines().filter_map(|line| line.split_once(':'));
        Self(modules.map(|(path, needs)| (name(path), (path, needs.split_whitespace().collect()))).collect())
    }

    /// The paths of `wanted` and of all they need, each once, in an order in which they load.
    fn in_order(&self, wanted: &[&str], built_in: &str) -> Result<Vec<&'a str>> {
        let mut order = Vec::new();
        for wanted in wanted {
            let Some((path, needs)) = self.0.get(wanted) else {
                let has = built_in.lines().any(|path| name(path) == *wanted);
                ensure!(has, "Debian's kernel has no module {wanted}");
                continue;
            };
            for path in needs.iter().rev().chain([path]) {
                if !order.contains(path) {
                    order.push(path);
                }
            }
        }
        Ok(order)
    }
}

/// `hci_vhci` of `kernel/drivers/bluetooth/hci_vhci.ko.xz`.
fn name(path: &str) -> &str {
    let file = path.rsplit_once('/').map_or(path, |(_, file)| file);
    file.split_once('.').map_or(file, |(name, _)| name)
}

#[cfg(test)]
mod tests {
    use super::{Needs, key, payload};

    const DEPENDENCIES: &str = "kernel/lib/crc16.ko:\nkernel/crypto/ecc.ko:\n\
        kernel/net/bluetooth.ko: kernel/crypto/ecdh.ko.xz kernel/crypto/ecc.ko kernel/lib/crc16.ko\n\
        kernel/drivers/vhci.ko: kernel/net/bluetooth.ko kernel/crypto/ecdh.ko.xz kernel/crypto/ecc.ko kernel/lib/crc16.ko\n";

    #[test]
    fn modules_come_after_what_they_need_and_once() {
        let order = Needs::read(DEPENDENCIES).in_order(&["bluetooth", "vhci"], "").unwrap();
        let crypto = ["kernel/lib/crc16.ko", "kernel/crypto/ecc.ko", "kernel/crypto/ecdh.ko.xz"];
        assert_eq!(order, [&crypto[..], &["kernel/net/bluetooth.ko", "kernel/drivers/vhci.ko"]].concat());
    }

    #[test]
    fn a_module_in_the_kernel_itself_is_not_loaded_and_one_that_is_nowhere_is_an_error() {
        let needs = Needs::read(DEPENDENCIES);
        assert!(needs.in_order(&["ctr"], "kernel/crypto/ctr.ko\n").unwrap().is_empty());
        assert!(needs.in_order(&["ctr"], "kernel/crypto/ctrl.ko\n").is_err());
    }

    #[test]
    fn changed_code_makes_another_kernel() {
        assert_eq!(key(&["a", "b"]), key(&["a", "b"]));
        assert_ne!(key(&["a", "b"]), key(&["a", "c"]));
    }

    #[test]
    fn the_packed_kernel_lies_behind_the_sectors_of_its_setup_without_the_size_at_its_end() {
        let mut image = vec![0; 1024];
        image[0x1f1] = 1;
        image[0x248] = 3;
        image[0x24c] = 9;
        image.extend(b"...XZXZX\x05\0\0\0 and more");
        assert_eq!(payload(&image).unwrap(), b"XZXZX");
        assert_eq!(payload(&image[..1030]), None);
    }
}
