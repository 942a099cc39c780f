//! What a fresh machine with only Rust lacks.

use anyhow::{Context, Result};

use crate::run::{capture, command, run};

/// A Python of 3.11 or newer; Debian's is installed where there is none.
pub(crate) fn python() -> Result<String> {
    if let Some(python) = find_python() {
        return Ok(python);
    }
    println!("no Python 3.11 or newer: installing Debian's");
    apt("python3")?;
    find_python().context("Debian's python3 is older than 3.11: please install a newer Python")
}

fn find_python() -> Option<String> {
    const IS_RECENT: &str = "import sys; sys.exit(sys.version_info < (3, 11))";
    ["python3", "/usr/bin/python3"]
        .into_iter()
        .find(|python| command(python, &["-c", IS_RECENT]).status().is_ok_and(|status| status.success()))
        .map(str::to_owned)
}

/// Installs a Debian package.
pub(crate) fn apt(package: &str) -> Result<()> {
    let install = ["apt-get", "install", "--yes", "--no-install-recommends", "-qq", package];
    let root = capture(&mut command("id", &["-u"]))?.trim() == "0";
    let (words, update): (Vec<&str>, Vec<&str>) = if root {
        (install.to_vec(), vec!["apt-get", "update", "-qq"])
    } else {
        ([&["sudo"], &install[..]].concat(), vec!["sudo", "apt-get", "update", "-qq"])
    };
    run(&mut command(update[0], &update[1..]))?;
    run(&mut command(words[0], &words[1..])).with_context(|| format!("please install {package}"))
}
