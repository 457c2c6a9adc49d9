//! What there is to hit: targets, where no cluster keeps a list.

use crate::identity::ProcessIdentity;
use herz::v1alpha1;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use std::collections::BTreeMap;
use std::fmt;

/// Targets, by namespace and name.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Inventory {
    targets: Vec<Target>,
}

impl Inventory {
    /// Of these targets. A later one with the same namespace and name replaces an earlier one.
    pub fn new(targets: impl IntoIterator<Item = Target>) -> Self {
        let mut by_id = BTreeMap::new();
        for target in targets {
            by_id.insert(target.id(), target);
        }
        Self {
            targets: by_id.into_values().collect(),
        }
    }

    /// The targets, by namespace and name.
    pub fn targets(&self) -> &[Target] {
        &self.targets
    }

    /// The target `namespace/name`.
    pub fn get(&self, id: &str) -> Option<&Target> {
        self.targets.iter().find(|target| target.id() == id)
    }

    /// This one and another: what the other has, wins.
    #[must_use]
    pub fn merged(self, other: Self) -> Self {
        Self::new(self.targets.into_iter().chain(other.targets))
    }
}

impl From<&v1alpha1::Inventory> for Inventory {
    fn from(document: &v1alpha1::Inventory) -> Self {
        Self::new(document.spec.targets.iter().map(Target::from))
    }
}

/// One thing that can be hit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Target {
    /// Its name, unique in its namespace.
    pub name: String,
    /// Its namespace.
    pub namespace: String,
    /// Labels, by which selectors pick it.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub labels: BTreeMap<String, String>,
    /// What it is.
    pub place: Place,
}

impl Target {
    /// A target in the namespace `default`, without labels.
    pub fn new(name: impl Into<String>, place: Place) -> Self {
        Self {
            name: name.into(),
            namespace: "default".to_owned(),
            labels: BTreeMap::new(),
            place,
        }
    }

    /// With one more label.
    #[must_use]
    pub fn label(mut self, key: impl Into<String>, value: impl Into<String>) -> Self {
        self.labels.insert(key.into(), value.into());
        self
    }

    /// In another namespace.
    #[must_use]
    pub fn namespace(mut self, namespace: impl Into<String>) -> Self {
        self.namespace = namespace.into();
        self
    }

    /// `namespace/name`, as reports name it.
    pub fn id(&self) -> String {
        format!("{}/{}", self.namespace, self.name)
    }
}

impl From<&v1alpha1::InventoryTarget> for Target {
    fn from(document: &v1alpha1::InventoryTarget) -> Self {
        Self {
            name: document.name.as_str().to_owned(),
            namespace: document
                .namespace
                .as_ref()
                .map_or("default", |namespace| namespace.as_str())
                .to_owned(),
            labels: document.labels.clone().unwrap_or_default(),
            place: Place::from(document),
        }
    }
}

/// What a target is, and so what can be done to it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub enum Place {
    /// A service that carries the middleware and hits itself.
    InProcess,
    /// A service behind a proxy that Herz runs.
    Proxy(ProxyPlace),
    /// A process of this machine.
    Process(ProcessPlace),
    /// All that runs in a network namespace of this machine.
    Netns(NetnsPlace),
    /// This machine as a whole.
    Host,
    /// Something that a backend of yours knows: its name, and what else the backend wants to be told.
    Other(String, Json),
}

/// A service behind a proxy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ProxyPlace {
    /// Where clients connect: `127.0.0.1:18080`.
    pub listen: String,
    /// Where the service really is.
    pub upstream: String,
    /// What goes over the connection: `tcp`, `http`, `grpc`, `udp`, `dns`.
    pub protocol: String,
}

/// A process of this machine. All that is said must fit.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ProcessPlace {
    /// Its program, as a whole path.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exe: Option<String>,
    /// Its number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pid: Option<u32>,
    /// Its control group, as a path below the root of the hierarchy.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cgroup: Option<String>,
}

impl ProcessPlace {
    /// The processes that fit now, by number. Looks at `/proc` and changes nothing. Herz itself is
    /// never among them.
    pub fn find(&self) -> Vec<ProcessIdentity> {
        let own = std::process::id();
        let numbers: Vec<u32> = match self.pid {
            Some(pid) => vec![pid],
            None => {
                let mut all: Vec<u32> = std::fs::read_dir("/proc")
                    .into_iter()
                    .flatten()
                    .flatten()
                    .filter_map(|entry| entry.file_name().to_str()?.parse().ok())
                    .collect();
                all.sort_unstable();
                all
            }
        };
        numbers
            .into_iter()
            .filter(|pid| *pid != own && self.fits(*pid))
            .filter_map(ProcessIdentity::of)
            .collect()
    }

    fn fits(&self, pid: u32) -> bool {
        let exe = self.exe.as_ref().is_none_or(|wanted| {
            std::fs::read_link(format!("/proc/{pid}/exe")).is_ok_and(|found| {
                let found = found.to_string_lossy();
                // The kernel appends this when the file was replaced while the process runs.
                found.strip_suffix(" (deleted)").unwrap_or(&found) == wanted
            })
        });
        exe && self.cgroup.as_ref().is_none_or(|wanted| {
            let wanted = wanted.trim_matches('/');
            std::fs::read_to_string(format!("/proc/{pid}/cgroup")).is_ok_and(|text| {
                text.lines()
                    .filter_map(|line| line.splitn(3, ':').nth(2))
                    .any(|path| {
                        let path = path.trim_matches('/');
                        path == wanted
                            || path
                                .strip_prefix(wanted)
                                .is_some_and(|rest| rest.starts_with('/'))
                    })
            })
        })
    }
}

/// A network namespace of this machine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NetnsPlace {
    /// Its name, as `ip netns` lists it.
    pub name: String,
    /// Network device in it; absent means the one of the default route.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub device: Option<String>,
}

impl Place {
    /// Which kind of place it is.
    pub fn kind(&self) -> PlaceKind {
        match self {
            Self::InProcess => PlaceKind::InProcess,
            Self::Proxy(_) => PlaceKind::Proxy,
            Self::Process(_) => PlaceKind::Process,
            Self::Netns(_) => PlaceKind::Netns,
            Self::Host => PlaceKind::Host,
            Self::Other(name, _) => PlaceKind::Other(name.clone()),
        }
    }
}

impl From<&v1alpha1::InventoryTarget> for Place {
    fn from(document: &v1alpha1::InventoryTarget) -> Self {
        if let Some(proxy) = &document.proxy {
            return Self::Proxy(ProxyPlace {
                listen: proxy.listen.clone(),
                upstream: proxy.upstream.clone(),
                protocol: proxy
                    .protocol
                    .as_ref()
                    .map_or_else(|| "tcp".to_owned(), ToString::to_string),
            });
        }
        if let Some(process) = &document.process {
            return Self::Process(ProcessPlace {
                exe: process.exe.clone(),
                pid: process.pid.and_then(|pid| u32::try_from(pid).ok()),
                cgroup: process.cgroup.clone(),
            });
        }
        if let Some(netns) = &document.netns {
            return Self::Netns(NetnsPlace {
                name: netns.name.clone(),
                device: netns.device.clone(),
            });
        }
        if document.host.is_some() {
            return Self::Host;
        }
        // The schema wants exactly one of them.
        Self::InProcess
    }
}

/// Kinds of places.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub enum PlaceKind {
    /// A service that carries the middleware.
    InProcess,
    /// A service behind a proxy.
    Proxy,
    /// A process.
    Process,
    /// A network namespace.
    Netns,
    /// The machine.
    Host,
    /// A kind of yours.
    Other(String),
}

impl fmt::Display for PlaceKind {
    /// As an inventory writes it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::InProcess => "inProcess",
            Self::Proxy => "proxy",
            Self::Process => "process",
            Self::Netns => "netns",
            Self::Host => "host",
            Self::Other(name) => name,
        })
    }
}
