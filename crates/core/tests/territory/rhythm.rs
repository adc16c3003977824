//! What is refused as impossible is so: every way of visiting a site over a short cycle is tried.

use medicobus_core::calendar::{Day, Half, HalfDays};
use medicobus_core::people::ByProfile;
use medicobus_core::territory::{Base, Commune, FaultKind, Site, Territory, Vehicle, faults};
use medicobus_roads::Position;
use proptest::prelude::*;

/// The days of the week on which the site can be open.
const DAYS: [Day; 3] = [Day::Mon, Day::Wed, Day::Sat];

fn territory(cycle_weeks: u32, site: Site) -> Territory {
    let commune = Commune {
        code: "c".to_owned(),
        name: "c".to_owned(),
        position: Position { lat: 45.0, lon: 5.0 },
        population: None,
        patients: ByProfile::default(),
        zone: None,
    };
    let vehicles = vec![Vehicle::new("bus", Base::Commune("c".to_owned()))];
    let mut territory = Territory::new("x", vec![commune], vec![site], vehicles);
    territory.calendar.cycle_weeks = cycle_weeks;
    territory
}

/// Whether sessions, so many on each day of the cycle, are what the site asks for.
fn is_as_asked(site: &Site, cycle_weeks: u32, sessions: &[u32]) -> bool {
    let total: u32 = sessions.iter().sum();
    let visits: Vec<u32> = (0..7 * cycle_weeks).filter(|day| sessions[*day as usize] > 0).collect();
    let has_sessions = |week: u32| visits.iter().any(|day| day / 7 == week);
    let regular = site.every.is_none_or(|every| {
        (0..every).any(|first| (0..cycle_weeks).all(|week| has_sessions(week) == (week % every == first)))
    });
    let next = visits.iter().skip(1).copied().chain(visits.first().map(|day| day + 7 * cycle_weeks));
    let longest = visits.iter().zip(next).map(|(day, next)| next - day).max();
    total > 0
        && regular
        && total >= site.min_half_days.unwrap_or(1)
        && site.max_half_days.is_none_or(|max| total <= max)
        && site.visits.is_none_or(|number| visits.len() as u32 == number)
        && site.max_gap.is_none_or(|max| longest.is_some_and(|longest| longest <= max))
}

/// Whether any sessions at all are what the site asks for.
fn can_be_had(site: &Site, cycle_weeks: u32, day: u32, sessions: &mut Vec<u32>) -> bool {
    if day == 7 * cycle_weeks {
        return is_as_asked(site, cycle_weeks, sessions);
    }
    let weekday = Day::ALL[(day % 7) as usize];
    let halves = site.open.iter().filter(|(open, _)| *open == weekday).count() as u32;
    let most = if site.weeks.contains(day / 7 + 1) { halves } else { 0 };
    (0..=most).any(|number| {
        sessions.push(number);
        let found = can_be_had(site, cycle_weeks, day + 1, sessions);
        sessions.pop();
        found
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn no_site_is_refused_that_could_have_what_it_asks_for(
        cycle_weeks in 1..=3u32,
        open in prop::collection::vec((0..DAYS.len(), any::<bool>()), 1..4),
        weeks in prop::collection::vec(1..=3u32, 0..3),
        every in prop::option::of(1..=3u32),
        visits in prop::option::of(1..=6u32),
        max_gap in prop::option::of(1..=21u32),
        min in prop::option::of(1..=8u32),
        max in prop::option::of(1..=8u32),
    ) {
        let mut site = Site::at_centre("c");
        site.open = open.iter().fold(HalfDays::NONE, |set, (day, am)| {
            set.with(DAYS[*day], if *am { Half::Am } else { Half::Pm })
        });
        if !weeks.is_empty() {
            site.weeks = weeks.iter().filter(|week| **week <= cycle_weeks).fold(
                medicobus_core::calendar::Weeks::NONE, |set, week| set.with(*week));
        }
        (site.every, site.visits, site.max_gap) = (every, visits, max_gap);
        (site.min_half_days, site.max_half_days) = (min, max);
        let divides = every.is_none_or(|every| cycle_weeks.is_multiple_of(every));
        let clashes: Vec<FaultKind> = faults(&territory(cycle_weeks, site.clone()))
            .into_iter()
            .map(|fault| fault.kind)
            .filter(|kind| matches!(kind, FaultKind::Rhythm(_)))
            .collect();
        if !clashes.is_empty() && divides {
            prop_assert!(!can_be_had(&site, cycle_weeks, 0, &mut Vec::new()), "{clashes:?} of {site:?}");
        }
    }
}
