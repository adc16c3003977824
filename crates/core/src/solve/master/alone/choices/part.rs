//! The half-days of an opening: which sets of them are worth most.

use std::collections::BTreeMap;

use super::{Each, Scores};
use crate::calendar::{Day, Half};
use crate::solve::master::alone::rhythm::Rhythm;

/// Sets of half-days that are looked at, at most; of more half-days than in these, only their number is known.
const MANY: usize = 70_000;

/// The half-days of vehicles that share an opening of a site.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::solve::master::alone) struct Part {
    /// By rank of the kind: how many half-days are of it.
    pub(super) counts: Vec<u32>,
    /// Kinds of whole days, and how many there are.
    pub(super) whole: Vec<(usize, u32)>,
    /// Sets of half-days by kind, those that start alike one after the other.
    pub(super) sets: Vec<Set>,
    /// More sessions than in the sets, at no penalty: from and to.
    pub(super) beyond: Option<(u32, u32)>,
}

/// A session more, of a kind, than the last set before this one that has a session less.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Set {
    pub(super) sessions: u8,
    pub(super) kind: u16,
    /// Infinite where it breaks a hard rule.
    pub(super) penalty: f64,
}

/// A half-day of a vehicle at the site.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spot {
    pub(super) at: (u32, Day, Half),
    pub(super) kind: usize,
    /// Where it is an afternoon: its morning, by rank, and the kind of such whole days.
    pub(super) whole: Option<(usize, usize)>,
}

/// A set of half-days, by rank, or more of them than in any.
#[derive(Clone, Copy, Debug)]
pub(super) enum Taken {
    Listed(usize),
    Beyond,
}

impl Part {
    /// The sets of these half-days, of which each has a kind.
    pub(super) fn new(spots: &[Spot], (least, most): (u32, u32), rhythm: &Rhythm, unit: f64) -> Part {
        let mut counts = Vec::new();
        let mut whole = BTreeMap::new();
        for spot in spots {
            counts.resize(counts.len().max(spot.kind + 1), 0);
            counts[spot.kind] += 1;
            spot.whole.iter().for_each(|&(_, kind)| *whole.entry(kind).or_insert(0) += 1);
        }
        let most = most.min(spots.len() as u32);
        let listed = listed(spots.len()).min(most as usize);
        let mut found = BTreeMap::new();
        let mut chosen = Vec::with_capacity(listed);
        choose(spots, 0, listed, &mut chosen, &mut |chosen: &[usize]| {
            if (chosen.len() as u32) < least.max(1) {
                return;
            }
            let sessions: Vec<(u32, Day, Half)> = chosen.iter().map(|&spot| spots[spot].at).collect();
            if let Some(penalty) = rhythm.penalty(&sessions) {
                let half_days = chosen.iter().map(|&spot| spots[spot].kind);
                let whole = chosen.iter().filter_map(|&spot| spots[spot].whole);
                let whole = whole.filter(|(morning, _)| chosen.contains(morning)).map(|(_, kind)| kind);
                let mut kinds: Vec<u16> = half_days.chain(whole).map(|kind| kind as u16).collect();
                kinds.sort_unstable();
                let known = found.entry(kinds).or_insert(penalty);
                *known = known.min(penalty);
            }
        });
        let mut sets: Vec<Set> = Vec::new();
        let mut last: Vec<u16> = Vec::new();
        for (kinds, penalty) in found {
            let alike = kinds.iter().zip(&last).take_while(|(a, b)| a == b).count();
            for (rank, &kind) in kinds.iter().enumerate().skip(alike) {
                sets.push(Set { sessions: rank as u8 + 1, kind, penalty: f64::INFINITY });
            }
            if let Some(set) = sets.last_mut() {
                set.penalty = penalty / unit;
            }
            last = kinds;
        }
        let beyond = ((listed as u32) < most).then_some((least.max(listed as u32 + 1), most));
        Part { counts, whole: whole.into_iter().collect(), sets, beyond }
    }

    /// The sets that are worth most less their penalty, or of each size; with what they are worth. None of them is worth
    /// more than the first.
    pub(super) fn best(
        &self,
        Scores { sessions: scores, one, .. }: &Scores,
        each: Each,
    ) -> Vec<(f64, Taken)> {
        let mut best = [(f64::NEG_INFINITY, 0); 256];
        let mut sums = [0.0; 256];
        let mut ones = [f64::NEG_INFINITY; 256];
        for (rank, set) in self.sets.iter().enumerate() {
            let sessions = usize::from(set.sessions);
            let sum = sums[sessions - 1] + scores[usize::from(set.kind)];
            sums[sessions] = sum;
            ones[sessions] = ones[sessions - 1].max(one[usize::from(set.kind)]);
            let value = sum + ones[sessions] - set.penalty;
            if value > best[sessions].0 {
                best[sessions] = (value, rank);
            }
        }
        let listed = best.into_iter().filter(|(value, _)| *value > f64::NEG_INFINITY);
        let mut found: Vec<(f64, Taken)> = listed.map(|(value, rank)| (value, Taken::Listed(rank))).collect();
        if let Some(limits) = self.beyond {
            let kinds = self.best_beyond(scores, limits);
            found.push((kinds.iter().map(|&kind| scores[usize::from(kind)]).sum(), Taken::Beyond));
        }
        found.sort_by(|a, b| b.0.total_cmp(&a.0));
        if each == Each::Team {
            found.truncate(1);
        }
        found
    }

    /// The kinds of what was found with these scores, and its penalty.
    pub(super) fn taken(&self, scores: &[f64], of: Taken) -> (Vec<u16>, f64) {
        match (of, self.beyond) {
            (Taken::Listed(rank), _) => (self.kinds_of(rank), self.sets[rank].penalty),
            (Taken::Beyond, limits) => (self.best_beyond(scores, limits.unwrap_or_default()), 0.0),
        }
    }

    /// The kinds of a set.
    fn kinds_of(&self, rank: usize) -> Vec<u16> {
        let mut kinds = Vec::new();
        let mut left = self.sets[rank].sessions;
        for set in self.sets[..=rank].iter().rev() {
            if set.sessions == left && left > 0 {
                kinds.push(set.kind);
                left -= 1;
            }
        }
        kinds
    }

    /// The kinds of more sessions than in the sets that are worth most.
    fn best_beyond(&self, scores: &[f64], (least, most): (u32, u32)) -> Vec<u16> {
        let mut order: Vec<usize> = (0..scores.len()).collect();
        order.sort_by(|&a, &b| scores[b].total_cmp(&scores[a]));
        let half_days = order.into_iter().flat_map(|kind| (0..self.counts[kind]).map(move |_| kind));
        let taken = half_days
            .take(most as usize)
            .enumerate()
            .take_while(|&(rank, kind)| (rank as u32) < least || scores[kind] > 0.0)
            .map(|(_, kind)| kind);
        let gained = self.whole.iter().filter(|&&(kind, _)| scores[kind] > 0.0);
        let whole = gained.flat_map(|&(kind, count)| (0..count.min(most / 2)).map(move |_| kind));
        taken.chain(whole).map(|kind| kind as u16).collect()
    }
}

/// Most half-days in a set so that the sets are not too many.
fn listed(half_days: usize) -> usize {
    let (mut all, mut of_size) = (0.0, 1.0);
    for size in 1..=half_days {
        of_size *= (half_days - size + 1) as f64 / size as f64;
        all += of_size;
        if all > MANY as f64 {
            return size - 1;
        }
    }
    half_days
}

/// Every set of half-days from `first` on, with those that are chosen already.
fn choose(
    spots: &[Spot],
    first: usize,
    left: usize,
    chosen: &mut Vec<usize>,
    each: &mut impl FnMut(&[usize]),
) {
    if left == 0 {
        return;
    }
    for spot in first..spots.len() {
        chosen.push(spot);
        each(chosen);
        choose(spots, spot + 1, left - 1, chosen, each);
        chosen.pop();
    }
}
