-- adjustment-decide: approved or rejected, once
--   $1 uuid  adjustment
--   $2 text  state
update timekeeping.adjustments as a
   set state = $2
 where a.adjustment_id = $1
   and a.state = 'REQUESTED'
