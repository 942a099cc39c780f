//! Places for connections, and which connection gives its place up when a new one finds all of them taken, or all that
//! its source may have.

use phonein_protocol::intercom::Source;
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot};

/// All places.
#[derive(Debug)]
pub(super) struct Places {
    count: u32,
    of_one_source: usize,
    free: Arc<Semaphore>,
    taken: Arc<Mutex<Taken>>,
}

/// Connections that were not sent away, numbered as they came.
#[derive(Debug, Default)]
struct Taken {
    last: u64,
    by: BTreeMap<u64, Holder>,
}

#[derive(Debug)]
struct Holder {
    source: Source,
    /// Whether a request on it was answered under seal: whoever only holds a place cannot have that.
    useful: bool,
    /// Whether a whole request of it is at the judge: ended now, its door could open and nobody would be told.
    asking: bool,
    /// Ends the connection when dropped.
    _stay: oneshot::Sender<()>,
}

/// A connection's place, free again when dropped.
#[derive(Debug)]
pub(super) struct Place {
    /// Ends when another needs the place.
    pub(super) sent_away: oneshot::Receiver<()>,
    pub(super) standing: Standing,
    _permit: OwnedSemaphorePermit,
}

/// How a connection says that it is of use.
#[derive(Clone, Debug)]
pub(super) struct Standing {
    number: u64,
    taken: Arc<Mutex<Taken>>,
}

impl Places {
    pub(super) fn new(count: u32, of_one_source: usize) -> Self {
        Self { count, of_one_source, free: Arc::new(Semaphore::new(count as usize)), taken: Arc::default() }
    }

    /// A place. If there is none, the oldest connection goes that was of no use yet, and if all were, the oldest. A source
    /// that has all it may have loses one of its own in the same way: those who share it must not be shut out by one of
    /// them.
    pub(super) async fn take(&self, source: Source) -> Option<Place> {
        let is_same = |holder: &Holder| holder.source == source;
        let of_this_source = lock(&self.taken).by.values().filter(|holder| is_same(holder)).count();
        if of_this_source >= self.of_one_source {
            lock(&self.taken).send_one_away(is_same);
        } else if self.free.available_permits() == 0 {
            lock(&self.taken).send_one_away(|_| true);
        }
        let permit = Arc::clone(&self.free).acquire_owned().await.ok()?;
        let (stay, sent_away) = oneshot::channel();
        let mut taken = lock(&self.taken);
        taken.last += 1;
        let number = taken.last;
        taken.by.insert(number, Holder { source, useful: false, asking: false, _stay: stay });
        drop(taken);
        Some(Place { sent_away, standing: Standing { number, taken: Arc::clone(&self.taken) }, _permit: permit })
    }

    /// Waits until nobody has a place.
    pub(super) async fn all_free(&self) {
        let _ = self.free.acquire_many(self.count).await;
    }
}

impl Taken {
    fn send_one_away(&mut self, among: impl Fn(&Holder) -> bool) {
        let those = self.by.iter().filter(|(_, holder)| among(holder));
        let next =
            those.min_by_key(|(number, holder)| (holder.useful, holder.asking, **number)).map(|(number, _)| *number);
        next.and_then(|next| self.by.remove(&next));
    }
}

impl Standing {
    pub(super) fn is_useful(&self) {
        self.change(|holder| holder.useful = true);
    }

    /// A whole request goes to the judge; it comes back when this is dropped.
    pub(super) fn asks(&self) -> Asking<'_> {
        self.change(|holder| holder.asking = true);
        Asking(self)
    }

    fn change(&self, change: impl FnOnce(&mut Holder)) {
        if let Some(holder) = lock(&self.taken).by.get_mut(&self.number) {
            change(holder);
        }
    }
}

/// While a request is judged.
#[derive(Debug)]
pub(super) struct Asking<'a>(&'a Standing);

impl Drop for Asking<'_> {
    fn drop(&mut self) {
        self.0.change(|holder| holder.asking = false);
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        lock(&self.standing.taken).by.remove(&self.standing.number);
    }
}

fn lock(taken: &Mutex<Taken>) -> MutexGuard<'_, Taken> {
    taken.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::future::Future;
    use tokio::runtime;

    fn block_on<T>(future: impl Future<Output = T>) -> T {
        runtime::Builder::new_current_thread().build().unwrap().block_on(future)
    }

    /// Who was sent away, in the order in which they came.
    fn sent_away(held: &mut [Place]) -> Vec<bool> {
        held.iter_mut().map(|place| place.sent_away.try_recv() == Err(oneshot::error::TryRecvError::Closed)).collect()
    }

    /// All places, each taken by another source.
    async fn full(places: &Places) -> Vec<Place> {
        let mut held = Vec::new();
        while places.free.available_permits() > 0 {
            held.push(places.take(held.len() as u64).await.unwrap());
        }
        held
    }

    /// One more comes, and stays.
    async fn one_more(places: &Places, held: &mut Vec<Place>) -> usize {
        let leaves = async {
            tokio::task::yield_now().await;
            let gone = sent_away(held).iter().position(|gone| *gone).unwrap();
            held.remove(gone);
            gone
        };
        let (place, gone) = tokio::join!(places.take(1_000), leaves);
        held.push(place.unwrap());
        gone
    }

    #[test]
    fn while_there_is_room_nobody_goes() {
        block_on(async {
            let places = Places::new(3, 2);
            let mut held = full(&places).await;
            assert_eq!(sent_away(&mut held), [false; 3]);
            held.remove(1);
            held.push(places.take(1_000).await.unwrap());
            assert_eq!(sent_away(&mut held), [false; 3]);
        });
    }

    #[test]
    fn the_oldest_that_was_of_no_use_goes_and_then_the_oldest() {
        block_on(async {
            let places = Places::new(3, 3);
            let mut held = full(&places).await;
            held[0].standing.is_useful();
            assert_eq!(one_more(&places, &mut held).await, 1);
            // Now the useful one, the third and the fourth.
            held[2].standing.is_useful();
            assert_eq!(one_more(&places, &mut held).await, 1);
            held[2].standing.is_useful();
            assert_eq!(one_more(&places, &mut held).await, 0);
        });
    }

    #[test]
    fn a_source_that_has_all_it_may_have_loses_its_own_oldest_of_no_use() {
        block_on(async {
            let places = Places::new(10, 3);
            let mut held = Vec::new();
            for source in [7, 8, 8, 8] {
                held.push(places.take(source).await.unwrap());
            }
            assert_eq!(sent_away(&mut held), [false; 4]);
            held[1].standing.is_useful();
            held.push(places.take(8).await.unwrap());
            assert_eq!(sent_away(&mut held), [false, false, true, false, false]);
            // One that is being judged goes after those that only hold their place.
            let standing = held[3].standing.clone();
            let asking = standing.asks();
            held.push(places.take(8).await.unwrap());
            assert_eq!(sent_away(&mut held), [false, false, true, false, true, false]);
            drop(asking);
            held.push(places.take(8).await.unwrap());
            assert_eq!(sent_away(&mut held), [false, false, true, true, true, false, false]);
        });
    }
}
