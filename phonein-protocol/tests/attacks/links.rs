//! Links that were forwarded, replaced, revoked or forged.

use crate::{support::*, *};
use phonein_protocol::{grant::SignedGrant, message::Outcome};

#[test]
fn a_forwarded_link() {
    let (mut world, _, _, signed) = World::with_guest(grant(1));
    let mut other = Phone::new(103);
    for door in [None, Some(ENTRANCE)] {
        let answer = world.claim(&mut other, &signed, &secret(1), door);
        assert_eq!((answer.outcome, answer.holds, answer.stored), (Outcome::Taken, Some(false), None));
    }
    assert_eq!(world.opened, []);
    let answer = world.open(&mut other, Some(signed.grant().key), ENTRANCE);
    assert_eq!(answer.outcome, Outcome::UnknownKey);
}

#[test]
fn a_forged_grant_that_asks_who_is_a_manager() {
    let (mut world, manager, guest, signed) = World::with_guest(grant(1));
    let deleted = manager.sign(grant(2), &world.config.intercom);
    let deletion = manager.sign(deletion(deleted.grant()), &world.config.intercom);
    world.put(&manager, &[&deleted, &deletion]);
    let mut asks = guest.clone();
    // An unknown key, one that the asker holds, with its secret and with another, and a deleted one.
    let cases = [
        (grant(9), 9),
        (next(signed.grant()), 1),
        (next(&with_terms(grant(1), |t| t.commitment = commitment(7))), 7),
        (grant(2), 2),
    ];
    for (forged, secret_of) in cases {
        let mut claim = |world: &mut World, signer: &Phone, source| {
            let forged = SignedGrant::new(forged.clone(), signer.kid(), [7; 64]);
            let request = asks.claim(&forged, &secret(secret_of), None);
            let sealed = world.seal(&asks, &request);
            world.deliver(&sealed.req, source).map(|res| Answer { hello: None, ..parse(sealed, &res) })
        };
        let (of_manager, of_guest) = (claim(&mut world, &manager, 50), claim(&mut world, &guest, 51));
        assert_eq!(of_manager, of_guest, "{forged:?}");
        // Nor does one of them slow the asker, and the other not.
        for _ in 0..25 {
            assert_eq!(claim(&mut world, &manager, 50).is_err(), claim(&mut world, &guest, 51).is_err());
        }
        world.pass(100_000);
    }
}

#[test]
fn a_revoked_key_with_an_old_link() {
    let (mut world, manager, mut guest, first) = World::with_guest(grant(1));
    let key = first.grant().key;
    let deleted = manager.sign(deletion(first.grant()), &world.config.intercom);
    world.put(&manager, &[&deleted]);
    let mut other = Phone::new(103);
    for phone in [&mut guest, &mut other] {
        let answer = world.claim(phone, &first, &secret(1), Some(ENTRANCE));
        assert_eq!((answer.outcome, answer.holds), (Outcome::Deleted, Some(false)));
    }
    assert_eq!(world.open(&mut guest, Some(key), ENTRANCE).outcome, Outcome::Deleted);
    assert_eq!(world.opened, []);
}

#[test]
fn a_replaced_link() {
    let (mut world, manager, mut guest, first) = World::with_guest(grant(1));
    let renewed = with_terms(next(first.grant()), |terms| terms.commitment = commitment(77));
    let second = manager.sign(renewed, &world.config.intercom);
    // The new link brings its own change, and frees the old phone.
    let mut new = Phone::new(103);
    let answer = world.claim(&mut new, &second, &secret(77), Some(ENTRANCE));
    assert_eq!((answer.outcome, answer.holds), (Outcome::Opened { door: ENTRANCE, seconds: 5 }, Some(true)));
    let old = world.open(&mut guest, Some(first.grant().key), ENTRANCE);
    assert_eq!((old.outcome, old.stored), (Outcome::Taken, None));
    let link = world.claim(&mut guest, &first, &secret(1), None);
    assert_eq!(link.outcome, Outcome::LinkExpired);
    // The old secret in the new grant is nobody's link.
    let mixed = world.claim(&mut guest, &second, &secret(1), None);
    assert_eq!(mixed.outcome, Outcome::LinkExpired);
}

#[test]
fn a_forged_link_naming_a_known_intercom() {
    let (mut world, _, _, signed) = World::with_guest(grant(1));
    let forger = Phone::new(66);
    let mut victim = Phone::new(103);
    let new = forger.sign(grant(8), &world.config.intercom);
    let answer = world.claim(&mut victim, &new, &secret(8), Some(ENTRANCE));
    assert_eq!(answer.outcome, Outcome::UnknownKey);
    // Over a key that exists, with a secret of the forger's.
    let over = with_terms(next(signed.grant()), |terms| terms.commitment = commitment(8));
    let over = forger.sign(over, &world.config.intercom);
    let answer = world.claim(&mut victim, &over, &secret(8), Some(ENTRANCE));
    assert_eq!(answer.outcome, Outcome::LinkExpired);
    assert_eq!(world.opened, []);
}

#[test]
fn a_link_after_its_last_day() {
    let soon = with_terms(grant(2), |terms| terms.claim_by = NOW + 100);
    let (mut world, manager, _, _) = World::with_guest(grant(1));
    let signed = manager.sign(soon, &world.config.intercom);
    world.put(&manager, &[&signed]);
    world.pass(101_000);
    let mut late = Phone::new(103);
    assert_eq!(world.claim(&mut late, &signed, &secret(2), Some(ENTRANCE)).outcome, Outcome::LinkExpired);
    // Nor where the time is not known any more, only that it was later once.
    world.pass(10_000_000);
    world.intercom.tick(&world.moment()).unwrap();
    world.power_cut();
    assert_eq!(world.intercom.judgement().clock().time(&world.moment()), None);
    assert_eq!(world.claim(&mut late, &signed, &secret(2), Some(ENTRANCE)).outcome, Outcome::LinkExpired);
    assert_eq!(world.opened, []);
}
