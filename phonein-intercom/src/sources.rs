//! What one source may ask for: so many requests, and never less for the others.

use phonein_protocol::intercom::Source;
use std::{
    collections::BTreeMap,
    hash::{BuildHasher, RandomState},
    net::IpAddr,
    sync::{Mutex, MutexGuard, PoisonError},
};

/// A source may save up so many seconds' worth of requests.
const BURST_SECONDS: u64 = 4;
/// So many sources are watched; one that is long quiet makes room.
const SOURCES: usize = 4_096;

/// All sources. Addresses are not kept: a number that means nothing outside this process stands for each.
#[derive(Debug)]
pub(crate) struct Sources {
    secret: RandomState,
    /// Between two requests of one source in the long run.
    interval_us: u64,
    /// When all that a source asked for is paid for.
    asked: Mutex<Paid>,
    /// When all its connections are: they cost something, whatever comes over them, and may bring no request at all.
    connected: Mutex<Paid>,
}

type Paid = BTreeMap<Source, u64>;

impl Sources {
    pub(crate) fn new(requests_per_second: u32) -> Self {
        let interval_us = 1_000_000 / u64::from(requests_per_second.max(1));
        Self { secret: RandomState::new(), interval_us, asked: Mutex::default(), connected: Mutex::default() }
    }

    /// The number that stands for an address. An IPv6 network that the provider gave to one household is one source; in a
    /// network of the building's own there is everybody, so there each address is one.
    pub(crate) fn of(&self, address: IpAddr) -> Source {
        match address.to_canonical() {
            IpAddr::V4(address) => self.secret.hash_one(address.octets()),
            IpAddr::V6(address) if address.is_unicast_link_local() || address.is_unique_local() => {
                self.secret.hash_one(address.octets())
            }
            IpAddr::V6(address) => self.secret.hash_one(address.segments().split_at(4).0),
        }
    }

    /// Takes one request of the source's share; `Err` holds the seconds to wait.
    pub(crate) fn admit(&self, source: Source, now_us: u64) -> Result<(), u64> {
        self.take(&self.asked, source, now_us)
    }

    /// Takes one connection of the source's share, which is as large; false if it has none left.
    pub(crate) fn lets_in(&self, source: Source, now_us: u64) -> bool {
        self.take(&self.connected, source, now_us).is_ok()
    }

    fn take(&self, paid: &Mutex<Paid>, source: Source, now_us: u64) -> Result<(), u64> {
        let mut paid = lock(paid);
        let paid = place(&mut paid, source);
        let paid_us = (*paid).max(now_us).saturating_add(self.interval_us);
        let owed_us = paid_us.saturating_sub(now_us);
        if owed_us > BURST_SECONDS * 1_000_000 {
            return Err(1);
        }
        *paid = paid_us;
        Ok(())
    }
}

fn lock(paid: &Mutex<Paid>) -> MutexGuard<'_, Paid> {
    paid.lock().unwrap_or_else(PoisonError::into_inner)
}

/// When a source has paid. Where there is no room, the quietest source is forgotten.
fn place(paid: &mut Paid, source: Source) -> &mut u64 {
    if paid.len() >= SOURCES && !paid.contains_key(&source) {
        let quietest = paid.iter().min_by_key(|(_, paid_us)| **paid_us).map(|(source, _)| *source);
        quietest.and_then(|quietest| paid.remove(&quietest));
    }
    paid.entry(source).or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn admitted(sources: &Sources, source: Source, now_us: u64) -> usize {
        (0..1_000).take_while(|_| sources.admit(source, now_us).is_ok()).count()
    }

    #[test]
    fn a_source_has_its_burst_then_its_rate_and_takes_nothing_from_another() {
        let sources = Sources::new(10);
        assert_eq!(admitted(&sources, 1, 5_000_000), 40);
        assert_eq!(admitted(&sources, 2, 5_000_000), 40);
        assert_eq!(admitted(&sources, 1, 5_500_000), 5);
        assert_eq!(admitted(&sources, 1, 60_000_000), 40);
    }

    #[test]
    fn connections_are_counted_for_themselves() {
        let sources = Sources::new(10);
        let let_in = |source| (0..1_000).take_while(|_| sources.lets_in(source, 5_000_000)).count();
        assert_eq!(let_in(1), 40);
        assert_eq!(admitted(&sources, 1, 5_000_000), 40);
        assert_eq!(let_in(2), 40);
        assert!(sources.lets_in(1, 5_100_000));
    }

    #[test]
    fn a_crowd_of_sources_does_not_fill_the_memory_and_frees_nobody_who_is_slowed() {
        let sources = Sources::new(10);
        admitted(&sources, 0, 10_000);
        (1..10_000).for_each(|source| sources.admit(source, 10_000).unwrap());
        assert_eq!(lock(&sources.asked).len(), SOURCES);
        assert!(sources.admit(0, 10_000).is_err());
    }

    #[test]
    fn one_network_is_one_source_and_a_mapped_address_is_the_address() {
        let sources = Sources::new(10);
        let of = |address: &str| sources.of(address.parse().unwrap());
        assert_eq!(of("2001:db8::1"), of("2001:db8::ffff:1"));
        assert_ne!(of("2001:db8::1"), of("2001:db8:0:1::1"));
        for own in ["fe80::", "fd00:1::"] {
            assert_ne!(of(&format!("{own}a")), of(&format!("{own}b")));
        }
        assert_eq!(of("::ffff:192.0.2.1"), of("192.0.2.1"));
        assert_ne!(of("192.0.2.1"), of("192.0.2.2"));
        assert_ne!(of("192.0.2.1"), Sources::new(10).of("192.0.2.1".parse().unwrap()));
    }
}
