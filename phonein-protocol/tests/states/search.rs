//! Every order of events of a scene.

use stateright::{Checker, Expectation, HasDiscoveries, Model, Path, Property};
use std::{
    collections::HashSet,
    fmt::{Debug, Write},
    hash::Hash,
    sync::atomic::{AtomicBool, Ordering},
    time::Instant,
};

/// What a scene has to be for the search.
pub trait Scene:
    Model<State: Clone + PartialEq + Hash + Send + Sync, Action: Clone + PartialEq + Debug> + Copy + Send + Sync + 'static
{
}

impl<M> Scene for M where
    M: Model<State: Clone + PartialEq + Hash + Send + Sync, Action: Clone + PartialEq + Debug>
        + Copy
        + Send
        + Sync
        + 'static
{
}

/// No property breaks, and all of `sights` are seen.
pub fn holds<M: Scene>(scene: M, sights: &[&'static str]) {
    let start = Instant::now();
    let sights = sights.iter().map(|sight| (scene.property(sight), AtomicBool::new(false))).collect();
    let done = Watched { sights, ..Watched::new(scene) }.checker().spawn_dfs().join();
    println!("{} states in {:.1} s", done.unique_state_count(), start.elapsed().as_secs_f32());
    let is_broken = done.discovery(WATCHED).is_some();
    assert!(!is_broken, "{}", story(Watched::new(scene)).unwrap_or_default());
    for (sight, is_seen) in &done.model().sights {
        assert!(is_seen.load(Ordering::Relaxed), "\"{}\" was never seen", sight.name);
    }
}

/// `property` breaks; the story is printed.
pub fn breaks<M: Scene>(scene: M, property: &'static str) {
    let rules = vec![scene.property(property)];
    let story = story(Watched { rules, ..Watched::new(scene) });
    assert!(story.is_some(), "\"{property}\" holds");
    println!("{}", story.unwrap_or_default());
}

/// The shortest story of how a property breaks.
fn story<M: Scene>(watched: Watched<M>) -> Option<String> {
    let start = Instant::now();
    let done = watched.checker().finish_when(HasDiscoveries::Any).spawn_bfs().join();
    println!("{} states in {:.1} s", done.unique_state_count(), start.elapsed().as_secs_f32());
    let path = done.discovery(WATCHED)?;
    let Watched { scene, rules, .. } = done.model();
    let broken = rules.iter().find(|rule| !(rule.condition)(scene, path.last_state()));
    let mut story = format!("breaks \"{}\":\n", broken.map_or("nothing", |rule| rule.name));
    for action in Path::into_actions(path) {
        let _ = writeln!(story, "  {action:?}");
    }
    Some(story)
}

/// All states that are at most so many steps away.
pub fn reachable<M: Model<State: Clone + Eq + Hash>>(scene: &M, steps: usize) -> HashSet<M::State> {
    let mut found: HashSet<_> = scene.init_states().into_iter().collect();
    let mut newest: Vec<_> = found.iter().cloned().collect();
    for _ in 0..steps {
        let next = newest.iter().flat_map(|state| scene.next_states(state));
        newest = next.filter(|state| found.insert(state.clone())).collect();
    }
    found
}

const WATCHED: &str = "all rules hold";

/// A scene with one property in place of many: the checker takes its time over each, and keeps the last break it meets
/// where this one has the first.
struct Watched<M: Model> {
    scene: M,
    rules: Vec<Property<M>>,
    sights: Vec<(Property<M>, AtomicBool)>,
    is_broken: AtomicBool,
}

impl<M: Scene> Watched<M> {
    fn new(scene: M) -> Self {
        let all = scene.properties().into_iter();
        let rules = all.filter(|property| property.expectation == Expectation::Always).collect();
        Self { scene, rules, sights: Vec::new(), is_broken: AtomicBool::new(false) }
    }

    fn watch(&self, state: &M::State) -> bool {
        for (sight, is_seen) in &self.sights {
            if !is_seen.load(Ordering::Relaxed) && (sight.condition)(&self.scene, state) {
                is_seen.store(true, Ordering::Relaxed);
            }
        }
        let holds = self.rules.iter().all(|rule| (rule.condition)(&self.scene, state));
        holds || self.is_broken.swap(true, Ordering::Relaxed)
    }
}

impl<M: Scene> Model for Watched<M> {
    type State = M::State;
    type Action = M::Action;

    fn init_states(&self) -> Vec<M::State> {
        self.scene.init_states()
    }

    fn actions(&self, state: &M::State, actions: &mut Vec<M::Action>) {
        self.scene.actions(state, actions);
    }

    fn next_state(&self, state: &M::State, action: M::Action) -> Option<M::State> {
        self.scene.next_state(state, action)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        vec![Property::always(WATCHED, Self::watch)]
    }
}
