//! What holds whatever is pressed.

use super::{HERE, Page, cleaner};
use crate::category::Category;
use crate::wizard::{CalendarDate, ClockTime, Draft, Field, KeyFields, Uses};
use phonein_protocol::Time;
use phonein_protocol::rule::Rule;
use proptest::prelude::*;

/// One press or entry on the page.
#[derive(Clone, Debug)]
enum Press {
    Name(String),
    Category(usize),
    Unlimited(bool),
    Recurring(bool),
    Date(u8, CalendarDate),
    Time(u8, ClockTime),
    Uses(Option<i32>),
    Day(i32),
    InnerDoor(bool),
    Welcome(bool, String),
    Leave,
    Wait(u32),
    Save,
    StartOver,
}

fn press() -> impl Strategy<Value = Press> {
    let near = (2020..2024, -1..14i32, -1..34i32);
    let date = prop_oneof![near, (any::<i32>(), any::<i32>(), any::<i32>())]
        .prop_map(|(year, month, day)| CalendarDate { year, month, day });
    let time = (-1..26i32, -1..62i32).prop_map(|(hour, minute)| ClockTime { hour, minute });
    prop_oneof![
        "\\PC{0,50}".prop_map(Press::Name),
        (0..7usize).prop_map(Press::Category),
        any::<bool>().prop_map(Press::Unlimited),
        any::<bool>().prop_map(Press::Recurring),
        (0..4u8, date).prop_map(|(field, date)| Press::Date(field, date)),
        (0..4u8, time).prop_map(|(field, time)| Press::Time(field, time)),
        any::<Option<i32>>().prop_map(Press::Uses),
        (-1..9i32).prop_map(Press::Day),
        any::<bool>().prop_map(Press::InnerDoor),
        (any::<bool>(), "(?s).{0,220}").prop_map(|(on, text)| Press::Welcome(on, text)),
        Just(Press::Leave),
        (0..90_000_000u32).prop_map(Press::Wait),
        Just(Press::Save),
        Just(Press::StartOver),
    ]
}

impl Page {
    fn press(mut self, press: Press) -> Self {
        let draft = &mut self.draft;
        match press {
            Press::Name(name) => draft.set_name(&name),
            Press::Category(place) => draft.set_category(Category::ALL[place]),
            Press::Unlimited(on) => draft.set_unlimited(on),
            Press::Recurring(on) => draft.set_recurring(on),
            Press::Date(0, date) => draft.set_start_date(date),
            Press::Date(1, date) => draft.set_expiry_date(date),
            Press::Date(2, date) => draft.set_from(date),
            Press::Date(_, date) => draft.set_until(date),
            Press::Time(0, time) => draft.set_start_time(time),
            Press::Time(1, time) => draft.set_expiry_time(time),
            Press::Time(2, time) => draft.set_window_start(time),
            Press::Time(_, time) => draft.set_window_end(time),
            Press::Uses(Some(count)) => draft.set_uses(Uses::Times { count }),
            Press::Uses(None) => draft.set_uses(Uses::NoLimit),
            Press::InnerDoor(on) => draft.set_inner_door(on),
            Press::Welcome(on, text) => {
                draft.set_welcome_on(on);
                draft.set_welcome(&text);
            }
            Press::Leave => draft.leave(Field::Name),
            Press::StartOver => draft.start_over(),
            Press::Wait(seconds) => self.now += Time::from(seconds),
            Press::Day(day) => return self.toggle(day),
            Press::Save => _ = self.save(),
        }
        self
    }
}

fn original() -> impl Strategy<Value = Option<KeyFields>> {
    let single = KeyFields { rule: Rule::between(1_634_000_000, 1_634_100_000).unwrap(), uses: Some(3), ..cleaner() };
    prop_oneof![Just(None), Just(Some(cleaner())), Just(Some(single))]
}

proptest! {
    #[test]
    fn whatever_is_pressed_what_can_be_saved_can_open(
        original in original(),
        presses in prop::collection::vec(press(), 0..12),
    ) {
        let start = original.map_or_else(Page::tuesday, |key| Page::edit(&key));
        let mut page = presses.into_iter().fold(start, Page::press);
        let state = page.state();
        let rule_is_wrong = state.problems.iter().any(|it| !matches!(it.field, Field::Name | Field::Welcome));
        prop_assert_eq!(state.sentence.is_none(), rule_is_wrong);
        prop_assert_eq!(state.savable, state.problems.is_empty());
        let saved = page.save();
        prop_assert_eq!(saved.is_ok(), state.savable);
        if let Ok(key) = saved {
            prop_assert!(!key.rule.ended(Some(&page.zone), page.now));
            prop_assert!(!key.name.is_empty() && key.name.chars().count() <= 40);
            prop_assert!(key.welcome.is_none_or(|text| text.chars().count() <= 200 && text.len() <= 400));
            prop_assert_ne!(key.uses, Some(0));
        }
        let kept: Draft = serde_json::from_str(&serde_json::to_string(&page.draft).unwrap()).unwrap();
        prop_assert_eq!(kept, page.draft);
    }

    #[test]
    fn what_is_suggested_can_always_open(
        now in 1_634_000_000..1_900_000_000i64,
        zone in prop::sample::select(vec![HERE, "Australia/Lord_Howe", "Asia/Kathmandu", "America/St_Johns"]),
        category in prop::sample::select(Category::ALL.to_vec()),
        recurring in any::<bool>(),
        untouched in any::<bool>(),
    ) {
        let mut page = Page::new(now, Draft::new()).limited();
        page.zone = crate::zone::table(zone, now).unwrap();
        page.draft.set_category(category);
        page.draft.set_name("Anna");
        if !untouched {
            page.draft.set_recurring(recurring);
        }
        prop_assert_eq!(page.problems(), []);
    }
}
