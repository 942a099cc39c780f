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

impl Qr {
    /// The code of `text`.
    pub fn of(text: &str) -> Result<Self, TooLong> {
        let code = QrCode::encode_text(text, QrCodeEcc::Low).map_err(|_| TooLong)?;
        let side = code.size();
        let modules =
            (0..side).flat_map(|y| (0..side).map(move |x| (x, y))).map(|(x, y)| code.get_module(x, y)).collect();
        Ok(Self { size: u32::try_from(side).unwrap_or(0), modules })
    }

    /// A picture that scales: dark modules on white, with the margin.
    pub fn to_svg(&self) -> String {
        let side = self.size.saturating_add(2 * MARGIN);
        let mut svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\" shape-rendering=\"crispEdges\">\
             <path fill=\"#fff\" d=\"M0 0h{side}v{side}H0z\"/><path d=\""
        );
        for (y, row) in (MARGIN..).zip(self.modules.chunks(usize::try_from(self.size).unwrap_or(1).max(1))) {
            for (x, _) in (MARGIN..).zip(row).filter(|(_, dark)| **dark) {
                // Writing to a String cannot fail.
                let _ = write!(svg, "M{x} {y}h1v1h-1z");
            }
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
    fn the_picture_has_a_square_for_each_dark_module() {
        let qr = Qr::of("https://phonein.example/k#AQ").unwrap();
        let dark = qr.modules.iter().filter(|dark| **dark).count();
        assert_eq!(qr.to_svg().matches("h1v1h-1z").count(), dark);
        // The finder pattern's first row, right behind the margin.
        assert!(qr.to_svg().contains("d=\"M4 4h1v1h-1zM5 4h1v1h-1z"));
    }

    #[test]
    fn a_text_no_code_holds_is_refused() {
        assert_eq!(Qr::of(&"a".repeat(3_000)), Err(TooLong));
    }
}
