//! The fixtures state where each figure comes from: what is computed by a formula is computed again here.

#![allow(clippy::unwrap_used, clippy::print_stderr, reason = "a test may stop, and says what it skips")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use medicobus_core::territory::{read, read_with_times};
use medicobus_core::times::TravelTimes;
use medicobus_core::{Problem, SolveOptions, solve};
use medicobus_roads::{Profile, RoadNetwork, Watch};

/// The rows of a plain CSV file, by the names of its columns.
fn rows(path: &Path) -> Option<Vec<BTreeMap<String, String>>> {
    let Ok(text) = fs::read_to_string(path) else {
        eprintln!("skipped: {} is not at hand", path.display());
        return None;
    };
    let mut lines = text.lines();
    let names: Vec<&str> = lines.next()?.split(',').collect();
    let row = |line: &str| {
        names.iter().zip(line.split(',')).map(|(n, v)| ((*n).to_owned(), v.to_owned())).collect()
    };
    Some(lines.map(row).collect())
}

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(name)
}

/// People without a médecin traitant by the formula of both READMEs, from inhabitants and from the shares, in percent,
/// of people with an ALD and aged 75 or more: `ald,elderly,other`.
fn need(population: f64, ald_percent: f64, percent_of_75: f64) -> String {
    let all = (0.11 * 0.8 * population).round();
    let ald = (0.054 * ald_percent / 100.0 * population).round();
    let elderly = (0.054 * percent_of_75 / 100.0 * 0.5 * population).round();
    format!("{ald},{elderly},{}", all - ald - elderly)
}

fn counted(commune: &BTreeMap<String, String>) -> String {
    format!("{},{},{}", commune["ald"], commune["elderly"], commune["other"])
}

/// A figure of a commune; None where the source has none.
fn figure(commune: &BTreeMap<String, String>, column: &str) -> Option<f64> {
    Some(&commune[column]).filter(|text| !text.is_empty()).map(|text| text.parse().unwrap())
}

/// The mean of the communes that have a figure, by inhabitants, to one decimal.
fn mean(communes: &[&BTreeMap<String, String>], column: &str) -> f64 {
    let known: Vec<(f64, f64)> = communes
        .iter()
        .filter_map(|commune| Some((figure(commune, column)?, figure(commune, "population")?)))
        .collect();
    let (sum, people) =
        known.iter().fold((0.0, 0.0), |(sum, people), (value, of)| (sum + value * of, people + of));
    (10.0 * sum / people).round() / 10.0
}

/// The fixtures of services that exist, how many communes each has, and whether that is all of these EPCI.
const SERVICES: [(&str, usize, &[&str]); 6] = [
    ("porte-de-dromardeche", 34, &["200040491"]),
    ("vexin", 39, &["200071843"]),
    ("roannais", 65, &["200035731", "200035202"]),
    ("doctobus", 74, &["200071454"]),
    ("dieppe", 78, &[]),
    ("orne", 71, &["200068435", "200071504", "200068856", "200036069"]),
];

#[test]
fn the_communes_of_real_services_are_those_of_the_source_with_the_need_stated() {
    let source = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data/communes/communes.csv"));
    let Some(source) = rows(source) else { return };
    let by_code: BTreeMap<&str, _> = source.iter().map(|row| (row["insee"].as_str(), row)).collect();
    for (service, count, epci) in SERVICES {
        let communes = rows(&fixture(service).join("communes.csv")).unwrap();
        assert_eq!(communes.len(), count, "{service}");
        let real: Vec<_> = communes.iter().map(|commune| by_code[commune["code"].as_str()]).collect();
        let of_epci = source.iter().filter(|row| epci.contains(&row["epci_code"].as_str()));
        for row in of_epci {
            assert!(real.contains(&row), "{service} lacks {}", row["name"]);
        }
        let columns = ["bv_ald_share_2024", "bv_share75_2022"];
        let means = columns.map(|column| mean(&real, column));
        for (commune, real) in communes.iter().zip(&real) {
            for (mine, theirs) in [
                ("name", "name"),
                ("lat", "lat"),
                ("lon", "lon"),
                ("population", "population"),
                ("zone", "zonage"),
            ] {
                assert_eq!(commune[mine], real[theirs]);
            }
            let population = figure(real, "population").unwrap();
            let [ald, old] = [0, 1].map(|of| figure(real, columns[of]).unwrap_or(means[of]));
            assert_eq!(counted(commune), need(population, ald, old), "{service}: {}", commune["name"]);
        }
    }
}

#[test]
fn the_35_places_of_neubrandenburg_have_the_need_stated_and_the_town_none() {
    let communes = rows(&fixture("neubrandenburg/communes.csv")).unwrap();
    assert_eq!(communes.len(), 35);
    for commune in communes {
        let expected = match commune["name"].as_str() {
            "Neubrandenburg" => "0,0,0".to_owned(),
            _ => need(commune["population"].parse().unwrap(), 18.0, 10.0),
        };
        assert_eq!(counted(&commune), expected, "{}", commune["name"]);
    }
}

/// The folders of the hand-made territories.
fn small() -> Vec<PathBuf> {
    let entries = fs::read_dir(fixture("small")).unwrap();
    let mut folders: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    folders.retain(|folder| folder.is_dir());
    folders.sort();
    assert_eq!(folders.len(), 10);
    folders
}

/// The figures of an `expected.toml`, by name.
fn expected(folder: &Path) -> BTreeMap<String, f64> {
    let text = fs::read_to_string(folder.join("expected.toml")).unwrap();
    let figures = text.lines().filter_map(|line| line.split_once(" = "));
    figures.map(|(name, figure)| (name.to_owned(), figure.parse().unwrap())).collect()
}

#[test]
fn small_territories_have_the_optimum_worked_out_by_hand() {
    for folder in small() {
        let case = folder.display();
        let (sources, times) = read_with_times(&folder, None).unwrap();
        let problem = Problem::new(sources.territory, &times.unwrap()).unwrap();
        let options = SolveOptions { gap: 0.0, ..SolveOptions::default() };
        let plan = solve(&problem, &options, &|_| {}).plan;
        assert_eq!(plan.verify(&problem), Ok(()), "{case}");
        let expected = expected(&folder);
        let close = |name: &str, found: f64| {
            let optimum = expected[name];
            assert!(
                (found - optimum).abs() <= 1e-6 * optimum.max(1.0),
                "{case}: {name} {found}, not {optimum}"
            );
        };
        close("objective", plan.objective);
        close("objective", plan.bound);
        close("reached", plan.reached);
        close("followed", plan.followed);
        assert_eq!(plan.sessions.len() as f64, expected["sessions"], "{case}");
    }
}

#[test]
fn every_fixture_is_read_without_a_warning() {
    let mut folders = small();
    folders.extend(SERVICES.map(|(service, ..)| fixture(service)));
    folders.extend([fixture("porte-de-dromardeche/nine-weeks.toml"), fixture("neubrandenburg")]);
    for folder in folders {
        let (sources, _) = read_with_times(&folder, None).unwrap();
        assert!(sources.warnings.is_empty(), "{}: {:?}", folder.display(), sources.warnings);
    }
}

#[test]
fn all_of_neubrandenburg_is_on_roads() {
    let sources = read(&fixture("neubrandenburg")).unwrap();
    let territory = &sources.territory;
    let network = RoadNetwork::read(&sources.roads[0], &Profile::van(), &Watch::none()).unwrap();
    let times = TravelTimes::on_roads(territory, &network, &Watch::none()).unwrap();
    for site in &territory.sites {
        assert_eq!(times.why_out_of_reach(&site.id), None, "{}", site.id);
        assert!(times.trip("base:bus-1", &site.id).is_some(), "no way from the base to {}", site.id);
        assert!(times.trip(&site.id, "base:bus-1").is_some(), "no way from {} to the base", site.id);
    }
}
