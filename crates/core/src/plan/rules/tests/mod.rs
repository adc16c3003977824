//! Every rule on random small calendars, against the same rule told in another way: slot by slot of the cycle.

mod bookings;
mod people;
mod prices;
mod sites;

use super::{breaches, rhythm};
use crate::calendar::{Day, Half, HalfDays, Weeks};
use crate::plan::{Session, sample};
use crate::territory::{
    Activity, ActivityKind, Away, Booking, BookingKind, Doctor, Published, PublishedSession, RuleKind,
    RuleName, Site, Soft, Territory,
};

const SEEDS: u64 = 400;

/// Splitmix64.
struct Draw(u64);

impl Draw {
    fn below(&mut self, end: u32) -> u32 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((bits ^ (bits >> 31)) % u64::from(end)) as u32
    }

    fn chance(&mut self, of: u32) -> bool {
        self.below(of) == 0
    }

    fn one<T: Clone>(&mut self, of: &[T]) -> T {
        of[self.below(of.len() as u32) as usize].clone()
    }

    fn some<T: Clone>(&mut self, of: &[T]) -> Option<T> {
        (!self.chance(3)).then(|| self.one(of))
    }

    fn half_days(&mut self) -> HalfDays {
        slots_of_week()
            .filter(|_| self.chance(2))
            .fold(HalfDays::NONE, |set, (day, half)| set.with(day, half))
    }

    fn weeks(&mut self, cycle: u32) -> Weeks {
        if self.chance(2) {
            Weeks::ALL
        } else {
            (1..=cycle).filter(|_| self.chance(2)).fold(Weeks::NONE, Weeks::with)
        }
    }
}

/// Three days, so that sites and doctors meet often.
fn slots_of_week() -> impl Iterator<Item = (Day, Half)> {
    [Day::Mon, Day::Wed, Day::Sat].into_iter().flat_map(|day| Half::ALL.map(|half| (day, half)))
}

/// Every slot of the cycle.
fn slots(territory: &Territory) -> impl Iterator<Item = (u32, Day, Half)> {
    let week = || Day::ALL.into_iter().flat_map(|day| Half::ALL.map(|half| (day, half)));
    (1..=territory.calendar.cycle_weeks)
        .flat_map(move |week_of| week().map(move |(day, half)| (week_of, day, half)))
}

/// The sessions of a slot, with their places.
fn held(sessions: &[Session], slot: (u32, Day, Half)) -> impl Iterator<Item = (usize, &Session)> {
    sessions.iter().enumerate().filter(move |(_, session)| (session.week, session.day, session.half) == slot)
}

fn ids(of: &[&str]) -> Vec<String> {
    of.iter().map(|id| (*id).to_owned()).collect()
}

const SITES: [&str; 4] = ["alba", "bourg", "clos", "dun"];
const DOCTORS: [&str; 4] = ["anne", "boris", "chloe", "david"];
const ACTIVITIES: [&str; 4] = ["cardio", "derma", "vaccins", "visio"];

fn activity(id: &str, kind: ActivityKind, share: f64, draw: &mut Draw) -> Activity {
    Activity {
        id: id.to_owned(),
        name: None,
        kind,
        share,
        at_least: draw.below(4),
        at_most: draw.some(&[0, 1, 2, 3]),
        sites: None,
    }
}

fn doctor(id: &str, specialty: Option<&str>, cycle: u32, draw: &mut Draw) -> Doctor {
    let mut doctor = Doctor::new(id);
    doctor.days = draw.half_days();
    doctor.weeks = draw.weeks(cycle);
    doctor.away = vec![Away { weeks: draw.weeks(cycle), half_days: HalfDays::NONE.with(Day::Mon, Half::Am) }];
    doctor.half_days_per_week = draw.some(&[0, 1, 2]);
    doctor.half_days_per_cycle = draw.some(&[0, 2, 4]);
    doctor.specialty = specialty.map(str::to_owned);
    doctor.departments = draw.some(&[ids(&["al", "bo"]), ids(&["cl"])]);
    doctor.prefers = draw.some(&[ids(&["alba"]), ids(&["bourg", "clos"])]).unwrap_or_default();
    doctor.refuses = draw.some(&[ids(&["alba"]), ids(&["bourg", "clos"])]).unwrap_or_default();
    doctor
}

fn booking(cycle: u32, draw: &mut Draw) -> Booking {
    Booking {
        kind: draw.one(&BookingKind::ALL),
        vehicle: draw.some(&ids(&["bus-1", "bus-2"])),
        site: draw.some(&ids(&SITES)),
        weeks: draw.weeks(cycle),
        half_days: draw.half_days(),
        doctor: draw.some(&ids(&DOCTORS)),
        activity: draw.some(&ids(&ACTIVITIES)),
    }
}

/// A small territory in which every rule is asked for, and sessions that know nothing of them.
fn case(seed: u64) -> (Territory, Vec<Session>) {
    let draw = &mut Draw(seed);
    let mut territory = sample::territory();
    let cycle = draw.one(&[1, 2, 3, 4, 6]);
    territory.calendar.cycle_weeks = cycle;
    for site in &mut territory.sites {
        site.required = draw.chance(2);
        site.every = draw.some(&[1, 2, 3]).filter(|every| cycle.is_multiple_of(*every));
        site.visits = draw.some(&[1, 2, 3]);
        site.max_gap = draw.some(&[3, 5, 7, 9, 14]);
    }
    territory.rules.max_gap = draw.some(&[6, 8, 15]);
    territory.rules.same_time = draw.one(&[None, Some(true), Some(true), Some(false)]);
    territory.rules.doctors_per_site = draw.some(&[1, 2]);
    territory.rules.prevention_share = draw.one(&[0.1, 0.25]);
    territory.activities = vec![
        activity("cardio", ActivityKind::Specialty, 1.0, draw),
        activity("derma", ActivityKind::Specialty, 0.25, draw),
        activity("vaccins", ActivityKind::Prevention, 0.5, draw),
        activity("visio", ActivityKind::Remote { consultations_per_half_day: 8.0 }, 1.0, draw),
    ];
    if !draw.chance(6) {
        let specialties = [None, None, Some("cardio"), Some("derma")];
        territory.doctors = DOCTORS
            .iter()
            .zip(specialties)
            .map(|(id, specialty)| doctor(id, specialty, cycle, draw))
            .collect();
        territory.doctors[1].remote = draw.chance(2);
    }
    territory.bookings = (0..3).map(|_| booking(cycle, draw)).collect();
    let sessions = sessions(&territory, draw);
    territory.published = draw.chance(2).then(|| published(&sessions, draw));
    if draw.chance(2) {
        let soft = [RuleKind::Prefers, RuleKind::Changes, RuleKind::MaxGap];
        territory.rules.soft = soft.map(|kind| Soft { rule: RuleName::new(kind, None), price: 3.0 }).to_vec();
    }
    (territory, sessions)
}

/// In any order. A vehicle is at one site at a time; doctors and activities are drawn.
fn sessions(territory: &Territory, draw: &mut Draw) -> Vec<Session> {
    let mut sessions = Vec::new();
    let often = 2 + draw.below(4);
    for week in 1..=territory.calendar.cycle_weeks {
        for (day, half) in slots_of_week() {
            for vehicle in ["bus-1", "bus-2"] {
                if draw.chance(often) {
                    let mut session = sample::session(week, half, &draw.one(&ids(&SITES[..3])), None);
                    (session.vehicle, session.day) = (vehicle.to_owned(), day);
                    session.activity = draw.one(&ids(&ACTIVITIES)).into();
                    session.activity = session.activity.filter(|_| draw.chance(2));
                    session.doctor = draw.some(&ids(&DOCTORS));
                    session.specialist = draw.some(&ids(&DOCTORS)).filter(|_| draw.chance(3));
                    let place = draw.below(sessions.len() as u32 + 1) as usize;
                    sessions.insert(place, session);
                }
            }
        }
    }
    sessions
}

/// Most of these sessions, some of them at other sites.
fn published(sessions: &[Session], draw: &mut Draw) -> Published {
    let keep: Vec<&Session> = sessions.iter().filter(|_| !draw.chance(4)).collect();
    let mut publish = |session: &Session| PublishedSession {
        vehicle: session.vehicle.clone(),
        week: session.week,
        day: session.day,
        half: session.half,
        site: if draw.chance(4) { "dun".to_owned() } else { session.site.clone() },
        doctor: None,
        activity: None,
        specialist: None,
    };
    let sessions = keep.into_iter().map(&mut publish).collect();
    Published { sessions, max_changes: draw.some(&[0, 1, 2]) }
}

/// What a rule should give for a subject: its units, and the sessions at fault in order.
type Told = (f64, Vec<usize>);

/// Measures a rule on many cases and holds it against `tell`, for each subject of `subjects`. Both what keeps it and
/// what breaks it must come up.
#[track_caller]
fn agrees(
    kind: RuleKind,
    subjects: impl Fn(&Territory) -> Vec<Option<String>>,
    tell: impl Fn(&Territory, &[Session], Option<&str>) -> Told,
) {
    let (mut kept, mut broken) = (0, 0);
    for seed in 0..SEEDS {
        let (territory, sessions) = case(seed);
        let found = breaches(&territory, &sessions);
        let found: Vec<_> = found.iter().filter(|breach| breach.rule.kind == kind).collect();
        let mut expected = Vec::new();
        for subject in subjects(&territory) {
            let (units, of) = tell(&territory, &sessions, subject.as_deref());
            if units > 1e-9 {
                expected.push((subject, units, of));
            }
        }
        let alike = found.len() == expected.len()
            && found.iter().zip(&expected).all(|(found, (subject, units, of))| {
                found.rule.subject == *subject && (found.units - units).abs() < 1e-9 && found.sessions == *of
            });
        assert!(
            alike,
            "seed {seed}: found {found:#?}, expected {expected:?} in {territory:#?}\n{sessions:#?}"
        );
        *if expected.is_empty() { &mut kept } else { &mut broken } += 1;
    }
    assert!(
        kept > 0 && broken > 0,
        "{kind:?} is kept {kept} times and broken {broken} times: it proves nothing"
    );
}

fn each_site(territory: &Territory) -> Vec<Option<String>> {
    territory.sites.iter().map(|site| Some(site.id.clone())).collect()
}

fn each_doctor(territory: &Territory) -> Vec<Option<String>> {
    territory.doctors.iter().map(|doctor| Some(doctor.id.clone())).collect()
}

fn as_a_whole(_: &Territory) -> Vec<Option<String>> {
    vec![None]
}

fn site<'a>(territory: &'a Territory, id: Option<&str>) -> &'a Site {
    territory.sites.iter().find(|site| Some(&*site.id) == id).unwrap()
}

fn doctor_of<'a>(territory: &'a Territory, id: Option<&str>) -> &'a Doctor {
    territory.doctors.iter().find(|doctor| Some(&*doctor.id) == id).unwrap()
}

fn units(units: impl Into<f64>) -> Told {
    (units.into(), Vec::new())
}

/// A unit for each of these sessions.
fn one_each(mut sessions: Vec<usize>) -> Told {
    sessions.sort_unstable();
    (sessions.len() as f64, sessions)
}
