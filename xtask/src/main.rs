//! Set-up, build, serve and test: what the two commands of the README call.
fn main() {}
