use super::*;
use crate::wallet::{
    ActivityFilter, Class, Duty, Held, Intercom, Key, KeyFilter, Serves, Wallet, WalletError,
    accept::CLAIMS,
    activity,
    keys::{self, CLAIMING, HELD, USABLE},
    ledger::Theirs,
    outbox::{DELETIONS, OUTBOX, Queued, WAITING},
    taps::IN_HAND,
};
use phonein_protocol::message::{Answer, KeyItem, KeyState, Outcome, PutVerdict};
use rusqlite::{Connection, StatementStatus};

#[test]
fn a_new_key_waits_in_the_outbox_until_the_intercom_has_it() {
    let directory = tempfile::tempdir().unwrap();
    let (wallet, intercom, id) = manager(directory.path());
    let grant = made(1, "Cleaner", &signing_key(1));
    assert_eq!(wallet.outbox(intercom, 9).unwrap(), [Queued::Key { id, grant: grant.clone() }]);
    assert_eq!(wallet.changes_waiting(intercom).unwrap(), 1);
    assert_eq!(wallet.apply_verdicts(intercom, &[(grant.clone(), PutVerdict::Stored)]).unwrap(), []);
    assert_eq!(wallet.outbox(intercom, 9).unwrap(), []);
    let key = wallet.key(id).unwrap();
    assert_eq!((key.ledger.mine, key.ledger.theirs), (None, Theirs::Grant(grant)));
    assert_eq!(wallet.secret(id).unwrap(), Some(secret(1)), "nobody has accepted it");
}

#[test]
fn the_secret_is_erased_once_the_intercom_names_a_holder() {
    let directory = tempfile::tempdir().unwrap();
    let (wallet, intercom, id) = manager(directory.path());
    let holder = Some((Kid::of(&signing_key(2).public()), "Anna".to_owned()));
    let state = KeyState { grant: made(1, "Cleaner", &signing_key(1)).bytes().to_vec(), holder, used: [1, 2] };
    let item = KeyItem { change: 5, key: key_id(1), state: Some(state) };
    wallet.apply_keys(intercom, &[item], 5).unwrap();
    assert_eq!(wallet.secret(id).unwrap(), None);
    assert_eq!(wallet.key(id).unwrap().ledger.used, [1, 2]);
    assert_eq!(wallet.intercom(intercom).unwrap().keys_cursor, 5);
    assert_eq!(wallet.people(intercom).unwrap()[0].name, "Anna");
    let columns = "SELECT secret IS NULL AND secret_commitment IS NULL FROM key";
    assert!(wallet.reader.lock().unwrap().query_row(columns, [], |row| row.get::<_, bool>(0)).unwrap());
}

#[test]
fn a_change_is_made_only_of_the_key_as_it_is() {
    let directory = tempfile::tempdir().unwrap();
    let (wallet, _, id) = manager(directory.path());
    let seen = wallet.key(id).unwrap();
    let edit = |name: &str| sign(change::edit(&seen.ledger, wanted(name), HERE).unwrap(), &signing_key(1));
    wallet.change_key(&seen, edit("Anna"), None).unwrap();
    assert_eq!(wallet.change_key(&seen, edit("Béla"), None), Err(WalletError::Gone));
    let key = wallet.key(id).unwrap();
    assert_eq!((&*key.name, key.grant().unwrap().grant().version), ("Anna", 2));
}

#[test]
fn a_deleted_key_leaves_the_list_when_the_door_knows() {
    let directory = tempfile::tempdir().unwrap();
    let (wallet, intercom, id) = manager(directory.path());
    let seen = wallet.key(id).unwrap();
    let deletion = sign(change::delete(&seen.ledger, HERE).unwrap(), &signing_key(1));
    wallet.change_key(&seen, deletion.clone(), None).unwrap();
    assert_eq!(wallet.secret(id).unwrap(), None, "nobody shall accept it any more");
    assert!(wallet.key(id).unwrap().ledger.is_deletion());
    assert_eq!(wallet.key(id).unwrap().name, "Cleaner");
    wallet.apply_verdicts(intercom, &[(deletion, PutVerdict::Stored)]).unwrap();
    assert_eq!(wallet.key(id).unwrap_err(), WalletError::Gone);
    assert_eq!(wallet.deleted_key(intercom, key_id(1)).unwrap().as_deref(), Some("Cleaner"));
    assert_eq!(wallet.keys("clea", KeyFilter::default(), None, 9).unwrap(), []);
}

#[test]
fn keys_are_found_by_beginnings_of_words_in_any_case_and_without_accents() {
    let directory = tempfile::tempdir().unwrap();
    let (wallet, intercom, _) = manager(directory.path());
    let names = ["Árvíztűrő tükör", "أحمد", "Anna's \"cleaner\"", "🔑"];
    for (name, number) in names.iter().zip(2..) {
        wallet.create_key(intercom, made(number, name, &signing_key(1)), &secret(number)).unwrap();
    }
    let find = |search: &str| -> Vec<String> {
        let keys = wallet.keys(search, KeyFilter::default(), None, 99).unwrap();
        keys.into_iter().map(|key| key.name).collect()
    };
    assert_eq!(find("tuk arviz"), ["Árvíztűrő tükör"]);
    assert_eq!(find("CLEAN"), ["Anna's \"cleaner\"", "Cleaner"]);
    assert_eq!(find("أحم"), ["أحمد"]);
    assert_eq!(find("leaner"), Vec::<String>::new());
    assert_eq!(find("\" OR *"), Vec::<String>::new());
    assert_eq!(find("  ").len(), 5);
    assert_eq!(find("🔑"), Vec::<String>::new());
}

#[test]
fn pages_follow_one_another_without_a_gap() {
    let directory = tempfile::tempdir().unwrap();
    let (wallet, intercom, _) = manager(directory.path());
    for number in 2..=20 {
        wallet.create_key(intercom, made(number, "Friend", &signing_key(1)), &secret(number)).unwrap();
    }
    for filter in [KeyFilter { intercom: Some(intercom), category: Some(2) }, KeyFilter::default()] {
        for search in ["", "fri"] {
            let mut seen = Vec::new();
            let mut before = None;
            loop {
                let page = wallet.keys(search, filter, before, 3).unwrap();
                let Some(last) = page.last() else { break };
                before = Some(last.id);
                seen.extend(page.iter().map(|key| key.id));
            }
            assert!(seen.is_sorted_by(|one, next| one > next));
            assert_eq!(seen.len(), if search.is_empty() { 20 } else { 19 });
        }
    }
}

#[test]
fn an_accepted_link_changes_no_intercom_that_is_known() {
    let directory = tempfile::tempdir().unwrap();
    let (wallet, intercom, id) = manager(directory.path());
    let before = (wallet.intercom(intercom).unwrap(), wallet.key(id).unwrap());
    let forged = Link { url: Some("http://evil.example".into()), ..link(1) };
    let accept = Accept { link: &forged, place: "Evil", person: "Anna", signing_key: None };
    assert_eq!(wallet.accept_link(&accept, NOW_MS + 1).unwrap(), id);
    assert_eq!(wallet.intercom(intercom).unwrap(), before.0);
    let key = wallet.key(id).unwrap();
    assert_eq!((key.held, key.ledger, key.name), (Some(Held::Claiming), before.1.ledger, before.1.name));
    assert_eq!(wallet.claims(intercom).unwrap()[0].secret, secret(1));
    wallet.forget_key(id).unwrap();
    assert_eq!(wallet.key(id).unwrap().held, None);
}

#[test]
fn forgetting_an_intercom_forgets_all_that_is_about_it() {
    let directory = tempfile::tempdir().unwrap();
    let (wallet, intercom, id) = guest(directory.path());
    assert_eq!(wallet.forget_intercom(intercom).unwrap(), "alias");
    assert_eq!(wallet.key(id).unwrap_err(), WalletError::Gone);
    assert_eq!(wallet.intercoms().unwrap(), []);
    let words: i64 =
        wallet.reader.lock().unwrap().query_row("SELECT count(*) FROM key_words", [], |row| row.get(0)).unwrap();
    assert_eq!(words, 0);
    assert_eq!(wallet.forget_intercom(intercom), Err(WalletError::Gone));
}

#[test]
fn a_new_pairing_takes_over_and_drops_what_was_held() {
    let directory = tempfile::tempdir().unwrap();
    let (wallet, intercom, id) = guest(directory.path());
    claim(&wallet, intercom, &Answer { holds: Some(true), ..Outcome::Done.into() });
    assert_eq!(wallet.key(id).unwrap().held, Some(Held::Held));
    let phone = signing_key(3);
    let (again, old) = wallet.paired(&Joined { alias: "new", ..joined(&phone) }, NOW_MS).unwrap();
    assert_eq!((again, old.as_deref()), (intercom, Some("alias")));
    let known = wallet.intercom(intercom).unwrap();
    assert_eq!(
        (known.is_manager, known.duty == Duty::Fill, &*known.alias, &*known.name),
        (true, true, "new", "Old house")
    );
    assert_eq!(wallet.key(id).unwrap_err(), WalletError::Gone);
}

/// Claims the one link that waits, with this answer.
fn claim(wallet: &Wallet, intercom: i64, answer: &Answer) {
    let claim = wallet.claims(intercom).unwrap().remove(0);
    super::taps::claim(wallet, intercom, &claim, NOW_MS, answer);
}

#[test]
fn a_guests_button_carries_the_key_used_last_but_rather_one_that_opens() {
    use Serves::{Later, Nevermore, Now};
    let directory = tempfile::tempdir().unwrap();
    let (wallet, place, old) = guest(directory.path());
    let accept = Accept { link: &link(3), place: "x", person: "Anna", signing_key: None };
    let new = wallet.accept_link(&accept, NOW_MS).unwrap();
    let on_button = |serves: [Serves; 2]| {
        let of = |key: &Key, _: &Intercom| serves[usize::from(key.id == new)];
        let pressed = wallet.pressed(place, None, &of).unwrap().1.map(|key| key.id);
        let shown = wallet.home(&of).unwrap().cards[0].button.as_ref().map(|key| key.id);
        assert_eq!(pressed, shown, "what is shown is what is pressed");
        shown.unwrap()
    };
    for [of_old, of_new] in [[Now, Now], [Later, Now], [Later, Later], [Nevermore, Later], [Nevermore, Nevermore]] {
        assert_eq!(on_button([of_old, of_new]), new, "{of_old:?} {of_new:?}");
    }
    for [of_old, of_new] in [[Now, Later], [Now, Nevermore], [Later, Nevermore]] {
        assert_eq!(on_button([of_old, of_new]), old, "{of_old:?} {of_new:?}");
    }
}

/// What SQLite will do for a query.
fn plan(connection: &Connection, sql: &str) -> Vec<String> {
    let mut statement = connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
    // What is not bound is null.
    statement.raw_query().mapped(|row| row.get::<_, String>(3)).collect::<Result<_, _>>().unwrap()
}

/// The query of every list.
fn queries() -> Vec<String> {
    let mut queries: Vec<String> =
        [CLAIMS, CLAIMING, USABLE, HELD, OUTBOX, DELETIONS, WAITING, IN_HAND].map(String::from).into();
    for intercom in [None, Some(1)] {
        for category in [None, Some(1)] {
            queries.extend([true, false].map(|searches| keys::query(searches, KeyFilter { intercom, category })));
        }
        for class in [None, Some(Class::Opened)] {
            for key in [None, intercom.map(|_| key_id(1))] {
                queries.push(activity::query(ActivityFilter { intercom, class, key }));
            }
        }
    }
    queries
}

#[test]
fn every_list_is_read_from_an_index_in_its_order() {
    let directory = tempfile::tempdir().unwrap();
    let (wallet, ..) = manager(directory.path());
    let reader = wallet.reader.lock().unwrap();
    for sql in &queries() {
        for step in plan(&reader, sql) {
            let by_words = step.starts_with("SCAN key_words VIRTUAL TABLE INDEX");
            assert!(by_words || step.starts_with("SEARCH "), "{step} in {sql}");
        }
    }
}

#[test]
fn no_list_is_compiled_twice() {
    let directory = tempfile::tempdir().unwrap();
    let (wallet, ..) = manager(directory.path());
    let reader = wallet.reader.lock().unwrap();
    for sql in &queries() {
        let mut statement = reader.prepare(sql).unwrap();
        for value in 1..=3 {
            for parameter in 1..=statement.parameter_count() {
                statement.raw_bind_parameter(parameter, value).unwrap();
            }
            statement.raw_query().mapped(|_| Ok(())).for_each(|row| row.unwrap());
        }
        assert_eq!(statement.get_status(StatementStatus::RePrepare), 0, "{sql}");
    }
}

#[test]
fn a_new_link_on_a_new_phone_is_that_phones_and_nothing_else_is() {
    let directory = tempfile::tempdir().unwrap();
    let (wallet, intercom, old) = guest(directory.path());
    claim(&wallet, intercom, &Answer { holds: Some(true), ..Outcome::Done.into() });
    wallet.accept_link(&Accept { link: &link(3), place: "x", person: "Anna", signing_key: None }, NOW_MS).unwrap();
    drop(wallet);
    let wallet = Wallet::open(directory.path(), [8; 32]).unwrap();
    let phone = signing_key(5);
    let other = link(2);
    let accept = |signing_key| Accept { link: &other, place: "x", person: "Anna", signing_key };
    assert!(matches!(wallet.accept_link(&accept(None), NOW_MS), Err(WalletError::Fault { .. })));
    let new = wallet.accept_link(&accept(Some(("new", phone.public()))), NOW_MS).unwrap();
    let here = wallet.intercom(intercom).unwrap();
    assert_eq!((here.is_foreign, &*here.alias, here.kid), (false, "new", Kid::of(&phone.public())));
    assert_eq!(wallet.key(old).unwrap().held, Some(Held::Unknown));
    let claims: Vec<_> = wallet.claims(intercom).unwrap().into_iter().map(|claim| claim.id).collect();
    assert_eq!(claims, [new]);
}

#[test]
fn names_from_outside_are_shown_plain() {
    let directory = tempfile::tempdir().unwrap();
    let (wallet, intercom, _) = manager(directory.path());
    let grant = made(4, "Anna\u{202e}\u{7} gnp", &signing_key(6));
    let holder = Some((Kid::from_bytes([4; 8]), "B\u{202e}éla".to_owned()));
    let state = KeyState { grant: grant.bytes().to_vec(), holder, used: [0; 2] };
    wallet.apply_keys(intercom, &[KeyItem { change: 1, key: key_id(4), state: Some(state) }], 1).unwrap();
    let key = wallet.key_of(intercom, key_id(4)).unwrap().unwrap();
    assert_eq!((&*key.name, &*key.ledger.holder.unwrap().1), ("Anna gnp", "Béla"));
    assert_eq!(wallet.people(intercom).unwrap()[0].name, "Béla");
    assert_eq!(key.ledger.theirs, Theirs::Grant(grant), "what was signed stays as it is");
}

#[test]
fn a_deleted_key_that_the_intercom_has_again_is_deleted_again() {
    let directory = tempfile::tempdir().unwrap();
    let (wallet, intercom, _) = manager(directory.path());
    let deleted = KeyItem { change: 1, key: key_id(4), state: None };
    wallet.apply_keys(intercom, &[deleted], 1).unwrap();
    let grant = made(4, "Back", &signing_key(1));
    let state = KeyState { grant: grant.bytes().to_vec(), holder: None, used: [0; 2] };
    wallet.apply_keys(intercom, &[KeyItem { change: 2, key: key_id(4), state: Some(state) }], 2).unwrap();
    assert_eq!(wallet.key_of(intercom, key_id(4)).unwrap(), None);
    assert_eq!(wallet.outbox(intercom, 1).unwrap(), [Queued::Deletion { key: key_id(4), grant: None }]);
}
