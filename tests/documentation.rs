//! What the pages for users state holds: the README shows what its first command prints, and docs/territory.md names
//! every key and every column that is read, and no others.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop at the first surprise")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use medicobus_core::calendar::{Day, Half};
use medicobus_core::territory::{FaultKind, RuleKind, read, read_with_times};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

fn page(path: &str) -> String {
    fs::read_to_string(Path::new(ROOT).join(path)).unwrap()
}

/// The code blocks of a page in this language.
fn blocks<'p>(page: &'p str, language: &str) -> Vec<&'p str> {
    let opening = format!("\n```{language}\n");
    page.split(opening.as_str()).skip(1).map(|rest| rest.split("```").next().unwrap()).collect()
}

/// The words in backquotes that the rows of the tables under a heading start with.
fn documented(page: &str, heading: &str) -> BTreeSet<String> {
    let opening = format!("\n### {heading}\n");
    let Some((_, section)) = page.split_once(opening.as_str()) else {
        panic!("docs/territory.md has no heading {heading}");
    };
    let section = section.split("\n##").next().unwrap();
    let rows = section.lines().filter(|line| line.starts_with("| `"));
    let words = rows.flat_map(|row| row.split('|').nth(1).unwrap().split('`').skip(1).step_by(2));
    words.map(str::to_owned).collect()
}

#[test]
fn the_readme_shows_what_its_first_command_prints() {
    let readme = page("README.md");
    let command = blocks(&readme, "sh")[0].lines().next().unwrap();
    let arguments = command.split('#').next().unwrap().strip_prefix("cargo run --release -- ").unwrap();
    let folder = tempfile::tempdir().unwrap();
    let mut medicobus = Command::new(env!("CARGO_BIN_EXE_medicobus"));
    medicobus.current_dir(&folder);
    for argument in arguments.split_whitespace() {
        let is_fixture = argument.starts_with("fixtures/");
        medicobus.arg(if is_fixture { Path::new(ROOT).join(argument) } else { argument.into() });
    }
    let output = medicobus.output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    // The program keeps figures together with spaces that do not break; a page for people has plain ones.
    let printed = String::from_utf8(output.stdout).unwrap().replace(['\u{a0}', '\u{202f}'], " ");
    assert_eq!(blocks(&readme, "text")[0].trim_end(), printed.trim_end());
}

#[test]
fn every_key_that_a_territory_may_have_is_documented() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("territory.toml");
    let documented_page = page("docs/territory.md");
    let sections: [(&str, &str, &[&str]); 10] = [
        ("territory.toml", "x = 1", &[]),
        ("[objective]", "[objective]\nx = 1", &[]),
        ("[calendar]", "[calendar]\nx = 1", &[]),
        ("[care]", "[care]\nx = 1", &["ald", "elderly", "other"]),
        ("[rules]", "[rules]\nx = 1", &[]),
        ("[[vehicle]]", "[[vehicle]]\nx = 1", &[]),
        ("[[doctor]]", "[[doctor]]\nx = 1", &[]),
        ("[[activity]]", "[[activity]]\nx = 1", &[]),
        ("[[booking]]", "[[booking]]\nx = 1", &[]),
        ("[published]", "[published]\nx = 1", &[]),
    ];
    for (heading, document, groups) in sections {
        fs::write(&file, document).unwrap();
        let error = read(&file).unwrap_err();
        let known = error.faults().iter().find_map(|located| match &located.fault.kind {
            FaultKind::UnknownKey { known, .. } => Some(*known),
            _ => None,
        });
        let mut expected: BTreeSet<String> = known.unwrap().iter().map(|key| (*key).to_owned()).collect();
        for group in groups {
            expected.remove(*group);
            expected.extend(["visits_per_year", "weight"].map(|key| format!("{group}.{key}")));
        }
        if heading == "territory.toml" {
            for table in ["communes", "sites", "times", "roads"] {
                assert!(expected.remove(table), "{table}");
            }
            for section in [
                "objective",
                "calendar",
                "care",
                "rules",
                "vehicle",
                "doctor",
                "activity",
                "booking",
                "published",
            ] {
                assert!(expected.remove(section), "{section}");
            }
        }
        assert_eq!(documented(&documented_page, heading), expected, "{heading}");
    }
    let files = ["communes.file", "roads.file", "sites.file", "times.file"].map(str::to_owned);
    assert_eq!(documented(&documented_page, "[communes], [sites], [times], [roads]"), files.into());
}

#[test]
fn every_rule_that_can_be_relaxed_is_documented() {
    let documented_page = page("docs/territory.md");
    let (_, section) = documented_page.split_once("\n## Rules that can be relaxed\n").unwrap();
    let rows = section.split("\n## ").next().unwrap().lines().filter(|line| line.starts_with("| `"));
    let names: Vec<&str> = rows.map(|row| row.split('`').nth(1).unwrap()).collect();
    assert_eq!(names, RuleKind::ALL.map(RuleKind::code));
}

/// Writes the smallest territory of the page with tables whose columns are those documented, each cell being as given.
fn territory_with_all_columns(folder: &Path, page: &str, cell: impl Fn(&str, &str) -> &'static str) {
    let mut toml = blocks(page, "toml")[0].to_owned();
    for table in ["communes", "sites", "times", "sessions"] {
        let name = format!("{table}.csv");
        let columns: Vec<String> = documented(page, &name).into_iter().collect();
        let cells: Vec<&str> = columns.iter().map(|column| cell(table, column)).collect();
        fs::write(folder.join(&name), format!("{}\n{}\n", columns.join(","), cells.join(","))).unwrap();
        if table == "sessions" {
            toml += &format!("\n[published]\nfile = \"{name}\"\nmax_changes = 1\n");
        } else if table != "communes" {
            toml += &format!("\n[{table}]\nfile = \"{name}\"\n");
        }
    }
    fs::write(folder.join("territory.toml"), toml).unwrap();
}

#[test]
fn the_smallest_territory_with_every_column_documented_is_read_without_a_remark() {
    let folder = tempfile::tempdir().unwrap();
    territory_with_all_columns(folder.path(), &page("docs/territory.md"), |table, column| match column {
        "code" | "commune" | "from" => "26325",
        "id" | "to" | "site" => "hall",
        "vehicle" => "bus-1",
        "day" => "tue",
        "half" => "am",
        "week" | "weeks" | "every" | "visits" => "1",
        "required" | "ferry" => "yes",
        "max_gap" => "7",
        "doctor" | "activity" | "specialist" => "",
        "note" => "as announced",
        "lat" => "45.28",
        "lon" => "4.82",
        "zone" => "ZIP",
        "open" => "mon tue-am",
        "min_half_days" => "1",
        "max_half_days" => "4",
        "name" if table == "sites" => "Salle des fêtes",
        _ => "12",
    });
    let (sources, times) = read_with_times(folder.path(), None).unwrap();
    assert_eq!(sources.warnings, [], "a column that is documented is not read");
    let (commune, site) = (&sources.territory.communes[0], &sources.territory.sites[0]);
    assert_eq!((commune.population, commune.zone.as_deref()), (Some(12.0), Some("ZIP")));
    assert_eq!(site.name.as_deref(), Some("Salle des fêtes"));
    assert_eq!((site.open.len(), site.min_half_days, site.max_half_days), (3, Some(1), Some(4)));
    assert!(site.position.is_some() && site.required);
    assert_eq!((site.every, site.visits, site.max_gap), (Some(1), Some(1), Some(7)));
    assert_eq!(site.weeks.last(), Some(1));
    let session = &sources.territory.published.as_ref().unwrap().sessions[0];
    assert_eq!((session.day, session.half, session.site.as_str()), (Day::Tue, Half::Am, "hall"));
    let trip = times.unwrap().trip("26325", "hall").unwrap();
    assert!(trip.length.is_some() && trip.ferry);
}
