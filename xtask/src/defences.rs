//! Takes out one defence after another and sees that the test named after its attack fails: a test nobody saw fail is
//! not a test yet. Works on a copy of the tree, under target/defences.

use crate::{crash, lab, paths, run};
use anyhow::{Context, Result, ensure};
use clap::Args as ClapArgs;
use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

#[derive(ClapArgs)]
pub(crate) struct Args {
    /// Only the attacks whose names contain this.
    name: Option<String>,
}

/// A test, and how to take out what it is about.
struct Defence {
    place: &'static Place,
    test: &'static str,
    /// File under the crate's src, what stands there, what stands there without the defence.
    edits: &'static [(&'static str, &'static str, &'static str)],
}

/// Where attacks on one part are tested.
#[derive(PartialEq)]
struct Place {
    package: &'static str,
    proof: Proof,
}

/// What shows that a defence is gone.
#[derive(PartialEq)]
enum Proof {
    /// A test, among these of cargo's targets.
    Test(&'static [&'static str]),
    /// A test in the Bluetooth guest.
    GuestTest,
    /// Something is lost when a victim is killed: the test's name is the victim's (`cargo xtask crash`).
    Kills,
}

const PROTOCOL: Place = Place { package: "phonein-protocol", proof: Proof::Test(&["--test", "attacks"]) };
const INTERCOM: Place = Place { package: "phonein-intercom", proof: Proof::Test(&["--test", "program"]) };
const INTERCOM_PARTS: Place = Place { package: "phonein-intercom", proof: Proof::Test(&["--bins"]) };
const CORE: Place = Place { package: "phonein-core", proof: Proof::Test(&["--lib"]) };
const CORE_ON_AIR: Place = Place { package: "phonein-core", proof: Proof::GuestTest };
const INTERCOM_ON_AIR: Place = Place { package: "phonein-intercom", proof: Proof::GuestTest };
const KILLED_WALLET: Place = Place { package: "phonein-core", proof: Proof::Kills };
const KILLED_INTERCOM: Place = Place { package: "phonein-intercom", proof: Proof::Kills };

macro_rules! defences {
    ($($place:ident { $($test:literal: $($file:literal $find:literal => $replace:literal),+;)+ })+) => {
        &[$($(Defence { place: &$place, test: $test, edits: &[$(($file, $find, $replace)),+] }),+),+]
    };
}

const DEFENCES: &[Defence] = defences! {
PROTOCOL {
    "replay_of_any_frame":
        "intercom/frames.rs" "self.epochs.mark(self.opened.token())" => "Ok(())";
    "a_refusal_without_a_signature_is_not_given_twice":
        "intercom/frames.rs" "if marked { Ok(()) } else { self.epochs.answer(&opened) }" => "if marked || !marked { Ok(()) } else { self.epochs.answer(&opened) }";
    "a_frame_for_another_intercom":
        "grant/signed.rs" ".bytes(intercom).bytes(payload)" => ".bytes(&[0; 32]).bytes(payload)",
        "grant/signed.rs" "intercom: &[u8; 32]) -> Vec<u8> {\n    let mut text" => "_: &[u8; 32]) -> Vec<u8> {\n    let mut text";
    "a_frame_delivered_late":
        "session/intercom.rs" "now_ms <= sealed_ms.saturating_add(MAX_ON_THE_WAY_MS) &&" => "";
    "a_frame_that_claims_to_have_been_held_longer":
        "session/intercom.rs" "&& sealed_ms <= now_ms.saturating_add(MAX_EARLY_MS)" => "";
    "a_forwarded_link":
        "intercom/claim.rs" "if present.kid == holder.kid { Ok(()) } else { Err(Outcome::Taken) }" => "Ok(())";
    "a_foreign_phone_with_a_copied_wallet":
        "intercom/frames.rs" "if !self.opened.verify(signer)" => "if false";
    "a_phone_with_the_kid_of_a_manager":
        "intercom/claim.rs" "known.as_ref().is_some_and(|phone| phone.key != key)" => "false";
    "a_phone_with_the_kid_of_a_manager":
        "intercom/pair.rs" "phone.as_ref().is_some_and(|phone| phone.key != key)" => "false";
    "an_older_grant":
        "grant/mod.rs" "self.version > stored.version &&" => "";
    "a_grant_by_a_removed_manager":
        "intercom/grants.rs" "self.store.manager(grant.signer())?" => "self.store.phone(grant.signer())?";
    "two_managers_who_edit_and_delete_apart":
        "grant/mod.rs" "(self.base >= stored.version || same_signer)" => "(same_signer || !same_signer)";
    "a_key_that_changes_hands_while_its_holder_is_made_a_manager":
        "intercom/manage.rs" "if holder.kid != meant {" => "if holder.kid != meant && false {";
    "a_revoked_key_with_an_old_link":
        "intercom/grants.rs" "            Some(Key::Deleted) => return Ok(Learned::Deleted),\n" => "",
        "intercom/grants.rs" "            None => Key::Known(" => "            None | Some(Key::Deleted) => Key::Known(";
    "a_replaced_link":
        "intercom/grants.rs" "record.holder.filter(|_| commitment(grant) == commitment(&record.grant))" => "record.holder";
    "a_changed_bit_anywhere":
        "grant/signed.rs" "Kid::of(key) == self.signer && key.verify" => "Kid::of(key) == self.signer || key.verify";
    "an_unknown_restriction_label":
        "grant/payload.rs" "None => unknown |= label < SKIPPABLE" => "None => unknown |= false";
    "a_fake_intercom":
        "session/noise.rs" "\"Noise_KN_25519_ChaChaPoly_SHA256\"" => "\"Noise_NN_25519_ChaChaPoly_SHA256\"";
    "a_forged_grant_that_asks_who_is_a_manager":
        "intercom/claim.rs" "let is_forged = learned == Learned::BadSignature;" => "let is_forged = false && learned == Learned::BadSignature;";
    "a_forged_link_naming_a_known_intercom":
        "intercom/claim.rs" "None if !by_manager => return Ok(Err(Outcome::UnknownKey))," => "",
        "intercom/claim.rs" "by_manager && fits(presented)" => "fits(presented)",
        "intercom/grants.rs" "else { return Ok(Learned::NotAManager) };" => "else { draft.set_key(id, Key::Known(KeyRecord { grant: grant.clone(), holder: None, used: [0; 2] })); return Ok(Learned::Stored) };";
    "a_grant_that_only_says_to_be_a_managers":
        "intercom/grants.rs" "if !signatures.check_grant(grant, &manager.key)" => "if false && !signatures.check_grant(grant, &manager.key)";
    "a_relay_that_drops_delays_repeats_and_reorders":
        "intercom/open.rs" "tap.number <= last.number" => "tap.number == last.number";
    "both_transports_at_once":
        "intercom/open.rs" "if let Some(outcome) = self.answered(&press.signer, press.tap)" => "if let Some(outcome) = None";
    "a_clock_set_back_and_one_set_years_ahead":
        "intercom/clock.rs" "<= self.error(moment).saturating_add(AGREE_SECONDS)" => "<= self.error(moment).saturating_add(AGREE_SECONDS) + (1 << 40)";
    "a_clock_walked_back_a_minute_at_a_time":
        "intercom/clock.rs" "self.anchor = self.anchor.or(self.set);" => "self.anchor = self.set;";
    "a_clock_set_back_after_a_restart":
        "intercom/clock.rs" "None if time.saturating_add_unsigned(AGREE_SECONDS) < floor" => "None if time.saturating_add_unsigned(AGREE_SECONDS) < floor - (1 << 40)";
    "a_clock_set_back_after_a_restart":
        "intercom/manage.rs" "draft.state.floor = draft.state.floor.max(now);" => "";
    "without_a_time_only_unlimited_keys_open":
        "intercom/open.rs" "_ => Err(Outcome::TimeUnknown)" => "_ => Ok(())";
    "a_flood_of_hellos":
        "session/intercom.rs" "take_if(|epoch| !epoch.issues(now_ms))" => "take()";
    "a_flood_of_bad_reqs":
        "intercom/judgement.rs" "return Ok(Outcome::UnknownKey.into());" => "let mut draft = self.draft(); draft.log(None, About::default(), Event::Refused(9)); self.commit(draft)?; return Ok(Outcome::UnknownKey.into());";
    "a_flood_of_failing_claims_slows_its_source_alone":
        "intercom/throttle.rs" "if failures.count >= FAILURES" => "if failures.count >= FAILURES * 1_000";
    "what_strangers_try_is_counted_for_the_managers":
        "intercom/claim.rs" "        self.refusals.count(moment.mono_ms);\n        Judged::from" => "        Judged::from";
    "a_guest_who_opens_without_end":
        "intercom/pace.rs" "+ interval_ms <= BURST * interval_ms" => "+ interval_ms <= BURST * interval_ms * 1_000";
    "a_full_log":
        "intercom/refusals.rs" "if entries >= ENTRIES_A_DAY" => "if entries >= ENTRIES_A_DAY * 1_000";
    "a_full_log":
        "intercom/draft.rs" "if number % ENTRIES_CUT == 0" => "if number == 0";
    "pairing_after_pairing":
        "intercom/pair.rs" "if self.is_pairing_open(moment)? {" => "if true {";
    "a_pairing_whose_answer_was_lost":
        "intercom/pair.rs" "known.is_some_and(|manager| manager.is_new)" => "known.is_some_and(|_| false)";
    "brute_force_of_the_uuid":
        "intercom/frames.rs" "Kind::of(req) == Some(Kind::Pairing) && error == TransportError::Malformed" => "false";
    "a_use_spent_across_a_crash":
        "intercom/open.rs" "record.used[door.index()] += 1;" => "record.used[door.index()] += 0;";
    "a_relay_that_cannot_be_moved_costs_nothing":
        "intercom/judgement.rs" "*used = used.saturating_sub(1);" => "*used = used.saturating_sub(0);";
    "a_link_after_its_last_day":
        "intercom/claim.rs" "unwrap_or(draft.state.floor) > claim_by" => "unwrap_or(draft.state.floor) > claim_by + (1 << 40)";
    "a_phone_is_remembered_for_ninety_days_after_its_last_key":
        "intercom/judgement.rs" "since.saturating_add(REMEMBERED) < now" => "since < now";
    "the_last_manager_cannot_be_removed":
        "intercom/manage.rs" "self.store.managers()?.len() == 1" => "self.store.managers()?.is_empty()";
    "a_phone_that_uses_up_an_epoch_keeps_nobody_out":
        "session/epoch.rs" "< ISSUING_MS && !self.is_full()" => "< ISSUING_MS";
    "who_has_no_key_costs_few_signatures":
        "intercom/frames.rs" "self.forged.count((*source, kid), now_ms);" => "";
    "who_has_no_key_costs_few_signatures":
        "intercom/claim.rs" "|| !is_known;" => ";";
    "who_has_no_key_costs_few_signatures":
        "intercom/pair.rs" "Judged::from(Outcome::AlreadyPaired).failed()" => "Judged::from(Outcome::AlreadyPaired)";
    "a_guest_who_asks_without_end_from_everywhere_costs_ten_signatures_a_second":
        "intercom/frames.rs" "self.asks.are_too_many(kid, now_ms) ||" => "";
    "a_stranger_learns_nothing_of_keys_and_settings":
        "intercom/judgement.rs" "op.is_some_and(Op::is_for_managers) && !signer.manager" => "op.is_none() && !signer.manager";
    "managers_are_read_to_the_last":
        "intercom/manage.rs" "left.next().is_some()" => "false";
    "a_body_under_a_good_signature_that_says_nonsense":
        "intercom/judgement.rs" "Err(BodyError::UnknownOp) => Outcome::TooNew.into()" => "Err(BodyError::UnknownOp) => Outcome::Malformed.into()";
}
INTERCOM {
    "whoever_sends_drop_by_drop_or_nothing_more_is_closed":
        "http.rs" "const PATIENCE: Duration = Duration::from_secs(5)" => "const PATIENCE: Duration = Duration::from_secs(500)";
    "a_flood_from_one_source_does_not_stop_another":
        "sources.rs" "IpAddr::V4(address) => self.secret.hash_one(address.octets())" => "IpAddr::V4(_) => self.secret.hash_one(0)";
    "beside_two_hundred_connections_idle_or_busy_everybody_is_answered":
        "judge/lanes.rs" "Lane::Network => 512," => "Lane::Network => 8,";
    "bad_requests_stop_no_good_one_and_leave_nothing_behind":
        "sources.rs" "IpAddr::V4(address) => self.secret.hash_one(address.octets())" => "IpAddr::V4(_) => self.secret.hash_one(0)";
    "bad_requests_stop_no_good_one_and_leave_nothing_behind":
        "../../phonein-protocol/src/intercom/frames.rs" "return Ok(Reply::Refuse(error));" => "core::mem::forget(alloc::vec![1_u8; 1 << 14]); return Ok(Reply::Refuse(error));";
    "a_body_that_comes_byte_by_byte_takes_no_more_room_than_it_has":
        "http/routes.rs" "whole.extend_from_slice(&piece.map_err(|_| StatusCode::BAD_REQUEST)?);" => "let piece = piece.map_err(|_| StatusCode::BAD_REQUEST)?; whole.extend_from_slice(&piece); std::mem::forget(piece);";
    "wrong_proofs_cost_few_signatures_and_no_entry":
        "../../phonein-protocol/src/intercom/frames.rs" "self.forged.count((*source, kid), now_ms);" => "";
    "wrong_proofs_cost_few_signatures_and_no_entry":
        "../../phonein-protocol/src/intercom/judgement.rs" "return Ok(error.into());" => "let mut draft = self.draft(); draft.log(None, About::default(), Event::Refused(9)); self.commit(draft)?; return Ok(error.into());";
    "a_guest_who_hammers_from_many_addresses_has_one_phones_share":
        "../../phonein-protocol/src/intercom/frames.rs" "self.asks.are_too_many(kid, now_ms) ||" => "";
    "a_guest_who_hammers_from_many_addresses_has_one_phones_share":
        "../../phonein-protocol/src/intercom/pace.rs" "+ interval_ms <= BURST * interval_ms" => "+ interval_ms <= BURST * interval_ms * 1_000";
    "connections_beyond_a_sources_share_are_not_let_in":
        "http.rs" "if !sources.lets_in(source, mono_us()) {" => "if !sources.lets_in(source, mono_us()) && false {";
    "half_sent_heads_from_many_sources_shut_nobody_out":
        "http/places.rs" "lock(&self.taken).send_one_away(|_| true);" => "return None;";
    "half_sent_heads_from_ones_own_source_shut_nobody_out":
        "http/places.rs" "lock(&self.taken).send_one_away(is_same);" => "return None;";
    "half_sent_heads_from_many_sources_shut_nobody_out":
        "http/places.rs" "(holder.useful, holder.asking, **number)" => "**number";
}
INTERCOM_PARTS {
    "a_source_delays_another_by_one_job_and_has_four_waiting":
        "judge/lanes.rs" "self.0.push_back((source, jobs));" => "self.0.push_front((source, jobs));";
    "a_source_delays_another_by_one_job_and_has_four_waiting":
        "judge/lanes.rs" "const OF_ONE_SOURCE: usize = 4;" => "const OF_ONE_SOURCE: usize = 400;";
}
CORE {
    "an_accepted_link_changes_no_intercom_that_is_known":
        "wallet/accept.rs" "known.as_ref().filter(|known| !known.is_foreign)" => "known.as_ref().filter(|known| known.is_foreign)";
    "a_word_that_no_log_confirms_does_not_count":
        "sync/deliver.rs" "match self.pass(answer.head).await? {\n                Step::Done => {}\n                step => return Ok(step),\n            }\n" => "";
    "grants_and_deletions_are_put_again_whoever_made_them":
        "wallet/log.rs" "if read == LogRead::Broken {" => "if read == LogRead::Broken && id.to_string().is_empty() {";
    "whatever_happens_a_tap_opens_once_at_most_and_its_outcome_becomes_known":
        "exchange/bluetooth/connection.rs" "let sent = pieces.peek().is_none();" => "let sent = false;";
    "whatever_happens_a_tap_opens_once_at_most_and_its_outcome_becomes_known":
        "unlock/drive.rs" "(0, true) => Ending::Cancelled," => "(_, true) => Ending::Cancelled,";
    "whatever_happens_a_tap_opens_once_at_most_and_its_outcome_becomes_known":
        "unlock/drive.rs" "if runner.race.frames() > 1 {" => "if runner.race.frames() > 100 {";
    "whatever_happens_nobody":
        "../../phonein-protocol/src/intercom/open.rs" "terms.uses.is_some_and(|uses| spent >= uses)" => "terms.uses.is_some_and(|uses| spent > uses)";
    "whatever_happens_nobody":
        "../../phonein-protocol/src/intercom/open.rs" "record.used[door.index()] += 1;" => "record.used[door.index()] += u64::from(record.used[door.index()] == 0);";
    "whatever_happens_nobody":
        "../../phonein-protocol/src/intercom/claim.rs" "if present.kid == holder.kid { Ok(()) } else { Err(Outcome::Taken) }" => "if present.kid == holder.kid { Ok(()) } else { record.holder = Some(holder); draft.set_key(id, Key::Known(record)); Ok(()) }";
    "whatever_happens_nobody":
        "../../phonein-protocol/src/grant/mod.rs" "self.version > stored.version &&" => "self.version != stored.version &&";
    "whatever_happens_nobody":
        "../../phonein-protocol/src/grant/mod.rs" "(self.base >= stored.version || same_signer)" => "(same_signer || !same_signer)";
    "whatever_happens_nobody":
        "../../phonein-protocol/src/rule/weekly.rs" "at(day, self.start)..at(end_day, self.end)" => "at(day, self.start)..at(end_day, self.end) + 7_200";
    "whatever_happens_nobody":
        "wallet/ledger.rs" "if arrived {" => "if arrived || self.is_overtaken() {";
    "whatever_happens_nobody":
        "../../phonein-protocol/src/intercom/open.rs" "if let Some(outcome) = self.answered(&press.signer, press.tap)" => "if let Some(outcome) = None";
    "whatever_happens_nobody":
        "unlock/drive.rs" "self.began, FINAL, frames)" => "self.began, FINAL + SEAL_UNTIL, frames)";
    "a_way_without_a_hello_waits_a_moment_for_one_that_has_it_unless_that_fails":
        "unlock/race.rs" "now < HOLD_BACK && " => "false && ";
    "a_way_without_a_hello_waits_a_moment_for_one_that_has_it_unless_that_fails":
        "unlock/race.rs" "lane.was_ready && !matches!(lane.state, State::Failed { .. })" => "lane.was_ready";
}
CORE_ON_AIR {
    "a_phone_whose_app_ends_lets_go_of_its_link":
        "exchange/bluetooth/connection.rs" "let _entered = self.leaving.runtime.enter();" => "";
    "a_phone_whose_app_ends_lets_go_of_its_link":
        "exchange/bluetooth/connection.rs" "air.radio.disconnect(&peripheral)" => "std::future::ready(())";
    "one_with_the_same_advertisement_opens_nothing_and_keeps_no_door_shut":
        "exchange/bluetooth/way.rs" "self.inner.book().expose(peripheral);" => "";
    "an_identifier_that_changes_during_the_search_hides_no_door":
        "exchange/bluetooth/choice.rs" "(Doubt::None, false) => ANY" => "(Doubt::None, false) => return None";
    "an_answer_that_stays_out_is_remembered_for_a_retry_on_the_same_link":
        "exchange/bluetooth/way.rs" "=> kept.is_late = true," => "=> slot.kept = None,";
    "when_bluetooth_hangs_http_opens":
        "unlock/race.rs" "HEAD_START: Duration = Duration::from_millis(700)" => "HEAD_START: Duration = Duration::from_secs(700)";
    "a_phones_adapter_switched_off_in_the_middle_ends_the_tap_and_on_again_it_opens":
        "exchange/bluetooth/search.rs" "self.air.check().await?;" => "";
}
INTERCOM_ON_AIR {
    "one_that_dribbles_is_sent_away_and_keeps_nobody_out":
        "ble/link.rs" "PROVES_ITSELF_MS: u64 = 5_000" => "PROVES_ITSELF_MS: u64 = 500_000";
    "a_stranger_who_holds_a_link_keeps_no_phone_out_and_disturbs_no_link_beside_it":
        "ble/link.rs" "PROVES_ITSELF_MS: u64 = 5_000" => "PROVES_ITSELF_MS: u64 = 500_000";
    "a_stranger_who_holds_a_link_keeps_no_phone_out_and_disturbs_no_link_beside_it":
        "ble/links.rs" "const SLOTS: usize = 8" => "const SLOTS: usize = 1";
    "who_is_wrong_among_others_is_sent_away_and_the_others_hear_nothing_of_it":
        "ble/links.rs" "let alone = self.by.len() <= 1;" => "let alone = true;";
    "an_adapter_that_is_switched_off_stays_off_until_it_is_switched_on":
        "ble/radio.rs" "return while_off(&adapter, events, stop).await;" => "return Err(Trouble::SwitchedOff);";
    "a_bluetoothd_that_starts_again_is_told_everything_anew":
        "ble/radio.rs" "Ok(Ok(0)) => Err(Trouble::Forgotten)," => "Ok(Ok(0)) => Ok(()),",
        "ble/radio.rs" "None => return Err(Trouble::Gone),\n                    }\n                    false" => "None => {}\n                    }\n                    false";
    "when_bluetoothd_dies_http_goes_on_and_when_it_is_back_so_is_bluetooth":
        "ble/mod.rs" "self.standing.tell(&trouble);" => "self.standing.tell(&trouble); return;";
}
KILLED_WALLET {
    "wallet":
        "wallet/file.rs" "PRAGMA synchronous = FULL;" => "PRAGMA synchronous = OFF;";
    "wallet":
        "wallet/file.rs" "PRAGMA synchronous = FULL;" => "PRAGMA synchronous = NORMAL;";
}
KILLED_INTERCOM {
    "intercom":
        "store/schema.rs" "PRAGMA synchronous = FULL;" => "PRAGMA synchronous = NORMAL;";
    "intercom":
        "../../phonein-protocol/src/intercom/open.rs" "draft.log(self.clock.time(moment), about, Event::Opened);\n        self.commit(draft)?;" => "if u64::from(via as u8) > 9 { draft.log(self.clock.time(moment), about, Event::Opened); self.commit(draft)?; }";
    "intercom":
        "store/schema.rs" "let beside = directory.join(format!(\"{FILE}.new\"));" => "let beside = path.to_path_buf();";
}
};

pub(crate) fn run(args: &Args) -> Result<()> {
    let tree = copy_tree()?;
    let wanted = |defence: &&Defence| args.name.as_ref().is_none_or(|name| defence.test.contains(name.as_str()));
    let defences: Vec<_> = DEFENCES.iter().filter(wanted).collect();
    ensure!(!defences.is_empty(), "no attack is named so");
    for place in
        [&PROTOCOL, &INTERCOM, &INTERCOM_PARTS, &CORE, &CORE_ON_AIR, &INTERCOM_ON_AIR, &KILLED_WALLET, &KILLED_INTERCOM]
    {
        for defence in defences.iter().filter(|defence| defence.place == place).take(1) {
            // Seen once for each place: what fails anyway proves nothing.
            ensure!(passes(&tree, place, defence.test)?, "{} does not pass as it is", defence.test);
        }
    }
    let mut survived = Vec::new();
    for defence in &defences {
        let kept = take_out(&tree, defence)?;
        let passed = passes(&tree, defence.place, defence.test)?;
        for (file, text) in kept {
            fs::write(file, text)?;
        }
        println!("{}  {}", if passed { "NOT SEEN" } else { "seen    " }, defence.test);
        if passed {
            survived.push(defence.test);
        }
    }
    println!("{} passed, {} failed", defences.len() - survived.len(), survived.len());
    ensure!(survived.is_empty(), "without their defence these pass all the same: {}", survived.join(", "));
    Ok(())
}

/// The files that git knows of, as they are now, and nothing else. What did not change stays untouched, so that cargo
/// builds little.
fn copy_tree() -> Result<PathBuf> {
    let tree = paths::target()?.join("defences/tree");
    let files = run::capture(&mut run::command("git", &["ls-files"]))?;
    let files: BTreeSet<PathBuf> = files.lines().map(|file| tree.join(file)).collect();
    remove_others(&tree, &files)?;
    for to in &files {
        let from = paths::root().join(to.strip_prefix(&tree)?);
        if let Some(folder) = to.parent() {
            fs::create_dir_all(folder)?;
        }
        // A link to a folder, whose files are copied where they are.
        if from.is_dir() {
            continue;
        }
        let bytes = fs::read(&from).with_context(|| format!("reading {}", from.display()))?;
        if fs::read(to).ok().as_ref() != Some(&bytes) {
            fs::write(to, bytes)?;
        }
    }
    Ok(tree)
}

fn remove_others(folder: &Path, wanted: &BTreeSet<PathBuf>) -> Result<()> {
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry?.path();
        if path.is_dir() {
            remove_others(&path, wanted)?;
        } else if !wanted.contains(&path) {
            fs::remove_file(path)?;
        }
    }
    Ok(())
}

/// Edits the copy, and gives what stood there.
fn take_out(tree: &Path, defence: &Defence) -> Result<Vec<(PathBuf, String)>> {
    let mut kept: Vec<(PathBuf, String)> = Vec::new();
    for (file, find, replace) in defence.edits {
        let path = tree.join(defence.place.package).join("src").join(file);
        let text = fs::read_to_string(&path)?;
        ensure!(text.contains(find), "{file} no longer holds `{find}`: say anew how to take out {}", defence.test);
        fs::write(&path, text.replace(find, replace))?;
        if kept.iter().all(|(other, _)| *other != path) {
            kept.push((path, text));
        }
    }
    Ok(kept)
}

/// Whether the attack's test passes. What does not build is no answer.
fn passes(tree: &Path, place: &Place, test: &str) -> Result<bool> {
    let target = tree.with_file_name("target");
    let cargo = |words: &[&str]| {
        let mut command = run::cargo(words);
        command.current_dir(tree).env("CARGO_TARGET_DIR", &target).env("RUST_BACKTRACE", "0");
        command.env("RUSTFLAGS", "-Awarnings");
        command
    };
    let (builds, tests) = match place.proof {
        Proof::Test(among) => {
            let begin = [&["test", "--quiet", "--locked", "--package", place.package], among].concat();
            ([&begin[..], &["--no-run"]].concat(), [&begin[..], &["--", test]].concat())
        }
        Proof::GuestTest => (
            ["build", "--quiet", "--locked", "--workspace", "--bins", "--test", lab::TESTS].to_vec(),
            ["run", "--quiet", "--locked", "--package", "xtask", "--", "lab", test].to_vec(),
        ),
        Proof::Kills => return crash::loses_nothing(tree, &target, test),
    };
    run::run(&mut cargo(&builds)).context("without this defence the code does not build")?;
    Ok(cargo(&tests).output()?.status.success())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_defence_stands_where_it_is_taken_out() {
        for Defence { place, test, edits } in DEFENCES {
            for (file, find, _) in *edits {
                let text = fs::read_to_string(paths::root().join(place.package).join("src").join(file)).unwrap();
                assert!(text.contains(find), "{test}: {file} no longer holds `{find}`");
            }
        }
    }
}
