use super::*;
use crate::wallet::{ActivityFilter, ActivityRow, What};
use phonein_protocol::{
    Time,
    log::{Changed, Entry, Event, Via, hash},
    message::Head,
};

#[test]
fn a_manager_made_a_key_and_a_guest_only_brought_it() {
    let directory = tempfile::tempdir().unwrap();
    let (wallet, intercom, _) = manager(directory.path());
    let (anna, bela) = (Kid::from_bytes([1; 8]), Kid::from_bytes([2; 8]));
    let granted = |version| Event::Changed(Changed::Grant { version });
    let events = [
        (anna, Event::Paired { name: "Anna".into() }),
        (anna, granted(1)),
        (bela, granted(2)),
        (bela, Event::Claimed { name: "Béla".into() }),
    ];
    let at = events.map(|event| (Some(NOW), event));
    let (entries, head) = log(at);
    wallet.append_log(intercom, &entries, head, NOW).unwrap();
    let rows = wallet.activity(ActivityFilter::default(), None, 9).unwrap();
    let people: Vec<_> = rows.iter().map(|row| row.person.as_deref()).collect();
    assert_eq!(people, [Some("Béla"), None, Some("Anna"), Some("Anna")], "newest first");
}

#[test]
fn what_has_no_time_stands_with_what_is_beside_it() {
    let directory = tempfile::tempdir().unwrap();
    let (wallet, intercom, _) = manager(directory.path());
    let anna = Kid::from_bytes([1; 8]);
    let paired = || Event::Paired { name: "Anna".into() };
    let year = 365 * 86_400;
    let (entries, head) = log([
        (None, (anna, Event::Restarted)),
        (Some(NOW - 2 * year), (anna, paired())),
        (None, (anna, Event::Restarted)),
        (Some(NOW - year), (anna, paired())),
    ]);
    wallet.append_log(intercom, &entries, head, NOW).unwrap();
    let rows = wallet.activity(ActivityFilter::default(), None, 9).unwrap();
    let number = |row: &ActivityRow| if let What::Entry(entry) = &row.what { entry.number } else { 0 };
    let told: Vec<_> = rows.iter().map(|row| (number(row), (NOW - row.at) / year)).collect();
    assert_eq!(told, [(4, 1), (3, 2), (2, 2), (1, 2)], "newest first, each in its year");
}

/// A log of these entries, and its head.
fn log<const N: usize>(events: [(Option<Time>, (Kid, Event)); N]) -> (Vec<Vec<u8>>, Head) {
    let (mut entries, mut head) = (Vec::new(), Head::EMPTY);
    for (number, (time, (kid, event))) in (1..).zip(events) {
        let (key, via) = (Some(key_id(1)), Some(Via::Http.number()));
        let entry = Entry { number, before: head.hash, time, event, kid: Some(kid), key, door: None, via };
        let bytes = entry.to_bytes();
        head = Head { number, hash: hash(&bytes) };
        entries.push(bytes);
    }
    (entries, head)
}
