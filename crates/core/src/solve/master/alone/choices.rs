//! The calendars of a site.

mod part;

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::rhythm::Rhythm;
use crate::calendar::Half;
use crate::solve::master::Master;
use crate::solve::program::{Col, Terms};
use crate::territory::RuleKind;
use part::{Part, Spot, Taken};

/// Doctors up to which every set of them is looked at.
const FEW: usize = 6;

/// Half-days that count in the same columns; or days with both half-days at the site, which count once more.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Kind {
    /// By rank among the site's columns: its sessions, and those of each doctor who can hold them.
    cell: usize,
    duties: Vec<(usize, usize)>,
}

/// Of which calendars the best ones are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Each {
    /// Those of each team.
    Team,
    /// Those of each team and size: as many half-days, whole days counting once more.
    Size,
}

/// Doctors among whom those of a site are chosen.
#[derive(Clone, Debug, PartialEq)]
struct Team {
    doctors: Vec<usize>,
    penalty: f64,
}

/// By kind of half-day: what sessions are worth, with the doctors of a team.
#[derive(Debug, Default)]
struct Scores {
    sessions: Vec<f64>,
    /// What it costs that a doctor of the team holds one, as a number below 0.
    one: Vec<f64>,
    /// Which column says who holds them, where that is worth something, and who would do best.
    holders: Vec<Option<usize>>,
    best: Vec<Option<usize>>,
}

/// A calendar of a site, as the model sees it.
#[derive(Clone, Debug)]
pub(super) struct Choice {
    /// By rank of the column, then of the opening: sessions, and 1 for the opening.
    pub(super) column: Vec<(usize, f64)>,
    pub(super) penalty: f64,
}

impl PartialEq for Choice {
    fn eq(&self, other: &Choice) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Choice {}

impl PartialOrd for Choice {
    fn partial_cmp(&self, other: &Choice) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Choice {
    fn cmp(&self, other: &Choice) -> Ordering {
        let term = |(a, x): &(usize, f64), (b, y): &(usize, f64)| a.cmp(b).then(x.total_cmp(y));
        let columns =
            self.column.iter().zip(&other.column).map(|(a, b)| term(a, b)).find(|order| order.is_ne());
        columns
            .unwrap_or_else(|| self.column.len().cmp(&other.column.len()))
            .then(self.penalty.total_cmp(&other.penalty))
    }
}

/// What the model knows of a site.
#[derive(Clone, Debug)]
pub(super) struct Site {
    /// By rank of the part.
    pub(super) opens: Vec<Col>,
    /// Sessions, sessions of doctors, and whole days.
    pub(super) columns: Vec<Col>,
    /// The penalty of the site, as a sum.
    pub(super) penalty: Terms,
}

/// All calendars of a site, and of others that are alike.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Choices {
    /// By rank of the column: what it is when all half-days are as likely.
    pub(super) middle: Vec<f64>,
    /// The greatest price in the penalty of a site. Penalties of calendars are in units of it.
    pub(super) unit: f64,
    kinds: Vec<Kind>,
    pub(super) parts: Vec<Part>,
    teams: Vec<Team>,
    /// Whether a doctor of a team holds one of the sessions at least, where these are listed.
    needs_team: bool,
    /// Most sessions.
    pub(super) most: f64,
}

impl Choices {
    /// The calendars of a site, and its columns.
    pub(super) fn new(master: &Master<'_>, site: usize) -> (Choices, Site) {
        let mut columns: Vec<Col> = Vec::new();
        let mut choices = Choices {
            middle: Vec::new(),
            unit: master.charges[site].iter().map(|&(_, price)| price).fold(1.0, f64::max),
            kinds: Vec::new(),
            parts: Vec::new(),
            teams: Vec::new(),
            needs_team: false,
            most: 0.0,
        };
        let cells: Vec<usize> =
            (0..master.cells.len()).filter(|&cell| master.cells[cell].site == site).collect();
        columns.extend(cells.iter().map(|&cell| master.cells[cell].sessions));
        let general = |doctor: usize| master.doctor(doctor).specialty.is_none();
        let duties: Vec<_> =
            master.staff.duties.iter().filter(|duty| duty.site == site && general(duty.doctor)).collect();
        columns.extend(duties.iter().map(|duty| duty.sessions));
        let doubles: Vec<_> = master.doubles.iter().filter(|double| double.site == site).collect();
        let first_double = columns.len();
        columns.extend(doubles.iter().map(|double| double.days));
        let mut vehicles: Vec<usize> = cells.iter().map(|&cell| master.cells[cell].vehicle).collect();
        vehicles.dedup();
        let parts: Vec<Vec<usize>> = if master.open_at[site].len() == vehicles.len() {
            vehicles.into_iter().map(|vehicle| vec![vehicle]).collect()
        } else {
            vec![vehicles]
        };
        let rhythm = Rhythm::new(master.problem, site);
        let limits = master.problem.session_limits(site);
        // There are several parts only where one vehicle at most serves the site.
        choices.needs_team = master.needs_general(site);
        for vehicles in parts {
            let mut spots: Vec<Spot> = Vec::new();
            for (rank, &cell) in cells.iter().enumerate() {
                let of = &master.cells[cell];
                if !vehicles.contains(&of.vehicle) {
                    continue;
                }
                let here = master.openings.at(of.vehicle, site).and(&of.slots);
                for (week, day, half, _) in master.each_slot() {
                    if !here.contains(week, day, half) {
                        continue;
                    }
                    let holds = |&(rank, duty): &(usize, &&super::super::staff::Duty)| {
                        let slots = &master.staff.spans[duty.span].slots;
                        (slots.contains(week, day, half)
                            && master.openings.hours[duty.doctor].contains(week, day, half))
                        .then_some((duty.doctor, cells.len() + rank))
                    };
                    let kind = Kind {
                        cell: rank,
                        duties: duties.iter().enumerate().filter_map(|of| holds(&of)).collect(),
                    };
                    let kind = choices.rank(kind);
                    let morning = spots.iter().position(|spot: &Spot| {
                        spot.at == (week, day, Half::Am)
                            && half == Half::Pm
                            && master.cells[cells[choices.kinds[spot.kind].cell]].vehicle == of.vehicle
                    });
                    let double = doubles.iter().position(|double| {
                        double.vehicle == of.vehicle && double.halves[1].contains(week, day, half)
                    });
                    let whole = morning.zip(double).map(|(morning, double)| {
                        let kind = Kind { cell: first_double + double, duties: Vec::new() };
                        (morning, choices.rank(kind))
                    });
                    spots.push(Spot { at: (week, day, half), kind, whole });
                }
            }
            choices.parts.push(Part::new(&spots, limits, &rhythm, choices.unit));
        }
        let count = choices.kinds.len();
        choices.parts.iter_mut().for_each(|part| part.counts.resize(count, 0));
        let most = |part: &Part| part.counts.iter().sum::<u32>().min(limits.1);
        choices.most = f64::from(choices.parts.iter().map(most).max().unwrap_or(0));
        choices.teams = teams(master, site, duties.iter().map(|duty| duty.doctor).collect());
        choices.teams.iter_mut().for_each(|team| team.penalty /= choices.unit);
        choices.middle = choices.even(columns.len());
        let (opens, penalty) = (master.open_at[site].clone(), master.charges[site].clone());
        (choices, Site { opens, columns, penalty })
    }

    /// The rank of a kind, known or new.
    fn rank(&mut self, kind: Kind) -> usize {
        self.kinds.iter().position(|known| *known == kind).unwrap_or_else(|| {
            self.kinds.push(kind);
            self.kinds.len() - 1
        })
    }

    /// Two sessions anywhere, by anyone.
    fn even(&self, columns: usize) -> Vec<f64> {
        let mut middle = vec![0.0; columns];
        let all: f64 = self.parts.iter().flat_map(|part| &part.counts).map(|&n| f64::from(n)).sum();
        for part in &self.parts {
            for (kind, &count) in self.kinds.iter().zip(&part.counts) {
                let share = 2.0 * f64::from(count) / all.max(1.0);
                middle[kind.cell] += share;
                for &(_, duty) in &kind.duties {
                    middle[duty] += share / kind.duties.len() as f64;
                }
            }
            let pairs = (all * (all - 1.0) / 2.0).max(1.0);
            for &(kind, count) in &part.whole {
                middle[self.kinds[kind].cell] += f64::from(count) / pairs;
            }
        }
        middle
    }

    /// The calendars of a part that are worth most, for each team, where each session is worth so much by its columns; with
    /// what they are worth less their penalty. What cannot be worth more than `known` is left out.
    pub(super) fn best(&self, part: usize, worth: &[f64], known: f64, each: Each) -> Vec<(f64, Choice)> {
        let everyone: Vec<usize> = self.teams.iter().flat_map(|team| team.doctors.iter().copied()).collect();
        let of_part = &self.parts[part];
        let most = of_part.best(&self.scores(worth, &everyone), Each::Team);
        let Some((most, _)) = most.into_iter().next() else { return Vec::new() };
        let teams = self.teams.iter().filter(|team| most - team.penalty > known);
        let choices = teams.flat_map(|team| {
            let scores = self.scores(worth, &team.doctors);
            let best = of_part.best(&scores, each).into_iter();
            let able = best.filter(move |(value, _)| each == Each::Team || value - team.penalty > known);
            able.map(move |(value, of)| {
                (
                    value - team.penalty,
                    self.choice(part, team, &scores, of_part.taken(&scores.sessions, of), of),
                )
            })
        });
        choices.collect()
    }

    /// The calendar of a team with sessions of these kinds.
    fn choice(
        &self,
        part: usize,
        team: &Team,
        scores: &Scores,
        (kinds, penalty): (Vec<u16>, f64),
        of: Taken,
    ) -> Choice {
        let mut counts = BTreeMap::from([(self.middle.len() + part, 1.0)]);
        let least = |kind: &u16| scores.one[usize::from(*kind)];
        let one = kinds.iter().copied().max_by(|a, b| least(a).total_cmp(&least(b)));
        let nobody = kinds.iter().all(|&kind| scores.holders[usize::from(kind)].is_none());
        // Where nobody would, someone holds one of the sessions.
        if self.needs_team
            && nobody
            && matches!(of, Taken::Listed(_))
            && let Some(duty) = one.and_then(|kind| scores.best[usize::from(kind)])
        {
            *counts.entry(duty).or_insert(0.0) += 1.0;
        }
        for kind in kinds {
            let kind = usize::from(kind);
            for column in [self.kinds[kind].cell].into_iter().chain(scores.holders[kind]) {
                *counts.entry(column).or_insert(0.0) += 1.0;
            }
        }
        Choice { column: counts.into_iter().collect(), penalty: penalty + team.penalty }
    }

    /// What sessions are worth with some doctors.
    fn scores(&self, worth: &[f64], doctors: &[usize]) -> Scores {
        let best = |kind: &Kind| {
            let of_team = kind.duties.iter().filter(|(doctor, _)| doctors.contains(doctor));
            of_team.map(|&(_, duty)| duty).max_by(|&a, &b| worth[a].total_cmp(&worth[b]))
        };
        let mut scores = Scores::default();
        for kind in &self.kinds {
            let best = best(kind);
            let holder = best.filter(|&duty| worth[duty] > 0.0);
            scores.sessions.push(worth[kind.cell] + holder.map_or(0.0, |duty| worth[duty]));
            let one = best.map_or(f64::NEG_INFINITY, |duty| worth[duty].min(0.0));
            scores.one.push(if self.needs_team { one } else { 0.0 });
            scores.holders.push(holder);
            scores.best.push(best);
        }
        scores
    }
}

/// Sets of doctors of a site, with the penalty for there being so many.
fn teams(master: &Master<'_>, site: usize, mut doctors: Vec<usize>) -> Vec<Team> {
    doctors.sort_unstable();
    doctors.dedup();
    let rules = &master.problem.territory().rules;
    let id = &master.problem.territory().sites[site].id;
    let price = rules.price(RuleKind::DoctorsPerSite, Some(id));
    let limit = rules.doctors_per_site.map_or(usize::MAX, |limit| limit as usize);
    if doctors.len() <= limit || doctors.len() > FEW {
        return vec![Team { doctors, penalty: 0.0 }];
    }
    let member = |set: usize| {
        let of = doctors.iter().enumerate().filter(move |(rank, _)| set & (1 << rank) != 0);
        of.map(|(_, &doctor)| doctor).collect::<Vec<usize>>()
    };
    let sets = (0..1_usize << doctors.len()).map(member).filter(|set| set.len() >= limit);
    let priced = |set: Vec<usize>| {
        let extra = set.len() - limit;
        let penalty = if extra == 0 { 0.0 } else { price? * extra as f64 };
        Some(Team { doctors: set, penalty })
    };
    sets.filter_map(priced).collect()
}

#[cfg(test)]
mod tests;
