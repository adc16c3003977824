//! Each way of breaking a table of travel times is named with its line and remedy.

use super::folder::{Case, Folder, TIMES};
use medicobus_core::lang::Lang;
use medicobus_core::territory::read_with_times;
use medicobus_core::times::table;

fn times(from: &'static str, to: &'static str, line: u64, french: &'static str, english: &'static str) {
    Case { file: "times.csv", from, to, blame: "times.csv", line: Some(line), french, english }.check();
}

#[test]
fn seconds_are_numbers_of_a_possible_trip() {
    times(
        "halle,600",
        "halle,-1",
        2,
        "la durée du trajet en secondes « -1 » est hors de [0, 4294967]",
        "-1 is outside",
    );
    times("halle,600", "halle,nan", 2, "n'est pas un nombre fini", "not a finite number");
    times("halle,600", "halle,inf", 2, "n'est pas un nombre fini", "not a finite number");
    times("halle,600", "halle,4294968", 2, "est hors de", "is outside");
    times("halle,600", "halle,10min", 2, "seconds : « 10min » n'est pas un nombre", "not a number");
    times("600,8000", "600,-8000", 2, "la longueur du trajet", "length");
}

#[test]
fn a_pair_stands_once() {
    times(
        "26002,halle,120",
        "26325,halle,120",
        4,
        "« 26325 → halle » est déjà à la ligne 2",
        "already on line 2",
    );
    times(
        "26002,halle,120",
        "26009,halle,120",
        5,
        "« 26009 → halle » est déjà à la ligne 4",
        "already on line 4",
    );
}

#[test]
fn trips_have_two_ends() {
    times("26002,halle,120", ",halle,120", 4, "from est vide", "from is empty");
    times("26002,halle,120", "26002,,120", 4, "to est vide", "to is empty");
    times(
        "from,to,seconds",
        "from,to,minutes",
        1,
        "colonnes manquantes : seconds",
        "missing columns: seconds",
    );
}

#[test]
fn places_that_only_one_side_knows_are_warnings() {
    let folder = Folder::replacing("times.csv", "26002,halle,120", "ailleurs,halle,120");
    let (sources, times) = read_with_times(&folder.path(""), None).unwrap();
    assert!(times.is_some());
    let said: Vec<String> = sources.warnings.iter().map(|fault| fault.message(Lang::Fr)).collect();
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(said[0].contains("1 lieu que le territoire ignore : ailleurs"), "{said:?}");
    folder.write("times.csv", "from,to,seconds\n26002,halle,120\n");
    let (sources, _) = read_with_times(&folder.path(""), None).unwrap();
    let said: Vec<String> = sources.warnings.iter().map(|fault| fault.message(Lang::Fr)).collect();
    assert!(said[0].contains("aucun temps de trajet ne mène à 1 site : 26325"), "{said:?}");
}

#[test]
fn a_base_may_be_known_to_the_times_alone() {
    let folder = Folder::replacing("territory.toml", "base = \"26325\"", "base = \"07010\"");
    folder.write("times.csv", format!("{TIMES}07010,halle,900,\n"));
    assert!(read_with_times(&folder.path(""), None).is_ok());
    folder.write("times.csv", format!("{TIMES}base:bus-1,halle,900,\n"));
    assert!(read_with_times(&folder.path(""), None).is_ok());
    folder.write("times.csv", TIMES);
    let error = read_with_times(&folder.path(""), None).unwrap_err();
    assert!(error.message(Lang::Fr).contains("la base « 07010 »"), "{error}");
}

#[test]
fn a_given_table_takes_the_place_of_the_territorys_own() {
    let folder = Folder::valid();
    folder.write("autre.csv", "to;seconds;from\nhalle;120,25;26002\n26325;60;halle\n");
    folder.write("times.csv", "this is not read");
    let (_, times) = read_with_times(&folder.path(""), Some(&folder.path("autre.csv"))).unwrap();
    let trip = times.unwrap().trip("26002", "halle").unwrap();
    assert_eq!(trip.time.seconds(), 120.25);
    assert_eq!(trip.length, None);
}

#[test]
fn a_missing_table_is_not_its_content_at_fault() {
    let folder = Folder::valid();
    let error = table::read(&folder.path("nulle-part.csv")).unwrap_err();
    assert!(error.is_io());
    assert!(error.message(Lang::Fr).contains("nulle-part.csv : ce fichier n'existe pas"), "{error}");
    let error = table::read(&folder.path("sites.csv")).unwrap_err();
    assert!(!error.is_io());
}
