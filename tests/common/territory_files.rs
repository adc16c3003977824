//! A territory in memory, written as the files that a coordinator would hold.

#[path = "people_files.rs"]
mod people_files;

use std::fmt::Write;
use std::fs;
use std::path::Path;

use medicobus_core::Territory;
use medicobus_core::calendar::{HalfDays, Hours, Weeks};
use medicobus_core::people::Profile;
use medicobus_core::territory::{Base, Capacity};
use medicobus_core::times::TravelTimes;
use medicobus_roads::Millis;

/// How tables are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tables {
    /// `,` and decimal points.
    Plain,
    /// As a French spreadsheet does: a byte order mark, `;`, decimal commas and CRLF.
    French,
}

/// Writes `territory.toml` and its tables into a folder. Durations of the territory are whole minutes.
pub(crate) fn write(folder: &Path, territory: &Territory, times: &TravelTimes, tables: Tables) {
    let files = [
        ("communes.csv", tables.text(communes(territory))),
        ("sites.csv", tables.text(sites(territory))),
        ("times.csv", tables.text(trips(times))),
        ("territory.toml", settings(territory)),
    ];
    for (name, text) in files {
        fs::write(folder.join(name), text).unwrap();
    }
    if let Some(sessions) = people_files::sessions(territory) {
        fs::write(folder.join("sessions.csv"), tables.text(sessions)).unwrap();
    }
}

impl Tables {
    fn text(self, rows: Vec<Vec<String>>) -> String {
        let row = |cells: Vec<String>| match self {
            Tables::Plain => cells.join(",") + "\n",
            Tables::French => cells.join(";").replace('.', ",") + "\r\n",
        };
        let mark = if self == Tables::French { "\u{feff}" } else { "" };
        mark.to_owned() + &rows.into_iter().map(row).collect::<String>()
    }
}

fn row(cells: &[&dyn ToString]) -> Vec<String> {
    cells.iter().map(|cell| cell.to_string()).collect()
}

fn header(names: &str) -> Vec<Vec<String>> {
    vec![names.split(' ').map(str::to_owned).collect()]
}

fn communes(territory: &Territory) -> Vec<Vec<String>> {
    let mut rows = header("code name lat lon population ald elderly other");
    for commune in &territory.communes {
        let [ald, elderly, other] = Profile::ALL.map(|profile| commune.patients[profile].0);
        let (place, inhabitants) = (commune.position, commune.population.unwrap_or(1000.0));
        rows.push(row(&[
            &commune.code,
            &commune.name,
            &place.lat,
            &place.lon,
            &inhabitants,
            &ald,
            &elderly,
            &other,
        ]));
    }
    rows
}

fn sites(territory: &Territory) -> Vec<Vec<String>> {
    let mut rows =
        header("id commune lat lon open min_half_days max_half_days weeks required every visits max_gap");
    let cell = |limit: Option<u32>| limit.map_or_else(String::new, |limit| limit.to_string());
    for site in &territory.sites {
        let (lat, lon) = site
            .position
            .map_or_else(Default::default, |place| (place.lat.to_string(), place.lon.to_string()));
        let open = if site.open == HalfDays::ALL { String::new() } else { site.open.words().join(" ") };
        let (min, max) = (cell(site.min_half_days), cell(site.max_half_days));
        let weeks = listed(site.weeks, territory.calendar.cycle_weeks, " ").unwrap_or_default();
        let required = if site.required { "yes" } else { "" };
        let [every, visits, max_gap] = [site.every, site.visits, site.max_gap].map(cell);
        rows.push(row(&[
            &site.id,
            &site.commune,
            &lat,
            &lon,
            &open,
            &min,
            &max,
            &weeks,
            &required,
            &every,
            &visits,
            &max_gap,
        ]));
    }
    rows
}

/// The weeks of the cycle in a set; None for every week.
fn listed(weeks: Weeks, cycle_weeks: u32, separator: &str) -> Option<String> {
    let list: Vec<String> = weeks.of_cycle(cycle_weeks).map(|week| week.to_string()).collect();
    (weeks != Weeks::ALL).then(|| list.join(separator))
}

fn trips(times: &TravelTimes) -> Vec<Vec<String>> {
    let mut rows = header("from to seconds");
    rows.extend(times.iter().map(|(from, to, trip)| row(&[&from, &to, &trip.time])));
    rows
}

fn minutes(duration: Millis) -> String {
    assert_eq!(duration.0 % 60_000, 0, "not whole minutes: {duration}");
    format!("\"{}min\"", duration.0 / 60_000)
}

fn hours(hours: Hours) -> String {
    format!("\"{}-{}\"", hours.start, hours.end)
}

fn settings(territory: &Territory) -> String {
    let mut text = format!("name = \"{}\"\n", territory.name);
    for table in ["communes", "sites", "times"] {
        writeln!(text, "[{table}]\nfile = \"{table}.csv\"").unwrap();
    }
    let (calendar, care, rules) = (&territory.calendar, &territory.care, &territory.rules);
    let objective = territory.objective;
    writeln!(text, "[objective]\nreached = {:?}\nfollowed = {:?}", objective.reached, objective.followed)
        .unwrap();
    writeln!(
        text,
        "[calendar]\ncycle_weeks = {}\nweeks_per_year = {:?}\nmorning = {}\nafternoon = {}\nlunch_break = {}",
        calendar.cycle_weeks,
        calendar.weeks_per_year,
        hours(calendar.morning),
        hours(calendar.afternoon),
        minutes(calendar.lunch_break)
    )
    .unwrap();
    let capacity = match care.capacity {
        Capacity::Unlimited => "consultations_per_half_day = \"unlimited\"".to_owned(),
        Capacity::PerHalfDay(consultations) => format!("consultations_per_half_day = {consultations:?}"),
        Capacity::Timed { setup, mean } => format!(
            "consultation = {{ first = \"{mean}s\", follow_up = \"{mean}s\", first_share = 0, setup = {} }}",
            minutes(setup)
        ),
    };
    let band = |band: &medicobus_core::territory::ReachBand| {
        format!("{{ within = {}, share = {:?} }}", minutes(band.within), band.share.0)
    };
    let bands: Vec<String> = care.reach.iter().map(band).collect();
    writeln!(text, "[care]\n{capacity}\nreach = [{}]", bands.join(", ")).unwrap();
    if care.unscheduled_share > 0.0 {
        writeln!(text, "unscheduled_share = {:?}", care.unscheduled_share).unwrap();
    }
    for profile in Profile::ALL {
        let of = care.profiles[profile];
        let (visits, weight) = (of.visits_per_year, of.weight);
        writeln!(text, "[care.{profile}]\nvisits_per_year = {visits:?}\nweight = {weight:?}").unwrap();
    }
    writeln!(
        text,
        "[rules]\none_vehicle_per_site = {}\nmin_half_days_per_site = {}",
        rules.one_vehicle_per_site, rules.min_half_days_per_site
    )
    .unwrap();
    if let Some(max) = rules.max_half_days_per_site {
        writeln!(text, "max_half_days_per_site = {max}").unwrap();
    }
    text + &people_files::rules(territory) + &vehicles(territory) + &people_files::sections(territory)
}

fn vehicles(territory: &Territory) -> String {
    let mut text = String::new();
    for vehicle in &territory.vehicles {
        let base = match &vehicle.base {
            Base::Commune(code) => format!("\"{code}\""),
            Base::At(place) => format!("[{:?}, {:?}]", place.lat, place.lon),
        };
        let days = vehicle.days.words();
        writeln!(text, "[[vehicle]]\nid = \"{}\"\nbase = {base}\ndays = {days:?}", vehicle.id).unwrap();
        if let Some(weeks) = listed(vehicle.weeks, territory.calendar.cycle_weeks, ", ") {
            writeln!(text, "weeks = [{weeks}]").unwrap();
        }
        for (key, own) in [("morning", vehicle.morning), ("afternoon", vehicle.afternoon)] {
            if let Some(own) = own {
                writeln!(text, "{key} = {}", hours(own)).unwrap();
            }
        }
        if let Some(most) = vehicle.half_days_per_week {
            writeln!(text, "half_days_per_week = {most}").unwrap();
        }
        writeln!(text, "max_drive_per_day = {}", minutes(vehicle.max_drive_per_day)).unwrap();
    }
    text
}
