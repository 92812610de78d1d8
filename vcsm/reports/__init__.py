"""What the product team reads: `friction.friction_report` counts who met friction, where and when."""
