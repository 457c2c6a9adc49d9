//! Paths and methods of the interface.

use super::proxies::{Proxies, Refused, Shown, Written, refused};
use crate::{BadToxic, TcpProxy, Toxic};
use axum::body::Bytes;
use axum::extract::{Path, Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The version whose interface this is: clients look at it.
const VERSION: &str = "2.12.0";

type World = State<Arc<Proxies>>;
type Answer<T> = Result<T, Refused>;

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let Self(status, error) = self;
        let code = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let body = serde_json::json!({ "error": error, "status": status });
        (code, Json(body)).into_response()
    }
}

pub(super) fn router(proxies: Arc<Proxies>) -> Router {
    Router::new()
        .route("/version", get(version))
        .route("/proxies", get(list).post(create))
        .route("/populate", post(populate))
        .route("/reset", post(reset))
        .route(
            "/proxies/{proxy}",
            get(show).post(update).patch(update).delete(remove),
        )
        .route("/proxies/{proxy}/toxics", get(toxics).post(add))
        .route(
            "/proxies/{proxy}/toxics/{toxic}",
            get(toxic).post(change).patch(change).delete(drop_toxic),
        )
        .fallback(|| async { Refused(404, "no such path".to_owned()) })
        .layer(from_fn(no_browsers))
        .with_state(proxies)
}

/// A page in a browser must not be able to set faults on this machine.
async fn no_browsers(request: Request, next: Next) -> Response {
    let agent = request.headers().get(header::USER_AGENT);
    if agent.is_some_and(|a| a.as_bytes().starts_with(b"Mozilla/")) {
        return Refused(403, "User agent not allowed".to_owned()).into_response();
    }
    next.run(request).await
}

fn read<T: serde::de::DeserializeOwned>(body: &[u8]) -> Answer<T> {
    serde_json::from_slice(body).or_else(|e| refused(400, format!("bad request body: {e}")))
}

async fn version() -> Json<serde_json::Value> {
    Json(serde_json::json!({ "version": VERSION }))
}

async fn list(State(world): World) -> Json<BTreeMap<String, Shown>> {
    Json(world.list().await)
}

async fn create(State(world): World, body: Bytes) -> Answer<(StatusCode, Json<Shown>)> {
    let shown = world.create(&read(&body)?).await?;
    Ok((StatusCode::CREATED, Json(shown)))
}

async fn populate(
    State(world): World,
    body: Bytes,
) -> Answer<(StatusCode, Json<serde_json::Value>)> {
    let written: Vec<Written> = read(&body)?;
    let proxies = world.populate(&written).await?;
    Ok((
        StatusCode::CREATED,
        Json(serde_json::json!({ "proxies": proxies })),
    ))
}

async fn reset(State(world): World) -> Answer<StatusCode> {
    world.reset().await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn show(State(world): World, Path(name): Path<String>) -> Answer<Json<Shown>> {
    Ok(Json(world.show(&name).await?))
}

async fn update(State(world): World, Path(name): Path<String>, body: Bytes) -> Answer<Json<Shown>> {
    Ok(Json(world.update(&name, &read(&body)?).await?))
}

async fn remove(State(world): World, Path(name): Path<String>) -> Answer<StatusCode> {
    world.delete(&name).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn toxics(State(world): World, Path(name): Path<String>) -> Answer<Json<Vec<Toxic>>> {
    Ok(Json(world.get(&name).await?.toxics()))
}

impl From<BadToxic> for Refused {
    fn from(bad: BadToxic) -> Self {
        Self(400, bad.to_string())
    }
}

async fn add(State(world): World, Path(name): Path<String>, body: Bytes) -> Answer<Json<Toxic>> {
    let proxy = world.get(&name).await?;
    let toxic = Toxic::from_json(&body)?;
    let mut toxics = proxy.toxics();
    if toxics.iter().any(|t| t.name == toxic.name) {
        return refused(409, "toxic already exists");
    }
    toxics.push(toxic.clone());
    proxy.set(toxics);
    Ok(Json(toxic))
}

fn find(proxy: &TcpProxy, name: &str) -> Answer<(Vec<Toxic>, usize, Toxic)> {
    let toxics = proxy.toxics();
    let found = toxics.iter().enumerate().find(|(_, t)| t.name == name);
    match found.map(|(at, toxic)| (at, toxic.clone())) {
        Some((at, toxic)) => Ok((toxics, at, toxic)),
        None => refused(404, "toxic not found"),
    }
}

type Names = Path<(String, String)>;

async fn toxic(State(world): World, Path((name, toxic)): Names) -> Answer<Json<Toxic>> {
    let proxy = world.get(&name).await?;
    Ok(Json(find(&proxy, &toxic)?.2))
}

async fn change(
    State(world): World,
    Path((name, toxic)): Names,
    body: Bytes,
) -> Answer<Json<Toxic>> {
    let proxy = world.get(&name).await?;
    let (mut toxics, at, old) = find(&proxy, &toxic)?;
    let new = old.updated(&body)?;
    if let Some(place) = toxics.get_mut(at) {
        place.clone_from(&new);
    }
    proxy.set(toxics);
    Ok(Json(new))
}

async fn drop_toxic(State(world): World, Path((name, toxic)): Names) -> Answer<StatusCode> {
    let proxy = world.get(&name).await?;
    let (mut toxics, at, _) = find(&proxy, &toxic)?;
    toxics.remove(at);
    proxy.set(toxics);
    Ok(StatusCode::NO_CONTENT)
}
