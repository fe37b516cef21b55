#!/usr/bin/env python3
"""Compile a folder of statements into one C table.

Usage: embed-sql.py FOLDER ROOM OUTPUT DEPFILE

Every FOLDER/*.sql becomes a row of `const ArmmsStatement armms_<ROOM>_statements[]`; the depfile names the folder
itself as well, so that a statement that is added or removed is noticed.
"""
import os
import sys


def c_string(text):
    lines = text.split('\n')
    out = []
    for number, line in enumerate(lines):
        escaped = line.replace('\\', '\\\\').replace('"', '\\"').replace('?', '\\?')
        end = '\\n' if number + 1 < len(lines) else ''
        out.append('    "%s%s"' % (escaped, end))
    return '\n'.join(out)


def main():
    folder, room, output, depfile = sys.argv[1:5]
    names = sorted(n for n in os.listdir(folder) if n.endswith('.sql')) if os.path.isdir(folder) else []
    paths = [os.path.join(folder, n) for n in names]
    with open(output, 'w', encoding='utf-8') as out:
        out.write('#include "server/platform/db/statement.h"\n\n')
        out.write('extern const ArmmsStatement armms_%s_statements[];\n\n' % room.replace('-', '_'))
        out.write('const ArmmsStatement armms_%s_statements[] = {\n' % room.replace('-', '_'))
        for name, path in zip(names, paths):
            with open(path, encoding='utf-8') as file:
                out.write('  { "%s",\n%s },\n' % (name[:-4], c_string(file.read().rstrip())))
        out.write('  { 0, 0 },\n};\n')
    with open(depfile, 'w', encoding='utf-8') as out:
        out.write('%s: %s\n' % (output, ' '.join(p.replace(' ', '\\ ') for p in [folder] + paths)))


if __name__ == '__main__':
    main()
