//! Everything that can be said, with sample arguments, kept as a file to be read as a resident would.

use super::activity::{Deed, Entry};
use super::field::FieldProblem;
use super::key::{KeyNote, KeyStatus};
use super::label::Label;
use super::link::{LinkNote, LinkProblem};
use super::notice::{ForgetNote, ManagerNews, Overtaking, Trouble};
use super::pairing::{CodeCheck, PairingEnding, PairingProblem, PairingStep};
use super::refusal::Refusal;
use super::tap::{Door, PathFault, Settled, TapEnding, TapStep, Via};
use super::{DayClock, Present, Text, Told};
use crate::category::Category;
use phonein_protocol::Time;
use phonein_protocol::rule::{Date, Days, Minute, Rule, Weekday, Weekly};
use phonein_protocol::zone::ZoneTable;
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fmt::Write;

thread_local! {
    static SAID: RefCell<BTreeSet<String>> = const { RefCell::new(BTreeSet::new()) };
}

/// Notes that a message was looked up on this thread.
pub(super) fn said(id: &str) {
    SAID.with_borrow_mut(|said| said.insert(id.to_owned()));
}

/// 2021-10-12 10:22:30 in Budapest, a Tuesday.
const NOW: Time = 1_634_026_950;
const DAY: Time = 86_400;

fn budapest() -> ZoneTable {
    crate::zone::table("Europe/Budapest", NOW).unwrap()
}

fn at(year: i32, month: u8, day: u8, hour: u16, minute: u16) -> Time {
    budapest().instants(date(year, month, day), clock(hour, minute)).start()
}

fn date(year: i32, month: u8, day: u8) -> Date {
    Date::from_ymd(year, month, day).unwrap()
}

fn clock(hour: u16, minute: u16) -> Minute {
    Minute::at(hour, minute).unwrap()
}

fn text() -> Text {
    Text::new("en", DayClock::TwentyFour)
}

fn weekly(days: u8, start: Minute, end: Minute) -> Rule {
    let days = Days::new(days).unwrap();
    Rule::Weekly(Weekly::new(days, date(2021, 10, 12), date(2021, 12, 31), start, end).unwrap())
}

fn two_days() -> Rule {
    Rule::between(at(2021, 10, 12, 10, 22), at(2021, 10, 14, 10, 22)).unwrap()
}

#[test]
fn the_sentences_of_the_three_kinds_of_key_are_these() {
    let here = |rule: &Rule, uses| text().rule(rule, uses, &budapest(), "Europe/Budapest");
    assert_eq!(here(&Rule::Always, None), "This key will be valid forever");
    let between =
        "Your key will be valid from Tuesday, October 12, 2021 at 10:22 until Thursday, October 14, 2021 at 10:22";
    assert_eq!(here(&two_days(), Some(1)), between);
    assert_eq!(here(&two_days(), Some(5)), format!("{between}, up to 5 times"));
    assert_eq!(here(&two_days(), None), format!("{between}, any number of times"));
    assert_eq!(
        here(&weekly(0b010_0100, clock(10, 0), clock(14, 0)), None),
        "Your key is valid every Wednesday and Saturday from 10:00 to 14:00 starting Tuesday, October 12, 2021 ending Friday, December 31, 2021"
    );
    assert_eq!(
        here(&weekly(127, clock(22, 0), clock(6, 0)), None),
        "Your key is valid every day from 22:00 to 06:00 the next day starting Tuesday, October 12, 2021 ending Friday, December 31, 2021"
    );
}

#[test]
fn a_phone_in_another_zone_is_told_whose_time_it_is() {
    let away = |rule: &Rule| text().rule(rule, Some(1), &budapest(), "Europe/London");
    assert!(away(&two_days()).ends_with("2021 at 10:22 (Europe/Budapest time)"));
    assert!(away(&weekly(1, clock(10, 0), clock(14, 0))).ends_with(" (Europe/Budapest time)"));
    assert_eq!(text().rule(&Rule::Always, None, &budapest(), "Europe/London"), "This key will be valid forever");
}

#[test]
fn a_twelve_hour_clock_has_no_hour_zero() {
    let text = Text::new("en", DayClock::Twelve);
    let times = [(0, 0), (0, 59), (10, 22), (11, 59), (12, 0), (13, 5), (23, 59)].map(|(h, m)| text.time(clock(h, m)));
    assert_eq!(times, ["12:00 AM", "12:59 AM", "10:22 AM", "11:59 AM", "12:00 PM", "1:05 PM", "11:59 PM"]);
}

#[test]
fn waiting_as_long_as_said_is_long_enough() {
    let wait = |seconds| text().wait(NOW + seconds, NOW);
    assert_eq!([0, 1, 60, 61].map(wait), ["in 1 minute", "in 1 minute", "in 1 minute", "in 2 minutes"]);
    assert_eq!(wait(59 * 60), "in 59 minutes");
    assert_eq!([3_541, 3_600, 5_400, 7_200].map(wait), ["in 1 hour", "in 1 hour", "in 2 hours", "in 2 hours"]);
    assert_eq!(text().wait(Time::MIN, Time::MAX), "in 1 minute");
}

#[test]
fn an_opening_is_told_the_nearer_the_finer() {
    let zone = budapest();
    let opens = |now, at| text().opens(at, &Present { now, zone: &zone });
    assert_eq!(opens(at(2021, 10, 12, 13, 48), at(2021, 10, 12, 14, 0)), "Opens at 14:00, in 12 minutes");
    assert_eq!(opens(at(2021, 10, 12, 23, 58), at(2021, 10, 13, 0, 10)), "Opens at 00:10, in 12 minutes");
    assert_eq!(opens(NOW, at(2021, 10, 12, 18, 0)), "Opens at 18:00, in 8 hours");
    assert_eq!(opens(NOW, at(2021, 10, 13, 10, 0)), "Opens tomorrow at 10:00");
    assert_eq!(opens(at(2021, 10, 10, 10, 0), at(2021, 10, 13, 10, 0)), "Opens Wed 10:00");
    assert_eq!(opens(NOW, at(2021, 10, 18, 10, 0)), "Opens Mon 10:00");
    assert_eq!(opens(NOW, at(2021, 10, 19, 10, 0)), "Opens Oct 19 at 10:00");
    assert_eq!(opens(NOW, at(2022, 1, 3, 10, 0)), "Opens Jan 3, 2022 at 10:00");
}

#[test]
fn the_sentences_said_most_read_as_promised() {
    let zone = budapest();
    let present = Present { now: NOW, zone: &zone };
    let refusal = |refusal| text().refusal(refusal, &present).sentence;
    assert_eq!(refusal(Refusal::Taken), "This key no longer opens here. Ask for a new one.");
    assert_eq!(refusal(Refusal::UnknownKey), "This key no longer opens here. Ask for a new one.");
    assert_eq!(refusal(Refusal::LinkReplaced), "This link was replaced. Ask for a new one.");
    assert_eq!(refusal(Refusal::DoorFault), "The door did not react. Tell who gave you the key.");
    assert_eq!(
        text().tap_ending(TapEnding::Stranger).sentence,
        "A Phonein answered that does not know this phone. It may be another one, or was reset."
    );
    let status = |status: &KeyStatus| text().key_status(status, &present);
    assert_eq!(status(&KeyStatus::Held { person: "Anna".into() }), "On Anna's phone");
    assert_eq!(status(&KeyStatus::Upcoming { starts: at(2021, 10, 16, 10, 0) }), "From Oct 16");
    assert_eq!(text().delivery(), "Will be delivered when you are near the door or on its network");
    assert_eq!(text().tap_step(TapStep::Busy), "One door at a time");
}

/// A list of samples under headings.
struct Page(String);

impl Page {
    fn head(&mut self, heading: &str) {
        write!(self.0, "\n# {heading}\n").unwrap();
    }

    fn line(&mut self, words: impl AsRef<str>) {
        writeln!(self.0, "{}", words.as_ref()).unwrap();
    }

    fn told(&mut self, told: &Told) {
        self.line(&told.sentence);
    }
}

#[test]
fn every_sentence_is_used_and_reads_well() {
    let mut page = Page(String::new());
    SAID.with_borrow_mut(BTreeSet::clear);
    times(&mut page);
    rules(&mut page);
    keys(&mut page);
    taps(&mut page);
    refusals(&mut page);
    adding(&mut page);
    wizard(&mut page);
    activity(&mut page);
    notices(&mut page);
    labels(&mut page);
    let said = SAID.take();
    insta::assert_snapshot!("sentences", page.0);
    // A phone's system says these, out of files that are made of them.
    let ours = super::language::ids(include_str!("en.ftl")).into_iter().filter(|id| !id.starts_with("system-"));
    assert_eq!(said, ours.collect(), "said, and in the file");
}

fn times(page: &mut Page) {
    let (text, zone) = (text(), budapest());
    let present = Present { now: NOW, zone: &zone };
    page.head("Times, on Tuesday, October 12, 2021 at 10:22");
    for day in Weekday::ALL {
        page.line(format!("{} {} {}", text.weekday(day), text.weekday_short(day), text.weekday_letter(day)));
    }
    for month in 1..=12 {
        let first = date(2021, month, 1);
        page.line(format!("{} | {}", text.day_heading(first, &present), text.date_short(first, &present)));
    }
    for days in [0, -1, 1, -400] {
        let date = date(2021, 10, 12).plus_days(days);
        let [heading, field] = [text.day_heading(date, &present), text.date_field(date, &present)];
        page.line(format!("{heading} | {field}"));
    }
    for away in [0, -DAY, DAY, -9 * DAY] {
        page.line(text.moment_near(NOW + away, &present));
    }
    for away in [30, 600, 4_000, DAY, 3 * DAY, 9 * DAY, 100 * DAY] {
        page.line(format!("{} | {}", text.opens(NOW + away, &present), text.from(NOW + away, &present)));
    }
    let twelve = Text::new("en", DayClock::Twelve);
    page.line(twelve.moment(NOW, &zone));
    page.line(twelve.moment(NOW + DAY / 2, &zone));
}

fn rules(page: &mut Page) {
    let zone = budapest();
    let one = Rule::Weekly(
        Weekly::new(Days::WORKING, date(2021, 10, 12), date(2021, 11, 12), clock(10, 0), clock(14, 0)).unwrap(),
    );
    page.head("Rules");
    for (rule, uses) in [
        (Rule::Always, None),
        (Rule::Always, Some(1)),
        (two_days(), Some(1)),
        (two_days(), Some(5)),
        (two_days(), None),
        (weekly(0b010_0100, clock(10, 0), clock(14, 0)), None),
        (weekly(127, clock(22, 0), clock(6, 0)), None),
        (weekly(1, clock(18, 0), Minute::MIDNIGHT), Some(3)),
        (one, None),
    ] {
        page.line(text().rule(&rule, uses, &zone, "Europe/Budapest"));
    }
    page.line(text().rule(&two_days(), Some(1), &zone, "America/New_York"));
    page.line(Text::new("en", DayClock::Twelve).rule(&two_days(), Some(1), &zone, "Europe/Budapest"));
}

fn keys(page: &mut Page) {
    let (text, zone) = (text(), budapest());
    let present = Present { now: NOW, zone: &zone };
    page.head("Keys");
    for category in Category::ALL {
        page.line(text.category(category));
    }
    for status in [
        KeyStatus::DeletedWaiting,
        KeyStatus::Overtaken,
        KeyStatus::Waiting,
        KeyStatus::ShareAgain,
        KeyStatus::Taken,
        KeyStatus::Expired,
        KeyStatus::Used,
        KeyStatus::Shared,
        KeyStatus::Held { person: "Anna".into() },
        KeyStatus::Upcoming { starts: NOW + 4 * DAY },
        KeyStatus::Outside { opens: NOW + 720 },
        KeyStatus::Outside { opens: NOW + 2 * DAY },
        KeyStatus::Active,
    ] {
        page.line(text.key_status(&status, &present));
    }
    for note in KeyNote::ALL {
        page.line(text.key_note(*note));
    }
    for (used, limit) in [(0, None), (1, None), (7, None), (0, Some(1)), (1, Some(1)), (2, Some(5))] {
        page.line(text.key_uses(Door::Entrance, used, limit));
    }
    page.line(text.key_maker("Béla"));
    page.line(text.key_menu("Cleaner"));
    page.line(text.key_copy_name("Cleaner", 2));
    page.told(&text.delete_question("Food Delivery", None));
    page.told(&text.delete_question("Cleaner", Some("Béla")));
    page.told(&text.remove_question("Cleaner"));
    page.line(text.share("Anna", "Home", "https://phonein.example/k#AQ"));
    page.line(text.share("", "Home", "https://phonein.example/k#AQ"));
    page.line(text.share_until(NOW + 30 * DAY, &zone));
}

fn taps(page: &mut Page) {
    let text = text();
    page.head("A tap");
    for step in TapStep::ALL {
        page.line(text.tap_step(*step));
    }
    for seconds in [1, 4] {
        page.line(text.seconds_left(seconds));
        page.line(text.open_spoken(Door::Inner, seconds));
    }
    for ending in TapEnding::ALL {
        page.told(&text.tap_ending(*ending));
    }
    for fault in [
        PathFault::BluetoothOff,
        PathFault::BluetoothDenied,
        PathFault::BluetoothMissing,
        PathFault::BluetoothBusy,
        PathFault::BluetoothSilent,
        PathFault::BluetoothStranger,
        PathFault::BluetoothNotPhonein,
        PathFault::NotNear,
        PathFault::NoAddress,
        PathFault::NetworkOff,
        PathFault::Silent { address: "192.168.1.40".into() },
        PathFault::NotPhonein { address: "192.168.1.40".into() },
        PathFault::Stranger { address: "192.168.1.40".into() },
        PathFault::Later,
        PathFault::ThisPhone,
        PathFault::SwitchedOff,
    ] {
        page.told(&text.path_fault(&fault));
    }
    for settled in
        [Settled::Opened, Settled::Refused { refusal: Refusal::UsedUp }, Settled::Interrupted, Settled::NeverArrived]
    {
        page.line(text.settled(settled));
    }
}

fn refusals(page: &mut Page) {
    let zone = budapest();
    page.head("Refusals");
    for refusal in [
        Refusal::NotYet { opens: Some(NOW + 720) },
        Refusal::NotYet { opens: None },
        Refusal::OutsideHours { opens: Some(NOW + DAY) },
        Refusal::OutsideHours { opens: None },
        Refusal::Expired,
        Refusal::UsedUp,
        Refusal::Deleted,
        Refusal::Taken,
        Refusal::LinkTaken,
        Refusal::LinkReplaced,
        Refusal::LinkExpired,
        Refusal::UnknownKey,
        Refusal::LinkUnknown,
        Refusal::NotForThisDoor,
        Refusal::DoorFault,
        Refusal::TimeUnknown,
        Refusal::Interrupted,
        Refusal::NumberUsed,
        Refusal::NotManager,
        Refusal::AlreadyPaired,
        Refusal::LastManager,
        Refusal::SettingsChanged,
        Refusal::VersionTooNew,
        Refusal::VersionTooOld,
        Refusal::Malformed,
    ] {
        page.told(&text().refusal(refusal, &Present { now: NOW, zone: &zone }));
    }
}

fn adding(page: &mut Page) {
    let text = text();
    page.head("Adding an intercom, and links");
    for check in [
        CodeCheck::Complete,
        CodeCheck::Missing(18),
        CodeCheck::Missing(1),
        CodeCheck::TooMany(1),
        CodeCheck::TooMany(2),
        CodeCheck::NotHex('x'),
        CodeCheck::NotOurs,
    ] {
        page.line(text.code_check(check));
    }
    for step in PairingStep::ALL {
        page.line(text.pairing_step(*step));
    }
    for ending in PairingEnding::ALL {
        page.told(&text.pairing_ending(*ending));
    }
    for problem in PairingProblem::ALL {
        page.line(text.pairing_problem(*problem));
    }
    page.line(text.name_too_long());
    for problem in LinkProblem::ALL {
        page.told(&text.link_problem(*problem));
    }
    for note in LinkNote::ALL {
        page.line(text.link_note(*note));
    }
    page.line(text.link_place(Some(Category::Services), "Home"));
    page.line(text.link_place(None, "Home"));
}

fn wizard(page: &mut Page) {
    let text = text();
    page.head("New key");
    page.line(text.brought_back());
    for problem in FieldProblem::ALL {
        page.line(text.field_problem(*problem));
    }
    for uses in [Some(1), Some(5), None] {
        page.line(text.field_uses(uses));
    }
}

fn activity(page: &mut Page) {
    let (text, zone) = (text(), budapest());
    let present = Present { now: NOW, zone: &zone };
    let (cleaner, bela) = (Some("Cleaner"), Some("Béla"));
    let (radio, network) = (Some(Via::Bluetooth), Some(Via::Network));
    page.head("Recent activity");
    for (deed, key, person, via) in [
        (Deed::Opened(Door::Entrance), cleaner, bela, radio),
        (Deed::Opened(Door::Inner), None, bela, network),
        (Deed::Refused(Door::Entrance, Refusal::OutsideHours { opens: Some(NOW + 720) }), cleaner, bela, network),
        (Deed::Refused(Door::Entrance, Refusal::OutsideHours { opens: Some(NOW - 720) }), cleaner, bela, network),
        (Deed::Refused(Door::Inner, Refusal::UsedUp), cleaner, bela, network),
        (Deed::LinkRefused(Refusal::LinkReplaced), cleaner, bela, network),
        (Deed::Claimed("Béla".into()), cleaner, bela, network),
        (Deed::ClaimedHere, cleaner, None, network),
        (Deed::KeyCreated, cleaner, bela, network),
        (Deed::KeyChanged, cleaner, bela, network),
        (Deed::KeyDeleted, cleaner, bela, network),
        (Deed::SettingsChanged, None, bela, network),
        (Deed::ManagerAdded("Cili".into()), None, bela, network),
        (Deed::ManagerRemoved("Cili".into()), None, bela, network),
        (Deed::Paired("Cili".into()), None, None, radio),
        (Deed::ClockSet(NOW), None, bela, radio),
        (Deed::Restarted, None, None, None),
        (Deed::Interrupted(Door::Entrance), cleaner, bela, radio),
        (Deed::DoorFault(Door::Inner), cleaner, bela, radio),
        (Deed::Unreachable(Door::Entrance), cleaner, None, None),
        (Deed::NoAnswer(Door::Entrance), cleaner, None, None),
        (Deed::Unknown, None, bela, network),
    ] {
        let entry = Entry { deed, key: key.map(Into::into), person: person.map(Into::into), via };
        let words = text.entry(&entry, &present);
        page.line(format!("{} | {} | {}", words.title, words.line, words.reason).trim_end_matches([' ', '|']));
    }
    for words in [text.unknown_key(), text.unknown_person(), text.this_phone(), text.unknown_time()] {
        page.line(words);
    }
    for count in [1, 12] {
        page.line(text.strangers(count));
        page.line(text.ran_out(count));
    }
    page.told(&text.log_broken());
    page.line(text.entry_tampered());
    page.line(text.use_returned());
    page.line(text.export_columns().join(","));
}

fn notices(page: &mut Page) {
    let (text, zone) = (text(), budapest());
    let present = Present { now: NOW, zone: &zone };
    page.head("What waits, other managers, the clock, the wallet");
    page.line(text.delivery());
    page.told(&text.change_not_reached());
    page.told(&text.told_alone(text.no_such_zone()));
    for count in [0, 1, 3] {
        page.line(text.changes_waiting(count));
    }
    page.line(text.heard(Some((NOW - 60, Via::Bluetooth)), &present));
    page.line(text.heard(None, &present));
    for overtaking in [Overtaking::Changed, Overtaking::Deleted] {
        for person in [Some("Béla"), None] {
            page.told(&text.overtaken(overtaking, person));
        }
    }
    page.line(text.overtaken_mine(&text.rule(&Rule::Always, None, &zone, "Europe/Budapest")));
    page.line(text.overtaken_theirs(&text.rule(&Rule::Always, None, &zone, "Europe/Budapest")));
    page.line(text.zones("Europe/Budapest", "Europe/Budapest"));
    page.line(text.zones("Europe/Budapest", "Europe/London"));
    page.line(text.no_such_zone());
    page.told(&text.clock_differs(NOW - DAY, NOW, &zone));
    page.told(&text.clock_unknown());
    for seconds in [1, 100, 500] {
        page.line(text.clock_error(seconds));
    }
    page.line(text.manager_here("Anna"));
    page.line(text.manager_changed("Home", true));
    page.line(text.manager_changed("Home", false));
    page.told(&text.removal_question("Béla"));
    for news in ManagerNews::ALL {
        page.line(text.manager_news(*news, "Béla"));
    }
    for note in ForgetNote::ALL {
        page.line(text.forget_note(*note));
    }
    page.told(&text.wallet_damaged("phonein-damaged-1.db"));
    for trouble in Trouble::ALL {
        page.told(&text.trouble(*trouble));
    }
}

fn labels(page: &mut Page) {
    page.head("Labels");
    for label in Label::ALL {
        page.line(text().label(*label));
    }
}
