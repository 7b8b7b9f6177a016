import Fuzzing

fuzz([
  ("plan", { PlanTarget() }), ("config", { ConfigurationTarget() }), ("models", { ModelsTarget() }),
  ("request", { RequestTarget() }),
])
