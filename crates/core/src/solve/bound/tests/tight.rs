//! Each rule takes from the bound what it takes from plans.
