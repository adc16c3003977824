//! Whole days at one site, for one doctor or two.

use super::*;

#[test]
fn no_calendar_with_whole_days_is_worth_more_than_the_bound() {
    let (mut whole, mut paid) = (0, 0);
    for seed in 0..160 {
        let random = &mut Random::new(seed);
        let (mut territory, times) = near_each_other(2, 1);
        territory.calendar.cycle_weeks = 1;
        // No time to go from one site to the other at noon.
        territory.calendar.lunch_break = Millis::from_minutes(60);
        territory.care.capacity = Capacity::PerHalfDay(1.0 + random.below(4) as f64);
        let days: [&[&str]; 3] = [&["mon"], &["mon", "tue-am"], &["mon", "wed"]];
        territory.vehicles[0].days = half_days(days[random.below(3)]);
        let hours: [&[&str]; 5] =
            [&["mon-am"], &["mon-pm", "wed"], &["mon", "tue"], &["wed-am", "mon-pm"], &["mon"]];
        for id in ["alix", "berthe", "claude"].into_iter().take(2 + random.below(2)) {
            let mut doctor = Doctor { days: half_days(hours[random.below(5)]), ..Doctor::new(id) };
            doctor.half_days_per_week = (random.unit() < 0.3).then_some(1);
            territory.doctors.push(doctor);
        }
        if random.unit() < 0.4 {
            let remote = ActivityKind::Remote { consultations_per_half_day: 2.0 };
            let kind = if random.unit() < 0.5 { ActivityKind::Specialty } else { remote };
            if kind == ActivityKind::Specialty {
                territory.doctors[0].specialty = Some("extra".to_owned());
            } else {
                territory.doctors[0].remote = true;
            }
            let (id, at_most) = ("extra".to_owned(), (random.unit() < 0.5).then_some(1));
            let share = 1.0;
            territory.activities =
                vec![Activity { id, name: None, kind, share, at_least: 0, at_most, sites: None }];
        }
        territory.rules.doctors_per_site = Some(1);
        if random.unit() < 0.6 {
            soft(&mut territory, RuleKind::DoctorsPerSite, None, random.below(3) as f64 + 0.5);
            paid += 1;
        }
        if random.unit() < 0.2 {
            soft(&mut territory, RuleKind::DoctorNeeded, None, 1.0);
        }
        let problem = Problem::new(territory.clone(), &times).unwrap();
        let best = brute::best_by_counts(&problem);
        let top = best.values().copied().fold(f64::NEG_INFINITY, f64::max);
        whole += usize::from(best.iter().any(|(counts, value)| counts[0].contains(&2) && *value == top));
        let proof = bounded(&problem, f64::NEG_INFINITY, 60, &mut |_, _, _| None);
        assert!(proof.bound >= top - 1e-6, "seed {seed}: bound {}, best {top}: {territory:?}", proof.bound);
    }
    assert!(whole > 40 && paid > 40, "{whole} whole days, {paid} with a price");
}
