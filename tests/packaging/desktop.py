"""The demo on a screen: its window opens by itself, signed in, on the two closed payruns; then it is closed as a person would.

Usage: desktop.py SHOT DEMO [OPTION...]    run inside tests/client/headless.sh; ends as the demo does, or with 1
"""
import os
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'client', 'a11y'))

from driver import Atspi, Desktop  # noqa: E402


class Shown(Desktop):
    """The desktop that the demo opens: found, not started."""

    def __init__(self, command, name='armms'):
        self.process = subprocess.Popen(command)
        self.log = open(os.devnull)
        self.name = name
        self.application = self.until(self._find_application, 'the demo opens the desktop', limit=1500)

    def _find_application(self):
        desktop = Atspi.get_desktop(0)
        children = (desktop.get_child_at_index(i) for i in range(desktop.get_child_count()))
        return next((child for child in children if child is not None and child.get_name() == self.name), None)


def main():
    shot, command = sys.argv[1], sys.argv[2:]
    os.environ['ARMMS_BUILD_ROOT'] = os.path.dirname(os.path.dirname(shot))
    desktop = Shown(command)
    try:
        desktop.until(lambda: desktop.cells(desktop.grid('Payruns', limit=5)).count('Closed') == 2, 'both payruns are shown as closed')
        desktop.label('Paula Payroll')
        desktop.shot(os.path.splitext(os.path.basename(shot))[0])
        for _ in range(10):
            subprocess.run(['xdotool', 'search', '--onlyvisible', '--name', '^ARMMS', 'windowactivate'], check=False)
            desktop.keys('ctrl+q')
            try:
                return desktop.process.wait(15)
            except subprocess.TimeoutExpired:
                continue
        print('the window does not close', flush=True)
        return 1
    except AssertionError as problem:
        print(problem, flush=True)
        return 1
    finally:
        if desktop.process.poll() is None:
            desktop.process.terminate()
            desktop.process.wait(60)


sys.exit(main())
