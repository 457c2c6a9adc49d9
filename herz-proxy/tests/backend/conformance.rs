//! One table of `HTTPChaos` through a service's layer and through the proxy before it.

use crate::lab::*;
use crate::world;
use herz_http::backend::LayerBackend;
use herz_http::{Chaos, Gate, RuleBook};
use herz_proxy::backend::ProxyBackend;
use herz_runtime::{Backends, Engine, Inventory, Place, PlanOptions, Target, plan};
use serde_json::{Value as Json, json};
use std::net::{SocketAddr, TcpListener};
use std::time::Duration;

/// `HTTPChaos` specs without selector and port, and the path that is asked for.
fn table() -> Vec<(Json, &'static str)> {
    vec![
        (json!({"target": "Request", "delay": "60ms"}), "/"),
        (json!({"target": "Response", "delay": "60ms"}), "/"),
        (json!({"target": "Request", "abort": true}), "/"),
        (json!({"target": "Response", "abort": true}), "/"),
        (
            json!({"target": "Request", "path": "/orders*", "abort": true}),
            "/orders/1",
        ),
        (
            json!({"target": "Request", "path": "/orders*", "abort": true}),
            "/items",
        ),
        (
            json!({"target": "Request", "method": "GET", "abort": true}),
            "/",
        ),
        (
            json!({"target": "Request", "request_headers": {"Accept": "*/*"}, "abort": true}),
            "/",
        ),
        (
            json!({"target": "Request", "request_headers": {"Accept": "text/html"}, "abort": true}),
            "/",
        ),
        (
            json!({"target": "Request", "replace": {"path": "/other"}}),
            "/path?q=1",
        ),
        (
            json!({"target": "Request", "replace": {"method": "PUT"}}),
            "/",
        ),
        (
            json!({"target": "Request", "replace": {"headers": {"x-fault": "new"}}}),
            "/",
        ),
        (
            json!({"target": "Request", "replace": {"queries": {"q": "2"}}}),
            "/?q=1&r=3",
        ),
        (
            json!({"target": "Request", "replace": {"body": "bm90aGluZw=="}}),
            "/",
        ),
        (
            json!({"target": "Request", "patch": {"headers": [["x-fault", "more"]]}}),
            "/",
        ),
        (
            json!({"target": "Request", "patch": {"queries": [["q", "2"]]}}),
            "/?q=1",
        ),
        (json!({"target": "Response", "replace": {"code": 503}}), "/"),
        (
            json!({"target": "Response", "replace": {"headers": {"x-shop": "shut"}}}),
            "/",
        ),
        (
            json!({"target": "Response", "replace": {"body": "bm90aGluZw=="}}),
            "/",
        ),
        (
            json!({"target": "Response", "code": 200, "replace": {"code": 500}}),
            "/",
        ),
        (
            json!({"target": "Response", "code": 404, "replace": {"code": 500}}),
            "/",
        ),
        (
            json!({"target": "Response", "response_headers": {"X-Shop": "open"}, "replace": {"code": 500}}),
            "/",
        ),
        (
            json!({"target": "Response", "response_headers": {"X-Shop": "shut"}, "replace": {"code": 500}}),
            "/",
        ),
        (
            json!({"target": "Response", "path": "/a*", "method": "POST", "replace": {"code": 500}}),
            "/a/b",
        ),
        (
            json!({"target": "Response", "request_headers": {"Accept": "*/*"}, "replace": {"code": 500}}),
            "/",
        ),
        (
            json!({"target": "Request", "patch": {"body": {"type": "JSON", "value": "{\"more\": 3}"}}}),
            "/",
        ),
        // All at once.
        (
            json!({"target": "Request", "delay": "60ms", "replace": {"method": "PUT", "path": "/other"},
                "patch": {"headers": [["x-fault", "more"]], "queries": [["q", "2"]]}}),
            "/?q=1",
        ),
        (
            json!({"target": "Response", "delay": "60ms", "replace": {"code": 503, "body": "bm90aGluZw=="},
                "patch": {"headers": [["x-shop", "also"]]}}),
            "/",
        ),
        (
            json!({"target": "Response", "patch": {"headers": [["x-shop", "also"]]}}),
            "/",
        ),
        (
            json!({"target": "Response", "patch": {"body": {"type": "JSON", "value": "{\"method\": null}"}}}),
            "/",
        ),
    ]
}

#[test]
fn one_table_of_http_chaos_looks_the_same_through_layer_and_proxy() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let builder = Chaos::builder().gate(Gate::Open).port(port);
    let chaos = builder.build().unwrap();
    let inside = Target::new("shop", Place::InProcess).label("app", "shop");
    let service = shop_at(listener, Some(chaos.clone()));
    let backend = LayerBackend::new().with(&inside, RuleBook::new(chaos));
    let layer = engine(Backends::new().with(backend));
    let behind = shop(None);
    let runtime = world::runtime();
    let backend = ProxyBackend::new(runtime.handle().clone());
    let outside = proxy(0, behind, "http");
    let held = backend.hold(&outside).unwrap().unwrap();
    let proxy = engine(Backends::new().with(backend));
    let Some((free, _)) = curl(service, "/") else {
        return;
    };
    let mut changed = 0;
    for (spec, path) in table() {
        let look = |engine: &Engine, target: &Target, address: SocketAddr, port: u16| {
            let mut spec = spec.clone();
            spec["port"] = port.into();
            let planned = plan(
                &experiment("HTTPChaos", &spec),
                &Inventory::new([target.clone()]),
                engine.backends(),
                &PlanOptions::default(),
            )
            .unwrap_or_else(|refused| panic!("{spec}: {refused:?}"));
            let run = started(engine, planned);
            let seen = curl(address, path).unwrap();
            end(&run);
            seen
        };
        let (by_layer, layer_took) = look(&layer, &inside, service, service.port());
        let (by_proxy, proxy_took) = look(&proxy, &outside, held.listen(), behind.port());
        assert_eq!(by_layer, by_proxy, "{spec} {path}");
        if let Some(delay) = spec.get("delay") {
            let least = Duration::from_millis(60);
            assert!(layer_took >= least && proxy_took >= least, "{delay}");
            changed += 1;
        } else if by_layer != free {
            changed += 1;
        }
    }
    assert!(changed >= 25, "most of them change something: {changed}");
    assert_eq!(curl(service, "/").unwrap().0, free);
    assert_eq!(curl(held.listen(), "/").unwrap().0, free);
}
