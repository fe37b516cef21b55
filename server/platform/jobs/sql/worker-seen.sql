-- worker-seen: the alive sign; gives how many workers live
--   $1 text   worker
--   $2 jsonb  about
with seen as (
  insert into queue.workers (worker_id, about)
  values ($1, $2)
      on conflict (worker_id) do update set seen_at = clock_timestamp(), about = excluded.about),
gone as (
  delete from queue.workers as w where w.seen_at < clock_timestamp() - interval '1 day')
select count(*) filter (where w.worker_id <> $1) + 1 as workers
  from queue.workers as w
 where w.seen_at > clock_timestamp() - interval '15 seconds'
