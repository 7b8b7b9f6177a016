import Fuzzing

fuzz([
  ("yaml", { YAMLTarget() }), ("json", { JSONTarget() }), ("rules", { RulesTarget() }),
  ("botocore", { BotocoreTarget() }), ("snapshot", { SnapshotTarget() }),
])
