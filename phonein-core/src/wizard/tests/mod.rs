//! The page as a resident meets it.

mod kinds;
mod presses;

use super::*;
use crate::text::DayClock;
use phonein_protocol::Time;
use phonein_protocol::rule::{Date, Days, Minute, Weekly};
use phonein_protocol::zone::ZoneTable;

const HERE: &str = "Europe/Budapest";

/// A resident in Budapest with a clock and an intercom.
struct Page {
    draft: Draft,
    now: Time,
    zone: ZoneTable,
    text: Text,
    has_inner_door: bool,
}

impl Page {
    fn new(now: Time, draft: Draft) -> Self {
        let zone = crate::zone::table(HERE, 1_600_000_000).unwrap();
        Self { draft, now, zone, text: Text::new("en", DayClock::TwentyFour), has_inner_door: true }
    }

    /// A new key on Tuesday, October 12, 2021 at 10:22:40.
    fn tuesday() -> Self {
        Self::new(1_634_026_960, Draft::new())
    }

    fn edit(key: &KeyFields) -> Self {
        Self::new(1_634_026_960, Draft::edit(key))
    }

    /// A new key at that local time.
    fn at(date: CalendarDate, time: ClockTime) -> Self {
        let mut page = Self::tuesday();
        page.now = page.zone.instants(date.into(), time.into()).start();
        page
    }

    fn limited(mut self) -> Self {
        self.draft.set_unlimited(false);
        self
    }

    fn recurring(mut self) -> Self {
        self.draft.set_recurring(true);
        self.limited()
    }

    fn set(mut self, set: impl FnOnce(&mut Draft)) -> Self {
        set(&mut self.draft);
        self
    }

    fn toggle(mut self, day: i32) -> Self {
        let mut draft = self.draft.clone();
        self.with(|context| draft.toggle_day(day, context));
        self.draft = draft;
        self
    }

    fn with<T>(&self, look: impl FnOnce(&Context) -> T) -> T {
        look(&Context {
            present: Present { now: self.now, zone: &self.zone },
            phone_zone: HERE,
            text: &self.text,
            has_inner_door: self.has_inner_door,
        })
    }

    fn state(&self) -> WizardState {
        self.with(|context| self.draft.state(context))
    }

    fn sentence(&self) -> String {
        self.state().sentence.unwrap()
    }

    /// From when until when, of a single-use key.
    fn window(&self) -> String {
        let window = self.sentence();
        let window = window.strip_prefix("Your key will be valid from ").unwrap().replace(", 2021", "");
        window.replace("October", "Oct")
    }

    fn problems(&self) -> Vec<(Field, FieldProblem)> {
        self.state().problems.into_iter().map(|problem| (problem.field, problem.problem)).collect()
    }

    fn save(&mut self) -> Result<KeyFields, Field> {
        let mut draft = self.draft.clone();
        let saved = self.with(|context| draft.save(context));
        self.draft = draft;
        saved
    }
}

fn date(month: i32, day: i32) -> CalendarDate {
    CalendarDate { year: 2021, month, day }
}

fn time(hour: i32, minute: i32) -> ClockTime {
    ClockTime { hour, minute }
}

fn cleaner() -> KeyFields {
    let weekly = Weekly::new(
        Days::new(0b010_0100).unwrap(),
        date(10, 12).into(),
        date(12, 31).into(),
        time(10, 0).into(),
        time(14, 0).into(),
    );
    KeyFields {
        name: "Cleaner".into(),
        category: Some(Category::Services),
        rule: Rule::Weekly(weekly.unwrap()),
        uses: None,
        inner_door: true,
        welcome: Some("The mop is behind the inner door".into()),
    }
}

mod a_new_key {
    use super::*;

    #[test]
    fn is_unlimited_for_a_friend_and_wants_a_name_only() {
        let mut page = Page::tuesday();
        let state = page.state();
        assert_eq!(state.sentence.as_deref(), Some("This key will be valid forever"));
        assert_eq!((state.category, state.unlimited, state.recurring), (Some(Category::Friend), true, None));
        assert_eq!((state.single_use, state.weekly, state.welcome), (None, None, None));
        assert_eq!(page.problems(), [(Field::Name, FieldProblem::NoName)]);
        page.draft.set_name("Anna");
        let key = page.save().unwrap();
        assert_eq!((key.name.as_str(), key.rule, key.uses, key.inner_door), ("Anna", Rule::Always, None, false));
    }

    #[test]
    fn offers_the_inner_door_only_where_there_is_one() {
        let mut page = Page::tuesday();
        assert_eq!(page.state().inner_door, Some(false));
        page.has_inner_door = false;
        assert_eq!(page.state().inner_door, None);
    }

    #[test]
    fn lists_the_categories_in_their_order() {
        let names: Vec<_> = Page::tuesday().state().categories.into_iter().map(|choice| choice.name).collect();
        assert_eq!(names, ["Friend", "Customer", "Services", "Event", "Delivery", "Renter", "Employee"]);
    }

    #[test]
    fn begins_anew_with_start_over() {
        let mut page = Page::tuesday().recurring().set(|draft| draft.set_name("Anna"));
        assert_eq!(page.state().brought_back.as_deref(), Some("This is what you set last time"));
        page.draft.leave(Field::Name);
        page.draft.start_over();
        assert_eq!(page.draft, Draft::new());
        assert_eq!(page.state().brought_back, None);
    }
}

mod weekdays {
    use super::*;

    #[test]
    fn are_left_by_whatever_is_set_next() {
        // A Tuesday: its day is chosen, and taken back.
        let page = Page::tuesday().recurring().set(|draft| draft.set_name("Anna")).toggle(1);
        let shown = |page: &Page| page.state().problems.iter().any(|problem| problem.shown);
        assert!(!shown(&page));
        let page = page.toggle(3).toggle(3);
        assert!(!shown(&page), "still choosing");
        let page = page.set(|draft| draft.set_category(Category::Renter));
        assert!(shown(&page));
        // What was left is kept, that days were being chosen is not.
        let again: Draft = serde_json::from_str(&serde_json::to_string(&page.draft).unwrap()).unwrap();
        assert_eq!(again, page.draft);
    }
}

mod names_and_messages {
    use super::*;

    fn named(name: &str) -> Page {
        Page::tuesday().set(|draft| draft.set_name(name))
    }

    fn welcoming(message: &str) -> Page {
        named("Anna").set(|draft| {
            draft.set_welcome_on(true);
            draft.set_welcome(message);
        })
    }

    #[test]
    fn a_blank_name_is_none() {
        assert_eq!(named(" \t\u{202e} ").problems(), [(Field::Name, FieldProblem::NoName)]);
    }

    #[test]
    fn names_have_at_most_40_characters_of_any_script() {
        for letter in ["a", "é", "e\u{301}", "א", "🔑"] {
            assert_eq!(named(&letter.repeat(40)).problems(), []);
            assert_eq!(named(&letter.repeat(41)).problems(), [(Field::Name, FieldProblem::NameTooLong)]);
        }
    }

    #[test]
    fn a_message_has_at_most_200_characters_and_400_bytes() {
        assert_eq!(welcoming(&"a".repeat(200)).problems(), []);
        assert_eq!(welcoming(&"a".repeat(201)).problems(), [(Field::Welcome, FieldProblem::WelcomeTooLong)]);
        assert_eq!(welcoming(&"🔑".repeat(100)).problems(), []);
        assert_eq!(welcoming(&"🔑".repeat(101)).problems(), [(Field::Welcome, FieldProblem::WelcomeTooHeavy)]);
    }

    #[test]
    fn they_are_saved_plain() {
        let mut page = welcoming(" Hi\r\nthere \u{202e}").set(|draft| draft.set_name(" Be\u{301}la \n"));
        let key = page.save().unwrap();
        assert_eq!((key.name.as_str(), key.welcome.as_deref()), ("Béla", Some("Hi\nthere")));
        assert_eq!(page.state().name, " Be\u{301}la \n");
    }

    #[test]
    fn a_message_switched_off_or_blank_is_none() {
        let mut page = welcoming("Hi").set(|draft| draft.set_welcome_on(false));
        assert_eq!(page.save().unwrap().welcome, None);
        assert_eq!(page.state().welcome, None);
        assert_eq!(welcoming("  ").save().unwrap().welcome, None);
        page.draft.set_welcome_on(true);
        assert_eq!(page.state().welcome.as_deref(), Some("Hi"));
    }
}

mod what_is_wrong {
    use super::*;

    #[test]
    fn is_shown_once_its_field_was_left() {
        let page = Page::tuesday().set(|draft| draft.leave(Field::Welcome));
        assert!(!page.state().problems[0].shown);
        assert_eq!(page.state().reason, None);
        let page = page.set(|draft| draft.leave(Field::Name));
        assert!(page.state().problems[0].shown);
        assert_eq!(page.state().reason.as_deref(), Some("Give the key a name"));
    }

    #[test]
    fn is_shown_once_saving_was_tried_which_names_the_first_field() {
        let mut page = Page::tuesday().recurring().toggle(1);
        assert_eq!(page.save(), Err(Field::Name));
        assert!(page.state().problems.iter().all(|problem| problem.shown));
        page.draft.set_name("Anna");
        assert_eq!(page.save(), Err(Field::Days));
        assert_eq!(page.state().reason.as_deref(), Some("Choose at least one weekday"));
    }
}

mod edit {
    use super::*;

    #[test]
    fn begins_with_what_the_key_has() {
        let mut page = Page::edit(&cleaner());
        let state = page.state();
        assert!(state.editing && state.brought_back.is_none() && !state.unlimited);
        assert_eq!((state.name.as_str(), state.recurring, state.inner_door), ("Cleaner", Some(true), Some(true)));
        assert_eq!(state.welcome.as_deref(), Some("The mop is behind the inner door"));
        assert_eq!(page.save(), Ok(cleaner()));
    }

    #[test]
    fn changes_only_what_was_set() {
        let mut page = Page::edit(&cleaner()).toggle(0).set(|draft| draft.set_name("Zsófi"));
        let Rule::Weekly(before) = cleaner().rule else { unreachable!() };
        let rule = Rule::Weekly(Weekly { days: Days::new(0b010_0101).unwrap(), ..before });
        assert_eq!(page.save(), Ok(KeyFields { name: "Zsófi".into(), rule, ..cleaner() }));
    }

    #[test]
    fn keeps_instants_the_wall_clock_shows_twice() {
        // Starts at the second 02:30 of that night, which nobody could type as a start.
        let rule = Rule::Between { start: 1_635_643_800, expiry: 1_635_730_200 };
        let key = KeyFields { rule, uses: Some(120), ..cleaner() };
        let mut page = Page::edit(&key).set(|draft| draft.set_category(Category::Delivery));
        assert_eq!(page.save(), Ok(KeyFields { category: Some(Category::Delivery), ..key }));
    }

    #[test]
    fn offers_the_usual_for_a_kind_the_key_was_not() {
        let key = KeyFields { rule: Rule::Always, category: Some(Category::Delivery), ..cleaner() };
        assert_eq!(Page::edit(&key).limited().window(), "Tuesday, Oct 12 at 10:22 until Tuesday, Oct 12 at 14:22");
    }

    #[test]
    fn keeps_the_inner_door_where_it_is_not_offered() {
        let mut page = Page::edit(&cleaner());
        page.has_inner_door = false;
        assert_eq!(page.state().inner_door, None);
        assert!(page.save().unwrap().inner_door);
    }

    #[test]
    fn leaves_a_category_it_does_not_know_alone() {
        let key = KeyFields { category: None, ..cleaner() };
        assert_eq!(Page::edit(&key).save(), Ok(key));
    }
}

mod a_kept_draft {
    use super::*;

    #[test]
    fn comes_back_as_it_was() {
        let page = Page::edit(&cleaner()).toggle(0).set(|draft| {
            draft.set_uses(Uses::NoLimit);
            draft.leave(Field::Days);
        });
        let kept = serde_json::to_string(&page.draft).unwrap();
        assert_eq!(serde_json::from_str::<Draft>(&kept).unwrap(), page.draft);
    }

    #[test]
    fn of_an_older_version_lacks_what_is_new() {
        assert_eq!(serde_json::from_str::<Draft>("{}").unwrap(), Draft::new());
    }

    #[test]
    fn with_a_rule_that_is_none_is_refused() {
        let kept = serde_json::to_string(&Draft::edit(&cleaner())).unwrap();
        let spoilt = kept.replace("\"days\":36", "\"days\":0");
        assert_ne!(kept, spoilt);
        assert!(serde_json::from_str::<Draft>(&spoilt).is_err());
    }
}

#[test]
fn minutes_and_dates_of_a_shell_are_those_of_the_rule() {
    let Rule::Weekly(weekly) = cleaner().rule else { unreachable!() };
    assert_eq!((CalendarDate::from(weekly.from), ClockTime::from(weekly.start)), (date(10, 12), time(10, 0)));
    assert_eq!(Date::from(date(10, 12)), weekly.from);
    assert_eq!(Minute::from(time(14, 0)), weekly.end);
}
