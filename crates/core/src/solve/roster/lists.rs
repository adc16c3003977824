//! What random changes look up: which sites compete, and how much a session can gain at most.

use super::setting::Setting;
use crate::solve::search::rivals;
use crate::solve::worth::Worth;

/// Sites near a site that are looked at.
const NEAR: usize = 12;

/// By site, and by activity.
#[derive(Clone, Debug)]
pub(super) struct Lists {
    near: Vec<Vec<u32>>,
    /// By slot: sites that may come there.
    pub(super) may_come: Vec<Vec<u32>>,
    /// No session at the site gains more than this, in any roster.
    pub(super) most_gain: Vec<f64>,
    /// By activity: slots at which its people may be there.
    pub(super) times: Vec<Vec<u32>>,
}

impl Lists {
    pub(super) fn new(setting: &Setting<'_>) -> Lists {
        let sites = setting.territory().sites.len();
        let mut served = vec![false; sites];
        setting.can.iter().flatten().for_each(|&site| served[site as usize] = true);
        let near = |site: usize| {
            if !served[site] {
                return Vec::new();
            }
            let mut near = rivals(setting.demand, setting.by_site, site);
            near.retain(|&other| served[other as usize]);
            near.truncate(NEAR);
            near
        };
        let vehicles = 0..setting.territory().vehicles.len();
        let most = vehicles.map(|vehicle| setting.most_consultations(vehicle)).fold(0.0, f64::max);
        let mut empty = Worth::new(setting.demand, setting.by_site, None);
        Lists {
            near: (0..sites).map(near).collect(),
            may_come: setting.can.clone(),
            most_gain: (0..sites)
                .map(|site| if served[site] { empty.gain_of(site, most) } else { 0.0 })
                .collect(),
            times: (1..setting.activities.len()).map(|rank| times(setting, rank)).collect(),
        }
    }

    /// The same, where only sites among these come.
    pub(super) fn among(&self, sites: &[bool]) -> Lists {
        let mut few = self.clone();
        few.near.iter_mut().chain(&mut few.may_come).for_each(|of| of.retain(|&site| sites[site as usize]));
        few
    }

    /// The same, where only these come on each slot.
    pub(super) fn on(&self, comes: impl Fn(usize, u32) -> bool) -> Lists {
        let mut few = self.clone();
        for (slot, sites) in few.may_come.iter_mut().enumerate() {
            sites.retain(|&site| comes(slot, site));
        }
        let mut anywhere: Vec<u32> = few.may_come.iter().flatten().copied().collect();
        anywhere.sort_unstable();
        few.near.iter_mut().for_each(|of| of.retain(|site| anywhere.binary_search(site).is_ok()));
        few
    }

    /// The sites that share most communes with a site.
    pub(super) fn near(&self, site: u32) -> &[u32] {
        &self.near[site as usize]
    }
}

/// Slots at which somebody can be had for an activity, at a site where it may take place.
fn times(setting: &Setting<'_>, rank: usize) -> Vec<u32> {
    let terms = &setting.activities[rank];
    let anybody = |able: &[u16], moment: usize| able.iter().any(|&d| setting.works[usize::from(d)][moment]);
    let alone = setting.territory().doctors.is_empty();
    let staffed = |moment: usize| {
        let on_board = anybody(&terms.doctors, moment);
        alone || on_board && terms.specialists.as_ref().is_none_or(|able| anybody(able, moment))
    };
    (0..setting.grid.slots.len() as u32)
        .filter(|&slot| {
            let moment = setting.grid.slots[slot as usize].moment();
            let open = setting.can[slot as usize].iter().any(|&site| terms.sites[site as usize]);
            open && staffed(moment)
        })
        .collect()
}
