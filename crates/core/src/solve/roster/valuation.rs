//! What the sessions of a roster are worth, remembered: searches come back to the same sessions at other times.

use super::setting::Setting;
use crate::solve::worth::Worth;

/// Objectives that are remembered, at most; a power of two. A newer one takes the place of an older one.
const PLACES: usize = 1 << 16;

/// Parts of a consultation that are told apart: fewer, and what is summed up in another order would differ.
const GRAIN: f64 = 1e6;

/// Sessions at a site, and the consultations that they hold together.
type Given = (u32, f64);

/// The objective of the sessions at all sites, which change one after the other.
#[derive(Clone, Debug)]
pub(super) struct Valuation<'a> {
    worth: Worth<'a>,
    /// By site: what there is, and what `worth` counts.
    now: Vec<Given>,
    counted: Vec<Given>,
    /// Sites of which `worth` may count something else than there is.
    behind: Vec<u32>,
    /// The sum of the marks of what there is at each site.
    key: u128,
    /// Keys and objectives, each at the place that the end of its key says.
    known: Vec<(u128, f64)>,
}

impl<'a> Valuation<'a> {
    /// No session anywhere.
    pub(super) fn new(setting: &Setting<'a>) -> Valuation<'a> {
        let nothing = vec![(0, 0.0); setting.territory().sites.len()];
        Valuation {
            worth: Worth::new(setting.demand, setting.by_site, None),
            now: nothing.clone(),
            counted: nothing,
            behind: Vec::new(),
            key: 0,
            known: vec![(0, 0.0); PLACES],
        }
    }

    /// Work done so far.
    pub(super) fn steps(&self) -> u64 {
        self.worth.steps()
    }

    /// Gives a site this many sessions, which hold this many consultations together, in place of what it had.
    pub(super) fn set(&mut self, site: usize, sessions: u32, consultations: f64) {
        let (before, now) = (self.now[site], (sessions, consultations));
        if before != now {
            self.key = self.key_with(site, now);
            self.now[site] = now;
            self.behind.push(site as u32);
        }
    }

    /// The objective.
    pub(super) fn objective(&mut self) -> f64 {
        if let Some(objective) = self.recall(self.key) {
            return objective;
        }
        self.count();
        let objective = self.worth.objective();
        self.remember(self.key, objective);
        objective
    }

    /// What a session more at a site, or several, would add to the objective with this many consultations.
    pub(super) fn gain(&mut self, site: usize, consultations: f64) -> f64 {
        let before = self.objective();
        let (sessions, given) = self.now[site];
        let key = self.key_with(site, (sessions + 1, given + consultations));
        if let Some(objective) = self.recall(key) {
            return objective - before;
        }
        self.count();
        let gain = self.worth.gain_of(site, consultations);
        self.remember(key, before + gain);
        gain
    }

    /// Brings `worth` in line with what there is.
    fn count(&mut self) {
        while let Some(site) = self.behind.pop() {
            let site = site as usize;
            let (now, counted) = (self.now[site], &mut self.counted[site]);
            if *counted != now {
                *counted = now;
                self.worth.set(site, now.0, now.1);
            }
        }
    }

    fn key_with(&self, site: usize, given: Given) -> u128 {
        self.key.wrapping_sub(mark(site, self.now[site])).wrapping_add(mark(site, given))
    }

    fn recall(&self, key: u128) -> Option<f64> {
        let (known, objective) = self.known[key as usize % PLACES];
        (known == key).then_some(objective)
    }

    fn remember(&mut self, key: u128, objective: f64) {
        self.known[key as usize % PLACES] = (key, objective);
    }
}

/// A number that hardly any other site, or other consultations there, share: sums of such numbers tell rosters apart.
/// No session has 0, as the empty roster has.
fn mark(site: usize, (sessions, consultations): Given) -> u128 {
    if sessions == 0 {
        return 0;
    }
    let given = (consultations * GRAIN).round() as u64;
    let half = |salt: u64| u128::from(mixed(mixed(given ^ salt).wrapping_add(site as u64)));
    half(0x9E37_79B9_7F4A_7C15) << 64 | half(0xD1B5_4A32_D192_ED03)
}

/// The bits of a number, each of which sways all others.
fn mixed(number: u64) -> u64 {
    let mut z = number.wrapping_add(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}
