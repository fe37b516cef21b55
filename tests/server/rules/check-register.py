#!/usr/bin/env python3
"""The register of server/rules/README.md is complete both ways: every rule, header, table and test has its line, and every line's words exist. Speaks TAP.

Usage: check-register.py SOURCE_ROOT
"""
import os
import re
import sys

# What a trace is opened with: named in the call, or in an array of rule names.
TRACED = re.compile(r'armms_trace_init \([^;]*;|rule_names\[[^=]*=\s*\{[^}]*\}')
RULE = re.compile(r'"([a-z]+\.[a-z_0-9]+)"')
FUNCTION = re.compile(r'\b(armms_[a-z0-9_]+) \(')


def read(path):
    with open(path, encoding='utf-8') as file:
        return file.read()


def files(top, suffix):
    return sorted(os.path.join(root, name) for root, _, names in os.walk(top) for name in names if name.endswith(suffix))


def read_register(text):
    """[{rule, law, table, function, test}] of the table under '## Register'."""
    rows = []
    for line in text.split('## Register', 1)[1].splitlines():
        cells = [cell.strip() for cell in line.strip().strip('|').split('|')]
        if line.startswith('|') and len(cells) == 5 and not cells[0].startswith('---') and cells[0] != 'rule (as in traces)':
            rows.append(dict(zip(('rule', 'law', 'table', 'function', 'test'), cells)))
        elif line.startswith('|') and len(cells) != 5:
            rows.append({'rule': line, 'law': '', 'table': '', 'function': '', 'test': ''})
    return rows


def main():
    top = sys.argv[1]
    os.chdir(top)
    rows = read_register(read('server/rules/README.md'))
    said = {name for row in rows for name in re.findall(r'`([a-z]+\.[a-z_0-9]+)`', row['rule'])}
    named_functions = {name for row in rows for name in re.findall(r'`(armms_[a-z0-9_]+)`', row['function'])}
    named_tables = {name for row in rows for name in re.findall(r'[a-z0-9-]+\.csv', row['table'])}
    named_tests = {name for row in rows for name in re.findall(r'[a-z0-9/-]+\.(?:csv|c)\b', row['test'])}

    traced = {name for path in files('server/rules', '.c') for call in TRACED.findall(read(path)) for name in RULE.findall(call)}
    headers = {path: set(FUNCTION.findall(read(path))) for path in files('server/rules', '.h')}
    declared = set().union(*headers.values())
    tables = {os.path.basename(path) for path in files('data/statutory/ph', '.csv')}
    tests = {os.path.relpath(path, 'tests/server/rules') for path in files('tests/server/rules', '.c')
             if os.path.basename(path).startswith('test-')}

    checks = [
        ('every line has its law, function and test', [row['rule'] for row in rows if not (row['law'] and row['function'] and row['test'])]),
        ('every rule that writes a trace has a line', sorted(traced - said)),
        ('every rule of a line writes a trace', sorted(said - traced)),
        ('every function of a line is declared', sorted(named_functions - declared)),
        ('every header with functions has a line', sorted(path for path, names in headers.items() if names and not names & named_functions)),
        ('every table of a line is shipped', sorted(named_tables - tables)),
        ('every shipped table has a line', sorted(tables - named_tables)),
        ('every test of a line exists', sorted(name for name in named_tests if not os.path.exists(os.path.join('tests/server/rules', name)))),
        ('every test program has a line', sorted(tests - named_tests)),
        ('the register is not empty', [] if len(rows) > 10 else ['only %d lines' % len(rows)]),
    ]
    for number, (title, wrong) in enumerate(checks, 1):
        print('%sok %d - %s' % ('not ' if wrong else '', number, title))
        if wrong:
            print('# %s' % ', '.join(wrong))
    print('1..%d' % len(checks))
    return 1 if any(wrong for _, wrong in checks) else 0


if __name__ == '__main__':
    sys.exit(main())
