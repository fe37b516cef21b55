#include "server/programs/sample/sample-private.h"

static const gint64 monthly_rates[N_POSITIONS] = {
  [POSITION_MANAGER] = 6500000, [POSITION_OFFICER] = 3400000, [POSITION_CLERK] = 2250000,
};

static const struct { const char *login, *name, *role; } users[] = {
  { "operations@bantay.example", "Olivia Operasyon", "operations" },
  { "timekeeper@bantay.example", "Tomas Tagatala", "timekeeper" },
  { "timekeeper2@bantay.example", "Tessa Talaorasan", "timekeeper" },
  { "payroll@bantay.example", "Paula Payroll", "payroll-officer" },
  { "controller@bantay.example", "Conrad Controller", "controller" },
  { "hr.officer@bantay.example", "Hilda Tauhan", "hr-officer" },
  { "hr.manager@bantay.example", "Hector Pinuno", "hr-manager" },
  { "finance@bantay.example", "Fina Pananalapi", "finance-officer" },
  { "guard@bantay.example", "The first guard", "employee" },
  { "administrator@bantay.example", "Ada Tagapamahala", "administrator" },
};

/* Ten digits or more that belong to nobody: the leading zeros are not given out. */
static char *
made_up_number (ArmmsDice *dice, int digits)
{
  GString *text = g_string_new ("000");

  while ((int) text->len < digits)
    g_string_append_c (text, (char) ('0' + armms_dice_between (dice, 0, 9)));
  return g_string_free (text, FALSE);
}

static void
add_employee (ArmmsSample *sample, guint number, gboolean guard, const char *const *given, const char *const *family)
{
  ArmmsEmployee *employee = armms_record_new (&armms_employee_type);
  ArmmsDice dice = armms_dice (sample->seed, guard ? "guard" : "staff", number);
  const guint n_given = g_strv_length ((GStrv) given), n_family = g_strv_length ((GStrv) family);
  const guint rank = number / MAX (1, sample->n_sites);

  employee->employee_no = guard ? g_strdup_printf ("BG-%05u", number + 1) : g_strdup_printf ("BS-%03u", number + 1);
  employee->employee_id = armms_sample_id (sample->seed, "employee", employee->employee_no);
  employee->given_name = g_strdup (given[armms_dice_between (&dice, 0, (gint32) n_given - 1)]);
  employee->middle_name = g_strdup (family[armms_dice_between (&dice, 0, (gint32) n_family - 1)]);
  employee->family_name = g_strdup (family[armms_dice_between (&dice, 0, (gint32) n_family - 1)]);
  employee->status = g_strdup ("ACTIVE");
  employee->hired_on = armms_date_from_ymd (armms_dice_between (&dice, 2016, 2025), armms_dice_between (&dice, 1, 12), armms_dice_between (&dice, 1, 28));
  employee->birth_on = armms_date_from_ymd (armms_dice_between (&dice, 1968, 2003), armms_dice_between (&dice, 1, 12), armms_dice_between (&dice, 1, 28));
  employee->address = g_strdup ("Philippines");
  employee->sss_no = made_up_number (&dice, 10);
  employee->philhealth_no = made_up_number (&dice, 12);
  employee->hdmf_no = made_up_number (&dice, 12);
  employee->tin = made_up_number (&dice, 12);
  employee->bank_account = made_up_number (&dice, 12);

  if (guard)
    {
      const ArmmsPosition *position = g_ptr_array_index (sample->positions, rank == 0 ? POSITION_COMMANDER : rank <= 2 ? POSITION_IN_CHARGE : POSITION_GUARD);

      employee->position_id = position->position_id;
      employee->department_id = ((ArmmsDepartment *) g_ptr_array_index (sample->departments, 0))->department_id;
      employee->pay_basis = g_strdup ("DAILY");
      employee->minimum_wage_earner = rank > 2 && (number % sample->n_sites) % 2 == 0;
      /* Some come and some go inside the month. */
      if (number % 211 == 97)
        employee->hired_on = armms_date_add_days (sample->first, armms_dice_hits (&dice, 500) ? 5 : 17);
      else if (number % 307 == 123)
        {
          employee->separated_on = armms_date_add_days (sample->first, 19);
          g_free (employee->status);
          employee->status = g_strdup ("SEPARATED");
        }
    }
  else
    {
      const guint position_no = number < 3 ? POSITION_MANAGER : number < 12 ? POSITION_OFFICER : POSITION_CLERK;
      const ArmmsPosition *position = g_ptr_array_index (sample->positions, position_no);

      employee->position_id = position->position_id;
      employee->department_id = ((ArmmsDepartment *) g_ptr_array_index (sample->departments, number % 4))->department_id;
      employee->pay_basis = g_strdup ("MONTHLY");
      employee->monthly_rate = ARMMS_MONEY (monthly_rates[position_no]);
    }
  employee->effective_on = employee->hired_on;
  g_ptr_array_add (sample->employees, employee);
}

gboolean
sample_make_people (ArmmsSample *sample, const char *data, GError **error)
{
  g_auto(GStrv) given = sample_read_lines (data, "given-names.txt", FALSE, error);
  g_auto(GStrv) family = given != NULL ? sample_read_lines (data, "family-names.txt", FALSE, error) : NULL;

  if (family == NULL)
    return FALSE;
  for (guint i = 0; i < sample->n_guards; i++)
    add_employee (sample, i, TRUE, (const char *const *) given, (const char *const *) family);
  for (guint i = 0; i < sample->n_staff; i++)
    add_employee (sample, i, FALSE, (const char *const *) given, (const char *const *) family);

  for (gsize i = 0; i < G_N_ELEMENTS (users); i++)
    {
      ArmmsUser *user = armms_record_new (&armms_user_type);

      user->user_id = armms_sample_id (sample->seed, "user", users[i].login);
      user->login = g_strdup (users[i].login);
      user->name = g_strdup (users[i].name);
      user->status = g_strdup ("ACTIVE");
      user->password = g_strdup (ARMMS_SAMPLE_PASSWORD);
      user->roles = g_strsplit (users[i].role, " ", -1);
      if (g_str_equal (users[i].role, "employee"))
        user->employee_id = ((ArmmsEmployee *) g_ptr_array_index (sample->employees, 0))->employee_id;
      g_ptr_array_add (sample->users, user);
    }
  return TRUE;
}
