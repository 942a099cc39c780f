//! Single-use and recurring keys, and what a category suggests.

use super::{Page, date, time};
use crate::category::Category;
use crate::wizard::{CalendarDate, Field, FieldProblem, Uses, UsesChoice};
use phonein_protocol::rule::Rule;

mod single_use {
    use super::*;

    #[test]
    fn starts_this_minute_lasts_a_day_and_opens_once() {
        let page = Page::tuesday().limited();
        assert_eq!(page.window(), "Tuesday, Oct 12 at 10:22 until Wednesday, Oct 13 at 10:22");
        let fields = page.state().single_use.unwrap();
        assert_eq!((fields.start_date.words.as_str(), fields.start_time.words.as_str()), ("Tue, Oct 12", "10:22"));
        assert_eq!((fields.uses, fields.uses_words.as_str()), (Some(1), "1"));
        assert_eq!(page.state().recurring, Some(false));
    }

    #[test]
    fn now_is_the_beginning_of_the_minute() {
        let key = Page::tuesday().limited().set(|draft| draft.set_name("Anna")).save().unwrap();
        assert_eq!(key.rule, Rule::Between { start: 1_634_026_920, expiry: 1_634_026_920 + 86_400 });
    }

    #[test]
    fn reads_as_the_product_says() {
        let page = Page::tuesday().limited().set(|draft| draft.set_expiry_date(date(10, 14)));
        let once =
            "Your key will be valid from Tuesday, October 12, 2021 at 10:22 until Thursday, October 14, 2021 at 10:22";
        assert_eq!(page.sentence(), once);
        let page = page.set(|draft| draft.set_uses(Uses::Times { count: 5 }));
        assert_eq!(page.sentence(), format!("{once}, up to 5 times"));
        let page = page.set(|draft| draft.set_uses(Uses::NoLimit));
        assert_eq!(page.sentence(), format!("{once}, any number of times"));
    }

    #[test]
    fn untouched_fields_follow_the_clock() {
        let mut page = Page::tuesday().limited().set(|draft| draft.set_expiry_time(time(20, 0)));
        page.now += 8 * 60;
        assert_eq!(page.window(), "Tuesday, Oct 12 at 10:30 until Wednesday, Oct 13 at 20:00");
    }

    #[test]
    fn a_later_start_takes_the_end_along() {
        let page = Page::tuesday().limited().set(|draft| draft.set_start_date(date(10, 20)));
        assert_eq!(page.window(), "Wednesday, Oct 20 at 10:22 until Thursday, Oct 21 at 10:22");
    }

    #[test]
    fn what_was_not_typed_makes_room_for_what_was() {
        let delivery = Page::tuesday().limited().set(|draft| draft.set_category(Category::Delivery));
        let page = delivery.set(|draft| draft.set_expiry_time(time(9, 0)));
        assert_eq!(page.window(), "Tuesday, Oct 12 at 10:22 until Wednesday, Oct 13 at 09:00");
        let page = Page::tuesday().limited().set(|draft| draft.set_expiry_date(date(10, 12)));
        assert_eq!(page.window(), "Tuesday, Oct 12 at 10:22 until Tuesday, Oct 12 at 23:59");
    }

    #[test]
    fn uses_are_1_to_99_or_unlimited() {
        let uses = |count| {
            let page = Page::tuesday().limited().set(|draft| draft.set_uses(Uses::Times { count }));
            page.state().single_use.unwrap().uses
        };
        assert_eq!([-1, 0, 1, 99, 255].map(uses), [Some(1), Some(1), Some(1), Some(99), Some(99)]);
    }

    #[test]
    fn what_is_offered_as_uses_shows_in_the_field_as_it_was_offered() {
        let page = Page::tuesday().limited();
        let offered = UsesChoice::all(&page.text);
        let words: Vec<_> = offered.iter().map(|choice| choice.words.as_str()).collect();
        assert_eq!((words.len(), words[0], words[1], words[99]), (100, "No limit", "1", "99"));
        for choice in offered {
            let chosen = Page::tuesday().limited().set(|draft| draft.set_uses(choice.uses));
            assert_eq!(chosen.state().single_use.unwrap().uses_words, choice.words);
        }
    }

    #[test]
    fn an_end_before_its_start_is_refused_beside_the_end() {
        let page = Page::tuesday().limited().set(|draft| draft.set_expiry_date(date(10, 3)));
        assert!(page.problems().contains(&(Field::ExpiryDate, FieldProblem::EndBeforeStart)));
        assert_eq!(page.state().sentence, None);
        let page = Page::tuesday().limited().set(|draft| {
            draft.set_start_time(time(12, 0));
            draft.set_expiry_date(date(10, 12));
            draft.set_expiry_time(time(12, 0));
        });
        assert!(page.problems().contains(&(Field::ExpiryTime, FieldProblem::EndBeforeStart)));
    }

    #[test]
    fn a_window_that_is_over_is_refused_beside_the_end() {
        let page = Page::tuesday().limited().set(|draft| {
            draft.set_start_date(date(10, 1));
            draft.set_expiry_date(date(10, 3));
        });
        assert!(page.problems().contains(&(Field::ExpiryDate, FieldProblem::Over)));
        let page = page.set(|draft| {
            draft.set_expiry_date(date(10, 12));
            draft.set_expiry_time(time(10, 22));
        });
        assert!(page.problems().contains(&(Field::ExpiryTime, FieldProblem::Over)));
    }

    #[test]
    fn of_a_minute_that_comes_twice_the_start_takes_the_first_and_the_expiry_the_second() {
        let page = Page::tuesday().limited().set(|draft| {
            draft.set_start_date(date(10, 31));
            draft.set_start_time(time(2, 30));
            draft.set_expiry_date(date(10, 31));
            draft.set_expiry_time(time(2, 30));
        });
        // 00:30 and 01:30 UTC.
        let key = page.set(|draft| draft.set_name("Night")).save().unwrap();
        assert_eq!(key.rule, Rule::Between { start: 1_635_640_200, expiry: 1_635_643_800 });
    }

    #[test]
    fn a_minute_the_clock_skips_moves_forward_by_the_gap() {
        let page = Page::tuesday().limited().set(|draft| {
            draft.set_start_date(CalendarDate { year: 2022, month: 3, day: 27 });
            draft.set_start_time(time(2, 30));
        });
        assert!(page.sentence().contains("Sunday, March 27, 2022 at 03:30 until"));
        assert_eq!(page.state().single_use.unwrap().start_time.time, time(3, 30));
    }
}

mod recurring {
    use super::*;

    #[test]
    fn suggests_today_s_weekday_for_a_month() {
        assert_eq!(
            Page::tuesday().recurring().sentence(),
            "Your key is valid every Tuesday from 10:00 to 14:00 starting Tuesday, October 12, 2021 ending Friday, November 12, 2021"
        );
        let page = Page::at(CalendarDate { year: 2022, month: 1, day: 31 }, time(9, 0)).recurring();
        assert!(page.sentence().ends_with("starting Monday, January 31, 2022 ending Monday, February 28, 2022"));
    }

    #[test]
    fn reads_as_the_product_says() {
        let page = Page::tuesday().recurring().toggle(1).toggle(2).toggle(5).set(|draft| draft.set_until(date(12, 31)));
        assert_eq!(
            page.sentence(),
            "Your key is valid every Wednesday and Saturday from 10:00 to 14:00 starting Tuesday, October 12, 2021 ending Friday, December 31, 2021"
        );
        let page = [0, 1, 3, 4, 6].into_iter().fold(page, Page::toggle).set(|draft| {
            draft.set_window_start(time(22, 0));
            draft.set_window_end(time(6, 0));
        });
        assert!(page.sentence().starts_with("Your key is valid every day from 22:00 to 06:00 the next day starting"));
        assert!(page.state().weekly.unwrap().overnight);
    }

    #[test]
    fn shows_the_week_from_monday_on() {
        let days = Page::tuesday().recurring().state().weekly.unwrap().days;
        assert_eq!(days.iter().map(|day| day.letter.as_str()).collect::<String>(), "MTWTFSS");
        assert!(days.iter().map(|day| day.chosen).eq([false, true, false, false, false, false, false]));
    }

    #[test]
    fn no_weekday_is_refused_beside_the_days() {
        let page = Page::tuesday().recurring().toggle(1);
        assert!(page.problems().contains(&(Field::Days, FieldProblem::NoDay)));
        assert_eq!(page.state().sentence, None);
    }

    #[test]
    fn an_end_date_before_the_start_date_is_refused_beside_the_end_date() {
        let page = Page::tuesday().recurring().set(|draft| draft.set_until(date(10, 3)));
        assert!(page.problems().contains(&(Field::Until, FieldProblem::EndDateBeforeStart)));
    }

    #[test]
    fn dates_without_a_chosen_weekday_are_refused_beside_the_days() {
        let page = Page::tuesday().recurring().toggle(1).toggle(2).set(|draft| {
            draft.set_from(date(10, 14));
            draft.set_until(date(10, 19));
        });
        assert!(page.problems().contains(&(Field::Days, FieldProblem::NoChosenDay)));
    }

    #[test]
    fn days_nobody_chose_give_way_to_dates_somebody_did() {
        let page = Page::tuesday().recurring().set(|draft| {
            draft.set_from(date(10, 14));
            draft.set_until(date(10, 18));
        });
        assert!(page.sentence().starts_with("Your key is valid every Thursday from 10:00"));
    }

    #[test]
    fn dates_and_hours_that_are_over_are_refused_beside_the_end_date() {
        let page = Page::at(date(10, 12), time(14, 0)).recurring().set(|draft| draft.set_until(date(10, 12)));
        assert!(page.problems().contains(&(Field::Until, FieldProblem::DatesOver)));
        let page = page.set(|draft| draft.set_window_end(time(14, 1)));
        assert_eq!(page.problems(), [(Field::Name, FieldProblem::NoName)]);
    }

    #[test]
    fn hours_the_clock_skips_on_the_only_day_are_refused_beside_the_hours() {
        let night = CalendarDate { year: 2022, month: 3, day: 27 };
        let page = Page::tuesday().recurring().set(|draft| {
            draft.set_from(night);
            draft.set_until(night);
            draft.set_window_start(time(2, 10));
            draft.set_window_end(time(2, 50));
        });
        assert!(page.problems().contains(&(Field::WindowStart, FieldProblem::SkippedHours)));
    }

    #[test]
    fn a_late_start_takes_the_end_along() {
        let page = Page::tuesday().recurring().set(|draft| draft.set_window_start(time(16, 0)));
        assert!(page.sentence().contains("from 16:00 to 20:00 starting"));
    }
}

mod a_category {
    use super::*;

    fn page(category: Category) -> Page {
        Page::tuesday().set(|draft| draft.set_category(category))
    }

    #[test]
    fn never_touches_unlimited() {
        for category in Category::ALL {
            assert_eq!(page(category).sentence(), "This key will be valid forever");
        }
    }

    #[test]
    fn delivery_lasts_four_hours() {
        let page = page(Category::Delivery).limited();
        assert_eq!(page.window(), "Tuesday, Oct 12 at 10:22 until Tuesday, Oct 12 at 14:22");
    }

    #[test]
    fn services_come_on_weekdays() {
        let page = page(Category::Services).limited();
        assert!(page.sentence().starts_with(
            "Your key is valid every Monday, Tuesday, Wednesday, Thursday and Friday from 10:00 to 14:00 starting"
        ));
    }

    #[test]
    fn an_event_lasts_from_the_evening_into_the_night() {
        let event = |hour, minute| {
            let page = Page::at(date(10, 12), time(hour, minute)).limited();
            page.set(|draft| draft.set_category(Category::Event)).window()
        };
        assert_eq!(event(10, 22), "Tuesday, Oct 12 at 18:00 until Wednesday, Oct 13 at 02:00");
        assert_eq!(event(23, 30), "Tuesday, Oct 12 at 23:30 until Wednesday, Oct 13 at 02:00");
        assert_eq!(event(0, 30), "Tuesday, Oct 12 at 18:00 until Wednesday, Oct 13 at 02:00");
    }

    #[test]
    fn yields_to_what_was_set() {
        let page = page(Category::Services).limited().set(|draft| draft.set_recurring(false));
        assert_eq!(page.window(), "Tuesday, Oct 12 at 10:22 until Wednesday, Oct 13 at 10:22");
        let page = page.set(|draft| {
            draft.set_category(Category::Event);
            draft.set_expiry_date(date(10, 12));
            draft.set_expiry_time(time(17, 0));
        });
        assert_eq!(page.window(), "Tuesday, Oct 12 at 10:22 until Tuesday, Oct 12 at 17:00");
    }
}
