//! What planners would rather have, where it costs nothing, and what it would cost where it does.

use medicobus_roads::{Millis, Position};

use super::solved;
use crate::calendar::{Day, Half, HalfDays, Weeks};
use crate::people::{ByProfile, Patients};
use crate::problem::Problem;
use crate::territory::{
    Base, Booking, BookingKind, Commune, Doctor, Published, PublishedSession, Site, Territory, Vehicle,
};
use crate::times::{TimesSource, TravelTimes, Trip};

/// Two communes far from each other, and a bus that works on Monday and Thursday mornings of two weeks.
fn two_communes() -> (Territory, TravelTimes) {
    let commune = |code: &str, lat: f64, ald: f64| Commune {
        code: code.to_owned(),
        name: code.to_owned(),
        position: Position::new(lat, 5.0).unwrap(),
        population: None,
        patients: ByProfile { ald: Patients(ald), elderly: Patients(0.0), other: Patients(0.0) },
        zone: None,
    };
    let communes = vec![commune("here", 45.0, 100.0), commune("there", 45.5, 80.0)];
    let mut bus = Vehicle::new("bus", Base::Commune("here".to_owned()));
    bus.days = HalfDays::NONE.with(Day::Mon, Half::Am).with(Day::Thu, Half::Am);
    let sites = vec![Site::at_centre("here"), Site::at_centre("there")];
    let mut territory = Territory::new("Two communes", communes, sites, vec![bus]);
    territory.calendar.cycle_weeks = 2;
    let mut times = TravelTimes::new(TimesSource::Table);
    let trip = |minutes: u32| Trip { time: Millis::from_minutes(minutes), length: None, ferry: false };
    for (from, to) in [("here", "there"), ("there", "here"), ("base:bus", "there"), ("there", "base:bus")] {
        times.insert(from, to, trip(40));
    }
    times.insert("base:bus", "here", trip(1));
    times.insert("here", "base:bus", trip(1));
    (territory, times)
}

#[test]
fn a_site_has_one_doctor_who_likes_it_and_comes_at_the_same_time_every_week() {
    let (mut territory, times) = two_communes();
    let [mut ann, mut bob] = ["ann", "bob"].map(Doctor::new);
    ann.prefers = vec!["there".to_owned()];
    bob.prefers = vec!["here".to_owned()];
    territory.doctors = vec![ann, bob];
    let problem = Problem::new(territory, &times).unwrap();
    let plan = solved(&problem, 1).plan;
    assert_eq!(plan.verify(&problem), Ok(()));
    assert_eq!(plan.sessions.len(), 4);
    for session in &plan.sessions {
        let expected = if session.site == "here" { "bob" } else { "ann" };
        assert_eq!(session.doctor.as_deref(), Some(expected), "{session:?}");
    }
    for rhythm in &plan.rhythm {
        assert_eq!((rhythm.visits, rhythm.longest_gap, rhythm.other_times, rhythm.doctors), (2, 7, 0, 1));
    }
    assert_eq!(plan.rhythm.len(), 2);
}

#[test]
fn published_sessions_keep_their_doctors_before_these_come_where_they_like_it() {
    let (mut territory, times) = two_communes();
    let [mut ann, mut bob] = ["ann", "bob"].map(Doctor::new);
    ann.prefers = vec!["there".to_owned()];
    bob.prefers = vec!["here".to_owned()];
    territory.doctors = vec![ann, bob];
    let session = |week, day, site: &str, doctor: &str| PublishedSession {
        vehicle: "bus".to_owned(),
        week,
        day,
        half: Half::Am,
        site: site.to_owned(),
        doctor: Some(doctor.to_owned()),
        activity: None,
        specialist: None,
    };
    let sessions = vec![
        session(1, Day::Mon, "here", "ann"),
        session(1, Day::Thu, "there", "bob"),
        session(2, Day::Mon, "here", "bob"),
        session(2, Day::Thu, "there", "bob"),
    ];
    territory.published = Some(Published { sessions: sessions.clone(), max_changes: Some(0) });
    let problem = Problem::new(territory, &times).unwrap();
    let plan = solved(&problem, 1).plan;
    assert_eq!(plan.verify(&problem), Ok(()));
    let kept =
        plan.sessions.iter().map(|session| (session.week, session.day, &session.site, &session.doctor));
    let before = sessions.iter().map(|session| (session.week, session.day, &session.site, &session.doctor));
    assert_eq!(kept.collect::<Vec<_>>(), before.collect::<Vec<_>>());
}

#[test]
fn equal_times_that_cost_patients_are_not_taken_and_their_cost_is_told() {
    let (mut territory, times) = two_communes();
    territory.sites.truncate(1);
    // Only Monday of the first week and Thursday of the second are left.
    for (week, day) in [(2, Day::Mon), (1, Day::Thu)] {
        territory.bookings.push(Booking {
            kind: BookingKind::Forbidden,
            vehicle: None,
            site: None,
            weeks: Weeks::NONE.with(week),
            half_days: HalfDays::NONE.with(day, Half::Am),
            doctor: None,
            activity: None,
        });
    }
    let problem = Problem::new(territory.clone(), &times).unwrap();
    let plan = solved(&problem, 1).plan;
    assert_eq!((plan.sessions.len(), plan.rhythm[0].other_times), (2, 1));
    territory.rules.same_time = Some(true);
    let problem = Problem::new(territory, &times).unwrap();
    let strict = solved(&problem, 1).plan;
    assert_eq!(strict.sessions.len(), 1);
    assert_eq!(strict.same_time_cost, None);
    let cost = plan.same_time_cost.unwrap();
    assert!((cost - (plan.objective - strict.objective)).abs() < 1e-6, "{cost}");
}

#[test]
fn a_plain_calendar_of_two_weeks_is_as_even_as_can_be() {
    let (territory, times) = two_communes();
    let problem = Problem::new(territory, &times).unwrap();
    assert!(problem.is_plain());
    let plan = solved(&problem, 1).plan;
    assert_eq!(plan.verify(&problem), Ok(()));
    for rhythm in &plan.rhythm {
        assert_eq!((rhythm.visits, rhythm.longest_gap, rhythm.other_times), (2, 7, 0), "{:?}", plan.sessions);
    }
}
