//! A small service with the layer, on a port of the loopback device.

use axum::Router;
use axum::extract::Request;
use axum::routing::any;
use herz_http::rule::rules_of;
use herz_http::{Chaos, Gate};
use std::net::SocketAddr;

/// A running service; it ends with the test.
pub(crate) struct World {
    pub(crate) chaos: Chaos,
    pub(crate) address: SocketAddr,
    _runtime: tokio::runtime::Runtime,
}

/// What the service sees of a request, as text; the body last.
async fn echo(request: Request) -> axum::response::Response {
    let (head, body) = request.into_parts();
    let body = axum::body::to_bytes(body, 1 << 24)
        .await
        .unwrap_or_default();
    let mut seen = format!("{} {}\n", head.method, head.uri);
    for (name, value) in &head.headers {
        if name.as_str().starts_with("x-") || name == "content-length" {
            seen += &format!("{name}: {}\n", value.to_str().unwrap());
        }
    }
    seen += &format!("\n{}", String::from_utf8_lossy(&body));
    let mut response = axum::response::Response::new(seen.into());
    response
        .headers_mut()
        .insert("x-service", "echo".parse().unwrap());
    response
}

async fn json() -> ([(&'static str, &'static str); 1], &'static str) {
    (
        [("content-type", "application/json")],
        r#"{"ok":true,"n":1}"#,
    )
}

impl World {
    pub(crate) fn new(gate: Gate) -> Self {
        Self::with(gate, |app, chaos| app.layer(chaos.layer()))
    }

    /// The same behind a layer that keeps the types of bodies.
    pub(crate) fn keeping_bodies(gate: Gate) -> Self {
        Self::with(gate, |app, chaos| {
            app.layer(chaos.layer().keep_bodies(axum::body::Body::new))
        })
    }

    fn with(gate: Gate, layered: impl FnOnce(Router, &Chaos) -> Router) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .unwrap();
        let listener = runtime
            .block_on(tokio::net::TcpListener::bind("127.0.0.1:0"))
            .unwrap();
        let address = listener.local_addr().unwrap();
        let chaos = Chaos::builder()
            .gate(gate)
            .port(address.port())
            .build()
            .unwrap();
        let large = || async { "x".repeat(1 << 20) };
        let app = Router::new()
            .route("/json", any(json))
            .route("/large", any(large))
            .fallback(echo);
        let app = layered(app, &chaos);
        runtime.spawn(async move { axum::serve(listener, app).await });
        Self {
            chaos,
            address,
            _runtime: runtime,
        }
    }

    /// Sets the rules of a spec: `kind`, and the text of its `spec` in flow style.
    pub(crate) fn set(&self, kind: &str, spec: &str) {
        self.chaos.set(rules(kind, spec, self.address.port()));
    }
}

pub(crate) fn rules(kind: &str, spec: &str, port: u16) -> Vec<herz_http::rule::Rule> {
    let api = match kind {
        "HTTPChaos" => "chaos-mesh.org/v1alpha1",
        _ => "herz.dev/v1alpha1",
    };
    let common = match kind {
        "HTTPChaos" => format!(
            "mode: all, selector: {{ labelSelectors: {{ a: b }} }}, port: {port}, duration: 1m"
        ),
        _ => "duration: 1m".to_owned(),
    };
    let text = format!(
        "apiVersion: {api}\nkind: {kind}\nmetadata: {{ name: test }}\nspec: {{ {common}, {spec} }}\n"
    );
    let specs = herz::yaml::read(&text).unwrap_or_else(|e| panic!("{text}\n{e:?}"));
    rules_of(&specs[0]).unwrap_or_else(|e| panic!("{text}\n{e}"))
}
