-- employment-cut: what was in force ends on the day before
--   $1 uuid     employee, $2 date  from when on something else holds
--   gives its last day so far
update hr_core.employments as m
   set valid_to = $2::date - 1
  from (select h.employment_id, h.valid_to
          from hr_core.employments as h
         where h.employee_id = $1::uuid
           and h.valid_from < $2
           and coalesce(h.valid_to, 'infinity') >= $2
           for update) as held
 where m.employment_id = held.employment_id
returning held.valid_to;
