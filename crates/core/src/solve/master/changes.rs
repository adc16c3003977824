//! Changes of the published calendar.

use super::Master;
use crate::solve::program::{Bound, Terms};
use crate::territory::RuleKind;

impl Master<'_> {
    /// The rows on sessions that are kept: the others are changes, on either side.
    pub(super) fn add_changes(&mut self) {
        let territory = self.problem.territory();
        let Some(published) = &territory.published else { return };
        let price = territory.rules.price(RuleKind::Changes, None);
        let free = match (price, published.max_changes) {
            (None, None) => return,
            (_, most) => f64::from(most.unwrap_or(0)),
        };
        let all = published.sessions.len() as f64;
        let mut kept = Terms::new();
        for cell in &self.cells {
            let (vehicle, site) = (&territory.vehicles[cell.vehicle].id, &territory.sites[cell.site].id);
            let here = published.sessions.iter().filter(|s| {
                s.vehicle == *vehicle && s.site == *site && cell.slots.contains(s.week, s.day, s.half)
            });
            let here = here.count();
            if here > 0 {
                let column = self.program.count(0.0, here as f64);
                self.program.row([(column, 1.0), (cell.sessions, -1.0)], Bound::AtMost, 0.0);
                kept.push((column, 1.0));
            }
        }
        let breach = self.breach(RuleKind::Changes, None, f64::INFINITY);
        let less = || breach.map(|changes| (changes, 1.0));
        let lacking = kept.iter().copied().chain(less());
        self.program.row(lacking, Bound::AtLeast, all - free);
        let sessions = self.cells.iter().map(|cell| (cell.sessions, -1.0));
        let added = kept.iter().copied().chain(sessions).chain(less());
        self.program.row(added, Bound::AtLeast, -free);
    }
}
