#!/usr/bin/env python3
"""The rules know no file, clock, locale, JSON, SQL or floating point: what their libraries ask of others is a short list. Speaks TAP.

Usage: check-symbols.py LIBRARY.a ...
"""
import subprocess
import sys

# Memory and text of C, 128-bit division, the compiler's own guards.
C = {'memcpy', 'memmove', 'memset', 'memcmp', 'strcmp', 'strncmp', 'strlen', 'strstr', 'strchr', 'qsort',
     '__divti3', '__modti3', '__divmodti4', '__udivti3', '__umodti3', '__udivmodti4', '__stack_chk_fail'}
# Containers and texts of GLib, and how it reports our own bugs.
GLIB = {'g_array_new', 'g_array_append_vals', 'g_array_insert_vals', 'g_array_remove_range', 'g_array_set_size', 'g_array_sort',
        'g_array_unref', 'g_array_sized_new', 'g_array_remove_index',
        'g_string_append', 'g_string_append_len', 'g_string_insert_c', 'g_string_insert_len',
        'g_malloc', 'g_malloc0', 'g_malloc_n', 'g_malloc0_n', 'g_free',
        'g_strcmp0', 'g_str_has_prefix', 'g_str_has_suffix', 'g_ascii_table',
        'g_propagate_error', 'g_return_if_fail_warning', 'g_assertion_message_expr', 'g_log', 'g_log_structured_standard'}
# Ours, but with a clock, a file or chance in it.
REFUSED = {'armms_instant_now', 'armms_zone_new', 'armms_id_new'}


def symbols(library, *options):
    told = subprocess.run(['nm', '-P'] + list(options) + [library], stdout=subprocess.PIPE, check=True, text=True).stdout
    return {line.split()[0] for line in told.splitlines() if len(line.split()) > 1}


def main():
    libraries = sys.argv[1:]
    bad = 0
    for number, library in enumerate(libraries, 1):
        asked = symbols(library, '--undefined-only')
        foreign = sorted(name for name in asked
                         if name not in C and name not in GLIB and (not name.startswith('armms_') or name in REFUSED))
        good = asked and not foreign
        bad += not good
        print('%sok %d - %s asks nothing of files, clocks, locales, JSON, SQL or libm' % ('' if good else 'not ', number, library.split('/')[-1]))
        if foreign:
            print('# %s asks for %s' % (library, ', '.join(foreign)))
    # A list that would let everything through proves nothing.
    for number, name in enumerate(['fopen', 'sin', 'localtime', 'g_get_real_time', 'json_node_get_int', 'PQexec', 'armms_instant_now'], len(libraries) + 1):
        refused = name not in C and name not in GLIB and (not name.startswith('armms_') or name in REFUSED)
        bad += not refused
        print('%sok %d - %s would be told' % ('' if refused else 'not ', number, name))
    print('1..%d' % (len(libraries) + 7))
    return 1 if bad else 0


if __name__ == '__main__':
    sys.exit(main())
