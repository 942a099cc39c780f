//! Plays one schedule: who presses what, in which weather, and what happens meanwhile.

use std::sync::Mutex;

use phonein_protocol::message::Body;
use tokio::task::JoinSet;

use super::{
    Dice,
    weather::{ALL_ARRIVED, Mood, Sky},
    *,
};
use crate::exchange::{
    Air, BluetoothTransport, Fault,
    fake::Opening,
    simulated::{Device, SimulatedRadio},
};

/// A link that nobody uses any more is gone by then.
const LINKS_GONE: Duration = ms(70_000);
/// What the bad weather left behind spoils fewer contacts than these.
const CONTACTS: usize = 3;

/// Whose phone it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Person {
    /// Every door, always.
    Manager,
    /// The entrance, so many times, with a link that is still to be accepted.
    Guest { uses: u64 },
    /// Nothing.
    Stranger,
}

/// A tap, from the first press until nothing of it is left in hand.
#[derive(Debug)]
pub(super) struct Round {
    pub(super) door: Door,
    pub(super) began: Instant,
    pub(super) lasted: Duration,
    /// What each press was told, the first one first.
    pub(super) endings: Vec<Ending>,
    pub(super) was_cancelled: bool,
    /// Those that the tap had.
    pub(super) numbers: Vec<u64>,
}

/// What came of a schedule.
#[derive(Debug)]
pub(super) struct Played {
    pub(super) person: Person,
    /// Of HTTP, Bluetooth and the fake, where there is one.
    pub(super) moods: [Option<Mood>; 3],
    /// Taps that this wallet knows nothing of: it was restored, and its other copy is in use as well.
    pub(super) forgotten: Vec<u64>,
    pub(super) start: Instant,
    /// The last one is after it has cleared up.
    pub(super) rounds: Vec<Round>,
    pub(super) entries: Vec<Entry>,
    pub(super) openings: Vec<Opening>,
    /// The only way when it had cleared up.
    pub(super) only_bluetooth: bool,
    pub(super) connected: Vec<&'static str>,
    pub(super) misuses: Vec<&'static str>,
    pub(super) is_clean: bool,
}

struct World {
    person: Person,
    intercom: Arc<FakeIntercom>,
    radio: Arc<SimulatedRadio>,
    line: Arc<Line>,
    journal: Arc<MemoryJournal>,
    taps: Arc<Taps>,
    sky: Sky,
    claim: Wish,
    taps_of_the_copy: Mutex<Vec<u64>>,
}

pub(super) async fn play(seed: u64) -> Played {
    let mut dice = Dice::new(seed, 0);
    let start = Instant::now();
    let person = match dice.roll(20) {
        0..=11 => Person::Manager,
        12..=16 => Person::Guest { uses: 1 + dice.roll(2) },
        _ => Person::Stranger,
    };
    let moods = [Some(Mood::roll(&mut dice)), Some(Mood::roll(&mut dice)), fake_mood(&mut dice)];
    let only_bluetooth = dice.chance(35);
    let world = World::new(person, moods, only_bluetooth, &mut dice).await;
    let is_restored = person == Person::Manager && dice.chance(20);
    if is_restored {
        world.tap_with_the_copy().await;
    }

    let mut background = JoinSet::new();
    if dice.chance(40) {
        world.stay_ready(&mut background);
        sleep(dice.within_one_of(2_000, 40_000)).await;
    }
    let mut rounds = Vec::new();
    for _ in 0..=dice.roll(3) {
        rounds.push(world.round(&mut dice, is_restored).await);
        sleep(dice.within_one_of(2_000, 12_000)).await;
    }
    background.shutdown().await;
    sleep(ALL_ARRIVED).await;
    world.clear_up().await;
    rounds.push(world.finish(world.begin(Door::Entrance), false).await);
    // Where a fake had the request first, a number that was used may not be followed by the next: the tap after it may.
    if is_restored && matches!(rounds.last().unwrap().endings[..], [Ending::NoAnswer { .. }]) {
        world.clear_up().await;
        rounds.push(world.finish(world.begin(Door::Entrance), false).await);
    }
    sleep(LINKS_GONE).await;
    Played {
        person,
        moods,
        forgotten: world.taps_of_the_copy.into_inner().unwrap(),
        start,
        rounds,
        entries: world.journal.entries(),
        openings: world.intercom.openings(),
        only_bluetooth,
        connected: world.radio.connected(),
        misuses: world.radio.misuses(),
        is_clean: world.radio.links() == 0 && !world.radio.is_scanning(),
    }
}

fn fake_mood(dice: &mut Dice) -> Option<Mood> {
    dice.chance(30).then(|| Mood::roll(dice))
}

impl World {
    async fn new(person: Person, moods: [Option<Mood>; 3], only_bluetooth: bool, dice: &mut Dice) -> Self {
        let (intercom, anna) = managed(|_| vec![]).await;
        let sky = Sky::default();
        let [http, bluetooth, fake] = moods;
        let mut devices = Vec::new();
        let mut add = |name, of: &Arc<FakeIntercom>, mood: Option<Mood>, dice: &mut Dice| {
            let Some(mood) = mood else { return };
            let mtu = *dice.pick(&[23, 48, 185, 185, 517]);
            // The fake says that it is the intercom.
            let device = Device::new(name, &intercom).played_by(of).with_mtu(mtu);
            devices.push(device.weathered(sky.bluetooth(dice.roll(u64::MAX), mood)));
        };
        add("fake", &FakeIntercom::with_key([5; 32]), fake, dice);
        add("door", &intercom, bluetooth, dice);
        if dice.chance(50) {
            devices.reverse();
        }
        let radio = SimulatedRadio::new(devices);
        if bluetooth == Some(Mood::Dead) && dice.chance(50) {
            radio.fail(Some(Fault::BluetoothOff));
        }
        let http = sky.http(dice.roll(u64::MAX), http.unwrap(), only_bluetooth);
        let ways: Vec<Arc<dyn Transport>> = vec![
            FakeTransport::weathered(&intercom, Via::Http, http),
            Arc::new(BluetoothTransport::to(Air::new(radio.clone()), intercom.public())),
        ];
        let (key, uses) = match person {
            Person::Manager => (anna.key().clone(), 1),
            Person::Guest { uses } => (phone("bela").await, uses),
            Person::Stranger => (phone("carol").await, 1),
        };
        let claim = claim(&anna, uses);
        let line = Arc::new(Line::new(intercom.public(), key, ways));
        let journal = MemoryJournal::new();
        let taps = Arc::new(Taps::new(line.clone(), journal.clone()));
        Self { person, intercom, radio, line, journal, taps, sky, claim, taps_of_the_copy: Mutex::default() }
    }

    /// A tap at the inner door with another copy of the wallet, by a clock that is ahead.
    async fn tap_with_the_copy(&self) {
        let fine = vec![FakeTransport::fine(&self.intercom, Via::Http)];
        let line = Arc::new(Line::new(self.intercom.public(), self.line.key().clone(), fine));
        let journal = MemoryJournal::new();
        // Always another day, so that no number is used by both.
        let days = i64::try_from(self.taps_of_the_copy.lock().unwrap().len() + 1).unwrap();
        journal.change(|book| book.set_ms = days * 86_400_000);
        let mut pressed = Taps::new(line, journal.clone()).press(INNER).unwrap();
        assert_eq!(end(&mut pressed).await.0, opened(Door::Inner, Via::Http));
        self.taps_of_the_copy.lock().unwrap().extend(numbers(&journal.entries()));
    }

    /// As Home does while it shows. One after the other, since which of several waits ends first is not the seed's choice.
    fn stay_ready(&self, background: &mut JoinSet<()>) {
        let (line, taps) = (self.line.clone(), self.taps.clone());
        background.spawn(async move {
            loop {
                line.prefetch().await;
                if taps.settle().await.is_ok() {
                    _ = line.ask(Body::ReadSettings).await;
                }
                sleep(ms(20_000)).await;
            }
        });
    }

    fn wish(&self, at: Door) -> Wish {
        match &self.claim {
            Wish::Claim { grant, secret, name, .. } if matches!(self.person, Person::Guest { .. }) => {
                Wish::Claim { grant: grant.clone(), secret: secret.clone(), name: name.clone(), door: Some(at) }
            }
            _ => Wish::Open { key: None, held: 0, door: at },
        }
    }

    async fn round(&self, dice: &mut Dice, is_restored: bool) -> Round {
        let (door, other) = if dice.chance(75) { (Door::Entrance, Door::Inner) } else { (Door::Inner, Door::Entrance) };
        let (mut open, mut was_cancelled) = (self.begin(door), false);
        for _ in 0..dice.roll(5) {
            sleep(dice.within(2_500)).await;
            // Whoever presses later begins another tap.
            if open.presses[0].progress.is_closed() {
                break;
            }
            match dice.roll(12) {
                0..=2 => {
                    open.presses[0].cancel.cancel();
                    was_cancelled = true;
                }
                3..=5 => open.presses.push(self.taps.press(self.wish(door)).unwrap()),
                6 if is_restored => self.tap_with_the_copy().await,
                6 => assert!(self.taps.press(self.wish(other)).is_err(), "one door at a time"),
                7 => self.intercom.restart(),
                8 => {
                    self.intercom.restart();
                    self.radio.drop_link("door");
                }
                9 => self.radio.drop_link("door"),
                10 => self.radio.overhear("door", dice.pick::<Vec<u8>>(&[vec![1; 41], vec![7; 29], vec![2]]), 48),
                _ => {
                    let fault = dice.chance(50).then_some(Fault::BluetoothOff);
                    self.radio.fail(fault);
                    let is_full = dice.chance(50);
                    self.journal.change(|book| book.is_full = is_full);
                }
            }
        }
        self.finish(open, was_cancelled).await
    }

    fn begin(&self, door: Door) -> Open {
        let (began, written) = (Instant::now(), self.journal.entries().len());
        Open { door, began, written, presses: vec![self.taps.press(self.wish(door)).unwrap()] }
    }

    async fn finish(&self, open: Open, was_cancelled: bool) -> Round {
        let Open { door, began, written, presses } = open;
        let mut endings = Vec::new();
        for mut pressed in presses {
            endings.push(end(&mut pressed).await.0);
        }
        let entries = self.journal.entries().split_off(written);
        let numbers = numbers(&entries);
        Round { door, began, lasted: began.elapsed(), endings, was_cancelled, numbers }
    }

    /// From now on nothing goes wrong, and what became of the last tap is asked.
    async fn clear_up(&self) {
        self.sky.clear_up();
        self.radio.fail(None);
        self.journal.change(|book| book.is_full = false);
        let mut settled = self.taps.settle().await;
        for _ in 1..CONTACTS {
            if settled.is_err() {
                settled = self.taps.settle().await;
            }
        }
        assert_eq!(settled, Ok(()), "in good weather the intercom is reached");
    }
}

/// A round under way.
struct Open {
    door: Door,
    began: Instant,
    /// Entries in the journal before it.
    written: usize,
    presses: Vec<Pressed>,
}

/// The numbers that taps had. One that goes on with the tap before, whose end could not be written down, has its number.
fn numbers(entries: &[Entry]) -> Vec<u64> {
    let number = |entry: &Entry| match entry {
        Entry::Began(number) | Entry::Renumbered(number) | Entry::Answered(number, _) | Entry::Unheard(number, _) => {
            Some(*number)
        }
        Entry::Settled(..) => None,
    };
    let mut numbers: Vec<u64> = entries.iter().filter_map(number).collect();
    numbers.dedup();
    numbers
}
