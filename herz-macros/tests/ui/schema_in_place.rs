herz::chaos_schema!(
    "
    kind: QueueChaos
    fields:
      - { name: queue, type: strng }
    "
);

fn main() {}
