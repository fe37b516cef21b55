#!/usr/bin/env python3
"""What tests/bench/run.sh runs: see its README."""
import argparse
import http.client
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request

from instance import TOP, Instance, cpu_seconds, memory_kib

HERE = os.path.dirname(os.path.abspath(__file__))
CONNECTIONS = 64
UNITS = {'us': 0.001, 'ms': 1.0, 's': 1000.0, 'm': 60000.0}
# What the measures are to reach (a ratio within one run, or a figure on two cores): (direction, bound).
GOALS = {
    'single_event_ratio_to_pgbench': ('>=', 0.8), 'single_events_per_second': ('>=', 5000), 'single_event_p99_ms': ('<', 50),
    'array_events_per_second': ('>=', 25000), 'drain_events_per_second': ('>=', 10000), 'drain_half_month_events_per_second': ('>=', 10000),
    'payslip_microseconds': ('<', 100), 'payrun_1200_seconds': ('<', 1), 'payrun_12000_seconds': ('<', 8), 'payrun_linearity': ('<', 1.25),
}


def wrk(url, seconds, connections, script=None, environment=None, header=None):
    command = ['wrk', '-t', '2', '-c', str(connections), '-d', '%ds' % seconds, '--timeout', '30s', '--latency']
    if script:
        command += ['-s', os.path.join(HERE, script)]
    if header:
        command += ['-H', header]
    out = subprocess.run(command + [url], env=dict(os.environ, **(environment or {})), capture_output=True, text=True, check=True).stdout
    latency = {}
    for percent, value, unit in re.findall(r'^\s+(\d+)%\s+([\d.]+)(us|ms|s|m)$', out, re.M):
        latency[percent] = float(value) * UNITS[unit]
    bad = re.search(r'Non-2xx or 3xx responses: (\d+)', out)
    errors = re.search(r'Socket errors: (.*)', out)
    return {'per_second': float(re.search(r'Requests/sec:\s+([\d.]+)', out).group(1)), 'requests': int(re.search(r'(\d+) requests in', out).group(1)),
            'p50_ms': latency.get('50'), 'p99_ms': latency.get('99'), 'refused': int(bad.group(1)) if bad else 0,
            'errors': errors.group(1) if errors else ''}


class Bench:
    def __init__(self, options):
        self.options = options
        self.figures = {}
        self.number = 0

    def note(self, name, value):
        self.figures.setdefault(name, []).append(value)

    def seed(self):
        self.number += 1
        return '%08x' % ((int(time.time()) << 6 | self.number) & 0xffffffff)

    def wants(self, name):
        return not self.options.only or name in self.options.only

    def events(self, instance):
        return int(instance.sql('select count(*) from timekeeping.clock_events'))

    def load(self, instance, batch, connections):
        environment = {'KEYS': instance.keys, 'SEED': self.seed(), 'BATCH': str(batch), 'GUARDS': str(instance.guards)}
        before = self.events(instance)
        cpu = cpu_seconds(instance.processes['serve'].pid)
        result = wrk(instance.url, self.options.seconds, connections, 'ingest.lua', environment)
        result['cpu'] = cpu_seconds(instance.processes['serve'].pid) - cpu
        if result['refused'] or result['errors']:
            raise RuntimeError('the load was refused: %r' % result)
        Instance.wait(lambda: True, 1)
        stored = self.events(instance) - before
        # Requests under way when the load stops may be stored without having been counted as answered; none may be missing.
        if stored < result['requests'] * max(batch, 1):
            raise RuntimeError('%d events were answered, %d are there' % (result['requests'] * max(batch, 1), stored))
        return result

    def ingest(self, instance):
        result = self.load(instance, 0, CONNECTIONS)
        alone = self.pgbench(instance)
        self.note('single_events_per_second', result['per_second'])
        self.note('single_event_p50_ms', result['p50_ms'])
        self.note('single_event_p99_ms', result['p99_ms'])
        self.note('single_event_server_cpu_us', result['cpu'] * 1e6 / result['requests'])
        self.note('pgbench_inserts_per_second', alone)
        self.note('single_event_ratio_to_pgbench', result['per_second'] / alone)

    def pgbench(self, instance):
        """The statement of ingest itself, one event a transaction, from as many connections."""
        with open(os.path.join(TOP, 'server/timekeeping/sql/clock-events-insert.sql'), encoding='utf-8') as file:
            sql = ''.join(line for line in file if not line.startswith('--'))
        values = ['array[gen_random_uuid()]', "array['2026-05-01T00:00Z'::timestamptz + :minute * interval '1 minute']", "array['%s'::uuid]" % instance.devices()[0][0],
                  'array[gen_random_uuid()]', "array['%s'::uuid]" % self.employee, "array['%s'::uuid]" % self.site, 'array[now()]', 'array[-1::bigint]',
                  'array[0::bigint]', 'array[(:guard % 16)::bigint]', 'array[true]', "array['IN']", 'array[null::text]', 'array[null::jsonb]', 'array[1::bigint]',
                  'array[null::uuid]']
        for number in range(len(values), 0, -1):
            sql = sql.replace('$%d::' % number, values[number - 1] + '::')
        with open(os.path.join(HERE, 'insert.sql'), encoding='utf-8') as file:
            head = file.read().replace("':tenant'", "'%s'" % self.tenant)
        script = os.path.join(instance.folder, 'pgbench.sql')
        with open(script, 'w', encoding='utf-8') as file:
            file.write(head + sql + ';\ncommit;\n')
        out = subprocess.run(['pgbench', '-h', instance.socket, '-p', instance.pg_port, '-U', 'armms_server', '-n', '-M', 'prepared', '-c', str(CONNECTIONS),
                              '-j', '2', '-T', str(self.options.seconds), '-f', script, 'armms'], capture_output=True, text=True, check=True).stdout
        return float(re.search(r'tps = ([\d.]+) \(without', out).group(1))

    def batch(self, instance):
        result = self.load(instance, 500, 8)
        self.note('array_events_per_second', result['per_second'] * 500)
        self.note('array_p99_ms', result['p99_ms'])

    def play(self, instance, first, last):
        """The sample's days, as its devices would send them."""
        folder = os.path.join(instance.folder, 'events-' + first)
        instance.ctl('sample', 'events', '--out', folder, '--guards', '1200', '--from', '2026-05-' + first, '--to', '2026-05-' + last)
        instance.ctl('sample', 'play', '--url', instance.url, '--keys', instance.keys, '--events', folder)

    def until_derived(self, instance):
        """Waits inside of the server, so that looking costs next to nothing; a slot's cursor moves with what was derived."""
        instance.sql("set statement_timeout = '300s'; do $$ begin while exists ("
                     "select from platform.stream_slots as s where s.reader = 'timekeeping.derive' and exists ("
                     "select from timekeeping.clock_events as e where e.slot = s.slot and (e.xid, e.clock_event_id) > (s.cursor_xid, s.cursor_id)))"
                     " loop perform pg_sleep(0.005); end loop; end $$")

    def until_rest(self, instance):
        """No reader of any stream moves any more."""
        cursors = 'select md5(string_agg(reader || slot || cursor_xid || cursor_id, chr(44) order by reader, slot)) from platform.stream_slots'
        before = None
        while before is None or before != instance.sql(cursors):
            before = instance.sql(cursors)
            time.sleep(2)

    def drain_waiting(self, instance, name):
        """The worker is started; how long until all that waits is in timesheets?"""
        before = int(instance.sql('select count(*) from timekeeping.time_logs'))
        waiting = self.events(instance) - before
        cpu = instance.postgres_cpu_seconds()
        self.note(name + '_start_seconds', instance.start('work'))
        begun = time.monotonic()
        self.until_derived(instance)
        seconds = time.monotonic() - begun
        worker, cpu = cpu_seconds(instance.processes['work'].pid), instance.postgres_cpu_seconds() - cpu
        logs = int(instance.sql('select count(*) from timekeeping.time_logs')) - before
        if logs != waiting:
            raise RuntimeError('%d events waited, %d time logs came of them' % (waiting, logs))
        self.note(name + '_events', waiting)
        self.note(name + '_seconds', seconds)
        self.note(name + '_events_per_second', waiting / seconds)
        self.note(name + '_worker_cpu_us', worker * 1e6 / waiting)
        self.note(name + '_postgres_cpu_us', cpu * 1e6 / waiting)
        self.note(name + '_dtr_lines', int(instance.sql('select count(*) from timekeeping.dtr_lines')))

    def drain(self, build):
        """Six days of the sample wait in a month that is empty, then six in one that is half full."""
        instance = Instance(build)
        try:
            instance.start('serve')
            instance.start('work')
            self.until_rest(instance)  # what loading the sample told the rooms is not part of it
            instance.stop('work')
            self.play(instance, '01', '06')
            self.drain_waiting(instance, 'drain')
            self.play(instance, '07', '12')
            self.until_derived(instance)
            self.until_rest(instance)
            instance.stop('work')
            self.play(instance, '13', '18')
            self.drain_waiting(instance, 'drain_half_month')
            if self.wants('delay'):
                self.delay(instance)
            if self.wants('calls'):
                self.calls(instance)
            if self.wants('memory'):
                self.memory(instance)
        finally:
            instance.close()

    def delay(self, instance):
        """The guard-rail's burst, 200 events a second, while the worker runs: from received to the commit of what was derived from it."""
        mark = instance.sql('select now()')
        folder = os.path.join(instance.folder, 'burst')
        instance.ctl('sample', 'events', '--out', folder, '--guards', '1200', '--from', '2026-05-19', '--to', '2026-05-19')
        keys = {device: (key, secret) for device, key, secret in instance.devices()}
        waiting = []
        for name in sorted(os.listdir(folder)):
            if name.endswith('.jsonl'):
                with open(os.path.join(folder, name), encoding='utf-8') as file:
                    waiting += [event for line in file for event in json.loads(line)]
        connection = http.client.HTTPConnection('127.0.0.1', instance.port)
        begun = time.monotonic()
        for number, event in enumerate(waiting):
            time.sleep(max(0, begun + number / 200 - time.monotonic()))
            connection.request('POST', '/v1/clock-events', json.dumps(event), {'Content-Type': 'application/json',
                                                                              'Authorization': 'Device %s:%s' % keys[event['device_id']]})
            connection.getresponse().read()
        self.until_derived(instance)
        row = instance.sql("select count(*), percentile_cont(0.5) within group (order by d), percentile_cont(0.99) within group (order by d) from ("
                           "select extract(epoch from pg_xact_commit_timestamp(l.xmin) - e.received_at) as d from timekeeping.time_logs as l"
                           "  join timekeeping.clock_events as e on e.tenant_id = l.tenant_id and e.clock_event_id = l.time_log_id"
                           " where e.received_at > '%s') as delays" % mark)
        events, middle, late = (float(value) for value in row.split('|'))
        self.note('burst_events', events)
        self.note('burst_delay_p50_seconds', middle)
        self.note('burst_delay_p99_seconds', late)

    def token(self, instance, login):
        body = json.dumps({'login': login, 'password': self.password, 'tenant': 'bantay'}).encode()
        request = urllib.request.Request(instance.url + '/v1/auth/login', body, {'Content-Type': 'application/json'})
        with urllib.request.urlopen(request) as answer:
            return json.load(answer)['access_token']

    def calls(self, instance):
        employee = instance.sql('select employee_id from hr_core.employees limit 1')
        for name, login, path in (('record', 'hr.officer', '/v1/employees/' + employee), ('employees_100', 'hr.officer', '/v1/employees?limit=100'),
                                  ('timesheets_100', 'timekeeper', '/v1/timesheets?limit=100'),
                                  ('anomalies_100', 'timekeeper', '/v1/anomalies?limit=100'),
                                  # What the payroll officer and the administrator have before them all day.
                                  ('board_periods', 'payroll', '/v1/pay-periods'), ('board_payruns', 'payroll', '/v1/payruns'),
                                  ('board_queues', 'administrator', '/v1/queues')):
            header = 'Authorization: Bearer ' + self.token(instance, login + '@bantay.example')
            result = wrk(instance.url + path, min(self.options.seconds, 4), 4, header=header)
            if result['refused']:
                raise RuntimeError('%s was refused' % path)
            self.note('call_%s_p99_ms' % name, result['p99_ms'])
            self.note('call_%s_per_second' % name, result['per_second'])

    def memory(self, instance):
        for name, process in instance.processes.items():
            now, most = memory_kib(process.pid)
            self.note('memory_%s_mib' % name, now / 1024)
            self.note('memory_%s_most_mib' % name, most / 1024)

    def payslip(self):
        """One guard's half-month from punches to a payslip with its traces, on one core, no database: see payslip.c."""
        program = os.path.join(TOP, self.options.build, 'tests', 'server', 'rules', 'bench-payslip')
        figures = json.loads(subprocess.run([program], capture_output=True, text=True, check=True, env=dict(os.environ, ARMMS_DATA_DIR=TOP + '/data')).stdout)
        self.note('payslip_microseconds', figures['microseconds_per_guard'])
        self.note('payslip_best_microseconds', figures['best_microseconds'])
        self.note('payslip_lines', figures['lines'])

    def payrun(self):
        """Calculation and closing, on a durable cluster of its own: see payrun.c."""
        program = os.path.join(TOP, self.options.build, 'tests', 'server', 'payroll', 'bench-payrun')
        folder = tempfile.mkdtemp(prefix='armms-bench-')
        os.chmod(folder, 0o755)
        try:
            out = subprocess.run([TOP + '/packaging/cluster.sh', 'start', folder], check=True, capture_output=True, text=True).stdout
            facts = dict(line.split('=', 1) for line in out.split())
            environment = dict(os.environ, ARMMS_TEST_SOCKET=facts['SOCKET'], ARMMS_TEST_PORT=facts['PORT'], ARMMS_TEST_CLUSTER=folder, RUNS='1',
                               ARMMS_SOURCE_ROOT=TOP, ARMMS_BUILD_ROOT=os.path.join(TOP, self.options.build))
            for line in subprocess.run([program, '1200', '12000'], capture_output=True, text=True, check=True, env=environment).stdout.splitlines():
                if line.startswith('{'):
                    figures = json.loads(line)
                    size = figures['guards']
                    self.note('payrun_%d_seconds' % size, figures['calculate_seconds'])
                    self.note('payrun_%d_close_seconds' % size, figures['close_seconds'])
                    self.note('payrun_%d_guards_per_second' % size, size / (figures['calculate_seconds'] + figures['close_seconds']))
            # Ten times the guards may take ten times as long.
            self.note('payrun_linearity', self.figures['payrun_12000_seconds'][-1] / self.figures['payrun_1200_seconds'][-1] / 10)
        finally:
            subprocess.run([TOP + '/packaging/cluster.sh', 'remove', folder], check=False)

    def facts(self, instance):
        self.tenant = instance.sql('select tenant_id from tenant.tenants limit 1')
        self.employee = instance.sql('select employee_id from hr_core.employees limit 1')
        self.site = instance.sql('select detachment_id from hr_core.detachments limit 1')

    def run(self):
        for run in range(self.options.runs):
            print('run %d of %d' % (run + 1, self.options.runs), file=sys.stderr)
            if self.wants('ingest') or self.wants('batch'):
                instance = Instance(self.options.build)
                try:
                    self.facts(instance)
                    instance.start('serve')
                    if self.wants('ingest'):
                        self.ingest(instance)
                    if self.wants('batch'):
                        self.batch(instance)
                finally:
                    instance.close(self.options.keep)
            if self.wants('drain'):
                self.drain(self.options.build)
            if self.wants('payslip'):
                self.payslip()
            if self.wants('payrun'):
                self.payrun()

    def report(self):
        medians = {name: statistics.median(values) for name, values in self.figures.items()}
        verdicts = {}
        for name, (direction, bound) in GOALS.items():
            if name in medians:
                verdicts[name] = medians[name] >= bound if direction == '>=' else medians[name] < bound
        width = max(len(name) for name in medians)
        for name in medians:
            goal = '%s %s: %s' % (*GOALS[name], 'reached' if verdicts[name] else 'MISSED') if name in GOALS else ''
            print('%-*s  %12.3f  %s' % (width, name, medians[name], goal))
        with open(self.options.json, 'w', encoding='utf-8') as file:
            json.dump({'medians': medians, 'runs': self.figures, 'goals': verdicts, 'cores': os.cpu_count()}, file, indent=2)
        print('the figures are in %s' % self.options.json)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--build', default='build-bench')
    parser.add_argument('--runs', type=int, default=3)
    parser.add_argument('--seconds', type=int, default=8)
    parser.add_argument('--json')
    parser.add_argument('--only', type=lambda text: set(text.split(',')))
    parser.add_argument('--keep', action='store_true')
    options = parser.parse_args()
    options.json = options.json or os.path.join(TOP, options.build, 'bench.json')
    bench = Bench(options)
    bench.password = 'Bantay-Sample-2026'
    bench.run()
    bench.report()


if __name__ == '__main__':
    main()
