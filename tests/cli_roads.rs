//! Roads on the command line: saved once, used many times.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

#[path = "../crates/roads/tests/roads/writer.rs"]
#[allow(dead_code, reason = "other tests use the rest of it")]
mod writer;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/neubrandenburg").join(name)
}

/// Runs the program in a folder; words that start with `@` are files of the fixture.
fn medicobus(folder: &TempDir, line: &str) -> Output {
    let mut program = Command::new(env!("CARGO_BIN_EXE_medicobus"));
    program.current_dir(folder);
    for word in line.split_whitespace() {
        match word.strip_prefix('@') {
            Some(name) => program.arg(fixture(name)),
            None => program.arg(word),
        };
    }
    program.output().unwrap()
}

#[track_caller]
fn done(folder: &TempDir, line: &str) -> String {
    let output = medicobus(folder, line);
    assert_eq!(output.status.code(), Some(0), "{line}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[track_caller]
fn refused(folder: &TempDir, line: &str, exit: i32) -> String {
    let output = medicobus(folder, line);
    assert_eq!(output.status.code(), Some(exit), "{line}");
    assert_eq!(output.stdout, b"", "{line}");
    String::from_utf8(output.stderr).unwrap()
}

const BUILD: &str = "roads build @neubrandenburg.osm.pbf --out town.roads";

#[test]
fn saved_roads_give_the_times_of_their_extract_by_any_search() {
    let folder = tempfile::tempdir().unwrap();
    let said = done(&folder, BUILD);
    assert!(said.contains("carrefours") && said.ends_with("Écrit : town.roads\n"), "{said}");
    done(&folder, "times @territory.toml --osm @neubrandenburg.osm.pbf --out extract.csv");
    done(&folder, "times @territory.toml --roads town.roads --out saved.csv --search hierarchy");
    done(&folder, "times @territory.toml --roads town.roads --out searched.csv --search dijkstra");
    let times =
        ["extract.csv", "saved.csv", "searched.csv"].map(|name| fs::read(folder.path().join(name)).unwrap());
    assert!(times[0].len() > 1000 && times[0] == times[1] && times[1] == times[2]);
}

/// The territory of the fixture with other roads, as TOML, in a folder of its own.
fn with_roads(roads: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for name in ["communes.csv", "sites.csv"] {
        fs::copy(fixture(name), folder.path().join(name)).unwrap();
    }
    let territory = fs::read_to_string(fixture("territory.toml")).unwrap();
    let territory = territory.replace("\"neubrandenburg.osm.pbf\"", roads);
    fs::write(folder.path().join("territory.toml"), territory).unwrap();
    folder
}

#[test]
fn a_territory_may_name_saved_roads() {
    let folder = with_roads("\"town.roads\"");
    done(&folder, BUILD);
    let said = done(&folder, "check territory.toml");
    assert!(said.contains("réseau routier town.roads"), "{said}");
}

#[test]
fn a_territory_may_name_several_extracts() {
    let folder = with_roads("[\"a.osm.pbf\", \"b.osm.pbf\"]");
    for name in ["a.osm.pbf", "b.osm.pbf"] {
        fs::copy(fixture("neubrandenburg.osm.pbf"), folder.path().join(name)).unwrap();
    }
    let said = done(&folder, "check territory.toml");
    assert!(said.contains("réseau routier a.osm.pbf, b.osm.pbf"), "{said}");
    done(&folder, "times territory.toml --out both.csv");
    done(&folder, "times @territory.toml --out one.csv");
    let [both, one] = ["both.csv", "one.csv"].map(|name| fs::read(folder.path().join(name)).unwrap());
    assert!(one.len() > 1000 && both == one);
}

#[test]
fn times_need_roads() {
    let folder = with_roads("\"\"");
    let told = refused(&folder, "times territory.toml --out times.csv", 2);
    assert!(told.contains("ligne 10 : roads.file est vide"), "{told}");
    let path = folder.path().join("territory.toml");
    let territory = fs::read_to_string(&path).unwrap();
    fs::write(&path, territory.replace("[roads]\nfile = \"\"", "")).unwrap();
    let told = refused(&folder, "times territory.toml --out times.csv", 2);
    assert!(told.contains("--osm") && told.contains("[roads]"), "{told}");
    let told = refused(&folder, "times --points sites.csv --out times.csv", 2);
    assert!(told.contains("--osm"), "{told}");
}

#[test]
fn a_result_never_replaces_a_file_of_the_territory() {
    let folder = with_roads("\"town.roads\"");
    done(&folder, BUILD);
    let before = fs::read(folder.path().join("communes.csv")).unwrap();
    for line in ["times territory.toml --out communes.csv", "plan territory.toml --stats communes.csv"] {
        let told = refused(&folder, line, 3);
        assert!(told.contains("communes.csv : ce fichier est aussi lu"), "{told}");
    }
    assert_eq!(fs::read(folder.path().join("communes.csv")).unwrap(), before);
}

#[test]
fn an_extract_given_twice_is_the_same_map() {
    let folder = tempfile::tempdir().unwrap();
    let once = done(&folder, BUILD);
    fs::copy(fixture("neubrandenburg.osm.pbf"), folder.path().join("copy.osm.pbf")).unwrap();
    let twice = done(&folder, "roads build @neubrandenburg.osm.pbf copy.osm.pbf --out town.roads");
    assert_eq!(once, twice);
}

#[test]
fn roads_that_do_not_suit_are_refused_with_the_remedy() {
    let folder = tempfile::tempdir().unwrap();
    done(&folder, BUILD);
    let winter = refused(&folder, "check @territory.toml --roads town.roads --winter", 2);
    assert!(
        winter.contains("town.roads") && winter.contains("winter") && winter.contains("--winter"),
        "{winter}"
    );
    let path = folder.path().join("town.roads");
    let mut bytes = fs::read(&path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&path, &bytes).unwrap();
    let damaged = refused(&folder, "check @territory.toml --roads town.roads --lang en", 2);
    assert!(damaged.contains("is damaged") && damaged.contains("build it again"), "{damaged}");
    fs::write(&path, &bytes[..middle]).unwrap();
    let cut = refused(&folder, "check @territory.toml --roads town.roads", 2);
    assert!(cut.contains(&format!("{middle} octets")), "{cut}");
    let other = refused(&folder, "check @territory.toml --roads @neubrandenburg.osm.pbf", 2);
    assert!(other.contains("medicobus roads build"), "{other}");
    let absent = refused(&folder, "check @territory.toml --roads absent.roads", 3);
    assert!(absent.contains("n'existe pas"), "{absent}");
}

#[test]
fn roads_that_cannot_be_built_leave_no_file() {
    let folder = tempfile::tempdir().unwrap();
    refused(&folder, "roads build absent.osm.pbf --out town.roads", 3);
    refused(&folder, "roads build @territory.toml --out town.roads", 2);
    refused(&folder, "roads build @neubrandenburg.osm.pbf --out no/such/folder/town.roads", 3);
    refused(&folder, "roads build @neubrandenburg.osm.pbf --out town.roads --stats no/such.json", 3);
    fs::write(folder.path().join("van.toml"), "name = 1").unwrap();
    let told = refused(&folder, "roads build @neubrandenburg.osm.pbf --out town.roads --profile van.toml", 2);
    assert!(told.contains("van.toml"), "{told}");
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 1);
}

/// The names of the parts of the work in a file of statistics, each with its seconds.
fn parts(folder: &TempDir, name: &str) -> Vec<String> {
    let stats: Value = serde_json::from_slice(&fs::read(folder.path().join(name)).unwrap()).unwrap();
    assert_eq!(stats["format"], "medicobus-stats/1");
    assert!(stats["roads"]["nodes"].as_u64() > Some(1_000) && stats["roads"]["arcs"].as_u64() > Some(1_000));
    assert!(stats["total"]["wall_seconds"].as_f64() > Some(0.0));
    if cfg!(target_os = "linux") {
        assert!(stats["peak_memory_bytes"].as_u64() > Some(1 << 20), "{stats}");
        assert!(stats["total"]["cpu_seconds"].as_f64() > Some(0.0), "{stats}");
    }
    let parts = stats["parts"].as_array().unwrap();
    assert!(parts.iter().all(|part| part["wall_seconds"].as_f64() >= Some(0.0)), "{stats}");
    parts.iter().map(|part| part["part"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn statistics_tell_the_parts_of_the_work() {
    let folder = tempfile::tempdir().unwrap();
    done(&folder, &format!("{BUILD} --stats build.json"));
    assert_eq!(parts(&folder, "build.json"), ["other", "read", "build", "contract", "write"]);
    done(&folder, "times @territory.toml --roads town.roads --out times.csv --stats times.json");
    assert_eq!(parts(&folder, "times.json"), ["other", "load", "snap", "search", "write"]);
    done(&folder, "plan @territory.toml --roads town.roads --stats plan.json");
    assert_eq!(parts(&folder, "plan.json"), ["other", "load", "snap", "search", "solve", "write"]);
}

#[test]
fn every_pair_without_a_trip_has_a_reason() {
    let folder = tempfile::tempdir().unwrap();
    let points = "id,lat,lon\ntown,53.5573,13.2611\nvillage,53.4957,13.3120\nberlin,52.52,13.40\n";
    fs::write(folder.path().join("points.csv"), points).unwrap();
    let line = "times --points points.csv --osm @neubrandenburg.osm.pbf --out times.csv --details all.csv --within 5min";
    let said = done(&folder, line);
    assert!(said.contains("2 paires sans trajet : trop longues"), "{said}");
    assert!(said.contains("4 paires sans trajet : un lieu loin des routes"), "{said}");
    let all = fs::read_to_string(folder.path().join("all.csv")).unwrap();
    let reasons: Vec<&str> = all.lines().skip(1).map(|row| row.rsplit(',').next().unwrap()).collect();
    let expected =
        ["beyond", "end_off_roads", "beyond", "end_off_roads", "start_off_roads", "start_off_roads"];
    assert_eq!(reasons, expected, "{all}");
}

#[test]
fn options_of_roads_without_roads_are_told_to_change_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let times = "from,to,seconds\n29680830,117830170,600\n";
    fs::write(folder.path().join("times.csv"), times).unwrap();
    let output = medicobus(&folder, "check @territory.toml --times times.csv --winter --lang en");
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(told.contains("--winter: without effect"), "{told}");
}

/// A street in Neubrandenburg and one in Burg Stargard with a ferry between them; a pass that is shut in winter, a gate
/// whose closing nobody understands, and, where `is_cut`, a street that leads to a node which is not there.
fn lake(is_cut: bool) -> Vec<u8> {
    let nodes = [
        (1, 535_574_000, 132_602_000),
        (2, 535_594_000, 132_602_000),
        (3, 535_614_000, 132_602_000),
        (4, 534_956_000, 133_097_000),
        (5, 534_936_000, 133_097_000),
        (6, 535_594_000, 133_202_000),
    ];
    let gate = [("barrier", "gate"), ("access:conditional", "no @ (Nov - easter)")];
    let mut tags = [&[][..]; 6];
    tags[1] = &gate;
    let pass = [("highway", "residential"), ("seasonal", "yes"), ("name", "Col de la Croix")];
    let mut ways = vec![
        writer::way(1, &[1, 2, 3]),
        writer::way(2, &[4, 5]),
        writer::tagged_way(3, &[1, 4], &[("route", "ferry"), ("duration", "00:20")]),
        writer::tagged_way(4, &[2, 6], &pass),
    ];
    if is_cut {
        ways.push(writer::way(5, &[3, 99]));
    }
    let nodes = writer::data(&writer::tagged_nodes(&nodes, &tags));
    [writer::header(), nodes, writer::data(&writer::ways(&ways))].concat()
}

#[test]
fn trips_by_ferry_are_marked_and_counted() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("lake.pbf"), lake(false)).unwrap();
    let said = done(&folder, "times @territory.toml --osm lake.pbf --out times.csv");
    assert!(said.contains("par bac, attente comprise"), "{said}");
    let table = fs::read_to_string(folder.path().join("times.csv")).unwrap();
    let rows: Vec<&str> = table.lines().filter(|row| row.ends_with(",yes")).collect();
    assert!(table.starts_with("from,to,seconds,metres,ferry\n") && rows.len() > 1, "{table}");
    // Twenty minutes on the water, and fifteen until the ferry leaves.
    assert!(rows.iter().all(|row| row.split(',').nth(2) >= Some("2100.000")), "{table}");
    let expected = format!("{} trajets passent par un bac, attente comprise.", rows.len());
    for line in ["check @territory.toml --osm lake.pbf", "check @territory.toml --times times.csv"] {
        let said = done(&folder, line);
        assert!(said.contains(&expected), "{line}: {said}");
    }
    done(&folder, "plan @territory.toml --osm lake.pbf");
    assert_eq!(fs::read_to_string(folder.path().join("plan/times.csv")).unwrap(), table);
    done(&folder, "times @territory.toml --osm @neubrandenburg.osm.pbf --out dry.csv");
    let dry = fs::read_to_string(folder.path().join("dry.csv")).unwrap();
    assert!(dry.starts_with("from,to,seconds,metres\n"));
}

#[test]
fn every_command_on_roads_tells_what_winter_shuts() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("lake.pbf"), lake(false)).unwrap();
    for line in [
        "roads build lake.pbf --out lake.roads",
        "times @territory.toml --osm lake.pbf --out times.csv",
        "check @territory.toml --osm lake.pbf",
        "check @territory.toml --roads lake.roads",
        "plan @territory.toml --osm lake.pbf",
    ] {
        let said = done(&folder, line).replace('\n', " ");
        assert!(
            said.contains("ouverts ici (--winter les ferme) : 4,0 km (Col de la Croix 4,0 km)."),
            "{line}: {said}"
        );
        assert!(said.contains("1 condition de fermeture non comprise :"), "{line}: {said}");
    }
    let said = done(&folder, "check @territory.toml --osm lake.pbf --winter --lang en").replace('\n', " ");
    assert!(said.contains("Shut here as in winter: 4.0 km (Col de la Croix 4.0 km)."), "{said}");
    let said = done(&folder, "check @territory.toml --osm @neubrandenburg.osm.pbf");
    assert!(!said.contains("hiver") && !said.contains("fermeture"), "{said}");
}

#[test]
fn every_command_on_roads_warns_of_nodes_that_are_missing() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("cut.pbf"), lake(true)).unwrap();
    for line in [
        "roads build cut.pbf --out cut.roads",
        "times @territory.toml --osm cut.pbf --out times.csv",
        "check @territory.toml --osm cut.pbf",
        "check @territory.toml --roads cut.roads",
        "plan @territory.toml --osm cut.pbf",
    ] {
        let told = String::from_utf8(medicobus(&folder, line).stderr).unwrap();
        assert!(told.contains("Avertissement : cut.pbf : 1 point manque"), "{line}: {told}");
        assert!(told.contains("complete_ways"), "{line}: {told}");
    }
}

#[test]
fn saved_roads_are_no_extract() {
    let folder = with_roads("[\"town.roads\", \"other.osm.pbf\"]");
    done(&folder, BUILD);
    fs::copy(fixture("neubrandenburg.osm.pbf"), folder.path().join("other.osm.pbf")).unwrap();
    for line in [
        "roads build town.roads --out again.roads",
        "check territory.toml",
        "check @territory.toml --osm town.roads --osm @neubrandenburg.osm.pbf",
    ] {
        let told = refused(&folder, line, 2);
        assert!(
            told.contains("town.roads : c'est un réseau routier enregistré") && told.contains("--roads"),
            "{told}"
        );
    }
    fs::write(folder.path().join("empty.osm.pbf"), "").unwrap();
    let told = refused(&folder, "check @territory.toml --osm empty.osm.pbf", 2);
    assert!(told.contains("empty.osm.pbf : ce fichier est vide"), "{told}");
}

#[test]
fn every_command_that_takes_an_extract_tells_what_it_took() {
    let folder = tempfile::tempdir().unwrap();
    done(&folder, BUILD);
    done(&folder, "plan @territory.toml --roads town.roads --search auto");
    fs::write(folder.path().join("hand.csv"), "vehicle,week,day,half,site\nbus-1,1,tue,am,117830170\n")
        .unwrap();
    for line in [
        "check @territory.toml --roads town.roads --stats stats.json",
        "evaluate @territory.toml hand.csv --roads town.roads --stats stats.json",
        "compare plan hand.csv @territory.toml --roads town.roads --stats stats.json",
    ] {
        done(&folder, line);
        assert!(parts(&folder, "stats.json").contains(&"load".to_owned()), "{line}");
    }
    let told = refused(&folder, "evaluate @territory.toml hand.csv --roads town.roads --stats hand.csv", 3);
    assert!(told.contains("hand.csv : ce fichier est aussi lu"), "{told}");
}
