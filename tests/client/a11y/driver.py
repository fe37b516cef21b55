"""Drives the desktop program as a person without a mouse does: by what is heard (AT-SPI) and by the keyboard.

Run inside tests/client/headless.sh. Only /usr/bin/python3 has gi on Debian.
"""
import os
import subprocess
import time

import gi

gi.require_version('Atspi', '2.0')
from gi.repository import Atspi, GLib  # noqa: E402

ROW_PARENTS = {'tree table', 'table'}  # a grid has hundreds of cells: looked into only when asked for


class Desktop:
    """One run of the program."""

    def __init__(self, program, *arguments, name='armms'):
        self.log = open(os.path.join(os.environ['XDG_RUNTIME_DIR'], f'{name}-{time.monotonic_ns()}.log'), 'w+')
        environment = dict(os.environ, NO_AT_BRIDGE='0')
        self.process = subprocess.Popen([program, *arguments], stderr=self.log, env=environment)
        self.name = name
        self.application = self.until(self._find_application, 'the program is on the accessibility bus')

    def _find_application(self):
        desktop = Atspi.get_desktop(0)
        for i in range(desktop.get_child_count()):
            child = desktop.get_child_at_index(i)
            if child is not None and child.get_name() == self.name and child.get_process_id() == self.process.pid:
                return child
        return None

    def until(self, condition, what, limit=30):
        """What @condition gives once it is true; the context runs between, or libatspi's cache stays stale."""
        context, end = GLib.MainContext.default(), time.monotonic() + limit
        while time.monotonic() < end:
            if self.process.poll() is not None:
                self.log.seek(0)
                raise AssertionError(f'the program ended ({self.process.returncode}) while waiting until {what}\n{self.log.read()}')
            for _ in range(500):
                if not context.iteration(False):
                    break
            try:
                found = condition()
                if found:
                    return found
            except Exception:  # an object may vanish while it is looked at
                pass
            time.sleep(0.05)
        self.shot('failed')
        raise AssertionError(f'waited {limit} s in vain until {what}')

    def walk(self, root=None, rows=False, depth=0):
        root = root or self.application
        yield root
        if depth > 60 or (not rows and root.get_role_name() in ROW_PARENTS):
            return
        for i in range(root.get_child_count()):
            child = root.get_child_at_index(i)
            if child is not None:
                yield from self.walk(child, rows, depth + 1)

    @staticmethod
    def is_visible(node):
        # GTK 4.8 says SHOWING of windows only, and VISIBLE of pages that lie behind another one too: what is looked for
        # must therefore be something that is made when it is shown.
        return node.get_state_set().contains(Atspi.StateType.VISIBLE)

    def find(self, name, roles=None, rows=False, limit=30, exact=False):
        def look():
            for node in self.walk(rows=rows):
                text = node.get_name() or ''
                if (text == name if exact else name in text) and (roles is None or node.get_role() in roles) and self.is_visible(node):
                    return node
            return None
        return self.until(look, f'"{name}" is shown', limit)

    def label(self, name, rows=False, limit=30):
        return self.find(name, rows=rows, limit=limit)

    def button(self, name, limit=30):
        return self.find(name, {Atspi.Role.PUSH_BUTTON, Atspi.Role.TOGGLE_BUTTON}, limit=limit)

    def entry(self, name, limit=30):
        def look():
            for node in self.walk():
                if name in (node.get_name() or '') and node.get_editable_text_iface() is not None:
                    return node
            return None
        return self.until(look, f'the entry "{name}" is there', limit)

    def grid(self, name, limit=30):
        return self.find(name, {Atspi.Role.TREE_TABLE, Atspi.Role.TABLE}, limit=limit)

    def cells(self, grid):
        """Texts of the rows; the headings stand beside their list and are not among them."""
        rows = next((node for node in self.walk(grid, rows=True, depth=0) if node.get_role() == Atspi.Role.LIST), None)
        return [] if rows is None else [node.get_name() for node in self.walk(rows, rows=True)
                                        if node.get_role() == Atspi.Role.LABEL and node.get_name()]

    def press(self, node):
        Atspi.Action.do_action(node, 0)

    def type_into(self, node, text):
        Atspi.EditableText.set_text_contents(node, text)

    def keys(self, *keys):
        for key in keys:
            subprocess.run(['xdotool', 'key', '--clearmodifiers', key], check=True)
            time.sleep(0.15)

    def type(self, text):
        subprocess.run(['xdotool', 'type', '--delay', '25', text], check=True)

    def raise_window(self, title='ARMMS'):
        def look():
            found = subprocess.run(['xdotool', 'search', '--onlyvisible', '--all', '--pid', str(self.process.pid), '--name', title],
                                   capture_output=True, text=True)
            return found.stdout.split()
        window = self.until(look, f'the window "{title}" is on the screen')[0]
        subprocess.run(['xdotool', 'windowactivate', '--sync', window], check=False)
        return window

    def shot(self, name):
        folder = os.path.join(os.environ.get('ARMMS_BUILD_ROOT', '.'), 'screenshots')
        os.makedirs(folder, exist_ok=True)
        time.sleep(0.4)
        subprocess.run(['import', '-window', 'root', os.path.join(folder, f'{name}.png')], check=True)

    def close(self):
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
        self.log.seek(0)
        text = self.log.read()
        ours = [line for line in text.splitlines() if 'CRITICAL' in line]
        assert not ours, '\n'.join(ours)


class Tap:
    """Says what holds, as TAP."""

    def __init__(self):
        self.count = 0
        self.failed = 0

    def check(self, what, function):
        self.count += 1
        try:
            function()
            print(f'ok {self.count} {what}', flush=True)
            return True
        except Exception as problem:  # every failure is told; the walk goes on as far as it can
            self.failed += 1
            print(f'not ok {self.count} {what}', flush=True)
            for line in str(problem).splitlines():
                print(f'# {line}', flush=True)
            return False

    def end(self):
        print(f'1..{self.count}', flush=True)
        return 1 if self.failed else 0
