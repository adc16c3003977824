//! No file, however made, can stop the readers.

use proptest::prelude::*;

use super::folder::{COMMUNES, Folder, SITES, TIMES, TOML};
use super::with_people as people;
use medicobus_core::lang::Lang;
use medicobus_core::territory::read_with_times;
use medicobus_core::times::table;
use medicobus_core::times::{TimesSource, TravelTimes, Trip};
use medicobus_roads::{Metres, Millis};

/// Reads the territory and says all its faults in both languages.
fn survive(folder: &Folder) {
    if let Err(error) = read_with_times(&folder.path(""), None) {
        for lang in Lang::ALL {
            assert!(!error.message(lang).is_empty());
        }
    }
}

/// A text with a few bytes replaced, removed or doubled.
fn damaged(text: &'static str) -> impl Strategy<Value = Vec<u8>> {
    let edits = prop::collection::vec((0..text.len(), any::<u8>(), 0..4u8), 1..8);
    edits.prop_map(move |edits| {
        let mut bytes = text.as_bytes().to_vec();
        for (at, byte, edit) in edits {
            let at = at % bytes.len();
            match edit {
                0 => bytes[at] = byte,
                1 => bytes.insert(at, byte),
                2 if bytes.len() > 1 => drop(bytes.remove(at)),
                _ => {
                    let line =
                        bytes[..at].iter().rposition(|byte| *byte == b'\n').map_or(0, |newline| newline + 1);
                    let again = bytes[line..=at].to_vec();
                    bytes.splice(at..at, again);
                }
            }
        }
        bytes
    })
}

/// Pieces of TOML in any order.
fn toml_like() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "[",
        "]",
        "[[",
        "]]",
        "{",
        "}",
        "=",
        ".",
        ",",
        "\n",
        "\"",
        "'",
        "#",
        " ",
        "name",
        "communes",
        "file",
        "vehicle",
        "care",
        "ald",
        "reach",
        "consultation",
        "calendar",
        "base",
        "days",
        "doctor",
        "activity",
        "booking",
        "weeks",
        "soft",
        "away",
        "1",
        "-",
        "1e9",
        "nan",
        "inf",
        "true",
        "\"1h\"",
        "\"mon\"",
        "\"09:00-13:00\"",
        "0x7F",
        "1979-05-27",
        "\\",
        "é",
        "\"\"\"",
        "'''",
        "\r",
    ]);
    prop::collection::vec(pieces, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn damaged_files_are_survived(
        toml in damaged(TOML), communes in damaged(COMMUNES), sites in damaged(SITES), times in damaged(TIMES), which in 0..5usize,
    ) {
        let folder = Folder::valid();
        let files = [("territory.toml", toml), ("communes.csv", communes), ("sites.csv", sites), ("times.csv", times)];
        for (index, (file, bytes)) in files.into_iter().enumerate() {
            if which == index || which == 4 {
                folder.write(file, bytes);
            }
        }
        survive(&folder);
    }

    #[test]
    fn damaged_calendars_and_people_are_survived(
        toml in damaged(people::TOML), sites in damaged(people::SITES), sessions in damaged(people::SESSIONS), which in 0..4usize,
    ) {
        let folder = people::folder();
        let files = [("territory.toml", toml), ("sites.csv", sites), ("sessions.csv", sessions)];
        for (index, (file, bytes)) in files.into_iter().enumerate() {
            if which == index || which == 3 {
                folder.write(file, bytes);
            }
        }
        survive(&folder);
    }

    #[test]
    fn any_bytes_are_survived(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        for file in ["territory.toml", "communes.csv", "sites.csv", "times.csv"] {
            let folder = Folder::valid();
            folder.write(file, &bytes);
            survive(&folder);
        }
    }

    #[test]
    fn any_toml_is_survived(text in toml_like()) {
        let folder = Folder::valid();
        folder.write("territory.toml", &text);
        survive(&folder);
    }

    #[test]
    fn any_times_read_back(
        trips in prop::collection::vec(
            ("[^\\x00-\\x20\\x7f-\\xa0](.{0,6}[^\\s])?", "[a-z0-9:;,\"]{1,4}", 0..4_294_967_000u32, prop::option::of(0.0..1e8f64), any::<bool>()), 1..30),
    ) {
        let mut times = TravelTimes::new(TimesSource::Table);
        for (from, to, millis, metres, ferry) in &trips {
            // A name is what is left of a cell without the spaces around it, on one line,
            // and no byte order mark.
            let from = from.replace(['\n', '\r', '\0', '\u{feff}'], "");
            if from.trim() == from && !from.is_empty() && from != *to {
                let trip = Trip { time: Millis(*millis), length: metres.map(Metres), ferry: *ferry };
                times.insert(&from, to, trip);
            }
        }
        prop_assume!(times.iter().next().is_some());
        let folder = Folder::valid();
        let mut bytes = Vec::new();
        table::write(&times, &mut bytes).unwrap();
        folder.write("times.csv", &bytes);
        prop_assert_eq!(table::read(&folder.path("times.csv")).unwrap().0, times);
    }
}
