//! Small territories in which every rule of the model may bind, by chance.

use medicobus_core::Territory;
use medicobus_core::calendar::{Day, Half, HalfDays, Hours};
use medicobus_core::people::{ByProfile, Patients, Share};
use medicobus_core::territory::{
    Base, Calendar, Capacity, Care, Commune, Fault, Objective, ProfileCare, ReachBand, Rules, Site, Vehicle,
    faults,
};
use medicobus_core::times::{TimesSource, TravelTimes, Trip};
use medicobus_roads::{Millis, Position};

use crate::random::Random;

/// How large a random territory may be.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Size {
    pub(crate) vehicles: u32,
    /// Most half-days that each vehicle works in a cycle.
    pub(crate) half_days: u32,
}

/// A territory that its own checks accept, with a table of times in which pairs are missing, ways differ there and
/// back, and detours may be shorter than the direct way.
pub(crate) fn random_territory(random: &mut Random, size: Size) -> (Territory, TravelTimes) {
    loop {
        let communes: Vec<Commune> = (0..random.between(3, 6)).map(|rank| commune(rank, random)).collect();
        let sites = sites(&communes, random);
        let cycle_weeks = random.between(1, 3);
        let vehicles = (1..=size.vehicles)
            .map(|rank| vehicle(rank, size.half_days / cycle_weeks, &communes, random))
            .collect();
        let territory = Territory {
            objective: objective(random),
            calendar: calendar(cycle_weeks, random),
            care: care(random),
            rules: rules(random),
            ..Territory::new("by chance", communes, sites, vehicles)
        };
        if !faults(&territory).iter().any(Fault::is_error) {
            let times = times(&territory, random);
            return (territory, times);
        }
    }
}

fn position(random: &mut Random) -> Position {
    let hundredth = |random: &mut Random| f64::from(random.between(0, 30)) / 100.0;
    Position { lat: 45.0 + hundredth(random), lon: 5.0 + hundredth(random) }
}

fn commune(rank: u32, random: &mut Random) -> Commune {
    let mut patients = |most: u32| {
        let half = if random.chance(20) { 0.5 } else { 0.0 };
        Patients(if random.chance(20) { 0.0 } else { f64::from(random.between(0, most)) + half })
    };
    let patients = ByProfile { ald: patients(40), elderly: patients(60), other: patients(300) };
    Commune {
        code: format!("c{rank}"),
        name: format!("Commune {rank}"),
        position: position(random),
        population: None,
        patients,
        zone: None,
    }
}

/// Sites at the centre of their commune, by its code or by a name of their own, or elsewhere; several in one commune.
fn sites(communes: &[Commune], random: &mut Random) -> Vec<Site> {
    let count = random.pick(&[1, 2, 3, 3, 4, 4, 4]);
    (0..count)
        .map(|rank| {
            let code = &communes[random.below(communes.len())].code;
            let id = if *code == format!("c{rank}") && random.chance(50) {
                code.clone()
            } else {
                format!("s{rank}")
            };
            let min = random.chance(25).then(|| random.between(0, 4));
            let max = random.chance(25).then(|| random.between(min.unwrap_or(0), 5));
            Site {
                id: id.clone(),
                position: (id != *code && random.chance(50)).then(|| position(random)),
                open: if random.chance(30) { half_days(14, random) } else { HalfDays::ALL },
                min_half_days: min,
                max_half_days: max,
                ..Site::at_centre(code)
            }
        })
        .collect()
}

/// Some of the half-days of Monday to Thursday and of Saturday afternoon: few enough for vehicles and sites to meet.
fn half_days(most: u32, random: &mut Random) -> HalfDays {
    let mut week: Vec<(Day, Half)> =
        Day::ALL[..4].iter().flat_map(|&day| Half::ALL.map(|half| (day, half))).collect();
    week.push((Day::Sat, Half::Pm));
    let count = random.between(1, most.min(week.len() as u32));
    (0..count).fold(HalfDays::NONE, |set, _| {
        let (day, half) = week.swap_remove(random.below(week.len()));
        set.with(day, half)
    })
}

/// Whole days, some with a half-day more, or half-days by chance.
fn working_week(most: u32, random: &mut Random) -> HalfDays {
    if most < 2 || random.chance(30) {
        return half_days(most, random);
    }
    let whole = random.between(1, (most / 2).min(4));
    let days = Day::ALL[..whole as usize].iter();
    let set = days.fold(HalfDays::NONE, |set, &day| set.with(day, Half::Am).with(day, Half::Pm));
    if set.len() < most && random.chance(40) { set.with(Day::Fri, random.pick(&Half::ALL)) } else { set }
}

fn vehicle(rank: u32, most: u32, communes: &[Commune], random: &mut Random) -> Vehicle {
    let base = match random.chance(50) {
        true => Base::Commune(communes[random.below(communes.len())].code.clone()),
        false => Base::At(position(random)),
    };
    // A few half-days more than there may be, where a weekly limit brings them down again.
    let limited = random.chance(40);
    let days = working_week(if limited { most + 2 } else { most }, random);
    Vehicle {
        days,
        half_days_per_week: limited.then(|| random.between(1, most)),
        max_drive_per_day: Millis::from_minutes(random.pick(&[30, 45, 60, 60, 90, 120])),
        ..Vehicle::new(&format!("bus-{rank}"), base)
    }
}

fn objective(random: &mut Random) -> Objective {
    let (reached, followed) = random.pick(&[
        (1.0, 1.0),
        (1.0, 1.0),
        (0.0, 1.0),
        (1.0, 0.0),
        (0.3, 2.7),
        (1000.0, 0.01),
        (0.02, 30.0),
    ]);
    Objective { reached, followed }
}

/// Noon pauses of an hour, of which lunch may leave nothing, or of none at all.
fn calendar(cycle_weeks: u32, random: &mut Random) -> Calendar {
    let no_pause = random.chance(10);
    Calendar {
        cycle_weeks,
        weeks_per_year: random.pick(&[46.0, 52.0, 10.3]),
        afternoon: if no_pause { Hours::new((13, 0), (17, 30)) } else { Hours::new((14, 0), (18, 0)) },
        lunch_break: Millis::from_minutes(if no_pause { 0 } else { random.pick(&[0, 30, 30, 45, 60]) }),
        ..Calendar::default()
    }
}

fn care(random: &mut Random) -> Care {
    let capacity = match random.chance(10) {
        true => Capacity::Unlimited,
        false => Capacity::PerHalfDay(random.pick(&[12.0, 7.3, 1.0, 0.037, 40.5])),
    };
    let all = [(5, 1.0), (10, 0.8), (15, 0.6667), (20, 0.3333), (30, 0.05)];
    let (first, last) = random.pick(&[(0, 2), (0, 3), (1, 3), (1, 1), (2, 3), (2, 4), (3, 3)]);
    let reach = all[first..=last]
        .iter()
        .map(|&(minutes, share)| ReachBand { within: Millis::from_minutes(minutes), share: Share(share) })
        .collect();
    let mut profile = |visits: f64, weight: f64| ProfileCare {
        visits_per_year: random.pick(&[visits, visits, 3.0, 0.3]),
        weight: random.pick(&[weight, weight, weight, 3.0, 0.0]),
    };
    let profiles =
        ByProfile { ald: profile(6.0, 10.0), elderly: profile(4.5, 5.0), other: profile(2.2, 1.0) };
    Care { capacity, reach, profiles, ..Care::default() }
}

fn rules(random: &mut Random) -> Rules {
    let min = random.pick(&[1, 1, 0, 2, 3]);
    Rules {
        one_vehicle_per_site: random.chance(50),
        min_half_days_per_site: min,
        max_half_days_per_site: random.chance(30).then(|| random.between(min, 4)),
        ..Rules::default()
    }
}

/// Half of the times are whole minutes, so that limits are often met exactly.
fn time(random: &mut Random) -> Millis {
    let minutes = Millis::from_minutes(random.pick(&[0, 5, 5, 10, 10, 15, 15, 20, 20, 25, 30, 40]));
    if random.chance(50) { minutes } else { Millis(random.between(1, 1_800_000)) }
}

/// Any name to any site, and sites to bases; a base by its own name, by the code of its commune, or by both.
fn times(territory: &Territory, random: &mut Random) -> TravelTimes {
    let mut times = TravelTimes::new(TimesSource::Table);
    let missing = random.pick(&[0, 0, 10, 30]);
    let mut names: Vec<String> = territory.communes.iter().map(|commune| commune.code.clone()).collect();
    let mut bases = names.clone();
    for vehicle in &territory.vehicles {
        if matches!(vehicle.base, Base::At(_)) || random.chance(50) {
            bases.push(format!("base:{}", vehicle.id));
        }
    }
    let sites: Vec<String> = territory.sites.iter().map(|site| site.id.clone()).collect();
    names.extend(bases.iter().chain(&sites).cloned());
    names.sort();
    names.dedup();
    for from in &names {
        for to in &names {
            let used = sites.contains(to) || sites.contains(from) && bases.contains(to);
            if used && from != to && !random.chance(missing) {
                times.insert(from, to, Trip { time: time(random), length: None, ferry: false });
            }
        }
    }
    times
}
