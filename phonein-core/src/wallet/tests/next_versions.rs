use super::*;
use crate::wallet::ledger::{Ledger, Theirs};
use phonein_protocol::{
    grant::Terms,
    rule::{Date, Days, Minute, Weekly},
    zone::ZoneTable,
};

const DAY: i64 = 86_400;
const LATER: Now<'static> = Now { time: NOW + DAY, zone: None };

fn terms(grant: &Grant) -> &Terms {
    grant.terms.as_ref().unwrap()
}

/// A key that is at the intercom.
fn stored(number: u8) -> Ledger {
    let grant = made(number, "Cleaner", &signing_key(1));
    Ledger { theirs: Theirs::Grant(grant), secret: Some(secret(number).commitment()), ..Ledger::empty() }
}

#[test]
fn a_link_can_be_accepted_for_30_days_from_its_making_or_from_the_keys_start() {
    let claim_by = |rule, zone| {
        let now = Now { time: NOW, zone };
        terms(&change::create(key_id(1), Wanted { rule, ..wanted("x") }, secret(1).commitment(), now)).claim_by
    };
    assert_eq!(claim_by(Rule::Always, None), NOW + 30 * DAY);
    assert_eq!(claim_by(Rule::between(NOW - DAY, NOW + DAY).unwrap(), None), NOW + 30 * DAY);
    assert_eq!(claim_by(Rule::between(NOW + 5 * DAY, NOW + 6 * DAY).unwrap(), None), NOW + 35 * DAY);
    let from = Date::from_ymd(2027, 3, 1).unwrap();
    let noon = Minute::at(12, 0).unwrap();
    let weekly = Rule::Weekly(Weekly::new(Days::ALL, from, from, noon, noon).unwrap());
    let zone = ZoneTable::new("Asia/Kolkata".into(), "2026a".into(), 19_800, vec![], NOW + 999 * DAY).unwrap();
    let midnight = i64::from(from.days()) * DAY - 19_800;
    assert_eq!(claim_by(weekly, Some(&zone)), midnight + 30 * DAY);
    // Nothing a phone's clock shows leaves the wire's scale.
    let far = Now { time: i64::MAX, zone: None };
    let grant = change::create(key_id(1), wanted("x"), secret(1).commitment(), far);
    assert_eq!((terms(&grant).claim_by, grant.issued), ((1 << 40) - 1, (1 << 40) - 1));
}

#[test]
fn an_edit_stands_on_what_is_known_to_be_at_the_intercom() {
    let mut ledger = stored(1);
    let first = change::edit(&ledger, wanted("One"), LATER).unwrap();
    assert_eq!((first.version, first.base), (2, 1));
    assert_eq!(terms(&first).commitment, secret(1).commitment(), "the link stays good");
    ledger.change(sign(first, &signing_key(1)));
    let second = change::edit(&ledger, wanted("Two"), LATER).unwrap();
    assert_eq!((second.version, second.base), (3, 1));
}

#[test]
fn an_edit_lets_the_link_live_longer_only_while_nobody_holds_the_key() {
    let mut ledger = stored(1);
    let edited = change::edit(&ledger, wanted("x"), LATER).unwrap();
    assert_eq!(terms(&edited).claim_by, NOW + 31 * DAY);
    ledger.holder = Some((Kid::of(&signing_key(2).public()), "Anna".into()));
    let edited = change::edit(&ledger, wanted("x"), LATER).unwrap();
    assert_eq!(terms(&edited).claim_by, NOW + 30 * DAY);
}

#[test]
fn a_new_link_of_a_used_up_key_adds_uses_to_those_spent() {
    let ledger = Ledger { used: [3, 1], ..stored(1) };
    let reissued = change::reissue(&ledger, secret(2).commitment(), Some(2), HERE).unwrap();
    assert_eq!(terms(&reissued).uses, Some(5));
    assert_eq!((reissued.version, terms(&reissued).commitment), (2, secret(2).commitment()));
    let same = change::reissue(&ledger, secret(2).commitment(), None, HERE).unwrap();
    assert_eq!(terms(&same).uses, Some(3));
    let most = change::reissue(&Ledger { used: [u64::MAX, 0], ..stored(1) }, secret(2).commitment(), Some(9), HERE);
    assert_eq!(terms(&most.unwrap()).uses, Some((1 << 63) - 1));
}

#[test]
fn a_use_given_back_is_one_more_and_none_where_they_are_not_counted() {
    let back = change::give_back(&stored(1), HERE).unwrap();
    assert_eq!((back.version, terms(&back).uses), (2, Some(4)));
    let unlimited = Wanted { uses: None, ..wanted("x") };
    let grant = sign(change::create(key_id(1), unlimited, secret(1).commitment(), HERE), &signing_key(1));
    assert_eq!(change::give_back(&Ledger { theirs: Theirs::Grant(grant), ..Ledger::empty() }, HERE), None);
}

#[test]
fn a_copy_is_a_key_of_its_own() {
    let copy = change::copy(&stored(1), key_id(2), Some("Cleaner 2".into()), secret(2).commitment(), LATER).unwrap();
    assert_eq!((copy.key, copy.version, copy.base), (key_id(2), 1, 0));
    assert_eq!(copy.about.name.as_deref(), Some("Cleaner 2"));
    assert_eq!((terms(&copy).uses, terms(&copy).claim_by), (Some(3), NOW + 31 * DAY));
}

#[test]
fn a_deletion_says_nothing_but_which_key() {
    let deletion = change::delete(&stored(1), HERE).unwrap();
    assert_eq!((deletion.version, deletion.terms, deletion.about), (2, None, About::default()));
}

#[test]
fn keep_mine_keeps_the_other_managers_link_unless_mine_is_new() {
    let base = stored(1);
    let theirs = change::reissue(&base, secret(8).commitment(), None, HERE).unwrap();
    let mine = change::edit(&base, wanted("Mine"), HERE).unwrap();
    let overtaken = |mine: Grant, own: Option<u8>| {
        let ledger = Ledger {
            theirs: Theirs::Grant(sign(theirs.clone(), &signing_key(2))),
            mine: Some(sign(mine, &signing_key(1))),
            secret: own.map(|number| secret(number).commitment()),
            ..Ledger::empty()
        };
        assert!(ledger.is_overtaken());
        change::keep_mine(&ledger, HERE).unwrap()
    };
    let kept = overtaken(mine.clone(), None);
    assert_eq!((kept.version, kept.base), (3, 2));
    assert_eq!(terms(&kept).commitment, secret(8).commitment(), "nobody has the secret of the old one");
    let own = change::reissue(&base, secret(9).commitment(), None, HERE).unwrap();
    assert_eq!(terms(&overtaken(own, Some(9))).commitment, secret(9).commitment());
    assert_eq!(terms(&overtaken(mine, Some(1))).commitment, secret(1).commitment());
}

#[test]
fn of_a_deleted_key_nothing_follows_but_a_copy() {
    let ledger = Ledger {
        theirs: Theirs::Deleted,
        mine: Some(sign(change::edit(&stored(1), wanted("Mine"), HERE).unwrap(), &signing_key(1))),
        ..Ledger::empty()
    };
    assert_eq!(change::keep_mine(&ledger, HERE), None);
    assert!(change::copy(&ledger, key_id(2), None, secret(2).commitment(), HERE).is_some());
    let nothing = Ledger { theirs: Theirs::Deleted, ..Ledger::empty() };
    assert_eq!(change::edit(&nothing, wanted("x"), HERE), None);
    assert_eq!(change::delete(&nothing, HERE), None);
}
