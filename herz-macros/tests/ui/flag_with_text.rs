use herz::ChaosSpec;

#[derive(Clone, Debug, PartialEq, ChaosSpec)]
#[chaos(kind = "QueueChaos", group = "acme.io")]
struct Queue {
    #[chaos(sensitive = "yes")]
    queue: String,
}

fn main() {}
