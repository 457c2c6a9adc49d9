//! Schedules and workflows of documents. Their schema has judged them before; here only what can't be
//! run is refused.

use super::check::{Criteria, StatusCheck};
use super::expression::Expression;
use super::schedule::{Child, Schedule};
use super::task::{self, Branch, Task};
use super::workflow::{Body, Template, Workflow};
use crate::experiment::{Experiment, NotAnExperiment, no};
use crate::probe::HttpProbe;
use crate::time;
use herz::scalar::{Cron, Scalar};
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;
use std::time::Duration;

/// Kinds of experiments, and the key that holds the spec of each.
const KINDS: &[(&str, &str)] = &[
    ("AWSChaos", "awsChaos"),
    ("AzureChaos", "azureChaos"),
    ("BlockChaos", "blockChaos"),
    ("DNSChaos", "dnsChaos"),
    ("GCPChaos", "gcpChaos"),
    ("HTTPChaos", "httpChaos"),
    ("IOChaos", "ioChaos"),
    ("JVMChaos", "jvmChaos"),
    ("KernelChaos", "kernelChaos"),
    ("NetworkChaos", "networkChaos"),
    ("PhysicalMachineChaos", "physicalmachineChaos"),
    ("PodChaos", "podChaos"),
    ("StressChaos", "stressChaos"),
    ("TimeChaos", "timeChaos"),
];

/// Name, namespace and spec of a document.
struct Head<'a> {
    kind: &'a str,
    api_version: &'a str,
    name: &'a str,
    namespace: &'a str,
    spec: &'a Json,
}

impl<'a> Head<'a> {
    fn of(document: &'a Json) -> Result<Self, NotAnExperiment> {
        let text = |path: &str| document.pointer(path).and_then(Json::as_str);
        let kind = text("/kind").unwrap_or_default();
        Ok(Self {
            kind,
            api_version: text("/apiVersion").unwrap_or_default(),
            name: text("/metadata/name")
                .ok_or_else(|| no(format!("the {kind} has no `metadata.name`")))?,
            namespace: text("/metadata/namespace").unwrap_or("default"),
            spec: document
                .get("spec")
                .ok_or_else(|| no(format!("the {kind} has no `spec`")))?,
        })
    }

    fn title(&self) -> String {
        format!("{}/{}", self.namespace, self.name)
    }

    /// An experiment of this document: `key` of `holder` is its spec.
    fn experiment(
        &self,
        name: &str,
        kind: &str,
        holder: &Json,
        at: &str,
    ) -> Result<Experiment, NotAnExperiment> {
        let (_, key) = KINDS
            .iter()
            .find(|(known, _)| *known == kind)
            .ok_or_else(|| no(format!("{at}: `{kind}` is no kind of experiment")))?;
        let spec = holder
            .get(*key)
            .ok_or_else(|| no(format!("{at}.{key} is not there, so {kind} has no spec")))?;
        Experiment::from_json(&json!({
            "apiVersion": self.api_version,
            "kind": kind,
            "metadata": {
                "name": name,
                "namespace": self.namespace,
                "labels": {"managed-by": self.name},
            },
            "spec": spec,
        }))
        .map_err(|error| no(format!("{at}.{key}: {error}")))
    }
}

pub(super) fn schedule(document: &Json) -> Result<Schedule, NotAnExperiment> {
    let head = Head::of(document)?;
    schedule_at(&head, head.name, head.spec, "spec")
}

fn schedule_at(
    head: &Head<'_>,
    name: &str,
    spec: &Json,
    at: &str,
) -> Result<Schedule, NotAnExperiment> {
    let text = |key: &str| spec.get(key).and_then(Json::as_str).unwrap_or_default();
    let cron =
        Cron::parse(text("schedule")).map_err(|error| no(format!("{at}.schedule: {error}")))?;
    if let Some(zone) = cron
        .zone()
        .filter(|zone| !matches!(*zone, "" | "UTC" | "Etc/UTC"))
    {
        return Err(no(format!(
            "{at}.schedule: the time zone `{zone}` is not known here; times are in UTC"
        )));
    }
    let kind = text("type");
    let child = if kind == "Workflow" {
        let inner = spec
            .get("workflow")
            .ok_or_else(|| no(format!("{at}.workflow is not there")))?;
        Child::Workflow(Box::new(workflow_at(
            head,
            name,
            inner,
            &format!("{at}.workflow"),
        )?))
    } else {
        Child::Experiment(Box::new(head.experiment(name, kind, spec, at)?))
    };
    let deadline = spec.get("startingDeadlineSeconds").and_then(Json::as_u64);
    Ok(Schedule {
        name: format!("{}/{name}", head.namespace),
        cron,
        child,
        forbid: text("concurrencyPolicy") != "Allow",
        starting_deadline: deadline.map(Duration::from_secs),
    })
}

pub(super) fn workflow(document: &Json) -> Result<Workflow, NotAnExperiment> {
    let head = Head::of(document)?;
    debug_assert_eq!(head.kind, "Workflow");
    workflow_at(&head, head.name, head.spec, "spec")
}

fn workflow_at(
    head: &Head<'_>,
    name: &str,
    spec: &Json,
    at: &str,
) -> Result<Workflow, NotAnExperiment> {
    let entry = spec.get("entry").and_then(Json::as_str).unwrap_or_default();
    let mut templates = BTreeMap::new();
    let listed = spec.get("templates").and_then(Json::as_array);
    for (index, one) in listed.into_iter().flatten().enumerate() {
        let at = format!("{at}.templates[{index}]");
        let step = one
            .get("name")
            .and_then(Json::as_str)
            .ok_or_else(|| no(format!("{at}.name is not there")))?;
        let template = template(head, step, one, &at)?;
        if templates.insert(step.to_owned(), template).is_some() {
            return Err(no(format!("{at}.name: two steps are called `{step}`")));
        }
    }
    let workflow = Workflow {
        name: if name == head.name {
            head.title()
        } else {
            format!("{}/{name}", head.namespace)
        },
        entry: entry.to_owned(),
        templates,
    };
    let mut way = Vec::new();
    closed(&workflow, entry, at, &mut way)?;
    Ok(workflow)
}

/// Every step that is named is there, and none is below itself.
fn closed<'w>(
    workflow: &'w Workflow,
    name: &'w str,
    at: &str,
    way: &mut Vec<&'w str>,
) -> Result<(), NotAnExperiment> {
    let Some(template) = workflow.templates.get(name) else {
        return Err(no(format!("{at}: there is no step `{name}`")));
    };
    if way.contains(&name) {
        return Err(no(format!(
            "{at}: the step `{name}` is below itself: it would never end"
        )));
    }
    way.push(name);
    for child in template.body.followers() {
        closed(workflow, child, at, way)?;
    }
    way.pop();
    Ok(())
}

fn template(
    head: &Head<'_>,
    name: &str,
    json: &Json,
    at: &str,
) -> Result<Template, NotAnExperiment> {
    let kind = json
        .get("templateType")
        .and_then(Json::as_str)
        .unwrap_or_default();
    let deadline = span(json.get("deadline"), &format!("{at}.deadline"))?;
    let children = || -> Vec<String> {
        let listed = json.get("children").and_then(Json::as_array);
        listed
            .into_iter()
            .flatten()
            .filter_map(|child| child.as_str().map(str::to_owned))
            .collect()
    };
    let inner = |key: &str| {
        json.get(key)
            .ok_or_else(|| no(format!("{at}.{key} is not there")))
    };
    let body = match kind {
        "Serial" => Body::Serial(children()),
        "Parallel" => Body::Parallel(children()),
        "Suspend" if deadline.is_none() => {
            return Err(no(format!(
                "{at}.deadline is not there: it would suspend for ever"
            )));
        }
        "Suspend" => Body::Suspend,
        "Task" => Body::Task(Box::new(task_at(head, name, json, at)?)),
        "StatusCheck" => Body::Check(Box::new(check(
            inner("statusCheck")?,
            &format!("{at}.statusCheck"),
        )?)),
        "Schedule" => {
            let at = format!("{at}.schedule");
            Body::Schedule(Box::new(schedule_at(head, name, inner("schedule")?, &at)?))
        }
        kind => Body::Experiment(Box::new(head.experiment(name, kind, json, at)?)),
    };
    Ok(Template {
        deadline,
        abort_with_check: json.get("abortWithStatusCheck").and_then(Json::as_bool) == Some(true),
        body,
    })
}

fn task_at(head: &Head<'_>, name: &str, json: &Json, at: &str) -> Result<Task, NotAnExperiment> {
    let spec = json
        .get("task")
        .ok_or_else(|| no(format!("{at}.task is not there")))?;
    let experiment = Experiment::from_json(&json!({
        "apiVersion": head.api_version,
        "kind": task::KIND,
        "metadata": {
            "name": name,
            "namespace": head.namespace,
            "labels": {"managed-by": head.name},
        },
        "spec": spec,
    }))
    .map_err(|error| no(format!("{at}.task: {error}")))?;
    let listed = json.get("conditionalBranches").and_then(Json::as_array);
    let mut branches = Vec::new();
    for (index, one) in listed.into_iter().flatten().enumerate() {
        let at = format!("{at}.conditionalBranches[{index}]");
        let text = |key: &str| one.get(key).and_then(Json::as_str);
        let target = text("target").ok_or_else(|| no(format!("{at}.target is not there")))?;
        let expression = text("expression").unwrap_or_default();
        let when = Expression::parse(expression)
            .map_err(|why| no(format!("{at}.expression `{expression}`: {why}")))?;
        branches.push(Branch {
            target: target.to_owned(),
            when,
        });
    }
    Ok(Task {
        experiment,
        branches,
    })
}

fn span(json: Option<&Json>, at: &str) -> Result<Option<Duration>, NotAnExperiment> {
    match json.and_then(Json::as_str) {
        None | Some("") => Ok(None),
        Some(text) => time::parse(text)
            .map(Some)
            .ok_or_else(|| no(format!("{at}: `{text}` is no duration such as `1m30s`"))),
    }
}

fn check(json: &Json, at: &str) -> Result<StatusCheck, NotAnExperiment> {
    let http = json
        .get("http")
        .ok_or_else(|| no(format!("{at}.http is not there: only HTTP can be asked")))?;
    let text = |key: &str| http.get(key).and_then(Json::as_str);
    let url = text("url")
        .unwrap_or_default()
        .parse()
        .map_err(|error| no(format!("{at}.http.url: {error}")))?;
    let code = http.pointer("/criteria/statusCode").and_then(Json::as_str);
    let criteria = code.and_then(Criteria::parse).ok_or_else(|| {
        no(format!(
            "{at}.http.criteria.statusCode: write a status or a range, such as `200` or `200-399`"
        ))
    })?;
    let number = |key: &str, default: u64| json.get(key).and_then(Json::as_u64).unwrap_or(default);
    let count =
        |key: &str, default: u64| u32::try_from(number(key, default).max(1)).unwrap_or(u32::MAX);
    let mut probe = HttpProbe::get(url);
    text("method")
        .unwrap_or("GET")
        .clone_into(&mut probe.method);
    text("body").unwrap_or_default().clone_into(&mut probe.body);
    probe.timeout = Duration::from_secs(number("timeoutSeconds", 1).max(1));
    let headers = http.get("headers").and_then(Json::as_object);
    for (name, values) in headers.into_iter().flatten() {
        let values: Vec<&str> = values
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Json::as_str)
            .collect();
        probe.headers.insert(name.clone(), values.join(", "));
    }
    Ok(StatusCheck {
        probe,
        criteria,
        interval: Duration::from_secs(number("intervalSeconds", 10).max(1)),
        successes: count("successThreshold", 1),
        failures: count("failureThreshold", 3),
        continuous: json.get("mode").and_then(Json::as_str) == Some("Continuous"),
        duration: span(json.get("duration"), &format!("{at}.duration"))?,
    })
}
