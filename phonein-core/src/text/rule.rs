//! The rule of a key as one plain sentence.

use super::Text;
use super::fixed::arguments;
use fluent_bundle::FluentArgs;
use phonein_protocol::rule::{Days, Rule, Weekly};
use phonein_protocol::zone::ZoneTable;

impl Text {
    /// The rule as one sentence, the same before the key exists, for its maker and for its holder: "Your key will be valid
    /// from Tuesday, October 12, 2021 at 10:22 until Thursday, October 14, 2021 at 10:22, up to 5 times".
    ///
    /// `uses`: how often it opens each door, `None` for no limit. `zone` is the intercom's; if `phone_zone` is another, the
    /// sentence says whose time it means.
    pub fn rule(&self, rule: &Rule, uses: Option<u64>, zone: &ZoneTable, phone_zone: &str) -> String {
        let sentence = match rule {
            Rule::Always => self.word("rule-always"),
            Rule::Between { start, expiry } => {
                let (start, expiry) = (self.moment(*start, zone), self.moment(*expiry, zone));
                self.say("rule-between", &arguments!["start" => start, "expiry" => expiry])
            }
            Rule::Weekly(weekly) => self.weekly(weekly),
        };
        // What is usual for the kind of key needs no word: one use of a key for a stretch of time, any number of the others.
        let sentence = match (rule, uses) {
            (Rule::Between { .. }, Some(1)) | (Rule::Always | Rule::Weekly(_), None) => sentence,
            (_, Some(limit)) => self.say("rule-up-to", &arguments!["rule" => sentence, "count" => limit]),
            (Rule::Between { .. }, None) => self.say("rule-any-number", &arguments!["rule" => sentence]),
        };
        if matches!(rule, Rule::Always) || zone.zone() == phone_zone {
            sentence
        } else {
            self.say("rule-in-zone", &arguments!["rule" => sentence, "zone" => zone.zone()])
        }
    }

    fn weekly(&self, weekly: &Weekly) -> String {
        let days = if weekly.days == Days::ALL {
            self.word("rule-every-day")
        } else {
            let days: Vec<_> = weekly.days.iter().map(|day| self.weekday(day)).collect();
            self.say("rule-every-weekday", &arguments!["days" => self.list(&days)])
        };
        let arguments: FluentArgs = arguments![
            "days" => days,
            "start" => self.time(weekly.start),
            "end" => self.time(weekly.end),
            "from" => self.date(weekly.from),
            "until" => self.date(weekly.until)
        ];
        self.say(if weekly.is_overnight() { "rule-weekly-overnight" } else { "rule-weekly" }, &arguments)
    }
}
