//! What can be wrong with a plan.

use std::fmt;

use medicobus_roads::{Metres, Millis};

use super::places::{Figure, Followed, List, Slot, VehicleDay};
use super::{english, french};
use crate::calendar::{Clock, Day, Half};
use crate::lang::Lang;
use crate::people::{Profile, Share};
use crate::plan::{Relaxed, Rhythm};
use crate::territory::RuleName;
use crate::times::TimesSource;

/// One thing that a plan claims and that does not hold, or one rule that it breaks.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Violation {
    /// It is in another format than this version reads.
    Format {
        /// What the plan says.
        found: String,
    },
    /// It was made for a territory of another name.
    OtherTerritory {
        /// What the plan says.
        found: String,
        /// The territory's name.
        expected: String,
    },
    /// It was made from another territory or other travel times.
    OtherInput {
        /// The digest in the plan.
        found: String,
        /// That of the problem.
        expected: String,
    },
    /// Its travel times come from elsewhere.
    OtherTimes {
        /// What the plan says.
        found: TimesSource,
        /// What the problem has.
        expected: TimesSource,
    },
    /// A number that is none: NaN or infinite.
    NotFinite(Figure),
    /// A vehicle that the territory does not have.
    UnknownVehicle(String),
    /// A site that the territory does not have.
    UnknownSite(String),
    /// A commune that the territory does not have.
    UnknownCommune(String),
    /// A doctor that the territory does not have.
    UnknownDoctor(String),
    /// An activity that the territory does not have.
    UnknownActivity(String),
    /// A list is not in its order.
    OutOfOrder(List),
    /// A week outside the cycle.
    OutsideCycle {
        /// Where the plan has it.
        day: VehicleDay,
        /// Weeks of the cycle.
        weeks: u32,
    },
    /// A session on a half-day on which the vehicle does not work.
    NotWorking(Slot),
    /// A session on a half-day on which the site is closed.
    Closed {
        /// When.
        slot: Slot,
        /// Where.
        site: String,
    },
    /// A vehicle with several sessions at once.
    SeveralAtOnce(Slot),
    /// A session in another commune than its site.
    OtherCommune {
        /// The site.
        site: String,
        /// The commune in the plan.
        found: String,
        /// The commune of the site.
        expected: String,
    },
    /// More half-days in a week than the vehicle may work.
    TooManyHalfDays {
        /// The vehicle.
        vehicle: String,
        /// The week.
        week: u32,
        /// Half-days in the plan.
        half_days: u32,
        /// Half-days it may work.
        most: u32,
    },
    /// Nobody knows a way between two stops of a day.
    NoWay {
        /// When.
        day: VehicleDay,
        /// Name of the start in the travel times.
        from: String,
        /// Name of the end.
        to: String,
    },
    /// More driving in a day than the vehicle may do.
    TooMuchDriving {
        /// When.
        day: VehicleDay,
        /// Driving of that day.
        drive: Millis,
        /// The most there may be.
        most: Millis,
    },
    /// The lunch break is not kept.
    NoTimeOverLunch {
        /// When.
        day: VehicleDay,
        /// Driving between the two sites.
        drive: Millis,
        /// What the break leaves for it; None when it leaves nothing at all, not even 0.
        left: Option<Millis>,
    },
    /// Fewer or more sessions at a site than it may have.
    SessionsAtSite {
        /// The site.
        site: String,
        /// Its sessions in the cycle.
        sessions: u32,
        /// The least it may have, if any.
        least: u32,
        /// The most; None: no limit.
        most: Option<u32>,
    },
    /// Several vehicles at a site that one alone may serve.
    SharedSite {
        /// The site.
        site: String,
        /// Its vehicles, in the order of their ids.
        vehicles: Vec<String>,
    },
    /// A session that does not keep the hours of its vehicle.
    WrongHours(Slot),
    /// A session to which the vehicle must drive, without the times of that drive.
    NoDriveStated(Slot),
    /// A session with the times of a drive, where the vehicle has been at the site since the morning.
    AlreadyThere(Slot),
    /// A drive that takes another time than the travel times say.
    WrongDriveTime {
        /// The session it leads to.
        slot: Slot,
        /// When the vehicle leaves.
        leave: Clock,
        /// When it arrives.
        arrive: Clock,
        /// What the drive takes.
        drive: Millis,
    },
    /// The vehicle arrives after its session has opened.
    ArrivesLate {
        /// The session.
        slot: Slot,
        /// When the vehicle arrives.
        arrive: Clock,
        /// When the session opens.
        open: Clock,
    },
    /// The vehicle leaves before its morning session has closed.
    LeavesEarly {
        /// The session it leaves for.
        slot: Slot,
        /// When it leaves.
        leave: Clock,
        /// When the morning session closes.
        close: Clock,
    },
    /// A day with sessions that the list of days lacks.
    MissingDay(VehicleDay),
    /// A day in that list without any session.
    DayWithoutSession(VehicleDay),
    /// A day that is listed more than once.
    DuplicateDay(VehicleDay),
    /// A day starts at another time than the drive to its first session.
    WrongStart {
        /// When.
        day: VehicleDay,
        /// What the list of days says.
        found: Clock,
        /// What the first session says.
        expected: Clock,
    },
    /// A day ends at another time than the drive back from its last session.
    WrongReturn {
        /// When.
        day: VehicleDay,
        /// What the list of days says.
        found: Clock,
        /// Close of the last session, and the drive back.
        expected: Clock,
    },
    /// The driving of a day is not the sum of its trips.
    WrongDriving {
        /// When.
        day: VehicleDay,
        /// What the list of days says.
        found: Millis,
        /// The sum.
        expected: Millis,
    },
    /// The length of a day is not the sum of its trips.
    WrongLength {
        /// When.
        day: VehicleDay,
        /// What the list of days says.
        found: Option<Metres>,
        /// The sum; None when a trip's length is not known.
        expected: Option<Metres>,
    },
    /// Patients are listed more than once for the same commune, profile and site.
    DuplicateCoverage(Followed),
    /// A number of patients that is not above 0.
    NotPositive {
        /// Which.
        who: Followed,
        /// The number.
        patients: f64,
    },
    /// Patients followed at a site that has no session.
    NoSessionThere(Followed),
    /// Patients followed at a site beyond their reach.
    BeyondReach(Followed),
    /// More patients followed than are ready to come so far.
    TooManyFollowed {
        /// Their commune.
        commune: String,
        /// Their profile.
        profile: Profile,
        /// The share of people ready to come to the sites at issue.
        share: Share,
        /// Patients followed at sites that at most this share is ready to come to.
        followed: f64,
        /// Patients ready to come to them.
        willing: f64,
    },
    /// More consultations at a site than its sessions give.
    OverCapacity {
        /// The site.
        site: String,
        /// Consultations a cycle that its patients need.
        needed: f64,
        /// Consultations a cycle that its sessions give.
        given: f64,
    },
    /// A doctor in two sessions, or in both parts of one, at the same time.
    DoctorInTwoPlaces {
        /// The doctor.
        doctor: String,
        /// Week of the cycle, from 1.
        week: u32,
        /// Day of that week.
        day: Day,
        /// Morning or afternoon.
        half: Half,
    },
    /// A doctor of another kind than the session needs: another specialty, or at a distance where one is needed on
    /// board.
    WrongDoctor {
        /// The session.
        slot: Slot,
        /// The doctor.
        doctor: String,
    },
    /// A second doctor in a session that is not shared with a specialty.
    NeedlessSpecialist {
        /// The session.
        slot: Slot,
        /// The doctor.
        doctor: String,
    },
    /// An activity at a site where it cannot take place.
    ActivityElsewhere {
        /// The session.
        slot: Slot,
        /// The activity.
        activity: String,
        /// The site.
        site: String,
    },
    /// A site with sessions, none of which is for general practice, even in part.
    NoGeneralPractice {
        /// The site.
        site: String,
    },
    /// A rule without a price that is broken.
    Broken {
        /// Which, with its subject.
        rule: RuleName,
        /// How much, in the rule's unit.
        units: f64,
        /// The sessions that break it, where it is about some.
        slots: Vec<Slot>,
    },
    /// Rules have prices, and the plan does not say what it is worth with them.
    PricesMissing,
    /// The plan counts with prices, and no rule has one.
    PricesNeedless,
    /// What the plan says was relaxed is not what its sessions relax.
    WrongRelaxed {
        /// Which rule, with its subject.
        rule: RuleName,
        /// What the plan says; None: nothing.
        found: Option<Box<Relaxed>>,
        /// What follows from its sessions; None: nothing.
        expected: Option<Box<Relaxed>>,
    },
    /// The rhythm of a site is not that of its sessions.
    WrongRhythm {
        /// The site.
        site: String,
        /// What the plan says; None: nothing.
        found: Option<Box<Rhythm>>,
        /// What follows from its sessions; None: nothing is to be said.
        expected: Option<Box<Rhythm>>,
    },
    /// A cost of sessions at the same times, where all are, where it is a rule or matters to nobody, or that is no cost.
    NeedlessSameTimeCost {
        /// What the plan says.
        cost: f64,
    },
    /// A figure of the plan that does not follow from its sessions and coverage.
    WrongFigure {
        /// Which.
        figure: Figure,
        /// What the plan says.
        found: f64,
        /// What follows from it.
        expected: f64,
    },
    /// A bound under the objective of the plan itself.
    BoundTooLow {
        /// The bound.
        bound: f64,
        /// The objective.
        objective: f64,
    },
    /// A bound on the value under the value of the plan itself.
    ValueBoundTooLow {
        /// The bound.
        bound: f64,
        /// The value.
        value: f64,
    },
    /// Called optimal, with a gap above 1e-4.
    NotProvenOptimal {
        /// The gap.
        gap: f64,
    },
}

impl Violation {
    /// What is wrong: one sentence without its full stop.
    pub fn what(&self, lang: Lang) -> String {
        match lang {
            Lang::Fr => french::what(self),
            Lang::En => english::what(self),
        }
    }
}

impl fmt::Display for Violation {
    /// In English, without a full stop.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.what(Lang::En))
    }
}

impl std::error::Error for Violation {}
