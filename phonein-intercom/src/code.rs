//! The QR code a resident scans: the UUID, a space and where the intercom can be reached.

use qrcodegen::{QrCode, QrCodeEcc};
use std::fmt::Write;

/// Light modules around the code; scanners ask for four.
const QUIET: i32 = 4;

/// The text of the code.
pub(crate) fn code_text(uuid: &str, url: Option<&str>) -> String {
    url.map_or_else(|| uuid.to_owned(), |url| format!("{uuid} {url}"))
}

/// What people see at the first start, after a reset and while the button lets a manager in.
pub(crate) fn card(uuid: &str, url: Option<&str>) -> String {
    let mut card = qr(&code_text(uuid, url)).unwrap_or_default();
    let _ = writeln!(card, "UUID     {uuid}");
    if let Some(url) = url {
        let _ = writeln!(card, "Address  {url}");
    }
    card
}

/// Two rows of modules to a line, light ones drawn: right on a dark terminal. `None` if `text` is too long for a code.
fn qr(text: &str) -> Option<String> {
    let code = QrCode::encode_text(text, QrCodeEcc::Medium).ok()?;
    let span = -QUIET..code.size() + QUIET;
    let mut drawn = String::new();
    for y in span.clone().step_by(2) {
        for x in span.clone() {
            // Outside the code everything is light.
            drawn.push(match (code.get_module(x, y), code.get_module(x, y + 1)) {
                (false, false) => '█',
                (false, true) => '▀',
                (true, false) => '▄',
                (true, true) => ' ',
            });
        }
        drawn.push('\n');
    }
    Some(drawn)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_code_is_square_and_has_its_quiet_zone() {
        let drawn = qr("00000000-0000-4000-8000-000000000000 http://127.0.0.1:8042").unwrap();
        let lines: Vec<_> = drawn.lines().collect();
        let width = lines[0].chars().count();
        assert_eq!(lines.len(), width.div_ceil(2));
        assert!(lines.iter().all(|line| line.chars().count() == width));
        assert!(lines[..2].iter().all(|line| line.chars().all(|module| module == '█')));
        assert!(lines.iter().all(|line| line.starts_with("████") && line.ends_with("████")));
    }

    #[test]
    fn a_text_too_long_for_a_code_is_still_shown_as_text() {
        let uuid = "u".repeat(5_000);
        assert_eq!(card(&uuid, None), format!("UUID     {uuid}\n"));
    }
}
