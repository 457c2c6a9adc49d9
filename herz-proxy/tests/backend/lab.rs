//! What the tests run on: engines with proxies, a service, and curl.

use crate::world;
use axum::{Router, body::Bytes, http::Request, routing::any};
use herz_http::Chaos;
use herz_proxy::backend::ProxyBackend;
use herz_runtime::engine::RunHandle;
use herz_runtime::event::{AbortReason, Phase};
use herz_runtime::inventory::ProxyPlace;
use herz_runtime::store::MemoryStore;
use herz_runtime::{
    Backends, Engine, EngineOptions, Experiment, Inventory, Place, Plan, PlanOptions, Refusal,
    Target, plan,
};
use serde_json::{Value as Json, json};
use std::net::{SocketAddr, TcpListener};
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// A port that was free a moment ago.
pub(crate) fn port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().port()
}

pub(crate) fn proxy(listen: u16, upstream: SocketAddr, protocol: &str) -> Target {
    let place = ProxyPlace {
        listen: format!("127.0.0.1:{listen}"),
        upstream: upstream.to_string(),
        protocol: protocol.to_owned(),
    };
    Target::new("shop", Place::Proxy(place)).label("app", "shop")
}

pub(crate) fn experiment(kind: &str, spec: &Json) -> Experiment {
    let group = if kind == "ChaosExperiment" {
        "herz.dev"
    } else {
        "chaos-mesh.org"
    };
    let mut whole = spec.clone();
    whole["duration"] = "1h".into();
    if kind == "ChaosExperiment" {
        whole["selector"] = json!({"labels": {"app": "shop"}});
    } else {
        whole["selector"] = json!({"labelSelectors": {"app": "shop"}});
        whole["mode"] = "all".into();
    }
    Experiment::from_json(&json!({
        "apiVersion": format!("{group}/v1alpha1"),
        "kind": kind,
        "metadata": {"name": "test"},
        "spec": whole,
    }))
    .unwrap()
}

pub(crate) struct Lab {
    pub(crate) engine: Engine,
    pub(crate) target: Target,
    /// Its proxies live as long.
    _runtime: tokio::runtime::Runtime,
}

impl Lab {
    pub(crate) fn new(target: Target) -> Self {
        let runtime = world::runtime();
        let backends = Backends::new().with(ProxyBackend::new(runtime.handle().clone()));
        Self {
            engine: engine(backends),
            target,
            _runtime: runtime,
        }
    }

    pub(crate) fn plan(&self, kind: &str, spec: &Json) -> Result<Plan, Vec<Refusal>> {
        let inventory = Inventory::new([self.target.clone()]);
        plan(
            &experiment(kind, spec),
            &inventory,
            self.engine.backends(),
            &PlanOptions::default(),
        )
    }

    pub(crate) fn start(&self, kind: &str, spec: &Json) -> RunHandle {
        started(&self.engine, self.plan(kind, spec).unwrap())
    }
}

pub(crate) fn engine(backends: Backends) -> Engine {
    Engine::new(
        backends,
        Arc::new(MemoryStore::new()),
        EngineOptions::default(),
    )
    .unwrap()
}

pub(crate) fn started(engine: &Engine, plan: Plan) -> RunHandle {
    let run = engine.start(plan).unwrap();
    let end = Instant::now() + Duration::from_secs(20);
    while run.phase() != Phase::Injected {
        assert!(!run.phase().is_over(), "{:?}", run.wait());
        assert!(Instant::now() < end, "it never came");
        std::thread::sleep(Duration::from_millis(2));
    }
    run
}

pub(crate) fn end(run: &RunHandle) {
    run.abort(AbortReason::Person("test".to_owned()));
    assert_eq!(run.wait().phase, Phase::Clean);
}

/// A service that tells what reached it.
pub(crate) fn shop(chaos: Option<Chaos>) -> SocketAddr {
    shop_at(TcpListener::bind("127.0.0.1:0").unwrap(), chaos)
}

pub(crate) fn shop_at(listener: TcpListener, chaos: Option<Chaos>) -> SocketAddr {
    let address = listener.local_addr().unwrap();
    listener.set_nonblocking(true).unwrap();
    std::thread::spawn(move || {
        let mut builder = tokio::runtime::Builder::new_current_thread();
        builder.enable_all().build().unwrap().block_on(async {
            let listener = tokio::net::TcpListener::from_std(listener).unwrap();
            let tell = |request: Request<axum::body::Body>| async move {
                let (head, body) = request.into_parts();
                let body = axum::body::to_bytes(body, 1 << 20)
                    .await
                    .unwrap_or(Bytes::new());
                let told = json!({
                    "method": head.method.as_str(),
                    "uri": head.uri.path_and_query().unwrap().as_str(),
                    "fault": head.headers.get("x-fault").map(|v| v.to_str().unwrap()),
                    "body": String::from_utf8_lossy(&body),
                });
                (
                    [("x-shop", "open"), ("content-type", "application/json")],
                    told.to_string(),
                )
            };
            let app = Router::new().fallback(any(tell));
            let app = match chaos {
                Some(chaos) => app.layer(chaos.layer()),
                None => app,
            };
            axum::serve(listener, app).await.unwrap();
        });
    });
    address
}

/// What curl sees of one request.
#[derive(Debug, PartialEq)]
pub(crate) struct Seen {
    /// Exit code of curl: 52 and 56 are connections that ended early.
    pub(crate) exit: i32,
    pub(crate) status: u16,
    pub(crate) headers: Vec<String>,
    pub(crate) body: String,
}

pub(crate) fn curl(address: SocketAddr, path: &str) -> Option<(Seen, Duration)> {
    let begun = Instant::now();
    let output = Command::new("curl")
        .args(["-s", "-i", "-X", "POST", "-d", "{\"two\": \"of them\"}"])
        .arg(format!("http://{address}{path}"))
        .output();
    let Ok(output) = output else {
        eprintln!("SKIPPED: curl is not installed, nobody looks from outside");
        return None;
    };
    let took = begun.elapsed();
    let text = String::from_utf8(output.stdout).unwrap();
    let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
    let mut headers: Vec<String> = head
        .lines()
        .skip(1)
        .map(str::to_lowercase)
        .filter(|line| !line.starts_with("date:"))
        .collect();
    headers.sort();
    let status = head.split(' ').nth(1).and_then(|s| s.parse().ok());
    let seen = Seen {
        exit: output.status.code().unwrap(),
        status: status.unwrap_or(0),
        headers,
        body: body.to_owned(),
    };
    Some((seen, took))
}
