//! Territories built in memory meet the same checks, and are told where without a file.

use medicobus_core::people::{ByProfile, Patients};
use medicobus_core::territory::{Base, Commune, Severity, Site, Territory, Vehicle, faults};
use medicobus_roads::Position;

fn commune(code: &str) -> Commune {
    Commune {
        code: code.to_owned(),
        name: code.to_owned(),
        position: Position { lat: 45.0, lon: 5.0 },
        population: None,
        patients: ByProfile { ald: Patients(1.0), elderly: Patients(2.0), other: Patients(3.0) },
        zone: None,
    }
}

fn territory() -> Territory {
    let vehicles = vec![Vehicle::new("bus", Base::Commune("b".to_owned()))];
    Territory::new("Essai", vec![commune("a"), commune("b")], vec![Site::at_centre("a")], vehicles)
}

#[test]
fn a_sound_territory_has_no_fault() {
    assert_eq!(faults(&territory()), []);
}

#[test]
fn a_fault_in_memory_says_where_it_is() {
    let mut broken = territory();
    broken.communes[1].patients.ald = Patients(f64::NAN);
    broken.sites.push(Site::at_centre("a"));
    broken.vehicles[0].base = Base::Commune("c".to_owned());
    let said: Vec<String> = faults(&broken).iter().map(ToString::to_string).collect();
    assert_eq!(said.len(), 3, "{said:?}");
    assert!(
        said.iter().any(|text| text.starts_with("communes[1].ald: the number of patients NaN")),
        "{said:?}"
    );
    assert!(said.iter().any(|text| text.contains("\"a\" is already at sites[0].id")), "{said:?}");
    assert!(said.iter().any(|text| text.starts_with("vehicle[0].base: the base \"c\"")), "{said:?}");
}

#[test]
fn a_territory_without_sites_can_be_planned_and_one_without_vehicles_cannot() {
    let mut empty = territory();
    empty.sites.clear();
    assert_eq!(faults(&empty).iter().map(|fault| fault.severity()).collect::<Vec<_>>(), [Severity::Warning]);
    empty.vehicles.clear();
    assert!(faults(&empty).iter().any(|fault| fault.is_error()));
}
