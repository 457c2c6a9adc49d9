//! Services and clients that are nothing but sockets.

use std::io::{ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::time::{Duration, Instant};

pub(crate) fn runtime() -> tokio::runtime::Runtime {
    let mut builder = tokio::runtime::Builder::new_multi_thread();
    builder.worker_threads(2).enable_all().build().unwrap()
}

/// A service that answers each byte with the same; it ends with the test process.
pub(crate) fn echo() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        for socket in listener.incoming() {
            let mut socket = socket.unwrap();
            std::thread::spawn(move || {
                let mut buffer = vec![0; 65536];
                while let Ok(size @ 1..) = socket.read(&mut buffer) {
                    if socket.write_all(&buffer[..size]).is_err() {
                        return;
                    }
                }
            });
        }
    });
    address
}

pub(crate) fn connect(address: SocketAddr) -> TcpStream {
    connect_unless_reset(address).unwrap()
}

/// None: the connection was reset before this side saw that it was there.
pub(crate) fn connect_unless_reset(address: SocketAddr) -> Option<TcpStream> {
    let socket = match TcpStream::connect(address) {
        Err(error) if error.kind() == std::io::ErrorKind::ConnectionReset => return None,
        socket => socket.unwrap(),
    };
    socket
        .set_read_timeout(Some(Duration::from_secs(10)))
        .unwrap();
    socket.set_nodelay(true).unwrap();
    Some(socket)
}

/// Sends a text and reads as much back.
pub(crate) fn ping(socket: &mut TcpStream, text: &str) -> Duration {
    let start = Instant::now();
    socket.write_all(text.as_bytes()).unwrap();
    let mut back = vec![0; text.len()];
    socket.read_exact(&mut back).unwrap();
    assert_eq!(back, text.as_bytes());
    start.elapsed()
}

/// How a connection ended.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Ended {
    Closed,
    Reset,
    /// It is still open.
    Hangs,
}

/// Reads to the end: what came, how it ended, and when.
pub(crate) fn read_to_end(socket: &mut TcpStream, patience: Duration) -> (usize, Ended, Duration) {
    let start = Instant::now();
    socket.set_read_timeout(Some(patience)).unwrap();
    let mut buffer = vec![0; 65536];
    let mut count = 0;
    loop {
        match socket.read(&mut buffer) {
            Ok(0) => return (count, Ended::Closed, start.elapsed()),
            Ok(size) => count += size,
            Err(e) if matches!(e.kind(), ErrorKind::ConnectionReset | ErrorKind::BrokenPipe) => {
                return (count, Ended::Reset, start.elapsed());
            }
            Err(e) if matches!(e.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {
                return (count, Ended::Hangs, start.elapsed());
            }
            Err(e) => panic!("{e}"),
        }
    }
}
