//! The command line of médicobus.

fn main() {}
