//! Every order of events, up to small bounds, around the judgement that ships: taps, claims, edits, power cuts, door
//! faults, frames that are late, lost or repeated. Then each known mistake is made, and the search must find it.
#![allow(clippy::unwrap_used)]
#![allow(unreachable_pub, reason = "a test's modules are nobody's interface")]

mod cast;
mod device;
mod disk;
mod grant;
mod manager;
mod mistake;
mod phone;
mod properties;
mod reactions;
mod search;
mod world;

use grant::Allows;
use mistake::Mistake;
use search::{breaks, holds, reachable};
use std::collections::HashSet;
use world::{State, World};

const ONCE: Allows = Allows { uses: 1, opens_at: 0 };
const TWICE: Allows = Allows { uses: 2, opens_at: 0 };

const NOBODY: World = World {
    mistake: Mistake::None,
    allows: ONCE,
    phones: 1,
    doors: 1,
    taps: 1,
    copies: 2,
    asks: 0,
    changes: &[],
    removal: false,
    cuts: 0,
    faults: 0,
    ticks: 0,
    stored: true,
    held: false,
    whole: false,
};
/// One guest, one use, both transports, time, two power cuts.
const OPENING: World = World { taps: 2, copies: 3, asks: 1, cuts: 2, ticks: 4, ..NOBODY };
/// The same guest, too early.
const EARLY: World = World { allows: Allows { uses: 1, opens_at: 1 }, cuts: 1, ..OPENING };
/// Two uses, three taps.
const THREE_TAPS: World = World { allows: TWICE, taps: 3, cuts: 1, ..NOBODY };
/// Two doors; answers are lost or late, and Status is asked.
const ASKING: World = World { allows: TWICE, doors: 2, taps: 2, asks: 2, cuts: 1, ticks: 5, held: true, ..NOBODY };
const HURRIED: World = World { copies: 1, asks: 1, cuts: 0, ticks: 4, ..ASKING };
/// A relay that cannot be moved.
const FAULTY: World = World { taps: 2, asks: 1, cuts: 2, faults: 2, ticks: 3, held: true, ..NOBODY };
/// Two guests with one link, then a new link.
const CLAIMING: World = World { phones: 2, taps: 2, copies: 1, changes: &[1], cuts: 1, stored: false, ..NOBODY };
/// Two guests over both transports, and two new links.
const RENEWING: World = World { phones: 2, changes: &[2], stored: false, ..NOBODY };
/// Two managers and a guest.
const EDITING: World = World { copies: 1, changes: &[1, 2], ..NOBODY };
/// One of them is removed.
const REMOVING: World = World { removal: true, ..EDITING };

#[test]
fn one_use_opens_once() {
    holds(OPENING, &["someone opens", "someone is told of a power cut"]);
}

#[test]
fn a_guest_who_comes_too_early_is_told_the_truth() {
    holds(EARLY, &["someone opens"]);
}

#[test]
fn two_uses_open_twice() {
    holds(THREE_TAPS, &["someone opens"]);
}

#[test]
fn status_tells_the_truth_of_two_doors() {
    holds(ASKING, &["Status tells of an opening", "someone is told that a tap never arrived"]);
}

#[test]
fn a_relay_that_does_not_move_costs_nothing() {
    holds(FAULTY, &["someone is told of a door fault"]);
}

#[test]
fn a_link_is_claimed_once_across_a_power_cut() {
    holds(CLAIMING, &["a renewed link is claimed"]);
}

#[test]
fn a_link_is_claimed_once_over_both_transports() {
    holds(RENEWING, &["a renewed link is claimed"]);
}

#[test]
fn two_managers_lose_no_change_unseen() {
    holds(EDITING, &["a manager is told of a conflict"]);
}

#[test]
fn what_a_removed_manager_made_works_and_nothing_new_counts() {
    holds(REMOVING, &["a removed manager's kept link is claimed"]);
}

#[test]
fn numbers_hold_where_tokens_are_forgotten() {
    holds(World { mistake: Mistake::TokensForgotten, ..THREE_TAPS }, &["someone opens"]);
}

/// What states are not compared by makes no difference to anything that comes after.
#[test]
fn nothing_that_matters_is_left_out() {
    let repeating = World { taps: 2, cuts: 1, ..NOBODY };
    let faulty = World { taps: 2, cuts: 1, faults: 1, copies: 1, held: true, ..NOBODY };
    let renewing = World { changes: &[1], copies: 1, ..RENEWING };
    let removing = World { changes: &[0, 1], ..REMOVING };
    for (scene, steps) in [(repeating, 16), (faulty, 24), (renewing, 10), (removing, 11)] {
        let (whole, abridged) = (reachable(&World { whole: true, ..scene }, steps), reachable(&scene, steps));
        println!("{} states, {} abridged", whole.len(), abridged.len());
        assert!(whole.iter().map(State::abridged).collect::<HashSet<_>>() == abridged);
    }
}

/// The search finds what a mistake breaks.
macro_rules! found {
    ($($test:ident: $mistake:ident breaks $property:literal in $scene:expr;)*) => {$(
        #[test]
        fn $test() {
            breaks(World { mistake: Mistake::$mistake, ..$scene }, $property);
        }
    )*};
}

found! {
    found_a_claim_checked_by_what_it_presents: PresentedCommitment breaks "a link is claimed once" in RENEWING;
    found_a_relay_before_the_disk: RelayBeforeDisk breaks "never more openings than uses" in OPENING;
    found_answers_in_memory_only: AnswersInMemory breaks "a tap opens once" in World { allows: TWICE, ..OPENING };
    found_numbers_without_order: UnorderedIds breaks "nothing opens after the person gave up" in THREE_TAPS;
    found_refusals_forgotten: RefusalsForgotten breaks "a person is told the truth" in EARLY;
    found_answers_that_die_with_the_holder: AnswersDieWithHolder breaks "a person is told the truth" in RENEWING;
    found_frames_without_age: NoAge breaks "nothing opens after the person gave up" in OPENING;
    found_a_next_tap_before_status:
        NoStatusBeforeNext breaks "no tap that opened is said to have never arrived" in HURRIED;
    found_another_door_at_once: OtherDoorAtOnce breaks "no tap that opened is said to have never arrived" in HURRIED;
    found_a_status_too_early: StatusTooEarly breaks "no tap that opened is said to have never arrived" in ASKING;
    found_sealing_to_the_end: SealedToTheEnd breaks "no tap that opened is said to have never arrived" in ASKING;
    found_a_status_taken_by_when_it_is_heard:
        StatusByWhenHeard breaks "no tap that opened is said to have never arrived" in ASKING;
    found_a_press_that_joins_an_answered_tap: PressJoinsAnswered breaks "a person is told the truth" in EARLY;
    found_a_use_given_back_apart: UseBackApart breaks "a use is spent, or given back once" in FAULTY;
    found_a_fault_told_before_it_is_written: FaultToldFirst breaks "a door fault costs nothing" in FAULTY;
    found_a_deleted_id_forgotten: DeletedIdForgotten breaks "a deleted key stays deleted" in EDITING;
    found_edits_without_base: NoBase breaks "no change is lost unseen" in EDITING;
    found_the_signer_asked_before_the_store:
        SignerBeforeStored breaks "a stored key can be claimed, whoever signed it" in REMOVING;
    found_a_claim_that_brings_any_signer:
        ClaimBringsAnySigner breaks "a removed manager's new grant is never taken" in REMOVING;
    limit_a_refusal_heard_after_a_power_cut: RefusalAfterCut breaks "a person is told the truth" in EARLY;
}
