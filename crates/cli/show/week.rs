//! The weeks of the cycle as tables: where each vehicle is on each half-day, and when it drives.

use medicobus_core::calendar::Clock;
use medicobus_core::lang::Lang;
use medicobus_core::plan::text::{day, duration, half, name, number};
use medicobus_core::plan::{DayTrip, Plan, Session};
use medicobus_core::problem::Problem;
use medicobus_core::territory::{Base, Site, Vehicle};

use super::table::{Side, table};

type Row = [String; 6];

const SIDES: [Side; 6] = [Side::Left, Side::Left, Side::Left, Side::Right, Side::Right, Side::Right];
/// The column of places.
const PLACE: usize = 2;

/// One table for each vehicle and week.
pub(super) fn itineraries(plan: &Plan, problem: &Problem, lang: Lang) -> String {
    let weeks = problem.territory().calendar.cycle_weeks;
    let mut text = String::new();
    for vehicle in &problem.territory().vehicles {
        for week in 1..=weeks {
            text.push_str(&format!("\n{}\n", title(vehicle, week, weeks, lang)));
            let days: Vec<&DayTrip> =
                plan.days.iter().filter(|day| day.vehicle == vehicle.id && day.week == week).collect();
            if days.is_empty() {
                text.push_str(match lang {
                    Lang::Fr => "  aucune séance\n",
                    Lang::En => "  no session\n",
                });
            } else {
                let mut rows = vec![header(lang)];
                rows.extend(days.into_iter().flat_map(|day| of_day(day, plan, problem, lang)));
                text.push_str(&table(SIDES, PLACE, &rows));
            }
        }
    }
    text
}

fn title(vehicle: &Vehicle, week: u32, weeks: u32, lang: Lang) -> String {
    let vehicle = name(&vehicle.id);
    match (weeks, lang) {
        (1, Lang::Fr) => format!("Chaque semaine, {vehicle}"),
        (1, Lang::En) => format!("Every week, {vehicle}"),
        (weeks, Lang::Fr) => format!("Semaine {week} sur {weeks}, {vehicle}"),
        (weeks, Lang::En) => format!("Week {week} of {weeks}, {vehicle}"),
    }
}

fn header(lang: Lang) -> Row {
    match lang {
        Lang::Fr => ["Jour", "Demi-journée", "Lieu", "Départ", "Arrivée", "Route du jour"],
        Lang::En => ["Day", "Half-day", "Place", "Leave", "Arrive", "Day's drive"],
    }
    .map(str::to_owned)
}

/// The sessions of a day, and the way back.
fn of_day(trip: &DayTrip, plan: &Plan, problem: &Problem, lang: Lang) -> Vec<Row> {
    let sessions: Vec<&Session> = plan
        .sessions
        .iter()
        .filter(|session| {
            (&session.vehicle, session.week, session.day) == (&trip.vehicle, trip.week, trip.day)
        })
        .collect();
    let mut rows: Vec<Row> = sessions.iter().map(|session| of_session(session, problem, lang)).collect();
    if let Some(first) = rows.first_mut() {
        first[0] = day(trip.day, lang).to_owned();
    }
    if let Some(last) = sessions.last() {
        rows.push(way_back(trip, last.close, problem, lang));
    }
    rows
}

fn of_session(session: &Session, problem: &Problem, lang: Lang) -> Row {
    let stays = || "-".to_owned();
    [
        String::new(),
        half(session.half, lang).to_owned(),
        place(session, problem),
        session.leave.map_or_else(stays, |leave| leave.to_string()),
        session.arrive.map_or_else(stays, arrival),
        String::new(),
    ]
}

/// The commune, and the site where that has a name of its own.
fn place(session: &Session, problem: &Problem) -> String {
    let commune = commune(&session.commune, problem);
    match problem.territory().sites.iter().find(|site| site.id == session.site) {
        Some(Site { name: Some(site), .. }) if *site != commune => format!("{commune}, {}", name(site)),
        _ => commune,
    }
}

/// The return to the base, and the driving of the day.
fn way_back(trip: &DayTrip, close: Clock, problem: &Problem, lang: Lang) -> Row {
    let back = match lang {
        Lang::Fr => "retour",
        Lang::En => "back",
    };
    let time = duration(trip.drive, lang);
    let drive = match trip.length {
        Some(length) => format!("{time}, {} km", number(length.0 / 1000.0, 0, lang)),
        None => time,
    };
    [
        String::new(),
        back.to_owned(),
        base(&trip.vehicle, problem),
        close.to_string(),
        arrival(trip.back),
        drive,
    ]
}

/// The commune where a vehicle spends the night; nothing where only a position is known.
fn base(vehicle: &str, problem: &Problem) -> String {
    let territory = problem.territory();
    match territory.vehicles.iter().find(|known| known.id == vehicle).map(|vehicle| &vehicle.base) {
        Some(Base::Commune(code)) => commune(code, problem),
        _ => String::new(),
    }
}

/// The name of a commune, or its code where the territory does not list it.
fn commune(code: &str, problem: &Problem) -> String {
    let listed = problem.territory().communes.iter().find(|commune| commune.code == code);
    name(listed.map_or(code, |commune| &commune.name))
}

/// When a vehicle has arrived: to the minute, rounded up.
fn arrival(clock: Clock) -> String {
    Clock::at(0, clock.0.0.div_ceil(60_000)).to_string()
}
