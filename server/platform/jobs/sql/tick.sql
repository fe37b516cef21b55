-- tick: work that is due goes into its queue; any number of callers, a tick counts once
select queue.tick () as sent
