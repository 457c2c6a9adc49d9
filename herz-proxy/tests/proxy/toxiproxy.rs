//! The interface as Toxiproxy's clients use it, in raw HTTP.

use crate::world::{connect, echo, ping, runtime};
use herz_proxy::ToxiproxyApi;
use serde_json::{Value, json};
use std::io::{Read, Write};
use std::net::SocketAddr;
use std::time::Duration;

struct World {
    _runtime: tokio::runtime::Runtime,
    api: ToxiproxyApi,
}

fn world() -> World {
    let runtime = runtime();
    let api = runtime
        .block_on(ToxiproxyApi::start("127.0.0.1:0", 1))
        .unwrap();
    World {
        _runtime: runtime,
        api,
    }
}

impl World {
    fn raw(&self, method: &str, path: &str, agent: &str, body: &str) -> (u16, Value) {
        let mut socket = connect(self.api.listen());
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nUser-Agent: {agent}\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        );
        socket.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        socket.read_to_string(&mut answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        (status, serde_json::from_str(body).unwrap_or(Value::Null))
    }

    fn call(&self, method: &str, path: &str, body: &Value) -> (u16, Value) {
        let body = if body.is_null() {
            String::new()
        } else {
            body.to_string()
        };
        self.raw(method, path, "toxiproxy-client", &body)
    }

    fn create(&self) -> SocketAddr {
        let proxy = json!({"name": "db", "listen": "127.0.0.1:0", "upstream": echo().to_string(), "enabled": true});
        let (status, made) = self.call("POST", "/proxies", &proxy);
        assert_eq!(status, 201, "{made}");
        made["listen"].as_str().unwrap().parse().unwrap()
    }
}

#[test]
fn a_session() {
    let world = world();
    let (status, version) = world.call("GET", "/version", &Value::Null);
    assert!(status == 200 && version["version"].as_str().unwrap().starts_with("2."));
    let address = world.create();
    let mut client = connect(address);
    ping(&mut client, "before");

    let toxic = json!({"type": "latency", "attributes": {"latency": 100}});
    let (status, made) = world.call("POST", "/proxies/db/toxics", &toxic);
    assert_eq!(status, 200);
    assert_eq!(
        made,
        json!({"name": "latency_downstream", "type": "latency", "stream": "downstream", "toxicity": 1.0,
               "attributes": {"latency": 100, "jitter": 0}})
    );
    assert!(ping(&mut client, "during") >= Duration::from_millis(100));
    let path = "/proxies/db/toxics/latency_downstream";
    let change = json!({"attributes": {"jitter": 5}});
    let (status, changed) = world.call("POST", path, &change);
    assert_eq!(
        (status, &changed["attributes"]),
        (200, &json!({"latency": 100, "jitter": 5}))
    );
    assert_eq!(world.call("GET", path, &Value::Null).1, changed);
    let (_, all) = world.call("GET", "/proxies", &Value::Null);
    assert_eq!(all["db"]["toxics"], json!([changed]));
    assert_eq!(world.call("DELETE", path, &Value::Null).0, 204);
    let pings = std::iter::repeat_with(|| ping(&mut client, "after"));
    assert!(pings.take(5).min().unwrap() < Duration::from_millis(90));

    let (status, off) = world.call("POST", "/proxies/db", &json!({"enabled": false}));
    assert_eq!((status, &off["enabled"]), (200, &json!(false)));
    assert_eq!(world.call("POST", "/reset", &Value::Null).0, 204);
    ping(&mut connect(address), "up again");
    assert_eq!(world.call("DELETE", "/proxies/db", &Value::Null).0, 204);
    assert_eq!(world.call("GET", "/proxies", &Value::Null).1, json!({}));
}

#[test]
fn populate_is_idempotent() {
    let world = world();
    let upstream = echo().to_string();
    let all = |upstream: &str, listen: &str| json!([{"name": "a", "listen": listen, "upstream": upstream}]);
    let (status, made) = world.call("POST", "/populate", &all(&upstream, "127.0.0.1:0"));
    assert_eq!(status, 201);
    let listen = made["proxies"][0]["listen"].as_str().unwrap().to_owned();
    let mut client = connect(listen.parse().unwrap());
    ping(&mut client, "one");
    assert_eq!(
        world.call("POST", "/populate", &all(&upstream, &listen)).0,
        201
    );
    ping(&mut client, "the same proxy");
    let other = echo().to_string();
    let (status, moved) = world.call("POST", "/populate", &all(&other, &listen));
    assert_eq!(
        (status, moved["proxies"][0]["upstream"].as_str()),
        (201, Some(other.as_str()))
    );
}

#[test]
fn errors() {
    let world = world();
    world.create();
    let toxic = |text: Value| world.call("POST", "/proxies/db/toxics", &text);
    for (found, status, text) in [
        (
            world.call("GET", "/proxies/no", &Value::Null),
            404,
            "proxy not found",
        ),
        (
            world.call(
                "POST",
                "/proxies",
                &json!({"name": "db", "upstream": "x:1"}),
            ),
            409,
            "already exists",
        ),
        (
            world.call("POST", "/proxies", &json!({"upstream": "x:1"})),
            400,
            "missing required field: name",
        ),
        (
            world.call("POST", "/proxies", &json!({"name": "x"})),
            400,
            "missing required field: upstream",
        ),
        (
            world.call(
                "POST",
                "/proxies",
                &json!({"name": "x", "upstream": "y:1", "listen": "nope"}),
            ),
            500,
            "listen tcp nope",
        ),
        (
            world.raw("POST", "/proxies", "x", "{"),
            400,
            "bad request body",
        ),
        (
            world.raw("POST", "/populate", "x", "{}"),
            400,
            "bad request body",
        ),
        (
            toxic(json!({"type": "latncy"})),
            400,
            "invalid toxic type `latncy`",
        ),
        (
            toxic(json!({"type": "latency", "toxicity": 1.5})),
            400,
            "toxicity must be from 0 to 1",
        ),
        (
            toxic(json!({"type": "latency", "attributes": {"latency": "fast"}})),
            400,
            "bad request body",
        ),
        (
            toxic(json!({"type": "latency", "attributes": {"latency": -1}})),
            400,
            "bad request body",
        ),
        (
            toxic(json!({"type": "slicer", "attributes": {"average_size": 0}})),
            400,
            "`average_size`",
        ),
        (
            toxic(json!({"type": "latency", "name": "a/b"})),
            400,
            "is no name",
        ),
        (
            world.call("GET", "/proxies/db/toxics/no", &Value::Null),
            404,
            "toxic not found",
        ),
        (
            world.call("GET", "/nowhere", &Value::Null),
            404,
            "no such path",
        ),
        (
            world.raw("GET", "/proxies", "Mozilla/5.0", ""),
            403,
            "User agent not allowed",
        ),
    ] {
        assert_eq!(found.0, status, "{text}: {}", found.1);
        let error = found.1["error"].as_str().unwrap_or_default();
        assert!(error.contains(text), "{error}");
        assert_eq!(found.1["status"], status);
    }
}

#[test]
fn only_loopback() {
    let runtime = runtime();
    let error = runtime
        .block_on(ToxiproxyApi::start("0.0.0.0:0", 1))
        .unwrap_err();
    assert!(error.to_string().contains("no loopback address"), "{error}");
}
