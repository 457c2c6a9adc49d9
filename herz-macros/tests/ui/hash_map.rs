use herz::ChaosSpec;

#[derive(Clone, Debug, PartialEq, ChaosSpec)]
#[chaos(kind = "QueueChaos", group = "acme.io")]
struct Queue {
    labels: std::collections::HashMap<String, String>,
}

fn main() {}
