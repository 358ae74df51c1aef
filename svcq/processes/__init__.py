"""Transaction scripts: gather, ask the rule, apply."""
