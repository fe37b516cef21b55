#!/usr/bin/env python3
"""Shows that every line of a folder is run by its unit tests (gcov); speaks TAP, a test for each source file.

Usage: coverage.py SOURCE_ROOT BUILD_DIR FOLDER TEST_PREFIX
  SOURCE_ROOT  the tree; BUILD_DIR a folder of its own for a build with counters
  FOLDER       whose lines are asked for: server/rules
  TEST_PREFIX  the tests that must run them: rules/
"""
import json
import os
import subprocess
import sys


def run(command, **options):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **options)
    if done.returncode != 0:
        print('Bail out! %s\n# %s' % (' '.join(command), done.stdout[-4000:].replace('\n', '\n# ')))
        sys.exit(1)
    return done.stdout


def run_tests(build, prefix):
    """Only the tests asked for, and only what they are linked from, is built; old counts are forgotten."""
    tests = [test for test in json.loads(run(['meson', 'introspect', '--tests', build]))
             if test['name'].startswith(prefix) and not test['cmd'][0].endswith('.py')]
    if not tests:
        print('Bail out! no test is named %s...' % prefix)
        sys.exit(1)
    run(['ninja', '-C', build] + sorted({os.path.relpath(test['cmd'][0], build) for test in tests}))
    for root, _, names in os.walk(build):
        for name in names:
            if name.endswith('.gcda'):
                os.remove(os.path.join(root, name))
    run(['meson', 'test', '-C', build, '--no-rebuild', '--print-errorlogs', '--timeout-multiplier', '10']
        + [test['name'] for test in tests])


def count_lines(source_root, build, folder):
    """{file: {line: times}}; a file that no test is linked with counts as never run."""
    counts = {}
    for root, _, names in os.walk(os.path.join(build, folder)):
        for name in sorted(names):
            if not name.endswith('.gcno'):
                continue
            data = name[:-5] + '.gcda'
            told = subprocess.run(['gcov', '--json-format', '--stdout', data if os.path.exists(os.path.join(root, data)) else name],
                                  cwd=root, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=True).stdout
            for text in told.splitlines():
                for source in json.loads(text)['files']:
                    # Names are relative to the build folder, where the compiler stood.
                    path = os.path.relpath(os.path.realpath(os.path.join(build, source['file'])), os.path.realpath(source_root))
                    if not path.startswith(folder + os.sep):
                        continue
                    lines = counts.setdefault(path, {})
                    for line in source['lines']:
                        lines[line['line_number']] = lines.get(line['line_number'], 0) + line['count']
    return counts


def main():
    source_root, build, folder, prefix = sys.argv[1:]
    os.environ.pop('MAKEFLAGS', None)
    if not os.path.exists(os.path.join(build, 'build.ninja')):
        run(['meson', 'setup', build, source_root, '--buildtype=debug', '-Db_coverage=true', '-Dclient=false'])
    run_tests(build, prefix)
    counts = count_lines(source_root, build, folder)
    written = [os.path.relpath(os.path.join(root, name), source_root)
               for root, _, names in os.walk(os.path.join(source_root, folder)) for name in names if name.endswith('.c')]
    bad = 0
    files = sorted(set(counts) | set(written))
    for number, path in enumerate(files, 1):
        lines = counts.get(path, {})
        missed = sorted(line for line, times in lines.items() if times == 0)
        good = lines and not missed or not path.endswith('.c') and not missed
        bad += not good
        print('%sok %d - %s: %d of %d lines run' % ('' if good else 'not ', number, path, len(lines) - len(missed), len(lines)))
        if missed:
            print('# never run: %s' % ', '.join('%s:%d' % (path, line) for line in missed[:40]))
    print('1..%d' % len(files))
    return 1 if bad else 0


if __name__ == '__main__':
    sys.exit(main())
