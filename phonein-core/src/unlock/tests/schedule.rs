//! Hundreds of seeded schedules over two bad ways: whatever happens, a tap opens once at most, ends in time, and the truth
//! is known afterwards.

use std::sync::Mutex;

use super::*;

/// `SplitMix64` (Steele, Lea, Flood 2014): enough to vary schedules, and the same for ever.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % sides
    }

    fn fate(&mut self) -> Fate {
        match self.roll(12) {
            0..=4 => Fate::Arrives(ms(self.roll(300))),
            5 => Fate::Arrives(ms(self.roll(9_000))),
            6 | 7 => Fate::Twice(ms(self.roll(2_000)), ms(self.roll(4_000))),
            8 | 9 => Fate::Lost,
            10 => Fate::Fails(Fault::Silent),
            _ => Fate::Instead(vec![u8::try_from(self.roll(5)).unwrap()]),
        }
    }
}

fn bad_way(intercom: &Arc<FakeIntercom>, via: Via, seed: u64) -> Arc<dyn Transport> {
    let dice = Mutex::new(Dice(seed));
    FakeTransport::weathered(intercom, via, move |_| dice.lock().unwrap().fate())
}

async fn play(seed: u64) -> Ending {
    let mut dice = Dice(seed);
    let (one, two) = (dice.roll(u64::MAX), dice.roll(u64::MAX));
    let scene =
        Scene::new(|intercom| vec![bad_way(intercom, Via::Http, one), bad_way(intercom, Via::Bluetooth, two)]).await;
    if dice.roll(3) == 0 {
        scene.line.prefetch().await;
        sleep(ms(dice.roll(60_000))).await;
    }
    let began = Instant::now();
    let mut pressed = scene.taps.press(ENTRANCE).unwrap();
    let mut meanwhile = Vec::new();
    for _ in 0..dice.roll(4) {
        sleep(ms(dice.roll(3_000))).await;
        match dice.roll(4) {
            0 => pressed.cancel.cancel(),
            1 => scene.intercom.restart(),
            // Whoever presses again while the tap lasts joins it.
            _ if began.elapsed() < ms(7_000) => meanwhile.extend(scene.taps.press(ENTRANCE)),
            _ => {}
        }
    }
    let (ending, ..) = end(&mut pressed).await;
    let joined = !meanwhile.is_empty();
    for mut pressed in meanwhile {
        end(&mut pressed).await;
    }
    // Nothing of it opens later.
    sleep(ms(20_000)).await;
    let entries = scene.journal.entries();
    let taps = entries.iter().filter(|entry| matches!(entry, Entry::Began(_))).count();
    let openings = scene.intercom.openings();
    assert!(openings.len() <= taps, "seed {seed}: {openings:?} {entries:?}");
    if !joined {
        assert_eq!(taps, 1);
        for (_, at) in &openings {
            assert!(*at - began <= ms(10_000), "seed {seed}: opened after {:?}", *at - began);
        }
        match &ending {
            Ending::Opened { .. } => assert_eq!(openings.len(), 1, "seed {seed}"),
            Ending::Unreachable { .. } | Ending::Cancelled => assert_eq!(openings.len(), 0, "seed {seed}"),
            Ending::NoAnswer { .. } => {}
            other => panic!("seed {seed}: {other:?}"),
        }
    }

    scene.clear_up();
    scene.taps.settle().await.unwrap();
    let entries = scene.journal.entries();
    assert!(!matches!(entries.last(), Some(Entry::Began(_) | Entry::Unheard(_, Unheard::NoAnswer))), "seed {seed}");
    let said = entries.iter().filter(|entry| {
        let (Entry::Answered(_, outcome) | Entry::Settled(_, Settled::Answered(outcome))) = entry else { return false };
        matches!(outcome, Outcome::Opened { .. })
    });
    assert_eq!(said.count(), openings.len(), "seed {seed}: the truth is known: {entries:?}");

    assert_eq!(scene.tap(ENTRANCE).await, opened(Door::Entrance, Via::Http), "seed {seed}");
    assert_eq!(scene.openings(), openings.len() + 1, "seed {seed}");
    ending
}

#[tokio::test(start_paused = true)]
async fn whatever_happens_a_tap_opens_once_at_most_and_its_outcome_becomes_known() {
    let mut endings = std::collections::BTreeMap::new();
    for seed in 0..400 {
        let began = Instant::now();
        let ending = play(seed).await;
        assert!(began.elapsed() < ms(130_000));
        let name = format!("{ending:?}").split([' ', '{']).next().unwrap().to_owned();
        *endings.entry(name).or_insert(0) += 1;
    }
    // The schedules are worth something only if they end in every way there is.
    for name in ["Opened", "Unreachable", "NoAnswer", "Cancelled"] {
        assert!(endings.get(name).is_some_and(|count| *count >= 5), "{endings:?}");
    }
}
