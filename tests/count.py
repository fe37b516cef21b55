#!/usr/bin/env python3
"""Read meson's log of a run; print each failure and, last, 'N passed, N failed'.

Every TAP line of a program counts as one test; a program that speaks no TAP, or ends badly without a failed line of
its own (a crash, a timeout), counts as one. Nothing run at all is a failure.
"""
import json
import re
import sys

LINE = re.compile(r'^(not ok|ok)\b[ \t]*\d*[ \t]*-?[ \t]*([^#\n]*)(#[ \t]*(\S+))?', re.M)


def main():
    passed = failed = skipped = 0
    with open(sys.argv[1], encoding='utf-8') as log:
        for line in log:
            program = json.loads(line)
            name, result = program['name'], program['result']
            good = bad = 0
            for verdict, title, _, directive in LINE.findall(program.get('stdout') or ''):
                if directive and directive.upper().startswith('SKIP'):
                    skipped += 1
                elif verdict == 'ok' or (directive and directive.upper() == 'TODO'):
                    good += 1
                else:
                    bad += 1
                    print('FAILED %s: %s' % (name, title.strip()))
            fine = result in ('OK', 'EXPECTEDFAIL')
            if result == 'SKIP':
                skipped += 1
            elif fine and good + bad == 0:
                good = 1
            elif not fine and bad == 0:
                bad = 1
                print('FAILED %s: %s' % (name, result))
            passed += good
            failed += bad
    if passed + failed == 0:
        print('nothing was run')
        failed = 1
    print('%d passed, %d failed%s' % (passed, failed, ', %d skipped' % skipped if skipped else ''))
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
