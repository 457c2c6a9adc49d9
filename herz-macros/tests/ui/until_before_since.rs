use herz::ChaosSpec;

#[derive(Clone, Debug, PartialEq, ChaosSpec)]
#[chaos(kind = "QueueChaos", group = "acme.io")]
struct Queue {
    #[chaos(since = "2.0.0", until = "1.0.0")]
    queue: String,
}

fn main() {}
