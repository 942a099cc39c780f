//! What must hold in every state, and what must be seen in some.

use super::{House, State};
use stateright::Property;

/// What must hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Rule {
    KeyOpensInItsTime,
    LinkHasALastDay,
    WhatIsOverStaysOver,
    NoPhoneMovesAClock,
    NoSettingIsLostUnseen,
    InnerDoorIsShutWhileOff,
    ManagerOpens,
    OnlyManagersAndHolder,
    OnlyGuestsSpend,
    TapOpensOnce,
    LogSaysWhichWay,
}

macro_rules! always {
    ($($name:literal: $rule:ident;)*) => {
        [$(Property::always($name, |_, s: &State| !s.truth.broken.contains(&Rule::$rule))),*]
    };
}

macro_rules! sometimes {
    ($($name:literal),* $(,)?) => {
        [$(Property::sometimes($name, |_, s: &State| s.truth.seen.contains($name))),*]
    };
}

pub fn all() -> Vec<Property<House>> {
    let always = always! {
        "a key opens while its rule holds, and with no time only if it always does": KeyOpensInItsTime;
        "a link is accepted by its last day": LinkHasALastDay;
        "what is over stays over until a person sets the clock": WhatIsOverStaysOver;
        "no phone moves a clock that is set": NoPhoneMovesAClock;
        "no setting is lost unseen": NoSettingIsLostUnseen;
        "the inner door is shut to everybody while it is off": InnerDoorIsShutWhileOff;
        "a manager opens at any time": ManagerOpens;
        "nobody opens but managers and the holder": OnlyManagersAndHolder;
        "only guests spend uses": OnlyGuestsSpend;
        "a tap opens once over both ways": TapOpensOnce;
        "the log says which way opened": LogSaysWhichWay;
    };
    let sometimes = sometimes! {
        "the guest opens",
        "a manager opens",
        "a tap is answered over both ways",
        "a clock differs",
        "a clock is set anew",
        "a time that has passed is not taken",
        "a person sets a clock",
        "a guest is told that the time is unknown",
        "settings were changed by somebody else",
    };
    always.into_iter().chain(sometimes).collect()
}
