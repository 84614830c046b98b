/** A certificate authority of our own, made with the openssl program: roots, intermediates and leaves with any dates. */
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from 'vitest';

export interface Issued {
  certificate: string;
  privateKey: string;
}

export interface Wanted {
  /** Common name. */
  name: string;
  /** Subject alternative names, as openssl writes them: `DNS:a.example`. */
  san?: string;
  authority?: boolean;
  from?: Date;
  until?: Date;
  by?: Issued;
  keyType?: 'rsa' | 'ec';
}

export interface Authority {
  /** Without `by` it signs itself. */
  issue(wanted: Wanted): Issued;
  close(): void;
}

/** What `make` gives, made once a run: files with a private key take long to make, and no test minds that another has seen them. */
export function onceARun<Made>(name: string, make: () => Made): Made {
  const file = join(inject('runFolder'), `${name}.json`);
  if (!existsSync(file)) {
    const draft = `${file}.${randomBytes(6).toString('hex')}`;
    writeFileSync(draft, JSON.stringify(make()), { mode: 0o600 });
    renameSync(draft, file);
  }
  return JSON.parse(readFileSync(file, 'utf8')) as Made;
}

const CONFIG = `
[ca]
default_ca = ours
[ours]
new_certs_dir = .
database = index.txt
serial = serial.txt
default_md = sha256
policy = any
unique_subject = no
[any]
commonName = supplied
[req]
distinguished_name = name
[name]
`;

/** @param pool whose keys: two authorities of one pool have the same ones */
export function createAuthority(pool = 'own'): Authority {
  const dir = mkdtempSync(join(tmpdir(), 'authority-'));
  const run = (...args: string[]) => execFileSync('openssl', args, { cwd: dir, stdio: 'pipe' });
  writeFileSync(join(dir, 'ca.cnf'), CONFIG);
  writeFileSync(join(dir, 'index.txt'), '');
  writeFileSync(join(dir, 'serial.txt'), '1000');
  let count = 0;

  return {
    issue(wanted) {
      const own = `${++count}`;
      writeFileSync(join(dir, `${own}.key`), privateKey(own, wanted.keyType ?? 'rsa'));
      const subject = ['-subj', `/CN=${wanted.name}`];
      run('req', '-new', '-key', `${own}.key`, '-config', 'ca.cnf', ...subject, '-out', `${own}.csr`);
      writeFileSync(join(dir, `${own}.ext`), extensions(wanted));
      const signer = wanted.by ? signWith(wanted.by) : ['-selfsign', '-keyfile', `${own}.key`];
      const dates = [
        '-startdate',
        stamp(wanted.from ?? new Date('2026-01-01')),
        '-enddate',
        stamp(wanted.until ?? new Date('2027-01-01')),
      ];
      run(
        'ca',
        '-batch',
        '-notext',
        '-config',
        'ca.cnf',
        '-in',
        `${own}.csr`,
        '-out',
        `${own}.pem`,
        '-extfile',
        `${own}.ext`,
        ...dates,
        ...signer,
      );
      const read = (end: string) => readFileSync(join(dir, `${own}.${end}`), 'utf8');
      return { certificate: read('pem'), privateKey: read('key') };
    },
    close: () => rmSync(dir, { recursive: true, force: true }),
  };

  /** Another one for each certificate of this authority. */
  function privateKey(own: string, type: 'rsa' | 'ec'): string {
    const wanted =
      type === 'ec' ? ['EC', '-pkeyopt', 'ec_paramgen_curve:P-256'] : ['RSA', '-pkeyopt', 'rsa_keygen_bits:2048'];
    return onceARun(`key-${pool}-${type}-${own}`, () => run('genpkey', '-algorithm', ...wanted).toString());
  }

  function signWith(issuer: Issued): string[] {
    writeFileSync(join(dir, 'signer.pem'), issuer.certificate);
    writeFileSync(join(dir, 'signer.key'), issuer.privateKey);
    return ['-cert', 'signer.pem', '-keyfile', 'signer.key'];
  }
}

function extensions({ san, authority }: Wanted): string {
  const lines = [authority ? 'basicConstraints=critical,CA:TRUE' : 'basicConstraints=CA:FALSE'];
  return [...lines, ...(san ? [`subjectAltName=${san}`] : [])].join('\n');
}

function stamp(date: Date): string {
  return `${date.toISOString().slice(0, 19).replace(/[-T:]/g, '')}Z`;
}
