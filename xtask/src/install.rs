//! What a fresh machine with only Rust lacks.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, ensure};

use crate::run::{capture, command, run};

/// A Python of 3.11 or newer; Debian's is installed where there is none.
pub(crate) fn python() -> Result<String> {
    if let Some(python) = find_python() {
        return Ok(python);
    }
    println!("no Python 3.11 or newer: installing Debian's");
    apt(&["python3"])?;
    find_python().context("Debian's python3 is older than 3.11: please install a newer Python")
}

fn find_python() -> Option<String> {
    const IS_RECENT: &str = "import sys; sys.exit(sys.version_info < (3, 11))";
    ["python3", "/usr/bin/python3"]
        .into_iter()
        .find(|python| command(python, &["-c", IS_RECENT]).status().is_ok_and(|status| status.success()))
        .map(str::to_owned)
}

/// The same with pip.
pub(crate) fn python_with_pip() -> Result<String> {
    let python = python()?;
    if !command(&python, &["-m", "pip", "--version"]).output().is_ok_and(|output| output.status.success()) {
        apt(&["python3-pip"])?;
    }
    Ok(python)
}

/// Unpacks a package of Python's registry into `place`, which is there wholly or not at all.
pub(crate) fn pip(package: &str, place: &Path) -> Result<()> {
    let python = python_with_pip()?;
    let part = place.with_extension("part");
    let pip = ["-m", "pip", "install", "--quiet", "--no-deps", "--target", &part.to_string_lossy(), package];
    run(command(&python, &pip).env("PIP_ROOT_USER_ACTION", "ignore"))?;
    fs::rename(&part, place).with_context(|| format!("moving {package} to its place"))
}

/// Maven on Java 17 or newer; Debian's are installed where there are none.
pub(crate) fn maven() -> Result<()> {
    if java().is_none() {
        println!("no Maven: installing Debian's");
        apt(&["maven"])?;
    }
    if java().is_none_or(|version| version < 17) {
        println!("Maven runs on a Java older than 17: installing Debian's");
        apt(&["openjdk-17-jre-headless"])?;
    }
    ensure!(java().is_some_and(|version| version >= 17), "please let Maven run on Java 17 or newer (JAVA_HOME)");
    Ok(())
}

/// A Java that opens windows: Debian's headless one, which is enough for Maven, lacks what does.
pub(crate) fn windows() -> Result<()> {
    let home = |line: &str| line.trim().strip_prefix("java.home = ").map(PathBuf::from);
    let said =
        command("java", &["-XshowSettings:properties", "-version"]).output().context("asking java where it is")?;
    let home = String::from_utf8_lossy(&said.stderr).lines().find_map(home).context("java does not say where it is")?;
    if cfg!(target_os = "linux") && !home.join("lib/libawt_xawt.so").exists() {
        println!("this Java opens no window: installing Debian's");
        apt(&["openjdk-17-jre"])?;
    }
    Ok(())
}

/// Whether there is a screen for a window.
pub(crate) fn has_display() -> bool {
    !cfg!(target_os = "linux") || env::var_os("DISPLAY").is_some_and(|display| !display.is_empty())
}

/// A display for a window: the one there is, or one in memory.
pub(crate) fn display() -> Result<Vec<&'static str>> {
    if has_display() {
        return Ok(Vec::new());
    }
    if command("xvfb-run", &["--help"]).output().is_err() {
        println!("no display: installing one in memory");
        apt(&["xvfb", "xauth"])?;
    }
    Ok(vec!["xvfb-run", "--auto-servernum"])
}

/// The version of the Java on which Maven runs, if there is a Maven.
fn java() -> Option<u32> {
    let said = capture(&mut command("mvn", &["--batch-mode", "--version"])).ok()?;
    let version = said.lines().find_map(|line| line.strip_prefix("Java version: "))?;
    version.split(|letter: char| !letter.is_ascii_digit()).next()?.parse().ok()
}

/// Installs Debian packages.
pub(crate) fn apt(packages: &[&str]) -> Result<()> {
    update()?;
    let install = ["install", "--yes", "--no-install-recommends", "-qq"];
    apt_get(&[&install, packages].concat()).with_context(|| format!("please install {}", packages.join(" ")))
}

/// Learns which packages there are.
pub(crate) fn update() -> Result<()> {
    apt_get(&["update", "-qq"])
}

/// Waits for another that installs, and asks nobody anything.
fn apt_get(words: &[&str]) -> Result<()> {
    let apt = ["DEBIAN_FRONTEND=noninteractive", "apt-get", "-o", "DPkg::Lock::Timeout=300"];
    run(&mut as_root(&[&apt, words].concat())?)
}

/// `env WORDS`, with `sudo` for who is not root.
pub(crate) fn as_root(words: &[&str]) -> Result<Command> {
    let is_root = capture(&mut command("id", &["-u"]))?.trim() == "0";
    let program: &[&str] = if is_root { &["env"] } else { &["sudo", "env"] };
    let line = [program, words].concat();
    Ok(command(line[0], &line[1..]))
}
