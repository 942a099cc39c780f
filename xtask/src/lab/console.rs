//! What the guest says on its console: lines of the programs, and those of its init to us.

/// In front of what init says (xtask/lab/init); programs do not print it.
const MARK: char = '\x1e';

/// Something init says.
#[derive(Debug, PartialEq)]
pub(crate) enum Event {
    /// Bluetooth is there, so many seconds after the kernel started.
    Ready { after: String },
    /// A program starts.
    Begin { line: String },
    /// It has ended.
    Exit { status: i32 },
    /// The guest cannot do its work.
    Broken { why: String },
}

/// A line as it came: what a program printed of it, if it did, and what init said behind it.
pub(crate) fn read(line: &str) -> (Option<&str>, Option<Event>) {
    let line = line.trim_end_matches(['\r', '\n']);
    let Some((printed, said)) = line.split_once(MARK) else {
        return (Some(line), None);
    };
    (Some(printed).filter(|printed| !printed.is_empty()), event(said))
}

fn event(said: &str) -> Option<Event> {
    let (word, rest) = said.split_once(' ')?;
    match word {
        "ready" => Some(Event::Ready { after: rest.to_owned() }),
        "begin" => Some(Event::Begin { line: rest.to_owned() }),
        "exit" => Some(Event::Exit { status: rest.parse().ok()? }),
        "broken" => Some(Event::Broken { why: rest.to_owned() }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Event, read};

    #[test]
    fn what_a_program_prints_is_no_verdict() {
        assert_eq!(read("exit 0\r\n"), (Some("exit 0"), None));
        assert_eq!(read("\r\n"), (Some(""), None));
    }

    #[test]
    fn a_verdict_is_heard_behind_a_line_without_an_end() {
        assert_eq!(read("no newline\x1eexit 7\r\n"), (Some("no newline"), Some(Event::Exit { status: 7 })));
        assert_eq!(read("\x1eexit 0\r\n"), (None, Some(Event::Exit { status: 0 })));
    }

    #[test]
    fn half_a_verdict_is_none() {
        assert_eq!(read("\x1eexit").1, None);
        assert_eq!(read("\x1eexit 1x").1, None);
    }

    #[test]
    fn a_broken_guest_says_why() {
        assert_eq!(read("\x1ebroken no D-Bus").1, Some(Event::Broken { why: "no D-Bus".to_owned() }));
    }
}
