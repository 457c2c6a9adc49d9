//! A service with two routes, and what makes it ready for chaos: a handle, a layer, a folder that is
//! watched, and a page of metrics.

use axum::Router;
use axum::body::Body;
use axum::http::HeaderMap;
use axum::routing::get;
use herz_http::metrics::{self, Metrics};
use herz_http::reload::{Reload, Reloaded};
use herz_http::{Chaos, ProductionRefused, RuleBook};
use herz_runtime::{Place, Target};
use std::path::Path;

/// The handle of this service. Nothing is hit before specs are there, and only requests with
/// `X-Herz-Enabled: true` are.
pub fn chaos(environment: &str) -> Result<Chaos, ProductionRefused> {
    Chaos::builder()
        .service("shop")
        .environment(environment)
        .build()
}

/// The routes. Metrics are outside of the layer: they have to be true while everything else fails.
pub fn app(chaos: &Chaos) -> Router {
    let page = Metrics::new([chaos.clone()]);
    Router::new()
        .route("/orders", get(|| async { "[1,2]" }))
        .route("/health", get(|| async { "well\n" }))
        .layer(chaos.layer().keep_bodies(axum::body::Body::new))
        .route(
            metrics::PATH,
            get(move |headers: HeaderMap| async move { page.answer(&headers).map(Body::from) }),
        )
}

/// Specs of a folder, from now on: files may come, change and go while the service runs.
pub fn watch(chaos: &Chaos, folder: &Path) -> std::io::Result<Reload> {
    let target = Target::new("shop", Place::InProcess).label("service", "shop");
    let book = RuleBook::new(chaos.clone());
    Reload::start(folder, target, book, |reloaded| match reloaded {
        Reloaded::Set {
            generation,
            experiments,
        } => {
            eprintln!("chaos: generation {generation}: {experiments:?}");
        }
        Reloaded::Kept { problems } => eprintln!("chaos: the rules stay as they are: {problems:?}"),
        Reloaded::Unchanged => {}
    })
}
