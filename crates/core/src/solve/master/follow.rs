//! Patients followed: consultations that they take, within the sessions of each site.

use super::Master;
use super::reach::Reach;
use crate::problem::Near;
use crate::solve::demand::CommuneDemand;
use crate::solve::program::{Bound, Col, Terms};

impl Master<'_> {
    /// Consultations that patients take, within the sessions of each site.
    pub(super) fn count_followed(&mut self, reach: &[Reach]) {
        if self.demand.groups.is_empty() {
            return;
        }
        let mut taken_at: Vec<Terms> = vec![Vec::new(); self.demand.sites];
        for (commune, reach) in self.demand.communes.iter().zip(reach) {
            self.follow(commune, reach, &mut taken_at);
        }
        let capacity = self.problem.capacity().unwrap_or(0.0);
        for (site, taken) in taken_at.into_iter().enumerate() {
            let sessions = self.consultations_at[site].iter().map(|&(days, n)| (days, -n));
            let limit = capacity * f64::from(self.scope.given[site]);
            self.program.row(sessions.chain(taken), Bound::AtMost, limit);
        }
    }

    /// Consultations that patients of a commune take at each site that may be served.
    fn follow(&mut self, commune: &CommuneDemand, reach: &Reach, taken_at: &mut [Terms]) {
        let near: Vec<Near> =
            commune.near.iter().filter(|near| self.is_possible(near.site)).copied().collect();
        let supply = commune.supply.last().copied().unwrap_or(0.0);
        if near.is_empty() || supply <= 0.0 {
            return;
        }
        let taken: Vec<(u8, Col)> =
            near.iter().map(|near| (near.band, self.take(*near, supply, taken_at))).collect();
        let followed = self.follow_groups(commune, reach);
        let all = followed.iter().map(|&(f, _)| (f, 1.0)).chain(taken.iter().map(|&(_, t)| (t, -1.0)));
        self.program.row(all, Bound::AtMost, 0.0);
        let mut bands: Vec<u8> = near.iter().map(|near| near.band).collect();
        bands.dedup();
        for &band in &bands[1..] {
            let far: Terms = taken.iter().filter(|(of, _)| *of >= band).map(|&(_, t)| (t, 1.0)).collect();
            self.limit_far(far, &followed, self.demand.band_share[band as usize]);
        }
    }

    /// Consultations that patients of a commune, who need `supply`, take at one site.
    fn take(&mut self, near: Near, supply: f64, taken_at: &mut [Terms]) -> Col {
        let willing = self.demand.band_share[near.band as usize] * supply;
        let taken = self.program.column(0.0, willing);
        let site = near.site as usize;
        taken_at[site].push((taken, 1.0));
        if !self.open_at[site].is_empty() {
            let opens = self.open_at[site].iter().map(|&open| (open, -willing));
            self.program.row(opens.chain([(taken, 1.0)]), Bound::AtMost, 0.0);
        }
        taken
    }

    /// Consultations that each group of a commune is followed for, with what it needs.
    fn follow_groups(&mut self, commune: &CommuneDemand, reach: &Reach) -> Vec<(Col, f64)> {
        let mut followed = Vec::new();
        let mut before = 0.0;
        for (group, &supply) in self.demand.groups.iter().zip(&commune.supply) {
            let own = supply - before;
            before = supply;
            if own > 0.0 {
                let column = self.program.column(group.worth, own);
                let steps = reach.steps.iter().map(|&(set, step)| (set, -own * step));
                self.program.row(steps.chain([(column, 1.0)]), Bound::AtMost, own * reach.sure);
                followed.push((column, own));
            }
        }
        followed
    }

    /// Keeps what is taken far away within what patients ready to go there are followed for.
    fn limit_far(&mut self, mut taken: Terms, followed: &[(Col, f64)], share: f64) {
        for &(of_group, supply) in followed {
            let far = self.program.column(0.0, share * supply);
            self.program.row([(far, 1.0), (of_group, -1.0)], Bound::AtMost, 0.0);
            taken.push((far, -1.0));
        }
        self.program.row(taken, Bound::AtMost, 0.0);
    }
}
