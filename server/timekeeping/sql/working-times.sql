-- working-times: the law's hours, of all dates
select w.valid_from, w.valid_to, w.row_no, w.regular_minutes, w.night_from_minute, w.night_to_minute, w.meal_break_minutes,
       w.paid_break_up_to_minutes, w.unworked_holiday_minutes, w.source
  from timekeeping.working_times as w
 order by w.valid_from
