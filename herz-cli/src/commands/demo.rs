//! `herz demo`: a small service, a proxy before it, an `HTTPChaos` on it, and the clean end.

use super::run::probes::Probes;
use super::run::{Show, execute, write_reports};
use crate::args::runtime::{Demo as Options, EventsAs};
use crate::exit::{Exit, Failure};
use crate::lab::{self, Lab, Prepared};
use crate::output::Output;
use herz_runtime::inventory::ProxyPlace;
use herz_runtime::probe::{HttpProbe, Url};
use herz_runtime::report::{Report, Window};
use herz_runtime::store::{MemoryStore, Store};
use herz_runtime::{Experiment, Inventory, Place, PlanOptions, Target, plan};
use serde_json::{Value as Json, json};
use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::time::Duration;

/// The proxy and the probe run so long before and after the fault.
const AROUND: Duration = Duration::from_secs(2);

pub(crate) fn run(options: &Options, output: &Output) -> Result<Exit, Failure> {
    let duration = lab::duration("--duration", &options.duration)?;
    for path in &options.report {
        super::report::can_be_at(path)?;
    }
    let upstream = service().map_err(|error| no_port(&error))?;
    let listen = free_port().map_err(|error| no_port(&error))?;
    let target = Target::new(
        "shop",
        Place::Proxy(ProxyPlace {
            listen: listen.to_string(),
            upstream: upstream.to_string(),
            protocol: "http".to_owned(),
        }),
    )
    .label("app", "shop");
    let document = chaos(upstream.port(), &options.duration);
    output.note(&format!(
        "a service listens on {upstream}, a proxy before it on {listen}\nthe experiment:\n{}",
        yaml(&document)
    ));
    let lab = Lab::new()?;
    let experiment =
        Experiment::from_json(&document).map_err(|error| Failure::internal(error.to_string()))?;
    let inventory = Inventory::new([target]);
    let planned = plan(
        &experiment,
        &inventory,
        &lab.backends,
        &PlanOptions::default(),
    )
    .map_err(|refused| {
        let words: Vec<String> = refused.iter().map(ToString::to_string).collect();
        Failure::internal(words.join("; "))
    })?;
    let url = Url {
        host: listen.ip().to_string(),
        port: listen.port(),
        path: "/orders".to_owned(),
    };
    output.note(&format!("try it yourself: curl -i {url}\n"));
    let show = Show {
        output,
        format: EventsAs::Text,
        probes: Probes::one("orders", HttpProbe::get(url), Duration::from_millis(100)),
        before: AROUND,
        after: AROUND,
        stop_after: None,
        follow: None,
    };
    let store: Arc<dyn Store> = Arc::new(MemoryStore::new());
    let prepared = Prepared {
        plans: vec![planned],
        inventory,
        ..Prepared::default()
    };
    let ended = execute(&lab, prepared, &store, show)?;
    for path in &options.report {
        write_reports(store.as_ref(), &ended, path, output)?;
    }
    let wrong = |error| lab::store_failure(&error);
    for run in store.runs().map_err(wrong)? {
        let events = store.events(&run.id).map_err(wrong)?;
        output.result(&summary(&Report::of(&run, &events), duration));
    }
    Ok(ended.exit)
}

fn no_port(error: &io::Error) -> Failure {
    Failure::lacking(format!("no port of the loopback: {error}"))
}

fn free_port() -> io::Result<SocketAddr> {
    TcpListener::bind("127.0.0.1:0")?.local_addr()
}

/// What the demo does, as anybody would write it.
fn chaos(port: u16, duration: &str) -> Json {
    json!({
        "apiVersion": "chaos-mesh.org/v1alpha1",
        "kind": "HTTPChaos",
        "metadata": {"name": "demo"},
        "spec": {
            "mode": "all",
            "selector": {"labelSelectors": {"app": "shop"}},
            "target": "Response",
            "port": port,
            "path": "/orders*",
            "delay": "250ms",
            "replace": {"code": 503},
            "duration": duration,
        },
    })
}

/// The document as people write it: maps of one line where they are small.
fn yaml(document: &Json) -> String {
    let mut out = String::new();
    for (key, value) in document.as_object().into_iter().flatten() {
        match value {
            Json::Object(map) if key == "spec" => {
                out.push_str("  spec:\n");
                for (key, value) in map {
                    out.push_str(&format!("    {key}: {}\n", flow(value)));
                }
            }
            _ => out.push_str(&format!("  {key}: {}\n", flow(value))),
        }
    }
    out
}

fn flow(value: &Json) -> String {
    match value {
        Json::String(text) => text.clone(),
        Json::Object(map) => {
            let items: Vec<String> = map
                .iter()
                .map(|(key, value)| format!("{key}: {}", flow(value)))
                .collect();
            format!("{{ {} }}", items.join(", "))
        }
        other => other.to_string(),
    }
}

fn summary(report: &Report, duration: Duration) -> String {
    let mut out = format!(
        "\n{:<28} {:>8} {:>8} {:>10} {:>10}\n",
        "", "answers", "errors", "p50 ms", "p99 ms"
    );
    let ms = |time: Option<f64>| time.map_or_else(|| "-".to_owned(), |ms| format!("{ms:.1}"));
    let mut row = |when: &str, window: &Window| {
        out.push_str(&format!(
            "{when:<28} {:>8} {:>8} {:>10} {:>10}\n",
            window.count,
            window.errors,
            ms(window.p50),
            ms(window.p99)
        ));
    };
    for probe in &report.probes {
        row("before the fault", &probe.before);
        row(
            &format!("during it ({})", herz_runtime::time::text(duration)),
            &probe.during,
        );
        row("after it", &probe.after);
    }
    out.push_str(&format!("\n{}\n", report.summary()));
    out
}

/// A service that answers every request with two orders; it ends with the process.
fn service() -> io::Result<SocketAddr> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = listener.local_addr()?;
    std::thread::Builder::new()
        .name("herz-demo".to_owned())
        .spawn(move || {
            for socket in listener.incoming().flatten() {
                std::thread::spawn(move || answer(socket));
            }
        })?;
    Ok(address)
}

fn answer(mut socket: TcpStream) {
    const BODY: &str = "two orders\n";
    let mut request = Vec::new();
    let mut buffer = [0; 4096];
    while let Ok(size @ 1..) = socket.read(&mut buffer) {
        request.extend_from_slice(buffer.get(..size).unwrap_or_default());
        let whole = request.windows(4).any(|window| window == b"\r\n\r\n");
        if !whole {
            if request.len() > 1 << 16 {
                return;
            }
            continue;
        }
        request.clear();
        let text = format!(
            "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: {}\r\n\r\n{BODY}",
            BODY.len()
        );
        if socket.write_all(text.as_bytes()).is_err() {
            return;
        }
    }
}
