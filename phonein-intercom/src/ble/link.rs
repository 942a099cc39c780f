//! One connection: fragments in, requests out, and how long it may stay (docs/protocol.md, section 8). Pure: the clock is
//! an argument.

use phonein_protocol::{fragment::Reassembler, session::TransportError};

/// A connection without a valid request is closed after this.
pub(super) const PROVES_ITSELF_MS: u64 = 5_000;
/// One with a valid request is closed so long after the last.
pub(super) const IDLE_MS: u64 = 60_000;

/// What a fragment completed.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Heard {
    /// A REQ, to be judged.
    Request(Vec<u8>),
    /// Nothing yet.
    Part,
    /// Nothing any more.
    Wrong(TransportError),
}

/// A connection. Holds one message at most, and one request that is being judged.
#[derive(Debug)]
pub(super) struct Link {
    since_ms: u64,
    valid_ms: Option<u64>,
    /// The MTU its last fragment came with.
    pub(super) mtu: usize,
    reassembler: Reassembler,
    is_judged: bool,
    /// Stale requests since it began.
    stale: u32,
}

impl Link {
    pub(super) fn new(now_ms: u64) -> Self {
        Self {
            since_ms: now_ms,
            valid_ms: None,
            mtu: 0,
            reassembler: Reassembler::default(),
            is_judged: false,
            stale: 0,
        }
    }

    /// Takes a fragment.
    pub(super) fn fragment(&mut self, fragment: &[u8], mtu: usize, now_ms: u64) -> Heard {
        self.mtu = mtu;
        match self.reassembler.push(fragment, now_ms) {
            Ok(None) => Heard::Part,
            Err(error) => Heard::Wrong(error),
            // A phone asks one thing at a time.
            Ok(Some(_)) if self.is_judged => Heard::Wrong(TransportError::TryLater),
            Ok(Some(request)) => {
                self.is_judged = true;
                Heard::Request(request)
            }
        }
    }

    /// Whether a fragment is overdue, told once.
    pub(super) fn check_silence(&mut self, now_ms: u64) -> Result<(), TransportError> {
        self.reassembler.check_silence(now_ms)
    }

    /// Its request was judged, and that it was valid.
    pub(super) fn is_valid(&mut self, now_ms: u64) {
        self.is_judged = false;
        self.valid_ms = Some(now_ms);
    }

    /// Its request was judged, and that it was not valid. Gives how often it was stale.
    pub(super) fn is_refused(&mut self, error: TransportError) -> u32 {
        self.is_judged = false;
        self.stale = self.stale.saturating_add(u32::from(error == TransportError::Stale));
        self.stale
    }

    /// Whether it made a valid request.
    pub(super) fn proved_itself(&self) -> bool {
        self.valid_ms.is_some()
    }

    /// Whether its time is over. Only a valid request gives it more; nobody is sent away while one is judged.
    pub(super) fn is_over(&self, now_ms: u64) -> bool {
        let end = match self.valid_ms {
            None => self.since_ms.saturating_add(PROVES_ITSELF_MS),
            Some(valid_ms) => valid_ms.saturating_add(IDLE_MS),
        };
        now_ms >= end && !self.is_judged
    }

    /// The smallest goes first where all places are taken: the oldest without a valid request, then the longest idle.
    pub(super) fn worth(&self) -> (bool, u64) {
        (self.proved_itself(), self.valid_ms.unwrap_or(self.since_ms))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use phonein_protocol::fragment::{MAX_SILENCE_MS, fragments};

    const MTU: usize = 48;

    fn say(link: &mut Link, message: &[u8], now_ms: u64) -> Heard {
        let mut heard = Heard::Part;
        for fragment in fragments(message, MTU).unwrap() {
            assert_eq!(heard, Heard::Part);
            heard = link.fragment(&fragment, MTU, now_ms);
        }
        heard
    }

    #[test]
    fn fragments_become_a_request_and_a_wrong_one_an_error() {
        let mut link = Link::new(0);
        assert_eq!(say(&mut link, &[7; 200], 0), Heard::Request(vec![7; 200]));
        link.is_valid(0);
        assert_eq!(link.fragment(&[3, 1, 1], MTU, 1), Heard::Wrong(TransportError::Malformed));
        assert_eq!(link.fragment(&[0, 0x20, 0, 1], MTU, 1), Heard::Wrong(TransportError::TooLarge));
        assert_eq!(say(&mut link, &[8; 200], 2), Heard::Request(vec![8; 200]));
        assert_eq!(link.mtu, MTU);
    }

    #[test]
    fn one_request_is_judged_at_a_time() {
        let mut link = Link::new(0);
        assert_eq!(say(&mut link, &[7; 20], 0), Heard::Request(vec![7; 20]));
        assert_eq!(say(&mut link, &[8; 20], 0), Heard::Wrong(TransportError::TryLater));
        link.is_refused(TransportError::Malformed);
        assert_eq!(say(&mut link, &[8; 20], 0), Heard::Request(vec![8; 20]));
    }

    #[test]
    fn a_link_has_five_seconds_to_prove_itself_however_much_it_dribbles() {
        let mut link = Link::new(1_000);
        let mut pieces = fragments(&[1; 400], 23).unwrap();
        for at in (1_000..6_000).step_by(500) {
            assert!(!link.is_over(at), "{at}");
            assert_eq!(link.fragment(&pieces.next().unwrap(), 23, at), Heard::Part);
        }
        assert!(link.is_over(6_000));
    }

    #[test]
    fn errors_do_not_prove_anything() {
        let mut link = Link::new(0);
        say(&mut link, &[7; 20], 0);
        link.is_refused(TransportError::Stale);
        assert!(!link.proved_itself());
        assert!(link.is_over(5_000));
    }

    #[test]
    fn a_valid_request_gives_a_minute_from_then_on() {
        let mut link = Link::new(0);
        say(&mut link, &[7; 20], 4_000);
        link.is_valid(4_000);
        assert!(!link.is_over(63_999));
        // What is no valid request does not keep it.
        link.fragment(&[0x80, 0, 2, 1], MTU, 63_999);
        assert!(link.is_over(64_000));
    }

    #[test]
    fn nobody_is_sent_away_while_the_door_thinks() {
        let mut link = Link::new(0);
        say(&mut link, &[7; 20], 4_990);
        assert!(!link.is_over(6_000));
        link.is_refused(TransportError::Malformed);
        assert!(link.is_over(6_000));
    }

    #[test]
    fn a_late_fragment_is_an_error_once() {
        let mut link = Link::new(0);
        link.fragment(&[0, 0, 9, 1], MTU, 0);
        assert_eq!(link.check_silence(MAX_SILENCE_MS), Ok(()));
        assert_eq!(link.check_silence(MAX_SILENCE_MS + 1), Err(TransportError::Malformed));
        assert_eq!(link.check_silence(MAX_SILENCE_MS + 2), Ok(()));
    }
}
