//! Builds the page and serves it on localhost.

use anyhow::Result;
use gouji_browser_tests::places;
use gouji_browser_tests::static_server::StaticServer;

use crate::{build, setup};

pub fn serve(port: u16) -> Result<()> {
    build::build(&setup::for_build()?)?;
    let server = StaticServer::start(&places::dist(), "/", port)?;
    println!("\nThe page is at {} (stop with Ctrl+C)", server.url());
    server.wait();
    Ok(())
}
