//! Calendars that real services published: what each gives by the model, and that a plan of the same means gives no less.

#![allow(clippy::unwrap_used, clippy::print_stderr, reason = "a test may stop, and says what it skips")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use medicobus_core::Problem;
use medicobus_core::plan::Plan;
use medicobus_core::plan::by_hand::{Evaluation, evaluate};
use medicobus_core::territory::{PublishedSession, Territory, read, read_sessions};
use medicobus_core::times::TravelTimes;

/// A calendar, and what it gives.
struct Case {
    /// Folder and file of the territory.
    folder: &'static str,
    territory: &'static str,
    /// Half-days of the cycle.
    sessions: usize,
    /// Weighted people within reach, and followed.
    reached: f64,
    followed: f64,
    /// Names of the rules that it breaks.
    breaks: &'static [&'static str],
}

/// Steps of a search: a second or two without optimisation.
const WORK: &str = "30000";

const CASES: [Case; 6] = [
    Case {
        folder: "porte-de-dromardeche",
        territory: "nine-weeks.toml",
        sessions: 7,
        reached: 8_667.0,
        followed: 715.6,
        breaks: &[],
    },
    Case {
        folder: "vexin",
        territory: "territory.toml",
        sessions: 16,
        reached: 6_094.0,
        followed: 3_281.3,
        breaks: &[],
    },
    Case {
        folder: "roannais",
        territory: "territory.toml",
        sessions: 7,
        reached: 18_974.2,
        followed: 1_878.3,
        breaks: &[],
    },
    Case {
        folder: "doctobus",
        territory: "territory.toml",
        sessions: 48,
        reached: 20_954.7,
        followed: 5_520.0,
        breaks: &[],
    },
    Case {
        folder: "dieppe",
        territory: "territory.toml",
        sessions: 10,
        reached: 8_354.1,
        followed: 2_717.1,
        // Of the half-days of the specialties none is published; they have a price.
        breaks: &[
            "activity_at_least:cardiologie",
            "activity_at_least:diabetologie",
            "activity_at_least:geriatrie",
            "activity_at_least:gynecologie",
        ],
    },
    Case {
        folder: "orne",
        territory: "territory.toml",
        sessions: 7,
        reached: 6_904.7,
        followed: 5_177.5,
        breaks: &[],
    },
];

impl Case {
    fn path(&self, file: &str) -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(self.folder).join(file)
    }

    /// The question, and the calendar, in which nothing is wrong.
    fn read(&self) -> (Problem, Vec<PublishedSession>) {
        let sources = read(&self.path(self.territory)).unwrap();
        assert_eq!(sources.warnings, [], "{}", self.folder);
        let table = read_sessions(&self.path("sessions.csv"), &sources.territory).unwrap();
        assert_eq!(table.warnings, [], "{}", self.folder);
        let times = TravelTimes::estimated(&sources.territory);
        (Problem::new(sources.territory, &times).unwrap(), table.sessions)
    }

    fn evaluated(&self) -> (Problem, Evaluation) {
        let (problem, sessions) = self.read();
        let evaluation = evaluate(&problem, &sessions);
        (problem, evaluation)
    }
}

#[test]
fn each_published_calendar_gives_what_the_model_says() {
    for case in CASES {
        let (_, found) = case.evaluated();
        let plan = &found.plan;
        assert_eq!(plan.sessions.len(), case.sessions, "{}", case.folder);
        for (figure, expected) in [(plan.reached, case.reached), (plan.followed, case.followed)] {
            assert!((figure - expected).abs() <= 0.05, "{}: {figure}, not {expected}", case.folder);
        }
        assert_eq!(found.violations, [], "{}", case.folder);
        let breaks: Vec<String> = found.breaches.iter().map(|breach| breach.rule.to_string()).collect();
        assert_eq!(breaks, case.breaks, "{}", case.folder);
        let penalties = found.plan.priced.as_ref().map_or(0.0, |priced| priced.penalties);
        assert_eq!(penalties, 500.0 * case.breaks.len() as f64, "{}", case.folder);
    }
}

#[test]
fn a_published_calendar_is_a_plan() {
    for case in CASES {
        let (problem, found) = case.evaluated();
        assert!(found.keeps_the_rules(), "{}", case.folder);
        assert_eq!(found.plan.verify(&problem), Ok(()), "{}", case.folder);
    }
}

/// Sessions of a site in each week of the cycle.
fn per_week(territory: &Territory, sessions: &[PublishedSession], site: &str) -> Vec<usize> {
    let in_week =
        |week| sessions.iter().filter(|session| session.week == week && session.site == site).count();
    (1..=territory.calendar.cycle_weeks).map(in_week).collect()
}

fn case(folder: &str) -> &'static Case {
    CASES.iter().find(|case| case.folder == folder).unwrap()
}

#[test]
fn the_calendars_have_the_rhythm_that_was_published() {
    let (problem, sessions) = case("vexin").read();
    let weeks = |site| per_week(problem.territory(), &sessions, site);
    let (morgny, hacqueville, vesly, gisors) = ("27417", "27310", "27682", "27284");
    assert_eq!([morgny, hacqueville, vesly, gisors].map(weeks), [[2, 2], [2, 2], [2, 0], [0, 2]]);

    let (problem, sessions) = case("roannais").read();
    let weeks = |site| per_week(problem.territory(), &sessions, site);
    let (gresle, crozet, villemontais) = ("42104", "42078", "42331");
    assert_eq!([gresle, crozet, villemontais].map(weeks), [[0, 2]; 3]);

    let (problem, sessions) = case("orne").read();
    assert_eq!(per_week(problem.territory(), &sessions, "61309"), [3], "Nocé");

    let (_, sessions) = case("porte-de-dromardeche").read();
    let mut halves = sessions.windows(2).map(|pair| (pair[0].half, pair[1].half));
    assert!(halves.all(|(first, next)| first != next), "mornings and afternoons in turn");

    let (_, found) = case("doctobus").evaluated();
    assert_eq!(found.plan.rhythm.len(), 8);
    for rhythm in &found.plan.rhythm {
        assert!(rhythm.visits == 3 && (14..=21).contains(&rhythm.longest_gap), "{rhythm:?}");
    }
}

/// The checker beside the project, where it can be run.
fn checker() -> Option<PathBuf> {
    let checker = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/tools/check_plan.py");
    let python =
        Command::new("python3").arg("--version").output().is_ok_and(|output| output.status.success());
    if !checker.exists() || !python {
        eprintln!("skipped: {} or python3 is not at hand", checker.display());
        return None;
    }
    Some(checker)
}

/// Plans a case from its calendar on the command line, into a folder.
fn planned(case: &Case, out: &Path, more: &[&str]) -> Plan {
    let output = Command::new(env!("CARGO_BIN_EXE_medicobus"))
        .arg("plan")
        .arg(case.path(case.territory))
        .arg("--from")
        .arg(case.path("sessions.csv"))
        .args(["--work-limit", WORK, "--time-limit", "10min", "--out"])
        .arg(out)
        .args(more)
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{}: {told}", case.folder);
    serde_json::from_slice(&fs::read(out.join("plan.json")).unwrap()).unwrap()
}

/// Plans a case: the plan holds, and gives no less than the published calendar.
#[track_caller]
fn check_plan_of(folder: &str) {
    let case = case(folder);
    let (problem, published) = case.evaluated();
    let out = tempfile::tempdir().unwrap();
    let plan = planned(case, out.path(), &[]);
    assert_eq!(plan.verify(&problem), Ok(()), "{}", case.folder);
    let least = published.value * (1.0 - 1e-9);
    let (value, bound) =
        plan.priced.as_ref().map_or((plan.objective, plan.bound), |priced| (priced.value, priced.bound));
    assert!(value >= least, "{}: {value} under {least}", case.folder);
    assert!(bound >= least, "{}: bound {bound} under {least}", case.folder);
    let Some(checker) = checker() else { return };
    let checked = Command::new("python3")
        .arg(checker)
        .arg(case.path(case.territory))
        .args(["plan.json", "times.csv"].map(|file| out.path().join(file)))
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&checked.stdout);
    assert!(checked.status.success() && told.starts_with("ok "), "{}: {told}", case.folder);
}

#[test]
fn porte_de_dromardeche_gets_no_less_from_a_plan() {
    check_plan_of("porte-de-dromardeche");
}

#[test]
fn the_vexin_gets_no_less_from_a_plan() {
    check_plan_of("vexin");
}

#[test]
fn the_roannais_gets_no_less_from_a_plan() {
    check_plan_of("roannais");
}

#[test]
fn the_doctobus_gives_no_less_by_a_plan() {
    check_plan_of("doctobus");
}

#[test]
fn dieppe_gets_no_less_from_a_plan() {
    check_plan_of("dieppe");
}

#[test]
fn the_perche_gets_no_less_from_a_plan() {
    check_plan_of("orne");
}

/// Vehicle, week, day, half-day and site of each session.
type Slots = BTreeSet<(String, u32, String, String, String)>;

fn slots(plan: &Plan) -> Slots {
    let slot = |session: &medicobus_core::plan::Session| {
        let (day, half) = (session.day.to_string(), session.half.to_string());
        (session.vehicle.clone(), session.week, day, half, session.site.clone())
    };
    plan.sessions.iter().map(slot).collect()
}

/// The greater of the sessions lacking and the sessions added.
fn changes(before: &Slots, after: &Slots) -> usize {
    before.difference(after).count().max(after.difference(before).count())
}

#[test]
fn a_plan_from_a_calendar_changes_as_much_of_it_as_it_may() {
    let case = case("porte-de-dromardeche");
    let (_, published) = case.evaluated();
    let (before, out) = (slots(&published.plan), tempfile::tempdir().unwrap());
    let mut worth = published.value;
    for most in [0, 1, 3] {
        let plan = planned(case, out.path(), &["--max-changes", &most.to_string()]);
        let found = changes(&before, &slots(&plan));
        assert!(found <= most, "{found} changes, where {most} are allowed");
        assert!(plan.objective >= worth * (1.0 - 1e-9), "{} after {worth}", plan.objective);
        worth = plan.objective;
    }
    let dear = planned(case, out.path(), &["--change-price", "1000000"]);
    assert_eq!(slots(&dear), before);
    let cheap = planned(case, out.path(), &["--change-price", "0.001"]);
    let priced = cheap.priced.as_ref().unwrap();
    let found = changes(&before, &slots(&cheap));
    assert!(found > 0 && (priced.penalties - 0.001 * found as f64).abs() < 1e-9, "{priced:?}");
    assert!(priced.value > published.value);
}

#[test]
fn the_readme_shows_what_evaluating_a_calendar_prints() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = fs::read_to_string(root.join("README.md")).unwrap();
    let (_, rest) = readme.split_once("\n$ medicobus evaluate ").unwrap();
    let (arguments, rest) = rest.split_once('\n').unwrap();
    let (_, rest) = rest.split_once("\n```text\n").unwrap();
    let (shown, _) = rest.split_once("\n```").unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_medicobus"))
        .current_dir(root)
        .arg("evaluate")
        .args(arguments.split_whitespace())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    // The program keeps figures together with spaces that do not break; a page for people has plain ones.
    let printed = String::from_utf8(output.stdout).unwrap().replace(['\u{a0}', '\u{202f}'], " ");
    assert_eq!(shown.trim_end(), printed.trim_end());
}
