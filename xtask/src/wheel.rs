//! The Python package as a wheel.

use anyhow::{Context, Result, bail};
use std::fs;

use crate::{
    bindings::{self, Language},
    install, paths, release,
    run::{cargo, command, run as run_command},
    test,
};

/// Builds the library as it ships, packs it, and sees that the wheel alone passes all that is asked of the package.
pub(crate) fn run() -> Result<()> {
    let python = install::python_with_pip()?;
    bindings::build()?;
    bindings::generate(Language::Python)?;
    let package = paths::root().join("bindings/python");
    bindings::put_beside(&release::stripped("phonein-core")?, &package.join("phonein/generated"))?;

    let wheels = paths::target()?.join("wheels");
    if wheels.exists() {
        fs::remove_dir_all(&wheels).context("clearing what was packed before")?;
    }
    let pip = ["-m", "pip", "--disable-pip-version-check", "wheel", "--quiet", "--no-deps", "--wheel-dir"];
    run_command(command(&python, &pip).arg(&wheels).arg(&package))?;
    let Some(wheel) = fs::read_dir(&wheels)?.next() else { bail!("pip made no wheel") };
    let wheel = wheel?.path();
    // A wheel is an archive that Python can import from, but for the library: so it is unpacked.
    let unpacked = wheels.join("unpacked");
    run_command(command(&python, &["-m", "zipfile", "-e"]).arg(&wheel).arg(&unpacked))?;
    run_command(&mut cargo(&["build", "--locked", "--package", "phonein-intercom"]))?;
    run_command(&mut test::in_python(&python, &unpacked)?)?;
    fs::remove_dir_all(&unpacked)?;
    println!("{}: {} bytes", wheel.display(), fs::metadata(&wheel)?.len());
    Ok(())
}
