-- working-times-insert: new rows
--   $1 date[] from, $2 date[] to, $3 bigint[] row, $4 regular minutes, $5 night from, $6 night to, $7 meal break, $8 paid break up to,
--   $9 unworked holiday, $10 text[] source
insert into timekeeping.working_times
       (valid_from, valid_to, row_no, regular_minutes, night_from_minute, night_to_minute, meal_break_minutes, paid_break_up_to_minutes,
        unworked_holiday_minutes, source)
select * from unnest($1::date[], $2::date[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[], $9::bigint[], $10::text[])
