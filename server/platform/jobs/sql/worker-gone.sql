-- worker-gone
--   $1 text  worker
delete from queue.workers as w
 where w.worker_id = $1
