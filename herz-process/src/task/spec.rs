//! Spec of a task -> command. What a process can't keep is refused.

use super::TaskAction;
use herz_runtime::plan::Refusal;
use serde_json::Value as Json;

/// Keys of a container that mean nothing for a process, or are read here.
const KNOWN: &[&str] = &[
    "args",
    "command",
    "env",
    "image",
    "imagePullPolicy",
    "name",
    "terminationMessagePath",
    "terminationMessagePolicy",
    "workingDir",
];

/// What to start, and the image that is left aside.
pub(super) fn read(spec: &Json, ticket: String) -> Result<(TaskAction, Option<&str>), Refusal> {
    let refused = |why: String| Err(Refusal::unsupported(why));
    let is_there = |value: &Json| match value {
        Json::Null => false,
        Json::Array(list) => !list.is_empty(),
        Json::Object(map) => !map.is_empty(),
        _ => true,
    };
    if spec.get("volumes").is_some_and(is_there) {
        return refused("task.volumes: a process of this machine has no volumes".to_owned());
    }
    let Some(container) = spec.get("container").and_then(Json::as_object) else {
        return refused("task.container is not there, so there is nothing to run".to_owned());
    };
    let beyond = container
        .iter()
        .find(|(key, value)| !KNOWN.contains(&key.as_str()) && is_there(value));
    if let Some((key, _)) = beyond {
        return refused(format!(
            "task.container.{key}: a task runs here as a process, which does not keep to it"
        ));
    }
    let env = env(container.get("env"))?;
    let mut command = texts(container.get("command"), "command")?;
    if command.is_empty() {
        return refused(
            "task.container.command is not there: the image's own is unknown, since no image is pulled"
                .to_owned(),
        );
    }
    command.extend(texts(container.get("args"), "args")?);
    let command = command.iter().map(|text| expand(text, &env)).collect();
    let folder = container.get("workingDir").and_then(Json::as_str);
    let action = TaskAction {
        ticket,
        command,
        env,
        folder: folder
            .filter(|folder| !folder.is_empty())
            .map(str::to_owned),
    };
    if let Some(bad) = action.command.iter().find(|text| text.contains('\0')) {
        return refused(format!("task.container: {bad:?} holds a zero byte"));
    }
    Ok((action, container.get("image").and_then(Json::as_str)))
}

fn texts(list: Option<&Json>, key: &str) -> Result<Vec<String>, Refusal> {
    let list = list.and_then(Json::as_array).into_iter().flatten();
    list.map(|one| {
        one.as_str()
            .map(str::to_owned)
            .ok_or_else(|| Refusal::unsupported(format!("task.container.{key}: {one} is no text")))
    })
    .collect()
}

fn env(list: Option<&Json>) -> Result<Vec<(String, String)>, Refusal> {
    let mut found: Vec<(String, String)> = Vec::new();
    for (index, one) in list
        .and_then(Json::as_array)
        .into_iter()
        .flatten()
        .enumerate()
    {
        let at = format!("task.container.env[{index}]");
        if one.get("valueFrom").is_some_and(|value| !value.is_null()) {
            return Err(Refusal::unsupported(format!(
                "{at}.valueFrom: only a cluster knows it; write a value"
            )));
        }
        let text = |key: &str| one.get(key).and_then(Json::as_str).unwrap_or_default();
        let name = text("name");
        if name.is_empty() || name.contains(['=', '\0']) || text("value").contains('\0') {
            return Err(Refusal::unsupported(format!(
                "{at}: {name:?} can't be a variable of a process"
            )));
        }
        let value = expand(text("value"), &found);
        found.retain(|(known, _)| known != name);
        found.push((name.to_owned(), value));
    }
    Ok(found)
}

/// `$(NAME)` is the variable's value and `$$` a dollar, as Kubernetes has it; unknown names stay.
fn expand(text: &str, env: &[(String, String)]) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('$') {
        out.push_str(before);
        rest = after;
        if let Some(after) = rest.strip_prefix('$') {
            out.push('$');
            rest = after;
            continue;
        }
        let named = rest.strip_prefix('(').and_then(|rest| rest.split_once(')'));
        let known = named.and_then(|(name, after)| {
            let (_, value) = env.iter().find(|(known, _)| known == name)?;
            Some((value, after))
        });
        match known {
            Some((value, after)) => {
                out.push_str(value);
                rest = after;
            }
            None => out.push('$'),
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_container_becomes_a_command() {
        let spec = json!({"container": {
            "name": "x", "image": "busybox", "workingDir": "/tmp", "resources": {},
            "env": [{"name": "A", "value": "1"}, {"name": "B", "value": "$(A)2"}],
            "command": ["sh", "-c"], "args": ["echo $(B) $(C) $$(B) $X"],
        }});
        let (action, image) = read(&spec, "t".to_owned()).unwrap();
        assert_eq!(action.command, ["sh", "-c", "echo 12 $(C) $(B) $X"]);
        assert_eq!(action.folder.as_deref(), Some("/tmp"));
        assert_eq!(image, Some("busybox"));
    }

    #[test]
    fn what_a_process_does_not_keep_to_is_refused() {
        for (container, part) in [
            (json!({"image": "x"}), "command is not there"),
            (
                json!({"command": ["x"], "volumeMounts": [{}]}),
                "volumeMounts",
            ),
            (
                json!({"command": ["x"], "resources": {"limits": {"cpu": 1}}}),
                "resources",
            ),
            (
                json!({"command": ["x"], "securityContext": {"runAsUser": 1}}),
                "securityContext",
            ),
            (
                json!({"command": ["x"], "env": [{"name": "A", "valueFrom": {}}]}),
                "valueFrom",
            ),
            (
                json!({"command": ["x"], "env": [{"name": "A=B"}]}),
                "can't be a variable",
            ),
            (json!({"command": [1]}), "is no text"),
            (json!({"command": ["a\0b"]}), "zero byte"),
        ] {
            let spec = json!({"container": container});
            let refusal = read(&spec, String::new()).unwrap_err();
            assert!(refusal.message.contains(part), "{refusal:?}");
        }
        assert!(read(&json!({}), String::new()).is_err());
        let volumes = json!({"volumes": [{}], "container": {"command": ["x"]}});
        assert!(read(&volumes, String::new()).is_err());
    }
}
