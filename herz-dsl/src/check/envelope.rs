//! Whole documents: which kind they are of, what stands beside `spec`, and lists of objects.

use super::context::{Context, Flags, Slots, is_empty};
use super::path::View;
use super::report::{At, Frame, finding};
use super::value::Outer;
use crate::catalog::{Kind, Package, PathStep};
use crate::diagnostic::{Level, did_you_mean};
use crate::tree::{Entry, Node};
use herz_types::codes;
use herz_types::message::{self, Wanted};

/// The keys of an object, in the order of [`super::shape::Shapes::document_rules`].
pub(super) const KEYS: [&str; 5] = ["apiVersion", "kind", "metadata", "spec", "status"];

/// Number of one of them.
pub(super) fn number_of(key: &str) -> Option<usize> {
    Some(match key {
        "apiVersion" => 0,
        "kind" => 1,
        "metadata" => 2,
        "spec" => 3,
        "status" => 4,
        _ => return None,
    })
}

/// What a document says that it is.
enum Identity<'c> {
    /// An object of a kind of the catalog.
    Known(usize, &'c Kind),
    /// Something that does not concern the catalog.
    Other,
    /// Meant for the catalog, but wrong; reported.
    Wrong,
}

impl<'t, 'k: 't, 'c: 't> Context<'k, 'c> {
    /// Checks a document.
    pub(super) fn document(&mut self, root: Node<'t>) {
        self.one(&Frame::root(root), root, 0);
    }

    fn one(&mut self, frame: &Frame<'t>, node: Node<'t>, depth: u8) {
        // What nearly every document is; the rest asks twice.
        if let Some((at, kind)) = self.plain(node) {
            self.out.documents += 1;
            self.known(frame, node, at, kind);
            return;
        }
        if depth == 0 && self.object_list(frame, node) {
            return;
        }
        self.out.documents += 1;
        match self.identify(frame, node) {
            Identity::Known(at, kind) => self.known(frame, node, at, kind),
            Identity::Other => self.out.skipped += 1,
            Identity::Wrong => {}
        }
    }

    /// The kind of an object, if nothing needs saying about it.
    fn plain(&self, node: Node<'t>) -> Option<(usize, &'c Kind)> {
        let text = |key: &str| {
            let value = node.get(key)?;
            value.text().filter(|_| !value.is_broken())
        };
        let kind = text("kind")?;
        // An object that could be a list of objects is looked at more closely.
        if kind.ends_with("List") {
            return None;
        }
        self.checker.shapes.plain_kind(text("apiVersion")?, kind)
    }

    /// A list of objects. True if it is one.
    fn object_list(&mut self, frame: &Frame<'t>, node: Node<'t>) -> bool {
        let Some(kind) = node.get("kind").and_then(Node::text) else {
            return false;
        };
        let of_ours = || {
            let one = kind.strip_suffix("List")?;
            let (group, _) = node
                .get("apiVersion")
                .and_then(Node::text)?
                .split_once('/')?;
            self.checker.shapes.catalog.kind(group, one)
        };
        if kind != "List" && of_ours().is_none() {
            return false;
        }
        let Some(items) = node.entry("items").filter(|items| items.value.is_list()) else {
            return false;
        };
        let frame = frame.entry(items);
        for (index, item) in items.value.items().enumerate() {
            self.one(&frame.item(index, item), item, 1);
        }
        true
    }

    fn identify(&mut self, frame: &Frame<'t>, node: Node<'t>) -> Identity<'c> {
        let catalog = self.checker.shapes.catalog;
        if !node.is_map() {
            return Identity::Other;
        }
        let kind = node.entry("kind").filter(|entry| !entry.value.is_broken());
        let api = node
            .entry("apiVersion")
            .filter(|entry| !entry.value.is_broken());
        let (kind_text, api_text) = (
            kind.and_then(|e| e.value.text()),
            api.and_then(|e| e.value.text()),
        );
        let of_group = api_text.map(|text| text.split_once('/').map_or("", |(group, _)| group));
        let package = of_group
            .filter(|group| !group.is_empty())
            .and_then(|group| catalog.package_of_group(group));
        let same_name =
            kind_text.and_then(|name| catalog.kinds.iter().find(|kind| kind.name == name));

        if let (Some(package), Some(kind), Some(name)) = (package, kind, kind_text) {
            let found = catalog.kinds.iter().enumerate().find(|(_, known)| {
                known.name == name
                    && catalog
                        .package(known.package)
                        .is_some_and(|p| p.name == package.name)
            });
            let Some((at, known)) = found else {
                self.unknown_kind(&frame.entry(kind), name, package);
                return Identity::Wrong;
            };
            let release = self.checker.shapes.release(known.package);
            if !known.life.covers(release) {
                let here = frame.entry(kind);
                self.other_release(
                    &here,
                    At::Value,
                    "kind",
                    name,
                    &known.life,
                    known.package,
                    Level::Error,
                );
                return Identity::Wrong;
            }
            if let Some(deprecation) = super::shape::deprecation(&known.life, release) {
                self.deprecated(&frame.entry(kind), At::Value, "kind", name, deprecation);
            }
            self.version(frame, node, package);
            return Identity::Known(at, known);
        }
        match (kind, api) {
            // `kind` is no text, or not there, in an object of a known group.
            (None, Some(_)) if package.is_some() => {
                let text =
                    "this document has an `apiVersion` of a known group but no `kind`".to_owned();
                self.push(finding(
                    &frame.missing("kind"),
                    At::Key,
                    codes::NO_KIND,
                    Level::Error,
                    text,
                ));
                Identity::Wrong
            }
            (Some(kind), Some(_)) if package.is_some() => {
                self.wrong(
                    &frame.entry(kind),
                    kind.value,
                    Wanted::Text,
                    Flags::default(),
                );
                Identity::Wrong
            }
            (Some(_), None) => match same_name.and_then(|kind| catalog.package(kind.package)) {
                Some(package) => {
                    let wanted = format!("{}/{}", package.group, package.api_version);
                    let text = format!(
                        "a document of kind {} needs an `apiVersion`: expected `{wanted}`",
                        message::quote(kind_text.unwrap_or_default())
                    );
                    self.push(finding(
                        &frame.missing("apiVersion"),
                        At::Key,
                        codes::NO_KIND,
                        Level::Error,
                        text,
                    ));
                    Identity::Wrong
                }
                None => Identity::Other,
            },
            (Some(_), Some(api)) => {
                self.foreign_group(&frame.entry(api), same_name, api_text, of_group)
            }
            _ => Identity::Other,
        }
    }

    /// A known kind's name with an unknown group: a misspelt group is a finding, a kind of the
    /// same name elsewhere (`Workflow` of `argoproj.io`) is none.
    fn foreign_group(
        &mut self,
        frame: &Frame<'t>,
        same_name: Option<&'c Kind>,
        api: Option<&str>,
        group: Option<&str>,
    ) -> Identity<'c> {
        let catalog = self.checker.shapes.catalog;
        let (Some(kind), Some(api), Some(group)) = (same_name, api, group) else {
            return Identity::Other;
        };
        let groups = catalog
            .kinds
            .iter()
            .filter(|known| known.name == kind.name)
            .filter_map(|known| catalog.package(known.package));
        let meant = groups.clone().find(|package| {
            let wanted = [package.group.as_str(), package.api_version.as_str()];
            did_you_mean(group, [package.group.as_str()]).is_some()
                || (group.is_empty()
                    && (did_you_mean(api, wanted).is_some() || wanted.contains(&api)))
        });
        let Some(package) = meant else {
            return Identity::Other;
        };
        let wanted = format!("{}/{}", package.group, package.api_version);
        let text = format!(
            "{} is no API version of {}: expected `{wanted}`",
            message::quote(api),
            message::quote(&kind.name)
        );
        let found = finding(frame, At::Value, codes::API_VERSION, Level::Error, text);
        self.push(match frame.node.filter(|node| node.alias().is_none()) {
            Some(node) => found.fix(format!("write `{wanted}`"), node.span(), wanted),
            None => found,
        });
        Identity::Wrong
    }

    /// The version behind a known group.
    fn version(&mut self, frame: &Frame<'t>, node: Node<'t>, package: &Package) {
        let Some(api) = node.entry("apiVersion") else {
            return;
        };
        let Some((_, version)) = api.value.text().and_then(|text| text.split_once('/')) else {
            return;
        };
        if version == package.api_version {
            return;
        }
        let wanted = format!("{}/{}", package.group, package.api_version);
        let text = format!(
            "{} has no version {}: expected `{wanted}`",
            message::quote(&package.group),
            message::quote(version)
        );
        let found = finding(
            &frame.entry(api),
            At::Value,
            codes::API_VERSION,
            Level::Error,
            text,
        );
        self.push(found.fix(format!("write `{wanted}`"), api.value.span(), wanted));
    }

    fn unknown_kind(&mut self, frame: &Frame<'t>, name: &str, package: &'c Package) {
        let catalog = self.checker.shapes.catalog;
        let kinds = catalog.kinds.iter().filter(|kind| {
            let release = self.checker.shapes.release(kind.package);
            kind.life.covers(release)
                && catalog
                    .package(kind.package)
                    .is_some_and(|p| p.name == package.name)
        });
        let text = format!(
            "{} has no kind {}",
            message::quote(&package.group),
            message::quote(name)
        );
        let mut found = finding(frame, At::Value, codes::UNKNOWN_KIND, Level::Error, text);
        let names = || kinds.clone().map(|kind| kind.name.as_str());
        if let Some(meant) = did_you_mean(name, names()) {
            found = found.help(format!("did you mean `{meant}`?"));
            if let Some(node) = frame.node.filter(|node| node.alias().is_none()) {
                found = found.fix(format!("write `{meant}`"), node.span(), meant);
            }
        } else {
            let known: Vec<String> = names().map(|name| format!("`{name}`")).collect();
            found = found.help(format!("known kinds: {}", known.join(", ")));
        }
        self.push(found);
    }

    /// An object of a known kind.
    fn known(&mut self, frame: &Frame<'t>, node: Node<'t>, at: usize, kind: &'c Kind) {
        let checker = self.checker;
        let flags = Flags {
            advice: kind.structure_only,
            sensitive: false,
        };
        let mut slots = Slots::new(node, KEYS.len());
        let mut entries = node.entries();
        while let Some(pair) = entries.next_pair() {
            if self.is_full() {
                return;
            }
            match number_of(node.pair_key(pair)) {
                Some(at) => {
                    if !node.pair_value(pair).is_null() {
                        slots.set(at, pair);
                    }
                }
                None => self.unknown_key(frame, node.pair(pair), kind),
            }
        }
        self.metadata(frame, slots.get(2));
        let outer = Outer {
            limits: &[],
            normalize: None,
            mended: (false, false),
            package: kind.package,
        };
        let spec = checker.shapes.reference(kind.spec).map(|ty| (3, ty, flags));
        let status = kind.status.and_then(|id| checker.shapes.reference(id));
        // What a platform writes into the status is not what its admission looks at.
        let status = status.map(|ty| {
            (
                4,
                ty,
                Flags {
                    advice: true,
                    ..flags
                },
            )
        });
        for (slot, ty, flags) in spec.into_iter().chain(status) {
            if let Some(entry) = slots.get(slot) {
                self.value(&frame.entry(entry), entry.value, ty, outer, flags);
            }
        }
        if !slots.has(3) && kind.spec_required {
            let text = message::missing_field("spec");
            self.push(finding(
                &frame.missing("spec"),
                At::Key,
                codes::MISSING_FIELD,
                Level::Error,
                text,
            ));
        }
        let rules = checker.shapes.document_rules(at, kind);
        if !rules.is_empty() {
            let view = View {
                shape: None,
                kind: Some(kind),
                node,
                slots: &slots,
            };
            self.rules(frame, &view, rules, flags);
        }
        self.lasting(frame, slots.get(3), kind);
    }

    /// A key beside `spec`.
    fn unknown_key(&mut self, frame: &Frame<'t>, entry: Entry<'t>, kind: &'c Kind) {
        let name = entry.key.text;
        let text = message::unknown_field(name);
        let mut found = finding(
            &frame.entry(entry),
            At::Key,
            codes::UNKNOWN_FIELD,
            Level::Error,
            text,
        );
        if let Some(meant) = did_you_mean(name, KEYS) {
            found = found.help(format!("did you mean `{meant}`?"));
        } else if self
            .checker
            .shapes
            .object(kind.spec)
            .is_some_and(|spec| spec.field_named(name).is_some())
        {
            found = found.help(format!("`spec` has a field `{name}`"));
        }
        self.push(found);
    }

    /// A fault that nothing ends.
    fn lasting(&mut self, frame: &Frame<'t>, spec: Option<Entry<'t>>, kind: &'c Kind) {
        let Some(lasting) = &kind.lasting else { return };
        let Some(spec) = spec.filter(|spec| spec.value.is_map()) else {
            return;
        };
        let one_shot = lasting.one_shot.as_ref().is_some_and(|(field, values)| {
            let value = spec.value.get(field).and_then(Node::text);
            value.is_some_and(|value| values.iter().any(|one| one == value))
        });
        let mut end = Some(spec.value);
        for step in &lasting.duration.0 {
            if let PathStep::Field(name) = step {
                end = end.and_then(|node| node.get(name));
            }
        }
        if one_shot || end.is_some_and(|end| !is_empty(end)) {
            return;
        }
        let name = lasting.duration.to_string();
        let text = message::no_end(&name);
        let spec = frame.entry(spec);
        self.push(finding(
            &spec.missing(&name),
            At::Value,
            codes::NO_END,
            Level::Warning,
            text,
        ));
    }
}
