//! The QR code of a link, for a phone held in front of this one.

use qrcodegen::{QrCode, QrCodeEcc};
use std::fmt::Write;

/// The light margin that readers need around a code, in modules (ISO/IEC 18004).
const MARGIN: u32 = 4;

/// No QR code holds that much.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("too long for a QR code")]
pub struct TooLong;

/// A QR code of error correction level L: a screen has no scratches, and a link is long.
#[derive(Clone, PartialEq, Eq)]
pub struct Qr {
    /// Modules on each side, without margin.
    pub size: u32,
    /// Whether each module is dark, row by row from the top left.
    pub modules: Vec<bool>,
}

/// Dark modules beside each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// Where it begins, in modules from the margin's left edge.
    pub x: u32,
    /// In which row, from the margin's upper edge.
    pub y: u32,
    /// How many they are.
    pub length: u32,
}

impl Qr {
    /// The code of `text`.
    pub fn of(text: &str) -> Result<Self, TooLong> {
        let code = QrCode::encode_text(text, QrCodeEcc::Low).map_err(|_| TooLong)?;
        let side = code.size();
        let modules =
            (0..side).flat_map(|y| (0..side).map(move |x| (x, y))).map(|(x, y)| code.get_module(x, y)).collect();
        Ok(Self { size: u32::try_from(side).unwrap_or(0), modules })
    }

    /// Modules on each side, with the margin.
    pub fn side(&self) -> u32 {
        self.size.saturating_add(2 * MARGIN)
    }

    /// The dark stretches of each row, from the top left. Drawn each as one, no line shows between two modules.
    pub fn stretches(&self) -> Vec<Stretch> {
        let mut stretches: Vec<Stretch> = Vec::new();
        for (y, row) in (MARGIN..).zip(self.modules.chunks(usize::try_from(self.size).unwrap_or(1).max(1))) {
            for (x, _) in (MARGIN..).zip(row).filter(|(_, dark)| **dark) {
                match stretches.last_mut() {
                    Some(last) if last.y == y && last.x + last.length == x => last.length += 1,
                    _ => stretches.push(Stretch { x, y, length: 1 }),
                }
            }
        }
        stretches
    }

    /// A picture that scales: dark modules on white, with the margin.
    pub fn to_svg(&self) -> String {
        let side = self.side();
        let mut svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\" shape-rendering=\"crispEdges\">\
             <path fill=\"#fff\" d=\"M0 0h{side}v{side}H0z\"/><path d=\""
        );
        for Stretch { x, y, length } in self.stretches() {
            // Writing to a String cannot fail.
            let _ = write!(svg, "M{x} {y}h{length}v1h-{length}z");
        }
        svg.push_str("\"/></svg>");
        svg
    }
}

impl std::fmt::Debug for Qr {
    /// Whoever can read the modules can read the link.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Qr").field("size", &self.size).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_of_the_usual_length_fits_into_version_11_or_less() {
        let qr = Qr::of(&format!("https://phonein.example/k#{}", "A".repeat(294))).unwrap();
        assert!(qr.size <= 61, "{}", qr.size);
        assert_eq!(qr.modules.len(), usize::try_from(qr.size * qr.size).unwrap());
    }

    #[test]
    fn each_dark_stretch_of_a_row_is_one() {
        let qr = Qr::of("https://phonein.example/k#AQ").unwrap();
        let (stretches, size) = (qr.stretches(), usize::try_from(qr.size).unwrap());
        let mut drawn = vec![false; size * size];
        for Stretch { x, y, length } in &stretches {
            for at in *x..*x + *length {
                drawn[usize::try_from((y - MARGIN) * qr.size + at - MARGIN).unwrap()] = true;
            }
        }
        assert!(drawn == qr.modules);
        let met = stretches.windows(2).filter(|two| two[0].y == two[1].y && two[0].x + two[0].length >= two[1].x);
        assert_eq!(met.count(), 0, "two that touch");
        // The finder pattern's first row, right behind the margin.
        assert_eq!(stretches.first(), Some(&Stretch { x: 4, y: 4, length: 7 }));
        assert_eq!(qr.to_svg().matches("v1h-").count(), stretches.len());
        assert!(qr.to_svg().contains("d=\"M4 4h7v1h-7z"));
    }

    #[test]
    fn a_text_no_code_holds_is_refused() {
        assert_eq!(Qr::of(&"a".repeat(3_000)), Err(TooLong));
    }
}
