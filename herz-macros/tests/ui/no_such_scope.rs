use herz::ChaosSpec;

#[derive(Clone, Debug, PartialEq, ChaosSpec)]
#[chaos(kind = "QueueChaos", group = "acme.io")]
#[chaos(scope = "cluster")]
struct Queue {
    queue: String,
}

fn main() {}
