//! Visits of a site.

use std::collections::BTreeSet;

use super::*;

/// Days of the cycle, from 0, with or without a session at a site.
fn days(territory: &Territory, sessions: &[Session], site: Option<&str>) -> Vec<bool> {
    let visited = |week: u32, day: Day| {
        sessions
            .iter()
            .any(|session| (session.week, session.day) == (week, day) && Some(&*session.site) == site)
    };
    let weeks = 1..=territory.calendar.cycle_weeks;
    weeks.flat_map(|week| Day::ALL.map(|day| (week, day))).map(|(week, day)| visited(week, day)).collect()
}

/// Walks on from each visit until the next one.
fn gap(days: &[bool]) -> u32 {
    let walk = |start: usize| (1..).find(|step| days[(start + step) % days.len()]).unwrap() as u32;
    (0..days.len()).filter(|&day| days[day]).map(walk).max().unwrap_or(0)
}

#[test]
fn a_required_site_has_a_session() {
    agrees(RuleKind::RequiredSite, each_site, |territory, sessions, id| {
        let lacks = site(territory, id).required && !days(territory, sessions, id).contains(&true);
        units(u8::from(lacks))
    });
}

#[test]
fn weeks_with_sessions_are_as_far_apart_as_asked() {
    agrees(RuleKind::Every, each_site, |territory, sessions, id| {
        let days = days(territory, sessions, id);
        let weeks: BTreeSet<usize> = (0..days.len()).filter(|&day| days[day]).map(|day| day / 7).collect();
        let Some(every) = site(territory, id).every.filter(|_| !weeks.is_empty()) else { return units(0) };
        let cycle = territory.calendar.cycle_weeks as usize;
        let off = |first: usize| {
            let asked: BTreeSet<usize> = (first..cycle).step_by(every as usize).collect();
            weeks.symmetric_difference(&asked).count() as u32
        };
        units((0..every as usize).map(off).min().unwrap())
    });
}

#[test]
fn a_site_has_the_visits_it_asks_for() {
    agrees(RuleKind::Visits, each_site, |territory, sessions, id| {
        let visits = days(territory, sessions, id).into_iter().filter(|&visited| visited).count() as f64;
        match site(territory, id).visits {
            Some(asked) if visits > 0.0 => units((visits - f64::from(asked)).abs()),
            _ => units(0),
        }
    });
}

#[test]
fn the_longest_gap_goes_round_the_cycle() {
    agrees(RuleKind::MaxGap, each_site, |territory, sessions, id| {
        let longest = gap(&days(territory, sessions, id));
        let most = site(territory, id).max_gap.or(territory.rules.max_gap).unwrap_or(u32::MAX);
        units(longest.max(most) - most)
    });
}

/// Fewest sessions that any choice of as many times as the fullest week has leaves out.
fn other_times(territory: &Territory, sessions: &[Session], id: Option<&str>) -> u32 {
    let here: Vec<&Session> = sessions.iter().filter(|session| Some(&*session.site) == id).collect();
    let in_week = |week| here.iter().filter(|session| session.week == week).count() as u32;
    let times = (1..=territory.calendar.cycle_weeks).map(in_week).max().unwrap();
    let bit = |session: &Session| 1u32 << (2 * session.day as u32 + session.half as u32);
    let left_out = |chosen: u32| here.iter().filter(|session| chosen & bit(session) == 0).count() as u32;
    (0..1u32 << 14).filter(|chosen| chosen.count_ones() == times.min(14)).map(left_out).min().unwrap()
}

#[test]
fn as_few_sessions_as_possible_are_at_other_times_than_usual() {
    for seed in 0..SEEDS / 4 {
        let (mut territory, sessions) = case(seed);
        territory.rules.same_time = Some(true);
        let found = breaches(&territory, &sessions);
        for site in &territory.sites {
            let expected = other_times(&territory, &sessions, Some(&site.id));
            let of_site = |breach: &&super::super::Breach| {
                breach.rule == RuleName::new(RuleKind::SameTime, Some(&site.id))
            };
            let found = found.iter().find(of_site).map_or(0.0, |breach| breach.units);
            assert_eq!(found, f64::from(expected), "seed {seed}, {}: {sessions:#?}", site.id);
        }
    }
}

#[test]
fn sessions_at_the_same_times_are_a_rule_only_where_asked_for() {
    for same_time in [None, Some(false), Some(true)] {
        let (mut territory, _) = case(0);
        territory.rules.same_time = same_time;
        territory.calendar.cycle_weeks = 2;
        let mut sessions =
            vec![sample::session(1, Half::Am, "dun", None), sample::session(2, Half::Pm, "dun", None)];
        sessions[1].day = Day::Fri;
        let found = breaches(&territory, &sessions);
        let found: Vec<_> = found.iter().filter(|breach| breach.rule.kind == RuleKind::SameTime).collect();
        assert_eq!(found.len(), usize::from(same_time == Some(true)));
        assert!(
            found.iter().all(|breach| breach.sessions == [1]),
            "of two equal times the earlier is the usual one"
        );
    }
}

#[test]
fn the_rhythm_of_a_site_is_that_of_its_days() {
    for seed in 0..SEEDS / 4 {
        let (territory, sessions) = case(seed);
        let found = rhythm(&territory, &sessions);
        let served = |id: &str| sessions.iter().any(|session| session.site == id);
        let ids: Vec<&str> = territory.sites.iter().map(|site| &*site.id).filter(|id| served(id)).collect();
        assert_eq!(found.iter().map(|rhythm| &*rhythm.site).collect::<Vec<_>>(), ids, "seed {seed}");
        for rhythm in found {
            let id = Some(&*rhythm.site);
            let days = days(&territory, &sessions, id);
            let comes = |doctor: &&Doctor| {
                let theirs = |session: &Session| {
                    Some(&*session.site) == id && session.doctor.as_ref() == Some(&doctor.id)
                };
                doctor.specialty.is_none() && sessions.iter().any(theirs)
            };
            let expected = (
                days.iter().filter(|&&visited| visited).count() as u32,
                gap(&days),
                other_times(&territory, &sessions, id),
                territory.doctors.iter().filter(comes).count() as u32,
            );
            let found = (rhythm.visits, rhythm.longest_gap, rhythm.other_times, rhythm.doctors);
            assert_eq!(found, expected, "seed {seed}, {}: {sessions:#?}", rhythm.site);
        }
    }
}

#[test]
fn a_single_visit_leaves_the_whole_cycle_until_the_next() {
    let mut territory = sample::territory();
    territory.calendar.cycle_weeks = 3;
    let sessions = [sample::session(2, Half::Am, "dun", None), sample::session(2, Half::Pm, "dun", None)];
    let found = rhythm(&territory, &sessions);
    assert_eq!((found[0].visits, found[0].longest_gap, found[0].other_times), (1, 21, 0));
}

#[test]
fn sessions_outside_the_cycle_or_the_territory_count_for_no_site() {
    let mut territory = sample::territory();
    territory.sites[0].visits = Some(1);
    let sessions = [0, 1, 3].map(|week| sample::session(week, Half::Am, "alba", None));
    assert_eq!(breaches(&territory, &sessions), []);
    assert_eq!(breaches(&territory, &[sample::session(1, Half::Am, "atlantis", None)]), []);
}
