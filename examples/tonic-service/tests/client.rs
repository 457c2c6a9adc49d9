//! Tonic's client, over a real socket: what a caller sees of faults on a gRPC service.

use herz_http::Chaos;
use herz_http::rule::rules_of;
use std::time::{Duration, Instant};
use tonic::transport::Channel;
use tonic::{Code, Request, Status};
use tonic_health::pb::HealthCheckRequest;
use tonic_health::pb::health_client::HealthClient;

async fn world() -> (Chaos, HealthClient<Channel>) {
    let chaos = tonic_service::chaos().unwrap();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let serving = chaos.clone();
    tokio::spawn(async move { tonic_service::serve(listener, &serving).await.unwrap() });
    let channel = Channel::from_shared(format!("http://{address}")).unwrap();
    (chaos, HealthClient::new(channel.connect().await.unwrap()))
}

async fn ask(client: &mut HealthClient<Channel>, gate: bool) -> Result<i32, Status> {
    let mut request = Request::new(HealthCheckRequest {
        service: "shop.Payment".to_owned(),
    });
    if gate {
        request
            .metadata_mut()
            .insert("x-herz-enabled", "true".parse().unwrap());
    }
    client
        .check(request)
        .await
        .map(|answer| answer.into_inner().status)
}

fn set(chaos: &Chaos, spec: &str) {
    let text = format!(
        "apiVersion: herz.dev/v1alpha1\nkind: ChaosExperiment\nmetadata: {{ name: test }}\n\
         spec: {{ target: grpc, duration: 1m, {spec} }}\n"
    );
    let specs = herz::yaml::read(&text).unwrap();
    chaos.set(rules_of(&specs[0]).unwrap());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_caller_sees_codes_delays_and_cut_streams() {
    let (chaos, mut client) = world().await;
    assert_eq!(ask(&mut client, true).await.unwrap(), 1);
    set(
        &chaos,
        "error: { code: UNAVAILABLE, message: \"no payment, 100%\" }",
    );
    let status = ask(&mut client, true).await.unwrap_err();
    assert_eq!(
        (status.code(), status.message()),
        (Code::Unavailable, "no payment, 100%")
    );
    assert_eq!(
        ask(&mut client, false).await.unwrap(),
        1,
        "without the gate"
    );
    set(&chaos, "latency: 150ms");
    let begun = Instant::now();
    assert_eq!(ask(&mut client, true).await.unwrap(), 1);
    assert!(begun.elapsed() >= Duration::from_millis(150));
    set(
        &chaos,
        "abort: true, scope: { methods: [grpc.health.v1.Health/Check] }",
    );
    assert!(ask(&mut client, true).await.is_err());
    set(
        &chaos,
        "abort: true, scope: { methods: [grpc.health.v1.Health/Watch] }",
    );
    assert_eq!(ask(&mut client, true).await.unwrap(), 1, "another method");
    chaos.clear();
    assert_eq!(ask(&mut client, true).await.unwrap(), 1);
}
