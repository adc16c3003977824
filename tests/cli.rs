//! The command line as documentation: each page of `tests/cmd` shows commands and exactly what they print.

#[test]
fn pages() {
    trycmd::TestCases::new().case("tests/cmd/*.md");
}
