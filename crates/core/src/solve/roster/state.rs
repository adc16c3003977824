//! A roster being made: the shift of each slot, and what all of it breaks and is worth, kept up to date.

use super::bookings::PublishedTerms;
use super::setting::{Setting, Shift};
use super::tally::{Score, Tally, Wishes};
use super::valuation::Valuation;

/// Who is where on every slot of every vehicle.
#[derive(Clone, Debug)]
pub(in crate::solve) struct Roster<'a> {
    pub(super) setting: &'a Setting<'a>,
    at: Vec<Option<Shift>>,
    /// By site and by doctor: their slots, in order.
    of_site: Vec<Vec<u32>>,
    of_doctor: Vec<Vec<u32>>,
    valuation: Valuation<'a>,
    sites: Vec<(Tally, Wishes)>,
    doctors: Vec<(Tally, u64)>,
    bookings: Vec<Tally>,
    /// By work day: whether its drives break a rule, and how long they are.
    days: Vec<(bool, u64)>,
    /// By vehicle and week: sessions.
    per_week: Vec<Vec<u32>>,
    /// By activity, general practice first: sessions.
    per_activity: Vec<u32>,
    /// Published sessions that are there.
    kept: u32,
    /// Those of them with another doctor, or for something else.
    reassigned: u32,
    stale: Stale,
    /// What changes since the last [`Roster::keep`] replaced, in order.
    journal: Vec<(u32, Option<Shift>)>,
    tally: Tally,
    wishes: Wishes,
}

/// Whose measures changes have made out of date.
#[derive(Clone, Debug, Default)]
struct Stale {
    sites: Vec<u32>,
    doctors: Vec<u16>,
    bookings: Vec<usize>,
    days: Vec<usize>,
    /// Sites whose worth is not counted yet.
    worth: Vec<u32>,
}

fn note<T: PartialEq>(list: &mut Vec<T>, item: T) {
    if !list.contains(&item) {
        list.push(item);
    }
}

impl<'a> Roster<'a> {
    /// No session anywhere.
    pub(super) fn empty(setting: &'a Setting<'a>) -> Roster<'a> {
        let territory = setting.territory();
        let (sites, doctors) = (territory.sites.len(), territory.doctors.len());
        let weeks = territory.calendar.cycle_weeks as usize;
        let mut roster = Roster {
            setting,
            at: vec![None; setting.grid.slots.len()],
            of_site: vec![Vec::new(); sites],
            of_doctor: vec![Vec::new(); doctors],
            valuation: Valuation::new(setting),
            sites: vec![(Tally::default(), Wishes::default()); sites],
            doctors: vec![(Tally::default(), 0); doctors],
            bookings: vec![Tally::default(); setting.bookings.len()],
            days: vec![(false, 0); setting.grid.days.len()],
            per_week: vec![vec![0; weeks + 1]; territory.vehicles.len()],
            per_activity: vec![0; setting.activities.len()],
            kept: 0,
            reassigned: 0,
            stale: Stale::default(),
            journal: Vec::new(),
            tally: Tally::default(),
            wishes: Wishes::default(),
        };
        roster.stale.sites = (0..sites as u32).collect();
        roster.stale.bookings = (0..setting.bookings.len()).collect();
        roster.weigh();
        roster
    }

    /// The shift of every slot.
    pub(super) fn shifts(&self) -> &[Option<Shift>] {
        &self.at
    }

    pub(super) fn at(&self, slot: usize) -> Option<Shift> {
        self.at[slot]
    }

    /// Slots of a site, in order.
    pub(super) fn of_site(&self, site: usize) -> &[u32] {
        &self.of_site[site]
    }

    /// Slots of a doctor, in order.
    pub(super) fn of_doctor(&self, doctor: usize) -> &[u32] {
        &self.of_doctor[doctor]
    }

    /// Sessions of a vehicle in a week.
    pub(super) fn sessions_in(&self, vehicle: usize, week: u32) -> u32 {
        self.per_week[vehicle][week as usize]
    }

    /// Sessions of an activity.
    pub(super) fn sessions_of(&self, activity: u16) -> u32 {
        self.per_activity[usize::from(activity) + 1]
    }

    /// Work done on the worth of rosters so far.
    pub(super) fn steps(&self) -> u64 {
        self.valuation.steps()
    }

    /// Which sites are served.
    pub(in crate::solve) fn served(&self) -> Vec<bool> {
        self.of_site.iter().map(|slots| !slots.is_empty()).collect()
    }

    /// Consultations of a site.
    pub(super) fn consultations(&self, site: usize) -> f64 {
        let of = |&slot: &u32| {
            let activity = self.at[slot as usize].and_then(|shift| shift.activity);
            self.setting.consultations(slot as usize, activity)
        };
        self.of_site[site].iter().map(of).fold(0.0, |sum, given| sum + given)
    }

    /// Puts a shift on a slot in place of what is there; [`Roster::weigh`] counts it.
    pub(super) fn put(&mut self, slot: usize, shift: Option<Shift>) {
        let before = self.at[slot];
        if before == shift {
            return;
        }
        self.journal.push((slot as u32, before));
        self.change(slot, shift);
    }

    fn change(&mut self, slot: usize, shift: Option<Shift>) {
        let number = slot as u32;
        let place = &self.setting.grid.slots[slot];
        let of_published = |is: fn(&PublishedTerms, usize, &Shift) -> bool, shift: &Shift| {
            u32::from(self.setting.published.as_ref().is_some_and(|published| is(published, slot, shift)))
        };
        let before = std::mem::replace(&mut self.at[slot], shift);
        if let Some(old) = before {
            self.kept -= of_published(PublishedTerms::has, &old);
            self.reassigned -= of_published(PublishedTerms::reassigns, &old);
            self.per_activity[old.activity.map_or(0, |a| usize::from(a) + 1)] -= 1;
            self.per_week[place.vehicle][place.week as usize] -= 1;
            self.of_site[old.site as usize].retain(|&other| other != number);
            old.doctors().for_each(|d| self.of_doctor[usize::from(d)].retain(|&other| other != number));
        }
        if let Some(new) = shift {
            self.kept += of_published(PublishedTerms::has, &new);
            self.reassigned += of_published(PublishedTerms::reassigns, &new);
            self.per_activity[new.activity.map_or(0, |a| usize::from(a) + 1)] += 1;
            self.per_week[place.vehicle][place.week as usize] += 1;
            insert(&mut self.of_site[new.site as usize], number);
            new.doctors().for_each(|d| insert(&mut self.of_doctor[usize::from(d)], number));
        }
        note(&mut self.stale.days, place.work_day);
        for shift in before.into_iter().chain(shift) {
            note(&mut self.stale.sites, shift.site);
            note(&mut self.stale.worth, shift.site);
            shift.doctors().for_each(|doctor| note(&mut self.stale.doctors, doctor));
            for &booking in &self.setting.bookings_of[shift.site as usize] {
                note(&mut self.stale.bookings, booking);
            }
        }
    }

    /// Takes back all changes since the last [`Roster::keep`].
    pub(super) fn undo(&mut self) {
        self.undo_to(0);
    }

    /// How many changes there are since the last [`Roster::keep`].
    pub(super) fn changes(&self) -> usize {
        self.journal.len()
    }

    /// Takes back all but the first so many changes since the last [`Roster::keep`].
    pub(super) fn undo_to(&mut self, changes: usize) {
        while self.journal.len() > changes {
            let Some((slot, before)) = self.journal.pop() else { return };
            self.change(slot as usize, before);
        }
    }

    /// Makes the changes until now definite.
    pub(super) fn keep(&mut self) {
        self.journal.clear();
    }

    /// Slots that changed since the last [`Roster::keep`].
    pub(super) fn changed(&self) -> impl Iterator<Item = usize> {
        self.journal.iter().map(|&(slot, _)| slot as usize)
    }

    /// Sites of the sessions that changes since the last [`Roster::keep`] put in, or changed.
    pub(super) fn gained(&self) -> impl Iterator<Item = u32> {
        self.journal.iter().filter_map(|&(slot, before)| {
            let now = self.at[slot as usize]?;
            let same = before.is_some_and(|b| (b.site, b.activity) == (now.site, now.activity));
            (!same).then_some(now.site)
        })
    }

    /// Takes over the shifts of another roster of the same problem, and counts them.
    pub(super) fn load(&mut self, shifts: &[Option<Shift>]) {
        for (slot, shift) in shifts.iter().enumerate() {
            if self.at[slot] != *shift {
                self.change(slot, *shift);
            }
        }
        self.journal.clear();
        self.weigh();
    }

    /// Counts breaches and wishes again where changes have made them out of date: all of the score but the worth.
    pub(super) fn weigh(&mut self) -> (Tally, Wishes) {
        self.weigh_stale();
        let mut tally = self.weigh_whole();
        let mut wishes = Wishes { reassigned: self.reassigned.into(), ..Wishes::default() };
        for (of_site, wished) in &self.sites {
            tally += *of_site;
            wishes += *wished;
        }
        for &(of_doctor, elsewhere) in &self.doctors {
            tally += of_doctor;
            wishes.elsewhere += elsewhere;
        }
        self.bookings.iter().for_each(|of_booking| tally += *of_booking);
        for &(breached, drive) in &self.days {
            tally.base += f64::from(u8::from(breached));
            wishes.drive += drive;
        }
        (self.tally, self.wishes) = (tally, wishes);
        (tally, wishes)
    }

    fn weigh_stale(&mut self) {
        let Roster { setting, at, stale, .. } = self;
        for site in stale.sites.drain(..).map(|site| site as usize) {
            let mut tally = Tally::default();
            let tell = &mut |breach| tally += setting.charge(breach);
            let (base, wishes) = setting.measure_site(site, &self.of_site[site], at, tell);
            tally.base += base;
            self.sites[site] = (tally, wishes);
        }
        for doctor in stale.doctors.drain(..).map(usize::from) {
            let mut tally = Tally::default();
            let tell = &mut |breach| tally += setting.charge(breach);
            let (base, elsewhere) = setting.measure_doctor(doctor, &self.of_doctor[doctor], at, tell);
            tally.base += base;
            self.doctors[doctor] = (tally, elsewhere);
        }
        for booking in stale.bookings.drain(..) {
            let mut tally = Tally::default();
            setting.measure_booking(booking, at, &mut |breach| tally += setting.charge(breach));
            self.bookings[booking] = tally;
        }
        for day in stale.days.drain(..) {
            let (vehicle, slots) = setting.grid.days[day];
            let [am, pm] =
                slots.map(|slot| slot.and_then(|slot| at[slot as usize]).map(|shift| shift.site as usize));
            let drive = setting.problem.day_drive(vehicle, am, pm);
            self.days[day] = (drive.is_none(), drive.map_or(0, |drive| drive.0.into()));
        }
    }

    /// What activities, changes and the weeks of vehicles break.
    fn weigh_whole(&self) -> Tally {
        let mut tally = Tally::default();
        let sessions: u32 = self.per_activity.iter().sum();
        let setting = self.setting;
        setting.measure_activities(&self.per_activity, &mut |breach| tally += setting.charge(breach));
        setting.measure_changes(sessions, self.kept, &mut |breach| tally += setting.charge(breach));
        for (vehicle, weeks) in self.per_week.iter().enumerate() {
            let most = setting.problem.weekly_limit(vehicle);
            tally.base += weeks.iter().map(|n| f64::from(n.saturating_sub(most))).sum::<f64>();
        }
        tally
    }

    /// The whole score of what is there.
    pub(super) fn score(&mut self) -> Score {
        let (tally, wishes) = if self.is_weighed() { (self.tally, self.wishes) } else { self.weigh() };
        Score { tally, value: self.objective() - tally.penalties, wishes }
    }

    fn is_weighed(&self) -> bool {
        self.stale.sites.is_empty() && self.stale.days.is_empty()
    }

    /// The objective.
    pub(super) fn objective(&mut self) -> f64 {
        while let Some(site) = self.stale.worth.pop() {
            let site = site as usize;
            self.valuation.set(site, self.of_site[site].len() as u32, self.consultations(site));
        }
        self.valuation.objective()
    }

    /// What a session more at a site would add to the objective.
    pub(super) fn gain(&mut self, site: usize, consultations: f64) -> f64 {
        self.objective();
        self.valuation.gain(site, consultations)
    }

    /// All breaches, by rule and subject.
    pub(super) fn breaches(&self) -> Vec<super::setting::Breach> {
        let (setting, at) = (self.setting, &self.at);
        let mut found = Vec::new();
        let tell = &mut |breach| found.push(breach);
        for (site, slots) in self.of_site.iter().enumerate() {
            setting.measure_site(site, slots, at, tell);
        }
        for (doctor, slots) in self.of_doctor.iter().enumerate() {
            setting.measure_doctor(doctor, slots, at, tell);
        }
        for booking in 0..setting.bookings.len() {
            setting.measure_booking(booking, at, tell);
        }
        setting.measure_activities(&self.per_activity, tell);
        setting.measure_changes(self.per_activity.iter().sum(), self.kept, tell);
        found.sort_by_key(|breach| (breach.rule, breach.subject, breach.slot));
        found
    }
}

fn insert(slots: &mut Vec<u32>, slot: u32) {
    if let Err(place) = slots.binary_search(&slot) {
        slots.insert(place, slot);
    }
}
