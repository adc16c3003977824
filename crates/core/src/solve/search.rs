//! Good plans quickly: a greedy calendar, then ruin and recreate.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use super::demand::Demand;
use super::draft::Draft;
use super::meter::Meter;
use super::patterns::reachable_sites;
use super::random::Random;
use super::worth::Worth;
use crate::calendar::Half;
use crate::problem::Problem;

/// Gains below this share of the objective are rounding.
const NO_GAIN: f64 = 1e-9;

/// How far below the best plan the search may wander, as a share of it, at first; it falls to nothing.
const SLACK: f64 = 0.002;

/// Largest random discount on a site's gain while recreating.
const NOISE: f64 = 0.8;

/// A calendar and its worth.
#[derive(Clone, Debug)]
pub(super) struct State<'a> {
    pub(super) draft: Draft<'a>,
    pub(super) worth: Worth<'a>,
}

impl<'a> State<'a> {
    /// No session anywhere.
    pub(super) fn empty(
        problem: &'a Problem,
        demand: &'a Demand,
        by_site: &'a [Vec<(u32, u8)>],
    ) -> State<'a> {
        State { draft: Draft::new(problem), worth: Worth::new(demand, by_site, problem.capacity()) }
    }

    /// Brings the worth in line with the calendar.
    pub(super) fn count_again(&mut self) {
        let sites = self.draft.sessions().len();
        let none: Vec<(usize, u32)> = (0..sites).map(|site| (site, 0)).collect();
        self.worth.reduce(&none);
        for site in 0..sites {
            self.worth.add(site, self.draft.sessions()[site]);
        }
    }
}

/// What the search looks up all the time.
#[derive(Debug)]
pub(super) struct Search<'a> {
    problem: &'a Problem,
    /// By site: vehicles that can serve it.
    vehicles: Vec<Vec<usize>>,
    /// By site: the sites that share communes with it, those that share most first.
    rivals: Vec<Vec<u32>>,
}

/// A site that could have more sessions; the greatest gain for each of them comes first.
struct Candidate {
    gain: f64,
    site: u32,
    discount: f64,
    /// Sessions in the calendar when the gain was computed.
    at: u32,
}

impl<'a> Search<'a> {
    pub(super) fn new(problem: &'a Problem, demand: &Demand, by_site: &[Vec<(u32, u8)>]) -> Search<'a> {
        let mut vehicles = vec![Vec::new(); demand.sites];
        for vehicle in 0..problem.territory().vehicles.len() {
            for site in reachable_sites(problem, vehicle) {
                vehicles[site as usize].push(vehicle);
            }
        }
        let rivals = (0..demand.sites)
            .map(|site| if vehicles[site].is_empty() { Vec::new() } else { rivals(demand, by_site, site) })
            .collect();
        Search { problem, vehicles, rivals }
    }

    /// Fills the free half-days, always with what gains most for each session, times a discount of each site.
    pub(super) fn recreate(
        &self,
        state: &mut State<'_>,
        discount: &mut dyn FnMut(usize) -> f64,
        meter: &Meter<'_>,
    ) {
        let before = state.worth.steps();
        let least = NO_GAIN * state.worth.objective().max(1.0);
        let mut placed = 0;
        let mut heap = BinaryHeap::new();
        for site in 0..self.vehicles.len() as u32 {
            let discount = discount(site as usize);
            if self.has_room(state, site as usize) {
                heap.extend(self.candidate(state, site, discount, placed));
            }
        }
        while let Some(best) = heap.pop() {
            if best.gain <= least {
                break;
            }
            let site = best.site as usize;
            if best.at == placed {
                if !self.place(state, site) {
                    continue;
                }
                placed += 1;
            }
            heap.extend(self.candidate(state, best.site, best.discount, placed));
        }
        meter.spend((state.worth.steps() - before) / 16 + 10);
    }

    fn candidate(&self, state: &mut State<'_>, site: u32, discount: f64, at: u32) -> Option<Candidate> {
        let more = self.more(state, site as usize)?;
        let gain = discount * state.worth.gain(site as usize, more) / f64::from(more);
        Some(Candidate { gain, site, discount, at })
    }

    /// Sessions that a site gets at once: as many as it must have, or one more; None when it has all it may.
    fn more(&self, state: &State<'_>, site: usize) -> Option<u32> {
        let (least, most) = self.problem.session_limits(site);
        let now = state.draft.sessions()[site];
        let more = if now == 0 { least.max(1) } else { 1 };
        (now.saturating_add(more) <= most).then_some(more)
    }

    fn has_room(&self, state: &State<'_>, site: usize) -> bool {
        self.vehicles[site].iter().any(|&vehicle| {
            state.draft.is_free_for(vehicle, site)
                && state.draft.days_of(vehicle).any(|day| {
                    Half::ALL.into_iter().any(|half| state.draft.extra_drive(day, half, site).is_some())
                })
        })
    }

    /// Places the sessions of a site where they drive least; whether all of them found a place.
    fn place(&self, state: &mut State<'_>, site: usize) -> bool {
        let Some(more) = self.more(state, site) else { return false };
        let ways = self.vehicles[site].iter().filter(|&&v| state.draft.is_free_for(v, site));
        let mut best: Option<(i64, Draft<'_>)> = None;
        for &vehicle in ways {
            let mut draft = state.draft.clone();
            let drives: Option<i64> = (0..more).map(|_| place_once(&mut draft, vehicle, site)).sum();
            if let Some(drive) = drives
                && best.as_ref().is_none_or(|(least, _)| drive < *least)
            {
                best = Some((drive, draft));
            }
        }
        let Some((_, draft)) = best else { return false };
        state.draft = draft;
        state.worth.add(site, more);
        true
    }

    /// Empties a few days or the sites of a neighbourhood.
    fn ruin(&self, state: &mut State<'_>, random: &mut Random) {
        let served: Vec<usize> =
            (0..self.vehicles.len()).filter(|&site| state.draft.sessions()[site] > 0).collect();
        if served.is_empty() {
            return;
        }
        let size = 1 + random.below(4.min(served.len()));
        if random.unit() < 0.5 {
            let vehicle = random.below(self.problem.territory().vehicles.len());
            let days = state.draft.days_of(vehicle);
            for _ in 0..size.min(days.len()) {
                let day = days.start + random.below(days.len());
                Half::ALL.into_iter().for_each(|half| {
                    state.draft.clear(day, half);
                });
            }
        } else {
            let site = served[random.below(served.len())];
            state.draft.clear_site(site);
            let rivals = self.rivals[site].iter().filter(|&&s| state.draft.sessions()[s as usize] > 0);
            let rivals: Vec<u32> = rivals.copied().take(2 * size).collect();
            for _ in 0..size.min(rivals.len()) {
                state.draft.clear_site(rivals[random.below(rivals.len())] as usize);
            }
        }
        state.draft.settle();
        let less = |&site: &usize| state.draft.sessions()[site] < state.worth.sessions()[site];
        let reduced: Vec<(usize, u32)> =
            served.into_iter().filter(less).map(|site| (site, state.draft.sessions()[site])).collect();
        state.worth.reduce(&reduced);
    }

    /// Ruins and recreates until nothing better was found for `patience` rounds, the objective is `enough`, or the
    /// limits say so.
    pub(super) fn improve(
        &self,
        state: State<'a>,
        patience: u32,
        enough: f64,
        random: &mut Random,
        meter: &Meter<'_>,
    ) -> State<'a> {
        let mut best = state.clone();
        let mut now = state;
        let mut idle = 0;
        while idle < patience && best.worth.objective() < enough && meter.must_stop().is_none() {
            idle += 1;
            let mut next = now.clone();
            let before = next.worth.steps();
            self.ruin(&mut next, random);
            meter.spend((next.worth.steps() - before) / 16);
            let noise = NOISE * random.unit();
            self.recreate(&mut next, &mut |_| 1.0 - noise * random.unit(), meter);
            let (new, old, top) = (next.worth.objective(), now.worth.objective(), best.worth.objective());
            let slack = SLACK * (1.0 - f64::from(idle) / f64::from(patience)) * random.unit();
            if new > top * (1.0 + NO_GAIN) {
                best = next.clone();
                idle = 0;
                meter.improved(new);
            } else if same(new, top) && next.draft.drive() < best.draft.drive() {
                best = next.clone();
            }
            if new >= old.min(top * (1.0 - slack)) {
                now = next;
            }
        }
        best
    }
}

fn same(a: f64, b: f64) -> bool {
    (a - b).abs() <= NO_GAIN * b.max(1.0)
}

fn place_once(draft: &mut Draft<'_>, vehicle: usize, site: usize) -> Option<i64> {
    let slots = draft.days_of(vehicle).flat_map(|day| Half::ALL.map(|half| (day, half)));
    let drives = slots.filter_map(|(day, half)| Some((draft.extra_drive(day, half, site)?, day, half)));
    let (drive, day, half) = drives.min()?;
    draft.place(day, half, site);
    Some(drive)
}

/// The sites that share communes with a site, those that share most first.
pub(super) fn rivals(demand: &Demand, by_site: &[Vec<(u32, u8)>], site: usize) -> Vec<u32> {
    let mut shared = std::collections::BTreeMap::<u32, f64>::new();
    for &(commune, _) in &by_site[site] {
        let commune = &demand.communes[commune as usize];
        for near in &commune.near {
            *shared.entry(near.site).or_default() += commune.weight;
        }
    }
    shared.remove(&(site as u32));
    let mut rivals: Vec<(u32, f64)> = shared.into_iter().collect();
    rivals.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    rivals.into_iter().map(|(site, _)| site).collect()
}

impl PartialEq for Candidate {
    fn eq(&self, other: &Candidate) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Candidate {}

impl PartialOrd for Candidate {
    fn partial_cmp(&self, other: &Candidate) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Candidate {
    fn cmp(&self, other: &Candidate) -> Ordering {
        self.gain.total_cmp(&other.gain).then(other.site.cmp(&self.site))
    }
}
