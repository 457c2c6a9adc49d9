//! Running experiments as a user does, and what they hit.

use serde_json::Value as Json;
use std::fs;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener};
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

/// A folder for the documents and the state of one test.
pub(crate) struct Place {
    folder: tempfile::TempDir,
}

impl Place {
    pub(crate) fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, text: &str) -> String {
        fs::write(self.path(name), text).unwrap();
        self.path(name).display().to_string()
    }

    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_herz"));
        command
            .args(args)
            .env("NO_COLOR", "1")
            .env("HERZ_STATE", self.path("state"))
            .env_remove("HERZ_SCHEMAS")
            .env_remove("HERZ_INVENTORY")
            .current_dir(self.folder.path())
            .stdin(Stdio::null());
        command
    }

    pub(crate) fn herz(&self, args: &[&str]) -> Output {
        self.command(args).output().unwrap()
    }

    /// Starts a run of an hour that stops a process.
    pub(crate) fn pausing(&self, pid: &str, more: &[&str]) -> Child {
        let run = ["run", "--fault", "process.pause=true", "--pid", pid];
        let how = ["--duration", "1h", "--yes"];
        self.spawn(&[&run[..], &how[..], more].concat())
    }

    pub(crate) fn spawn(&self, args: &[&str]) -> Child {
        self.command(args)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap()
    }

    /// The runs that the store knows, as `herz status` tells them.
    pub(crate) fn runs(&self) -> Vec<Json> {
        let output = self.herz(&["status", "--all", "-o", "json"]);
        let json: Json = serde_json::from_slice(&output.stdout).unwrap();
        json["runs"].as_array().unwrap().clone()
    }

    pub(crate) fn until_phase(&self, phase: &str) {
        until(&format!("phase {phase}"), || {
            self.runs().last().is_some_and(|run| run["phase"] == phase)
        });
    }
}

pub(crate) fn until(what: &str, mut done: impl FnMut() -> bool) {
    let end = Instant::now() + Duration::from_secs(60);
    while !done() {
        assert!(Instant::now() < end, "it never came: {what}");
        std::thread::sleep(Duration::from_millis(10));
    }
}

pub(crate) fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

pub(crate) fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

pub(crate) fn code(output: &Output) -> i32 {
    output.status.code().unwrap_or(-1)
}

pub(crate) fn signal(pid: u32, name: &str) {
    let status = Command::new("kill")
        .args([&format!("-{name}"), &pid.to_string()])
        .status();
    assert!(status.unwrap().success());
}

/// A process that does nothing; it ends with the test.
pub(crate) struct Sleeper(pub(crate) Child);

impl Sleeper {
    pub(crate) fn new() -> Self {
        Self(Command::new("sleep").arg("600").spawn().unwrap())
    }

    pub(crate) fn pid(&self) -> u32 {
        self.0.id()
    }

    /// Its state, as the kernel tells it.
    pub(crate) fn state(&self) -> char {
        state(self.pid()).unwrap()
    }
}

impl Drop for Sleeper {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

pub(crate) fn state(pid: u32) -> Option<char> {
    let text = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    text.rsplit_once(") ")?.1.chars().next()
}

/// A service that answers everything with 200; it ends with the test.
pub(crate) fn service() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        for socket in listener.incoming() {
            let mut socket = socket.unwrap();
            std::thread::spawn(move || {
                let mut buffer = [0; 8192];
                while let Ok(1..) = socket.read(&mut buffer) {
                    let answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
                    if socket.write_all(answer.as_bytes()).is_err() {
                        return;
                    }
                }
            });
        }
    });
    address
}

pub(crate) fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().port()
}

/// Status that curl sees; 0 if there is no answer, nothing if there is no curl.
pub(crate) fn curl(port: u16) -> Option<u16> {
    let output = Command::new("curl")
        .args(["-s", "-o", "/dev/null", "-w", "%{http_code}"])
        .arg(format!("http://127.0.0.1:{port}/"))
        .output();
    match output {
        Ok(output) => Some(String::from_utf8(output.stdout).unwrap().parse().unwrap()),
        Err(_) => {
            eprintln!("SKIPPED: curl is not installed, nobody looks from outside");
            None
        }
    }
}
