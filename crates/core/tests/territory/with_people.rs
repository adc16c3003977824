//! A territory with everything that people decide: weeks, doctors, activities, bookings and a published calendar; and
//! ways to break it.

use std::fs;

use medicobus_core::lang::Lang;
use medicobus_core::territory::Severity;

use super::folder::Folder;

pub(crate) const TOML: &str = r#"name = "Essai"
[communes]
file = "communes.csv"
[sites]
file = "sites.csv"
[times]
file = "times.csv"
[calendar]
cycle_weeks = 4
year = 2026
[care]
consultation = { first = "40min", follow_up = "20min", first_share = 0.25, setup = "30min" }
unscheduled_share = 0.1
[rules]
max_gap = 14
same_time = true
doctors_per_site = 2
prevention_share = 0.05
soft = [
  { rule = "max_gap:halle", price = 10 },
  { rule = "required:1", price = 5.5 },
  { rule = "changes", price = 1 },
]
[[vehicle]]
id = "bus-1"
base = "26325"
weeks = [1, 2, 3]
morning = "08:30-12:30"
afternoon = "13:30-17:30"
[[vehicle]]
id = "bus-2"
base = [45.1, 4.9]
[[doctor]]
id = "durand"
name = "Dr Durand"
days = ["mon", "tue-am"]
weeks = "odd"
away = [{ weeks = [3], half_days = ["mon-pm"] }, { weeks = [4] }]
half_days_per_week = 2
half_days_per_cycle = 3
employer = "territorial"
born = 1960
departments = ["26", "07"]
prefers = ["halle"]
refuses = ["26325"]
[[doctor]]
id = "martin"
specialty = "cardio"
[[doctor]]
id = "loin"
remote = true
[[activity]]
id = "cardio"
name = "Cardiologie"
kind = "specialty"
share = 0.5
at_least = 1
at_most = 2
sites = ["halle"]
[[activity]]
id = "depistage"
kind = "prevention"
[[activity]]
id = "distance"
kind = "remote"
consultations_per_half_day = 8
[[booking]]
kind = "required"
site = "halle"
weeks = [2, 4]
half_days = ["mon"]
[[booking]]
kind = "forbidden"
vehicle = "bus-1"
half_days = ["fri-pm"]
[[booking]]
kind = "locked"
vehicle = "bus-1"
site = "halle"
weeks = "odd"
half_days = ["tue-am"]
doctor = "durand"
activity = "general"
[published]
file = "sessions.csv"
max_changes = 3
"#;

pub(crate) const SITES: &str = "\
id,commune,open,weeks,required,every,visits,max_gap
26325,26325,,odd,,2,2,
halle,26002,mon tue-am,1 2 3 4,oui,1,5,10
";

pub(crate) const SESSIONS: &str = "\
vehicle,week,day,half,site,doctor,activity,note
bus-1,1,mon,am,halle,durand,,as announced
bus-1,1,mardi,matin,halle,martin,cardio,
bus-2,4,Lun,après-midi,26325,,general,
";

/// The folder of the territory.
pub(crate) fn folder() -> Folder {
    let folder = Folder::valid();
    for (file, text) in [("territory.toml", TOML), ("sites.csv", SITES), ("sessions.csv", SESSIONS)] {
        folder.write(file, text);
    }
    folder
}

/// The territory with one text of a file replaced, which must be there.
pub(crate) fn replacing(file: &str, from: &str, to: &str) -> Folder {
    let folder = folder();
    let text = fs::read_to_string(folder.path(file)).unwrap();
    assert!(text.contains(from), "{file} has no {from:?}");
    folder.write(file, text.replacen(from, to, 1));
    folder
}

/// A change brings about exactly one fault, of that severity, on that line and with these words.
#[track_caller]
pub(crate) fn check(
    severity: Severity,
    file: &str,
    from: &str,
    to: &str,
    line: u64,
    french: &str,
    english: &str,
) {
    let faults = replacing(file, from, to).faults();
    let said = faults.iter().map(|fault| fault.message(Lang::Fr)).collect::<Vec<_>>().join("\n");
    let context = format!("{from} -> {to} in {file}:\n{said}");
    assert_eq!(faults.len(), 1, "{context}");
    assert_eq!(faults[0].fault.severity(), severity, "{context}");
    assert_eq!(faults[0].file.file_name().unwrap().to_str().unwrap(), file, "{context}");
    assert_eq!(faults[0].line, Some(line), "{context}");
    assert!(said.contains(french), "{french:?} is not said: {context}");
    let message = faults[0].message(Lang::En);
    assert!(message.contains(english), "{english:?} is not said: {message}");
}

#[track_caller]
pub(crate) fn wrong(from: &str, to: &str, line: u64, french: &str, english: &str) {
    check(Severity::Error, "territory.toml", from, to, line, french, english);
}

#[track_caller]
pub(crate) fn doubtful(from: &str, to: &str, line: u64, french: &str, english: &str) {
    check(Severity::Warning, "territory.toml", from, to, line, french, english);
}

#[track_caller]
pub(crate) fn site(from: &str, to: &str, line: u64, french: &str, english: &str) {
    check(Severity::Error, "sites.csv", from, to, line, french, english);
}

#[track_caller]
pub(crate) fn session(from: &str, to: &str, line: u64, french: &str, english: &str) {
    check(Severity::Error, "sessions.csv", from, to, line, french, english);
}
