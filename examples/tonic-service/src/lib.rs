//! A gRPC server with the health service, behind the layer.

use herz_http::{Chaos, ProductionRefused};
use tokio::net::TcpListener;
use tokio_stream::wrappers::TcpListenerStream;
use tonic::transport::Server;

/// The handle of this service. Only calls with the metadata `x-herz-enabled: true` are hit.
pub fn chaos() -> Result<Chaos, ProductionRefused> {
    Chaos::builder()
        .service("health")
        .environment("staging")
        .build()
}

/// Serves until the process ends.
pub async fn serve(listener: TcpListener, chaos: &Chaos) -> Result<(), tonic::transport::Error> {
    let (reporter, health) = tonic_health::server::health_reporter();
    reporter
        .set_service_status("shop.Payment", tonic_health::ServingStatus::Serving)
        .await;
    Server::builder()
        // Services of tonic take one type of body; the layer hands them that.
        .layer(chaos.layer().map_request_body(tonic::body::Body::new))
        .add_service(health)
        .serve_with_incoming(TcpListenerStream::new(listener))
        .await
}
