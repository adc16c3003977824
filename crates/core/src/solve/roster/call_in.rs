//! Activities at the times at which their people can be there: at the site that is there then, or at one that comes.

use super::lists::Lists;
use super::moves::{Freedom, Moves};
use super::setting::Shift;
use super::state::Roster;

/// Times, and sessions or sites that could come, of which all ways are tried.
const TIMES: usize = 24;
const OTHERS: usize = 60;

/// How a session of an activity comes about on a slot.
#[derive(Clone, Copy, Debug)]
enum Way {
    /// The session there takes it.
    Here,
    /// The session of another slot comes, in exchange for the one there.
    From(usize),
    /// A site gets a session there, in place of the one there.
    Site(u32),
}

impl Roster<'_> {
    /// How many sessions of an activity are lacking.
    fn lacking(&self, activity: u16) -> u32 {
        self.setting.terms(Some(activity)).at_least.saturating_sub(self.sessions_of(activity))
    }

    /// Has an activity on a slot; whether it could. What cannot be done may be left half done.
    fn have(&mut self, activity: u16, slot: usize, way: Way) -> bool {
        let setting = self.setting;
        let mut left = None;
        match way {
            Way::Here => {}
            Way::From(other) => {
                let (here, there) = (self.at(slot), self.at(other));
                if other == slot || here.is_some_and(|shift| !setting.fits(other, &shift)) {
                    return false;
                }
                self.put(slot, there);
                self.put(other, here);
                left = Some(other);
            }
            Way::Site(site) => self.put(slot, Some(Shift::at(site))),
        }
        let Some(shift) = self.at(slot) else { return false };
        let after = Shift { activity: Some(activity), ..shift };
        if !setting.fits(slot, &after) {
            return false;
        }
        self.put(slot, Some(after));
        self.staff(slot);
        left.into_iter().for_each(|slot| self.staff(slot));
        true
    }

    /// Places the activities of which more is asked for, those with the fewest times first, where that breaks and costs
    /// least; sessions that are given by vehicle and site stay as many as they are.
    pub(super) fn place_activities(&mut self, lists: &Lists, freedom: Freedom) {
        let mut order: Vec<u16> = (0..lists.times.len() as u16).collect();
        order.sort_by_key(|&activity| lists.times[usize::from(activity)].len());
        for activity in order {
            while self.lacking(activity) > 0 && self.place_one(activity, lists, freedom) {}
        }
    }

    /// Places one session more of an activity where most is gained by it; whether anything is.
    fn place_one(&mut self, activity: u16, lists: &Lists, freedom: Freedom) -> bool {
        let mut best = (self.score(), None);
        let times = &lists.times[usize::from(activity)];
        let general = |&&slot: &&u32| self.at(slot as usize).is_none_or(|shift| shift.activity.is_none());
        let times: Vec<usize> = times.iter().filter(general).take(TIMES).map(|&slot| slot as usize).collect();
        for slot in times {
            for way in self.ways(slot, freedom) {
                let start = self.changes();
                if self.have(activity, slot, way) {
                    let score = self.score();
                    if score.is_worth_more(&best.0) {
                        best = (score, Some((slot, way)));
                    }
                }
                self.undo_to(start);
            }
        }
        best.1.is_some_and(|(slot, way)| self.have(activity, slot, way))
    }

    fn ways(&self, slot: usize, freedom: Freedom) -> Vec<Way> {
        let setting = self.setting;
        let own = setting.grid.of_vehicle(setting.grid.slots[slot].vehicle);
        let taken = own.filter(|&other| other != slot && self.at(other).is_some());
        let mut ways = vec![Way::Here];
        ways.extend(taken.take(OTHERS).map(Way::From));
        if freedom == Freedom::All {
            let served = setting.can[slot].iter().filter(|&&site| !self.of_site(site as usize).is_empty());
            ways.extend(served.take(OTHERS).map(|&site| Way::Site(site)));
        }
        ways
    }
}

impl Moves<'_, '_> {
    /// Has an activity, of which more is asked for where there is such a one, at a time that suits its people.
    pub(super) fn call_in(&mut self, freedom: Freedom) -> bool {
        let lacking: Vec<u16> = (0..self.lists.times.len() as u16)
            .filter(|&activity| self.roster.lacking(activity) > 0)
            .collect();
        let activity = match self.pick(&lacking) {
            Some(activity) => activity,
            None => self.random.below(self.lists.times.len()) as u16,
        };
        let Some(slot) = self.pick(&self.lists.times[usize::from(activity)]) else { return false };
        let slot = slot as usize;
        let way = match self.random.unit() {
            die if die < 0.3 => Some(Way::Here),
            die if die < 0.65 || freedom == Freedom::Dates => {
                let vehicle = self.roster.setting.grid.slots[slot].vehicle;
                let other = self.any_shift().map(|(other, _)| other);
                other.filter(|&other| self.roster.setting.grid.slots[other].vehicle == vehicle).map(Way::From)
            }
            _ => self.any_shift().map(|(_, shift)| Way::Site(shift.site)),
        };
        let Some(way) = way else { return false };
        if lacking.is_empty() && !self.give_up(activity, slot) {
            return false;
        }
        self.roster.have(activity, slot, way)
    }

    /// Takes an activity from one of its sessions, not that of this slot; whether there is one.
    fn give_up(&mut self, activity: u16, slot: usize) -> bool {
        let holds = |(_, shift): &(usize, &Option<Shift>)| {
            shift.is_some_and(|shift| shift.activity == Some(activity))
        };
        let sessions: Vec<usize> =
            self.roster.shifts().iter().enumerate().filter(holds).map(|(slot, _)| slot).collect();
        let Some(other) = self.pick(&sessions).filter(|&other| other != slot) else { return false };
        if let Some(shift) = self.roster.at(other) {
            self.roster.put(other, Some(Shift { activity: None, ..shift }));
            self.roster.staff(other);
        }
        true
    }
}
