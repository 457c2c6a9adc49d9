//! The command `herz`. Only this crate knows exit codes, colour and streams; what a library user
//! would want stands in `herz-dsl`.

mod args;
mod commands;
mod contract;
mod exit;
mod files;
mod git;
mod lab;
mod output;
mod packages;
mod report;
mod workers;

use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    let args = args::Args::parse();
    let output = output::Output::new(&args);
    let result = match &args.command {
        args::Command::Validate(options) => commands::validate::run(options, &output),
        args::Command::Check(options) => commands::check::run(options, &output),
        args::Command::Render(options) => commands::render::run(options, &output),
        args::Command::Explain(options) => commands::explain::run(options, &output),
        args::Command::Breaking(options) => commands::breaking::run(options, &output),
        args::Command::Generate(options) => commands::generate::run(options, &output),
        args::Command::Import(options) => commands::import::run(options, &output),
        args::Command::Migrate(options) => commands::migrate::run(options, &output),
        args::Command::Release(options) => commands::release::run(options, &output),
        args::Command::Compat(options) => commands::compat::run(options, &output),
        args::Command::Plan(options) => commands::plan::run(options, &output),
        args::Command::Run(options) => commands::run::run(options, &output),
        args::Command::Status(options) => commands::status::run(options, &output),
        args::Command::Abort(options) => commands::abort::run(options, &output),
        args::Command::Recover(options) => commands::recover::run(options, &output),
        args::Command::Watchdog(options) => commands::watchdog::run(options, &output),
        args::Command::Report(options) => commands::report::run(options, &output),
        args::Command::Doctor(options) => commands::doctor::run(options, &output),
        args::Command::Demo(options) => commands::demo::run(options, &output),
        args::Command::EditorSchema(options) => commands::editor_schema::run(options, &output),
        args::Command::Kinds(options) => commands::kinds::run(options, &output),
    };
    match result {
        Ok(exit) => exit.code(),
        Err(failure) => {
            output.talk(&format!("error: {}", failure.message));
            failure.exit.code()
        }
    }
}
