"""Law, evidence and lists joined: was relief earned, has it been taken back, what would it free."""
