//! How bad the ways of a schedule are, and what becomes of each frame and fragment.

use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use super::{Dice, ms};
use crate::exchange::{
    Fault,
    fake::{FINE, Fate, Leg},
    simulated::Stage,
};

/// What a way is like throughout a schedule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mood {
    /// All arrives, soon.
    Fine,
    /// What arrives is late.
    Slow,
    /// Some of everything, most of it good.
    Fair,
    /// The same, and a third of it bad.
    Bad,
    /// Requests arrive, answers do not.
    LosesAnswers,
    /// Nothing gets there.
    Dead,
}

impl Mood {
    pub(crate) fn roll(dice: &mut Dice) -> Self {
        match dice.roll(16) {
            0 | 1 => Self::Fine,
            2 => Self::Slow,
            3..=6 => Self::Fair,
            7..=10 => Self::Bad,
            11 | 12 => Self::LosesAnswers,
            _ => Self::Dead,
        }
    }

    /// How much of what happens is bad, in a hundred, where a message is one piece or several.
    fn badness(self, in_pieces: bool) -> u64 {
        match (self, in_pieces) {
            (Self::Slow, false) => 25,
            (Self::Slow | Self::Fair, true) => 3,
            (Self::Fair, false) | (Self::Bad, true) => 12,
            (Self::Bad, false) => 45,
            _ => 0,
        }
    }
}

/// Bad until it clears up.
#[derive(Clone, Default)]
pub(crate) struct Sky(Arc<AtomicBool>);

impl Sky {
    pub(crate) fn clear_up(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    fn is_clear(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    /// What becomes of whole frames over HTTP. `stays_off`: it leads nowhere even when it has cleared up.
    pub(crate) fn http(&self, seed: u64, mood: Mood, stays_off: bool) -> impl Fn(Leg) -> Fate + Send + Sync + 'static {
        let (sky, dice) = (self.clone(), dices(seed));
        move |leg| {
            if sky.is_clear() {
                return if stays_off { Fate::Fails(Fault::NetworkOff) } else { FINE };
            }
            let mut dice = dice[leg as usize].lock().unwrap();
            match (mood, leg) {
                (Mood::Dead, _) => dice.pick(&[Fate::Lost, Fate::Fails(Fault::NetworkOff)]).clone(),
                (Mood::LosesAnswers, Leg::Res) => Fate::Lost,
                (_, Leg::Hello) => fate(&mut dice, mood, false, &[vec![0; 41], vec![9; 41], vec![7; 3]]),
                _ => fate(&mut dice, mood, false, &[vec![1], vec![2], vec![4], vec![0], vec![7; 29]]),
            }
        }
    }

    /// What becomes of advertisements, links and fragments.
    pub(crate) fn bluetooth(&self, seed: u64, mood: Mood) -> impl Fn(Stage) -> Fate + Send + Sync + 'static {
        let (sky, dice) = (self.clone(), dices(seed));
        move |stage| {
            if sky.is_clear() {
                return FINE;
            }
            let mut dice = dice[stage as usize].lock().unwrap();
            match (mood, stage) {
                // The link ends, sooner or later, and the system may never say so.
                (_, Stage::Disconnecting) if dice.chance(8) => Fate::Unconfirmed(dice.within(500)),
                (_, Stage::Disconnecting) => Fate::Arrives(dice.within(if mood == Mood::Fine { 50 } else { 3_000 })),
                (Mood::Dead, Stage::Connecting) => dice.pick(&[Fate::Lost, Fate::Fails(Fault::BluetoothBusy)]).clone(),
                (Mood::Dead, Stage::Advertising) | (Mood::LosesAnswers, Stage::Notify) => Fate::Lost,
                (_, Stage::Advertising | Stage::Connecting) => fate(&mut dice, mood, false, &[vec![]]),
                (_, Stage::Hello) => fate(&mut dice, mood, false, &[vec![0; 41], vec![9; 41], vec![4], vec![7; 90]]),
                // An error of a byte, nothing, and the beginning of another message.
                _ => {
                    fate(&mut dice, mood, true, &[vec![0x80, 0, 1, 2], vec![0x80, 0, 1, 4], vec![], vec![0, 0, 29, 7]])
                }
            }
        }
    }
}

/// One for each leg or stage, so that a schedule does not depend on which of two that happen at once is asked first.
fn dices(seed: u64) -> [Mutex<Dice>; 6] {
    std::array::from_fn(|purpose| Mutex::new(Dice::new(seed, u64::try_from(purpose).unwrap())))
}

fn fate(dice: &mut Dice, mood: Mood, in_pieces: bool, instead: &[Vec<u8>]) -> Fate {
    let usual = match (mood, in_pieces) {
        (Mood::Slow, false) => 3_000,
        (Mood::Slow, true) => 400,
        (Mood::Fine, _) | (_, true) => 60,
        _ => 300,
    };
    if !dice.chance(mood.badness(in_pieces)) {
        return Fate::Arrives(dice.within(usual));
    }
    match dice.roll(12) {
        0 | 1 => Fate::Arrives(dice.within(9_000)),
        2 | 3 => Fate::Twice(dice.within(2_000), dice.within(4_000)),
        4 | 5 => Fate::Unconfirmed(dice.within(1_000)),
        6 | 7 => Fate::Fails(Fault::Silent),
        8 => Fate::Instead(dice.pick(instead).clone()),
        _ => Fate::Lost,
    }
}

/// Long enough for all that is on its way to have arrived.
pub(crate) const ALL_ARRIVED: Duration = ms(20_000);
