//! All connections: who has a place, and what each is told (docs/protocol.md, section 8). Pure: events and the clock in,
//! [`Act`]s out.
//!
//! A notification reaches everyone who subscribed (docs/decisions/0007-notifying-everybody.md). A phone passes over what
//! it cannot open, so HELLOs and answers harm nobody. Errors are not sealed: they would. So while several are connected,
//! whoever is wrong is sent away instead, and all others hear nothing of it.

use super::link::{Heard, Link};
use bluer::Address;
use phonein_protocol::session::TransportError;
use std::collections::BTreeMap;

/// Places. What one holds is bounded (one message, one request), so all of them hold at most 64 KiB.
pub(super) const SLOTS: usize = 8;
/// So often may a link among others be stale: two phones that come at the same moment may use one HELLO.
const STALE: u32 = 3;

/// What is to be done.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Act {
    /// Judge this request of a link, then tell [`Links::judged`].
    Judge { link: LinkId, request: Vec<u8> },
    /// Notify, in fragments for this MTU.
    Say { message: Vec<u8>, mtu: usize },
    /// Notify a HELLO, in fragments for this MTU.
    Greet { mtu: usize },
    /// End the connection.
    HangUp(Address),
}

/// A connection, and no later one of the same address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct LinkId {
    pub(super) address: Address,
    /// Counts connections: their source, too.
    pub(super) number: u64,
}

/// All connections.
#[derive(Debug, Default)]
pub(super) struct Links {
    last: u64,
    by: BTreeMap<Address, (u64, Link)>,
}

impl Links {
    /// Someone connected. Where all places are taken, one goes.
    pub(super) fn connected(&mut self, address: Address, now_ms: u64) -> Vec<Act> {
        if self.by.contains_key(&address) {
            return Vec::new();
        }
        let mut acts = Vec::new();
        if self.by.len() >= SLOTS {
            let worst = self.by.iter().min_by_key(|(_, (number, link))| (link.worth(), *number));
            acts.extend(worst.map(|(address, _)| *address).and_then(|worst| self.hang_up(worst)));
        }
        self.last += 1;
        self.by.insert(address, (self.last, Link::new(now_ms)));
        acts
    }

    /// Someone has gone.
    pub(super) fn disconnected(&mut self, address: Address) {
        self.by.remove(&address);
    }

    /// Someone subscribed; BlueZ does not say who, nor the MTU.
    pub(super) fn subscribed() -> Act {
        Act::Greet { mtu: 0 }
    }

    /// A fragment came.
    pub(super) fn fragment(&mut self, address: Address, fragment: &[u8], mtu: usize, now_ms: u64) -> Vec<Act> {
        // Those who were sent away and are not gone yet have no place any more.
        let Some((number, link)) = self.by.get_mut(&address) else { return Vec::new() };
        let number = *number;
        match link.fragment(fragment, mtu, now_ms) {
            Heard::Part => Vec::new(),
            Heard::Request(request) => vec![Act::Judge { link: LinkId { address, number }, request }],
            Heard::Wrong(error) => self.refuse(address, error, 0),
        }
    }

    /// A request was judged.
    pub(super) fn judged(&mut self, id: LinkId, answer: Result<Vec<u8>, TransportError>, now_ms: u64) -> Vec<Act> {
        let Some((number, link)) = self.by.get_mut(&id.address) else { return Vec::new() };
        if *number != id.number {
            return Vec::new();
        }
        match answer {
            Ok(message) => {
                link.is_valid(now_ms);
                vec![Act::Say { message, mtu: link.mtu }]
            }
            Err(error) => {
                let stale = link.is_refused(error);
                self.refuse(id.address, error, stale)
            }
        }
    }

    /// Time went on.
    pub(super) fn tick(&mut self, now_ms: u64) -> Vec<Act> {
        let over: Vec<_> = self.by.iter().filter(|(_, (_, link))| link.is_over(now_ms)).map(|(at, _)| *at).collect();
        let mut acts: Vec<_> = over.into_iter().filter_map(|address| self.hang_up(address)).collect();
        let late =
            self.by.iter_mut().filter_map(|(address, (_, link))| Some((*address, link.check_silence(now_ms).err()?)));
        let late: Vec<_> = late.collect();
        acts.extend(late.into_iter().flat_map(|(address, error)| self.refuse(address, error, 0)));
        acts
    }

    /// How many are connected, and how many of them made a valid request.
    pub(super) fn count(&self) -> (usize, usize) {
        (self.by.len(), self.by.values().filter(|(_, link)| link.proved_itself()).count())
    }

    /// Everybody.
    pub(super) fn addresses(&self) -> impl Iterator<Item = Address> {
        self.by.keys().copied()
    }

    fn refuse(&mut self, address: Address, error: TransportError, stale: u32) -> Vec<Act> {
        let alone = self.by.len() <= 1;
        let Some((_, link)) = self.by.get(&address) else { return Vec::new() };
        let (message, mtu) = (vec![error.code()], link.mtu);
        if error == TransportError::Stale && (alone || stale <= STALE) {
            vec![Act::Say { message, mtu }, Act::Greet { mtu }]
        } else if alone {
            vec![Act::Say { message, mtu }]
        } else {
            self.hang_up(address).into_iter().collect()
        }
    }

    fn hang_up(&mut self, address: Address) -> Option<Act> {
        self.by.remove(&address).map(|_| Act::HangUp(address))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ble::link::{IDLE_MS, PROVES_ITSELF_MS};
    use phonein_protocol::fragment::{MAX_SILENCE_MS, fragments};

    const MTU: usize = 185;

    fn phone(n: u8) -> Address {
        Address::new([n, 0, 0, 0, 0, 1])
    }

    fn with(phones: &[u8]) -> Links {
        let mut links = Links::default();
        for n in phones {
            assert_eq!(links.connected(phone(*n), u64::from(*n)), []);
        }
        links
    }

    fn ask(links: &mut Links, n: u8, now_ms: u64) -> LinkId {
        let mut acts = Vec::new();
        for fragment in fragments(&[n; 300], MTU).unwrap() {
            assert_eq!(acts, []);
            acts = links.fragment(phone(n), &fragment, MTU, now_ms);
        }
        let Some(Act::Judge { link, request }) = acts.pop() else { panic!("{acts:?}") };
        assert_eq!((acts, request), (vec![], vec![n; 300]));
        link
    }

    fn answered(links: &mut Links, n: u8, now_ms: u64) {
        let link = ask(links, n, now_ms);
        let say = Act::Say { message: vec![n; 90], mtu: MTU };
        assert_eq!(links.judged(link, Ok(vec![n; 90]), now_ms), [say]);
    }

    fn error(error: TransportError) -> Act {
        Act::Say { message: vec![error.code()], mtu: MTU }
    }

    #[test]
    fn two_phones_write_in_between_each_other_and_both_are_understood() {
        let mut links = with(&[1, 2]);
        let (one, two) = (fragments(&[1; 300], 48).unwrap(), fragments(&[2; 300], 48).unwrap());
        let mut acts = Vec::new();
        for (one, two) in one.zip(two) {
            acts.extend(links.fragment(phone(1), &one, 48, 5));
            acts.extend(links.fragment(phone(2), &two, 48, 5));
        }
        let judged = |n: u8, act: &Act| matches!(act, Act::Judge { link, request } if link.address == phone(n) && *request == [n; 300]);
        assert!(acts.len() == 2 && judged(1, &acts[0]) && judged(2, &acts[1]), "{acts:?}");
    }

    #[test]
    fn alone_a_phone_is_told_its_error_and_after_stale_gets_a_hello() {
        let mut links = with(&[1]);
        assert_eq!(links.fragment(phone(1), &[9], MTU, 0), [error(TransportError::Malformed)]);
        for _ in 0..2 * STALE {
            let link = ask(&mut links, 1, 0);
            let told = links.judged(link, Err(TransportError::Stale), 0);
            assert_eq!(told, [error(TransportError::Stale), Act::Greet { mtu: MTU }]);
        }
    }

    #[test]
    fn among_others_who_is_wrong_is_sent_away_without_a_word() {
        let mut links = with(&[1, 2]);
        assert_eq!(links.fragment(phone(1), &[9], MTU, 0), [Act::HangUp(phone(1))]);
        assert_eq!(links.count(), (1, 0));
        // What it still writes until it is gone is not heard.
        assert_eq!(links.fragment(phone(1), &[9], MTU, 0), []);
        answered(&mut links, 2, 10);
    }

    #[test]
    fn among_others_a_phone_may_be_stale_a_few_times_only() {
        let mut links = with(&[1, 2]);
        for _ in 0..STALE {
            let link = ask(&mut links, 1, 0);
            assert_eq!(links.judged(link, Err(TransportError::Stale), 0).len(), 2);
        }
        let link = ask(&mut links, 1, 0);
        assert_eq!(links.judged(link, Err(TransportError::Stale), 0), [Act::HangUp(phone(1))]);
    }

    #[test]
    fn silence_and_dribbling_end_after_five_seconds() {
        let mut links = with(&[0]);
        links.connected(phone(1), 0);
        links.fragment(phone(1), &[0, 1, 0, 7], MTU, PROVES_ITSELF_MS - 1);
        assert_eq!(links.tick(PROVES_ITSELF_MS - 1), []);
        assert_eq!(links.tick(PROVES_ITSELF_MS), [Act::HangUp(phone(0)), Act::HangUp(phone(1))]);
        assert_eq!(links.count(), (0, 0));
    }

    #[test]
    fn an_overdue_fragment_is_an_error() {
        let mut links = with(&[1]);
        links.fragment(phone(1), &[0, 1, 0, 7], MTU, 0);
        assert_eq!(links.tick(MAX_SILENCE_MS), []);
        assert_eq!(links.tick(MAX_SILENCE_MS + 1), [error(TransportError::Malformed)]);
    }

    #[test]
    fn a_full_house_sends_the_oldest_stranger_away_then_the_longest_idle() {
        let phones: Vec<u8> = (0..).take(SLOTS).collect();
        let mut links = with(&phones);
        for n in phones.iter().skip(2) {
            answered(&mut links, *n, 100 + u64::from(*n));
        }
        answered(&mut links, 0, 500);
        assert_eq!(links.connected(phone(50), 600), [Act::HangUp(phone(1))]);
        answered(&mut links, 50, 700);
        assert_eq!(links.connected(phone(51), 800), [Act::HangUp(phone(2))]);
        assert_eq!(links.count(), (SLOTS, SLOTS - 1));
    }

    #[test]
    fn a_crowd_of_strangers_shuts_no_phone_out() {
        let mut links = with(&[1]);
        answered(&mut links, 1, 10);
        for n in 10..200 {
            links.connected(phone(n), 20);
            assert!(links.count().0 <= SLOTS);
        }
        answered(&mut links, 1, 4_000);
        links.connected(phone(2), 4_100);
        answered(&mut links, 2, 4_200);
    }

    #[test]
    fn an_answer_for_a_connection_that_is_gone_is_for_nobody() {
        let mut links = with(&[1]);
        let link = ask(&mut links, 1, 0);
        links.disconnected(phone(1));
        links.connected(phone(1), 1);
        assert_eq!(links.judged(link, Ok(vec![1; 90]), 2), []);
        assert_eq!(links.count(), (1, 0));
        assert_eq!(links.tick(1 + PROVES_ITSELF_MS), [Act::HangUp(phone(1))]);
    }

    #[test]
    fn a_phone_that_says_nothing_more_goes_after_a_minute() {
        let mut links = with(&[1]);
        answered(&mut links, 1, 10);
        assert_eq!(links.tick(9 + IDLE_MS), []);
        assert_eq!(links.tick(10 + IDLE_MS), [Act::HangUp(phone(1))]);
    }
}
