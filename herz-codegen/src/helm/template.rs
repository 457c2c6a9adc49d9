//! Templates: an object for each fault of a kind.

use super::Chart;
use super::fault::{Fault, Infer, MODE, SELECTOR, VALUE};
use std::fmt::Write;

const HEADER: &str = "{{- /* Written by `herz gen helm`; do not edit. */}}\n";

impl Chart<'_, '_> {
    /// What all templates use.
    pub(super) fn helpers(&self) -> String {
        let name = self.name;
        let mut text = HEADER.to_owned();
        // Names of Kubernetes objects have at most 63 characters where labels repeat them.
        let _ = write!(
            text,
            r#"
{{{{- define "{name}.metadata" -}}}}
name: {{{{ printf "%s-%s" .root.Release.Name .name | trunc 63 | trimSuffix "-" }}}}
namespace: {{{{ default .root.Release.Namespace .root.Values.namespace }}}}
labels:
  app.kubernetes.io/name: {{{{ .root.Chart.Name }}}}
  app.kubernetes.io/instance: {{{{ .root.Release.Name }}}}
  app.kubernetes.io/managed-by: {{{{ .root.Release.Service }}}}
  helm.sh/chart: {{{{ printf "%s-%s" .root.Chart.Name .root.Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" }}}}
{{{{- with .root.Values.labels }}}}
{{{{ toYaml . | indent 2 }}}}
{{{{- end }}}}
{{{{- end }}}}
"#
        );
        let _ = write!(
            text,
            r#"
{{{{- /* Fills in what all faults share, where a fault says nothing of its own. Maps are not mixed: labels of two
selectors together would select somebody else. */}}}}
{{{{- define "{name}.shared" -}}}}
{{{{- if and (has "{SELECTOR}" .fields) (not .spec.{SELECTOR}) }}}}
{{{{- if not .root.Values.{SELECTOR} }}}}
{{{{- fail (printf "%s: nobody is selected, which would mean every pod of the namespace: set `{SELECTOR}` there or for all faults" .where) }}}}
{{{{- end }}}}
{{{{- $_ := set .spec "{SELECTOR}" (deepCopy .root.Values.{SELECTOR}) }}}}
{{{{- end }}}}
{{{{- if and (has "{MODE}" .fields) (not .spec.{MODE}) }}}}
{{{{- $_ := set .spec "{MODE}" .root.Values.{MODE} }}}}
{{{{- if and (has "{VALUE}" .fields) (not .spec.{VALUE}) .root.Values.{VALUE} }}}}
{{{{- $_ := set .spec "{VALUE}" .root.Values.{VALUE} }}}}
{{{{- end }}}}
{{{{- end }}}}
{{{{- end }}}}
"#
        );
        text
    }

    /// The template of a kind.
    pub(super) fn template(&self, fault: &Fault<'_>) -> String {
        let (name, key) = (self.name, fault.key.as_str());
        let mut text = HEADER.to_owned();
        let _ = writeln!(text, "{{{{- range $name, $fault := .Values.faults }}}}");
        let _ = writeln!(
            text,
            "{{{{- if and $.Values.enabled (kindIs \"map\" $fault) (kindIs \"map\" (get (default dict $fault) \"{key}\")) (ne (toString (get (default dict $fault) \"enabled\")) \"false\") }}}}"
        );
        let _ = writeln!(text, "{{{{- $spec := deepCopy $fault.{key} }}}}");
        let _ = writeln!(
            text,
            "{{{{- $where := printf \"faults.%s.{key}\" $name }}}}"
        );
        if let Some(infer) = &fault.infer {
            text.push_str(&action(infer));
        }
        needs(fault, &mut text);
        let shared: Vec<String> = fault
            .shared
            .iter()
            .filter(|field| **field != fault.duration)
            .map(|field| format!("\"{field}\""))
            .collect();
        if !shared.is_empty() {
            let _ = writeln!(
                text,
                "{{{{- include \"{name}.shared\" (dict \"root\" $ \"spec\" $spec \"where\" $where \"fields\" (list {})) }}}}",
                shared.join(" ")
            );
        }
        duration(fault, &mut text);
        let _ = write!(
            text,
            "---\napiVersion: {}\nkind: {}\nmetadata:\n  {{{{- include \"{name}.metadata\" (dict \"root\" $ \"name\" $name) | nindent 2 }}}}\n\
             spec:\n  {{{{- toYaml $spec | nindent 2 }}}}\n{{{{- end }}}}\n{{{{- end }}}}\n",
            self.view.api_version(self.id),
            fault.kind.name,
        );
        text
    }
}

/// The action that follows from the blocks, where none is said.
fn action(infer: &Infer<'_>) -> String {
    let Infer {
        tag,
        together,
        several,
        alone,
    } = infer;
    let quoted = |names: &[String]| {
        let names: Vec<String> = names.iter().map(|name| format!("\"{name}\"")).collect();
        names.join(" ")
    };
    let pairs: Vec<String> = alone
        .iter()
        .map(|(block, action)| format!("\"{block}\" \"{action}\""))
        .collect();
    let pairs = pairs.join(" ");
    let together = quoted(together);
    format!(
        r#"{{{{- if not $spec.{tag} }}}}
{{{{- $actions := dict {pairs} }}}}
{{{{- $blocks := list }}}}
{{{{- range $block := keys $actions | sortAlpha }}}}
{{{{- if get $spec $block }}}}
{{{{- $blocks = append $blocks $block }}}}
{{{{- end }}}}
{{{{- end }}}}
{{{{- if not $blocks }}}}
{{{{- fail (printf "%s: say `{tag}`, or one of the blocks %s" $where (keys $actions | sortAlpha | join ", ")) }}}}
{{{{- else if eq (len $blocks) 1 }}}}
{{{{- $_ := set $spec "{tag}" (get $actions (first $blocks)) }}}}
{{{{- else }}}}
{{{{- range $block := $blocks }}}}
{{{{- if not (has $block (list {together})) }}}}
{{{{- fail (printf "%s: `%s` can't stand beside %s: make it a fault of its own" $where $block (without $blocks $block | join ", ")) }}}}
{{{{- end }}}}
{{{{- end }}}}
{{{{- $_ := set $spec "{tag}" "{several}" }}}}
{{{{- end }}}}
{{{{- end }}}}
"#
    )
}

/// Refuses an action without the block that it needs.
fn needs(fault: &Fault<'_>, text: &mut String) {
    let Some(union) = &fault.spec.union else {
        return;
    };
    let tag = &union.tag;
    for case in union.cases.iter().filter(|case| !case.requires.is_empty()) {
        for block in &case.requires {
            let _ = writeln!(
                text,
                "{{{{- if and (eq (toString $spec.{tag}) \"{value}\") (not (hasKey $spec \"{block}\")) }}}}\n\
                 {{{{- fail (printf \"%s: `{tag}: {value}` needs `{block}`\" $where) }}}}\n{{{{- end }}}}",
                value = case.value,
            );
        }
    }
}

/// The end of the fault, unless it is over at once.
fn duration(fault: &Fault<'_>, text: &mut String) {
    let field = fault.duration;
    if !fault.shared.contains(&field) {
        return;
    }
    let lasts = fault.one_shot.map_or_else(String::new, |(tag, values)| {
        let values: Vec<String> = values.iter().map(|value| format!("\"{value}\"")).collect();
        format!(
            " (not (has (toString $spec.{tag}) (list {})))",
            values.join(" ")
        )
    });
    let _ = writeln!(
        text,
        "{{{{- if and (not $spec.{field}) $.Values.{field}{lasts} }}}}\n\
         {{{{- $_ := set $spec \"{field}\" $.Values.{field} }}}}\n{{{{- end }}}}"
    );
}
