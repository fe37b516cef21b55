-- dtr-lines-remove: lines whose duty is no more
--   $1 uuid[]  lines
--   $2 date[]  their days
delete from timekeeping.dtr_lines as d
 using unnest($1::uuid[], $2::date[]) as u (dtr_line_id, duty_date)
 where d.duty_date = u.duty_date
   and d.dtr_line_id = u.dtr_line_id
