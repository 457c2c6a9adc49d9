use herz::ChaosSpec;

#[derive(Clone, Debug, PartialEq, ChaosSpec)]
#[chaos(kind = "QueueChaos", group = "acme.io")]
struct Queue {
    #[chaos(required_wen(queue = present))]
    name: Option<String>,
    queue: String,
}

fn main() {}
