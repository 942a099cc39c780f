use super::*;
use crate::wallet::ActivityFilter;
use phonein_protocol::{
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
    let (mut entries, mut head) = (Vec::new(), Head::EMPTY);
    for (number, (kid, event)) in (1..).zip(events) {
        let (key, via) = (Some(key_id(1)), Some(Via::Http.number()));
        let entry = Entry { number, before: head.hash, time: Some(NOW), event, kid: Some(kid), key, door: None, via };
        let bytes = entry.to_bytes();
        head = Head { number, hash: hash(&bytes) };
        entries.push(bytes);
    }
    wallet.append_log(intercom, &entries, head, NOW).unwrap();
    let rows = wallet.activity(ActivityFilter::default(), None, 9).unwrap();
    let people: Vec<_> = rows.iter().map(|row| row.person.as_deref()).collect();
    assert_eq!(people, [Some("Béla"), None, Some("Anna"), Some("Anna")], "newest first");
}
