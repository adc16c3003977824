//! The rules about activities, over all sessions of the cycle.

use super::setting::{Breach, Setting};
use crate::territory::RuleKind;

/// Shares that differ by less are equal.
const ROUNDING: f64 = 1e-9;

impl Setting<'_> {
    /// What so many sessions of general practice and of each activity, in this order, break.
    pub(super) fn measure_activities(&self, sessions: &[u32], tell: &mut dyn FnMut(Breach)) {
        if sessions.len() == 1 {
            return;
        }
        let mut tell_of = |rule: RuleKind, subject: usize, units: f64| {
            if units > ROUNDING {
                tell(Breach { rule, subject, units, slot: None });
            }
        };
        let (mut general, mut prevention) = (0.0, 0.0);
        for (rank, (terms, &n)) in self.activities.iter().zip(sessions).enumerate() {
            general += f64::from(n) * (1.0 - terms.lost);
            prevention += f64::from(n) * terms.prevention;
            if let Some(activity) = rank.checked_sub(1) {
                let missing = terms.at_least.saturating_sub(n);
                tell_of(RuleKind::ActivityAtLeast, activity, f64::from(missing));
                tell_of(RuleKind::ActivityAtMost, activity, f64::from(n.saturating_sub(terms.at_most)));
            }
        }
        let all = f64::from(sessions.iter().sum::<u32>());
        tell_of(RuleKind::PreventionShare, 0, prevention - self.territory().rules.prevention_share * all);
        let lead = general - all / 2.0;
        if all > 0.0 && lead <= ROUNDING {
            tell_of(RuleKind::Majority, 0, (ROUNDING - lead).floor() + 1.0);
        }
    }
}
