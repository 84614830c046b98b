// Where the private Redis is reached, and what it answers there.
import { mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const LONGEST = 107; // bytes of a unix socket's path (sockaddr_un holds 108, one ends it)

/** A folder noted earlier is used again only while it is still ours alone. */
function stillOurs(folder) {
  try {
    const at = statSync(folder);
    return at.isDirectory() && at.uid === process.getuid() && (at.mode & 0o077) === 0;
  } catch {
    return false;
  }
}

function noted(file) {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return undefined;
  }
}

/** The socket's path: beside the data, or, where that is too long, in a private folder of the system's temporary one, noted beside the data. */
export function socketPath(folder) {
  const near = join(folder, 'redis.sock');
  if (Buffer.byteLength(near) <= LONGEST) return near;
  const note = join(folder, 'socket-folder');
  const before = noted(note);
  if (before && stillOurs(before)) return join(before, 'redis.sock');
  const base = Buffer.byteLength(tmpdir()) < 60 ? tmpdir() : '/tmp';
  const made = mkdtempSync(join(base, 'jialiban-')); // mode 0700
  writeFileSync(note, made, { mode: 0o600 });
  return join(made, 'redis.sock');
}

/** What a Redis says to these commands until it hangs up, or undefined when nobody answers within `ms`. */
function converse(path, commands, ms) {
  return new Promise((resolve) => {
    let heard = '';
    const socket = connect(path, () => socket.write(`${[...commands, 'QUIT'].join('\r\n')}\r\n`));
    const done = (answer) => {
      clearTimeout(deadline);
      socket.destroy();
      resolve(answer);
    };
    const deadline = setTimeout(() => done(undefined), ms);
    socket.setEncoding('utf8');
    socket.on('data', (chunk) => {
      heard += chunk;
    });
    socket.on('end', () => done(heard));
    socket.on('error', () => done(undefined));
  });
}

/** `{ state: 'ready' | 'loading' | 'silent', pid }`: what is behind the socket. Only a Redis that knows our password is ready. */
export async function look(path, password, ms = 1_000) {
  const heard = await converse(path, [`AUTH ${password}`, 'INFO'], ms);
  if (!heard?.startsWith('+OK')) return { state: 'silent' };
  const pid = Number(/^process_id:(\d+)/m.exec(heard)?.[1]);
  return { state: /^loading:1/m.test(heard) ? 'loading' : 'ready', pid };
}
