//! What embedders rely on.

use std::sync::Mutex;

use medicobus_roads::{
    Cancel, Error, ErrorKind, NetworkBuilder, NoRoad, Phase, Profile, RoadNetwork, SearchOptions, Snap, Step,
    Table, Trip, Watch,
};

use crate::files::shared_file;

#[test]
fn public_types_travel_between_threads() {
    fn travels<T: Send + Sync>() {}
    travels::<RoadNetwork>();
    travels::<NetworkBuilder>();
    travels::<Profile>();
    travels::<Table>();
    travels::<Trip>();
    travels::<Snap>();
    travels::<NoRoad>();
    travels::<SearchOptions>();
    travels::<Error>();
    travels::<Cancel>();
    travels::<Watch<'_>>();
}

#[test]
fn a_network_without_roads_is_an_error() {
    let error = RoadNetwork::builder().build().unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::NoRoads));
}

#[test]
fn reading_reports_its_bytes_and_can_be_stopped() {
    let Some(file) = shared_file("robustness", "li_dense_zlib.osm.pbf") else { return };
    let steps: Mutex<Vec<Step>> = Mutex::default();
    let note = |step| steps.lock().unwrap().push(step);
    RoadNetwork::read(&file, &Profile::van(), &Watch::new(&note)).unwrap();
    let steps = steps.into_inner().unwrap();
    let read: Vec<&Step> = steps.iter().filter(|step| step.phase == Phase::Read).collect();
    // Each block of map data once: all of the file but the 76 bytes of its header.
    let last = read[read.len() - 1];
    assert_eq!((read[0].done, last.done, last.total), (0, 592_460, 592_460));
    assert!(read.windows(2).all(|pair| pair[1].done - pair[0].done < last.total / 2), "no jumps");
    assert!(read.windows(2).all(|pair| pair[0].done <= pair[1].done && pair[1].done <= pair[1].total));
    assert!(steps.iter().any(|step| step.phase == Phase::Build));

    let cancel = Cancel::default();
    cancel.cancel();
    let stopped = RoadNetwork::read(&file, &Profile::van(), &Watch::none().with_cancel(cancel));
    assert!(stopped.unwrap_err().is_cancelled());
}

#[test]
fn a_file_that_is_not_there_is_an_error_of_reading() {
    let error =
        RoadNetwork::read("no/such/file.osm.pbf".as_ref(), &Profile::van(), &Watch::none()).unwrap_err();
    assert!(error.is_io());
    assert!(error.to_string().starts_with("no/such/file.osm.pbf: "));
}
