//! What people get wrong. Each case breaks one thing of a territory that works: the program must say which file and
//! line, in the language asked for, exit 2 (3 where a file cannot be read or written), write nothing and never panic.

#![allow(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "a test may stop at the first surprise, and says what it skips"
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

const TERRITORY: &str = r#"name = "Les Collines"
[communes]
file = "communes.csv"
[sites]
file = "sites.csv"
[times]
file = "times.csv"
[[vehicle]]
id = "bus"
base = "26001"
days = ["mon"]
"#;
const COMMUNES: &str = "code,name,lat,lon,population,ald,elderly,other\n\
    26001,Amont,45.0,5.0,900,10,20,30\n\
    26002,Bourg,45.1,5.0,800,40,50,60\n";
const SITES: &str = "id,commune,lat,lon,open,min_half_days,max_half_days\n\
    26001,26001,,,,,\n\
    halle,26002,45.1,5.01,mon,1,2\n";
const TIMES: &str = "from,to,seconds\n26001,halle,600\nhalle,26001,600\n26002,halle,60\n26002,26001,600\n";

/// A territory that works, in a folder of its own.
struct Sound(TempDir);

impl Sound {
    fn new() -> Sound {
        let folder = tempfile::tempdir().unwrap();
        let files = [
            ("territory.toml", TERRITORY),
            ("communes.csv", COMMUNES),
            ("sites.csv", SITES),
            ("times.csv", TIMES),
        ];
        for (name, text) in files {
            fs::write(folder.path().join(name), text).unwrap();
        }
        Sound(folder)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Replaces a text that stands in a file, once.
    fn replace(&self, file: &str, from: &str, to: &str) {
        let text = fs::read_to_string(self.path(file)).unwrap();
        assert!(text.contains(from), "{file} does not hold {from:?}");
        fs::write(self.path(file), text.replacen(from, to, 1)).unwrap();
    }

    fn write(&self, file: &str, bytes: impl AsRef<[u8]>) {
        fs::write(self.path(file), bytes).unwrap();
    }

    fn append(&self, file: &str, text: &str) {
        let old = fs::read_to_string(self.path(file)).unwrap();
        self.write(file, old + text);
    }

    /// Gives the territory a published calendar of these rows.
    fn publish(&self, rows: &str) {
        self.append("territory.toml", "[published]\nfile = \"sessions.csv\"\nmax_changes = 1\n");
        self.write("sessions.csv", format!("vehicle,week,day,half,site\n{rows}"));
    }

    fn medicobus(&self, arguments: &[&str]) -> Output {
        let command =
            Command::new(env!("CARGO_BIN_EXE_medicobus")).current_dir(self.0.path()).args(arguments).output();
        command.unwrap()
    }

    /// Plans, and expects the failure of a person's fault.
    #[track_caller]
    fn fails(&self, code: i32, arguments: &[&str], in_message: &[&str]) {
        let before = files_of(self.0.path());
        let mut messages = Vec::new();
        for lang in ["fr", "en"] {
            let output = self.medicobus(&[&["plan"], arguments, &["--lang", lang]].concat());
            let message = String::from_utf8(output.stderr).unwrap();
            assert_eq!(output.status.code(), Some(code), "{message}");
            assert!(output.stdout.is_empty(), "{}", String::from_utf8_lossy(&output.stdout));
            assert!(!message.contains("panicked"), "{message}");
            for part in in_message {
                let translated =
                    if lang == "en" { part.replace("ligne", "line") } else { (*part).to_owned() };
                assert!(message.contains(&translated), "no {translated:?} in {message:?}");
            }
            messages.push(message);
        }
        assert_ne!(messages[0], messages[1], "the same in both languages");
        assert_eq!(files_of(self.0.path()), before, "something was written");
    }
}

fn files_of(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

/// A test for each thing that can be wrong: what is done to the files, then the file and line to be named.
macro_rules! refused {
    ($($case:ident: |$sound:ident| $break:expr => $file:literal $(, line $line:literal)?;)*) => {$(
        #[test]
        fn $case() {
            let $sound = Sound::new();
            $break;
            $sound.fails(2, &["territory.toml"], &[$file $(, concat!("ligne ", $line))?]);
        }
    )*};
}

refused! {
    broken_toml: |t| t.replace("territory.toml", "days = [\"mon\"]", "days = [\"mon\"") => "territory.toml", line 11;
    a_text_without_quotes: |t| t.replace("territory.toml", "\"26001\"", "Amont") => "territory.toml", line 10;
    an_unknown_key: |t| t.replace("territory.toml", "days =", "jours =") => "territory.toml", line 11;
    an_unknown_section: |t| t.append("territory.toml", "[carre]\nx = 1\n") => "territory.toml", line 12;
    a_number_where_a_text_belongs: |t| t.replace("territory.toml", "\"Les Collines\"", "7") => "territory.toml", line 1;
    no_name: |t| t.replace("territory.toml", "name = \"Les Collines\"\n", "") => "territory.toml";
    no_communes: |t| t.replace("territory.toml", "[communes]\nfile = \"communes.csv\"\n", "") => "territory.toml";
    no_vehicle: |t| t.write("territory.toml", TERRITORY.split("[[vehicle]]").next().unwrap()) => "territory.toml";
    two_vehicles_of_one_name: |t| t.append("territory.toml", "[[vehicle]]\nid = \"bus\"\nbase = \"26002\"\n")
        => "territory.toml", line 13;
    a_base_that_nothing_knows: |t| t.replace("territory.toml", "\"26001\"", "\"26999\"") => "territory.toml", line 10;
    a_base_off_the_globe: |t| t.replace("territory.toml", "\"26001\"", "[145.0, 5.0]") => "territory.toml", line 10;
    a_day_of_no_week: |t| t.replace("territory.toml", "\"mon\"", "\"lundi\"") => "territory.toml", line 11;
    half_of_no_day: |t| t.replace("territory.toml", "\"mon\"", "\"mon-noon\"") => "territory.toml", line 11;
    a_bare_number_as_duration: |t| t.append("territory.toml", "max_drive_per_day = 90\n") => "territory.toml", line 12;
    a_duration_that_is_none: |t| t.append("territory.toml", "max_drive_per_day = \"soon\"\n") => "territory.toml", line 12;
    a_clock_that_is_none: |t| t.append("territory.toml", "[calendar]\nmorning = \"9h-13h\"\n") => "territory.toml", line 13;
    a_morning_that_ends_before_it_starts: |t| t.append("territory.toml", "[calendar]\nmorning = \"13:00-09:00\"\n")
        => "territory.toml", line 13;
    an_afternoon_before_the_morning_ends: |t| t.append("territory.toml", "[calendar]\nafternoon = \"12:00-18:00\"\n")
        => "territory.toml", line 13;
    zero_weeks: |t| t.append("territory.toml", "[calendar]\ncycle_weeks = 0\n") => "territory.toml", line 13;
    an_endless_cycle: |t| t.append("territory.toml", "[calendar]\ncycle_weeks = 4000000000\n") => "territory.toml", line 13;
    half_a_week: |t| t.append("territory.toml", "[calendar]\ncycle_weeks = 1.5\n") => "territory.toml", line 13;
    no_weeks_a_year: |t| t.append("territory.toml", "[calendar]\nweeks_per_year = 0\n") => "territory.toml", line 13;
    minus_one_half_day: |t| t.append("territory.toml", "half_days_per_week = -1\n") => "territory.toml", line 12;
    no_consultations: |t| t.append("territory.toml", "[care]\nconsultations_per_half_day = 0\n") => "territory.toml", line 13;
    infinitely_many_consultations: |t| t.append("territory.toml", "[care]\nconsultations_per_half_day = inf\n")
        => "territory.toml", line 13;
    reach_bands_out_of_order: |t| t.append(
        "territory.toml",
        "[care]\nreach = [{ within = \"20min\", share = 1.0 }, { within = \"10min\", share = 0.5 }]\n",
    ) => "territory.toml", line 13;
    a_share_above_one: |t| t.append("territory.toml", "[care]\nreach = [{ within = \"20min\", share = 2 }]\n")
        => "territory.toml", line 13;
    a_negative_weight: |t| t.append("territory.toml", "[care.ald]\nweight = -1\n") => "territory.toml", line 13;
    least_above_most_for_all_sites: |t| t.append(
        "territory.toml",
        "[rules]\nmin_half_days_per_site = 3\nmax_half_days_per_site = 2\n",
    ) => "territory.toml", line 14;

    a_week_outside_the_cycle: |t| t.append("territory.toml", "weeks = [2]\n") => "territory.toml", line 12;
    an_afternoon_of_its_own_before_the_morning_ends: |t| t.append("territory.toml", "afternoon = \"12:00-18:00\"\n")
        => "territory.toml", line 12;
    too_much_unscheduled_care: |t| t.append("territory.toml", "[care]\nunscheduled_share = 0.5\n")
        => "territory.toml", line 13;
    a_doctor_without_a_name: |t| t.append("territory.toml", "[[doctor]]\nborn = 1950\n") => "territory.toml", line 12;
    a_specialty_that_no_activity_is: |t| t.append("territory.toml", "[[doctor]]\nid = \"d\"\nspecialty = \"cardio\"\n")
        => "territory.toml", line 14;
    an_unknown_employer: |t| t.append("territory.toml", "[[doctor]]\nid = \"d\"\nemployer = \"mairie\"\n")
        => "territory.toml", line 14;
    an_activity_of_no_kind: |t| t.append("territory.toml", "[[activity]]\nid = \"a\"\n") => "territory.toml", line 12;
    more_than_a_whole_half_day: |t| t.append("territory.toml", "[[activity]]\nid = \"a\"\nkind = \"specialty\"\nshare = 2\n")
        => "territory.toml", line 15;
    a_booking_of_no_half_day: |t| t.append("territory.toml", "[[booking]]\nkind = \"forbidden\"\n")
        => "territory.toml", line 12;
    a_locked_session_at_a_closed_site: |t| t.append(
        "territory.toml",
        "[[booking]]\nkind = \"locked\"\nsite = \"halle\"\nhalf_days = [\"tue-am\"]\n",
    ) => "territory.toml", line 15;
    an_unknown_rule_with_a_price: |t| t.append("territory.toml", "[rules]\nsoft = [{ rule = \"max_gaps\", price = 1 }]\n")
        => "territory.toml", line 13;
    a_price_of_nothing_at_all: |t| t.append("territory.toml", "[rules]\nsoft = [{ rule = \"max_gap\", price = 0 }]\n")
        => "territory.toml", line 13;
    a_rule_that_never_yields: |t| t.append("territory.toml", "[rules]\nsoft = [{ rule = \"department\", price = 1 }]\n")
        => "territory.toml", line 13;

    a_duplicate_commune: |t| t.append("communes.csv", "26001,Aval,45.2,5.0,1,1,1,1\n") => "communes.csv", line 4;
    a_missing_column: |t| t.replace("communes.csv", "elderly", "eldest") => "communes.csv", line 1;
    a_latitude_beyond_the_pole: |t| t.replace("communes.csv", "45.1", "145.1") => "communes.csv", line 3;
    not_a_number: |t| t.replace("communes.csv", "40", "NaN") => "communes.csv", line 3;
    a_number_too_great: |t| t.replace("communes.csv", "40", "1e999") => "communes.csv", line 3;
    a_negative_count: |t| t.replace("communes.csv", "40", "-40") => "communes.csv", line 3;
    words_for_a_number: |t| t.replace("communes.csv", "40", "quarante") => "communes.csv", line 3;
    an_unknown_count: |t| t.replace("communes.csv", "40", "") => "communes.csv", line 3;
    a_row_cut_short: |t| t.replace("communes.csv", ",50,60", "") => "communes.csv", line 3;
    an_open_quotation_mark: |t| t.replace("communes.csv", "Bourg", "\"Bourg") => "communes.csv", line 3;
    an_empty_file: |t| t.write("communes.csv", "") => "communes.csv";
    a_header_only: |t| t.write("communes.csv", COMMUNES.lines().next().unwrap()) => "communes.csv";
    a_workbook_for_a_table: |t| t.write("communes.csv", b"PK\x03\x04\0\0\0\0\xff\xfe") => "communes.csv";
    latin_1: |t| t.write("communes.csv", b"code,name,lat,lon,population,ald,elderly,other\n1,Ch\xe2teau,45,5,1,1,1,1\n")
        => "communes.csv", line 2;
    utf_16: |t| t.write("communes.csv", b"\xff\xfec\0o\0d\0e\0") => "communes.csv";

    a_site_of_no_commune: |t| t.replace("sites.csv", "halle,26002", "halle,26020") => "sites.csv", line 3;
    a_duplicate_site: |t| t.replace("sites.csv", "halle,26002", "26001,26001") => "sites.csv", line 3;
    least_above_most: |t| t.replace("sites.csv", "mon,1,2", "mon,3,2") => "sites.csv", line 3;
    a_word_that_opens_no_half_day: |t| t.replace("sites.csv", "mon,1,2", "lundi,1,2") => "sites.csv", line 3;
    latitude_without_longitude: |t| t.replace("sites.csv", "45.1,5.01", "45.1,") => "sites.csv", line 3;
    half_a_session: |t| t.replace("sites.csv", "mon,1,2", "mon,0.5,2") => "sites.csv", line 3;

    a_frequency_that_does_not_divide_the_cycle: |t| t.write("sites.csv", "id,commune,every\nhalle,26002,2\n")
        => "sites.csv", line 2;
    more_visits_than_open_days: |t| t.write("sites.csv", "id,commune,open,visits\nhalle,26002,mon,2\n")
        => "sites.csv", line 2;

    a_session_of_no_vehicle: |t| t.publish("car,1,mon,am,halle\n") => "sessions.csv", line 2;
    a_session_of_no_site: |t| t.publish("bus,1,mon,am,salle\n") => "sessions.csv", line 2;
    a_session_in_no_week: |t| t.publish("bus,2,mon,am,halle\n") => "sessions.csv", line 2;
    a_session_on_no_day: |t| t.publish("bus,1,férié,am,halle\n") => "sessions.csv", line 2;
    a_session_given_twice: |t| t.publish("bus,1,mon,am,halle\nbus,1,lundi,matin,halle\n") => "sessions.csv", line 3;

    a_pair_given_twice: |t| t.append("times.csv", "26001,halle,700\n") => "times.csv", line 6;
    a_negative_time: |t| t.replace("times.csv", "halle,600", "halle,-600") => "times.csv", line 2;
    an_infinite_time: |t| t.replace("times.csv", "halle,600", "halle,inf") => "times.csv", line 2;
    a_time_from_nowhere: |t| t.append("times.csv", ",halle,700\n") => "times.csv", line 6;
}

#[test]
fn the_territory_that_the_cases_break_is_sound() {
    let sound = Sound::new();
    let output = sound.medicobus(&["plan", "territory.toml"]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(sound.path("plan/plan.json").exists() && sound.path("plan/times.csv").exists());
}

#[test]
fn everything_wrong_is_told_at_once() {
    let sound = Sound::new();
    sound.replace("territory.toml", "days =", "jours =");
    sound.replace("communes.csv", "45.1", "145.1");
    sound.replace("communes.csv", ",10,", ",dix,");
    sound.replace("sites.csv", "halle,26002", "halle,26020");
    sound.replace("times.csv", "halle,600", "halle,-600");
    sound.fails(
        2,
        &["territory.toml"],
        &[
            "territory.toml, ligne 11",
            "communes.csv, ligne 2",
            "communes.csv, ligne 3",
            "sites.csv, ligne 3",
            "times.csv, ligne 2",
            "\n5 err",
        ],
    );
}

#[test]
fn a_file_that_is_missing_is_named() {
    let sound = Sound::new();
    sound.fails(3, &["absent.toml"], &["absent.toml"]);
    sound.fails(3, &["territory.toml", "--times", "absent.csv"], &["absent.csv"]);
    sound.fails(3, &["territory.toml", "--osm", "absent.osm.pbf"], &["absent.osm.pbf"]);
    fs::remove_file(sound.path("sites.csv")).unwrap();
    sound.fails(3, &["territory.toml"], &["sites.csv"]);
    let sound = Sound::new();
    sound.publish("");
    fs::remove_file(sound.path("sessions.csv")).unwrap();
    sound.fails(3, &["territory.toml"], &["sessions.csv"]);
}

#[test]
fn a_folder_is_no_file() {
    let sound = Sound::new();
    fs::create_dir(sound.path("folder")).unwrap();
    sound.fails(3, &["territory.toml", "--times", "folder"], &["folder"]);
    sound.fails(3, &["territory.toml", "--osm", "folder"], &["folder"]);
    sound.fails(3, &["folder"], &["territory.toml"]);
    fs::remove_file(sound.path("communes.csv")).unwrap();
    fs::create_dir(sound.path("communes.csv")).unwrap();
    sound.fails(3, &["territory.toml"], &["communes.csv"]);
}

#[test]
fn a_file_is_no_folder_for_the_plan() {
    let sound = Sound::new();
    sound.fails(3, &["territory.toml", "--out", "communes.csv"], &["communes.csv"]);
    sound.fails(3, &["territory.toml", "--out", "communes.csv/plan"], &["communes.csv"]);
}

#[test]
fn an_extract_must_be_one_and_whole() {
    let extract =
        fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/neubrandenburg/neubrandenburg.osm.pbf"))
            .unwrap();
    let sound = Sound::new();
    sound.write("cut.osm.pbf", &extract[..extract.len() / 2]);
    sound.fails(2, &["territory.toml", "--osm", "cut.osm.pbf"], &["cut.osm.pbf"]);
    sound.write("text.osm.pbf", "<?xml version='1.0'?><osm/>");
    sound.fails(2, &["territory.toml", "--osm", "text.osm.pbf"], &["text.osm.pbf"]);
    sound.write("empty.osm.pbf", "");
    sound.fails(2, &["territory.toml", "--osm", "empty.osm.pbf"], &["empty.osm.pbf"]);
    let mut damaged = extract;
    let middle = damaged.len() / 2;
    damaged[middle..middle + 64].fill(0xff);
    sound.write("damaged.osm.pbf", damaged);
    sound.fails(2, &["territory.toml", "--osm", "damaged.osm.pbf"], &["damaged.osm.pbf"]);
}

#[test]
fn values_that_make_no_sense_are_refused_with_a_remedy() {
    let sound = Sound::new();
    let cases = [
        ("--time-limit", "60", "1h30"),
        ("--time-limit", "0s", "60s"),
        ("--gap", "1", "0.01"),
        ("--gap", "-0.1", "0.01"),
        ("--gap", "NaN", "0.01"),
        ("--threads", "0", "1024"),
        ("--threads", "-2", "1024"),
        ("--seed", "1.5", "0"),
        ("--work-limit", "-1", "0"),
    ];
    for (option, value, remedy) in cases {
        sound.fails(2, &["territory.toml", option, value], &[option, remedy]);
    }
}
