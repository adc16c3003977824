//! The weeks of the cycle as tables: where each vehicle is on each half-day, and when it drives.

use medicobus_core::calendar::Clock;
use medicobus_core::lang::Lang;
use medicobus_core::plan::text::{day, duration, half, name, number, with_whom};
use medicobus_core::plan::{DayTrip, Plan, Session};
use medicobus_core::problem::Problem;
use medicobus_core::territory::{Site, Vehicle};

use unicode_width::UnicodeWidthStr;

use super::table::{Side, lines, widths};

type Row = [String; 5];

const SIDES: [Side; 5] = [Side::Left, Side::Left, Side::Left, Side::Right, Side::Right];
/// The column of places.
const PLACE: usize = 2;
/// What the other columns leave to it.
const BROADEST: usize = 36;

/// One table for each vehicle and week, all with the same columns.
pub(super) fn itineraries(plan: &Plan, problem: &Problem, lang: Lang) -> String {
    let weeks = problem.territory().calendar.cycle_weeks;
    let mut tables: Vec<(String, Vec<Row>)> = Vec::new();
    for vehicle in &problem.territory().vehicles {
        for week in 1..=weeks {
            let days = plan.days.iter().filter(|day| day.vehicle == vehicle.id && day.week == week);
            let rows: Vec<Row> = days.flat_map(|day| of_day(day, plan, problem, lang)).collect();
            tables.push((title(vehicle, week, weeks, lang), rows));
        }
    }
    let header = header(lang);
    let widths = widths(PLACE, tables.iter().flat_map(|(_, rows)| rows).chain([&header]));
    let mut text = String::new();
    for (title, rows) in tables {
        text.push_str(&format!("\n{title}\n"));
        if rows.is_empty() {
            text.push_str(match lang {
                Lang::Fr => "  aucune séance\n",
                Lang::En => "  no session\n",
            });
        } else {
            text.push_str(&lines(SIDES, widths, std::slice::from_ref(&header)));
            text.push_str(&lines(SIDES, widths, &rows));
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
        Lang::Fr => ["Jour", "Demi-journée", "Lieu", "Départ", "Arrivée"],
        Lang::En => ["Day", "Half-day", "Place", "Leave", "Arrive"],
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
    let mut rows: Vec<Row> = sessions.iter().flat_map(|session| of_session(session, problem, lang)).collect();
    if let Some(first) = rows.first_mut() {
        first[0] = day(trip.day, lang).to_owned();
    }
    if let Some(last) = sessions.last() {
        rows.push(way_back(trip, last.close, lang));
    }
    rows
}

/// Where a session is, and in parentheses what for and with whom; below it where that would be cut.
fn of_session(session: &Session, problem: &Problem, lang: Lang) -> Vec<Row> {
    let stays = || "-".to_owned();
    let place = place(session, problem);
    let whom = with_whom(session, problem.territory());
    let both = whom.as_ref().map_or_else(|| place.clone(), |whom| format!("{place} ({whom})"));
    let (place, below) = if both.width() <= BROADEST { (both, None) } else { (place, whom) };
    let row = [
        String::new(),
        half(session.half, lang).to_owned(),
        place,
        session.leave.map_or_else(stays, |leave| leave.to_string()),
        session.arrive.map_or_else(stays, arrival),
    ];
    let below = below.map(|whom| lines_of(&whom)).unwrap_or_default();
    let below = below.into_iter().map(|line| ["", "", &format!("  {line}"), "", ""].map(str::to_owned));
    [row].into_iter().chain(below).collect()
}

/// An activity and people, one after the other, over as many lines as they need.
fn lines_of(whom: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for part in whom.split(", ") {
        match lines.last_mut() {
            Some(line) if line.width() + 2 + part.width() <= BROADEST - 2 => {
                line.push_str(", ");
                line.push_str(part);
            }
            _ => lines.push(part.to_owned()),
        }
    }
    lines
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
fn way_back(trip: &DayTrip, close: Clock, lang: Lang) -> Row {
    let time = duration(trip.drive, lang);
    let length =
        trip.length.map_or_else(String::new, |length| format!(", {} km", number(length.0 / 1000.0, 0, lang)));
    let (back, drive) = match lang {
        Lang::Fr => ("retour", format!("ce jour : {time} de route{length}")),
        Lang::En => ("back", format!("this day: {time} of driving{length}")),
    };
    [String::new(), back.to_owned(), drive, close.to_string(), arrival(trip.back)]
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
