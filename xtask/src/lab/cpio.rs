//! The archive that the kernel unpacks into memory and starts from: cpio in its "newc" form.

use std::{collections::BTreeSet, io::Write, path::Path};

use anyhow::{Context, Result};

const DIRECTORY: u32 = 0o040_755;
const FILE: u32 = 0o100_755;
const LINK: u32 = 0o120_777;

/// Writes an archive, entry by entry. Parents are made before what lies in them.
pub(crate) struct Archive<W: Write> {
    output: W,
    entries: u32,
    directories: BTreeSet<String>,
}

impl<W: Write> Archive<W> {
    pub(crate) fn new(output: W) -> Self {
        Self { output, entries: 0, directories: BTreeSet::new() }
    }

    /// A file that everyone may read and run.
    pub(crate) fn file(&mut self, path: &str, content: &[u8]) -> Result<()> {
        self.parents(path)?;
        self.entry(path, FILE, content)
    }

    /// A symbolic link.
    pub(crate) fn link(&mut self, path: &str, target: &str) -> Result<()> {
        self.parents(path)?;
        self.entry(path, LINK, target.as_bytes())
    }

    /// A directory, if it is not there yet.
    pub(crate) fn directory(&mut self, path: &str) -> Result<()> {
        self.parents(path)?;
        let new = self.directories.insert(relative(path).to_owned());
        if new { self.entry(path, DIRECTORY, &[]) } else { Ok(()) }
    }

    /// Ends the archive, which is good for nothing before.
    pub(crate) fn finish(mut self) -> Result<W> {
        self.entry("TRAILER!!!", 0, &[])?;
        self.output.flush()?;
        Ok(self.output)
    }

    fn parents(&mut self, path: &str) -> Result<()> {
        match Path::new(relative(path)).parent().and_then(Path::to_str) {
            None | Some("") => Ok(()),
            Some(parent) => self.directory(parent),
        }
    }

    fn entry(&mut self, path: &str, mode: u32, content: &[u8]) -> Result<()> {
        let path = relative(path);
        let size = u32::try_from(content.len()).with_context(|| format!("{path} is too large for the guest"))?;
        self.entries += 1;
        let (inode, name) = (self.entries, path.len() + 1);
        // Magic, inode, mode, owner, group, links, time, size, four device numbers, length of the name, checksum.
        write!(
            self.output,
            "070701{inode:08x}{mode:08x}{0:08x}{0:08x}{1:08x}{0:08x}{size:08x}{0:08x}{0:08x}{0:08x}{0:08x}{name:08x}{0:08x}",
            0, 1
        )?;
        self.output.write_all(path.as_bytes())?;
        // The name ends with a zero; then name and content are each filled up to a multiple of four, the head being 110.
        self.output.write_all(&vec![0; 1 + padding(110 + name)])?;
        self.output.write_all(content)?;
        Ok(self.output.write_all(&vec![0; padding(content.len())])?)
    }
}

fn relative(path: &str) -> &str {
    path.trim_matches('/')
}

fn padding(length: usize) -> usize {
    length.next_multiple_of(4) - length
}

#[cfg(test)]
mod tests {
    use super::Archive;

    /// Names and contents, read back by the form's own rules.
    fn read(mut bytes: &[u8]) -> Vec<(String, u32, Vec<u8>)> {
        let mut entries = Vec::new();
        loop {
            let number = |at: usize| {
                let digits = std::str::from_utf8(&bytes[at..at + 8]).unwrap();
                usize::from_str_radix(digits, 16).unwrap()
            };
            assert_eq!(&bytes[..6], b"070701");
            let (mode, size, name) = (number(14), number(54), number(94));
            let start = (110 + name).next_multiple_of(4);
            let path = String::from_utf8(bytes[110..109 + name].to_vec()).unwrap();
            if path == "TRAILER!!!" {
                return entries;
            }
            entries.push((path, u32::try_from(mode).unwrap(), bytes[start..start + size].to_vec()));
            bytes = &bytes[start + size.next_multiple_of(4)..];
        }
    }

    #[test]
    fn parents_come_once_and_before_what_lies_in_them() {
        let mut archive = Archive::new(Vec::new());
        archive.file("/bin/one", b"12345").unwrap();
        archive.link("/bin/two", "one").unwrap();
        archive.directory("/var/lib/").unwrap();
        let entries = read(&archive.finish().unwrap());
        let expected = [
            ("bin", 0o040_755, &b""[..]),
            ("bin/one", 0o100_755, b"12345"),
            ("bin/two", 0o120_777, b"one"),
            ("var", 0o040_755, b""),
            ("var/lib", 0o040_755, b""),
        ];
        let found: Vec<_> = entries.iter().map(|(path, mode, content)| (&**path, *mode, &**content)).collect();
        assert_eq!(found, expected);
    }
}
