//! Serves a folder on localhost as any plain web server would: files, types, nothing else.

use std::fs;
use std::net::SocketAddr;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use std::thread::JoinHandle;

use anyhow::{Context, Result, anyhow};
use tiny_http::{Header, Method, Request, Response, Server};

/// Stops when dropped.
pub struct StaticServer {
    server: Arc<Server>,
    worker: Option<JoinHandle<()>>,
    address: SocketAddr,
    prefix: String,
}

impl StaticServer {
    /// Serves `folder` under `prefix` (`/` or `/a/b/`) at `port`; port 0 takes any free one.
    pub fn start(folder: &Path, prefix: &str, port: u16) -> Result<StaticServer> {
        let server = Server::http(("127.0.0.1", port))
            .map_err(|why| anyhow!("{why}"))
            .with_context(|| format!("cannot listen on port {port}: choose another with --port"))?;
        let address = server.server_addr().to_ip().context("the server has no address")?;
        let server = Arc::new(server);
        let worker = std::thread::spawn({
            let (server, folder, prefix) = (server.clone(), folder.to_owned(), prefix.to_owned());
            move || {
                for request in server.incoming_requests() {
                    answer(request, &folder, &prefix);
                }
            }
        });
        Ok(StaticServer { server, worker: Some(worker), address, prefix: prefix.to_owned() })
    }

    /// The address of the start page.
    pub fn url(&self) -> String {
        format!("http://localhost:{}{}", self.address.port(), self.prefix)
    }

    /// Serves until the process is stopped.
    pub fn wait(mut self) {
        if let Some(worker) = self.worker.take() {
            // A panic of the worker has been printed by itself; there is nothing left to serve.
            let _ = worker.join();
        }
    }
}

impl Drop for StaticServer {
    fn drop(&mut self) {
        self.server.unblock();
        if let Some(worker) = self.worker.take() {
            // As above.
            let _ = worker.join();
        }
    }
}

fn answer(request: Request, folder: &Path, prefix: &str) {
    let file = match request.method() {
        Method::Get | Method::Head => file_for(request.url(), folder, prefix),
        _ => None,
    };
    let content = file.and_then(|file| Some((content_type(&file), fs::read(&file).ok()?)));
    let response = match content {
        Some((kind, bytes)) => Response::from_data(bytes)
            .with_header(header("Content-Type", kind))
            // The page names its files by content; index.html itself must always be asked for.
            .with_header(header("Cache-Control", "no-cache"))
            .with_header(header("X-Content-Type-Options", "nosniff")),
        None => Response::from_string("404 not found").with_status_code(404),
    };
    // A browser that went away before its answer is no fault of ours.
    let _ = request.respond(response);
}

/// The file that an address names, or nothing when it is not below `folder`.
fn file_for(url: &str, folder: &Path, prefix: &str) -> Option<PathBuf> {
    let path = url.split(['?', '#']).next()?.strip_prefix(prefix)?;
    let path = Path::new(if path.is_empty() { "index.html" } else { path });
    let stays_below = path.components().all(|part| matches!(part, Component::Normal(_)));
    stays_below.then(|| folder.join(path))
}

fn content_type(file: &Path) -> &'static str {
    match file.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("json") => "application/json",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        _ => "application/octet-stream",
    }
}

fn header(name: &'static str, value: &'static str) -> Header {
    Header::from_bytes(name, value).expect("the header is plain ASCII")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(url: &str, expected: Option<&str>) {
        assert_eq!(file_for(url, Path::new("/d"), "/a/b/"), expected.map(PathBuf::from));
    }

    #[test]
    fn addresses_name_files_below_the_folder_only() {
        check("/a/b/", Some("/d/index.html"));
        check("/a/b/x.js?1", Some("/d/x.js"));
        check("/a/b/c/x.css", Some("/d/c/x.css"));
        check("/a/", None);
        check("/x.js", None);
        check("/a/b/../../etc/passwd", None);
        check("/a/b//etc/passwd", None);
    }
}
