//! The one status line of a key: the first that fits, in the order of the list below.

use super::core::Core;
use super::record::KeyOffer;
use crate::text::key::KeyStatus;
use crate::text::tap::Door as ShownDoor;
use crate::wallet::{Held, Intercom, Key, Overtaken, Serves};
use phonein_protocol::Time;
use phonein_protocol::grant::Terms;
use phonein_protocol::id::Door;
use phonein_protocol::rule::Verdict;
use phonein_protocol::zone::ZoneTable;

/// How `key` stands at `now`.
pub(super) fn status(key: &Key, intercom: &Intercom, zone: &ZoneTable, now: Time) -> KeyStatus {
    let ledger = &key.ledger;
    if ledger.is_deletion() {
        return KeyStatus::DeletedWaiting;
    }
    if ledger.is_overtaken() {
        return KeyStatus::Overtaken;
    }
    if ledger.mine.is_some() || key.held == Some(Held::Claiming) && !intercom.is_foreign && !key.is_refused() {
        return KeyStatus::Waiting;
    }
    match key.held {
        _ if key.needs_sharing_again(intercom.is_foreign) => return KeyStatus::ShareAgain,
        Some(Held::LinkExpired | Held::Unknown) => return KeyStatus::ShareAgain,
        Some(Held::Claiming) if key.is_refused() => return KeyStatus::ShareAgain,
        Some(Held::Taken) => return KeyStatus::Taken,
        Some(Held::Deleted) => return KeyStatus::Expired,
        Some(Held::Claiming | Held::Held) | None => {}
    }
    let Some(terms) = key.grant().and_then(|grant| grant.grant().terms.as_ref()) else { return KeyStatus::Expired };
    let verdict = terms.rule.judge(Some(zone), now);
    if verdict == Verdict::Expired {
        return KeyStatus::Expired;
    }
    if is_used_up(terms, ledger.used) {
        return KeyStatus::Used;
    }
    let is_mine = key.held == Some(Held::Held);
    match &ledger.holder {
        None if is_mine => {}
        // Nobody can accept it any more.
        None if terms.claim_by < now => return KeyStatus::ShareAgain,
        None if key.shared_at.is_some() => return KeyStatus::Shared,
        Some((kid, person)) if *kid != intercom.kid => return KeyStatus::Held { person: person.clone() },
        None | Some(_) => {}
    }
    match verdict {
        Verdict::NotYet { opens } => KeyStatus::Upcoming { starts: opens },
        Verdict::Outside { next } => KeyStatus::Outside { opens: next },
        Verdict::Open { .. } | Verdict::NoZone | Verdict::Expired => KeyStatus::Active,
    }
}

impl Core {
    /// How a key on a guest's button would serve now.
    pub(super) fn serves(&self, key: &Key, intercom: &Intercom) -> Serves {
        let now = self.clock.now();
        match status(key, intercom, &self.zones.shown(intercom.zone.as_deref(), now), now) {
            KeyStatus::Active => Serves::Now,
            KeyStatus::Expired | KeyStatus::Used | KeyStatus::ShareAgain | KeyStatus::Taken => Serves::Nevermore,
            _ => Serves::Later,
        }
    }
}

/// Whether this phone makes keys there.
pub(super) fn makes_keys(intercom: &Intercom) -> bool {
    intercom.is_manager && !intercom.is_foreign
}

/// What can be done with it.
pub(super) fn offers(key: &Key, intercom: &Intercom) -> Vec<KeyOffer> {
    match key.overtaken() {
        _ if !intercom.is_manager => vec![KeyOffer::Remove],
        // Nothing follows a deletion, and this phone can sign nothing in the name of the one its wallet came from.
        _ if intercom.is_foreign || key.ledger.is_deletion() => Vec::new(),
        Some(Overtaken::Deleted) => Vec::new(),
        // First a person says which of two versions counts.
        Some(Overtaken::Changed(_)) => vec![KeyOffer::Delete],
        None => vec![KeyOffer::Edit, KeyOffer::Share, KeyOffer::Delete],
    }
}

/// The door that a tap on it in a list opens.
pub(super) fn opens(key: &Key, intercom: &Intercom, zone: &ZoneTable, now: Time) -> Option<ShownDoor> {
    let is_usable = intercom.is_manager && !key.ledger.is_deletion() || key.held == Some(Held::Held);
    let terms = key.grant().and_then(|grant| grant.grant().terms.as_ref());
    let is_open = |terms: &&Terms| terms.rule.is_open(Some(zone), now) && !is_used_up(terms, key.ledger.used);
    let terms = terms.filter(is_open).filter(|_| is_usable && !intercom.is_foreign)?;
    let first = if terms.doors.contains(Door::Entrance) { Door::Entrance } else { Door::Inner };
    Some(first.into())
}

/// Until when accepting its link is of use: until the link's own end, or until the key's if that is sooner.
pub(super) fn link_until(terms: &Terms, zone: &ZoneTable) -> Time {
    let has_ended = |at| terms.rule.ended(Some(zone), at);
    if !has_ended(terms.claim_by) {
        return terms.claim_by;
    }
    // Between the two lies the first second from which it never opens again.
    let (mut open, mut over) = (0, terms.claim_by);
    while over - open > 1 {
        let middle = i64::midpoint(open, over);
        if has_ended(middle) { over = middle } else { open = middle }
    }
    over
}

/// Whether no door that the key opens has a use left.
pub(super) fn is_used_up(terms: &Terms, used: [u64; 2]) -> bool {
    let Some(limit) = terms.uses else { return false };
    [Door::Entrance, Door::Inner].into_iter().zip(used).all(|(door, used)| !terms.doors.contains(door) || used >= limit)
}

#[cfg(test)]
mod tests {
    use super::*;
    use phonein_protocol::id::{Doors, LinkSecret};
    use phonein_protocol::rule::{Date, Days, Minute, Rule, Weekly};

    /// Tuesday, October 12, 2021 at 10:22 in Budapest.
    const NOW: Time = 1_634_026_920;
    const DAY: Time = 86_400;

    fn until(rule: Rule) -> Time {
        let commitment = LinkSecret([7; 16]).commitment();
        let terms = Terms { claim_by: NOW + 30 * DAY, rule, uses: None, doors: Doors::ENTRANCE, commitment };
        link_until(&terms, &crate::zone::table("Europe/Budapest", NOW).unwrap())
    }

    #[test]
    fn a_link_is_of_no_use_once_its_key_is_over() {
        assert_eq!(until(Rule::Always), NOW + 30 * DAY);
        assert_eq!(until(Rule::between(NOW, NOW + 31 * DAY).unwrap()), NOW + 30 * DAY);
        assert_eq!(until(Rule::between(NOW, NOW + DAY).unwrap()), NOW + DAY);
    }

    #[test]
    fn a_recurring_key_is_over_when_its_last_window_closes() {
        let weekly = |start, end| {
            let [from, last] = [12, 17].map(|day| Date::from_ymd(2021, 10, day).unwrap());
            let [start, end] = [start, end].map(|hour| Minute::at(hour, 0).unwrap());
            // Wednesdays, of which there is one: the 13th.
            until(Rule::Weekly(Weekly::new(Days::new(0b100).unwrap(), from, last, start, end).unwrap()))
        };
        let midnight = NOW - 10 * 3_600 - 22 * 60 + DAY;
        assert_eq!(weekly(10, 14), midnight + 14 * 3_600);
        assert_eq!(weekly(22, 6), midnight + 30 * 3_600, "on Thursday");
    }
}
