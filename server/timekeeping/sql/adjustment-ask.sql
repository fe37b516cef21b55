-- adjustment-ask: the approval it goes through
--   $1 uuid  adjustment
--   $2 uuid  change request
update timekeeping.adjustments as a
   set change_request_id = $2
 where a.adjustment_id = $1
