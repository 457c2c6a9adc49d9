//! A proxy without faults: bytes a second, CPU time for them, and what it adds to a round trip.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Bytes of one transfer.
const BYTES: usize = 256 << 20;
const PINGS: usize = 1500;

/// The proxy of Herz, until the process ends.
pub(crate) fn serve(listen: &str, upstream: &str) {
    let mut builder = tokio::runtime::Builder::new_multi_thread();
    let runtime = builder.enable_all().build().unwrap();
    runtime.block_on(async {
        let _proxy = herz_proxy::TcpProxy::start(listen, upstream, 0)
            .await
            .unwrap();
        std::future::pending::<()>().await;
    });
}

/// The first byte says what is wanted: `s` is sent data, `p` gets each byte back.
fn service() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        for socket in listener.incoming().flatten() {
            std::thread::spawn(move || answer(socket));
        }
    });
    address
}

fn answer(mut socket: TcpStream) {
    let _ = socket.set_nodelay(true);
    let mut wish = [0];
    if socket.read_exact(&mut wish).is_err() {
        return;
    }
    if &wish == b"s" {
        let block = vec![7; 64 << 10];
        let mut left = BYTES;
        while left > 0 && socket.write_all(&block).is_ok() {
            left -= block.len();
        }
        return;
    }
    let mut byte = [0];
    while socket.read_exact(&mut byte).is_ok() && socket.write_all(&byte).is_ok() {}
}

struct Contender {
    name: &'static str,
    address: SocketAddr,
    child: Option<Child>,
    _folder: Option<tempfile::TempDir>,
}

impl Drop for Contender {
    fn drop(&mut self) {
        if let Some(child) = &mut self.child {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

fn port() -> SocketAddr {
    TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
}

fn quiet(command: &mut Command) -> Option<Child> {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .ok()
}

fn contenders(service: SocketAddr) -> Vec<Contender> {
    let mut all = vec![Contender {
        name: "direct",
        address: service,
        child: None,
        _folder: None,
    }];
    let address = port();
    let child = quiet(Command::new(std::env::current_exe().unwrap()).args([
        "--serve-proxy",
        &address.to_string(),
        &service.to_string(),
    ]));
    all.push(Contender {
        name: "herz",
        address,
        child,
        _folder: None,
    });
    let (address, folder) = (port(), tempfile::tempdir().unwrap());
    let config = folder.path().join("haproxy.cfg");
    let text = format!(
        "defaults\n  mode tcp\n  timeout connect 5s\n  timeout client 60s\n  timeout server 60s\n\
         listen bench\n  bind {address}\n  server one {service}\n"
    );
    std::fs::write(&config, text).unwrap();
    match quiet(Command::new("haproxy").arg("-db").arg("-f").arg(&config)) {
        Some(child) => all.push(Contender {
            name: "HAProxy, TCP mode",
            address,
            child: Some(child),
            _folder: Some(folder),
        }),
        None => println!("SKIPPED: haproxy is not installed"),
    }
    let Ok(server) = std::env::var("TOXIPROXY") else {
        println!("SKIPPED: TOXIPROXY does not name Toxiproxy's server");
        return all;
    };
    let (address, api, folder) = (port(), port(), tempfile::tempdir().unwrap());
    let config = folder.path().join("toxiproxy.json");
    let text = format!(
        "[{{\"name\": \"bench\", \"listen\": \"{address}\", \"upstream\": \"{service}\", \"enabled\": true}}]"
    );
    std::fs::write(&config, text).unwrap();
    let mut command = Command::new(server);
    command.arg("-host").arg(api.ip().to_string());
    command
        .arg("-port")
        .arg(api.port().to_string())
        .arg("-config")
        .arg(&config);
    match quiet(&mut command) {
        Some(child) => all.push(Contender {
            name: "Toxiproxy",
            address,
            child: Some(child),
            _folder: Some(folder),
        }),
        None => println!("SKIPPED: TOXIPROXY can't be started"),
    }
    all
}

fn connect(address: SocketAddr) -> TcpStream {
    let end = Instant::now() + Duration::from_secs(10);
    loop {
        match TcpStream::connect(address) {
            Ok(socket) => {
                socket.set_nodelay(true).unwrap();
                return socket;
            }
            Err(error) => assert!(Instant::now() < end, "{address}: {error}"),
        }
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// Megabytes a second.
fn transfer(address: SocketAddr) -> f64 {
    let mut socket = connect(address);
    let begun = Instant::now();
    socket.write_all(b"s").unwrap();
    let (mut buffer, mut count) = (vec![0; 256 << 10], 0);
    while let Ok(size @ 1..) = socket.read(&mut buffer) {
        count += size;
    }
    assert_eq!(count, BYTES);
    BYTES as f64 / 1e6 / begun.elapsed().as_secs_f64()
}

/// Microseconds of round trips.
fn pings(address: SocketAddr) -> Vec<f64> {
    let mut socket = connect(address);
    socket.write_all(b"p").unwrap();
    let mut byte = [1];
    let mut times = Vec::new();
    for _ in 0..PINGS {
        let begun = Instant::now();
        socket.write_all(&byte).unwrap();
        socket.read_exact(&mut byte).unwrap();
        times.push(begun.elapsed().as_secs_f64() * 1e6);
    }
    times
}

/// CPU time of a process, in seconds; clock ticks are hundredths.
fn cpu(child: Option<&Child>) -> f64 {
    let read = |pid: u32| {
        let text = std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
        let fields: Vec<&str> = text.rsplit_once(')')?.1.split_whitespace().collect();
        let ticks: f64 =
            fields.get(11)?.parse::<f64>().ok()? + fields.get(12)?.parse::<f64>().ok()?;
        Some(ticks / 100.0)
    };
    child.and_then(|child| read(child.id())).unwrap_or(0.0)
}

pub(crate) fn run(rounds: usize) {
    let service = service();
    let contenders = contenders(service);
    let mut speeds = vec![Vec::new(); contenders.len()];
    let mut trips = vec![Vec::new(); contenders.len()];
    let mut spent = vec![0.0; contenders.len()];
    for round in 0..=rounds {
        for (at, one) in contenders.iter().enumerate() {
            let before = cpu(one.child.as_ref());
            let speed = transfer(one.address);
            let used = cpu(one.child.as_ref()) - before;
            let times = pings(one.address);
            if round > 0 {
                speeds[at].push(speed);
                spent[at] += used;
                trips[at].extend(times);
            }
        }
    }
    println!(
        "{:<20} {:>10} {:>8} {:>18} {:>10} {:>10}",
        "", "MB/s", "ratio", "MB per CPU second", "p50 us", "p99 us"
    );
    // Ratios are those within a round: the machine's mood is the same for all in it.
    for (at, one) in contenders.iter().enumerate() {
        let mut ratios: Vec<f64> = speeds[at]
            .iter()
            .zip(&speeds[1])
            .map(|(s, herz)| s / herz)
            .collect();
        let ratio = super::median(&mut ratios);
        let per_cpu = if spent[at] > 0.0 {
            format!("{:.0}", BYTES as f64 / 1e6 * rounds as f64 / spent[at])
        } else {
            "-".to_owned()
        };
        println!(
            "{:<20} {:>10.0} {ratio:>8.2} {per_cpu:>18} {:>10.1} {:>10.1}",
            one.name,
            super::median(&mut speeds[at]),
            super::quantile(&mut trips[at], 0.5),
            super::quantile(&mut trips[at], 0.99)
        );
    }
}
