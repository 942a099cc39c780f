//! What the page shows: values, words, what is wrong, and whether it may be saved.

use super::draft::MOST_USES;
use super::single::Single;
use super::weekly::WeeklyParts;
use super::{CalendarDate, ClockTime, Context, Draft, Field, FieldProblem, Uses};
use crate::category::Category;
use crate::text::Text;
use phonein_protocol::rule::{Date, Days, Minute, Weekday};

/// The page as it stands. What is `None` is not shown.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
#[allow(clippy::struct_excessive_bools, reason = "each is a toggle of the page, or a fact about it")]
pub struct WizardState {
    /// Whether a key is edited (SAVE) rather than made (CREATE KEY).
    pub editing: bool,
    /// What is said beside START OVER. Both are there only where the page began with what was set another time.
    pub brought_back: Option<String>,
    /// The name, as typed.
    pub name: String,
    /// The category; `None` in *Edit* for one this version does not know.
    pub category: Option<Category>,
    /// All categories, in their order.
    pub categories: Vec<CategoryChoice>,
    /// The *Unlimited Key* toggle.
    pub unlimited: bool,
    /// The *Recurring* toggle.
    pub recurring: Option<bool>,
    /// The fields of a single-use key.
    pub single_use: Option<SingleUse>,
    /// The fields of a recurring key.
    pub weekly: Option<WeeklyHours>,
    /// The *Also Opens Inner Door* toggle.
    pub inner_door: Option<bool>,
    /// The *Welcome Message* toggle.
    pub welcome_on: bool,
    /// The welcome message, as typed.
    pub welcome: Option<String>,
    /// All that is wrong, in the order of the page.
    pub problems: Vec<Problem>,
    /// The rule as one sentence; `None` while there is no rule that could open.
    pub sentence: Option<String>,
    /// The reason to show in the sentence's place: that of the first problem shown.
    pub reason: Option<String>,
    /// Whether it may be saved.
    pub savable: bool,
}

/// A category to choose.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct CategoryChoice {
    /// Which.
    pub category: Category,
    /// Its name.
    pub name: String,
}

/// A number of uses to choose.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct UsesChoice {
    /// How often.
    pub uses: Uses,
    /// As the field shows it.
    pub words: String,
}

impl UsesChoice {
    /// All there are, in the order in which they are offered.
    pub fn all(text: &Text) -> Vec<Self> {
        let no_limit = Self { uses: Uses::NoLimit, words: text.field_uses(None) };
        let times = (1..=MOST_USES).map(|count| Self {
            uses: Uses::Times { count },
            words: text.field_uses(Some(count.unsigned_abs().into())),
        });
        std::iter::once(no_limit).chain(times).collect()
    }
}

/// A date field.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct DateChoice {
    /// For the picker.
    pub date: CalendarDate,
    /// As the field shows it.
    pub words: String,
}

/// A time field.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct TimeChoice {
    /// For the picker.
    pub time: ClockTime,
    /// As the field shows it.
    pub words: String,
}

/// The fields of a single-use key.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct SingleUse {
    /// The date on which it starts.
    pub start_date: DateChoice,
    /// The time at which it starts.
    pub start_time: TimeChoice,
    /// The date on which it expires.
    pub expiry_date: DateChoice,
    /// The time at which it expires.
    pub expiry_time: TimeChoice,
    /// How often it opens each door; `None` for no limit. More than 99 only in *Edit*.
    pub uses: Option<i32>,
    /// As the field shows it.
    pub uses_words: String,
}

/// The fields of a recurring key.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct WeeklyHours {
    /// The seven weekdays from Monday on.
    pub days: Vec<DayChoice>,
    /// The first date.
    pub from: DateChoice,
    /// The last date.
    pub until: DateChoice,
    /// The time at which the hours begin.
    pub start: TimeChoice,
    /// The time at which they end.
    pub end: TimeChoice,
    /// Whether that is on the next day.
    pub overnight: bool,
}

/// A weekday to choose.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct DayChoice {
    /// As it is drawn: "W".
    pub letter: String,
    /// As it is read out: "Wednesday".
    pub name: String,
    /// Whether it is chosen.
    pub chosen: bool,
}

/// Something wrong with a field.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Problem {
    /// The field it stands beside.
    pub field: Field,
    /// What is wrong.
    pub problem: FieldProblem,
    /// In words.
    pub words: String,
    /// Whether to show it yet: the field was left, or saving was tried.
    pub shown: bool,
}

impl Draft {
    /// The page as it stands.
    pub fn state(&self, context: &Context) -> WizardState {
        let (unlimited, recurring) = (self.is_unlimited(), self.is_recurring());
        let shown = |(field, problem): &(Field, FieldProblem)| Problem {
            field: *field,
            problem: *problem,
            words: context.text.field_problem(*problem),
            shown: self.shows_problem_of(*field),
        };
        let problems: Vec<Problem> = self.check(context).err().unwrap_or_default().iter().map(shown).collect();
        WizardState {
            editing: self.original.is_some(),
            brought_back: self.is_touched().then(|| context.text.brought_back()),
            name: self.typed_name().to_owned(),
            category: self.category(),
            categories: Category::ALL
                .map(|category| CategoryChoice { category, name: context.text.category(category) })
                .to_vec(),
            unlimited,
            recurring: (!unlimited).then_some(recurring),
            single_use: (!unlimited && !recurring).then(|| self.single_use(context)),
            weekly: (!unlimited && recurring).then(|| weekly_hours(&self.weekly(context), context)),
            inner_door: context.has_inner_door.then_some(self.opens_inner_door()),
            welcome_on: self.has_welcome(),
            welcome: self.has_welcome().then(|| self.typed_welcome().to_owned()),
            sentence: self
                .rule(context)
                .ok()
                .map(|rule| context.text.rule(&rule, self.uses_of(&rule), context.present.zone, context.phone_zone)),
            reason: problems.iter().find(|problem| problem.shown).map(|problem| problem.words.clone()),
            savable: problems.is_empty(),
            problems,
        }
    }

    fn single_use(&self, context: &Context) -> SingleUse {
        let Single { start, expiry } = self.single(context);
        let [start, expiry] = [start, expiry].map(|at| context.present.zone.local(at));
        let uses = self.single_uses();
        SingleUse {
            start_date: date_choice(start.date, context),
            start_time: time_choice(start.minute, context),
            expiry_date: date_choice(expiry.date, context),
            expiry_time: time_choice(expiry.minute, context),
            uses: uses.map(|uses| i32::try_from(uses).unwrap_or(i32::MAX)),
            uses_words: context.text.field_uses(uses),
        }
    }
}

fn weekly_hours(parts: &WeeklyParts, context: &Context) -> WeeklyHours {
    let day = |day| DayChoice {
        letter: context.text.weekday_letter(day),
        name: context.text.weekday(day),
        chosen: parts.days & Days::only(day).bits() != 0,
    };
    WeeklyHours {
        days: Weekday::ALL.map(day).to_vec(),
        from: date_choice(parts.from, context),
        until: date_choice(parts.until, context),
        start: time_choice(parts.start, context),
        end: time_choice(parts.end, context),
        overnight: parts.end <= parts.start,
    }
}

fn date_choice(date: Date, context: &Context) -> DateChoice {
    DateChoice { date: date.into(), words: context.text.date_field(date, &context.present) }
}

fn time_choice(minute: Minute, context: &Context) -> TimeChoice {
    TimeChoice { time: minute.into(), words: context.text.time(minute) }
}
