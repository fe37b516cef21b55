-- forget-keys: answers older than 90 days, a slice; gives how many
select platform.forget_idempotency_keys () as gone
