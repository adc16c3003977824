//! The program among others: threads, pipes, interrupts, and the files it leaves.

#![allow(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "a test may stop at the first surprise, and says what it skips"
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(name)
}

fn medicobus() -> Command {
    Command::new(env!("CARGO_BIN_EXE_medicobus"))
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// Plans into `out`, and expects that it works.
#[track_caller]
fn plan(territory: &Path, out: &Path, more: &[&str]) -> Output {
    let output = medicobus().arg("plan").arg(territory).arg("--out").arg(out).args(more).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    output
}

/// A territory of `side` x `side` communes with three buses and a cycle of two weeks: not planned in a second.
fn hard_territory(side: u32) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let mut communes = "code,name,lat,lon,population,ald,elderly,other\n".to_owned();
    for place in 0..side * side {
        let (row, column) = (place / side, place % side);
        let (lat, lon) = (45.0 + 0.05 * f64::from(row), 5.0 + 0.07 * f64::from(column));
        let patients = [7, 13, 29].map(|step| 5 + (place * step) % 37);
        let [ald, elderly, other] = patients;
        communes += &format!("c{place},Commune {place},{lat},{lon},500,{ald},{elderly},{other}\n");
    }
    let mut territory =
        "name = \"Grille\"\n[communes]\nfile = \"communes.csv\"\n[calendar]\ncycle_weeks = 2\n".to_owned();
    for (id, base) in [("a", 0), ("b", side * side / 2), ("c", side * side - 1)] {
        territory += &format!("[[vehicle]]\nid = \"{id}\"\nbase = \"c{base}\"\n");
    }
    fs::write(folder.path().join("communes.csv"), communes).unwrap();
    fs::write(folder.path().join("territory.toml"), territory).unwrap();
    folder
}

#[test]
fn the_plan_does_not_depend_on_the_number_of_threads() {
    let out = tempfile::tempdir().unwrap();
    let hard = hard_territory(6);
    let cases = [("small", fixture("small/two-vehicles")), ("hard", hard.path().to_owned())];
    for (name, territory) in cases {
        let files = ["1", "2", "7"].map(|threads| {
            let folder = out.path().join(format!("{name}-{threads}"));
            plan(&territory, &folder, &["--threads", threads, "--work-limit", "20000"]);
            ["plan.json", "times.csv"].map(|file| fs::read(folder.join(file)).unwrap())
        });
        assert!(files[0] == files[1] && files[1] == files[2], "{name}");
    }
}

#[test]
fn files_stand_whole_and_alone_and_replace_older_ones() {
    let out = tempfile::tempdir().unwrap();
    let folder = out.path().join("a/b/plan");
    for _ in 0..2 {
        plan(&fixture("small/one-site"), &folder, &[]);
    }
    let mut names: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names, ["plan.json", "times.csv"]);
    let json = text(&fs::read(folder.join("plan.json")).unwrap());
    assert!(json.starts_with("{\n  \"format\": \"medicobus-plan/1\"") && json.ends_with("}\n"), "{json}");
}

#[test]
fn the_times_of_a_plan_make_the_same_plan_again() {
    let out = tempfile::tempdir().unwrap();
    let [first, second] = ["first", "second"].map(|name| out.path().join(name));
    let territory = fixture("small/two-vehicles");
    plan(&territory, &first, &[]);
    let times = first.join("times.csv");
    plan(&territory, &second, &["--times", times.to_str().unwrap()]);
    assert_eq!(fs::read(first.join("plan.json")).unwrap(), fs::read(second.join("plan.json")).unwrap());
}

#[test]
fn a_reader_who_leaves_early_is_no_error() {
    let out = tempfile::tempdir().unwrap();
    let mut child = medicobus()
        .arg("plan")
        .arg(fixture("small/one-site"))
        .arg("--out")
        .arg(out.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), text(&output.stderr)), (Some(0), String::new()));
}

#[test]
fn nothing_but_the_result_goes_to_standard_output() {
    let out = tempfile::tempdir().unwrap();
    let output = plan(&fixture("small/one-site"), out.path(), &[]);
    assert_eq!(text(&output.stderr), "");
    let shown = text(&output.stdout);
    assert!(!shown.contains('\u{1b}'), "colours in {shown:?}");
    assert!(shown.lines().all(|line| line.chars().count() <= 80 || line.contains("times.csv")), "{shown}");
}

#[test]
fn an_empty_plan_is_a_plan_and_says_why() {
    let out = tempfile::tempdir().unwrap();
    let output = plan(&fixture("small/nothing-fits"), out.path(), &[]);
    assert!(text(&output.stderr).starts_with("Avertissement : "), "{}", text(&output.stderr));
    assert!(text(&output.stdout).contains("aucune séance"), "{}", text(&output.stdout));
}

#[test]
fn times_on_roads_are_written_for_a_territory_and_for_points() {
    let out = tempfile::tempdir().unwrap();
    let extract = fixture("neubrandenburg/neubrandenburg.osm.pbf");
    let points = out.path().join("points.csv");
    fs::write(
        &points,
        "id;lat;lon\nBurg Stargard;53,4957;13,3120\nNeubrandenburg;53,5573;13,2611\nBerlin;52,52;13,40\n",
    )
    .unwrap();
    let table = out.path().join("table.csv");
    let times = |from: &[&str]| {
        let output = medicobus()
            .arg("times")
            .args(from)
            .arg("--osm")
            .arg(&extract)
            .arg("--out")
            .arg(&table)
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
        (text(&fs::read(&table).unwrap()), text(&output.stderr))
    };
    let (csv, warning) = times(&["--points", points.to_str().unwrap()]);
    let lines: Vec<&str> = csv.lines().collect();
    assert_eq!(lines.len(), 3, "{csv}");
    assert_eq!(lines[0], "from,to,seconds,metres");
    assert!(lines[1].starts_with("Burg Stargard,Neubrandenburg,"), "{csv}");
    assert!(warning.contains("Berlin"), "{warning}");
    let (none, _) = times(&["--points", points.to_str().unwrap(), "--within", "1min"]);
    assert_eq!(none.lines().count(), 1, "{none}");
    let (of_territory, _) = times(&[fixture("neubrandenburg").to_str().unwrap()]);
    assert!(of_territory.contains("base:bus-1,"), "{of_territory}");
    let (near, _) = times(&[fixture("neubrandenburg").to_str().unwrap(), "--within", "5min"]);
    assert!(near.lines().count() < of_territory.lines().count() / 2, "{near}");
}

#[cfg(unix)]
#[test]
fn an_interrupt_gives_the_best_plan_so_far() {
    use std::thread::sleep;
    use std::time::Duration;

    let (territory, out) = (hard_territory(16), tempfile::tempdir().unwrap());
    let child = medicobus()
        .arg("plan")
        .arg(territory.path())
        .arg("--out")
        .arg(out.path())
        .args(["--time-limit", "10min"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    sleep(Duration::from_millis(250));
    let sent = Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(sent.success());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let (said, shown) = (text(&output.stderr), text(&output.stdout));
    assert!(said.contains("Interruption demandée"), "{said}");
    let cut_short =
        said.contains("Recherche interrompue") && shown.contains("au plus de la meilleure possible");
    assert!(cut_short || shown.contains("solution prouvée optimale"), "{said}{shown}");
    assert!(out.path().join("plan.json").exists());
}

#[cfg(unix)]
#[test]
fn a_folder_that_forbids_writing_is_named() {
    use std::os::unix::fs::PermissionsExt;

    let out = tempfile::tempdir().unwrap();
    fs::set_permissions(out.path(), fs::Permissions::from_mode(0o555)).unwrap();
    if fs::write(out.path().join("probe"), "").is_ok() {
        eprintln!("skipped: this person may write anywhere");
        return;
    }
    let output =
        medicobus().arg("plan").arg(fixture("small/one-site")).arg("--out").arg(out.path()).output().unwrap();
    assert_eq!(output.status.code(), Some(3));
    assert!(text(&output.stderr).contains(out.path().to_str().unwrap()), "{}", text(&output.stderr));
}
