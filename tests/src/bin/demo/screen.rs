//! How the demo looks: who speaks stands at the left, what the app shows beside it in the app's own words.

use std::io::{self, BufRead, IsTerminal, Write};
use std::sync::OnceLock;

/// Columns in all.
const WIDTH: usize = 96;
/// Columns for who speaks.
const WHO: usize = 15;

struct Look {
    colours: bool,
    pauses: bool,
}

static LOOK: OnceLock<Look> = OnceLock::new();

/// Colours and pauses are for people at a terminal.
pub(crate) fn start(wants_pauses: bool) {
    let colours = io::stdout().is_terminal();
    let pauses = wants_pauses && colours && io::stdin().is_terminal();
    let _ = LOOK.set(Look { colours, pauses });
}

fn look() -> &'static Look {
    LOOK.get_or_init(|| Look { colours: false, pauses: false })
}

/// Marks text, where marks can be seen.
pub(crate) fn mark(code: &str, text: &str) -> String {
    if look().colours { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_owned() }
}

/// A line as it is. Whoever closed the output does not want it, and among the results of tests it would mislead.
pub(crate) fn line(text: &str) {
    if cfg!(test) {
        return;
    }
    let _ = writeln!(io::stdout(), "{text}");
}

/// Begins a step.
pub(crate) fn title(number: usize, name: &str) {
    let head = format!("── {number} · {name} ");
    let rule = "─".repeat(WIDTH.saturating_sub(head.chars().count()));
    line(&format!("\n{}", mark("1", &format!("{head}{rule}"))));
}

/// What happens, told by the demo.
pub(crate) fn tell(text: &str) {
    for part in wrap(text, WIDTH - 2) {
        line(&format!("  {}", mark("2", &part)));
    }
}

/// What somebody's phone shows, or the device says: word for word.
pub(crate) fn show(who: &str, text: &str) {
    let name = format!("{who:<WHO$}");
    for (index, part) in wrap(text, WIDTH - WHO - 4).iter().enumerate() {
        let left = if index == 0 { mark("36", &name) } else { " ".repeat(WHO) };
        line(&format!("  {left}│ {part}"));
    }
}

/// Waits for Enter, if somebody is there to press it.
pub(crate) fn pause() {
    if look().pauses {
        print!("{}", mark("2", "  Enter: go on "));
        let _ = io::stdout().flush();
        let _ = io::stdin().lock().read_line(&mut String::new());
    }
}

fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let Some(last) = lines.last_mut() else { break };
        if !last.is_empty() && last.chars().count() + 1 + word.chars().count() > width {
            lines.push(word.to_owned());
        } else {
            if !last.is_empty() {
                last.push(' ');
            }
            last.push_str(word);
        }
    }
    lines
}
