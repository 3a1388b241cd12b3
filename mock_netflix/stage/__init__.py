"""What a test arranges in a world, one module a noun: functions on a Sandbox, for handle and control API alike."""
