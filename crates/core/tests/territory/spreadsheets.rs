//! Tables as French spreadsheets write them say the same as plain ones, and what is read is what was written.

use super::folder::{COMMUNES, Folder, SITES, TIMES};
use medicobus_core::calendar::{Day, Half, HalfDays, Hours};
use medicobus_core::lang::Lang;
use medicobus_core::territory::{Base, Capacity, read, read_with_times};
use medicobus_core::times::{TravelTimes, table};
use medicobus_roads::Millis;

#[test]
fn the_valid_territory_says_what_its_files_say() {
    let folder = Folder::valid();
    let (sources, times) = read_with_times(&folder.path(""), None).unwrap();
    let territory = sources.territory;
    assert!(sources.warnings.is_empty(), "{:?}", sources.warnings);
    assert_eq!(territory.name, "Essai");
    assert_eq!(territory.communes.len(), 3);
    assert_eq!(territory.communes[2].patients.other.0, 95.5);
    assert_eq!((territory.communes[2].population, territory.communes[2].zone.as_deref()), (None, None));
    assert_eq!(territory.sites[0].open, HalfDays::ALL);
    assert_eq!((territory.sites[0].min_half_days, territory.sites[0].position), (None, None));
    assert_eq!(territory.sites[1].open.words(), ["mon", "tue-am"]);
    assert_eq!((territory.sites[1].min_half_days, territory.sites[1].max_half_days), (Some(1), Some(2)));
    assert_eq!(territory.objective.followed, 2.0);
    assert_eq!(territory.calendar.cycle_weeks, 2);
    assert_eq!(territory.care.capacity, Capacity::PerHalfDay(12.0));
    assert_eq!(territory.care.reach[1].share.0, 0.5);
    assert_eq!(territory.care.profiles.elderly.visits_per_year, 4.5, "the default");
    assert_eq!(territory.rules.max_half_days_per_site, Some(4));
    let [first, second] = &territory.vehicles[..] else { panic!("two vehicles") };
    assert_eq!(first.base, Base::Commune("26325".to_owned()));
    assert_eq!(first.half_days_per_week, Some(3));
    assert!(first.days.contains(Day::Tue, Half::Am) && !first.days.contains(Day::Tue, Half::Pm));
    assert_eq!(second.days, HalfDays::WORKING_WEEK, "the default");
    let times = times.unwrap();
    assert_eq!(times.trip("halle", "26325").unwrap().time.seconds(), 610.5);
    assert_eq!(times.trip("26009", "halle"), None, "a pair without seconds is out of reach");
    assert_eq!(sources.digest.files.len(), 4);
    assert_eq!(sources.digest.combined().len(), 64);
}

/// As a French spreadsheet saves it: byte order mark, semicolons, decimal commas, quotation marks, CRLF, blank cells
/// and rows at the end, capitals in the header.
fn french(table: &str) -> String {
    let mut lines = table.lines();
    let header = lines.next().unwrap().replace(',', ";").to_uppercase();
    let rows = lines.map(|line| {
        let cells = line.split(',').map(|cell| match cell.parse::<f64>() {
            Ok(_) if cell.contains('.') => format!(" {} ", cell.replace('.', ",")),
            _ if cell.contains(' ') => format!("\"{cell}\""),
            _ => cell.to_owned(),
        });
        format!("{};;", cells.collect::<Vec<_>>().join(";"))
    });
    format!("\u{feff}{header};;\r\n{}\r\n\r\n;;;;\r\n", rows.collect::<Vec<_>>().join("\r\n"))
}

#[test]
fn french_spreadsheets_are_read_like_plain_tables() {
    let (plain, foreign) = (Folder::valid(), Folder::valid());
    for (file, text) in [("communes.csv", COMMUNES), ("sites.csv", SITES), ("times.csv", TIMES)] {
        foreign.write(file, french(text));
    }
    let (plain, plain_times) = read_with_times(&plain.path(""), None).unwrap();
    let (foreign, foreign_times) = read_with_times(&foreign.path(""), None).unwrap();
    assert_eq!(foreign.territory, plain.territory);
    assert_eq!(foreign_times, plain_times);
    assert!(foreign.warnings.is_empty(), "{:?}", foreign.warnings);
}

#[test]
fn tabs_and_quoted_decimal_commas_are_read_too() {
    let folder = Folder::valid();
    folder.write("communes.csv", COMMUNES.replace(',', "\t"));
    folder.write(
        "sites.csv",
        SITES.replace("45.25,4.86", "\"45,25\",\"4,86\"").replace("mon tue-am", "\"Mon, tue-am\""),
    );
    let sources = read(&folder.path("")).unwrap();
    assert_eq!(sources.territory, read(&Folder::valid().path("")).unwrap().territory);
}

#[test]
fn codes_keep_their_leading_zeros() {
    let folder = Folder::valid();
    folder.write("communes.csv", COMMUNES.replace("26009", "01009").replace("26325", "2A325"));
    folder.write("sites.csv", SITES.replace("26325", "2A325"));
    folder.write("territory.toml", super::folder::TOML.replace("26325", "2A325"));
    let territory = read(&folder.path("")).unwrap().territory;
    assert_eq!(territory.communes[2].code, "01009");
    assert_eq!(territory.communes[0].code, "2A325");
}

#[test]
fn without_a_table_sites_stand_in_the_priority_zones() {
    let folder = Folder::replacing("territory.toml", "[sites]\nfile = \"sites.csv\"\n", "");
    let ids = |folder: &Folder| -> Vec<String> {
        read(&folder.path("")).unwrap().territory.sites.into_iter().map(|site| site.id).collect()
    };
    assert_eq!(ids(&folder), ["26325", "26002"]);
    folder.write("communes.csv", COMMUNES.replace(",ZIP", ",").replace(",ZAC", ","));
    assert_eq!(ids(&folder), ["26325", "26002", "26009"], "nobody has a zone");
}

#[test]
fn capacity_may_come_from_durations() {
    let consultation =
        "consultation = { first = \"40min\", follow_up = \"20min\", first_share = 0.3, setup = \"30min\" }";
    let folder = Folder::replacing("territory.toml", "consultations_per_half_day = 12", consultation);
    let capacity = read(&folder.path("")).unwrap().territory.care.capacity;
    let Capacity::Timed { setup, mean } = capacity else { panic!("{capacity:?}") };
    assert_eq!((setup, mean), (Millis::from_minutes(30), 26.0 * 60.0));
    // 210 minutes of a morning of four hours, 180 of an afternoon of three and a half.
    for (hours, minutes) in [(Hours::new((9, 0), (13, 0)), 210.0), (Hours::new((14, 0), (17, 30)), 180.0)] {
        assert!((capacity.of(hours).unwrap() - minutes / 26.0).abs() < 1e-12);
    }
    let folder = Folder::replacing("territory.toml", "half_day = 12", "half_day = \"unlimited\"");
    assert_eq!(read(&folder.path("")).unwrap().territory.care.capacity, Capacity::Unlimited);
}

#[test]
fn written_times_read_back_the_same() {
    let folder = Folder::valid();
    let read_back = |times: &TravelTimes| {
        let mut bytes = Vec::new();
        table::write(times, &mut bytes).unwrap();
        folder.write("out.csv", &bytes);
        (table::read(&folder.path("out.csv")).unwrap().0, String::from_utf8(bytes).unwrap())
    };
    let (times, _) = table::read(&folder.path("times.csv")).unwrap();
    let (again, text) = read_back(&times);
    assert_eq!(again, times);
    assert!(text.starts_with("from,to,seconds,metres\n26002,halle,120.000,1000\n"), "{text}");
    folder.write("times.csv", "from,to,seconds\n\"a, \"\"b\"\"\",c,1.25\n");
    let (times, _) = table::read(&folder.path("times.csv")).unwrap();
    let (again, text) = read_back(&times);
    assert_eq!(again, times);
    assert_eq!(text, "from,to,seconds\n\"a, \"\"b\"\"\",c,1.250\n");
}

#[test]
fn trips_by_ferry_are_marked_where_there_are_any() {
    let folder = Folder::valid();
    folder.write("times.csv", "from,to,seconds,ferry\na,b,900,oui\nb,a,900,yes\na,c,60,no\nb,c,70,\n");
    let (times, _) = table::read(&folder.path("times.csv")).unwrap();
    let marked: Vec<bool> = times.iter().map(|(_, _, trip)| trip.ferry).collect();
    assert_eq!(marked, [true, false, true, false]);
    let mut bytes = Vec::new();
    table::write(&times, &mut bytes).unwrap();
    let text = String::from_utf8(bytes).unwrap();
    assert_eq!(text, "from,to,seconds,ferry\na,b,900.000,yes\na,c,60.000,\nb,a,900.000,yes\nb,c,70.000,\n");
    folder.write("times.csv", "from,to,seconds,ferry\na,b,900,boat\n");
    let told = table::read(&folder.path("times.csv")).unwrap_err().message(Lang::En);
    assert!(told.contains("boat") && told.contains("ferry"), "{told}");
}
