//! Weeks, doctors, activities, bookings and calendars made by hand say what their files say, each rule with its line.

use medicobus_core::calendar::{Day, Half, HalfDays, Hours, Weeks};
use medicobus_core::lang::Lang;
use medicobus_core::territory::{
    ActivityKind, Away, BookingKind, Capacity, Employer, PublishedSession, RuleKind, RuleName, Territory,
    read, read_sessions, read_with_times,
};
use medicobus_core::{Problem, TravelTimes};

use super::with_people::{SESSIONS, TOML, folder};

fn territory() -> Territory {
    read(&folder().path("")).unwrap().territory
}

fn weeks(weeks: &[u32]) -> Weeks {
    weeks.iter().fold(Weeks::NONE, |set, week| set.with(*week))
}

#[test]
fn what_people_decide_is_read_without_a_remark() {
    let (sources, _) = read_with_times(&folder().path(""), None).unwrap();
    assert!(sources.warnings.is_empty(), "{:?}", sources.warnings);
}

#[test]
fn calendar_care_and_rules_say_what_the_file_says() {
    let territory = territory();
    assert_eq!((territory.calendar.cycle_weeks, territory.calendar.year), (4, Some(2026)));
    assert_eq!(territory.care.unscheduled_share, 0.1);
    assert!(matches!(territory.care.capacity, Capacity::Timed { mean, .. } if mean == 1500.0));
    let rules = &territory.rules;
    assert_eq!((rules.max_gap, rules.same_time, rules.doctors_per_site), (Some(14), Some(true), Some(2)));
    assert_eq!(rules.prevention_share, 0.05);
    assert_eq!(rules.price(RuleKind::MaxGap, Some("halle")), Some(10.0));
    assert_eq!(rules.price(RuleKind::MaxGap, Some("26325")), None);
    assert_eq!(rules.price(RuleKind::Required, Some("1")), Some(5.5));
    assert_eq!(rules.price(RuleKind::Changes, None), Some(1.0));
}

#[test]
fn sites_and_vehicles_have_weeks_and_hours() {
    let territory = territory();
    let [town, hall] = &territory.sites[..] else { panic!("two sites") };
    assert_eq!((town.weeks, town.required, town.every, town.visits), (Weeks::ODD, false, Some(2), Some(2)));
    assert_eq!((hall.weeks, hall.required, hall.every), (weeks(&[1, 2, 3, 4]), true, Some(1)));
    assert_eq!((hall.visits, hall.max_gap, town.max_gap), (Some(5), Some(10), None));
    let [first, second] = &territory.vehicles[..] else { panic!("two vehicles") };
    assert_eq!((first.weeks, second.weeks), (weeks(&[1, 2, 3]), Weeks::ALL));
    assert_eq!(first.hours(Half::Am, &territory.calendar), Hours::new((8, 30), (12, 30)));
    assert_eq!(first.hours(Half::Pm, &territory.calendar), Hours::new((13, 30), (17, 30)));
    assert_eq!(second.hours(Half::Am, &territory.calendar), Hours::new((9, 0), (13, 0)));
}

#[test]
fn doctors_and_activities_say_what_the_file_says() {
    let territory = territory();
    let [durand, martin, remote] = &territory.doctors[..] else { panic!("three doctors") };
    assert_eq!(durand.name.as_deref(), Some("Dr Durand"));
    assert_eq!((durand.days.words(), durand.weeks), (vec!["mon".into(), "tue-am".into()], Weeks::ODD));
    let monday = HalfDays::NONE.with(Day::Mon, Half::Pm);
    let away = [
        Away { weeks: weeks(&[3]), half_days: monday },
        Away { weeks: weeks(&[4]), half_days: HalfDays::ALL },
    ];
    assert_eq!(durand.away, away);
    assert_eq!((durand.half_days_per_week, durand.half_days_per_cycle), (Some(2), Some(3)));
    assert_eq!((durand.employer, durand.born), (Some(Employer::Territorial), Some(1960)));
    assert_eq!(durand.departments.as_deref(), Some(&["26".to_owned(), "07".to_owned()][..]));
    assert_eq!((&durand.prefers[..], &durand.refuses[..]), (&["halle".into()][..], &["26325".into()][..]));
    assert_eq!((martin.specialty.as_deref(), martin.remote), (Some("cardio"), false));
    assert_eq!((remote.specialty.as_deref(), remote.remote), (None, true));
    let [cardio, prevention, distance] = &territory.activities[..] else { panic!("three activities") };
    assert_eq!((cardio.kind, cardio.share), (ActivityKind::Specialty, 0.5));
    assert_eq!((cardio.at_least, cardio.at_most), (1, Some(2)));
    assert_eq!(cardio.sites.as_deref(), Some(&["halle".to_owned()][..]));
    assert_eq!((prevention.kind, prevention.share), (ActivityKind::Prevention, 1.0));
    assert_eq!(distance.kind, ActivityKind::Remote { consultations_per_half_day: 8.0 });
}

#[test]
fn bookings_and_the_published_calendar_say_what_the_files_say() {
    let territory = territory();
    let [required, forbidden, locked] = &territory.bookings[..] else { panic!("three bookings") };
    assert_eq!((required.kind, required.weeks), (BookingKind::Required, weeks(&[2, 4])));
    assert_eq!((forbidden.kind, forbidden.site.as_deref()), (BookingKind::Forbidden, None));
    assert_eq!((locked.kind, locked.vehicle.as_deref()), (BookingKind::Locked, Some("bus-1")));
    assert_eq!((locked.doctor.as_deref(), locked.activity.as_deref()), (Some("durand"), None));
    let published = territory.published.unwrap();
    assert_eq!(published.max_changes, Some(3));
    let session = |vehicle: &str, week, day, half, site: &str, doctor: Option<&str>| PublishedSession {
        vehicle: vehicle.to_owned(),
        week,
        day,
        half,
        site: site.to_owned(),
        doctor: doctor.map(str::to_owned),
        activity: None,
        specialist: None,
    };
    let mut expected = [
        session("bus-1", 1, Day::Mon, Half::Am, "halle", Some("durand")),
        session("bus-1", 1, Day::Tue, Half::Am, "halle", Some("martin")),
        session("bus-2", 4, Day::Mon, Half::Pm, "26325", None),
    ];
    expected[1].activity = Some("cardio".to_owned());
    assert_eq!(published.sessions, expected);
}

#[test]
fn a_calendar_made_by_hand_is_read_for_a_territory() {
    let folder = folder();
    let territory = read(&folder.path("")).unwrap().territory;
    let plain = read_sessions(&folder.path("sessions.csv"), &territory).unwrap();
    assert_eq!(Some(&plain.sessions), territory.published.as_ref().map(|published| &published.sessions));
    assert_eq!((&plain.lines[..], &plain.warnings[..]), (&[2, 3, 4][..], &[][..]));
    assert_eq!(plain.digest.name, "sessions.csv");
    let french = format!("\u{feff}{}", SESSIONS.replace(',', ";").replace('\n', "\r\n"));
    folder.write("tableur.csv", french);
    assert_eq!(read_sessions(&folder.path("tableur.csv"), &territory).unwrap().sessions, plain.sessions);
    folder.write("faux.csv", SESSIONS.replace("bus-2,4", "bus-3,4").replace("mardi", "mardy"));
    let error = read_sessions(&folder.path("faux.csv"), &territory).unwrap_err();
    let said = error.message(Lang::Fr);
    assert_eq!(error.faults().len(), 2, "{said}");
    assert!(said.contains("faux.csv, ligne 3 : day : « mardy » n'est pas un jour"), "{said}");
    assert!(said.contains("faux.csv, ligne 4 : aucun véhicule ne s'appelle « bus-3 »"), "{said}");
    assert!(read_sessions(&folder.path("absent.csv"), &territory).unwrap_err().is_io());
}

#[test]
fn the_published_calendar_counts_among_what_was_read() {
    let folder = folder();
    let before = read(&folder.path("")).unwrap().digest;
    let names: Vec<&str> = before.files.iter().map(|file| file.name.as_str()).collect();
    assert_eq!(names, ["territory.toml", "communes.csv", "sites.csv", "sessions.csv"]);
    folder.write("sessions.csv", SESSIONS.replace("bus-2,4", "bus-2,3"));
    assert_ne!(read(&folder.path("")).unwrap().digest.combined(), before.combined());
    std::fs::remove_file(folder.path("sessions.csv")).unwrap();
    let error = read(&folder.path("")).unwrap_err();
    assert!(error.is_io() && error.message(Lang::Fr).contains("sessions.csv : ce fichier n'existe pas"));
    assert_eq!(error.faults().len(), 1, "{error}");
}

#[test]
fn a_territory_survives_json() {
    let territory = territory();
    let text = serde_json::to_string(&territory).unwrap();
    assert_eq!(serde_json::from_str::<Territory>(&text).unwrap(), territory);
    let problem = Problem::new(territory.clone(), &TravelTimes::estimated(&territory)).unwrap();
    let again: Problem = serde_json::from_str(&serde_json::to_string(&problem).unwrap()).unwrap();
    assert_eq!(again.territory(), &territory);
    assert_eq!(again.digest(), problem.digest());
}

#[test]
fn every_rule_knows_the_line_that_sets_it() {
    let folder = folder();
    let sources = read(&folder.path("")).unwrap();
    // Line of the key, or of the section where the key is not written.
    let in_toml = [
        ("max_gap:26325", "rules.max_gap", 15),
        ("same_time:halle", "rules.same_time", 16),
        ("doctors_per_site:halle", "rules.doctors_per_site", 17),
        ("prevention_share", "rules.prevention_share", 18),
        ("required:1", "booking[0]", 67),
        ("forbidden:2", "booking[1]", 72),
        ("locked:3", "booking[2]", 76),
        ("doctor_needed", "doctor[0]", 33),
        ("doctor_hours:durand", "doctor[0].days", 36),
        ("doctor_hours:martin", "doctor[1].days", 46),
        ("doctor_week:durand", "doctor[0].half_days_per_week", 39),
        ("doctor_cycle:durand", "doctor[0].half_days_per_cycle", 40),
        ("department:durand", "doctor[0].departments", 43),
        ("prefers:durand", "doctor[0].prefers", 44),
        ("refuses:durand", "doctor[0].refuses", 45),
        ("activity_at_least:cardio", "activity[0].at_least", 57),
        ("activity_at_most:cardio", "activity[0].at_most", 58),
        ("majority", "activity[0]", 52),
        ("changes", "published.max_changes", 86),
        ("max_gap", "rules.max_gap", 15),
    ];
    let in_sites =
        [("max_gap:halle", 3), ("required_site:halle", 3), ("every:26325", 2), ("visits:halle", 3)];
    let in_sites = in_sites.map(|(rule, line)| (rule, rule.split(':').next().unwrap(), line));
    for (rule, label, line) in in_toml.into_iter().chain(in_sites) {
        let place = sources.rule_place(&rule.parse().unwrap()).unwrap();
        let of_site = !label.contains(['.', '[']);
        let file = folder.path(if of_site { "sites.csv" } else { "territory.toml" });
        let label = if label == "required_site" { "required" } else { label };
        assert_eq!((place.file, place.line, place.label.as_str()), (file, Some(line), label), "{rule}");
    }
    for unset in ["max_gap:nowhere", "required:2", "doctor_week:martin", "visits:nowhere", "locked:9"] {
        assert_eq!(sources.rule_place(&unset.parse().unwrap()), None, "{unset}");
    }
    assert_eq!(RuleKind::ALL.len(), 21, "a new rule needs its line");
}

#[test]
fn a_default_share_of_prevention_is_set_by_the_first_prevention() {
    let folder = folder();
    let share = RuleName::new(RuleKind::PreventionShare, None);
    let line = |text: String| {
        folder.write("territory.toml", text);
        let place = read(&folder.path("")).unwrap().rule_place(&share).unwrap();
        (place.label, place.line)
    };
    assert_eq!(
        line(TOML.replace("share = 0.05", "share = 0.1")),
        ("rules.prevention_share".into(), Some(18)),
        "written, though it is the default"
    );
    assert_eq!(line(TOML.replace("prevention_share = 0.05\n", "")), ("activity[1]".into(), Some(59)));
}
