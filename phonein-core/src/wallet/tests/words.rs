use super::*;
use crate::wallet::{
    Problem,
    ledger::{After, Ledger, Theirs},
};
use phonein_protocol::message::{KeyState, PutVerdict};

fn anna() -> SigningKey {
    signing_key(1)
}

/// Version 1 at the intercom, version 2 waiting; both Anna's.
fn edited() -> (Ledger, SignedGrant) {
    let mut ledger = Ledger { theirs: Theirs::Grant(made(1, "Cleaner", &anna())), ..Ledger::empty() };
    let mine = sign(change::edit(&ledger, wanted("Edited"), HERE).unwrap(), &anna());
    ledger.change(mine.clone());
    (ledger, mine)
}

/// Another manager's version on top of version 1.
fn others(version: u64) -> SignedGrant {
    let grant = made(1, "Béla's", &anna()).grant().clone();
    sign(Grant { version, base: 1, ..grant }, &signing_key(2))
}

fn superseded(grant: &SignedGrant) -> PutVerdict {
    PutVerdict::Superseded(grant.bytes().to_vec())
}

fn state(grant: &SignedGrant, holder: bool) -> KeyState {
    let holder = holder.then(|| (Kid::of(&signing_key(3).public()), "Anna".into()));
    KeyState { grant: grant.bytes().to_vec(), holder, used: [0; 2] }
}

#[test]
fn stored_is_the_end_of_waiting() {
    let (mut ledger, mine) = edited();
    assert_eq!(ledger.to_put(), Some(&mine));
    assert_eq!(ledger.judge(&mine, &PutVerdict::Stored), After::Keep);
    assert_eq!((&ledger.theirs, &ledger.mine, ledger.to_put()), (&Theirs::Grant(mine), &None, None));
}

#[test]
fn a_change_made_while_another_was_under_way_goes_on_waiting() {
    let (mut ledger, sent) = edited();
    let newer = sign(change::edit(&ledger, wanted("Again"), HERE).unwrap(), &anna());
    ledger.change(newer.clone());
    ledger.judge(&sent, &PutVerdict::Stored);
    assert_eq!((ledger.stored(), ledger.to_put()), (Some(&sent), Some(&newer)));
    assert!(!ledger.is_overtaken());
}

#[test]
fn superseded_asks_a_person() {
    let (mut ledger, mine) = edited();
    ledger.judge(&mine, &superseded(&others(2)));
    assert!(ledger.is_overtaken());
    assert_eq!((ledger.stored(), ledger.to_put()), (Some(&others(2)), None));
    assert_eq!(ledger.shown(), Some(&mine));
    assert_eq!(ledger.drop_mine(), After::Keep);
    assert_eq!((ledger.shown(), ledger.is_overtaken()), (Some(&others(2)), false));
}

#[test]
fn a_deletion_is_never_overtaken() {
    let (mut ledger, _) = edited();
    let deletion = sign(change::delete(&ledger, HERE).unwrap(), &anna());
    ledger.change(deletion.clone());
    assert_eq!(ledger.hear(Some(&state(&others(9), false))), After::Keep);
    assert_eq!(ledger.to_put(), Some(&deletion));
    for verdict in [PutVerdict::Stored, PutVerdict::Deleted] {
        assert_eq!(ledger.clone().judge(&deletion, &verdict), After::Gone);
    }
    assert_eq!(ledger.hear(None), After::Gone);
}

#[test]
fn deleted_by_another_it_asks_only_where_something_waited() {
    let (mut ledger, mine) = edited();
    assert_eq!(ledger.judge(&mine, &PutVerdict::Deleted), After::Keep);
    assert!(ledger.is_overtaken());
    assert_eq!(ledger.drop_mine(), After::Gone);
    let (mut ledger, mine) = edited();
    ledger.judge(&mine, &PutVerdict::Stored);
    assert_eq!(ledger.hear(None), After::Gone);
}

#[test]
fn a_grant_equal_to_one_that_waits_settles_it() {
    let (mut ledger, mine) = edited();
    ledger.hear(Some(&state(&mine, false)));
    assert_eq!(ledger.mine, None);
}

#[test]
fn what_an_intercom_cannot_take_is_not_put_again_and_again() {
    for (verdict, problem) in [(PutVerdict::TooNew, Problem::TooNew), (PutVerdict::Malformed, Problem::Malformed)] {
        let (mut ledger, mine) = edited();
        ledger.judge(&mine, &verdict);
        assert_eq!((ledger.problem, ledger.to_put()), (Some(problem), None));
        let simpler = sign(change::edit(&ledger, wanted("Simpler"), HERE).unwrap(), &anna());
        ledger.change(simpler.clone());
        assert_eq!(ledger.to_put(), Some(&simpler));
    }
}

#[test]
fn an_intercom_that_answers_nonsense_changes_nothing() {
    let (ledger, mine) = edited();
    let foreign = superseded(&made(2, "Another key", &anna()));
    for verdict in [PutVerdict::Superseded(vec![1, 2, 3]), foreign] {
        let mut after = ledger.clone();
        assert_eq!(after.judge(&mine, &verdict), After::Keep);
        assert_eq!(after, ledger);
    }
    let mut after = ledger.clone();
    after.hear(Some(&KeyState { grant: vec![0xff], holder: None, used: [9, 9] }));
    assert_eq!(after, ledger);
}

#[test]
fn a_secret_lasts_until_somebody_holds_the_key_or_another_link_counts() {
    let own = secret(1).commitment();
    let grant = made(1, "Cleaner", &anna());
    let shared = Ledger { theirs: Theirs::Grant(grant.clone()), secret: Some(own), ..Ledger::empty() };
    let mut claimed = shared.clone();
    claimed.hear(Some(&state(&grant, true)));
    assert_eq!(claimed.secret, None);
    let mut waiting = shared.clone();
    waiting.hear(Some(&state(&grant, false)));
    assert_eq!(waiting.secret, Some(own));
    let mut replaced = shared;
    let theirs = change::reissue(&replaced, secret(7).commitment(), None, HERE).unwrap();
    replaced.hear(Some(&state(&sign(theirs, &signing_key(2)), false)));
    assert_eq!(replaced.secret, None);
}

#[test]
fn a_new_link_that_waits_keeps_its_secret_though_the_old_one_has_a_holder() {
    let grant = made(1, "Cleaner", &anna());
    let mut ledger = Ledger { theirs: Theirs::Grant(grant.clone()), ..Ledger::empty() };
    let mine = change::reissue(&ledger, secret(7).commitment(), None, HERE).unwrap();
    ledger.change(sign(mine, &anna()));
    ledger.secret = Some(secret(7).commitment());
    ledger.hear(Some(&state(&grant, true)));
    assert_eq!(ledger.secret, Some(secret(7).commitment()));
}

#[test]
fn put_again_what_stands_goes_first_and_is_signed_anew_where_it_must_be() {
    let (mut ledger, mine) = edited();
    let first = ledger.stored().unwrap().clone();
    ledger.put_again = true;
    assert_eq!(ledger.to_put(), Some(&first));
    let After::SignAnew(anew) = ledger.judge(&first, &PutVerdict::NotAManager) else { panic!() };
    assert_eq!(&anew, first.grant());
    let anew = sign(anew, &signing_key(4));
    ledger.signed_anew(&first, anew.clone());
    assert_eq!(ledger.to_put(), Some(&anew));
    ledger.judge(&anew, &PutVerdict::Stored);
    assert_eq!((ledger.put_again, ledger.to_put()), (false, Some(&mine)));
}

#[test]
fn put_again_a_version_that_is_newer_than_what_stands_is_based_on_it() {
    let grant = others(5);
    let mut ledger = Ledger { theirs: Theirs::Grant(grant.clone()), put_again: true, ..Ledger::empty() };
    let After::SignAnew(anew) = ledger.judge(&grant, &superseded(&others(3))) else { panic!() };
    assert_eq!((anew.version, anew.base), (5, 3));
    // One that is newer stays.
    assert_eq!(ledger.judge(&grant, &superseded(&others(6))), After::Keep);
    assert_eq!((ledger.stored(), ledger.put_again), (Some(&others(6)), false));
}

#[test]
fn while_it_is_to_be_put_again_an_older_version_does_not_come_back() {
    let mut ledger = Ledger { theirs: Theirs::Grant(others(5)), put_again: true, ..Ledger::empty() };
    ledger.hear(Some(&state(&others(2), false)));
    assert_eq!((ledger.stored(), ledger.put_again), (Some(&others(5)), true));
}
