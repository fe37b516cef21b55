"""The day of a timekeeper and of a payroll officer, through the real program against a real server.

  ARMMS_A11Y_SERVER      address of the server; without it there is nothing to do (exit 77: skipped)
  ARMMS_A11Y_CA_FILE     its certificate, when it has one of its own
  ARMMS_A11Y_TIMEKEEPER  login:password
  ARMMS_A11Y_PAYROLL     login:password
  ARMMS_A11Y_CONTROLLER, ARMMS_A11Y_APPROVER   the same, of those who verify and approve; without them the payrun stays submitted
  ARMMS_A11Y_TENANT      code of the organisation, when the users belong to several
  ARMMS_PROGRAM          the program (build/client/armms)
"""
import os
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

if not os.environ.get('ARMMS_A11Y_SERVER'):
    print('1..0 # SKIP ARMMS_A11Y_SERVER names no server')
    sys.exit(77)

from driver import Desktop, Tap  # noqa: E402

SERVER = os.environ['ARMMS_A11Y_SERVER']
CA_FILE = os.environ.get('ARMMS_A11Y_CA_FILE')
PROGRAM = os.environ.get('ARMMS_PROGRAM') or os.path.join(os.environ.get('ARMMS_BUILD_ROOT', 'build'), 'client', 'armms')


def account(name):
    login, _, password = os.environ[name].partition(':')
    return login, password


def open_program(login, *arguments):
    # By name: who was here before may have left a token in the keyring, and would be signed in again without a word.
    trust = ['--ca-file', CA_FILE] if CA_FILE else []
    tenant = ['--tenant', os.environ['ARMMS_A11Y_TENANT']] if os.environ.get('ARMMS_A11Y_TENANT') else []
    return Desktop(PROGRAM, '--server', SERVER, '--login', login, *trust, *tenant, *arguments)


def sign_in(desktop, login, password):
    desktop.raise_window()
    desktop.type_into(desktop.entry('Login'), login)
    desktop.type_into(desktop.entry('Password'), password)
    desktop.press(desktop.button('Sign In'))


def timekeeper(tap):
    login, password = account('ARMMS_A11Y_TIMEKEEPER')
    desktop = open_program(login, '--workspace', 'timekeeper')
    try:
        def refused():
            sign_in(desktop, login, 'not the password')
            desktop.label('You are not signed in')
            desktop.shot('sign-in-refused')
        tap.check('a wrong password is refused, and the page says so', refused)

        def signed_in():
            sign_in(desktop, login, password)
            desktop.button('Finalise')
            grid = desktop.grid('Timesheets')
            desktop.until(lambda: len(desktop.cells(grid)) > 20, 'timesheets are shown')
            desktop.shot('timesheets')
        if not tap.check('the right one opens the timesheets of a period', signed_in):
            return

        def found():
            number = next(c for c in desktop.cells(desktop.grid('Timesheets')) if any(ch.isdigit() for ch in c))
            desktop.keys('ctrl+f')
            desktop.type(number)
            desktop.until(lambda: number in desktop.cells(desktop.grid('Timesheets')) and len(desktop.cells(desktop.grid('Timesheets'))) < 80,
                          f'only {number} is shown')
            desktop.keys('Return')
            desktop.grid('Days')
            desktop.until(lambda: len(desktop.cells(desktop.grid('Days'))) > 10, 'the days behind it are shown')
            desktop.shot('timesheet-days')
        tap.check('Ctrl+F finds one, Enter goes to it, and its days are shown', found)

        def anomalies():
            desktop.keys('alt+a')
            desktop.until(lambda: any('nomal' in (n.get_name() or '') for n in desktop.walk()), 'the anomalies are shown')
            desktop.shot('timesheet-anomalies')
            desktop.keys('alt+y')
        tap.check('Alt+A shows its anomalies', anomalies)

        def finalise():
            desktop.keys('ctrl+f', 'ctrl+a', 'BackSpace')
            grid = desktop.grid('Timesheets')
            desktop.until(lambda: len(desktop.cells(grid)) > 80, 'all are shown again')
            desktop.keys('alt+f')
            desktop.label('Finalise Timesheets?')
            desktop.shot('finalise-question')
            desktop.keys('Return')
            desktop.label('Timesheets Finalised', limit=60)
            desktop.label(' done')
            desktop.shot('finalise-done')
            desktop.keys('Escape')
        tap.check('Alt+F finalises in bulk, with progress and what was left out', finalise)

        def finalised():
            desktop.until(lambda: 'Finalised' in desktop.cells(desktop.grid('Timesheets')), 'the list shows what is sealed')
            desktop.shot('timesheets-finalised')
        tap.check('the list shows what is sealed', finalised)
    finally:
        desktop.close()


def payroll(tap):
    login, password = account('ARMMS_A11Y_PAYROLL')
    desktop = open_program(login, '--workspace', 'payroll')
    try:
        def signed_in():
            sign_in(desktop, login, password)
            desktop.button('New Payrun')
            desktop.shot('payruns')
        if not tap.check('the payroll officer signs in to the payruns', signed_in):
            return

        def new_run():
            desktop.keys('alt+n')
            desktop.label('For which pay period?')
            desktop.shot('payrun-new')
            desktop.keys('alt+o')
            desktop.button('Calculate')
        opened = tap.check('Alt+N opens a payrun for a pay period', new_run)

        def calculate():
            desktop.keys('alt+c')
            desktop.label('Payrun Calculated', limit=60)
            desktop.shot('payrun-calculated')
            desktop.keys('Escape')
            grid = desktop.grid('Paysheets')
            desktop.until(lambda: len(desktop.cells(grid)) > 40, 'paysheets are shown')
            desktop.button('Submit')
        if not opened or not tap.check('Alt+C calculates it, and the paysheets are shown', calculate):
            return

        def explain():
            desktop.keys('ctrl+f', 'Return')
            desktop.until(lambda: len(desktop.cells(desktop.grid('Lines of the paysheet'))) > 10, 'the lines are shown')
            desktop.shot('paysheet')
            desktop.keys('Return')
            desktop.keys('F2')
            desktop.label('Why This Figure')
            desktop.label('Inputs')
            desktop.label('Rule')
            desktop.shot('trace')
            desktop.keys('Escape')
        tap.check('Enter goes into a paysheet, and F2 explains a figure', explain)

        def payslip():
            folder = os.path.join(os.environ['XDG_RUNTIME_DIR'], 'armms')
            desktop.keys('alt+p')
            desktop.until(lambda: [n for n in os.listdir(folder) if n.startswith('payslip-') and
                                   open(os.path.join(folder, n), 'rb').read(5) == b'%PDF-'], 'the payslip has come as PDF')
            assert os.stat(folder).st_mode & 0o77 == 0, 'others can read payslips'
        tap.check('Alt+P fetches the payslip, where only its reader sees it', payslip)

        def submit():
            desktop.raise_window()
            desktop.keys('alt+u')
            desktop.label('Submit This Payrun?')
            desktop.shot('submit-question')
            desktop.keys('Return')
            desktop.label('Submitted', limit=40)
            desktop.shot('payrun-submitted')
        tap.check('Alt+U submits it to the controller', submit)

        def shortcuts():
            desktop.keys('ctrl+question')
            desktop.label('Why this figure')
            desktop.shot('shortcuts')
            desktop.keys('Escape')
        tap.check('the shortcuts can be looked up', shortcuts)
    finally:
        desktop.close()


def decide(tap, name, key, question, state, what, kept=False):
    """One step of an approval, by its role; with @kept of somebody who closed the program without signing out."""
    login, password = account(name)
    desktop = open_program(login, '--workspace', 'payroll')
    try:
        def step():
            if not kept:
                sign_in(desktop, login, password)
            desktop.grid('Payruns')
            desktop.until(lambda: len(desktop.cells(desktop.grid('Payruns'))) > 5, 'payruns are shown')
            # A window manager may give the keyboard to a new window late: raised and asked until it is open.
            for _ in range(4):
                desktop.raise_window()
                desktop.keys('ctrl+f', 'Return')
                try:
                    desktop.until(lambda: len(desktop.cells(desktop.grid('Paysheets', limit=1))) > 40, 'its paysheets are shown', limit=6)
                    break
                except AssertionError:
                    continue
            for left in range(3, -1, -1):
                desktop.raise_window()
                desktop.keys(key)
                try:
                    desktop.label(question, limit=30 if left == 0 else 6)
                    break
                except AssertionError:
                    if left == 0:
                        raise
            if key == 'alt+l':
                desktop.keys('alt+l')  # what cannot be undone is not the default answer
            else:
                desktop.keys('Return')
            desktop.find(state, exact=True, limit=60)
            desktop.shot(f'payrun-{state.lower()}')
        return tap.check(what, step)
    finally:
        desktop.close()


def approval(tap):
    if not os.environ.get('ARMMS_A11Y_CONTROLLER'):
        return
    if decide(tap, 'ARMMS_A11Y_CONTROLLER', 'alt+v', 'Verify This Payrun?', 'Verified', 'the controller verifies it with Alt+V') and \
       decide(tap, 'ARMMS_A11Y_APPROVER', 'alt+a', 'Approve This Payrun?', 'Approved', 'the manager approves it with Alt+A'):
        decide(tap, 'ARMMS_A11Y_PAYROLL', 'alt+l', 'Close This Payrun?', 'Closed',
               'the officer, still signed in by the keyring, closes it with Alt+L', kept=True)


def main():
    tap = Tap()
    timekeeper(tap)
    payroll(tap)
    approval(tap)
    return tap.end()


sys.exit(main())
