//! A relay on a GPIO line: active while its door can be pushed, and never longer.
//!
//! The line is held from the start, inactive. When the program ends in whatever way, the kernel lets go of it.

use gpiocdev::{Request, line::Value};
use phonein_protocol::id::Door;
use std::{
    fmt,
    path::PathBuf,
    str::FromStr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};
use tokio::{runtime::Handle, time::sleep_until};
use tracing::{error, info, warn};

/// Where a line is: `gpiochip0:17`, or `gpiochip0:17:low` if the relay is active when the line is low.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct LineName {
    chip: PathBuf,
    offset: u32,
    active_low: bool,
}

impl FromStr for LineName {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let parts: Vec<_> = text.split(':').collect();
        let (chip, offset, active_low) = match parts[..] {
            [chip, offset] => (chip, offset, false),
            [chip, offset, "low"] => (chip, offset, true),
            _ => return Err("not CHIP:LINE or CHIP:LINE:low"),
        };
        let is_plain = chip.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
        if chip.is_empty() || !is_plain {
            return Err("the chip is a name like gpiochip0");
        }
        let offset = offset.parse().map_err(|_| "the line is a number")?;
        Ok(Self { chip: PathBuf::from("/dev").join(chip), offset, active_low })
    }
}

impl fmt::Display for LineName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} line {}", self.chip.display(), self.offset)
    }
}

/// Sets a line that is held; dropping it lets go of the line.
type Set = Box<dyn Fn(bool) -> Result<(), gpiocdev::Error> + Send>;
/// Takes a line, inactive.
type Take = Box<dyn Fn() -> Result<Set, gpiocdev::Error> + Send>;

/// The relay of a door on a line.
pub(super) struct Pin {
    door: &'static str,
    runtime: Handle,
    line: Arc<Mutex<Line>>,
}

struct Line {
    take: Take,
    /// Held, unless it could not be taken.
    held: Option<Set>,
    /// While it is active.
    until: Option<Instant>,
}

impl Pin {
    /// Takes the line. One that cannot be taken now is tried again at each opening.
    pub(super) fn new(door: Door, name: LineName, runtime: Handle) -> Self {
        let consumer = format!("phonein {}", super::name(door));
        let take = Box::new(move || {
            let mut request = Request::builder();
            request.on_chip(&name.chip).with_consumer(&consumer).with_line(name.offset);
            if name.active_low {
                request.as_active_low();
            }
            let held = request.as_output(Value::Inactive).request()?;
            let offset = name.offset;
            Ok(Box::new(move |active| held.set_value(offset, value(active))) as Set)
        });
        Self::taken(super::name(door), take, runtime)
    }

    fn taken(door: &'static str, take: Take, runtime: Handle) -> Self {
        let mut line = Line { take, held: None, until: None };
        match line.hold() {
            Ok(_) => info!(door, "the relay's line is held"),
            Err(error) => warn!(door, %error, "the relay's line cannot be taken: the door will not open"),
        }
        Self { door, runtime, line: Arc::new(Mutex::new(line)) }
    }

    /// Active for so long from now on, also if it is active already. False if it cannot be made so.
    pub(super) fn open(&self, time: Duration) -> bool {
        let until = Instant::now() + time;
        let mut line = lock(&self.line);
        if let Err(error) = line.activate(until) {
            warn!(door = self.door, %error, "the relay's line cannot be set");
            return false;
        }
        drop(line);
        let (line, door) = (Arc::clone(&self.line), self.door);
        self.runtime.spawn(async move {
            sleep_until(until.into()).await;
            lock(&line).rest(Instant::now(), door);
        });
        true
    }

    /// Waits until the door is shut.
    pub(super) fn wait(&self) {
        loop {
            let until = lock(&self.line).until;
            let Some(until) = until else { return };
            std::thread::sleep(until.saturating_duration_since(Instant::now()));
            lock(&self.line).rest(Instant::now(), self.door);
        }
    }
}

impl Line {
    fn hold(&mut self) -> Result<&Set, gpiocdev::Error> {
        let held = match self.held.take() {
            Some(held) => held,
            None => (self.take)()?,
        };
        Ok(self.held.insert(held))
    }

    fn activate(&mut self, until: Instant) -> Result<(), gpiocdev::Error> {
        let set = self.hold()?(true);
        match set {
            Ok(()) => self.until = Some(until),
            // The chip may have gone and come: the next opening takes the line anew.
            Err(_) => self.held = None,
        }
        set
    }

    /// Inactive again, unless a later opening keeps it active.
    fn rest(&mut self, now: Instant, door: &str) {
        if self.until.is_none_or(|until| now < until) {
            return;
        }
        self.until = None;
        if let Some(Err(error)) = self.held.as_ref().map(|set| set(false)) {
            error!(door, %error, "the relay's line cannot be set back: it is let go of");
            self.held = None;
        }
    }
}

impl fmt::Debug for Pin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pin").field("door", &self.door).finish_non_exhaustive()
    }
}

fn value(active: bool) -> Value {
    if active { Value::Active } else { Value::Inactive }
}

fn lock(line: &Mutex<Line>) -> MutexGuard<'_, Line> {
    line.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{
        sync::atomic::{AtomicBool, Ordering},
        thread::sleep,
    };
    use tokio::runtime::Runtime;

    /// What happened to a line: taken (inactive), set, let go of.
    #[derive(Clone, Debug, PartialEq, Eq)]
    enum Event {
        Taken,
        Set(bool),
        LetGo,
    }

    #[derive(Clone, Default)]
    struct Chip {
        events: Arc<Mutex<Vec<Event>>>,
        fails: Arc<AtomicBool>,
    }

    struct Held(Chip);

    impl Drop for Held {
        fn drop(&mut self) {
            self.0.note(Event::LetGo);
        }
    }

    impl Chip {
        fn note(&self, event: Event) {
            self.events.lock().unwrap().push(event);
        }

        fn events(&self) -> Vec<Event> {
            self.events.lock().unwrap().clone()
        }

        fn works(&self) -> Result<(), gpiocdev::Error> {
            let fails = self.fails.load(Ordering::Relaxed);
            if fails { Err(gpiocdev::Error::NoGpioChips()) } else { Ok(()) }
        }

        fn pin(&self, runtime: &Runtime) -> Pin {
            let chip = self.clone();
            let take = Box::new(move || {
                chip.works()?;
                chip.note(Event::Taken);
                let held = Held(chip.clone());
                Ok(Box::new(move |active| {
                    held.0.works()?;
                    held.0.note(Event::Set(active));
                    Ok(())
                }) as Set)
            });
            Pin::taken("entrance", take, runtime.handle().clone())
        }
    }

    #[test]
    fn a_line_is_named_by_its_chip_and_number() {
        let name = |text: &str| text.parse::<LineName>();
        let chip = PathBuf::from("/dev/gpiochip0");
        assert_eq!(name("gpiochip0:17"), Ok(LineName { chip: chip.clone(), offset: 17, active_low: false }));
        assert_eq!(name("gpiochip0:17:low"), Ok(LineName { chip, offset: 17, active_low: true }));
        for bad in ["", "17", "gpiochip0:", "gpiochip0:x", "gpiochip0:17:high", ":17", "../sda:1", "gpiochip0:-1"] {
            assert!(name(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_line_is_held_inactive_and_active_for_its_time_only() {
        let (runtime, chip) = (Runtime::new().unwrap(), Chip::default());
        let pin = chip.pin(&runtime);
        assert_eq!(chip.events(), [Event::Taken]);
        assert!(pin.open(Duration::from_millis(30)));
        assert_eq!(chip.events(), [Event::Taken, Event::Set(true)]);
        pin.wait();
        assert_eq!(chip.events(), [Event::Taken, Event::Set(true), Event::Set(false)]);
        drop((pin, runtime));
        assert_eq!(chip.events().last(), Some(&Event::LetGo));
    }

    #[test]
    fn nobody_has_to_wait_for_a_line_to_rest() {
        let (runtime, chip) = (Runtime::new().unwrap(), Chip::default());
        let pin = chip.pin(&runtime);
        assert!(pin.open(Duration::from_millis(5)));
        while chip.events().last() != Some(&Event::Set(false)) {
            sleep(Duration::from_millis(1));
        }
    }

    #[test]
    fn a_second_opening_makes_it_longer_and_never_shorter_than_promised() {
        let (runtime, chip) = (Runtime::new().unwrap(), Chip::default());
        let pin = chip.pin(&runtime);
        let start = Instant::now();
        assert!(pin.open(Duration::from_millis(20)));
        assert!(pin.open(Duration::from_millis(200)));
        pin.wait();
        assert!(start.elapsed() >= Duration::from_millis(200));
        assert_eq!(chip.events(), [Event::Taken, Event::Set(true), Event::Set(true), Event::Set(false)]);
    }

    #[test]
    fn a_line_that_cannot_be_taken_is_a_fault_until_it_can() {
        let (runtime, chip) = (Runtime::new().unwrap(), Chip::default());
        chip.fails.store(true, Ordering::Relaxed);
        let pin = chip.pin(&runtime);
        assert!(!pin.open(Duration::from_millis(1)));
        assert_eq!(chip.events(), []);
        chip.fails.store(false, Ordering::Relaxed);
        assert!(pin.open(Duration::from_millis(1)));
    }

    #[test]
    fn a_line_that_cannot_be_set_back_is_let_go_of() {
        let (runtime, chip) = (Runtime::new().unwrap(), Chip::default());
        let pin = chip.pin(&runtime);
        assert!(pin.open(Duration::from_millis(50)));
        chip.fails.store(true, Ordering::Relaxed);
        pin.wait();
        assert_eq!(chip.events(), [Event::Taken, Event::Set(true), Event::LetGo]);
    }
}
