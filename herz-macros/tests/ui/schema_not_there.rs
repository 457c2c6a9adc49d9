herz::chaos_schema!("schemas/nothing.yaml");

fn main() {}
