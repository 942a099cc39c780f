use super::*;
use crate::wallet::{
    ActivityFilter, Begun, Claim, Held, WalletError, What,
    tap::{Ending, Tap},
};
use phonein_protocol::{
    id::Door,
    log::Via,
    message::{Answer, Body, Outcome, Request},
};

const OPENED: Outcome = Outcome::Opened { door: Door::Entrance, seconds: 5 };

fn body(number: u64) -> Vec<u8> {
    let key = Some(key_id(1));
    Request { number, kid: Some(Kid::from_bytes([1; 8])), body: Body::Open { key, door: 0, held: 0 } }.to_bytes()
}

fn begin(wallet: &Wallet, intercom: i64, door: Door, now_ms: i64) -> Begun {
    wallet.begin_tap(intercom, Some(door), Some(key_id(1)), now_ms, body).unwrap()
}

fn new(begun: Begun) -> Tap {
    match begun {
        Begun::New(tap) => tap,
        other => panic!("{other:?}"),
    }
}

/// Claims a link, with this answer.
pub(super) fn claim(wallet: &Wallet, intercom: i64, claim: &Claim, now_ms: i64, answer: &Answer) {
    let body = |number| {
        let (grant, secret) = (claim.grant.bytes().to_vec(), claim.secret.clone());
        let body = Body::Claim { grant, secret, key: signing_key(2).public(), name: claim.name.clone(), door: None };
        Request { number, kid: None, body }.to_bytes()
    };
    let tap = new(wallet.begin_tap(intercom, None, Some(claim.key), now_ms, body).unwrap());
    wallet.tap_answered(intercom, &tap, answer, Via::Http, now_ms + 50).unwrap();
}

#[test]
fn the_number_is_on_disk_before_anything_is_sent() {
    let directory = tempfile::tempdir().unwrap();
    let (wallet, intercom, _) = guest(directory.path());
    let tap = new(begin(&wallet, intercom, Door::Entrance, NOW_MS));
    std::mem::forget(wallet);
    let wallet = open(directory.path());
    let kept = wallet.tap_in_hand(intercom).unwrap().unwrap();
    assert_eq!(kept, tap);
    // A clock set back, and no number comes twice.
    assert_eq!(begin(&wallet, intercom, Door::Entrance, 5), Begun::Unsettled(kept.clone()));
    wallet.settle_tap(intercom, &kept, Ending::NeverArrived, Via::Http, NOW_MS).unwrap();
    assert_eq!(new(begin(&wallet, intercom, Door::Entrance, 5)).number, kept.number + 1);
}

#[test]
fn one_tap_is_in_hand() {
    let directory = tempfile::tempdir().unwrap();
    let (wallet, intercom, _) = guest(directory.path());
    let tap = new(begin(&wallet, intercom, Door::Entrance, NOW_MS));
    assert_eq!(begin(&wallet, intercom, Door::Entrance, NOW_MS + 9_999), Begun::Joins(tap.clone()));
    assert_eq!(begin(&wallet, intercom, Door::Inner, NOW_MS + 9_999), Begun::Busy(tap.clone()));
    wallet.end_tap(intercom, &tap, Ending::NoAnswer, NOW_MS + 10_000).unwrap();
    assert!(matches!(begin(&wallet, intercom, Door::Inner, NOW_MS + 10_001), Begun::Unsettled(_)));
    let kept = wallet.tap_in_hand(intercom).unwrap().unwrap();
    wallet.settle_tap(intercom, &kept, Ending::Answered(OPENED), Via::Http, NOW_MS + 11_000).unwrap();
    assert_eq!(wallet.tap_in_hand(intercom).unwrap(), None);
    new(begin(&wallet, intercom, Door::Inner, NOW_MS + 11_001));
    let endings: Vec<_> = wallet.taps(intercom).unwrap().into_iter().map(|tap| (tap.door, tap.ending)).collect();
    assert_eq!(endings, [(Some(Door::Entrance), Some(Ending::Answered(OPENED))), (Some(Door::Inner), None)]);
}

#[test]
fn a_tap_that_was_never_sent_holds_up_nothing() {
    let directory = tempfile::tempdir().unwrap();
    let (wallet, intercom, _) = guest(directory.path());
    let tap = new(begin(&wallet, intercom, Door::Entrance, NOW_MS));
    wallet.end_tap(intercom, &tap, Ending::Unreachable, NOW_MS + 4_000).unwrap();
    new(begin(&wallet, intercom, Door::Inner, NOW_MS + 4_001));
    let endings: Vec<_> = wallet.taps(intercom).unwrap().into_iter().map(|tap| tap.ending).collect();
    assert_eq!(endings, [Some(Ending::Unreachable), None]);
}

#[test]
fn a_number_that_was_used_is_replaced_as_one_with_its_body() {
    let directory = tempfile::tempdir().unwrap();
    let (wallet, intercom, _) = guest(directory.path());
    let tap = new(begin(&wallet, intercom, Door::Entrance, NOW_MS));
    let next = tap.number + 100;
    wallet.renumber_tap(intercom, tap.number, next, &body(next)).unwrap();
    let kept = wallet.tap_in_hand(intercom).unwrap().unwrap();
    assert_eq!((kept.number, kept.body.unwrap()), (next, body(next)));
    assert_eq!(wallet.end_tap(intercom, &tap, Ending::Unreachable, NOW_MS), Err(WalletError::Gone));
}

#[test]
fn a_guests_activity_is_what_this_phone_did() {
    let directory = tempfile::tempdir().unwrap();
    let (wallet, intercom, id) = guest(directory.path());
    let waiting = wallet.claims(intercom).unwrap().remove(0);
    claim(&wallet, intercom, &waiting, NOW_MS, &Answer { holds: Some(true), ..Outcome::Done.into() });
    let tap = new(begin(&wallet, intercom, Door::Entrance, NOW_MS + 1_000));
    wallet.tap_answered(intercom, &tap, &OPENED.into(), Via::Bluetooth, NOW_MS + 1_200).unwrap();
    let tap = new(begin(&wallet, intercom, Door::Entrance, NOW_MS + 20_000));
    wallet.end_tap(intercom, &tap, Ending::NoAnswer, NOW_MS + 30_000).unwrap();
    let endings = || -> Vec<Ending> {
        let rows = wallet.activity(ActivityFilter::default(), None, 9).unwrap();
        rows.into_iter().map(|row| if let What::Own { ending, .. } = row.what { ending } else { panic!() }).collect()
    };
    assert_eq!(endings(), [Ending::NoAnswer, Ending::Answered(OPENED), Ending::Answered(Outcome::Done)]);
    let kept = wallet.tap_in_hand(intercom).unwrap().unwrap();
    wallet.settle_tap(intercom, &kept, Ending::Answered(Outcome::Interrupted), Via::Http, NOW_MS + 40_000).unwrap();
    assert_eq!(endings()[0], Ending::Answered(Outcome::Interrupted));
    assert_eq!(endings().len(), 3);
    // Both spent a use, as far as this phone can know.
    assert_eq!(wallet.key(id).unwrap().ledger.used, [2, 0]);
}

#[test]
fn a_claim_counts_by_whether_this_phone_holds_the_key() {
    let holds = |holds, outcome: Outcome| Answer { holds, ..outcome.into() };
    let cases = [
        (holds(Some(true), Outcome::Done), Some(Held::Held), false),
        (holds(Some(true), Outcome::Expired), Some(Held::Held), false),
        (holds(Some(false), Outcome::Taken), Some(Held::Taken), false),
        (holds(Some(false), Outcome::Deleted), Some(Held::Deleted), false),
        (holds(Some(false), Outcome::LinkExpired), Some(Held::LinkExpired), false),
        (holds(Some(false), Outcome::UnknownKey), Some(Held::Unknown), false),
        // Decided nothing: it is claimed again at the next chance.
        (holds(Some(false), Outcome::NumberUsed { last: NOW_MS as u64 + 7 }), Some(Held::Claiming), true),
        (holds(None, Outcome::LinkExpired), Some(Held::Claiming), true),
        (holds(None, Outcome::Malformed), Some(Held::Claiming), true),
    ];
    for (answer, held, waits) in cases {
        let directory = tempfile::tempdir().unwrap();
        let (wallet, intercom, id) = guest(directory.path());
        let waiting = wallet.claims(intercom).unwrap().remove(0);
        claim(&wallet, intercom, &waiting, NOW_MS, &answer);
        let key = wallet.key(id).unwrap();
        assert_eq!(key.held, held, "{answer:?}");
        assert_eq!(wallet.claims(intercom).unwrap().len(), usize::from(waits), "{answer:?}");
        assert_eq!(key.claim_outcome.is_some(), waits, "{answer:?}");
        assert!(key.grant().is_some(), "its page can still be shown");
    }
}

#[test]
fn an_old_link_opened_again_does_not_take_a_held_key_away() {
    let directory = tempfile::tempdir().unwrap();
    let (wallet, intercom, id) = guest(directory.path());
    let waiting = wallet.claims(intercom).unwrap().remove(0);
    claim(&wallet, intercom, &waiting, NOW_MS, &Answer { holds: Some(true), ..Outcome::Done.into() });
    let accept = Accept { link: &link(1), place: "x", person: "Anna", signing_key: None };
    wallet.accept_link(&accept, NOW_MS + 1).unwrap();
    assert_eq!(wallet.key(id).unwrap().held, Some(Held::Held));
    let waiting = wallet.claims(intercom).unwrap().remove(0);
    claim(&wallet, intercom, &waiting, NOW_MS + 2, &Outcome::LinkExpired.into());
    assert_eq!(wallet.key(id).unwrap().held, Some(Held::Held), "an answer without the word changes no wallet");
}

#[test]
fn an_edit_reaches_the_guest_with_an_answer_at_the_door() {
    let directory = tempfile::tempdir().unwrap();
    let (wallet, intercom, id) = guest(directory.path());
    let waiting = wallet.claims(intercom).unwrap().remove(0);
    claim(&wallet, intercom, &waiting, NOW_MS, &Answer { holds: Some(true), ..Outcome::Done.into() });
    let ledger = wallet.key(id).unwrap().ledger;
    let newer = sign(change::edit(&ledger, wanted("Anna, evenings"), HERE).unwrap(), &signing_key(1));
    let tap = new(begin(&wallet, intercom, Door::Entrance, NOW_MS + 1_000));
    let answer = Answer { stored: Some(newer.bytes().to_vec()), ..Outcome::Expired.into() };
    wallet.tap_answered(intercom, &tap, &answer, Via::Http, NOW_MS + 1_100).unwrap();
    let key = wallet.key(id).unwrap();
    assert_eq!((&*key.name, key.version_held()), ("Anna, evenings", 2));
    // An older one does not come back.
    let tap = new(begin(&wallet, intercom, Door::Entrance, NOW_MS + 2_000));
    let answer = Answer { stored: Some(link(1).grant.bytes().to_vec()), ..Outcome::Taken.into() };
    wallet.tap_answered(intercom, &tap, &answer, Via::Http, NOW_MS + 2_100).unwrap();
    assert_eq!(wallet.key(id).unwrap().version_held(), 2);
    assert_eq!(wallet.key(id).unwrap().held, Some(Held::Taken));
}

#[test]
fn a_claim_refused_before_its_signature_says_nothing_of_this_phone() {
    let directory = tempfile::tempdir().unwrap();
    let (wallet, intercom, _) = guest(directory.path());
    wallet.set_manager(intercom, true).unwrap();
    let waiting = wallet.claims(intercom).unwrap().remove(0);
    claim(&wallet, intercom, &waiting, NOW_MS, &Outcome::LinkExpired.into());
    assert!(wallet.intercom(intercom).unwrap().is_manager);
    claim(&wallet, intercom, &waiting, NOW_MS + 1, &Answer { holds: Some(true), ..Outcome::Done.into() });
    assert!(!wallet.intercom(intercom).unwrap().is_manager);
}

#[test]
fn a_door_that_says_used_up_is_believed() {
    let directory = tempfile::tempdir().unwrap();
    let (wallet, intercom, id) = guest(directory.path());
    let waiting = wallet.claims(intercom).unwrap().remove(0);
    claim(&wallet, intercom, &waiting, NOW_MS, &Answer { holds: Some(true), ..Outcome::Done.into() });
    let tap = new(begin(&wallet, intercom, Door::Inner, NOW_MS + 1_000));
    wallet.tap_answered(intercom, &tap, &Outcome::UsedUp.into(), Via::Http, NOW_MS + 1_100).unwrap();
    assert_eq!(wallet.key(id).unwrap().ledger.used, [0, 3]);
}
