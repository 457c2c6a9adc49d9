//! One exchange of HTTP/1.1 over a socket of its own: enough to see how a service is.

use super::HttpProbe;
use std::io::{self, Read, Write};
use std::net::{TcpStream, ToSocketAddrs};
use std::time::{Duration, Instant};

/// No answer that tells how a service is needs a head of more.
const HEAD: usize = 64 * 1024;

/// Sends the request and reads the whole answer; gives its status.
pub(super) fn exchange(probe: &HttpProbe, deadline: Instant) -> Result<u16, String> {
    let mut socket = connect(probe, deadline)?;
    let request = request(probe)?;
    socket
        .set_write_timeout(Some(left(deadline)?))
        .and_then(|()| socket.write_all(&request))
        .map_err(|error| why("the request could not be sent", &error))?;
    let mut answer = Answer::default();
    let mut buffer = [0; 16 * 1024];
    loop {
        socket
            .set_read_timeout(Some(left(deadline)?))
            .map_err(|error| why("no answer", &error))?;
        let size = socket
            .read(&mut buffer)
            .map_err(|error| why("no whole answer", &error))?;
        answer.add(buffer.get(..size).unwrap_or_default())?;
        if answer.is_whole() {
            break;
        }
        if size == 0 {
            return answer.at_the_end();
        }
    }
    answer.at_the_end()
}

fn left(deadline: Instant) -> Result<Duration, String> {
    let left = deadline.saturating_duration_since(Instant::now());
    if left.is_zero() {
        return Err("timed out".to_owned());
    }
    Ok(left)
}

fn why(what: &str, error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut => "timed out".to_owned(),
        io::ErrorKind::ConnectionReset | io::ErrorKind::BrokenPipe => "connection reset".to_owned(),
        io::ErrorKind::ConnectionRefused => "connection refused".to_owned(),
        _ => format!("{what}: {error}"),
    }
}

fn connect(probe: &HttpProbe, deadline: Instant) -> Result<TcpStream, String> {
    let addresses = (probe.url.host.as_str(), probe.url.port)
        .to_socket_addrs()
        .map_err(|error| format!("no address of {}: {error}", probe.url.host))?;
    let mut last = format!("{} has no address", probe.url.host);
    for address in addresses {
        match TcpStream::connect_timeout(&address, left(deadline)?) {
            Ok(socket) => {
                let _ = socket.set_nodelay(true);
                return Ok(socket);
            }
            Err(error) => last = why("can't connect", &error),
        }
    }
    Err(last)
}

/// A token of HTTP: letters, digits and a few signs.
fn is_token(text: &str) -> bool {
    !text.is_empty()
        && text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&b))
}

fn request(probe: &HttpProbe) -> Result<Vec<u8>, String> {
    if !is_token(&probe.method) {
        return Err(format!("`{}` is no method", probe.method));
    }
    let mut text = format!(
        "{} {} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nUser-Agent: herz\r\nAccept: */*\r\n",
        probe.method,
        probe.url.path,
        probe.url.authority()
    );
    for (name, value) in &probe.headers {
        if !is_token(name) || value.bytes().any(|b| b < b' ' && b != b'\t') {
            return Err(format!("`{name}: {value}` is no header"));
        }
        text.push_str(&format!("{name}: {value}\r\n"));
    }
    if !probe.body.is_empty() {
        text.push_str(&format!("Content-Length: {}\r\n", probe.body.len()));
    }
    text.push_str("\r\n");
    text.push_str(&probe.body);
    Ok(text.into_bytes())
}

/// An answer as it comes.
#[derive(Debug, Default)]
struct Answer {
    head: Vec<u8>,
    status: Option<u16>,
    /// Bytes of the body that are still to come, where the head said how many there are.
    missing: Option<u64>,
    chunked: Option<Chunks>,
}

/// Where we are in a body of chunks.
#[derive(Debug)]
enum Chunks {
    /// In a line with a size, or in the lines after the last chunk.
    Line {
        text: Vec<u8>,
        trailer: bool,
    },
    /// In data, with so many bytes to come, its line end included.
    Data(u64),
    Over,
}

impl Answer {
    fn add(&mut self, bytes: &[u8]) -> Result<(), String> {
        if self.status.is_some() {
            return self.body(bytes);
        }
        self.head.extend_from_slice(bytes);
        let Some(end) = find(&self.head, b"\r\n\r\n") else {
            if self.head.len() > HEAD {
                return Err("the head of the answer has no end".to_owned());
            }
            return Ok(());
        };
        let rest = self.head.split_off(end + 4);
        self.read_head()?;
        if self.status.is_none() && !rest.is_empty() {
            return self.add(&rest);
        }
        self.body(&rest)
    }

    fn read_head(&mut self) -> Result<(), String> {
        let head = String::from_utf8_lossy(&self.head).into_owned();
        let mut lines = head.lines();
        let first = lines.next().unwrap_or_default();
        let status = first
            .strip_prefix("HTTP/1.")
            .and_then(|rest| rest.split(' ').nth(1))
            .and_then(|status| status.parse().ok())
            .filter(|status| (100..=599).contains(status))
            .ok_or_else(|| "the answer is not HTTP/1".to_owned())?;
        if status < 200 {
            // An answer before the answer.
            self.head.clear();
            return Ok(());
        }
        for line in lines {
            let Some((name, value)) = line.split_once(':') else {
                continue;
            };
            let value = value.trim();
            if name.eq_ignore_ascii_case("content-length") {
                self.missing = Some(value.parse().map_err(|_| "bad Content-Length".to_owned())?);
            } else if name.eq_ignore_ascii_case("transfer-encoding")
                && value.to_ascii_lowercase().ends_with("chunked")
            {
                self.chunked = Some(Chunks::Line {
                    text: Vec::new(),
                    trailer: false,
                });
            }
        }
        if self.chunked.is_some() {
            self.missing = None;
        }
        if matches!(status, 204 | 304) {
            self.missing = Some(0);
        }
        self.status = Some(status);
        Ok(())
    }

    fn body(&mut self, bytes: &[u8]) -> Result<(), String> {
        if let Some(missing) = &mut self.missing {
            *missing = missing.saturating_sub(bytes.len() as u64);
        }
        let mut rest = bytes;
        while let (Some(chunks), false) = (&mut self.chunked, rest.is_empty()) {
            match chunks {
                Chunks::Over => return Ok(()),
                Chunks::Data(left) => {
                    let take = usize::try_from(*left).unwrap_or(usize::MAX).min(rest.len());
                    *left -= take as u64;
                    rest = rest.get(take..).unwrap_or_default();
                    if *left == 0 {
                        *chunks = Chunks::Line {
                            text: Vec::new(),
                            trailer: false,
                        };
                    }
                }
                Chunks::Line { text, trailer } => {
                    let Some((first, more)) = rest.split_first() else {
                        return Ok(());
                    };
                    rest = more;
                    if *first != b'\n' {
                        text.push(*first);
                        if text.len() > HEAD {
                            return Err("a chunk's size has no end".to_owned());
                        }
                        continue;
                    }
                    let line = String::from_utf8_lossy(text).trim().to_owned();
                    if *trailer {
                        if line.is_empty() {
                            *chunks = Chunks::Over;
                        } else {
                            text.clear();
                        }
                        continue;
                    }
                    let size = line.split(';').next().unwrap_or_default();
                    let size = u64::from_str_radix(size, 16)
                        .map_err(|_| format!("`{size}` is no size of a chunk"))?;
                    *chunks = if size == 0 {
                        Chunks::Line {
                            text: Vec::new(),
                            trailer: true,
                        }
                    } else {
                        Chunks::Data(size.saturating_add(2))
                    };
                }
            }
        }
        Ok(())
    }

    const fn is_whole(&self) -> bool {
        self.status.is_some()
            && (matches!(self.missing, Some(0)) || matches!(self.chunked, Some(Chunks::Over)))
    }

    /// The status, if the answer is whole when the connection ends.
    fn at_the_end(&self) -> Result<u16, String> {
        let Some(status) = self.status else {
            return Err("the connection was closed without an answer".to_owned());
        };
        // Without a length, a body ends with its connection.
        if self.is_whole() || (self.missing.is_none() && self.chunked.is_none()) {
            return Ok(status);
        }
        Err("the connection was closed within the answer".to_owned())
    }
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|window| window == what)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pieces: &[&str]) -> Result<u16, String> {
        let mut answer = Answer::default();
        for piece in pieces {
            answer.add(piece.as_bytes())?;
        }
        answer.at_the_end()
    }

    #[test]
    fn answers_are_whole_or_not_however_they_are_cut() {
        let good = [
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2;x=y\r\nok\r\n0\r\nA: b\r\n\r\n",
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n\r\nto the end",
            "HTTP/1.0 204 No Content\r\n\r\n",
        ];
        for text in good {
            for cut in 0..text.len() {
                let (first, second) = text.split_at(cut);
                let status = read(&[first, second]).unwrap();
                assert!(matches!(status, 200 | 204), "{text} at {cut}");
            }
        }
        for (text, why) in [
            ("", "without an answer"),
            ("HTTP/1.1 200", "without an answer"),
            ("SSH-2.0-x\r\n\r\n", "not HTTP/1"),
            ("HTTP/1.1 abc\r\n\r\n", "not HTTP/1"),
            ("HTTP/1.1 999\r\n\r\n", "not HTTP/1"),
            (
                "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nok",
                "within the answer",
            ),
            (
                "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\nok",
                "bad Content-Length",
            ),
            (
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                "no size",
            ),
            (
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nok",
                "within the answer",
            ),
        ] {
            let error = read(&[text]).unwrap_err();
            assert!(error.contains(why), "{text}: {error}");
        }
    }
}
