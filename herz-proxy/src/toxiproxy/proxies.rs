//! The proxies by their names.

use crate::{TcpProxy, Toxic};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;
use tokio::sync::Mutex;

/// A proxy as the interface shows it.
#[derive(Debug, Serialize)]
pub(super) struct Shown {
    name: String,
    listen: String,
    upstream: String,
    enabled: bool,
    #[serde(rename = "Logger")]
    logger: serde_json::Value,
    toxics: Vec<Toxic>,
}

/// A proxy as clients write it.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Written {
    pub(super) name: Option<String>,
    pub(super) listen: Option<String>,
    pub(super) upstream: Option<String>,
    pub(super) enabled: Option<bool>,
}

/// Why something was not done: the status and the text that Toxiproxy's clients know.
#[derive(Debug)]
pub(super) struct Refused(pub(super) u16, pub(super) String);

type Answer<T> = Result<T, Refused>;

pub(super) fn refused<T>(status: u16, text: impl Into<String>) -> Answer<T> {
    Err(Refused(status, text.into()))
}

#[derive(Debug)]
pub(super) struct Proxies {
    seed: u64,
    /// One change at a time: a proxy that is being made must not be made twice.
    all: Mutex<BTreeMap<String, Arc<TcpProxy>>>,
}

fn shown(name: &str, proxy: &TcpProxy) -> Shown {
    Shown {
        name: name.to_owned(),
        listen: proxy.listen().to_string(),
        upstream: proxy.upstream().to_owned(),
        enabled: proxy.is_enabled(),
        logger: serde_json::json!({}),
        toxics: proxy.toxics(),
    }
}

impl Proxies {
    pub(super) fn new(seed: u64) -> Self {
        Self {
            seed,
            all: Mutex::default(),
        }
    }

    pub(super) async fn list(&self) -> BTreeMap<String, Shown> {
        let all = self.all.lock().await;
        all.iter()
            .map(|(name, p)| (name.clone(), shown(name, p)))
            .collect()
    }

    pub(super) async fn get(&self, name: &str) -> Answer<Arc<TcpProxy>> {
        let found = self.all.lock().await.get(name).cloned();
        found.map_or_else(|| refused(404, "proxy not found"), Ok)
    }

    pub(super) async fn show(&self, name: &str) -> Answer<Shown> {
        Ok(shown(name, &*self.get(name).await?))
    }

    async fn start(&self, listen: &str, upstream: &str, enabled: bool) -> Answer<TcpProxy> {
        let proxy = TcpProxy::start(listen, upstream, self.seed).await;
        let proxy = proxy.or_else(|e| refused(500, format!("listen tcp {listen}: {e}")))?;
        if !enabled {
            proxy.disable().await;
        }
        Ok(proxy)
    }

    pub(super) async fn create(&self, written: &Written) -> Answer<Shown> {
        let Some(name) = written.name.as_deref().filter(|n| !n.is_empty()) else {
            return refused(400, "missing required field: name");
        };
        let Some(upstream) = written.upstream.as_deref().filter(|u| !u.is_empty()) else {
            return refused(400, "missing required field: upstream");
        };
        let mut all = self.all.lock().await;
        if all.contains_key(name) {
            return refused(409, "proxy already exists");
        }
        let listen = written.listen.as_deref().filter(|l| !l.is_empty());
        let listen = listen.unwrap_or("127.0.0.1:0");
        let proxy = self
            .start(listen, upstream, written.enabled.unwrap_or(true))
            .await?;
        let answer = shown(name, &proxy);
        all.insert(name.to_owned(), Arc::new(proxy));
        Ok(answer)
    }

    /// Makes what is not there, replaces what is another, and leaves the rest alone.
    pub(super) async fn populate(&self, written: &[Written]) -> Answer<Vec<Shown>> {
        for one in written {
            if one.name.as_deref().unwrap_or_default().is_empty() {
                return refused(400, "missing required field: name");
            }
            if one.upstream.as_deref().unwrap_or_default().is_empty() {
                return refused(400, "missing required field: upstream");
            }
        }
        let mut answers = Vec::new();
        for one in written {
            let name = one.name.as_deref().unwrap_or_default();
            let there = self.get(name).await.ok();
            let same = there.as_ref().is_some_and(|p| {
                Some(p.listen().to_string()) == one.listen
                    && Some(p.upstream()) == one.upstream.as_deref()
            });
            if there.is_some() && !same {
                drop(there);
                self.delete(name).await?;
            }
            answers.push(if same {
                self.update(name, one).await?
            } else {
                self.create(one).await?
            });
        }
        Ok(answers)
    }

    pub(super) async fn update(&self, name: &str, written: &Written) -> Answer<Shown> {
        let mut all = self.all.lock().await;
        let Some(proxy) = all.get(name).cloned() else {
            return refused(404, "proxy not found");
        };
        let listen = written.listen.clone().filter(|l| !l.is_empty());
        let upstream = written.upstream.clone().filter(|u| !u.is_empty());
        let enabled = written.enabled.unwrap_or_else(|| proxy.is_enabled());
        let here = proxy.listen().to_string();
        let moved = listen.as_ref().is_some_and(|l| *l != here)
            || upstream.as_ref().is_some_and(|u| u != proxy.upstream());
        if moved {
            // It is another proxy from here on; it keeps its toxics.
            let listen = listen.unwrap_or(here);
            let upstream = upstream.unwrap_or_else(|| proxy.upstream().to_owned());
            let toxics = proxy.toxics();
            proxy.disable().await;
            let new = self.start(&listen, &upstream, enabled).await?;
            new.set(toxics);
            let answer = shown(name, &new);
            all.insert(name.to_owned(), Arc::new(new));
            return Ok(answer);
        }
        if enabled {
            let up = proxy.enable_again().await;
            up.or_else(|e| refused(500, format!("listen tcp {here}: {e}")))?;
        } else {
            proxy.disable().await;
        }
        Ok(shown(name, &proxy))
    }

    pub(super) async fn delete(&self, name: &str) -> Answer<()> {
        match self.all.lock().await.remove(name) {
            Some(proxy) => {
                proxy.disable().await;
                Ok(())
            }
            None => refused(404, "proxy not found"),
        }
    }

    /// Enables every proxy and takes all toxics away.
    pub(super) async fn reset(&self) -> Answer<()> {
        for proxy in self.all.lock().await.values() {
            proxy.set(Vec::new());
            let up = proxy.enable_again().await;
            up.or_else(|e| refused(500, e.to_string()))?;
        }
        Ok(())
    }
}
