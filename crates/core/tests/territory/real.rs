//! The planning territories that the figures of the project are measured on.

use std::path::Path;

use medicobus_core::territory::read_with_times;

#[test]
fn the_planning_territories_are_read_whole() {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/planning"));
    if !folder.is_dir() {
        eprintln!("skipped: no planning territories at {}", folder.display());
        return;
    }
    // Name, communes, sites, vehicles, weeks, trips between different places.
    let known = [
        ("small-1", 40, 20, 1, 1),
        ("medium-1", 200, 100, 3, 1),
        ("medium-tight-1", 200, 100, 3, 1),
        ("overlap-1", 200, 100, 6, 1),
        ("large-1", 600, 300, 8, 2),
        ("large-tight-1", 600, 300, 8, 2),
    ];
    for (name, communes, sites, vehicles, weeks) in known {
        let (sources, times) = read_with_times(&folder.join(name), None).unwrap();
        let territory = &sources.territory;
        let found = (territory.communes.len(), territory.sites.len(), territory.vehicles.len());
        assert_eq!(found, (communes, sites, vehicles), "{name}");
        assert_eq!(territory.calendar.cycle_weeks, weeks, "{name}");
        assert!(sources.warnings.is_empty(), "{name}: {:?}", sources.warnings);
        let rows = std::fs::read_to_string(folder.join(name).join("times.csv")).unwrap();
        let pairs = rows.lines().skip(1).filter(|row| {
            let mut cells = row.split(',');
            cells.next() != cells.next()
        });
        assert_eq!(times.unwrap().iter().count(), pairs.count(), "{name}");
    }
}
