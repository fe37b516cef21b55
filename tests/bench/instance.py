"""A durable ARMMS of its own for one measurement: cluster (fsync on), server, worker. Everything is stopped at the end."""
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.request

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def free_port():
    with socket.socket() as s:
        s.bind(('127.0.0.1', 0))
        return s.getsockname()[1]


def memory_kib(pid):
    """Resident now and at most, of one process."""
    figures = {}
    with open('/proc/%d/status' % pid, encoding='ascii') as status:
        for line in status:
            word, _, rest = line.partition(':')
            if word in ('VmRSS', 'VmHWM'):
                figures[word] = int(rest.split()[0])
    return figures.get('VmRSS', 0), figures.get('VmHWM', 0)


def cpu_seconds(pid):
    with open('/proc/%d/stat' % pid, encoding='ascii') as stat:
        fields = stat.read().rsplit(')', 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf('SC_CLK_TCK')


class Instance:
    def __init__(self, build, guards=1200):
        self.programs = os.path.join(TOP, build, 'server', 'programs')
        self.guards = guards
        self.folder = tempfile.mkdtemp(prefix='armms-bench-')
        self.processes = {}
        os.chmod(self.folder, 0o755)
        out = subprocess.run([TOP + '/packaging/cluster.sh', 'start', self.folder + '/cluster'], check=True, capture_output=True, text=True)
        facts = dict(line.split('=', 1) for line in out.stdout.split())
        self.socket, self.pg_port = facts['SOCKET'], facts['PORT']
        self.sql('alter system set track_commit_timestamp = on', database='postgres')
        subprocess.run([TOP + '/packaging/cluster.sh', 'restart', self.folder + '/cluster'], check=True, capture_output=True)
        self.sql('create database armms', database='postgres')
        self.port = free_port()
        self.url = 'http://127.0.0.1:%d' % self.port
        secrets = {}
        for name in ('jwt-key', 'cursor-key', 'master-key'):
            path = os.path.join(self.folder, name)
            with open(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600), 'wb') as file:
                file.write(os.urandom(32).hex().encode())
            secrets['ARMMS_%s_FILE' % name.upper().replace('-', '_')] = path
        conf = os.path.join(self.folder, 'armms.conf')
        with open(conf, 'w', encoding='utf-8') as file:
            file.write('[server]\nlisten=127.0.0.1\nport=%d\n[limits]\ningest-per-second=1000000\ndefault-per-second=1000000\n'
                       '[database]\nmain=host=%s port=%s dbname=armms\nowner=postgres\n' % (self.port, self.socket, self.pg_port))
        self.environment = dict(os.environ, ARMMS_CONFIG=conf, **secrets)
        self.keys = os.path.join(self.folder, 'keys')
        self.ctl('migrate')
        self.ctl('sample', 'load', '--keys', self.keys, '--guards', str(guards))

    def ctl(self, *arguments):
        done = subprocess.run([self.programs + '/armmsctl', *arguments], env=self.environment, cwd=TOP, capture_output=True, text=True)
        if done.returncode != 0:
            raise RuntimeError('armmsctl %s: %s' % (' '.join(arguments), done.stderr or done.stdout))
        return done.stdout

    def start(self, name):
        """The seconds until it says to systemd that it is ready."""
        environment = dict(self.environment, ARMMS_DATABASE_USER={'serve': 'armms_server', 'work': 'armms_worker'}[name],
                           NOTIFY_SOCKET=os.path.join(self.folder, name + '.notify'))
        notify = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        notify.bind(environment['NOTIFY_SOCKET'])
        notify.settimeout(60)
        begun = time.monotonic()
        with open(os.path.join(self.folder, name + '.log'), 'ab') as log:
            self.processes[name] = subprocess.Popen([self.programs + '/armms-server', name], env=environment, cwd=TOP, stdout=log, stderr=log)
        while b'READY=1' not in notify.recv(4096):
            pass
        seconds = time.monotonic() - begun
        notify.close()
        os.unlink(environment['NOTIFY_SOCKET'])
        if name == 'serve':
            self.wait(self.answers, 30)
        return seconds

    def stop(self, name):
        process = self.processes.pop(name, None)
        if process is not None:
            process.send_signal(signal.SIGTERM)
            process.wait(60)

    def answers(self):
        try:
            with urllib.request.urlopen(self.url + '/ready', timeout=2) as answer:
                return answer.status == 200
        except OSError:
            return False

    @staticmethod
    def wait(condition, seconds, step=0.05):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if condition():
                return True
            time.sleep(step)
        raise RuntimeError('waited %d seconds for nothing' % seconds)

    def sql(self, text, database='armms'):
        """As the cluster's owner: one value, or None."""
        done = subprocess.run(['psql', '-h', self.socket, '-p', self.pg_port, '-U', 'postgres', '-d', database, '-X', '-q', '-A', '-t', '-c', text],
                              check=True, capture_output=True, text=True)
        return done.stdout.strip() or None

    def postgres_cpu_seconds(self):
        """Of the whole cluster: its processes, and those that have ended."""
        with open(os.path.join(self.sql('show data_directory'), 'postmaster.pid'), encoding='utf-8') as file:
            postmaster = file.readline().strip()
        ticks = 0
        for pid in filter(str.isdigit, os.listdir('/proc')):
            try:
                with open('/proc/%s/stat' % pid, encoding='ascii', errors='replace') as stat:
                    fields = stat.read().rsplit(')', 1)[1].split()
            except (FileNotFoundError, ProcessLookupError):
                continue
            if pid == postmaster:
                ticks += sum(int(field) for field in fields[11:15])
            elif fields[1] == postmaster:
                ticks += sum(int(field) for field in fields[11:13])
        return ticks / os.sysconf('SC_CLK_TCK')

    def devices(self):
        with open(self.keys, encoding='utf-8') as file:
            return [line.strip().split(',') for line in file if line.strip()]

    def close(self, keep=False):
        for name in list(self.processes):
            self.stop(name)
        subprocess.run([TOP + '/packaging/cluster.sh', 'stop' if keep else 'remove', self.folder + '/cluster'], check=False)
        if not keep:
            shutil.rmtree(self.folder, ignore_errors=True)
