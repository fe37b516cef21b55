-- shifts-all: all shifts of the tenant, by id
select s.shift_id,
       s.code,
       s.name,
       s.start_minute,
       s.end_minute,
       s.break_mode,
       s.break_minutes,
       s.break_start_minute,
       s.grace_in_minutes,
       s.grace_out_minutes,
       s.status,
       s.version
  from hr_core.shifts as s
 order by s.shift_id;
