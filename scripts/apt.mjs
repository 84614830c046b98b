// apt-get without side effects: no service is started, nothing recommended comes along, what was there is not touched.
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { quietly } from './commands.mjs';

const POLICY = '/usr/sbin/policy-rc.d';
const POLICY_BEFORE = `${POLICY}.before-jialiban`;
const MARK = '# temporary, written while packages of jialiban are installed';
const CLUSTERS = '/etc/postgresql-common/createcluster.d/jialiban.conf';

/** Asked by Debian before a service is started or stopped: while we install, the answer is no for all of them, ours and others'. */
const policy = `#!/bin/sh
${MARK}
exit 101
`;

/** Puts back what an earlier run may have left when it was killed; also the way to end this one. */
function allowServices() {
  if (existsSync(POLICY) && readFileSync(POLICY, 'utf8').includes(MARK)) rmSync(POLICY);
  if (existsSync(POLICY_BEFORE)) renameSync(POLICY_BEFORE, POLICY);
  rmSync(CLUSTERS, { force: true });
}

function blockServices(packages) {
  allowServices();
  if (existsSync(POLICY)) renameSync(POLICY, POLICY_BEFORE);
  writeFileSync(POLICY, policy);
  chmodSync(POLICY, 0o755);
  if (!packages.includes('postgresql')) return;
  mkdirSync(dirname(CLUSTERS), { recursive: true });
  writeFileSync(CLUSTERS, 'create_main_cluster = false\n');
}

const env = () => ({ ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C.UTF-8' });
const apt = (...args) => quietly('apt-get', ['-q', '-y', '-o', 'DPkg::Lock::Timeout=300', ...args], { env: env() });

function hasLists() {
  try {
    return readdirSync('/var/lib/apt/lists').some((name) => name.includes('_Packages'));
  } catch {
    return false;
  }
}

/** Installs Debian packages as root; resolves with undefined, or with the end of what apt-get said when it failed. */
export async function aptInstall(packages) {
  const install = () => apt('install', '--no-install-recommends', '-o', 'Dpkg::Options::=--force-confold', ...packages);
  blockServices(packages);
  try {
    if (!hasLists()) await apt('update');
    let done = await install();
    if (done.code !== 0) {
      await apt('update'); // the lists may be older than the mirror
      done = await install();
    }
    return done.code === 0 ? undefined : done.output.trim().split('\n').slice(-8).join('\n');
  } finally {
    allowServices();
  }
}
