//! The folder that Xcode takes for a library: a property list, and for each platform the library with its headers.

use std::{
    collections::HashSet,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, ensure};

const PLATFORM: &str = "ios-arm64";
const LIBRARY: &str = "libphonein_core.a";
/// A directory of its own for the header: Xcode puts those of all frameworks into one.
const HEADERS: [&str; 2] = ["PhoneinCoreFFI/PhoneinCoreFFI.h", "PhoneinCoreFFI/module.modulemap"];

const LIST: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
	<key>AvailableLibraries</key>
	<array>
		<dict>
			<key>BinaryPath</key>
			<string>libphonein_core.a</string>
			<key>HeadersPath</key>
			<string>Headers</string>
			<key>LibraryIdentifier</key>
			<string>ios-arm64</string>
			<key>LibraryPath</key>
			<string>libphonein_core.a</string>
			<key>SupportedArchitectures</key>
			<array>
				<string>arm64</string>
			</array>
			<key>SupportedPlatform</key>
			<string>ios</string>
		</dict>
	</array>
	<key>CFBundlePackageType</key>
	<string>XFWK</string>
	<key>XCFrameworkFormatVersion</key>
	<string>1.0</string>
</dict>
</plist>
"#;

/// Makes way for a new one.
pub(super) fn clear(framework: &Path) -> Result<()> {
    if framework.exists() {
        fs::remove_dir_all(framework).with_context(|| format!("clearing {}", framework.display()))?;
    }
    Ok(())
}

/// Copies what C sees of the library to `to`.
pub(super) fn headers(generated: &Path, to: &Path) -> Result<PathBuf> {
    for header in HEADERS {
        let place = to.join(header);
        fs::create_dir_all(place.parent().unwrap_or(to))?;
        fs::copy(generated.join(header), &place).with_context(|| format!("copying {header}"))?;
    }
    Ok(to.to_path_buf())
}

/// What `xcodebuild -create-xcframework` would make of a library for devices.
pub(super) fn assemble(generated: &Path, library: &Path, framework: &Path) -> Result<()> {
    clear(framework)?;
    let platform = framework.join(PLATFORM);
    headers(generated, &platform.join("Headers"))?;
    fs::copy(library, platform.join(LIBRARY)).with_context(|| format!("copying {}", library.display()))?;
    fs::write(framework.join("Info.plist"), LIST).context("writing Info.plist")
}

/// Looks at what was assembled: is every part there, and does the library hold, for the right processor, what the header
/// promises?
pub(super) fn look(framework: &Path) -> Result<()> {
    let platform = framework.join(PLATFORM);
    let map = fs::read_to_string(platform.join("Headers").join(HEADERS[1]))?;
    ensure!(map.contains("module PhoneinCoreFFI"), "the module map names another module");
    let header = fs::read_to_string(platform.join("Headers").join(HEADERS[0]))?;
    let library = fs::read(platform.join(LIBRARY))?;
    ensure!(library.starts_with(b"!<arch>\n"), "the library is no archive");
    ensure!(library.windows(ARM64.len()).any(|window| window == ARM64), "the library holds no code for ARM");
    // A name begins with an underscore there, and ends with a zero.
    let names: HashSet<&[u8]> = library.split(|byte| *byte == 0).filter_map(|name| name.strip_prefix(b"_")).collect();
    let functions: Vec<&str> = header.split(|c: char| !c.is_alphanumeric() && c != '_').filter(is_function).collect();
    ensure!(!functions.is_empty(), "the header promises nothing");
    for function in &functions {
        ensure!(names.contains(function.as_bytes()), "the library lacks {function}");
    }
    println!("{} functions, all in the library for arm64", functions.len());
    Ok(())
}

/// How an object file of 64 bits for ARM begins.
const ARM64: [u8; 8] = [0xcf, 0xfa, 0xed, 0xfe, 0x0c, 0x00, 0x00, 0x01];

fn is_function(name: &&str) -> bool {
    ["uniffi_phonein_core_fn_", "uniffi_phonein_core_checksum_", "ffi_phonein_core_"]
        .iter()
        .any(|beginning| name.starts_with(beginning))
}
