//! What this release of the crate goes with. Made from `compat-matrix.toml` by
//! `herz compat render --write`; don't edit.

/// Version of the library that these constants are about.
pub const LIBRARY: &str = "0.1.0";

/// The version of `spec` that it speaks.
pub const SPEC: &str = "0.1.0";

/// The versions of `chaos-mesh` that it knows, ascending.
#[rustfmt::skip]
pub const CHAOS_MESH: &[&str] = &[
    "2.6.0",
    "2.6.1",
    "2.6.2",
    "2.6.3",
    "2.6.4",
    "2.6.5",
    "2.6.6",
    "2.6.7",
    "2.7.0",
    "2.7.1",
    "2.7.2",
    "2.7.3",
    "2.8.0",
    "2.8.1",
    "2.8.2",
    "2.8.3",
];

/// Something that not every version has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Feature {
    /// Unique name.
    pub id: &'static str,
    /// The kinds that have it; `path` is that in the first.
    pub kinds: &'static [&'static str],
    /// Where it is, from the document's root.
    pub path: &'static str,
    /// Axis and first version that has it.
    pub since: &'static [(&'static str, &'static str)],
    /// Axis and first version without it.
    pub until: &'static [(&'static str, &'static str)],
}

/// Every feature, sorted by id.
#[rustfmt::skip]
pub const FEATURES: &[Feature] = &[
    Feature {
        id: "JVMChaos.spec.returnValue",
        kinds: &["JVMChaos", "Schedule", "WorkflowNode", "Workflow"],
        path: "spec.returnValue",
        since: &[("chaos-mesh", "2.8.0")],
        until: &[],
    },
    Feature {
        id: "JVMChaos.spec.value@2.8.0",
        kinds: &["JVMChaos", "Schedule", "WorkflowNode", "Workflow"],
        path: "spec.value",
        since: &[("chaos-mesh", "2.8.0")],
        until: &[],
    },
    Feature {
        id: "JVMChaos.spec.value@before-2.8.0",
        kinds: &["JVMChaos", "Schedule", "WorkflowNode", "Workflow"],
        path: "spec.value",
        since: &[],
        until: &[("chaos-mesh", "2.8.0")],
    },
    Feature {
        id: "JVMChaos.spec:fixed-needs-count",
        kinds: &["JVMChaos", "Schedule", "WorkflowNode", "Workflow"],
        path: "spec",
        since: &[("chaos-mesh", "2.8.0")],
        until: &[],
    },
    Feature {
        id: "JVMChaos.spec:old-mode-without-value",
        kinds: &["JVMChaos", "Schedule", "WorkflowNode", "Workflow"],
        path: "spec",
        since: &[],
        until: &[("chaos-mesh", "2.8.0")],
    },
    Feature {
        id: "JVMChaos.spec:percent-needs-value",
        kinds: &["JVMChaos", "Schedule", "WorkflowNode", "Workflow"],
        path: "spec",
        since: &[("chaos-mesh", "2.8.0")],
        until: &[],
    },
    Feature {
        id: "JVMChaos.spec:return-needs-old-value",
        kinds: &["JVMChaos", "Schedule", "WorkflowNode", "Workflow"],
        path: "spec",
        since: &[],
        until: &[("chaos-mesh", "2.8.0")],
    },
    Feature {
        id: "JVMChaos.spec:return-needs-value",
        kinds: &["JVMChaos", "Schedule", "WorkflowNode", "Workflow"],
        path: "spec",
        since: &[("chaos-mesh", "2.8.0")],
        until: &[],
    },
    Feature {
        id: "JVMChaos.spec:value-without-use",
        kinds: &["JVMChaos", "Schedule", "WorkflowNode", "Workflow"],
        path: "spec",
        since: &[("chaos-mesh", "2.8.0")],
        until: &[],
    },
    Feature {
        id: "NetemDuration:pattern",
        kinds: &["NetworkChaos", "PodNetworkChaos", "Schedule", "WorkflowNode", "Workflow"],
        path: "spec.delay.latency",
        since: &[("chaos-mesh", "2.8.0")],
        until: &[],
    },
    Feature {
        id: "NetworkChaos.spec.rate",
        kinds: &["NetworkChaos", "Schedule", "WorkflowNode", "Workflow"],
        path: "spec.rate",
        since: &[("chaos-mesh", "2.7.0")],
        until: &[],
    },
    Feature {
        id: "PodTrafficControl.rate",
        kinds: &["PodNetworkChaos"],
        path: "spec.tcs[].rate",
        since: &[("chaos-mesh", "2.7.0")],
        until: &[],
    },
    Feature {
        id: "RemoteCluster.spec.configOverride@2.6.3",
        kinds: &["RemoteCluster"],
        path: "spec.configOverride",
        since: &[("chaos-mesh", "2.6.3")],
        until: &[],
    },
    Feature {
        id: "RemoteCluster.spec.configOverride@before-2.6.3",
        kinds: &["RemoteCluster"],
        path: "spec.configOverride",
        since: &[],
        until: &[("chaos-mesh", "2.6.3")],
    },
    Feature {
        id: "RemoteCluster.status.observedGeneration",
        kinds: &["RemoteCluster"],
        path: "status.observedGeneration",
        since: &[("chaos-mesh", "2.6.3")],
        until: &[],
    },
    Feature {
        id: "Task.labels",
        kinds: &["WorkflowNode", "Workflow", "Schedule"],
        path: "spec.task.labels",
        since: &[("chaos-mesh", "2.8.0")],
        until: &[],
    },
    Feature {
        id: "TrafficRate:pattern",
        kinds: &["NetworkChaos", "PodNetworkChaos", "Schedule", "WorkflowNode", "Workflow"],
        path: "spec.rate.rate",
        since: &[],
        until: &[("chaos-mesh", "2.7.0")],
    },
    Feature {
        id: "empty-selection-is-not-injected",
        kinds: &["NetworkChaos"],
        path: "status.conditions",
        since: &[("chaos-mesh", "2.6.3")],
        until: &[],
    },
    Feature {
        id: "k8s.AzureDiskVolumeSource.fsType:default",
        kinds: &["WorkflowNode", "Workflow", "Schedule"],
        path: "spec.task.volumes[].azureDisk.fsType",
        since: &[("chaos-mesh", "2.8.0")],
        until: &[],
    },
    Feature {
        id: "k8s.AzureDiskVolumeSource.readOnly:default",
        kinds: &["WorkflowNode", "Workflow", "Schedule"],
        path: "spec.task.volumes[].azureDisk.readOnly",
        since: &[("chaos-mesh", "2.8.0")],
        until: &[],
    },
    Feature {
        id: "k8s.ConfigMapEnvSource.name:default",
        kinds: &["WorkflowNode", "Workflow", "Schedule"],
        path: "spec.task.container.envFrom[].configMapRef.name",
        since: &[("chaos-mesh", "2.8.0")],
        until: &[],
    },
    Feature {
        id: "k8s.ConfigMapKeySelector.name:default",
        kinds: &["WorkflowNode", "Workflow", "Schedule"],
        path: "spec.task.container.env[].valueFrom.configMapKeyRef.name",
        since: &[("chaos-mesh", "2.8.0")],
        until: &[],
    },
    Feature {
        id: "k8s.ConfigMapProjection.name:default",
        kinds: &["WorkflowNode", "Workflow", "Schedule"],
        path: "spec.task.volumes[].projected.sources[].configMap.name",
        since: &[("chaos-mesh", "2.8.0")],
        until: &[],
    },
    Feature {
        id: "k8s.ConfigMapVolumeSource.name:default",
        kinds: &["WorkflowNode", "Workflow", "Schedule"],
        path: "spec.task.volumes[].configMap.name",
        since: &[("chaos-mesh", "2.8.0")],
        until: &[],
    },
    Feature {
        id: "k8s.Container.resizePolicy",
        kinds: &["WorkflowNode", "Workflow", "Schedule"],
        path: "spec.task.container.resizePolicy",
        since: &[("chaos-mesh", "2.7.0")],
        until: &[],
    },
    Feature {
        id: "k8s.Container.restartPolicy",
        kinds: &["WorkflowNode", "Workflow", "Schedule"],
        path: "spec.task.container.restartPolicy",
        since: &[("chaos-mesh", "2.7.0")],
        until: &[],
    },
    Feature {
        id: "k8s.Container.restartPolicyRules",
        kinds: &["WorkflowNode", "Workflow", "Schedule"],
        path: "spec.task.container.restartPolicyRules",
        since: &[("chaos-mesh", "2.8.2")],
        until: &[],
    },
    Feature {
        id: "k8s.EnvVarSource.fileKeyRef",
        kinds: &["WorkflowNode", "Workflow", "Schedule"],
        path: "spec.task.container.env[].valueFrom.fileKeyRef",
        since: &[("chaos-mesh", "2.8.2")],
        until: &[],
    },
    Feature {
        id: "k8s.GRPCAction.service:default",
        kinds: &["WorkflowNode", "Workflow", "Schedule"],
        path: "spec.task.container.livenessProbe.grpc.service",
        since: &[("chaos-mesh", "2.8.0")],
        until: &[],
    },
    Feature {
        id: "k8s.ISCSIVolumeSource.iscsiInterface:default",
        kinds: &["WorkflowNode", "Workflow", "Schedule"],
        path: "spec.task.volumes[].iscsi.iscsiInterface",
        since: &[("chaos-mesh", "2.8.0")],
        until: &[],
    },
    Feature {
        id: "k8s.Lifecycle.stopSignal",
        kinds: &["WorkflowNode", "Workflow", "Schedule"],
        path: "spec.task.container.lifecycle.stopSignal",
        since: &[("chaos-mesh", "2.8.0")],
        until: &[],
    },
    Feature {
        id: "k8s.LifecycleHandler.sleep",
        kinds: &["WorkflowNode", "Workflow", "Schedule"],
        path: "spec.task.container.lifecycle.postStart.sleep",
        since: &[("chaos-mesh", "2.8.0")],
        until: &[],
    },
    Feature {
        id: "k8s.LocalObjectReference.name:default",
        kinds: &["WorkflowNode", "Workflow", "Schedule"],
        path: "status.activeChildren[].name",
        since: &[("chaos-mesh", "2.8.0")],
        until: &[],
    },
    Feature {
        id: "k8s.PersistentVolumeClaimSpec.volumeAttributesClassName",
        kinds: &["WorkflowNode", "Workflow", "Schedule"],
        path: "spec.task.volumes[].ephemeral.volumeClaimTemplate.spec.volumeAttributesClassName",
        since: &[("chaos-mesh", "2.8.0")],
        until: &[],
    },
    Feature {
        id: "k8s.RBDVolumeSource.keyring:default",
        kinds: &["WorkflowNode", "Workflow", "Schedule"],
        path: "spec.task.volumes[].rbd.keyring",
        since: &[("chaos-mesh", "2.8.0")],
        until: &[],
    },
    Feature {
        id: "k8s.RBDVolumeSource.pool:default",
        kinds: &["WorkflowNode", "Workflow", "Schedule"],
        path: "spec.task.volumes[].rbd.pool",
        since: &[("chaos-mesh", "2.8.0")],
        until: &[],
    },
    Feature {
        id: "k8s.RBDVolumeSource.user:default",
        kinds: &["WorkflowNode", "Workflow", "Schedule"],
        path: "spec.task.volumes[].rbd.user",
        since: &[("chaos-mesh", "2.8.0")],
        until: &[],
    },
    Feature {
        id: "k8s.ResourceClaim.request",
        kinds: &["WorkflowNode", "Workflow", "Schedule"],
        path: "spec.task.container.resources.claims[].request",
        since: &[("chaos-mesh", "2.8.0")],
        until: &[],
    },
    Feature {
        id: "k8s.ScaleIOVolumeSource.fsType:default",
        kinds: &["WorkflowNode", "Workflow", "Schedule"],
        path: "spec.task.volumes[].scaleIO.fsType",
        since: &[("chaos-mesh", "2.8.0")],
        until: &[],
    },
    Feature {
        id: "k8s.ScaleIOVolumeSource.storageMode:default",
        kinds: &["WorkflowNode", "Workflow", "Schedule"],
        path: "spec.task.volumes[].scaleIO.storageMode",
        since: &[("chaos-mesh", "2.8.0")],
        until: &[],
    },
    Feature {
        id: "k8s.SecretEnvSource.name:default",
        kinds: &["WorkflowNode", "Workflow", "Schedule"],
        path: "spec.task.container.envFrom[].secretRef.name",
        since: &[("chaos-mesh", "2.8.0")],
        until: &[],
    },
    Feature {
        id: "k8s.SecretKeySelector.name:default",
        kinds: &["WorkflowNode", "Workflow", "Schedule"],
        path: "spec.task.container.env[].valueFrom.secretKeyRef.name",
        since: &[("chaos-mesh", "2.8.0")],
        until: &[],
    },
    Feature {
        id: "k8s.SecretProjection.name:default",
        kinds: &["WorkflowNode", "Workflow", "Schedule"],
        path: "spec.task.volumes[].projected.sources[].secret.name",
        since: &[("chaos-mesh", "2.8.0")],
        until: &[],
    },
    Feature {
        id: "k8s.SecurityContext.appArmorProfile",
        kinds: &["WorkflowNode", "Workflow", "Schedule"],
        path: "spec.task.container.securityContext.appArmorProfile",
        since: &[("chaos-mesh", "2.8.0")],
        until: &[],
    },
    Feature {
        id: "k8s.Volume.image",
        kinds: &["WorkflowNode", "Workflow", "Schedule"],
        path: "spec.task.volumes[].image",
        since: &[("chaos-mesh", "2.8.0")],
        until: &[],
    },
    Feature {
        id: "k8s.VolumeMount.recursiveReadOnly",
        kinds: &["WorkflowNode", "Workflow", "Schedule"],
        path: "spec.task.container.volumeMounts[].recursiveReadOnly",
        since: &[("chaos-mesh", "2.8.0")],
        until: &[],
    },
    Feature {
        id: "k8s.VolumeProjection.clusterTrustBundle",
        kinds: &["WorkflowNode", "Workflow", "Schedule"],
        path: "spec.task.volumes[].projected.sources[].clusterTrustBundle",
        since: &[("chaos-mesh", "2.8.0")],
        until: &[],
    },
    Feature {
        id: "k8s.VolumeProjection.podCertificate",
        kinds: &["WorkflowNode", "Workflow", "Schedule"],
        path: "spec.task.volumes[].projected.sources[].podCertificate",
        since: &[("chaos-mesh", "2.8.2")],
        until: &[],
    },
    Feature {
        id: "k8s.VolumeResourceRequirements.claims",
        kinds: &["WorkflowNode", "Workflow", "Schedule"],
        path: "spec.task.volumes[].ephemeral.volumeClaimTemplate.spec.resources.claims",
        since: &[],
        until: &[("chaos-mesh", "2.8.0")],
    },
];
