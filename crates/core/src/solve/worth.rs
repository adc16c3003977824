//! What sessions at given sites are worth, kept up to date while sessions come and go.

use super::demand::Demand;
use super::flow::Flow;

/// The objective of a number of sessions at each site, and what more sessions would add to it.
#[derive(Clone, Debug)]
pub(super) struct Worth<'a> {
    demand: &'a Demand,
    /// Consultations a half-day; None when unlimited.
    capacity: Option<f64>,
    /// By site: communes within reach, and in which band.
    by_site: &'a [Vec<(u32, u8)>],
    /// Sessions by site.
    sessions: Vec<u32>,
    /// By commune, then band: served sites.
    served: Vec<u16>,
    /// By group.
    flows: Vec<Flow>,
    reached: f64,
}

impl<'a> Worth<'a> {
    /// No session anywhere.
    pub(super) fn new(demand: &'a Demand, by_site: &'a [Vec<(u32, u8)>], capacity: Option<f64>) -> Worth<'a> {
        Worth {
            demand,
            capacity,
            by_site,
            sessions: vec![0; demand.sites],
            served: vec![0; demand.communes.len() * demand.band_share.len()],
            flows: (0..demand.groups.len()).map(|group| Flow::new(demand, group)).collect(),
            reached: 0.0,
        }
    }

    /// Sessions by site.
    pub(super) fn sessions(&self) -> &[u32] {
        &self.sessions
    }

    /// The objective.
    pub(super) fn objective(&self) -> f64 {
        let followed: f64 =
            self.flows.iter().zip(&self.demand.groups).map(|(flow, group)| group.step * flow.total()).sum();
        self.demand.reached * self.reached + followed
    }

    /// Consultations taken by each group and those before it.
    pub(super) fn totals(&self) -> Vec<f64> {
        self.flows.iter().map(Flow::total).collect()
    }

    /// The objective, were no more than these consultations taken by each group and those before it, and so many in all.
    pub(super) fn ceiling(&self, totals: &[f64], most: f64) -> f64 {
        let groups = totals.iter().zip(&self.demand.groups);
        let followed: f64 = groups.map(|(total, group)| group.step * total.min(most)).sum();
        self.demand.reached * self.reached + followed
    }

    /// Work done so far: nodes of the coverage networks visited.
    pub(super) fn steps(&self) -> u64 {
        self.flows.iter().map(Flow::steps).sum()
    }

    /// What `more` sessions at a site would add to the objective.
    pub(super) fn gain(&mut self, site: usize, more: u32) -> f64 {
        let mut gain = 0.0;
        if self.sessions[site] == 0 {
            gain += self.demand.reached * self.newly_reached(site);
        }
        if let Some(capacity) = self.capacity {
            let consultations = capacity * f64::from(more);
            for (flow, group) in self.flows.iter_mut().zip(&self.demand.groups) {
                gain += group.step * flow.gain(site, consultations);
            }
        }
        gain
    }

    /// Adds sessions at a site.
    pub(super) fn add(&mut self, site: usize, more: u32) {
        if self.sessions[site] == 0 && more > 0 {
            self.reached += self.newly_reached(site);
            self.mark(site, |served| *served += 1);
        }
        self.sessions[site] += more;
        if let Some(capacity) = self.capacity {
            for flow in &mut self.flows {
                flow.add(site, capacity * f64::from(more));
            }
        }
    }

    /// Gives a site this many sessions, which hold this many consultations together, in place of what it had.
    pub(super) fn set(&mut self, site: usize, sessions: u32, consultations: f64) {
        match (self.sessions[site] > 0, sessions > 0) {
            (false, true) => {
                self.reached += self.newly_reached(site);
                self.mark(site, |served| *served += 1);
            }
            (true, false) => {
                self.mark(site, |served| *served -= 1);
                self.reached -= self.newly_reached(site);
            }
            _ => {}
        }
        self.sessions[site] = sessions;
        for flow in &mut self.flows {
            flow.set(site, consultations);
        }
    }

    /// What a session more would add to the objective, with this many consultations.
    pub(super) fn gain_of(&mut self, site: usize, consultations: f64) -> f64 {
        let reached = if self.sessions[site] == 0 { self.newly_reached(site) } else { 0.0 };
        let flows = self.flows.iter_mut().zip(&self.demand.groups);
        self.demand.reached * reached
            + flows.map(|(flow, group)| group.step * flow.gain(site, consultations)).sum::<f64>()
    }

    /// Takes the sessions of several sites down to these numbers, none of them higher than now.
    pub(super) fn reduce(&mut self, to: &[(usize, u32)]) {
        for &(site, sessions) in to {
            if sessions == 0 && self.sessions[site] > 0 {
                self.mark(site, |served| *served -= 1);
            }
            self.sessions[site] = sessions;
        }
        self.reached = (0..self.demand.communes.len())
            .map(|c| self.demand.communes[c].weight * self.best_share(c))
            .sum();
        if let Some(capacity) = self.capacity {
            let given: Vec<f64> = self.sessions.iter().map(|&n| capacity * f64::from(n)).collect();
            self.flows.iter_mut().for_each(|flow| flow.maximise(&given));
        }
    }

    fn mark(&mut self, site: usize, change: impl Fn(&mut u16)) {
        let bands = self.demand.band_share.len();
        for &(commune, band) in &self.by_site[site] {
            change(&mut self.served[commune as usize * bands + band as usize]);
        }
    }

    fn best_share(&self, commune: usize) -> f64 {
        let bands = self.demand.band_share.len();
        let served = &self.served[commune * bands..(commune + 1) * bands];
        served.iter().position(|&sites| sites > 0).map_or(0.0, |band| self.demand.band_share[band])
    }

    fn newly_reached(&self, site: usize) -> f64 {
        let more = |&(commune, band): &(u32, u8)| {
            let commune = commune as usize;
            let better = self.demand.band_share[band as usize] - self.best_share(commune);
            self.demand.communes[commune].weight * better.max(0.0)
        };
        self.by_site[site].iter().map(more).sum()
    }
}

#[cfg(test)]
mod tests;
