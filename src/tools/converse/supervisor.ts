/** The interface as a supervisor of the sample community asks it; signed out, perhaps because a day has passed, she signs in again. */
import { generate } from 'otplib';
import type { Account, Community } from './homes.ts';

const DEADLINE_MS = 10_000;
/** RFC 6238: how long one code is the code. */
const CODE_MS = 30_000;

export type Item = Record<string, unknown> & { id: string };

export interface Supervisor {
  /** The items of a list: `visits?resident=…`. */
  list(path: string): Promise<Item[]>;
  /** One with its detail: `tickets/<id>`. */
  one(path: string): Promise<Item>;
}

/** Signs in when first asked. Both methods throw an Error where the server refuses, or nobody answers within ten seconds. */
export function createSupervisor({ baseUrl, accounts }: Community): Supervisor {
  let cookie: Promise<string> | undefined;

  async function asked(path: string): Promise<Response> {
    cookie ??= signedIn(baseUrl, supervisorAmong(accounts));
    const headers = { cookie: await cookie };
    return fetch(`${baseUrl}/api/${path}`, { headers, signal: AbortSignal.timeout(DEADLINE_MS) });
  }

  async function answered(path: string): Promise<unknown> {
    let answer = await asked(path);
    if (answer.status === 401) {
      cookie = undefined;
      answer = await asked(path);
    }
    if (!answer.ok) throw new Error(`/api/${path}: ${answer.status}`);
    return answer.json();
  }

  return {
    list: async (path) => ((await answered(path)) as { items: Item[] }).items,
    one: async (path) => (await answered(path)) as Item,
  };
}

function supervisorAmong(accounts: Account[]): Account {
  const account = accounts.find(({ role }) => role === 'supervisor');
  if (!account) throw new Error('demo.json names no supervisor');
  return account;
}

/** A code serves once: where it has just served, the next is waited for. @returns the cookies of the session */
async function signedIn(baseUrl: string, account: Account): Promise<string> {
  const first = await knock(baseUrl, account);
  const response =
    first.status === 401 && account.totpSecret ? await nextCode().then(() => knock(baseUrl, account)) : first;
  if (!response.ok) throw new Error(`signing in as ${account.username}: ${response.status}`);
  return response.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');
}

async function knock(baseUrl: string, { username, password, totpSecret }: Account): Promise<Response> {
  const code = totpSecret && (await generate({ secret: totpSecret }));
  return fetch(`${baseUrl}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, password, ...(code ? { code } : {}) }),
    signal: AbortSignal.timeout(DEADLINE_MS),
  });
}

const nextCode = () => new Promise((resolve) => setTimeout(resolve, CODE_MS - (Date.now() % CODE_MS)));
