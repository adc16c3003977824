//! Plans of the command line, checked from their files by a program that shares no code with it.
//!
//! It is `check_plan.py` beside the project; without it, or without Python, these tests say so and pass.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test may stop, and says what it skips"
)]

#[path = "common/random.rs"]
mod random;
#[path = "common/random_people.rs"]
mod random_people;
#[path = "common/random_territory.rs"]
mod random_territory;
#[path = "common/scattered.rs"]
mod scattered;
#[path = "common/territory_files.rs"]
mod territory_files;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use medicobus_core::plan::{Plan, Status};
use medicobus_core::territory::{self, Fault, faults};
use random::Random;
use random_people::with_people;
use random_territory::{Size, random_territory};
use scattered::scattered;
use tempfile::TempDir;
use territory_files::{Tables, write};

fn beside(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared").join(path)
}

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(name)
}

/// Whether the checker can be run with these files of the folder beside the project; says what is absent.
fn at_hand(files: &[&str]) -> bool {
    let absent = files.iter().chain(&["tools/check_plan.py"]).find(|file| !beside(file).exists());
    if let Some(file) = absent {
        eprintln!("skipped: {} is not at hand", beside(file).display());
        return false;
    }
    let python =
        Command::new("python3").arg("--version").output().is_ok_and(|output| output.status.success());
    if !python {
        eprintln!("skipped: python3 is not at hand");
    }
    python
}

fn plan(territory: &Path, out: &Path, more: &[&str]) -> Output {
    let program = env!("CARGO_BIN_EXE_medicobus");
    Command::new(program).arg("plan").arg(territory).arg("--out").arg(out).args(more).output().unwrap()
}

/// Plans a folder, and has the plan checked.
#[track_caller]
fn checked_plan(folder: &Path, more: &[&str]) -> Plan {
    let (plan, told) = checked_plan_if_any(folder, more);
    plan.unwrap_or_else(|| panic!("{}: {told}", folder.display()))
}

/// The same where rules may conflict: then what is told of it.
#[track_caller]
fn checked_plan_if_any(folder: &Path, more: &[&str]) -> (Option<Plan>, String) {
    let out = tempfile::tempdir().unwrap();
    let planned = plan(folder, out.path(), more);
    let told = String::from_utf8_lossy(&planned.stderr).into_owned();
    if planned.status.code() == Some(1) {
        return (None, told);
    }
    assert_eq!(planned.status.code(), Some(0), "{}: {told}", folder.display());
    let checked = Command::new("python3")
        .arg(beside("tools/check_plan.py"))
        .arg(folder.join("territory.toml"))
        .args(["plan.json", "times.csv"].map(|file| out.path().join(file)))
        .output()
        .unwrap();
    let told = [checked.stdout, checked.stderr].map(|text| String::from_utf8(text).unwrap());
    assert!(checked.status.success() && told[0].starts_with("ok "), "{}: {told:?}", folder.display());
    let plan = serde_json::from_slice(&fs::read(out.path().join("plan.json")).unwrap()).unwrap();
    (Some(plan), told.concat())
}

/// A folder that stays when a test stops, so that the case can be looked at.
fn kept_if_it_fails(folder: TempDir, check: impl FnOnce(&Path)) {
    let kept = folder.keep();
    check(&kept);
    fs::remove_dir_all(kept).unwrap();
}

#[test]
fn plans_of_the_fixtures_hold() {
    if !at_hand(&[]) {
        return;
    }
    let mut folders: Vec<PathBuf> =
        fs::read_dir(fixture("small")).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.retain(|folder| folder.is_dir());
    folders.extend(["porte-de-dromardeche", "neubrandenburg"].map(fixture));
    for folder in folders {
        checked_plan(&folder, &["--work-limit", "1000000"]);
    }
}

#[test]
fn plans_of_territories_by_chance_hold() {
    if !at_hand(&[]) {
        return;
    }
    for seed in 0..60 {
        let size = Size { vehicles: 1 + (seed % 2) as u32, half_days: 8 };
        let (territory, times) = random_territory(&mut Random(seed), size);
        let tables = if seed % 3 == 0 { Tables::French } else { Tables::Plain };
        let folder = tempfile::Builder::new().prefix(&format!("seed-{seed}-")).tempdir().unwrap();
        write(folder.path(), &territory, &times, tables);
        kept_if_it_fails(folder, |folder| {
            checked_plan(folder, &[]);
        });
    }
}

#[test]
fn territories_with_people_are_read_as_they_were_written() {
    for seed in 0..80 {
        let mut random = Random(seed);
        let (territory, times) = random_territory(&mut random, Size { vehicles: 1, half_days: 6 });
        let territory = with_people(&territory, &mut random);
        let folder = tempfile::tempdir().unwrap();
        let tables = if seed % 3 == 0 { Tables::French } else { Tables::Plain };
        write(folder.path(), &territory, &times, tables);
        kept_if_it_fails(folder, |folder| {
            let (sources, _) = territory::read_with_times(folder, None).unwrap();
            let read = sources.territory;
            let told = || format!("seed {seed}, {}", folder.display());
            assert_eq!(read.rules, territory.rules, "{}", told());
            assert_eq!(read.doctors, territory.doctors, "{}", told());
            assert_eq!(read.activities, territory.activities, "{}", told());
            assert_eq!(read.bookings, territory.bookings, "{}", told());
            assert_eq!(read.published, territory.published, "{}", told());
        });
    }
}

#[test]
fn plans_with_people_by_chance_hold_or_conflict() {
    if !at_hand(&[]) {
        return;
    }
    let (mut plans, mut conflicts) = (0, 0);
    for seed in 0..30 {
        let mut random = Random(seed);
        let (territory, times) = random_territory(&mut random, Size { vehicles: 1, half_days: 6 });
        let mut territory = with_people(&territory, &mut random);
        // The checker knows no prices, and takes a bound on the value for one on the objective.
        territory.rules.soft.clear();
        if faults(&territory).iter().any(Fault::is_error) {
            continue;
        }
        let folder = tempfile::Builder::new().prefix(&format!("seed-{seed}-")).tempdir().unwrap();
        write(folder.path(), &territory, &times, Tables::Plain);
        kept_if_it_fails(folder, |folder| {
            let (plan, told) = checked_plan_if_any(folder, &["--work-limit", "1000000"]);
            match plan {
                Some(_) => plans += 1,
                None => conflicts += 1,
            }
            assert!(plan.is_some() || told.contains("Aucun plan"), "{}: {told}", folder.display());
        });
    }
    assert!(plans >= 5 && conflicts >= 3, "{plans} plans, {conflicts} conflicts");
}

#[test]
fn plans_of_ordinary_territories_hold() {
    if !at_hand(&[]) {
        return;
    }
    for (vehicles, weeks, tables) in [(1, 1, Tables::French), (1, 3, Tables::Plain), (2, 2, Tables::French)] {
        let problem = scattered(16, vehicles, weeks, &mut Random(u64::from(weeks)));
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), problem.territory(), problem.times(), tables);
        kept_if_it_fails(folder, |folder| {
            checked_plan(folder, &["--work-limit", "100000"]);
        });
    }
}

#[test]
fn forty_communes_have_the_known_optimum() {
    let folder = "data/planning/small-1";
    if !at_hand(&[folder]) {
        return;
    }
    let plan = checked_plan(&beside(folder), &["--gap", "0", "--work-limit", "1000000"]);
    assert_eq!(plan.status, Status::Optimal);
    assert!((plan.objective - 11_933.924_3).abs() < 1e-4, "{}", plan.objective);
}

#[test]
fn two_hundred_communes_have_a_plan_and_a_bound() {
    let folder = "data/planning/medium-1";
    if !at_hand(&[folder]) {
        return;
    }
    let plan = checked_plan(&beside(folder), &["--work-limit", "1000"]);
    // The bound of the linear relaxation is known; no plan exceeds it.
    assert!(plan.bound >= plan.objective && plan.objective <= 81_089.68 * (1.0 + 1e-6), "{}", plan.objective);
}

/// Need by the formula that the fixtures use, with 10 % in ALD and 8 % elderly; two vehicles.
#[test]
fn all_of_corsica_is_planned_on_its_roads() {
    let (source, extract) = ("data/communes/communes.csv", "data/osm/corsica.osm.pbf");
    if !at_hand(&[source, extract]) {
        return;
    }
    let mut communes = "code,name,lat,lon,population,ald,elderly,other\n".to_owned();
    for line in fs::read_to_string(beside(source)).unwrap().lines() {
        let cells: Vec<&str> = line.split(',').collect();
        let [code, name, "2A" | "2B", _, _, _, population, lat, lon, ..] = cells[..] else { continue };
        let all = (0.11 * 0.8 * population.parse::<f64>().unwrap()).round();
        let (ald, elderly) = ((0.1 * all).round(), (0.08 * all).round());
        let other = all - ald - elderly;
        communes += &format!("{code},{name},{lat},{lon},{population},{ald},{elderly},{other}\n");
    }
    assert_eq!(communes.lines().count(), 1 + 360);
    let territory = "name = \"Corse\"\n[communes]\nfile = \"communes.csv\"\n\
        [[vehicle]]\nid = \"ajaccio\"\nbase = \"2A004\"\n[[vehicle]]\nid = \"bastia\"\nbase = \"2B033\"\n";
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("communes.csv"), communes).unwrap();
    fs::write(folder.path().join("territory.toml"), territory).unwrap();
    let extract = beside(extract);
    let plan = checked_plan(folder.path(), &["--osm", extract.to_str().unwrap(), "--work-limit", "100000"]);
    assert_eq!(plan.sessions.len(), 20);
}
