//! `herz plan`: what would be done.

use crate::args::runtime::{Plan as Options, PlanAs};
use crate::exit::{Exit, Failure};
use crate::files;
use crate::lab::{Lab, Prepared, SavedPlan};
use crate::output::Output;
use herz_runtime::backend::Lifetime;
use herz_runtime::{Plan, time};

pub(crate) fn run(options: &Options, output: &Output) -> Result<Exit, Failure> {
    let lab = Lab::new()?;
    let prepared = lab.prepare(&options.subject, output)?;
    let lacking = prepared.all().any(|plan| plan.unmet().next().is_some());
    let words = words(&prepared);
    if options.output.is_some() && !prepared.programs.is_empty() {
        return Err(Failure::usage(
            "schedules and workflows plan when they start something, so their plan can't be saved",
        ));
    }
    let mut plans = prepared.plans;
    plans.extend(prepared.previews);
    let saved = SavedPlan::new(plans, prepared.inventory);
    let json = saved.to_json()?;
    match options.format {
        PlanAs::Text => output.result(&words),
        PlanAs::Json => output.result(&json),
    }
    if let Some(path) = &options.output {
        files::replace(path, &json)?;
        output.note(&format!(
            "saved; `herz run {}` runs exactly this",
            path.display()
        ));
    }
    Ok(if lacking { Exit::Lacking } else { Exit::Fine })
}

/// Everything that would be done, for people.
pub(crate) fn words(prepared: &Prepared) -> String {
    let mut words: Vec<String> = prepared.plans.iter().map(text).collect();
    for program in &prepared.programs {
        words.push(format!("{} may start, in its order:\n", program.title()));
    }
    words.extend(prepared.previews.iter().map(text));
    words.join("\n")
}

/// Refuses plans that lack something of this machine.
pub(crate) fn nothing_lacks(plans: &[Plan]) -> Result<(), Failure> {
    for plan in plans {
        if let Some(need) = plan.unmet().next() {
            let why = need.missing.as_deref().unwrap_or("it is missing");
            let remedy = need.remedy.as_deref().map(|text| format!("; try: {text}"));
            return Err(Failure::lacking(format!(
                "{}: {}: {why}{}",
                plan.experiment.title(),
                need.what,
                remedy.unwrap_or_default()
            )));
        }
    }
    Ok(())
}

/// A plan for people.
fn text(plan: &Plan) -> String {
    let mut out = format!("{}\n", plan.experiment.title());
    let chosen = plan.targets.len();
    let names: Vec<String> = plan.targets.iter().map(herz_runtime::Target::id).collect();
    out.push_str(&format!(
        "  targets   {chosen} of {}: {}\n",
        plan.selected,
        names.join(", ")
    ));
    match plan.duration {
        Some(duration) => out.push_str(&format!("  lasts     {}\n", time::text(duration))),
        None if plan
            .steps
            .iter()
            .any(|one| one.lifetime != Lifetime::Instant) =>
        {
            out.push_str("  lasts     until it ends by itself\n");
        }
        None => out.push_str("  lasts     no time: single acts, which nothing undoes\n"),
    }
    for step in &plan.steps {
        out.push_str(&format!(
            "  step {:<4} {} by {}: {}\n",
            step.id, step.target, step.backend, step.what
        ));
        if !step.undo.is_empty() {
            out.push_str(&format!("  undo      {}\n", step.undo));
        }
        out.push_str(&format!("  seen by   {}\n", step.witness));
    }
    for need in &plan.needs {
        let state = match &need.missing {
            None => "there".to_owned(),
            Some(why) => format!("MISSING: {why}"),
        };
        out.push_str(&format!("  needs     {}: {state}\n", need.what));
        if let (Some(_), Some(remedy)) = (&need.missing, &need.remedy) {
            out.push_str(&format!("            try: {remedy}\n"));
        }
    }
    for warning in &plan.warnings {
        out.push_str(&format!("  warning   {warning}\n"));
    }
    out.push_str(&format!(
        "  seed      {}\n  hash      {}\n",
        plan.seed, plan.hash
    ));
    out
}
