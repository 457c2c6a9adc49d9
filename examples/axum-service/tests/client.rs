//! A client that knows nothing of Herz: hyper's, over a real socket.

use axum_service::{app, chaos, watch};
use herz_http::Chaos;
use http_body_util::{BodyExt, Empty};
use hyper_util::client::legacy::Client;
use hyper_util::rt::TokioExecutor;
use std::net::SocketAddr;
use std::path::Path;
use std::time::{Duration, Instant};

type Requests =
    Client<hyper_util::client::legacy::connect::HttpConnector, Empty<axum::body::Bytes>>;

struct World {
    address: SocketAddr,
    client: Requests,
}

impl World {
    async fn new(chaos: &Chaos) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let app = app(chaos);
        tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
        Self {
            address,
            client: Client::builder(TokioExecutor::new()).build_http(),
        }
    }

    async fn get(&self, path: &str, gate: bool) -> (u16, String, Duration) {
        let begun = Instant::now();
        let mut request = axum::http::Request::get(format!("http://{}{path}", self.address));
        if gate {
            request = request.header("X-Herz-Enabled", "true");
        }
        let response = self
            .client
            .request(request.body(Empty::new()).unwrap())
            .await
            .unwrap();
        let status = response.status().as_u16();
        let body = response.into_body().collect().await.unwrap().to_bytes();
        (
            status,
            String::from_utf8(body.to_vec()).unwrap(),
            begun.elapsed(),
        )
    }
}

fn put(folder: &Path, text: &str) {
    std::fs::write(folder.join(".new"), text).unwrap();
    std::fs::rename(folder.join(".new"), folder.join("spec.yaml")).unwrap();
}

const SPEC: &str = "
apiVersion: herz.dev/v1alpha1
kind: ChaosExperiment
metadata: { name: no-orders }
spec:
  target: http
  error: { status: 503, body: no orders today }
  selector: { labels: { service: shop } }
  scope: { paths: [/orders*] }
  duration: 10m
";

#[tokio::test(flavor = "multi_thread")]
async fn specs_come_and_go_while_the_service_runs() {
    let folder = tempfile::tempdir().unwrap();
    let chaos = chaos("test").unwrap();
    let _watch = watch(&chaos, folder.path()).unwrap();
    let world = World::new(&chaos).await;
    assert_eq!(world.get("/orders", true).await.0, 200);
    put(folder.path(), SPEC);
    while world.get("/orders", true).await.0 != 503 {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert_eq!(world.get("/orders", true).await.1, "no orders today");
    // Other requests, and other paths, are free.
    assert_eq!(world.get("/orders", false).await.1, "[1,2]");
    assert_eq!(world.get("/health", true).await.0, 200);
    let page = world.get("/herz/metrics", false).await.1;
    let hits = page
        .lines()
        .find_map(|line| {
            line.strip_prefix("herz_injections_total{service=\"shop\",type=\"error\"} ")
        })
        .unwrap();
    assert!(hits.parse::<u64>().unwrap() >= 2, "{page}");
    // Another spec: slow instead of gone.
    put(
        folder.path(),
        &SPEC.replace(
            "error: { status: 503, body: no orders today }",
            "latency: 120ms",
        ),
    );
    while world.get("/orders", true).await.0 != 200 {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let (_, body, took) = world.get("/orders", true).await;
    assert_eq!(body, "[1,2]");
    assert!(took >= Duration::from_millis(120), "{took:?}");
    std::fs::remove_file(folder.path().join("spec.yaml")).unwrap();
    while chaos.generation() < 4 {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert_eq!(world.get("/orders", true).await.0, 200);
}

#[test]
fn the_spec_that_comes_along_is_one() {
    let chaos = chaos("test").unwrap();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("chaos");
    let _watch = watch(&chaos, &folder).unwrap();
    assert_eq!(chaos.stats().len(), 1);
    assert!(
        axum_service::chaos("production").is_err(),
        "faults in production have to be allowed"
    );
}
